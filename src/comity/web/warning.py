"""How likely a militarised dispute between two states is in a year, as it was forecast from the years before: never without the record of forecasts.

Forecasts are made with ``comity warn --train`` and kept beside the store of tables; a page only reads them. What no forecast is of is unknown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.sources import where
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import AXES, Asked, page, party_code, read_number
from comity.web.charts.chart import as_chart
from comity.web.charts.forecast_tenths import calibration_chart
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told
from comity.web.warning_rows import (
    forecast_rows,
    lead_rows,
    leads_of,
    line_of,
    reason_rows,
    score_rows,
    scores_of,
    tenth_rows,
    tenths_of,
)
from comity.web.world_tables import imported

if TYPE_CHECKING:
    from comity.early_warning import WarningRecord, Warnings

FIELDS = ("a", "b", "year", "top")
FOLDER, RECORD = "early-warning", "record.json"
"""Where the forecasts are kept in the store's folder, as ``comity warn`` keeps them."""
TOP, MOST = 20, 500
SHOWN = ("ours", "base rate", "last value", "logit")
"""Those whose losses stand in the first line of the record."""


@dataclass(frozen=True, slots=True)
class WarningQuestion:
    """Of which two (None: the highest), in which year (None: the latest), how many of the highest."""

    pair: tuple[str, str] | None
    year: int | None
    top: int


def room() -> ModuleType:
    """The room, on a machine that has what forecasts need; it is read when it is first asked, since that takes a moment."""
    try:
        import comity.early_warning
    except ImportError:
        raise BadInput(_("forecasts are made with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.early_warning


def trained() -> str:
    """What tells one record of forecasts from another; blank where none has been made, or was not finished."""
    try:
        found = os.stat(where() / FOLDER / RECORD)
    except OSError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}"


def lacking() -> list[str]:
    """The tables that forecasts are made of and that are not in the store."""
    held = {source for source, _table, _file in imported()}
    return [one for one in room().SOURCES if one not in held]


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of which two, in which year, how many of the highest."""
    return {"parties": choices(this)["parties"], "given": filled_in(request, *FIELDS, *AXES), "usual": TOP}


def read(this: Asked, given: Mapping[str, str]) -> WarningQuestion:
    """What is asked; BadInput and NotOnRecord say what is wrong with it."""
    year, top = given["year"], given["top"] or str(TOP)
    if year and not re.fullmatch(r"[0-9]{4}", year):
        raise BadInput(told(_("%(given)s is no year; write four digits, such as 1990"), given=f"year={year[:20]!r}"))
    number = read_number(top, MOST)
    if not number:
        raise BadInput(told(_("%(given)s; write how many to show, from 1 to %(most)s"), given=f"top={top[:20]!r}", most=MOST))
    pair = None
    if given["a"] or given["b"]:
        for name, says in (("a", _("one state")), ("b", _("the other state"))):
            if not given[name]:
                raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(says)))
        pair = party_code(this.record, given["a"]), party_code(this.record, given["b"])
        if pair[0] == pair[1]:
            raise BadInput(told(_("between %(a)s and %(b)s: name two different parties"), a=pair[0], b=pair[1]))
    return WarningQuestion(pair, int(year) if year else None, number)


def answer(this: Asked, asked: WarningQuestion) -> Warnings | None:
    """What was forecast, with its record; None where there is nothing that could be shown. Kept until the record or the forecasts change."""
    of, mark = room(), trained()
    if not mark:
        return None
    kept = of.KeptForecasts(where() / FOLDER)
    try:
        record: WarningRecord = kept.record()
    except NotOnRecord:
        return None
    first, last = record.first, record.latest
    if asked.year is not None and not first <= asked.year <= last:
        says = _(
            "%(year)s is unknown: forecasts are of the years %(first)s to %(last)s; the data of disputes end with %(ends)s, and are not carried on"
        )
        raise NotOnRecord(told(says, year=asked.year, first=first, last=last, ends=last - 1))
    register = this.record.register

    def found(_standing: object) -> Warnings:
        result: Warnings
        if asked.pair is None:
            result = of.highest(kept, register, asked.top, asked.year)
        else:
            result = of.warning_of(kept, register, *asked.pair, asked.year)
        return result

    return this.ask(("early warning", asked, mark), found)


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("warning.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    answered = answer(this, asked)
    record = None if answered is None else answered.record
    lists = [
        List("forecasts", _("Forecasts"), lambda: [] if answered is None else forecast_rows(answered.forecasts)),
        List("reasons", _("What each rests on"), lambda: [] if answered is None else reason_rows(answered.forecasts)),
        List("scores", _("Scores"), lambda: [] if record is None else score_rows(record)),
        List("leads", _("How much lower our loss is"), lambda: [] if record is None else lead_rows(record)),
        List("tenths", _("Calibration"), lambda: [] if record is None else tenth_rows(record)),
    ]
    charts = {} if record is None else {"calibration": lambda: calibration_chart(record)}
    if file := as_chart(request, this, charts) or as_one_of(request, this, lists):
        return file
    context: dict[str, Any] = {**form, "question": asked, "lists": lists}
    if answered is None or record is None:
        return page(request, "warning.html", {**context, "untrained": True, "lacking": lacking()})
    chart = calibration_chart(record)
    lines = [line_of(one) for one in answered.forecasts]
    first = answered.forecasts[0] if answered.forecasts else None
    context |= {
        "lines": lines,
        "alone": lines[0] if asked.pair is not None else None,
        "of": f"{first.of:,}" if first else "0",
        "year": asked.year or record.latest,
        "before": (asked.year or record.latest) - 1,
        "record": record,
        "ends": record.latest - 1,
        "line": [(name, f"{record.score(name).brier:.5f}") for name in SHOWN],
        "scores": scores_of(record),
        "leads": leads_of(record),
        "tenths": tenths_of(record),
        "numbers": _numbers(record),
        "made": date.fromisoformat(record.made),
        "drawing": chart.drawing,
        "keys": chart.keys,
        "highest": href(this.carried, "warning", year=asked.year or ""),
        "stability": href(this.carried, "stability", whom=",".join(asked.pair)) if asked.pair else "",
    }
    return page(request, "warning.html", context)


def _numbers(record: WarningRecord) -> dict[str, str]:
    """How many forecasts and disputes there are, and how many pairs and years that were not forecast."""
    pairs, outside = record.outside
    return {
        name: f"{number:,}" for name, number in (("forecasts", record.forecasts), ("began", record.began), ("pairs", pairs), ("outside", outside))
    }
