"""On which days is a party bound, for a duty: runs of such days, and the day from which each is counted.

Source: how-duties-are-derived.md, section 2.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.agreements import BEGIN, EVER, PARTY, PROVISIONAL, SUSPENDED, Course, Days
from comity.agreements.clauses import ProvisionalApplication
from comity.standing import Standing
from comity.terms import Verdict


@dataclass(frozen=True, slots=True)
class Spell:
    """A period [start, end) of one merged verdict and mode (empty where the worlds differ about it)."""

    start: int
    end: int
    verdict: Verdict
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A longest row of days on which a party is bound, perhaps bound, or suspended.

    ``beginning``: the first day on which that is sure; ``entered``: the first as a party, where it applied provisionally before.
    """

    start: int
    end: int
    beginning: int
    entered: int


@dataclass(frozen=True, slots=True)
class Held:
    """How one party, or the agreement itself, stands on every day; ``spells``: from the first day of the calendar to the last."""

    spells: tuple[Spell, ...]
    runs: tuple[Run, ...]

    def verdict_on(self, day: int) -> Verdict:
        """Is it bound, or in force, on ``day``?"""
        return self.spells[bisect_right(self.spells, day, key=lambda s: s.start) - 1].verdict

    def run_on(self, day: int) -> Run | None:
        return next((run for run in self.runs if run.start <= day < run.end), None)


NEVER_HELD = Held((Spell(BEGIN, EVER, Verdict.NO),), ())


class Bound:
    """Who is bound by one agreement on which days, worked out once for each that is asked about."""

    def __init__(self, standing: Standing, agreement: str, only: str | None = None) -> None:
        self.standing, self.agreement, self.only = standing, agreement, only
        clauses = standing.record.agreement(agreement, standing.known).clauses
        named = [c.articles for c in clauses if isinstance(c, ProvisionalApplication)]
        self._limited = tuple(article for articles in named for article in articles) if all(named) else ()
        self._held: dict[tuple[str, bool], Held] = {}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Everyone who ever acted under the agreement; where ``only`` one is asked about, its person alone."""
        codes = tuple(code for code, _, _ in self.standing.status(self.agreement))
        return codes if self.only is None else tuple(c for c in codes if self.person(c) == self.person(self.only))

    @cached_property
    def force(self) -> Held:
        """The agreement itself: in force or not."""
        days = self.standing.turning_days(self.agreement)
        verdicts = self.standing.verdicts_in_force(self.agreement, [date.fromordinal(max(d, 1)) for d in days])
        return held([(day, verdict, "") for day, verdict in zip(days, verdicts, strict=True)])

    def of(self, party: str, article: str) -> Held:
        """One party, for a duty under ``article``."""
        provisionally = not self._limited or any(is_within(article, named) for named in self._limited)
        if (party, provisionally) not in self._held:
            self._held[party, provisionally] = self._look(party, article, provisionally)
        return self._held[party, provisionally]

    def _look(self, party: str, article: str, provisionally: bool) -> Held:
        days = self.standing.turning_days(self.agreement, party)
        found = self.standing.verdicts_bound(party, self.agreement, [date.fromordinal(max(d, 1)) for d in days])
        marks = []
        for day, (verdict, mode) in zip(days, found, strict=True):
            left_out = mode == PROVISIONAL and not provisionally
            marks.append((day, Verdict.NO if left_out else verdict, mode))
        return held(marks, lambda start: self._former(party, article, start))

    def _former(self, party: str, article: str, start: int) -> Run | None:
        """The run of the code that this person bore until ``start``, if there is one."""
        for succession in self.standing.record.register.predecessors(party):
            if succession.how == "continues" and succession.on.toordinal() == start:
                return next((r for r in self.of(succession.predecessor, article).runs if r.end == start), None)
        return None

    def person(self, code: str) -> str:
        """The first code that the person of ``code`` bore."""
        return person(self.standing, code)

    def is_of_all(self, code: str) -> bool:
        """Is it an organ of, or itself, the organisation that this agreement constitutes?"""
        at, parties = code, self.standing.record.register.parties
        while (party := parties.get(at)) is not None:
            if party.kind == "organisation":
                return party.constituent == self.agreement
            if party.kind != "organ" or party.part_of is None:
                return False
            at = party.part_of
        return False


class FirstReadings(Bound):
    """The same by the first readings alone, where no other reading could make a difference to what is told."""

    @cached_property
    def force(self) -> Held:
        return _of_days(self._course.in_force)

    def of(self, party: str, article: str) -> Held:
        return _of_days(self._course.binding_days(party))

    @cached_property
    def _course(self) -> Course:
        return self.standing.first_course(self.agreement)


def _of_days(days: Days) -> Held:
    marks = [(day, verdict, "") for start, end in days for day, verdict in ((start, Verdict.YES), (end, Verdict.NO))]
    return held([(BEGIN, Verdict.NO, ""), *marks])


def person(standing: Standing, code: str) -> str:
    """The first code that the person of ``code`` bore."""
    return standing.record.register.codes_of(code)[0]


def held(marks: list[tuple[int, Verdict, str]], former: Callable[[int], Run | None] = lambda start: None) -> Held:
    """From the days on which verdict and mode may change: spells, and the runs that they make."""
    if not marks:
        return NEVER_HELD
    ends = [day for day, _, _ in marks[1:]] + [EVER]
    spells = tuple(Spell(day, end, verdict, mode) for (day, verdict, mode), end in zip(marks, ends, strict=True))
    rows: list[list[Spell]] = [[]]
    for spell in spells:
        if spell.verdict is not Verdict.NO or spell.mode == SUSPENDED:
            rows[-1].append(spell)
        elif rows[-1]:
            rows.append([])
    return Held(spells, tuple(_run(row, former) for row in rows if row))


def _run(row: list[Spell], former: Callable[[int], Run | None]) -> Run:
    start, end, before = row[0].start, row[-1].end, former(row[0].start)
    if before is not None:
        return Run(start, end, before.beginning, before.entered)
    sure = next((s.start for s in row if s.verdict is Verdict.YES), start)
    return Run(start, end, sure, next((s.start for s in row if s.verdict is Verdict.YES and s.mode == PARTY), sure))


def is_within(article: str, named: str) -> bool:
    """Is ``article`` the one named, or a part of it: 7(2) is within 7?"""
    return article == named or article.startswith((f"{named}(", f"{named}."))
