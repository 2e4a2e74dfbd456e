"""How quiet a pair or a region was year by year, as tables of the world have it, beside what tied its members, as the record has it.

The tables are read from the store of sources. What no table covers is unknown on the page, and never nought; that the one brought about the
other is not said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import AXES, Asked, page, party_code
from comity.web.charts.chart import as_chart
from comity.web.charts.year_panels import stability_chart
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.several_lists import List, as_one_of
from comity.web.stability_rows import (
    Lasting,
    YearLine,
    changes_of,
    lasting_of,
    lasting_rows,
    lines_of,
    member_rows,
    members_of,
    rate_rows,
    rates_of,
    tables_of,
    year_rows,
)
from comity.web.telling import told
from comity.web.training_maps import named
from comity.web.world_tables import WorldTables, imported

if TYPE_CHECKING:
    from comity.stability import Stability

FIELDS = ("whom", "since", "until", "compare", "level")
LEVELS = ("0.9", "0.95", "0.99")
LEVEL = "0.95"


@dataclass(frozen=True, slots=True)
class StabilityQuestion:
    """Of whom: states, or one region, organisation or agreement; which years; two windows to compare; the level of the intervals."""

    whom: tuple[str, ...]
    since: int | None
    until: int | None
    windows: tuple[tuple[int, int], tuple[int, int]] | None
    level: float


@dataclass(frozen=True, slots=True)
class StabilityAnswer:
    """What was measured. ``missing``: sources that are not in the store; ``pending``: agreements that are still being derived, and left out."""

    found: Stability
    missing: tuple[str, ...]
    pending: tuple[str, ...]

    @property
    def lines(self) -> list[YearLine]:
        return lines_of(self.found)

    @property
    def lasting(self) -> list[Lasting]:
        return lasting_of(self.found)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The codes of the two, if it is of two alone."""
        codes = tuple(self.found.region.id.split("-")) if self.found.region.pair else ()
        return (codes[0], codes[1]) if len(codes) == 2 else None


def room() -> ModuleType:
    """The room, on a machine that has what tables need; it is read when it is first asked, since that takes a moment."""
    try:
        import comity.stability
    except ImportError:
        raise BadInput(_("stability is measured with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.stability


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom, which years, which windows are compared; the names that can be chosen."""
    given = filled_in(request, *FIELDS, *AXES)
    return {"parties": choices(this)["parties"], "given": given, "levels": LEVELS, "level": given["level"] or LEVEL, "regions": _regions()}


def _regions() -> list[tuple[str, str]]:
    """Regions that have a name, by id; none on a machine that cannot measure them."""
    try:
        return [(one.id, one.title) for one in room().named_regions()]
    except BadInput:
        return []


def read(this: Asked, given: Mapping[str, str]) -> StabilityQuestion | None:
    """What is asked; None if nothing is yet; BadInput and NotOnRecord say what is wrong with it."""
    since, until = (_year(given[name], name) for name in ("since", "until"))
    windows = _windows(given["compare"])
    level = given["level"] or LEVEL
    if not re.fullmatch(r"0\.\d{1,4}", level) or not float(level):
        raise BadInput(told(_("%(given)s; write a level above 0 and below 1, such as %(usual)s"), given=f"level={level[:20]!r}", usual=LEVEL))
    if not given["whom"]:
        return None
    return StabilityQuestion(whom(this, given["whom"]), since, until, windows, float(level))


def whom(this: Asked, text: str) -> tuple[str, ...]:
    """Those who are named: states by codes or names, or one region, organisation or agreement by its id."""
    if re.search(r"[;,]", text) or (len(words := text.split()) > 1 and all(word.upper() in this.record.register.parties for word in words)):
        codes = named(this, text)
    else:
        codes = [_one(this, text)]
    if len(codes) == 1 and (party := this.record.register.parties.get(codes[0])) is not None and party.kind == "state":
        raise BadInput(told(_("%(party)s alone is no region; name a second state, with a comma between, or a region"), party=codes[0]))
    return tuple(codes)


def _one(this: Asked, text: str) -> str:
    """A region or an agreement by its id, else a party by its code or name."""
    known = {one.casefold(): one for one, _title in _regions()}
    if text.casefold() in known:
        return known[text.casefold()]
    if this.record.has_agreement(text, this.known):
        return text
    try:
        return party_code(this.record, text)
    except NotOnRecord as problem:
        if "did you mean" in str(problem):
            raise
        says = _("no region, organisation, agreement or state %(named)s is on record; regions by name: %(known)s")
        raise NotOnRecord(told(says, named=repr(text[:60]), known=", ".join(known.values()))) from None


def _year(text: str, name: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise BadInput(told(_("%(given)s is no year; write four digits, such as 1990"), given=f"{name}={text[:20]!r}"))
    return int(text)


def _windows(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{4})[-–]([0-9]{4}),([0-9]{4})[-–]([0-9]{4})", text.replace(" ", ""))
    if found is None:
        raise BadInput(told(_("%(given)s; write two windows of years, as 1949-1989,1990-2010"), given=f"compare={text[:40]!r}"))
    a, b, c, d = (int(year) for year in found.groups())
    return (a, b), (c, d)


def answer(this: Asked, asked: StabilityQuestion) -> StabilityAnswer:
    """What was measured; kept with the record until it or the store of tables changes."""
    of = room()
    waiting = {*this.pending()}
    looked_at = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]
    before, after = asked.windows or (None, None)
    rules = of.StabilityRules(asked.level, before, after)

    def found(standing: Standing) -> tuple[Stability, tuple[str, ...]]:
        shelf = WorldTables()
        result = of.stability(Narrowed(standing, looked_at), asked.whom, shelf, since=asked.since, until=asked.until, rules=rules)
        return result, tuple(dict.fromkeys(shelf.missing))

    result, missing = this.ask(("stability", asked, imported()), found, pending=waiting)
    return StabilityAnswer(result, missing, tuple(sorted(waiting)))


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("stability.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    if asked is None:
        return page(request, "stability.html", form)
    answered = answer(this, asked)
    found = answered.found
    lists = [
        List("years", _("Year by year"), lambda: year_rows(found)),
        List("rates", _("Rates"), lambda: rate_rows(found)),
        List("quiet", _("How long quiet lasted"), lambda: lasting_rows(found)),
        List("members", _("Members"), lambda: member_rows(found)),
    ]
    charts = {"stability": lambda: stability_chart(found)}
    if file := as_chart(request, this, charts, answered.pending) or as_one_of(request, this, lists, answered.pending):
        return file
    chart = stability_chart(found)
    pair = answered.pair
    context = {
        **form,
        "question": asked,
        "answer": answered,
        "found": found,
        "pending": answered.pending,
        "drawing": chart.drawing,
        "keys": chart.keys,
        "rates": rates_of(found),
        "changes": changes_of(found),
        "members": members_of(found),
        "tables": tables_of(found),
        "percent_level": f"{found.rules.level:.0%}",
        "warning": href(this.carried, "warning", a=pair[0], b=pair[1]) if pair else "",
        "lists": lists,
    }
    return page(request, "stability.html", context)
