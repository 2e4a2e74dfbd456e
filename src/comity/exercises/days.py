"""The days of an exercise: conferences, documents, notices, arrivals, conduct; as a list, and as a calendar.

Source: how-exercises-are-planned.md, sections 1 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from comity.exercises.design import Design
from comity.exercises.notices import Notices
from comity.feeds import FeedEvent, feed_of
from comity.terms import Moment, parse_moment

Sort = Literal["conference", "document", "notice", "forces", "conduct", "public"]


@dataclass(frozen=True, slots=True)
class DesignDay:
    """A day, or a row of days both included, on which something of the exercise is; ``who``: whose it is."""

    sort: Sort
    what: str
    start: Moment
    end: Moment
    who: str = ""

    @property
    def certain(self) -> bool:
        """Are its days known?"""
        return self.start.certain and self.end.certain


def days_of(design: Design, notices: Notices | None = None) -> tuple[DesignDay, ...]:
    """Every day that the design names, and by which each notice is owed; by day."""
    owed = () if notices is None else _owed(notices)
    return tuple(sorted([*_designed(design), *owed], key=lambda day: (day.start.first, day.end.last, day.what)))


def _designed(design: Design) -> Iterator[DesignDay]:
    for conference in design.conference:
        if conference.on is not None:
            place = f", {conference.place}" if conference.place else ""
            yield DesignDay("conference", f"{conference.kind} planning conference{place}", conference.on, conference.on, conference.host or "")
    for product in design.product:
        if product.due is not None:
            yield DesignDay("document", f"{product.name} due", product.due, product.due, product.owner)
    yield DesignDay("forces", "forces there", design.from_, design.until, design.host)
    yield DesignDay("conduct", "conduct", design.begins, design.ends, design.officers.directing or "")
    for one in design.participant:
        if one.from_ is not None or one.until is not None:
            yield DesignDay("forces", f"forces of {one.nation} there", one.from_ or design.from_, one.until or design.until, one.nation)
    for media in design.media:
        if media.on is not None:
            yield DesignDay("public", f"for the public: {media.what}", media.on, media.on, media.approver)


def _owed(notices: Notices) -> Iterator[DesignDay]:
    for one in notices.owed:
        if one.row.due is not None:
            latest = one.latest or one.row.due
            day = parse_moment(one.row.due.isoformat() if latest == one.row.due else f"{min(latest, one.row.due)}/{max(latest, one.row.due)}")
            yield DesignDay("notice", f"last day: {one.row.what}", day, day, one.row.owed_by or "")


def calendar_of(design: Design, days: Iterable[DesignDay], stamp: datetime) -> bytes:
    """The days that are known, as an iCalendar file; ``stamp``: when it is made."""
    return feed_of(design_events(design, days), stamp, design.title, "exercise")


def design_events(design: Design, days: Iterable[DesignDay]) -> list[FeedEvent]:
    """The days that are known as events, each with an identity that it keeps."""
    return [_event(design, day) for day in days if day.certain]


def _event(design: Design, day: DesignDay) -> FeedEvent:
    assert day.start.first is not None
    return FeedEvent(
        uid=f"{design.id}/{day.sort}/{day.what}/{day.who}@comity".replace(" ", "-"),
        on=day.start.first,
        last=day.end.last,
        summary=f"{design.title}: {day.what}{f' ({day.who})' if day.who else ''}",
        categories=(day.sort,),
    )
