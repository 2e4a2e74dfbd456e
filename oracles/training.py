"""The slow reading of docs/explanation/how-training-is-counted.md: every reading of every course, post and visit.

Needs and offers are in ``oracles.training_needs``.

It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from comity.acts import Entry
from comity.agreements.clauses import Coverage
from comity.terms import Moment, parse_moment
from oracles.kept_acts import KeptAct, Reader

DAY = timedelta(days=1)
ROOTS = ("offer-course", "fill-post", "request-visit", "state-need", "offer-training")
# 1.1 what belongs to what
UNDER = {
    "nominate": ["offer-course"],
    "withdraw-nomination": ["offer-course"],
    "attend-course": ["offer-course"],
    "certify-course": ["offer-course"],
    "end-post": ["fill-post"],
    "grant-visit": ["request-visit"],
    "refuse-visit": ["request-visit"],
    "close-training": ["state-need", "offer-training"],
}
KINDS = (*ROOTS, *UNDER)


@dataclass(frozen=True)
class Reading:
    """One question, with the acts that count for it."""

    entries: Sequence[Entry]
    declared: Sequence[Coverage]
    agreements: Mapping[str, Sequence[Coverage]]
    on: date
    known: date
    viewer: str | None

    def acts(self) -> list[KeptAct]:
        return Reader(self.entries, self.known, self.viewer).kept(KINDS)

    def covered(self, agreement: str | None, kinds: Sequence[str], start: date, end: date) -> bool:
        if agreement is not None and agreement in self.agreements:
            listed = [*self.agreements[agreement], *(one for one in self.declared if not one.agreements or agreement in one.agreements)]
        else:
            listed = [one for one in self.declared if not one.agreements]
        return all(
            any(not c.parties and (not c.kinds or kind in c.kinds) and (c.from_ is None or c.from_ <= day) and day <= c.through for c in listed)
            for kind in kinds
            for day in days(start, end)
        )

    def surely(self, act: KeptAct) -> bool:
        return not act.doubtful and act.last <= self.on

    def possibly(self, act: KeptAct) -> bool:
        return act.first <= self.on


def days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += DAY


def root(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct | None:
    if act.kind in ROOTS:
        return act
    above = next((other for other in acts if other.id == act.act.replies_to), None)
    return None if above is None else root(above, acts)


def of(begun: KeptAct, acts: Sequence[KeptAct], *kinds: str) -> list[KeptAct]:
    found = []
    for act in acts:
        above = root(act, acts)
        if act.kind in kinds and above is not None and above.id == begun.id and begun.kind in UNDER[act.kind]:
            found.append(act)
    return found


def strays(reading: Reading) -> set[str]:
    acts, found = reading.acts(), set()
    for act in acts:
        above = root(act, acts)
        if act.kind in UNDER and (above is None or above.kind not in UNDER[act.kind]):
            found.add(act.act.ref)
    return found


def whose(act: KeptAct) -> str:
    return next(iter(act.act.counterparty), act.who)


def stated(act: KeptAct, name: str) -> date | None:
    return date.fromisoformat(act.act.details[name]) if name in act.act.details else None


def agreed(ways: Sequence[set[Any]]) -> str:
    """What all readings agree on, else contested or unknown (1.4)."""
    if len(ways[0]) > 1 or len(ways[1]) > 1:
        return "contested"
    return str(next(iter(ways[0]))) if ways[0] == ways[1] else "unknown"


def choices(acts: Sequence[KeptAct]) -> Iterator[list[KeptAct]]:
    """The acts, with each in doubt there or not."""
    doubtful = [act for act in acts if act.doubtful]
    for there in product((True, False), repeat=len(doubtful)):
        out = {act.id for act, holds in zip(doubtful, there, strict=True) if not holds}
        yield [act for act in acts if act.id not in out]


def first_day(act: KeptAct) -> date:
    return act.first


def last_day(act: KeptAct) -> date:
    return act.last


def ways(acts: Sequence[KeptAct], says: Callable[[list[KeptAct], Callable[[KeptAct], date]], Any]) -> list[set[Any]]:
    return [{says(some, day) for some in choices(acts)} for day in (first_day, last_day)]


# -- 2 courses


def nominated(reading: Reading, course: KeptAct, nation: str, acts: Sequence[KeptAct]) -> tuple[int, int]:
    came, went = of(course, acts, "nominate"), of(course, acts, "withdraw-nomination")
    least = number(reading.surely, came, nation) - number(reading.possibly, went, nation)
    most = number(reading.possibly, came, nation) - number(reading.surely, went, nation)
    return max(least, 0), max(most, 0)


def number(counts: Callable[[KeptAct], bool], acts: Sequence[KeptAct], nation: str) -> int:
    return sum(int(act.act.details["persons"]) for act in acts if whose(act) == nation and counts(act))


def courses(reading: Reading) -> dict[str, Any]:
    """Of each course: places, numbers by nation and together, completeness, findings."""
    acts, found = reading.acts(), dict[str, Any]()
    for course in acts:
        if course.kind != "offer-course" or not reading.possibly(course):
            continue
        places, findings = int(course.act.details["places"]), set[tuple[str, str]]()
        own = of(course, acts, "nominate", "withdraw-nomination", "attend-course", "certify-course")
        nations = sorted({whose(act) for act in own if reading.possibly(act)})
        rows = {}
        for nation in nations:
            came, passed = of(course, acts, "attend-course"), of(course, acts, "certify-course")
            attended = number(reading.surely, came, nation), number(reading.possibly, came, nation)
            certified = number(reading.surely, passed, nation), number(reading.possibly, passed, nation)
            rows[nation] = (nominated(reading, course, nation, acts), attended, certified)
            if attended[0] > rows[nation][0][1]:
                findings.add(("training-more-attended", course.act.ref))
            if certified[0] > attended[1]:
                findings.add(("training-more-certified", course.act.ref))
        total = tuple((sum(rows[n][i][0] for n in nations), sum(rows[n][i][1] for n in nations)) for i in range(3))
        if total[0][0] > places:
            findings.add(("training-overbooked", course.act.ref))
        if total[1][0] > places:
            findings.add(("training-overfull", course.act.ref))
        open_to, closes = course.act.counterparty, stated(course, "closes")
        for act in of(course, acts, "nominate"):
            if reading.possibly(act):
                if len(open_to) > 0 and whose(act) not in open_to and whose(act) != course.who:
                    findings.add(("training-not-open", act.act.ref))
                if closes is not None and act.first > closes:
                    findings.add(("training-nominated-late", act.act.ref))
        complete = tuple(
            reading.covered(course.act.agreement, kinds, course.first, reading.on)
            for kinds in (("nominate", "withdraw-nomination"), ("attend-course",), ("certify-course",))
        )
        found[course.id] = (course.who, places, course.act.details.get("starts"), rows, total, complete, findings)
    return found


# -- 3 posts


def begins(post: KeptAct, day: Callable[[KeptAct], date], last: bool) -> date:
    return stated(post, "from") or effect(post, day, last)


def effect(act: KeptAct, day: Callable[[KeptAct], date], last: bool) -> date:
    return day(act) if act.act.effect is None else act.act.effect.last if last else act.act.effect.first


def is_filled(post: KeptAct, there: Sequence[KeptAct], on: date, last: bool) -> bool:
    def day(act: KeptAct) -> date:
        return act.last if last else act.first

    if post not in there or day(post) > on or begins(post, day, last) > on:
        return False
    stops = [until for until in [stated(post, "until")] if until is not None]
    stops += [stated(act, "until") or effect(act, day, last) for act in there if act.kind == "end-post"]
    return all(on < stop for stop in stops)


def posts(reading: Reading) -> dict[str, Any]:
    acts, found = reading.acts(), dict[str, Any]()
    for post in acts:
        if post.kind == "fill-post" and reading.possibly(post):
            own = [post, *of(post, acts, "end-post")]
            both = [{"yes" if is_filled(post, some, reading.on, last) else "no" for some in choices(own)} for last in (False, True)]
            start, end = stated(post, "from"), stated(post, "until")
            backwards = start is not None and end is not None and end <= start
            # 3.3 its days are told at their earliest
            ended = [stated(act, "until") or effect(act, first_day, False) for act in own[1:] if reading.possibly(act)] + ([end] if end else [])
            stay = begins(post, first_day, False), min(ended) if ended else None
            found[post.id] = (post.who, post.act.counterparty[0], int(post.act.details.get("persons", "1")), agreed(both), stay, backwards)
    return found


# -- 4 visits


def visits(reading: Reading) -> dict[str, Any]:
    acts, found, on = reading.acts(), dict[str, Any](), reading.on
    for request in acts:
        if request.kind != "request-visit" or not reading.possibly(request):
            continue
        answers, starts = of(request, acts, "grant-visit", "refuse-visit"), date.fromisoformat(request.act.details["starts"])
        limit = stated(request, "answer") or starts - DAY

        def state(there: list[KeptAct], day: Callable[[KeptAct], date], request: KeptAct = request) -> str:
            given = sorted((a for a in there if a.kind != "request-visit" and day(a) <= on), key=lambda a: (day(a), a.act.ref, a.id))
            if given:
                return "granted" if given[-1].kind == "grant-visit" else "refused"
            return "requested" if any(a.id == request.id and day(a) <= on for a in there) else "not requested"

        def in_time(there: list[KeptAct], day: Callable[[KeptAct], date], request: KeptAct = request, limit: date = limit) -> str:
            given = [day(a) for a in there if a.kind != "request-visit" and day(a) <= on]
            if given:
                return "yes" if min(given) <= limit else "no"
            if on <= limit:
                return "open"
            return "no" if reading.covered(request.act.agreement, ("grant-visit", "refuse-visit"), day(request), limit) else "unknown"

        asked = None
        if "ahead" in request.act.details:
            early = starts - int(request.act.details["ahead"]) * DAY
            asked = agreed([{"yes" if request.first <= early else "no"}, {"yes" if request.last <= early else "no"}])
        strange = {("training-not-by-host", a.act.ref) for a in answers if reading.possibly(a) and a.who != request.act.counterparty[0]}
        found[request.id] = (agreed(ways([request, *answers], state)), asked, agreed(ways(answers, in_time)), limit, strange)
    return found


# -- 6 who with whom


def together(reading: Reading) -> dict[tuple[str, str, str], tuple[date, str]]:
    """For each two and each capability, the last day and the reference of the act."""
    acts, rows = reading.acts(), list[tuple[str, str, str, date, str, str]]()
    for course in acts:
        if course.kind == "offer-course" and reading.surely(course) and "capability" in course.act.details:
            own = [act for act in of(course, acts, "attend-course", "certify-course") if reading.surely(act) and act.act.details["persons"] != "0"]
            ends: Moment | None = parse_moment(course.act.details["ends"]) if "ends" in course.act.details else None
            for a, b in combinations(sorted({course.who, *(whose(act) for act in own)}), 2):
                latest = [max((act.last, act.act.ref, act.id) for act in own if whose(act) == n) for n in (a, b) if n != course.who]
                day, ref, act_id = max(latest)
                rows.append((a, b, course.act.details["capability"], ends.last if ends and ends.last <= reading.on else day, ref, act_id))
    for post in acts:
        if post.kind == "fill-post" and "capability" in post.act.details and post.act.counterparty[0] != post.who:
            own = [post, *of(post, acts, "end-post")]
            sure = post.first == post.last and all(not act.doubtful and sure_day(act, post) for act in own)
            filled = [day for day in days(reading.on - 500 * DAY, reading.on) if is_filled_on(post, own, day, reading.on)] if sure else []
            if filled:
                a, b = sorted((post.who, post.act.counterparty[0]))
                rows.append((a, b, post.act.details["capability"], filled[-1], post.act.ref, post.id))
    found: dict[tuple[str, str, str], tuple[date, str]] = {}
    for a, b, capability, day, ref, _ in sorted(rows, key=lambda row: (row[3], row[4], row[5])):
        found[a, b, capability.casefold()] = day, ref
    return found


def sure_day(act: KeptAct, post: KeptAct) -> bool:
    if stated(act, "from" if act is post else "until"):
        return True
    return act.first == act.last if act.act.effect is None else act.act.effect.certain


def is_filled_on(post: KeptAct, own: Sequence[KeptAct], day: date, on: date) -> bool:
    """Whether it was filled on a day, as it turned out up to the day asked about."""
    stops = [stated(act, "until") or (act.act.effect.first if act.act.effect else act.first) for act in own if act.kind == "end-post"]
    until = stated(post, "until")
    start = stated(post, "from") or (post.act.effect.first if post.act.effect else post.first)
    return post.first <= on and start <= day and (until is None or day < until) and all(day < stop for stop in stops)
