"""What an act would change under its agreement, worked out as a what-if: who stands how, before and after; what lies ahead; what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.acts import Entry
from comity.questions import show
from comity.standing import Change, Standing
from comity.terms import Finding, Verdict
from comity.web.asking import Asked

MOST = 40


@dataclass(frozen=True, slots=True)
class Side:
    """One party, or the agreement itself (``party`` blank), today as things are and with the act."""

    party: str
    before: Verdict
    before_mode: str
    after: Verdict
    after_mode: str


@dataclass(frozen=True, slots=True)
class Effect:
    """``come``, ``gone``: changes on the agreement's timeline that the act brings or takes away. ``more``: how many more there are of them."""

    agreement: str
    sides: tuple[Side, ...]
    come: tuple[Change, ...]
    gone: tuple[Change, ...]
    more: int
    findings: tuple[Finding, ...]

    @property
    def nothing(self) -> bool:
        return not (self.sides or self.come or self.gone)


def effect_of(this: Asked, entries: Sequence[Entry]) -> Effect | None:
    """What the acts would change under the agreement of the first; None where they stand under none."""
    agreement = entries[0].act.agreement
    if agreement is None or agreement not in this.record.ids:
        return None
    key = ("effect", *((entry.act.hash, entry.recorded) for entry in entries))
    return this.ask(key, lambda s: _effect(s, agreement, entries))


def _effect(standing: Standing, agreement: str, entries: Sequence[Entry]) -> Effect:
    supposed = standing.what_if(entries)
    before, after = _stands(standing, agreement), _stands(supposed, agreement)
    none = (Verdict.NO, "")
    sides = [Side(p, *before.get(p, none), *after.get(p, none)) for p in sorted(before | after) if before.get(p, none) != after.get(p, none)]
    past, future = ({_line(change): change for change in s.timeline(agreement)} for s in (standing, supposed))
    come, gone = ([one for line, one in some.items() if line not in other] for some, other in ((future, past), (past, future)))
    odd = {finding.says for finding in standing.findings(agreement)}
    findings = tuple(show(f, supposed.viewer) for f in supposed.findings(agreement) if f.says not in odd)
    more = max(0, len(come) - MOST) + max(0, len(gone) - MOST)
    return Effect(agreement, tuple(sides[:MOST]), tuple(come[:MOST]), tuple(gone[:MOST]), more, findings)


def _stands(standing: Standing, agreement: str) -> dict[str, tuple[Verdict, str]]:
    """Everyone's verdict and mode, and the agreement's own under a blank name."""
    found = {code: (verdict, mode) for code, verdict, mode in standing.status(agreement)}
    return {"": (standing.verdict_in_force(agreement), ""), **found}


def _line(change: Change) -> tuple[object, ...]:
    return change.on, change.party, change.verdict, change.mode
