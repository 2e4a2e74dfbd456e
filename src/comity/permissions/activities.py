"""May it be done: stationed, supplied, transferred, trained, flown over? Day by day where something changes, thing by thing.

Source: docs/explanation/how-permissions-are-derived.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from comity.permissions.lines import ActivityAsked, ActivityConsent, ActivityLine, Outcome
from comity.terms import Verdict, add, all_of, any_of

_BEST = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.NO)


class Basis(NamedTuple):
    """What lets one thing be done (None: the activity as such) from one day on: how surely, by which line and consent.

    ``excluding``: a line that excludes the thing.
    """

    day: int
    thing: str | None
    verdict: Verdict
    line: ActivityLine | None = None
    consent: ActivityConsent | None = None
    excluding: ActivityLine | None = None


class Done(NamedTuple):
    """The outcome, with the basis of each thing on each day on which something changes."""

    outcome: Outcome
    bases: tuple[Basis, ...]

    @property
    def gap(self) -> Basis | None:
        """The first basis that is no yes."""
        return next((basis for basis in self.bases if basis.verdict is not Verdict.YES), None)


def may_do(asked: ActivityAsked, lines: Sequence[ActivityLine], consents: Sequence[ActivityConsent]) -> Done:
    """The outcome of a question about an activity (section 5)."""
    mine = [line for line in lines if _concerns(line, asked)]
    waiting = {line.agreement for line in lines if line.needs_consent and _is_between(line, asked)}
    given = [c if c.under in waiting else c._replace(under=None) for c in consents if _is_for(c, asked)]
    things: list[str | None] = [*sorted(asked.things)] or [None]
    bases = tuple(_basis(asked, day, thing, mine, given) for day in _turning(asked, mine, given) for thing in things)
    together = all_of(basis.verdict for basis in bases)
    if together is Verdict.NO:
        forbidden = any(basis.verdict is Verdict.NO and basis.excluding is not None for basis in bases)
        return Done(Outcome.FORBIDDEN if forbidden else Outcome.NOT_PROVIDED, bases)
    outcomes = {Verdict.YES: Outcome.ALLOWED, Verdict.CONTESTED: Outcome.CONTESTED, Verdict.UNKNOWN: Outcome.UNKNOWN}
    return Done(outcomes[together], bases)


def last_day(line: ActivityLine, asked: ActivityAsked) -> int:
    """The first day on which the line no longer serves an activity that began on the first day asked about."""
    if not line.limit:
        return line.end
    return min(line.end, add(date.fromordinal(asked.start), line.limit).toordinal())


def _turning(asked: ActivityAsked, lines: Sequence[ActivityLine], consents: Sequence[ActivityConsent]) -> list[int]:
    """The first day, and each later one on which a line or consent begins or ends."""
    edges = {edge for line in lines for edge in (line.start, last_day(line, asked))} | {edge for c in consents for edge in (c.start, c.end)}
    return [asked.start, *sorted(day for day in edges if asked.start < day < asked.end)]


def _basis(asked: ActivityAsked, day: int, thing: str | None, lines: Sequence[ActivityLine], consents: Sequence[ActivityConsent]) -> Basis:
    fitting = [line for line in lines if line.start <= day < last_day(line, asked)]
    given = [c for c in consents if c.start <= day < c.end and (not c.things or thing is None or thing in c.things)]
    excluding = min((line for line in fitting if thing in line.excludes), key=lambda line: _BEST.index(line.verdict), default=None)
    ways = [
        *_by_line(day, thing, fitting, given),
        *(Basis(day, thing, c.verdict, None, c) for c in given if c.under is None and asked.gives != "status"),
    ]
    if excluding is not None:
        ways = [_limited(way, excluding) for way in ways]
    best = min(
        ways,
        key=lambda way: (_BEST.index(way.verdict), _told_left_open(way.line, asked)),
        default=Basis(day, thing, Verdict.NO, _told_waiting(thing, fitting)),
    )
    return best if best.verdict is not Verdict.NO else best._replace(excluding=excluding)


def _by_line(day: int, thing: str | None, fitting: Sequence[ActivityLine], given: Sequence[ActivityConsent]) -> Iterator[Basis]:
    """The ways through lines that cover the thing, with the surest consent where they need one."""
    for line in fitting:
        if covers(line, thing):
            serving = [c for c in given if c.under in (None, line.agreement)]
            consent = _told_consent(serving) if line.needs_consent else None
            needed = any_of(c.verdict for c in serving) if line.needs_consent else Verdict.YES
            yield Basis(day, thing, all_of([line.verdict, needed]), line, consent)


def _limited(way: Basis, excluding: ActivityLine) -> Basis:
    """A way to what another line excludes: as it is if it names the thing, else no surer than that is contested or unknown."""
    named = (way.line is not None and way.thing in way.line.covers) or (
        way.line is None and way.consent is not None and way.thing in way.consent.things
    )
    if named:
        return way
    verdict = Verdict.NO if excluding.verdict is Verdict.YES else all_of([way.verdict, excluding.verdict])
    return way._replace(verdict=verdict, excluding=excluding)


def _told_left_open(line: ActivityLine | None, asked: ActivityAsked) -> bool:
    """Does a way leave the purpose to be filled in?"""
    return line is not None and asked.purpose is None and bool(line.purposes)


def _told_consent(given: Sequence[ActivityConsent]) -> ActivityConsent | None:
    """The surest consent, to be told as the one that a way rests on."""
    return min(given, key=lambda c: _BEST.index(c.verdict), default=None)


def _told_waiting(thing: str | None, fitting: Sequence[ActivityLine]) -> ActivityLine | None:
    """The surest line that would do if there were the consent that it needs."""
    waiting = [line for line in fitting if line.needs_consent and covers(line, thing)]
    return min(waiting, key=lambda line: _BEST.index(line.verdict), default=None)


def covers(line: ActivityLine, thing: str | None) -> bool:
    """Is the thing among those that the line is about (5.4)?"""
    if thing is None:
        return True
    return thing in line.covers if line.covers else thing not in line.excludes


def _is_between(line: ActivityLine, asked: ActivityAsked) -> bool:
    return (line.activity, line.gives, line.doer, line.counterpart) == (asked.activity, asked.gives, asked.doer, asked.counterpart)


def _concerns(line: ActivityLine, asked: ActivityAsked) -> bool:
    return (
        _is_between(line, asked)
        and (asked.purpose is None or not line.purposes or asked.purpose in line.purposes)
        and (not line.territories or asked.territory in line.territories)
    )  # fmt: skip


def _is_for(consent: ActivityConsent, asked: ActivityAsked) -> bool:
    here = consent.counterpart == asked.counterpart
    if consent.counterpart is None:
        here = asked.counterpart in consent.territory or asked.territory in consent.territory
    return (
        here
        and consent.activity == asked.activity
        and (not consent.doers or asked.doer in consent.doers)
        and (asked.purpose is None or not consent.purposes or asked.purpose in consent.purposes)
    )
