"""How likely a militarised dispute between two states is in a year, or a month, as it was forecast from the past: never without the record.

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
    loss_of,
    reason_rows,
    score_rows,
    scores_of,
    tenth_rows,
    tenths_of,
)
from comity.web.world_tables import imported

if TYPE_CHECKING:
    from comity.early_warning import WarningRecord, Warnings

FIELDS = ("a", "b", "by", "year", "top")
FOLDERS, RECORD = {"year": "early-warning", "month": "early-warning-by-month"}, "record.json"
"""Where forecasts by each step are kept in the store's folder, as ``comity warn`` keeps them."""
TOP, MOST = 20, 500
SHOWN = ("ours", "base rate", "last value", "logit")
"""Those whose losses stand in the first line of the record."""


@dataclass(frozen=True, slots=True)
class WarningQuestion:
    """Of which two (None: the highest), by year or by month, in which (None: the latest), how many of the highest."""

    pair: tuple[str, str] | None
    by: str
    year: str | None
    top: int

    @property
    def command(self) -> str:
        """What makes the forecasts."""
        return "comity warn --train" if self.by == "year" else f"comity warn --train --by {self.by}"


def room() -> ModuleType:
    """The room, on a machine that has what forecasts need; it is read when it is first asked, since that takes a moment."""
    try:
        import comity.early_warning
    except ImportError:
        raise BadInput(_("forecasts are made with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.early_warning


def trained(by: str) -> str:
    """What tells one record of forecasts from another; blank where none has been made, or was not finished."""
    try:
        found = os.stat(where() / FOLDERS[by] / RECORD)
    except OSError:
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}"


def lacking() -> list[str]:
    """The tables that forecasts are made of and that are not in the store."""
    held = {source for source, _table, _file in imported()}
    return [one for one in room().SOURCES if one not in held]


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of which two, by which step, in which year or month, how many of the highest."""
    steps = [("year", _("by year")), ("month", _("by month"))]
    return {"parties": choices(this)["parties"], "given": filled_in(request, *FIELDS, *AXES), "usual": TOP, "steps": steps}


def read(this: Asked, given: Mapping[str, str]) -> WarningQuestion:
    """What is asked; BadInput and NotOnRecord say what is wrong with it."""
    year, top, by = given["year"], given["top"] or str(TOP), given["by"] or "year"
    if by not in FOLDERS:
        raise BadInput(told(_("%(given)s; write year or month"), given=f"by={by[:20]!r}"))
    if year and by == "year" and not re.fullmatch(r"[0-9]{4}", year):
        raise BadInput(told(_("%(given)s is no year; write four digits, such as 1990"), given=f"year={year[:20]!r}"))
    if year and by == "month" and not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", year):
        raise BadInput(told(_("%(given)s is no month; write it as 1990-08"), given=f"year={year[:20]!r}"))
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
    return WarningQuestion(pair, by, year or None, number)


def answer(this: Asked, asked: WarningQuestion) -> Warnings | None:
    """What was forecast, with its record; None where there is nothing that could be shown. Kept until the record or the forecasts change."""
    of, mark = room(), trained(asked.by)
    if not mark:
        return None
    step = of.STEPS[asked.by]
    kept = of.KeptForecasts.beside(where(), step)
    try:
        record: WarningRecord = kept.record()
    except NotOnRecord:
        return None
    first, last = step.told(step.period_of(record.first)), step.told(record.last)
    if asked.year is not None and not first <= asked.year <= last:
        of_years = _(
            "%(year)s is unknown: forecasts are of the years %(first)s to %(last)s; the data of disputes end with %(ends)s, and are not carried on"
        )
        of_months = _(
            "%(month)s is unknown: forecasts are of the months %(first)s to %(last)s; the data of disputes end with %(ends)s, and are not carried on"
        )
        when = {asked.by: asked.year}
        raise NotOnRecord(told(of_years if asked.by == "year" else of_months, **when, first=first, last=last, ends=record.latest - 1))
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
    context |= {"months": asked.by == "month"}
    if answered is None or record is None:
        return page(request, "warning.html", {**context, "untrained": True, "lacking": lacking()})
    step = record.step
    when = asked.year or step.told(record.last)
    chart = calibration_chart(record)
    lines = [line_of(one) for one in answered.forecasts]
    first = answered.forecasts[0] if answered.forecasts else None
    context |= {
        "lines": lines,
        "alone": lines[0] if asked.pair is not None else None,
        "of": f"{first.of:,}" if first else "0",
        "year": when,
        "before": step.told(step.period_of(*map(int, when.split("-"))) - 1),
        "by": "" if asked.by == "year" else asked.by,
        "record": record,
        "ends": record.latest - 1,
        "line": [(name, loss_of(record, record.score(name).brier)) for name in SHOWN],
        "scores": scores_of(record),
        "leads": leads_of(record),
        "tenths": tenths_of(record),
        "numbers": _numbers(record),
        "made": date.fromisoformat(record.made),
        "drawing": chart.drawing,
        "keys": chart.keys,
        "highest": href(this.carried, "warning", year=asked.year or "", by="" if asked.by == "year" else asked.by),
        "stability": href(this.carried, "stability", whom=",".join(asked.pair)) if asked.pair else "",
    }
    return page(request, "warning.html", context)


def _numbers(record: WarningRecord) -> dict[str, str]:
    """How many forecasts and disputes there are, and how many pairs and years that were not forecast."""
    pairs, outside = record.outside
    found = {"forecasts": record.forecasts, "began": record.began, "pairs": pairs, "outside": outside, "undated": record.undated}
    return {name: f"{number:,}" for name, number in found.items()}
