"""Missions: what is required and who fills it, rotation by rotation; gaps and whom to ask; pledges, time, burdens, the legal basis; pools.

Who should serve where is looked for on the command line (``comity mission fill``); here stands what is on record, and what lacks.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.missions import (
    DaySpan,
    Gap,
    LineState,
    Mission,
    OnRecord,
    PlaceBasis,
    accepted_plan,
    explain_gaps,
    mission_on_record,
    missions_on_record,
    narrowly,
    place_bases,
    pools_on_record,
    states,
)
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict
from comity.web.asking import AXES, Asked, asked, page
from comity.web.burdens import BY, OF, borne_to_plain, read_measure, shared
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.mission_times import Span, gantt, span_to_plain, spans_of
from comity.web.charts.shares import share_bars
from comity.web.charts.statements import statement_chart
from comity.web.forms import filled_in
from comity.web.guarding import STATUS, for_a_page
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.permissions import permissions_of
from comity.web.requirements import (
    MANDATED,
    NAMED,
    counted,
    gap_to_plain,
    lacks_by_line,
    mandated,
    matrix_of,
    offer_to_plain,
    offers_of,
    state_to_plain,
)
from comity.web.tables import Plain, as_file
from comity.web.telling import Words, told

SPANS, PLEDGES, BASES = 200, 60, 60
"""So many spans, pledges and legal bases stand on a page; files have all."""
POOLS_AT = "pools/"
"""Under which pools stood before ``/pools/``: it leads there, unless a mission is called so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A mission as the reader may see it on the day, with what follows from it."""

    told_of: OnRecord
    states: tuple[LineState, ...]
    gaps: tuple[Gap, ...]

    @property
    def mission(self) -> Mission:
        return self.told_of.mission


@dataclass(frozen=True, slots=True)
class Line:
    """A mission in the list: how many of the places on its lines are filled, wholly or by an accepted gap, and how many lack something."""

    name: str
    title: str
    first: date | None
    last: date | None
    lines: int
    pledges: int
    places: int
    filled: int
    doubt: int
    mandate: Verdict

    @property
    def open(self) -> int:
        """In so many something lacks."""
        return self.places - self.filled - self.doubt


def found_of(this: Asked, name: str) -> Found:
    """The mission of that name; NotOnRecord where the reader may see nothing of it."""
    return this.ask(("mission", name), lambda standing: _found(standing, name))


def _found(standing: Standing, name: str) -> Found:
    told_of = mission_on_record(standing, name)
    sure = narrowly(told_of.mission)
    return Found(told_of, states(told_of.mission), explain_gaps(sure, accepted_plan(sure)))


def today_of(this: Asked) -> DaySpan:
    """The day asked about, as a span."""
    return DaySpan(this.on, this.on + timedelta(days=1))


def lines_of(this: Asked) -> list[Line]:
    """Every mission on record."""
    return this.ask("missions", lambda standing: [_line(this, name) for name in missions_on_record(standing)])


def _line(this: Asked, name: str) -> Line:
    found = found_of(this, name)
    mission, needed = found.mission, [one for one in found.states if one.state != "not needed"]
    starts, ends = [one.days.start for one in mission.rotations], [one.days.end for one in mission.rotations]
    sure = [one for one in needed if one.sure is Verdict.YES]
    return Line(
        name=name,
        title=mission.title,
        first=min((day for day in starts if day is not None), default=None),
        last=max((day for day in ends if day is not None), default=None),
        lines=len(mission.lines),
        pledges=len(mission.pledges),
        places=len(needed),
        filled=sum(one.state in ("filled", "gap accepted") for one in sure),
        doubt=len(needed) - len(sure),
        mandate=mandated(mission.mandate, today_of(this)),
    )


def line_to_plain(one: Line) -> dict[str, object]:
    """A mission of the list as plain data."""
    return {
        "mission": one.name,
        "title": one.title or None,
        "from": one.first and one.first.isoformat(),
        "until": one.last and one.last.isoformat(),
        "lines": one.lines,
        "pledges": one.pledges,
        "places": one.places,
        "filled": one.filled,
        "in_doubt": one.doubt,
        "lacking": one.open,
        "mandate": str(one.mandate),
    }


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    lines = lines_of(this)
    if file := as_file(request, this, "missions", lambda: [line_to_plain(one) for one in lines]):
        return file
    pools = this.ask("pools", pools_on_record)
    return page(request, "missions.html", {"asked": this, "part": part_of(request, lines), "pools": pools[:NAMED], "more": len(pools[NAMED:])})


# -- one mission ------------------------------------------------------------------------------------------------------


def bases_of(this: Asked, mission: Mission) -> tuple[list[PlaceBasis], list[str], str]:
    """The legal basis of those who pledged to be where the lines send them; what is still being derived; and why it cannot be told, if it can't."""
    pending = this.pending()
    try:
        permissions = permissions_of(this)
        return this.ask(("bases", mission.id), lambda _: list(place_bases(permissions, mission)), pending=pending), pending, ""
    except NotOnRecord as problem:
        return [], pending, str(problem)


