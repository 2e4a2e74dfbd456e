"""What registers say otherwise than one another, or than the acts yield: both sides, their sources, by how much, and what is likely behind it.

Nothing is settled here. A cause is what the two days look like; several can fit, the first in the order of ``CAUSES`` is the likely one.
Source: Vienna Convention on the Law of Treaties, articles 24, 25, 54 and 77 to 80; docs/explanation/how-registers-are-compared.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from comity.standing import Standing
from comity.terms import Verdict, parse_day

ABOUT = {
    "signed": "signature",
    "adopted": "adoption",
    "provisional": "provisional entry into force",
    "in_force": "entry into force",
    "ended": "end",
    "withdrawn": "withdrawal",
    "bound_from": "bound from",
    "bound_until": "bound until",
}
"""What a claim can be about, and how it is called."""
DERIVED = "the acts and clauses on record"


COMPARED = ("uk-treaties", "un-treaties", "dcad")
"""The registers that can be compared with the record row by row, in the order in which that is done."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One day that one source gives for one thing in an agreement's life.

    ``about``: a word of ``ABOUT``. ``party``: of whom, where it speaks of one. ``also``: the other days that the source gives for the agreement,
    by their words, and ``event`` and ``effective`` where it has both for this one.
    """

    agreement: str
    about: str
    day: date
    source: str
    party: str | None = None
    also: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both be so. ``days``: from the first to the second. ``causes``: what may be behind it, the likely one first."""

    agreement: str
    title: str
    one: Claim
    other: Claim
    causes: tuple[str, ...]

    @property
    def days(self) -> int:
        return (self.other.day - self.one.day).days

    @property
    def likely(self) -> str:
        return self.causes[0]


@dataclass(frozen=True, slots=True)
class LikelyCause:
    """What may be behind a difference: its name, what it means, and whether two claims look like it."""

    name: str
    says: str
    fits: Callable[[Claim, Claim], bool]


def conflicts_between(claims: Iterable[Claim], titles: Mapping[str, str] | None = None) -> list[Conflict]:
    """Where two sources give different days for one thing in an agreement's life, each pair once, the sources in the order of the claims."""
    grouped: dict[tuple[str, str, str | None], list[Claim]] = {}
    for claim in claims:
        grouped.setdefault((claim.agreement, claim.about, claim.party), []).append(claim)
    pairs = (pair for same in grouped.values() for pair in combinations(same, 2))
    return [_conflict(one, other, titles or {}) for one, other in pairs if one.day != other.day and one.source != other.source]


def before_signature(claims: Iterable[Claim], titles: Mapping[str, str] | None = None) -> list[Conflict]:
    """Where one source has an agreement in force before it was signed or, where no signature is given, adopted."""
    found = []
    for claim in claims:
        first = claim.also.get("signed") or claim.also.get("adopted")
        given = claim.also.get("event", claim.day)
        if claim.about == "in_force" and first is not None and given < first:
            word = "signed" if "signed" in claim.also else "adopted"
            found.append(_conflict(Claim(claim.agreement, word, first, claim.source, None, claim.also), claim, titles or {}))
    return found


def claims_on_record(standing: Standing, agreement: str) -> list[Claim]:
    """What the registers' own acts (*assert*) that the viewer may see give for an agreement, each with its register as the source."""
    found, record = list[Claim](), standing.record
    for entry in record.visible(record.entries_of(agreement), standing.known, standing.viewer):
        act = entry.act
        if act.kind != "assert":
            continue
        days = {about: parse_day(act.details[about]) for about in ABOUT if about in act.details}
        made = {"event": act.made.first} if act.made is not None and act.made.certain else {}
        source, party = f"{act.actor}: {act.source.citation}", act.details.get("party")
        found += [Claim(agreement, about, day, source, party, {**days, **made, "effective": day}) for about, day in days.items()]
    return found


def derived_claims(standing: Standing, agreement: str, parties: Iterable[str] | None = None) -> list[Claim]:
    """What the acts and clauses yield: conclusion, entry into force and end of the agreement, and of each party since and until when it is bound.

    ``parties``: of these only, which is quicker where many take part.
    """
    concluded = standing.record.agreement(agreement, standing.known).concluded
    starts, ends = dict[str | None, date](), dict[str | None, date]()
    wanted = {code for code, *_ in standing.status(agreement) if parties is None or code in set(parties)}
    for party in (None, *sorted(wanted)):
        for on, verdict in _verdicts(standing, agreement, party):
            if verdict is Verdict.YES:
                starts.setdefault(party, on)
                ends.pop(party, None)
            elif verdict is Verdict.NO and party in starts:
                ends.setdefault(party, on)
    found = [Claim(agreement, "signed", concluded, DERIVED), Claim(agreement, "adopted", concluded, DERIVED)]
    for days, of_agreement, of_party in ((starts, "in_force", "bound_from"), (ends, "ended", "bound_until")):
        found += [Claim(agreement, of_agreement if party is None else of_party, day, DERIVED, party) for party, day in days.items()]
    return found


