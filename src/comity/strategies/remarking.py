"""What a reader may remark on a strategy, as a matter of judgement: none of it is a flaw.

Source: how-strategies-are-checked.md, section 3, which has the remarks in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.strategies.looking import ITSELF, Looked, written
from comity.terms import Broken

VAGUE = ("improve", "enhance", "strengthen", "support", "promote", "foster", "encourage", "deepen")
"""Words by which a statement says little where no number stands beside them."""


def wording(x: Looked) -> Iterator[Broken]:
    """1: a statement with a vague word and no number."""
    for aim in x.strategy.objective:
        words = [word for word in VAGUE if re.search(rf"\b{word}", aim.statement.casefold())]
        if words and not re.search(r"\d", aim.statement):
            yield Broken(
                "wording", f"objective {aim.id}", f"it says {words[0]!r} and no number; could two readers disagree on whether it is reached?"
            )


def no_change(x: Looked) -> Iterator[Broken]:
    """2: a target that asks for no change."""
    for one in x.strategy.indicator:
        if one.baseline is not None and one.target and all(target.value == one.baseline.value for target in one.target):
            yield Broken(
                "no-change", f"indicator {one.id}", f"its targets are its baseline, {written(one.baseline.value)}: is keeping it what is wanted?"
            )


def tied(x: Looked) -> Iterator[Broken]:
    """3: a risk of ratification that is tied to no agreement."""
    for one in x.strategy.risk:
        if one.kind == "ratification" and one.stage is None:
            yield Broken("tied", f"risk {one.id}", "names no agreement and state whose stage at home would show it")


def adoption(x: Looked) -> Iterator[Broken]:
    """4: a version that is not adopted, or whose adoption is not on record."""
    if x.strategy.adopted is None:
        yield Broken("adoption", ITSELF, "this version is not adopted yet")
    elif x.strategy.act is None:
        yield Broken("adoption", ITSELF, "no act on record (record-text) tells its adoption")


def failed(x: Looked) -> Iterator[Broken]:
    """5: an assumption that no longer holds."""
    for one in x.strategy.assumption:
        last = max(one.tested, key=lambda test: test.on.last, default=None)
        if last is not None and last.holds != "yes":
            says = "it does not hold" if last.holds == "no" else "it is not known to hold"
            yield Broken("failed", f"assumption {one.id}", f"{says}, as tested on {last.on}: what rests on it?")


def cost_unknown(x: Looked) -> Iterator[Broken]:
    """6: an input of which the cost is not known."""
    for one in x.strategy.inputs():
        if one.cost is None:
            yield Broken("cost-unknown", f"input {one.id}", "what it costs is not known; it is not counted as nothing")
