"""One exercise: its design worked out for the reader, or what acts alone say of it; what each part leads to is recorded elsewhere."""

from __future__ import annotations

import difflib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.acts import Act, kinds
from comity.exercises import design_to_plain, flaw_to_plain, life_to_plain, notices_to_plain
from comity.terms import NotOnRecord
from comity.web.asking import Asked, asked, json_page, page
from comity.web.charts.chart import as_chart
from comity.web.documents.handing_out import MEDIA, as_download, attachment
from comity.web.exercises.coverages import need_to_plain
from comity.web.exercises.designs import Recorded, designs_of, named
from comity.web.exercises.letters import language_of, letter, read_letter, tongues
from comity.web.exercises.looking import Looked, looked_at
from comity.web.exercises.owed import acts_as_csv
from comity.web.exercises.records import Line, acts_of, held_of, line_to_plain, lines_of
from comity.web.exercises.showing import as_calendar, chart, day_row, label_of, lessons_about, shown
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.recording.ground import can_record
from comity.web.tables import as_file
from comity.web.telling import told

EACH = 100
"""So many acts are shown at once."""
CHECKED_AT = "check"
"""Under which designs were checked before ``/designs/check``: it leads there, unless an exercise is called so."""


def read(this: Asked, activity: str) -> tuple[str, Recorded | None]:
    """The exercise of this name, and its design if it has one; NotOnRecord, with what is near, if nothing the reader may see names it."""
    name = named(activity)
    found = designs_of(this).get(name)
    if found is not None:
        return found.activity, found
    acts = acts_of(this).get(name)
    if acts:
        return acts[0].details["activity"], None
    told_names = {one: acts[0].details["activity"] for one, acts in acts_of(this).items()}
    close = [told_names[one] for one in difflib.get_close_matches(name, told_names, n=3, cutoff=0.7)]
    if not close:
        raise NotOnRecord(told(_("no exercise %(named)s is on record; look it up under Exercises"), named=repr(activity[:120])))
    raise NotOnRecord(told(_("no exercise %(named)s is on record; did you mean %(near)s?"), named=repr(activity[:120]), near=", ".join(close)))


def exercise(request: HttpRequest, activity: str) -> HttpResponse:
    this = asked(request)
    try:
        name, recorded = read(this, activity)
    except NotOnRecord:
        if activity == CHECKED_AT:
            return HttpResponseRedirect(href(this.carried, "exercise-check"))
        raise
    if recorded is None or recorded.read is None:
        return _by_acts(request, this, name, recorded)
    looked = looked_at(this, recorded.read)
    return _taken(request, this, recorded, looked) or _designed(request, this, recorded, looked)


def _taken(request: HttpRequest, this: Asked, recorded: Recorded, looked: Looked) -> HttpResponse | None:
    """What the address asks for in place of the page: a letter, the acts to be recorded, the calendar, a chart, the days as a file."""
    if "letter" in request.GET:
        return _letter(request, this, recorded, looked)
    if request.GET.get("format") == "acts":
        return attachment(acts_as_csv(this, looked.notices), "text/csv; charset=utf-8; header=present", f"{looked.design.id}-acts-{this.on}.csv")
    if request.GET.get("format") == "ics":
        return attachment(as_calendar(looked), "text/calendar; charset=utf-8", f"{looked.design.id}.ics")
    if request.GET.get("format") == "json" and "chart" not in request.GET:
        return json_page(to_plain(recorded, looked))
    if file := as_chart(request, this, {"days": lambda: chart(this, looked)}):
        return file
    return as_file(request, this, f"exercise-{looked.design.id}", lambda: [day_row(looked.design.id, day) for day in looked.days])


def to_plain(recorded: Recorded, looked: Looked) -> dict[str, Any]:
    """The exercise as plain data."""
    return {
        "exercise": design_to_plain(looked.design),
        "acts": [act.ref for act in recorded.acts],
        "life": life_to_plain(looked.life, looked.read.sha256),
        "days": [day_row(looked.design.id, day) for day in looked.days],
        "flaws": [flaw_to_plain(flaw) for flaw in looked.flaws],
        "coverage": None if looked.matrix is None else [need_to_plain(need) for need in looked.matrix.needs],
        "notices": None if looked.notices is None else notices_to_plain(looked.notices),
    }


def _letter(request: HttpRequest, this: Asked, recorded: Recorded, looked: Looked) -> HttpResponse:
    number, notice = read_letter(looked.notices, request.GET["letter"])
    language = language_of(request)
    paper = letter(this, looked.design, notice, label_of(recorded.acts), language)
    if file := as_download(request, paper, f"{looked.design.id}-letter-{number}{'' if language == 'en' else f'-{language}'}"):
        return file
    context = {
        "asked": this,
        "activity": looked.design.id,
        "title": looked.design.title,
        "paper": paper,
        "media": MEDIA,
        "number": number,
        "tongues": tongues(),
    }
    return page(request, "exercises/letter.html", context)


def _designed(request: HttpRequest, this: Asked, recorded: Recorded, looked: Looked) -> HttpResponse:
    context = {
        "asked": this,
        "activity": recorded.activity,
        "recorded": recorded,
        "label": label_of(recorded.acts),
        "lessons": lessons_about(this, recorded.activity),
        "can_record": can_record(request),
        "acts_taken": True,
        **shown(this, looked),
        **_acts(request, this, recorded.activity),
    }
    return page(request, "exercises/one.html", context)


def acts_about(this: Asked, activity: str) -> list[Act]:
    """The acts about it that were done by the day, in order of time."""
    return [act for act in acts_of(this).get(named(activity), ()) if act.done is None or act.done.first <= this.on]


def _acts(request: HttpRequest, this: Asked, activity: str) -> dict[str, Any]:
    """The acts about it that were done by the day, part by part."""
    part = part_of(request, acts_about(this, activity), EACH)
    under = any(act.agreement for act in part.items)
    return {"part": part, "under": under, "acts": [(act, kinds()[act.kind]) for act in part.items]}


def lines_about(this: Asked, activity: str) -> list[Line]:
    """The exercise as the list has it: several lines where it was held several times."""
    lines = lines_of(this)
    return [line for line in (*lines.coming, *lines.over) if named(line.activity) == named(activity)]


# -- without a design -------------------------------------------------------------------------------------------------


def _by_acts(request: HttpRequest, this: Asked, activity: str, recorded: Recorded | None) -> HttpResponse:
    lines = lines_about(this, activity)
    if request.GET.get("format") == "ics":
        raise NotOnRecord(told(_("no design of %(named)s can be read, so its days are not known in full"), named=repr(activity)))
    if file := as_file(request, this, "editions", lambda: [line_to_plain(line) for line in lines]):
        return file
    later = [one for one in held_of(this).get(named(activity), ()) if min(part.start.first for part in one.parts) > this.on]
    acts = _acts(request, this, activity)
    context = {
        "asked": this,
        "activity": activity,
        "recorded": recorded,
        "editions": lines[:EACH],
        "more_editions": max(0, len(lines) - EACH),
        "nations": sorted({nation for line in lines for nation in line.nations}),
        "later": len(later),
        "lessons": lessons_about(this, activity),
        "can_record": can_record(request),
        **acts,
    }
    return page(request, "exercises/by_acts.html", context)
