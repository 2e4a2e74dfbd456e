"""Trust: how likely a party's next duty towards another is to be kept on time, what that rests on, and how good such forecasts were.

What all forecasts of a day rest on, the duties of all, is observed once and kept with the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.standing import Standing
from comity.terms import BadInput
from comity.trust import KINDS, Forecast, Observed, TrustRules, forecast_to_plain, observed_duties
from comity.trust import trust as forecast
from comity.web.asking import AXES, Asked, page, party_code
from comity.web.charts.calibrations import calibration_chart, forecast_chart, level_of
from comity.web.charts.chart import as_chart
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.paging import part_of
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told

FIELDS = ("a", "b", "kind", "half_life", "pooling", "level")
YEAR = 365.25
EACH = 20
USUAL = {"half_life": "5", "pooling": "4", "level": "0.9"}
"""What is declared unless something else is said: years, duties, a share. Conventions, as at the command line."""
VERDICTS = {
    "better": gettext_lazy("They are better than the base rate."),
    "worse": gettext_lazy("They are worse than the base rate: go by that instead."),
    "not told": gettext_lazy("Whether they are better than the base rate cannot be told from these."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Who owes, to whom, of which kind (None: any), and what the forecast declares."""

    a: str
    b: str
    kind: str | None
    rules: TrustRules


@dataclass(frozen=True, slots=True)
class Answer:
    """The forecast; ``pending``: agreements that are still being derived, and left out."""

    found: Forecast
    pending: tuple[str, ...]


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Who owes to whom, of which kind; and what is declared."""
    given, example = filled_in(request, *FIELDS, *AXES), {"RUS", "UKR"} <= this.record.register.parties.keys()
    return {"parties": choices(this)["parties"], "kinds": KINDS, "usual": USUAL, "given": given, "example": example}


def read(this: Asked, given: Mapping[str, str]) -> Question | None:
    """What is asked; None if nothing is yet; BadInput says what is missing or wrong."""
    half_life, pooling, level = (_number(given, name) for name in USUAL)
    rules = TrustRules(half_life=half_life * YEAR, pooling=pooling, level=level)
    if not given["a"] and not given["b"]:
        return None
    for name, says in (("a", _("who owes")), ("b", _("to whom"))):
        if not given[name]:
            raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(says)))
    return Question(party_code(this.record, given["a"]), party_code(this.record, given["b"]), given["kind"] or None, rules)


def _number(given: Mapping[str, str], name: str) -> float:
    text = given[name] or USUAL[name]
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text):
        message = _("%(given)s is no number; write for instance %(usual)s")
        raise BadInput(told(message, given=f"{name}={text[:20]!r}", usual=USUAL[name]))
    return float(text)


def answer(this: Asked, asked: Question) -> Answer:
    """The forecast; it and what all of that day rest on are kept with the record until it changes."""
    waiting = {*this.pending()}
    looked_at = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]

    def observed(standing: Standing) -> Observed:
        return observed_duties(Narrowed(standing, looked_at))

    def found(standing: Standing) -> Forecast:
        every = this.ask("observed duties", observed, pending=waiting)
        return forecast(standing, asked.a, asked.b, asked.kind, asked.rules, every)

    return Answer(this.ask(("trust", asked), found, pending=waiting), tuple(sorted(waiting)))


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("trust.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    if asked is None:
        return page(request, "trust.html", form)
    answered = answer(this, asked)
    found = answered.found
    names = (this.name(asked.a), this.name(asked.b))
    charts = {
        "forecast": partial(forecast_chart, found, told(_("How likely %(a)s is to keep its next duty towards %(b)s"), a=names[0], b=names[1])),
        "calibration": partial(calibration_chart, found, told(_("Forecasts, and what came of them"))),
    }
    lists = [
        List("trust", _("The forecast"), lambda: [forecast_row(found)]),
        List("duties", _("The duties that it rests on"), lambda: duty_rows(found)),
        List("calibration", _("Forecasts, and what came of them"), lambda: calibration_rows(found)),
    ]
    if file := as_chart(request, this, charts, answered.pending) or as_one_of(request, this, lists, answered.pending):
        return file
    context = {
        **form,
        "question": asked,
        "found": found,
        "pending": answered.pending,
        "level": level_of(found),
        "years": f"{found.rules.half_life / YEAR:g}",
        "counts": {name: sum(row.duty.came_out == name for row in found.rests_on) for name in ("kept", "late", "missed")},
        "mixed": len({row.duty.simulated for row in found.rests_on}) > 1,
        "drawn": charts["forecast"](),
        "calibration": charts["calibration"](),
        "scores": [] if found.score is None else [(_("Brier"), found.score.brier), (_("logarithmic"), found.score.log)],
        "verdict": "" if found.score is None else VERDICTS[found.score.brier.says],
        "part": part_of(request, found.rests_on[::-1], EACH),
        "other_way": href(this.carried, "trust", **{**form["given"], "a": asked.b, "b": asked.a}),
        "lists": lists,
    }
    return page(request, "trust.html", context)


def forecast_row(found: Forecast) -> dict[str, Any]:
    """The forecast as one line of a table, with its scores."""
    plain = forecast_to_plain(found)
    least, most = found.between or (None, None)
    kept = ("party", "partner", "kind", "on", "value")
    more = ("why", "level", "observed", "left_out", "pooled_towards", "base_rate", "half_life_days", "pooling", "needed", "simulated")
    row = {**{name: plain[name] for name in kept}, "least": least, "most": most, **{name: plain[name] for name in more}}
    if found.score is not None:
        brier, log = found.score.brier, found.score.log
        row |= {"forecasts_scored": found.score.number, "brier": brier.forecasts, "brier_of_base_rate": brier.base}
        row |= {"log": log.forecasts, "log_of_base_rate": log.base}
    return {**row, "notes": list(found.notes)}


def duty_rows(found: Forecast) -> list[dict[str, Any]]:
    """Each duty that it rests on, with how it came out and what it weighs."""
    return [
        {"due": d.due.isoformat(), "came_out": d.came_out, "weight": row.weight, "kind": d.kind, "agreement": d.agreement, "key": d.key}
        | {"acts": list(d.acts), "simulated": d.simulated}
        for row in found.rests_on
        for d in (row.duty,)
    ]


def calibration_rows(found: Forecast) -> list[dict[str, Any]]:
    """Each stretch of forecasts: how many, their mean, the share that was kept."""
    if found.score is None:
        return []
    return [{"from": one.low, "to": one.high, "forecasts": one.number, "forecast": one.forecast, "kept": one.kept} for one in found.score.bins]
