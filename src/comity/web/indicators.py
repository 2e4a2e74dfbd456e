"""Indicators: which there are; what one says of a party, perhaps towards a partner, over a span of days and stretch by stretch of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.acts import Act
from comity.indicators import INDICATORS, By, Indicator, Reading, indicator, indicator_to_plain, read_indicator, reading_to_plain, series, usual_since
from comity.indicators import Asked as Wanted
from comity.standing import Standing
from comity.terms import BadInput
from comity.web.asking import AXES, Asked, page, party_code, read_day
from comity.web.charts.chart import as_chart
from comity.web.charts.readings import figure, readings_chart
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.paging import part_of
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told
from comity.web.wording import word

FIELDS = ("indicator", "party", "partner", "since", "until", "by", "agreement", "kind", "key")
STRETCHES = (("year", gettext_lazy("by year")), ("quarter", gettext_lazy("by quarter")))
EACH, PARTS = 40, 40
"""So many acts are in a part of the list; so many parts of a number are shown, and the files have all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which indicator, of whom and when, and into which stretches it is cut."""

    indicator: Indicator
    wanted: Wanted
    by: By


@dataclass(frozen=True, slots=True)
class Answer:
    """What it says of all the days, and of each stretch; ``pending``: agreements that are still being derived, and left out."""

    whole: Reading
    series: tuple[Reading, ...]
    pending: tuple[str, ...]

    @property
    def simulated(self) -> bool:
        return self.whole.simulated or any(one.simulated for one in self.series)


@dataclass(frozen=True, slots=True)
class Line:
    """A reading as a line: its number and the least and the most that it can be, in figures; blank where there is none."""

    one: Reading

    @property
    def figure(self) -> str:
        return "" if self.one.value is None else figure(self.one.value, self.one.unit)

    @property
    def unit(self) -> str:
        """Its unit, where the figure does not say it."""
        return "" if self.one.unit == "share" else word(self.one.unit, "unit")

    @property
    def between(self) -> tuple[str, str] | None:
        found = self.one.between
        return None if found is None or found[0] == found[1] else (figure(found[0], self.one.unit), figure(found[1], self.one.unit))


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Which indicator, of whom towards whom, from when until when, of which agreement and kind."""
    kinds = sorted({kind for one in INDICATORS for kind in one.kinds if kind != "*"})
    return {
        **choices(this),
        "given": filled_in(request, *FIELDS, *AXES),
        "indicators": [(one, word(one.id, "indicator")) for one in INDICATORS],
        "stretches": STRETCHES,
        "kinds": kinds,
        "first": usual_since(this.on),
        "example": "DEU" in this.record.register.parties,
    }


def read(this: Asked, given: Mapping[str, str]) -> Question | None:
    """What is asked; None while it is not said which indicator, or of whom; BadInput or NotOnRecord say what is wrong."""
    stretch = _stretch(given["by"])
    until = read_day(_("until"), given["until"]) if given["until"] else this.on
    since = read_day(_("since"), given["since"]) if given["since"] else usual_since(until)
    found = indicator(given["indicator"]) if given["indicator"] else None
    if given["partner"] and not given["party"]:
        raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(_("the party"))))
    if found is None or not given["party"]:
        return None
    party = party_code(this.record, given["party"])
    partner = party_code(this.record, given["partner"]) if given["partner"] else None
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    key = _key(this, given["key"])
    return Question(found, Wanted(party, since, until, partner, given["agreement"] or None, given["kind"] or None, key), stretch)


def _stretch(by: str) -> By:
    for known in get_args(By):
        if (by or "year") == known:
            found: By = known
            return found
    raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"by={by[:20]!r}", known=", ".join(get_args(By))))


def _key(this: Asked, text: str) -> tuple[tuple[str, int], ...]:
    """The declared key, each party with its part: ``ARD=3, BLM=1``."""
    found = list[tuple[str, int]]()
    for one in filter(None, (part.strip() for part in text.split(","))):
        party, _equals, number = (part.strip() for part in one.partition("="))
        if not party or not re.fullmatch(r"[0-9]{1,9}", number):
            message = _("%(given)s; write each party with a whole number, with commas between, as FIN=3, SWE=5")
            raise BadInput(told(message, given=f"key={one[:40]!r}"))
        found.append((party_code(this.record, party), int(number)))
    return tuple(found)


