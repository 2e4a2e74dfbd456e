"""May it be released? The tests in their order, each passed or failed with the line, act or membership it rests on.

Source: docs/explanation/how-permissions-are-derived.md, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from comity.permissions.lines import Lines, Membership, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Verdict, all_of, any_of

_BEST = {Verdict.YES: 0, Verdict.CONTESTED: 1, Verdict.UNKNOWN: 2, Verdict.NO: 3}


class Test(NamedTuple):
    """One test of a release: what it came to, and the membership, line and consent it rests on."""

    name: Literal["own", "marking", "caveats", "originator", "agreement"]
    verdict: Verdict
    membership: Membership | None = None
    line: ReleaseLine | None = None
    consent: ReleaseConsent | None = None


class Decision(NamedTuple):
    """The outcome, and the tests in their order."""

    outcome: Outcome
    tests: tuple[Test, ...]

    @property
    def line(self) -> ReleaseLine | None:
        """The line that the release rests on, or would if the other tests had been passed."""
        return next((t.line for t in self.tests if t.line is not None), None)


class _Way(NamedTuple):
    """A way in which it may be released: the originator's part in it, the agreement's, and what they rest on."""

    originator: Verdict
    agreement: Verdict
    line: ReleaseLine | None = None
    consent: ReleaseConsent | None = None


class Releasing:
    """Answers questions about release from lines that it has put in order once."""

    def __init__(self, lines: Lines) -> None:
        self._lines: dict[tuple[str, str, str, str], list[ReleaseLine]] = defaultdict(list)
        for line in lines.release:
            self._lines[line.giver, line.taker, line.policy, line.level].append(line)
        self._consents: dict[str, list[ReleaseConsent]] = defaultdict(list)
        for consent in lines.consents:
            self._consents[consent.originator].append(consent)
        self._memberships: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        for membership in lines.memberships:
            self._memberships[membership.group, membership.party].append(membership)

    def decide(self, asked: ReleaseAsked) -> Decision:
        """The outcome, with every test (section 4)."""
        # 0. its own
        if asked.taker == asked.originator:
            return Decision(Outcome.ALLOWED, (Test("own", Verdict.YES),))
        # 1. marking, 2. caveats
        marking, caveats = self._marking(asked), _caveats(asked)
        # 3. originator, 4. agreement
        fitting = self._fitting(asked)
        consents = [c for c in self._consents.get(asked.originator, ()) if consents_to(c, asked)]
        ways = [(all_of([way.originator, way.agreement]), way) for way in self._ways(asked, fitting, consents)]
        sure, way = min(ways, key=lambda w: (_BEST[w[0]], *_told_left_open(w[1].line, asked)), default=(Verdict.NO, None))
        if way is None or sure is Verdict.NO:
            sure, way = Verdict.NO, _told_missing(asked, fitting, consents)
        tests = (marking, caveats, Test("originator", way.originator, consent=way.consent), Test("agreement", way.agreement, line=way.line))
        together = all_of([marking.verdict, caveats.verdict, sure])
        if together is Verdict.NO and Verdict.NO not in (marking.verdict, caveats.verdict) and not fitting and not asked.unclassified:
            return Decision(Outcome.NOT_PROVIDED, tests)
        return Decision(_OUTCOMES[together], tests)

    def _marking(self, asked: ReleaseAsked) -> Test:
        if not asked.releasable or asked.taker in asked.releasable:
            return Test("marking", Verdict.YES)
        found = [m for group in sorted(asked.releasable) for m in self._held(group, asked.taker, asked.day)]
        best = min(found, key=lambda m: _BEST[m.verdict], default=None)
        return Test("marking", Verdict.NO if best is None else best.verdict, best)

    def _held(self, group: str, party: str, day: int) -> list[Membership]:
        return [m for m in self._memberships.get((group, party), ()) if m.start <= day < m.end]

    def _fitting(self, asked: ReleaseAsked) -> list[ReleaseLine]:
        """The lines of the giver and those of the originator that fit the question, by agreement and clause."""
        givers = dict.fromkeys((asked.giver, asked.originator))
        found = (line for giver in givers for line in self._lines.get((giver, asked.taker, asked.policy, asked.level), ()) if fits(line, asked))
        return sorted(found, key=lambda line: (line.agreement, line.clause))

    def _ways(self, asked: ReleaseAsked, fitting: list[ReleaseLine], consents: list[ReleaseConsent]) -> Iterator[_Way]:
        own = asked.giver == asked.originator
        if asked.unclassified:
            if asked.controlled and not own:
                yield from (_Way(consent.verdict, Verdict.YES, None, consent) for consent in consents)
            else:
                yield _Way(Verdict.YES, Verdict.YES)
        for line in fitting:
            if own:
                yield _Way(Verdict.YES, line.verdict, line)
                continue
            if line.opens and line.giver == asked.giver and not asked.controlled:
                yield _Way(self._whose(line, asked), line.verdict, line)
            for consent in consents:
                yield _Way(consent.verdict, line.verdict, line, consent)

    def _whose(self, line: ReleaseLine, asked: ReleaseAsked) -> Verdict:
        """Is what the originator originated among what the line opens to?"""
        if asked.originator == line.owner:
            return Verdict.YES
        return any_of(m.verdict for m in self._held(line.agreement, asked.originator, asked.day))


def fits(line: ReleaseLine, asked: ReleaseAsked) -> bool:
    """Does a line of the right giver, taker, policy and level fit the day, the categories and the purpose?"""
    return (
        line.start <= asked.day < line.end
        and asked.categories <= line.categories
        and (not line.only or not line.only.isdisjoint(asked.categories))
        and (asked.purpose is None or not line.purposes or asked.purpose in line.purposes)
    )


def consents_to(consent: ReleaseConsent, asked: ReleaseAsked) -> bool:
    """Does a consent of the originator cover the question?"""
    return (
        consent.start <= asked.day < consent.end
        and (not consent.holders or asked.giver in consent.holders)
        and (not consent.takers or asked.taker in consent.takers)
        and consent.policy in (None, asked.policy)
        and (consent.levels is None or asked.unclassified or asked.level in consent.levels)
        and (consent.categories is None or asked.categories <= consent.categories)
        and consent.item in (None, asked.item)
    )


def _told_left_open(line: ReleaseLine | None, asked: ReleaseAsked) -> tuple[bool, bool]:
    """What a way leaves to be filled in (4.6): the purpose, and a clearance."""
    return (False, False) if line is None else (asked.purpose is None and bool(line.purposes), line.cleared)


def _caveats(asked: ReleaseAsked) -> Test:
    return Test("caveats", Verdict.NO if asked.national else Verdict.UNKNOWN if asked.strange else Verdict.YES)


def _told_missing(asked: ReleaseAsked, fitting: list[ReleaseLine], consents: list[ReleaseConsent]) -> _Way:
    """Where there is no way: what there is of the originator's part, and of the agreement's."""
    best = min(fitting, key=lambda line: _BEST[line.verdict], default=None)
    agreement = Verdict.YES if asked.unclassified else Verdict.NO if best is None else best.verdict
    consent = min(consents, key=lambda c: _BEST[c.verdict], default=None)
    own = asked.giver == asked.originator
    return _Way(Verdict.YES if own else Verdict.NO if consent is None else consent.verdict, agreement, best, consent)


_OUTCOMES = {
    Verdict.YES: Outcome.ALLOWED,
    Verdict.NO: Outcome.FORBIDDEN,
    Verdict.CONTESTED: Outcome.CONTESTED,
    Verdict.UNKNOWN: Outcome.UNKNOWN,
}