def basis_to_plain(one: PlaceBasis) -> dict[str, object]:
    """A legal basis as plain data."""
    return {
        "party": one.party,
        "territory": one.territory,
        "from": one.days.start and one.days.start.isoformat(),
        "until": one.days.end and one.days.end.isoformat(),
        "verdict": str(one.stationing.verdict),
        "entry": str(one.stationing.entry.verdict),
        "status": str(one.stationing.status.verdict),
        "because": one.stationing.decided_by,
    }


def _fields(request: HttpRequest) -> dict[str, Any]:
    return {
        "given": filled_in(request, "of", "by", "shares", *AXES),
        "measures_of": OF.items(),
        "measures_by": BY.items(),
        "example": "FRA 28, DEU 41",
    }


def mission(request: HttpRequest, name: str) -> HttpResponse:
    this = asked(request)
    try:
        found = found_of(this, name)
    except NotOnRecord:
        if name.startswith(POOLS_AT):
            return HttpResponseRedirect(href(this.carried, "pool", name.removeprefix(POOLS_AT)))
        raise
    form, problem, status = _fields(request), "", 200
    whole = found.mission
    try:
        measure = read_measure(this, form["given"])
    except (BadInput, NotOnRecord) as wrong:
        if request.GET.get("format") or request.GET.get("chart"):
            raise
        measure, problem = read_measure(this, dict.fromkeys(form["given"], "")), for_a_page(wrong)
        status = STATUS[type(wrong)]
    if request.GET.get("format") == "ics":
        return _feed(this, whole)
    burden, matrix = shared(whole, measure), matrix_of(found.states, found.gaps)
    title = whole.title or whole.id
    names = [one.name for one in whole.rotations]
    bases, pending, unasked = bases_of(this, whole)
    charts: Mapping[str, Callable[[], Chart]] = {
        "statement": partial(statement_chart, matrix, names, found.states, told(_("Requirements of %(mission)s"), mission=title)),
        "time": partial(gantt, whole, this.on, told(_("Time of %(mission)s"), mission=title)),
        "burden": partial(share_bars, this, burden, told(_("Burden of %(mission)s"), mission=title)),
    }
    offers, spans = offers_of(whole), spans_of(whole)
    tables: Mapping[str, Callable[[], Sequence[Plain]]] = {
        "requirements": lambda: [state_to_plain(one) for one in found.states],
        "gaps": lambda: [gap_to_plain(one) for one in found.gaps],
        "pledges": lambda: [offer_to_plain(one) for one in offers],
        "time": lambda: [span_to_plain(one) for one in spans],
        "burden": lambda: [borne_to_plain(one, burden.rotations) for one in burden.borne],
        "bases": lambda: [basis_to_plain(one) for one in bases],
    }
    table = read_table(request, tables)
    if file := as_chart(request, this, charts) or as_file(request, this, table, tables[table], pending if table == "bases" else ()):
        return file
    drawn = {name: charts[name]() for name in ("time", "burden")}
    context = {
        "asked": this,
        **form,
        "problem": problem,
        "mission": whole,
        "name": name,
        "title": title,
        "mandated": mandated(whole.mandate, today_of(this)),
        "mandate_said": told(MANDATED[mandated(whole.mandate, today_of(this))], on=this.on),
        "mandates": found.told_of.mandates,
        "rotations": whole.rotations,
        "matrix": matrix[:NAMED],
        "lines_left": max(0, len(matrix) - NAMED),
        "counted": counted(matrix),
        "lacks": lacks_by_line(whole, found.gaps)[:NAMED],
        "offers": offers[:PLEDGES],
        "offers_left": max(0, len(offers) - PLEDGES),
        "spans": spans[:SPANS],
        "spans_left": max(0, len(spans) - SPANS),
        "burden": burden,
        "fair": None if burden.index is None else f"{float(burden.index):.2f}",
        "time_drawn": drawn["time"].drawing,
        "time_keys": drawn["time"].keys,
        "burden_drawn": drawn["burden"].drawing,
        "burden_keys": drawn["burden"].keys,
        "bases": bases[:BASES],
        "bases_left": max(0, len(bases) - BASES),
        "unasked": unasked,
        "command": command(this, name),
        "findings": found.told_of.findings[:NAMED],
        "pending": pending,
        "where": sorted({line.territory for line in whole.lines if line.territory is not None}),
    }
    return page(request, "mission.html", context, status)