def answer(this: Asked, asked: Question) -> Answer:
    """What the indicator says; kept with the record until it changes."""
    waiting = {*this.pending()}
    looked_at = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]

    def found(standing: Standing) -> tuple[Reading, tuple[Reading, ...]]:
        narrowed = Narrowed(standing, looked_at)
        return read_indicator(narrowed, asked.indicator.id, asked.wanted), series(narrowed, asked.indicator.id, asked.wanted, asked.by)

    whole, stretches = this.ask(("indicator", asked.indicator.id, asked.wanted, asked.by), found, pending=waiting)
    return Answer(whole, stretches, tuple(sorted(waiting)))


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("indicators.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    if asked is None:
        every = [List("indicators", _("Indicators"), lambda: [indicator_to_plain(one) for one in INDICATORS])]
        return as_one_of(request, this, every) or page(request, "indicators.html", {**form, "every": True, "lists": every})
    answered = answer(this, asked)
    title = title_of(this, asked)
    charts = {"series": partial(readings_chart, answered.series, title, asked.by)}
    lists = [
        List("readings", _("The series"), lambda: [reading_row(one) for one in answered.series]),
        List("whole", _("The number"), lambda: [reading_row(answered.whole)]),
        List("parts", _("Its parts"), lambda: part_rows(answered.whole)),
        List("acts", _("The acts behind it"), lambda: [act_to_plain(act) for act in acts_of(this, answered.whole.rests_on)]),
    ]
    if file := as_chart(request, this, charts, answered.pending) or as_one_of(request, this, lists, answered.pending):
        return file
    lines = [Line(one) for one in answered.series]
    part = part_of(request, answered.whole.rests_on, EACH)
    context = {
        **form,
        "question": asked,
        "answer": answered,
        "pending": answered.pending,
        "line": Line(answered.whole),
        "lines": lines,
        "ranged": any(one.between for one in lines),
        "mixed": len({one.simulated for one in answered.series if one.value is not None}) > 1,
        "parts": answered.whole.parts[:PARTS],
        "parts_left": max(0, len(answered.whole.parts) - PARTS),
        "chart": charts["series"](),
        "part": part,
        "acts": acts_of(this, part.items),
        "others": [
            (one.id, word(one.id, "indicator"), href(this.carried, "indicators", **{**_kept(form["given"]), "indicator": one.id}))
            for one in INDICATORS
            if one.id != asked.indicator.id
        ],
        "lists": lists,
    }
    return page(request, "indicators.html", context)


def _kept(given: Mapping[str, str]) -> dict[str, str]:
    """What is asked of another indicator alike."""
    return {name: given[name] for name in ("party", "partner", "since", "until", "by", "agreement")}


def title_of(this: Asked, asked: Question) -> str:
    """What is read, of whom, from when until when."""
    wanted, what = asked.wanted, told(word(asked.indicator.id, "indicator"))
    parts = {"what": what, "who": this.name(wanted.party), "since": wanted.since, "until": wanted.until}
    if wanted.partner is None:
        return told(_("%(what)s %(who)s, %(since)s to %(until)s"), **parts)
    return told(_("%(what)s %(who)s towards %(partner)s, %(since)s to %(until)s"), **parts, partner=this.name(wanted.partner))


def acts_of(this: Asked, refs: Iterable[str]) -> list[Act]:
    """The acts of these references that the reader may see."""
    return [entries[0].act for ref in refs if (entries := this.visible(this.held.entries(ref)))]


def act_to_plain(act: Act) -> dict[str, object]:
    """An act by its reference, with what it is."""
    done = act.done
    return {"act": act.ref, "kind": act.kind, "party": act.attributed_to, "agreement": act.agreement, "day": None if done is None else str(done)}


def reading_row(one: Reading) -> dict[str, Any]:
    """A reading as a line of a table."""
    plain = reading_to_plain(one)
    between = one.between or (None, None)
    kept = ("since", "until", "value", "why", "of", "unknown")
    return {
        **{name: plain[name] for name in kept},
        "least": between[0],
        "most": between[1],
        **{name: plain[name] for name in ("reach", "simulated", "rests_on", "notes")},
    }


def part_rows(one: Reading) -> list[dict[str, Any]]:
    """The parts of a number, by partner, kind or cause."""
    return [{"part": part.name, "number": part.number, "of": part.of} for part in one.parts]
