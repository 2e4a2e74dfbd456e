"""What an act would change under its agreement, worked out as a what-if: who stands how, before and after; what lies ahead; what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.acts import Entry
from comity.book import row_of
from comity.questions import show
from comity.standing import Standing
from comity.terms import Finding, Verdict
from comity.web.asking import Asked

MOST = 40
_INERT = ("source", "registration", "recorded", "attachments", "signature", "nonce", "as_named")


@dataclass(frozen=True, slots=True)
class Side:
    """One party, or the agreement itself (``party`` blank), today as things are and with the act."""

    party: str
    before: Verdict
    before_mode: str
    after: Verdict
    after_mode: str


class Turn(NamedTuple):
    """From this day on a party (blank: the agreement itself) stands so."""

    on: date
    party: str
    verdict: Verdict
    mode: str


@dataclass(frozen=True, slots=True)
class Effect:
    """``come``, ``gone``: turns that the act brings or takes away. ``more``: how many more there are of them."""

    agreement: str
    sides: tuple[Side, ...]
    come: tuple[Turn, ...]
    gone: tuple[Turn, ...]
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
    key = ("effect", *(_said(entry) for entry in entries))
    return this.ask(key, lambda s: _effect(s, agreement, entries))


def _said(entry: Entry) -> tuple[str, ...]:
    """What an act says, without what changes nothing in law: so that nothing is worked out again while somebody writes where it was found."""
    row = row_of(entry, entry.act.replies_to)
    return tuple(text for name, text in row.items() if name not in _INERT)


def _effect(standing: Standing, agreement: str, entries: Sequence[Entry]) -> Effect:
    supposed = standing.what_if(entries)
    before, after = _stands(standing, agreement), _stands(supposed, agreement)
    none = (Verdict.NO, "")
    parties = sorted(before | after)
    sides = [Side(p, *before.get(p, none), *after.get(p, none)) for p in parties if before.get(p, none) != after.get(p, none)]
    come, gone = list[Turn](), list[Turn]()
    for party in parties:
        past, future = _turns(standing, agreement, party), _turns(supposed, agreement, party)
        come += [turn for turn in future if turn not in past]
        gone += [turn for turn in past if turn not in future]
    odd = {finding.says for finding in standing.findings(agreement)}
    findings = tuple(show(f, supposed.viewer) for f in supposed.findings(agreement) if f.says not in odd)
    more = max(0, len(come) - MOST) + max(0, len(gone) - MOST)
    return Effect(agreement, tuple(sides[:MOST]), tuple(sorted(come)[:MOST]), tuple(sorted(gone)[:MOST]), more, findings)


def _stands(standing: Standing, agreement: str) -> dict[str, tuple[Verdict, str]]:
    """Everyone's verdict and mode, and the agreement's own under a blank name."""
    found = {code: (verdict, mode) for code, verdict, mode in standing.status(agreement)}
    return {"": (standing.verdict_in_force(agreement), ""), **found}


def _turns(standing: Standing, agreement: str, party: str) -> list[Turn]:
    """The days on which it changes how a party stands, or whether the agreement is in force."""
    days = [date.fromordinal(day) for day in standing.turning_days(agreement, party or None) if day > 0]
    if party:
        values = standing.verdicts_bound(party, agreement, days)
    else:
        values = [(verdict, "") for verdict in standing.verdicts_in_force(agreement, days)]
    return [Turn(day, party, *value) for n, (day, value) in enumerate(zip(days, values, strict=True)) if n == 0 or value != values[n - 1]]
