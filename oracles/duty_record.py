"""What the slow reading of duties is asked, which acts it looks at, and on which days a party is bound for it.

Source: how-duties-are-derived.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from comity.acts import Act, Entry
from comity.agreements.clauses import Agreement, Coverage, ProvisionalApplication
from comity.agreements.requirements import Duty, Measure
from comity.parties import Register
from comity.terms import Verdict, may_see, parse_moment

DAY = timedelta(days=1)
NEVER = date.max
ORDER = ("received", "made", "notified", "effect")
"""Which moment of an act counts, the first that it has (1.2)."""


@dataclass(frozen=True)
class Question:
    """One agreement, what is on record, and who is bound by it when. ``start``: before anybody was."""

    agreement: Agreement
    entries: Sequence[Entry]
    register: Register
    coverage: Sequence[Coverage]
    parties: Sequence[str]
    bound: Callable[[str, date], tuple[Verdict, str]]
    in_force: Callable[[date], Verdict]
    start: date
    until: date
    on: date
    known: date
    viewer: str | None = None
    strict: bool = False


@dataclass(frozen=True)
class Row:
    """One occasion and its state; ``acts`` only where it was done; ``to``: to whom, as the clause has it."""

    duty: str
    debtor: str
    body: str
    due: date | None
    at: datetime | None
    brought_about_by: str
    state: str
    opens: date
    to: tuple[str, ...]
    option: bool
    acts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """An act as it counts (section 1): its earliest and latest day, its hour if on record, whether it is doubtful."""

    act: Act
    kind: str
    days: tuple[date, date]
    instant: datetime | None
    doubtful: bool
    who: str


@dataclass
class Run:
    """First and last day of a run, the first with *yes*, and the first with *yes* as a party (2.1)."""

    first: date
    last: date
    sure: date | None = None
    party: date | None = None

    @property
    def beginning(self) -> date:
        return self.sure or self.first

    @property
    def entered(self) -> date:
        return self.party or self.beginning


@dataclass(frozen=True)
class When:
    """Due and opening day in one way to take an uncertain event (0: first, 1: last)."""

    due: date | None
    opens: date
    closes: date = NEVER
    at: datetime | None = None


@dataclass(frozen=True)
class Occasion:
    duty: Duty
    debtor: str
    ways: tuple[When, When]
    verdicts: tuple[Verdict, Verdict]
    creditors: tuple[str, ...] = ()
    body: str = ""
    by: Told | None = None
    undecided: bool = False


@dataclass
class Reading:
    """One question, with the acts that count for it."""

    q: Question
    told: list[Told] = field(default_factory=list)
    known_runs: dict[tuple[str, str], list[Run]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told = list(self._acts())

    # -- 1 acts

    def _seen(self, entries: Sequence[Entry]) -> list[Entry]:
        return [e for e in entries if e.recorded <= self.q.known and may_see(e.act.label, self.q.viewer)]

    def _replies(self, entry: Entry, *kinds: str) -> list[Entry]:
        return [e for e in self._seen(self.q.entries) if e.act.replies_to == entry.act.hash and e.act.kind in kinds]

    def _acts(self) -> Iterator[Told]:
        readings: dict[str, list[tuple[Entry, Act, str]]] = {}
        for entry in self._seen(self.q.entries):
            if entry.act.agreement == self.q.agreement.id and entry.act.kind not in ("retract", "replace", "deny"):
                read = self._as_corrected(entry)
                known = readings.setdefault(entry.act.ref, [])
                if read is not None and read not in [(act, kind) for _, act, kind in known]:
                    known.append((entry, *read))
        for versions in readings.values():
            for entry, act, kind in versions:
                moment = next((m for m in (getattr(act, name) for name in ORDER) if m is not None), None)
                if moment is not None:
                    # 1.4 two records of it differ, or somebody denies it
                    doubtful = len(versions) > 1 or any(self._as_corrected(d) is not None for d in self._replies(entry, "deny"))
                    days = moment.days_in(self.q.agreement.zone)
                    yield Told(act, kind, days, moment.instant, doubtful, act.on_behalf_of or act.actor)

    def _as_corrected(self, entry: Entry) -> tuple[Act, str] | None:
        corrections = self._replies(entry, "retract", "replace")
        if not corrections:
            return entry.act, entry.act.kind
        last = sorted(corrections, key=lambda e: (e.recorded, e.act.ref, e.act.hash))[-1].act
        if last.kind == "retract":
            return None
        read = {name: parse_moment(last.details[name]) if name in last.details else getattr(entry.act, name) for name in ORDER}
        act = replace(entry.act, received=read["received"], made=read["made"], notified=read["notified"], effect=read["effect"])
        vars(act)["hash"] = entry.act.hash
        return act, last.details.get("kind", entry.act.kind)

    # -- 2 being bound

    def same(self, a: str, b: str) -> bool:
        return self._first_code(a) == self._first_code(b)

    def _first_code(self, code: str) -> str:
        for succession in self.q.register.successions:
            if succession.successor == code and succession.how == "continues":
                return self._first_code(succession.predecessor)
        return code

    def stands(self, duty: Duty, debtor: str, day: date) -> tuple[Verdict, str]:
        """Verdict and mode on a day. No debtor: whether the agreement is in force (2.4)."""
        if not debtor:
            return self.q.in_force(day), ""
        verdict, mode = self.q.bound(debtor, day)
        limits = [c.articles for c in self.q.agreement.clauses if isinstance(c, ProvisionalApplication)]
        named = [article for articles in limits for article in articles] if all(limits) else []
        if mode == "provisional" and named and not any(duty.article == n or duty.article.startswith((n + "(", n + ".")) for n in named):
            return Verdict.NO, mode
        return verdict, mode

    def runs(self, duty: Duty, debtor: str) -> list[Run]:
        """The runs, walked once for each debtor and article."""
        if (duty.article, debtor) not in self.known_runs:
            self.known_runs[duty.article, debtor] = self._walk(duty, debtor)
        return self.known_runs[duty.article, debtor]

    def _walk(self, duty: Duty, debtor: str) -> list[Run]:
        """Each run, day by day (2.1), through the day after the last one that matters."""
        runs: list[Run] = []
        going = False
        day = self.q.start
        while day <= max(self.q.until, self.q.on) + DAY:
            verdict, mode = self.stands(duty, debtor, day)
            bound = verdict is not Verdict.NO or mode == "suspended"
            if bound and not going:
                runs.append(Run(day, day))
            if bound:
                runs[-1].last = day
                if verdict is Verdict.YES:
                    runs[-1].sure = runs[-1].sure or day
                    runs[-1].party = runs[-1].party or (day if mode == "party" else None)
            going = bound
            day += DAY
        for run in runs:
            self._go_on(duty, debtor, run)
        return runs

    def _go_on(self, duty: Duty, debtor: str, run: Run) -> None:
        # 2.2 the person took a new code that day
        for s in self.q.register.successions:
            if s.how == "continues" and s.successor == debtor and s.on == run.first:
                for former in self.runs(duty, s.predecessor):
                    if former.last == run.first - DAY:
                        run.sure, run.party = former.beginning, former.entered

    def number(self, measure: Measure, debtor: str) -> int | None:
        """3.5 the number of law, or the debtor's own."""
        return measure.number if measure.attribute is None else self.q.agreement.attributes.get(measure.attribute, {}).get(debtor)


def holds(measure: Measure, day: date) -> bool:
    """3.5 in force on that day?"""
    return (measure.from_ is None or measure.from_ <= day) and (measure.until is None or day < measure.until)
