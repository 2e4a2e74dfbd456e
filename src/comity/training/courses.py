"""The accounts of courses: places offered, persons nominated, attended, certified, by nation and together; do they add up?

Source: how-training-is-counted.md, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.procedures import KeptAct, is_complete
from comity.standing import Standing
from comity.terms import Finding, Moment, parse_moment
from comity.training.acts import ATTEND, CERTIFY, COURSE, NOMINATE, WITHDRAW, Begun, begun, day_in, odd, persons, possibly, surely, whose


@dataclass(frozen=True, slots=True)
class Count:
    """How many persons: at least and at most as the acts on record have it; ``complete``: no more are possible off the record."""

    least: int
    most: int
    complete: bool

    def __str__(self) -> str:
        return _told_number(self)


def _told_number(count: Count) -> str:
    if not count.complete:
        return f"at least {count.least}"
    return str(count.least) if count.least == count.most else f"{count.least} to {count.most}"


@dataclass(frozen=True, slots=True)
class CourseAccount:
    """What a nation, or all together, has of a course."""

    nominated: Count
    attended: Count
    certified: Count


@dataclass(frozen=True, slots=True)
class TrainingCourse:
    """A course as offered, with its accounts. ``open_to``: for whom, everyone where it is empty."""

    offer: Act
    offered_by: str
    places: int
    nations: tuple[tuple[str, CourseAccount], ...]
    together: CourseAccount
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """Which course."""
        return self.offer.details.get("course", "")

    @property
    def capability(self) -> str:
        """What it trains."""
        return self.offer.details.get("capability", "")

    @property
    def starts(self) -> Moment | None:
        """When it starts, where that is on record."""
        return parse_moment(self.offer.details["starts"]) if "starts" in self.offer.details else None

    @property
    def open_to(self) -> tuple[str, ...]:
        """To whom it is open; empty: to all."""
        return self.offer.counterparty


def courses_of(standing: Standing) -> list[TrainingCourse]:
    """Every course that is offered, by reference."""
    return [_course(standing, one) for one in begun(standing, COURSE) if possibly([one.act], standing.on)]


def course_places(offer: KeptAct) -> int:
    """The places that an offer states."""
    return int(offer.act.details.get("places", "0"))


def most_nominated(course: Begun, nation: str | None, on: date) -> int:
    """At most how many are nominated, of a nation or of all."""
    named = dict.fromkeys(whose(one) for one in course.of(NOMINATE, WITHDRAW))
    return sum(_nominated(course, one, on)[1] for one in named if nation in (None, one))


def _course(standing: Standing, course: Begun) -> TrainingCourse:
    on = standing.on
    declared = standing.coverage_of(course.act.act.agreement)
    complete = [is_complete(declared, kinds, course.act.first, on) for kinds in ((NOMINATE, WITHDRAW), (ATTEND,), (CERTIFY,))]
    counted = possibly(course.of(NOMINATE, WITHDRAW, ATTEND, CERTIFY), on)
    nations = []
    for nation in sorted({whose(one) for one in counted}):
        numbers = _nominated(course, nation, on), _counted(course.of(ATTEND), nation, on), _counted(course.of(CERTIFY), nation, on)
        nations.append((nation, _account(numbers, complete)))
    together = _account([_sum(part) for part in zip(*(_numbers(account) for _, account in nations), strict=True)] or [(0, 0)] * 3, complete)
    places = course_places(course.act)
    findings = (*_of_all(course.act, places, together), *_of_nations(course.act, nations), *_of_nominations(course, on))
    return TrainingCourse(course.act.act, course.act.by, places, tuple(nations), together, findings)


def _nominated(course: Begun, nation: str, on: date) -> tuple[int, int]:
    came, went = (_counted(course.of(kind), nation, on) for kind in (NOMINATE, WITHDRAW))
    return max(0, came[0] - went[1]), max(0, came[1] - went[0])


def _counted(acts: Iterable[KeptAct], nation: str, on: date) -> tuple[int, int]:
    own = [one for one in acts if whose(one) == nation]
    return sum(persons(one) for one in surely(own, on)), sum(persons(one) for one in possibly(own, on))


def _account(numbers: Sequence[tuple[int, int]], complete: Sequence[bool]) -> CourseAccount:
    return CourseAccount(*(Count(least, most, whole) for (least, most), whole in zip(numbers, complete, strict=True)))


def _numbers(account: CourseAccount) -> tuple[tuple[int, int], ...]:
    return tuple((count.least, count.most) for count in (account.nominated, account.attended, account.certified))


def _sum(numbers: Iterable[tuple[int, int]]) -> tuple[int, int]:
    listed = list(numbers)
    return sum(least for least, _ in listed), sum(most for _, most in listed)


def _of_all(offer: KeptAct, places: int, together: CourseAccount) -> Iterator[Finding]:
    for code, what, count in (("training-overbooked", "nominated", together.nominated), ("training-overfull", "attended", together.attended)):
        if count.least > places:
            yield odd(code, offer, f"{count.least} {what} for {places} places")


def _of_nations(offer: KeptAct, nations: Iterable[tuple[str, CourseAccount]]) -> Iterator[Finding]:
    for nation, account in nations:
        if account.attended.least > account.nominated.most:
            says = f"{account.attended.least} of {nation} attended, where {account.nominated.most} nominated are on record"
            yield odd("training-more-attended", offer, says)
        if account.certified.least > account.attended.most:
            says = f"{account.certified.least} of {nation} certified, where {account.attended.most} who attended are on record"
            yield odd("training-more-certified", offer, says)


def _of_nominations(course: Begun, on: date) -> Iterator[Finding]:
    closes, open_to = day_in(course.act, "closes"), course.act.act.counterparty
    for one in possibly(course.of(NOMINATE), on):
        if open_to and whose(one) not in (*open_to, course.act.by):
            yield odd("training-not-open", one, f"nominates persons of {whose(one)}, to whom the course is not open")
        if closes is not None and one.first > closes:
            yield odd("training-nominated-late", one, f"comes after nominations closed on {closes}")