def read_table(request: HttpRequest, tables: Mapping[str, object]) -> str:
    """Which of its tables the URL asks for as a file; the statement of requirements if it does not say."""
    table = request.GET.get("table", "requirements")
    if table not in tables:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"table={table!r}", known=", ".join(tables)))
    return table


def command(this: Asked, name: str) -> str:
    """How a plan is looked for, on the command line: as of the same day, as known on the same day."""
    axes = [f"--on {this.on}"] if this.on != this.today else []
    axes += [f"--known {this.known}"] if this.known != this.today else []
    return " ".join(["comity mission fill", shlex.quote(name), "--seconds 60", *axes, "-o plan.toml"])


# -- the calendar feed ------------------------------------------------------------------------------------------------


def _feed(this: Asked, whole: Mission) -> HttpResponse:
    """The first days of rotations, of what is accepted and there, of the mandate, and the days on which they end."""
    from icalendar import Calendar, Event

    stamp, feed = datetime.now(UTC), Calendar()
    feed.add("prodid", "-//Comity//missions//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", f"Comity: {whole.title or whole.id}")
    for day, says in days_of_mission(whole):
        event = Event()
        event.add("uid", hashlib.sha256(repr((whole.id, day, str(says))).encode()).hexdigest()[:32] + "@comity")
        event.add("dtstamp", stamp)
        event.add("dtstart", day)
        event.add("summary", f"{whole.id}: {says}")
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", f"mission-{whole.id}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def days_of_mission(whole: Mission) -> list[tuple[date, Words]]:
    """Each day on which something of it begins or ends that is more than an offer."""
    found = []
    for one in spans_of(whole):
        if one.what == "offered" or one.sure is not Verdict.YES:
            continue
        who = _who(one)
        found += [(one.days.start, told(_("%(who)s begins"), who=who))] if one.days.start is not None else []
        found += [(one.days.end, told(_("%(who)s ends"), who=who))] if one.days.end is not None else []
    return sorted(found, key=lambda one: (one[0], str(one[1])))


def _who(one: Span) -> Words:
    name = f" {one.name}" if one.name else ""
    return told("%(what)s%(name)s", what=told(one.says), name=name)
