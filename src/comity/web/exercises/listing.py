"""Exercises: those to come and running, drawn over their days; those that are over, part by part; of a party, a year, a kind, by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.exercises import days_of
from comity.terms import BadInput, parse_moment
from comity.web.asking import Asked, page, party_code
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.gantts import Span, Track, chart_of, gantt, keys_of
from comity.web.documents.handing_out import attachment
from comity.web.drawing import Drawing
from comity.web.exercises.calendars import feed
from comity.web.exercises.designs import designs_of, named
from comity.web.exercises.looking import notices_for
from comity.web.exercises.records import Line, Lines, Wanted, chosen, line_to_plain, lines_of
from comity.web.exercises.showing import day_row, span_of
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.tables import as_file
from comity.web.telling import told

DRAWN = 40
"""So many exercises to come are drawn and listed day by day; the list has all."""
Days = tuple[Line, list[dict[str, object]]]


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose, of which year and kind, with which words."""
    return {**choices(this), "kinds": kinds_of(this), "given": filled_in(request, "party", "year", "kind", "q")}


def kinds_of(this: Asked) -> list[str]:
    """Of which kinds there are exercises on record."""
    lines = lines_of(this)
    return this.ask("kinds of exercises", lambda _: sorted({kind for line in (*lines.coming, *lines.over) for kind in line.kinds}))


def read_wanted(this: Asked, given: dict[str, str], kinds: Sequence[str]) -> Wanted:
    """Which exercises the fields ask for."""
    party = party_code(this.record, given["party"]) if given["party"] else ""
    if given["year"] and not re.fullmatch(r"[12][0-9]{3}", given["year"]):
        raise BadInput(told(_("%(given)s is no year; write four digits, for instance %(year)s"), given=f"year={given['year']!r}", year=this.on.year))
    if given["kind"] and given["kind"] not in kinds:
        raise BadInput(told(_("%(given)s: no exercise on record is of that kind; choose one of the list"), given=f"kind={given['kind']!r}"))
    return Wanted(party, int(given["year"]) if given["year"] else None, given["kind"], given["q"])


def tracks_of(this: Asked, coming: Sequence[Line]) -> tuple[list[Track], list[Days]]:
    """A row for each exercise to come whose days are on record, and the same day by day."""
    tracks, days = list[Track](), list[Days]()
    for line in coming:
        spans, rows = _days_of(this, line)
        if spans:
            tracks.append(Track(line.title, href(this.carried, "exercise", line.activity), tuple(spans)))
            days.append((line, rows))
    return tracks, days


def _days_of(this: Asked, line: Line) -> tuple[list[Span], list[dict[str, object]]]:
    recorded = designs_of(this).get(named(line.activity))
    if recorded is not None:
        if recorded.read is None:
            return [], []
        found = days_of(recorded.read.design, notices_for(this, recorded.read))
        return [span_of(day) for day in found if day.sort != "forces" or day.what == "forces there"], [day_row(line.title, day) for day in found]
    if not line.starts:
        return [], []
    start, end = parse_moment(line.starts), parse_moment(line.ends or line.starts)
    row: dict[str, object] = {
        "row": line.title,
        "sort": "planned",
        "what": "planned days",
        "from": start.written,
        "until": end.written,
        "who": line.host or None,
    }
    return [Span("planned", start, end, f"{line.title}: {start} – {end}")], [row]


@with_form("exercises/list.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    if request.GET.get("format") == "ics":
        return attachment(feed(this), "text/calendar; charset=utf-8", "exercises.ics")
    wanted = read_wanted(this, form["given"], form["kinds"])
    lines = chosen(lines_of(this), wanted)
    drawing, tracks, days = this.ask_in_words(("drawn exercises", wanted, tuple(this.carried.items())), lambda _: _drawn(this, lines))
    if file := as_chart(request, this, {"days": lambda: _chart(tracks, drawing, days)}):
        return file
    if file := as_file(request, this, "exercises", lambda: [line_to_plain(line) for line in (*lines.coming, *lines.over)]):
        return file
    context = {
        **form,
        "wanted": wanted,
        "narrowed": wanted != Wanted(),
        "lines": lines,
        "coming": lines.coming[:DRAWN],
        "more_coming": max(0, len(lines.coming) - DRAWN),
        "drawn": drawing,
        "drawn_keys": keys_of(tracks),
        "days": days,
        "part": part_of(request, lines.over),
    }
    return page(request, "exercises/list.html", context)


def _drawn(this: Asked, lines: Lines) -> tuple[Drawing, list[Track], list[Days]]:
    tracks, days = tracks_of(this, lines.coming[:DRAWN])
    return gantt(tracks, told(_("Exercises to come and running")), this.on, "days"), tracks, days


def _chart(tracks: Sequence[Track], drawing: Drawing, days: Sequence[Days]) -> Chart:
    subtitle = _("Forces, conduct, planning conferences, documents and notices; a broken line marks the day asked about, where it is near.")
    return chart_of("exercises", subtitle, tracks, drawing, [row for _line, rows in days for row in rows])
