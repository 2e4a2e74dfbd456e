"""What looks over many agreements: today, duties, what is ahead, differences, findings, the book, and finding anything."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.duties import DutyStatus, duty_to_plain
from comity.standing.plain import coming_to_plain, difference_to_plain, finding_to_plain
from comity.terms import BadInput
from comity.web import book, calendar, cooperation, differences, duties, findings, searching, standing, today, upcoming, what_if
from comity.web.api import shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.describing import like
from comity.web.api.parameters import Axes, Listed, begin, day, text
from comity.web.asking import AXES, party_code
from comity.web.attached.finding import unread_of
from comity.web.scoping import Scope, agreements_in, read_scope

router = Router(by_alias=True)
Plain = dict[str, Any]


class About(Listed):
    """About what."""

    agreement: str = text("Under one agreement only, by its id.", "nato-treaty")
    party: str = text("Of one party only, by code or name.", "FIN")


class TodayAsked(Axes):
    """Whose desk."""

    party: str = text("Of one party, by code or name.", "FIN")


@router.get("/today", response=shapes.Today, tags=["Desk"], summary="What a desk looks at first")
def what_today(request: HttpRequest, query: Query[TodayAsked]) -> Plain:
    """What is owed, what is ahead, what is contested, and what came on record lately; of one party or of all."""
    this = begin(request, query)
    return today.desk_to_plain(today.desk(this, party_code(this.record, query.party.strip()) if query.party.strip() else ""))


class DutiesAsked(About):
    """Which duties."""

    within: str = text(f"How many days ahead; {duties.AHEAD} if left out.", "90")
    past: str = text(f"How many days back; {duties.BACK} if left out.", "365")
    all: str = text("`1`: also what is done with.", "1")


@router.get("/duties", response=shapes.Duties, tags=["Desk"], summary="What is owed")
def list_duties(request: HttpRequest, query: Query[DutiesAsked]) -> Plain:
    """Who owes what, to whom, by when, and which act discharged it."""
    this = begin(request, query)
    span = duties.read_span({"within": query.within, "past": query.past, "all": query.all})
    found, pending = duties.owed(this, read_scope(request, this) or Scope(), span)
    part = part_of(request, this, found, _due, query.limit)
    return {"duties": [duty_to_plain(row) for row in part.items], "pending": pending, "next": part.next, "total": part.total}


def _due(row: DutyStatus) -> tuple[str, ...]:
    return (row.due.isoformat() if row.due else LAST, row.agreement, row.owed_by or "", row.key)


class UpcomingAsked(About):
    """How far ahead."""

    within: str = text(f"How many days ahead; {upcoming.USUAL} if left out.", "365")


@router.get("/upcoming", response=shapes.Upcoming, tags=["Desk"], summary="What is ahead")
def list_upcoming(request: HttpRequest, query: Query[UpcomingAsked]) -> Plain:
    """Days ahead on which standing changes, or until which it can be changed."""
    this = begin(request, query)
    within, scope = upcoming.read_within(query.within.strip()), read_scope(request, this) or Scope()
    looked_at, pending = agreements_in(this, scope)
    found = upcoming.coming_up(this, looked_at, scope.party, within)
    part = part_of(request, this, found, lambda c: (c.on.isoformat(), c.agreement, c.party or "", c.what, c.act or ""), query.limit)
    return {"upcoming": [coming_to_plain(c) for c in part.items], "pending": pending, "next": part.next, "total": part.total}


class DifferencesAsked(About):
    """Between which days."""

    from_: str = Field(alias="from", description="The day to compare from, with `on`.", json_schema_extra={"format": "date", "example": "2023-01-01"})
    knew: str = day("As known by the end of which day, of the day to compare from; today if left out.", "2024-01-01")


@router.get("/differences", response=shapes.Differences, tags=["Record"], summary="What differs between two days")
def list_differences(request: HttpRequest, query: Query[DifferencesAsked]) -> Plain:
    """Whose standing differs between two days, in law or only in our knowledge of it."""
    this = begin(request, query)
    earlier = differences.before(this, query.from_.strip(), query.knew.strip())
    found, pending = differences.compared(this, earlier, read_scope(request, this) or Scope())
    part = part_of(request, this, found, lambda d: (d.agreement, d.party or ""), query.limit)
    return {"differences": [difference_to_plain(d) for d in part.items], "pending": pending, "next": part.next, "total": part.total}


@router.get("/findings", response=shapes.Findings, tags=["Record"], summary="What the law finds odd")
def list_findings(request: HttpRequest, query: Query[About]) -> Plain:
    """What the law finds odd in the acts on record, and what is odd about their signatures; recorded all the same."""
    this = begin(request, query)
    found, pending = findings.found_in(this, read_scope(request, this) or Scope())
    part = part_of(request, this, found, lambda f: (f.agreement or "", f.where, f.code, f.says), query.limit)
    return {"findings": [finding_to_plain(f) for f in part.items], "pending": pending, "next": part.next, "total": part.total}


class CooperationAsked(Listed):
    """Whose ties, by which agreements."""

    party: str = text("Of one party only, by code or name.", "FIN")
    subject: str = text("By agreements on this subject only.", "alliance")
    most: str = text(f"By agreements of at most so many parties; {cooperation.MOST} if left out.", "40")


@router.get("/cooperation", response=shapes.Cooperation, tags=["Record"], summary="Who is tied to whom")
def list_ties(request: HttpRequest, query: Query[CooperationAsked]) -> Plain:
    """Pairs of parties, and the agreements that bind both on the day."""
    this = begin(request, query)
    found, pending = cooperation.ties(this, query.subject.strip(), cooperation.read_most(query.most.strip() or cooperation.MOST))
    party = party_code(this.record, query.party.strip()) if query.party.strip() else ""
    part = part_of(request, this, found.around(party), lambda tie: tie[0], query.limit)
    ties = [cooperation.tie_to_plain(*tie) for tie in part.items]
    return {"ties": ties, "left_out": list(found.large), "pending": pending, "next": part.next, "total": part.total}


class CalendarAsked(Axes):
    """Which month, of whom."""

    month: str = text("YYYY-MM; that of the day if left out.", "2027-03")
    agreement: str = text("Under one agreement only, by its id.", "nato-treaty")
    party: str = text("Of one party only, by code or name.", "FIN")


@router.get("/calendar", response=shapes.Calendar, tags=["Desk"], summary="A month, day by day")
def month(request: HttpRequest, query: Query[CalendarAsked]) -> Plain:
    """What is due (of a party or an agreement) and what changes, by day."""
    this = begin(request, query)
    first = calendar.read_month(query.month.strip(), this.on)
    found, pending = calendar.lines_between(this, read_scope(request, this) or Scope(), first, calendar.next_month(first))
    return {"first": first.isoformat(), "lines": [calendar.line_to_plain(one) for one in found], "pending": pending}


class WhatIfAsked(Axes):
    """What is supposed, and what is asked."""

    act: tuple[str, ...] = Field(
        description=f"A supposed act, KIND ACTOR AGREEMENT DAY; given up to {what_if.MOST_ACTS} times.",
        json_schema_extra={"example": ["denounce FRA nato-treaty 2027-01-01"]},
    )
    question: str = Field(description="in-force, bound or between.", json_schema_extra={"example": "in-force"})
    agreement: str = Field(description="About which agreement.", json_schema_extra={"example": "nato-treaty"})
    party: str = text("About which party, by code or name.", "FRA")
    other: str = text("Of *between*, the other party.")
    for_: str = Field(default="", alias="for", description="Of *bound*, for which territory.")


@router.get("/what-if", response=like("what-if"), tags=["Desk"], summary="What if some acts were done")
def what_would(request: HttpRequest, query: Query[WhatIfAsked]) -> Plain:
    """A question about one agreement, answered as things are and as they would be had some acts been done too."""
    this = begin(request, query)
    _, _, before, after = what_if.supposing(this, what_if.lines(request), standing.read(request, this))
    return what_if.both_to_plain(before, after)


@router.get("/book", response=shapes.Book, tags=["Reading"], summary="What there is on record")
def the_book(request: HttpRequest, query: Query[Axes]) -> Plain:
    """How many agreements, acts and parties there are; and for the record's keeper, what is wrong with its files."""
    return book.book_to_plain(begin(request, query))