def _verdicts(standing: Standing, agreement: str, party: str | None) -> Iterator[tuple[date, Verdict]]:
    """The verdict from each day on which it may change."""
    days = [date.fromordinal(day) for day in standing.turning_days(agreement, party) if day > 0]
    if party is None:
        yield from zip(days, standing.verdicts_in_force(agreement, days), strict=True)
    else:
        yield from ((on, verdict) for on, (verdict, _) in zip(days, standing.verdicts_bound(party, agreement, days), strict=True))


def conflicts_on_record(standing: Standing, agreements: Iterable[str]) -> list[Conflict]:
    """Where a register's claims differ from another's, or from what the acts yield, of the agreements about which one claims anything."""
    found = []
    for agreement in agreements:
        claimed = claims_on_record(standing, agreement)
        if claimed:
            of = {claim.party for claim in claimed if claim.party is not None}
            titles = {agreement: standing.record.agreement(agreement, standing.known).short}
            found += conflicts_between([*claimed, *derived_claims(standing, agreement, of)], titles)
    return found


def by_cause(conflicts: Iterable[Conflict]) -> dict[str, int]:
    """How many there are of each likely cause, in the order of ``CAUSES``."""
    counts = Counter(conflict.likely for conflict in conflicts)
    return {cause.name: counts[cause.name] for cause in (*CAUSES, NO_CAUSE) if counts[cause.name]}


def _conflict(one: Claim, other: Claim, titles: Mapping[str, str]) -> Conflict:
    causes = tuple(cause.name for cause in CAUSES if cause.fits(one, other)) or (NO_CAUSE.name,)
    return Conflict(one.agreement, titles.get(one.agreement, ""), one, other, causes)


# -- causes


def _swapped(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def _is_swapped(one: Claim, other: Claim) -> bool:
    """Of one thing: the one is the other with day and month exchanged. Of two things: exchanged, it comes within two months after the first."""
    if one.about == other.about:
        return _swapped(one.day) == other.day
    days = [(_swapped(one.day), other.day), (one.day, _swapped(_event(other)))]
    return any(a is not None and b is not None and 0 <= (b - a).days <= 62 for a, b in days)


def _is_placeholder(one: Claim, other: Claim) -> bool:
    return any((d.month, d.day) in ((1, 1), (12, 31)) for d in (one.day, other.day))


def _is_first_of_month(one: Claim, other: Claim) -> bool:
    return one.day.day == 1 or other.day.day == 1


def _is_day_off(one: Claim, other: Claim) -> bool:
    return abs((_event(other) - one.day).days) == 1


def _is_year_typo(one: Claim, other: Claim) -> bool:
    event = _event(other)
    return (one.day.month, one.day.day) == (event.month, event.day) and one.day.year != event.year


def _is_provisional(one: Claim, other: Claim) -> bool:
    return any(a.about == "in_force" and b.also.get("provisional") == _event(a) for a, b in ((one, other), (other, one)))


def _is_event_beside_effect(one: Claim, other: Claim) -> bool:
    if one.about != other.about:
        effective = other.also.get("effective")
        return effective is not None and _event(other) < one.day <= effective
    return any(a.day in (b.also.get("event"), b.also.get("effective")) and a.day != b.day for a, b in ((one, other), (other, one)))


def _is_before_signature(one: Claim, other: Claim) -> bool:
    if one.about in ("signed", "adopted") and other.about == "in_force":
        return _event(other) < one.day
    starts = [s for c in (one, other) for s in (c.also.get("signed"), c.also.get("adopted")) if s is not None]
    return one.about == "in_force" and bool(starts) and any(c.day < min(starts) for c in (one, other))


def _event(claim: Claim) -> date:
    return claim.also.get("event", claim.day) if claim.about in ("in_force", "ended") else claim.day


CAUSES: tuple[LikelyCause, ...] = (
    LikelyCause("placeholder", "one of the days is 1 January or 31 December: a whole year was meant, or the day was filled in", _is_placeholder),
    LikelyCause("one day off", "they are a day apart: it was the next day elsewhere, or a day was counted in or out", _is_day_off),
    LikelyCause("day and month exchanged", "one is the other with day and month in the other order", _is_swapped),
    LikelyCause("year mistyped", "day and month are the same, the years are not", _is_year_typo),
    LikelyCause("provisional filed as definitive", "the day of one's entry into force is the day of the other's provisional entry", _is_provisional),
    LikelyCause("event beside effect", "one is the day of the act, the other the day from which it has effect", _is_event_beside_effect),
    LikelyCause("first of the month", "one of the days is the first of a month: meant so, or the day was filled in", _is_first_of_month),
    LikelyCause("in force before signature", "it has effect from before it was signed or adopted, or one of the two is wrong", _is_before_signature),
)
"""In the order in which they are tried; the more special first."""
NO_CAUSE = LikelyCause("not explained", "the two days do not look like any of these", lambda one, other: True)
