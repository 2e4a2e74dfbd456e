"""Which label keys do an object's markings come to? A slow, literal second reading of docs/explanation/how-exchange-works.md, 2.1 to 2.5.

A marking is told in words here; reading one out of an object's bytes is for the fast path alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from oracles.gate import Key


class Mark(NamedTuple):
    """One marking: a fixed TLP object by its ``name``, one that carries a whole label, one that only its author knows, or one that is not found."""

    kind: Literal["tlp", "label", "strange", "lost"]
    name: str = ""
    policy: str = ""
    level: str = ""
    categories: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    originator: str | None = None


def keys_of(
    marks: Iterable[Mark], giver: str, keeper: str, beside: tuple[str, ...] = (), given: Key | None = None, default: Key | None = None
) -> frozenset[Key]:
    """The label keys of an object that ``giver`` gave to the node.

    ``beside``: the addressees that its publisher names. ``given``: the label that its publisher gives it. ``default``: its home's. Of these two a
    blank originator is whoever gave it.
    """
    found = frozenset(_key(mark, giver, keeper, beside if giver == keeper else ()) for mark in marks)
    if found:
        return found
    label = given or default  # 2.4
    return frozenset({Key(giver, closed=True) if label is None else label._replace(originator=label.originator or giver)})


def _key(mark: Mark, giver: str, keeper: str, beside: tuple[str, ...]) -> Key:
    if mark.kind in ("strange", "lost"):  # 2.1
        return Key(giver, closed=True)
    if mark.kind == "tlp":
        if mark.name in ("CLEAR", "WHITE"):  # 2.3
            return Key(giver, limited=False)
        return Key(giver, releasable_to=_in_order(beside))
    originator = mark.originator or giver  # 2.2 and 2.5
    if originator == keeper != giver:
        return Key(giver, closed=True)
    public = (mark.policy, mark.level) == ("PUBLIC", "UNCLASSIFIED")
    return Key(
        originator, None if public else mark.policy, mark.level, _in_order(mark.categories), _in_order(mark.caveats), _in_order(mark.releasable_to),
        not public or bool(mark.categories or mark.caveats or mark.releasable_to),
    )  # fmt: skip


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