class SearchAsked(Listed):
    """Which words."""

    q: str = Field(description="What each of its words begins, or stands in, of names and codes.", json_schema_extra={"example": "finl"})
    kind: str = text(f"Of one kind only: {', '.join(searching.TITLES)}.", "party")


def _nearness(one: searching.Found) -> tuple[str, ...]:
    return (f"{one.rank:03}", f"{len(one.title):05}", one.title.casefold(), one.kind, one.code, f"{one.number or one.part or 0:06}")


def _without_axes(link: str) -> str:
    """The page itself, on no day in particular."""
    path, _, query = link.partition("?")
    query, hash_, place = query.partition("#")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in AXES]
    return f"{path}?{urlencode(kept)}{hash_}{place}" if kept else f"{path}{hash_}{place}"


@router.get("/search", response=shapes.Search, tags=["Reading"], summary="Find anything")
def search(request: HttpRequest, query: Query[SearchAsked]) -> Plain:
    """Whatever has a name, an id or a code (agreements, parties, exercises, acts), and words within documents, the nearest first."""
    this = begin(request, query)
    kind = query.kind.strip()
    if kind and kind not in searching.TITLES:
        raise BadInput(f"kind: {kind[:40]!r} is none of {', '.join(searching.TITLES)}")
    unread_of(this)
    found = [one for one in searching.find(this, query.q.strip()) if not kind or one.kind == kind] if query.q.strip() else []
    part = part_of(request, this, found, _nearness, query.limit)
    plain = [{**one.plain(), "link": _without_axes(one.link)} for one in part.items]
    return {"found": plain, "next": part.next, "total": part.total}
