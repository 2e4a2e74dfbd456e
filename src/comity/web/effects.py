"""What a treatment of pairs may have done to an outcome: every estimator side by side, and no more than may be said of it.

The tables are read from the store of sources. A calculation takes seconds: it is made in a thread, one at a time; what is too large for that is
refused before it is begun, with the command that does it. Words of the record are answered from what the reader may see.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.sources import where
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import AXES, Asked, page, read_number, yes
from comity.web.charts.chart import as_chart
from comity.web.charts.estimates import estimates_chart
from comity.web.charts.specification_curves import curve_chart
from comity.web.effect_columns import RECORD, columns_of_pairs, columns_offered, is_word_of_record, lacking, panels, refuse_unknown
from comity.web.effect_rows import (
    check_rows,
    checks_of,
    column_rows,
    columns_told,
    counts_of,
    estimate_rows,
    estimates_of,
    grid_of,
    left_out_rows,
    reading_rows,
    specification_rows,
)
from comity.web.forms import filled_in, with_form
from comity.web.guarding import error_page
from comity.web.long_answers import AtWork, LongAnswers, Step
from comity.web.narrowing import Narrowed
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told
from comity.web.world_tables import WorldTables, imported

if TYPE_CHECKING:
    from comity.effects import Breadth, Effect
    from comity.panels import Family

FIELDS = ("treatment", "outcome", "control", "since", "until", "lag", "relevant", "under_way", "keep_ongoing", "no_peace", "grid", "agreement")
GRIDS: tuple[Breadth, ...] = ("none", "short", "full")
MOST_LAG, MOST_CONTROLS, LONGEST = 20, 8, 200
MOST_SIZE = 4_000_000
"""So many rows times estimates are worked out here: some twenty seconds of one processor."""
MOST_PAIRS = 2_000
"""Of so many pairs of those bound by the agreements that are named the record is asked here."""
LATER = "5"
"""In so many seconds whoever takes a file asks again."""
ANSWERS = LongAnswers["Effect | TooMuch"]()


@dataclass(frozen=True, slots=True)
class EffectQuestion:
    """Treatment, outcome and what is held fixed, as columns are asked for; which years and pairs; how the rows are laid out; how wide the grid is."""

    treatment: str
    outcome: str
    controls: tuple[str, ...]
    since: int | None
    until: int | None
    lag: int
    relevant: bool
    under_way: str | None
    keep_ongoing: bool
    peace: bool
    grid: Breadth
    agreements: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every column that is asked for."""
        return (self.treatment, self.outcome, *self.controls, *((self.under_way,) if self.under_way else ()))

    @property
    def of_record(self) -> bool:
        """Does one of them ask the record?"""
        return any(is_word_of_record(one) for one in self.words)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Sources that the question needs and that are not in the store."""

    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooMuch:
    """More work than is done for a page: so many rows, so many times over."""

    rows: int
    estimates: int


def room() -> ModuleType:
    """The room, on a machine that has what tables need; it is read when it is first asked, since that takes a moment."""
    try:
        import comity.effects
    except ImportError:
        raise BadInput(_("effects are estimated with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.effects


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """What is filled in, and the columns that can be chosen."""
    try:
        offered = {"of_pairs": columns_of_pairs(), "offered": columns_offered()}
    except BadInput:
        offered = {"of_pairs": [], "offered": []}
    return {"given": filled_in(request, *FIELDS, *AXES), "grids": GRIDS, "instance": INSTANCE, **offered}


def read(this: Asked, given: Mapping[str, str]) -> EffectQuestion | None:
    """What is asked; None if nothing is yet; BadInput and NotOnRecord say what is wrong with it."""
    for name in ("treatment", "outcome", "control", "under_way", "agreement"):
        if len(given[name]) > LONGEST * (MOST_CONTROLS if name == "control" else 1):
            raise BadInput(told(_("%(given)s is too long to be a column"), given=f"{name}={given[name][:20]!r}..."))
    since, until = (_year(given[name], name) for name in ("since", "until"))
    lag = read_number(given["lag"] or "1", MOST_LAG)
    if lag is None:
        raise BadInput(told(_("%(given)s; write a number of years from 0 to %(most)s"), given=f"lag={given['lag'][:20]!r}", most=MOST_LAG))
    grid = next((one for one in GRIDS if one == (given["grid"] or "short")), None)
    if grid is None:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"grid={given['grid'][:20]!r}", known=", ".join(GRIDS)))
    relevant, kept, no_peace = (yes(given[name], name) for name in ("relevant", "keep_ongoing", "no_peace"))
    if not given["treatment"] and not given["outcome"]:
        return None
    for name, says in (("treatment", _("the treatment")), ("outcome", _("the outcome"))):
        if not given[name]:
            raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(says)))
    controls = tuple(dict.fromkeys(one.strip() for one in given["control"].split(";") if one.strip()))
    if len(controls) > MOST_CONTROLS:
        raise BadInput(told(_("%(number)s controls: name at most %(most)s, with semicolons between"), number=len(controls), most=MOST_CONTROLS))
    asked = EffectQuestion(
        given["treatment"], given["outcome"], controls, since, until, lag, relevant, given["under_way"] or None, kept, not no_peace, grid,
        tuple(dict.fromkeys(filter(None, re.split(r"[\s,;]+", given["agreement"])))),
    )  # fmt: skip
    room()
    for word in asked.words:
        refuse_unknown(word)
    _check_agreements(this, asked)
    return asked


def _year(text: str, name: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{4}", text):
        raise BadInput(told(_("%(given)s is no year; write four digits, such as 1990"), given=f"{name}={text[:20]!r}"))
    return int(text)


def _check_agreements(this: Asked, asked: EffectQuestion) -> None:
    """Words of the record are of agreements that are named; others ask no agreement."""
    if not asked.of_record:
        if asked.agreements:
            raise BadInput(_("agreements are named, but no word of the record that they could be about, such as defence; leave one of the two out"))
        return
    if not asked.agreements:
        says = _("a word of the record is asked for: name the agreements that it is about, or ask of all at the command line: %(command)s")
        raise BadInput(told(says, command=command(this, asked)))
    wanted = set(this.fold.wanted)
    for one in asked.agreements:
        if one not in wanted:
            raise NotOnRecord(told(_("no agreement %(named)s is on record; look it up under Agreements"), named=repr(one[:60])))


def command(this: Asked, asked: EffectQuestion) -> str:
    """The same question as it is put at the command line."""
    words = ["comity", "effect", asked.treatment, asked.outcome]
    for name, value in (("--since", asked.since), ("--until", asked.until), ("--under-way", asked.under_way)):
        words += [name, str(value)] if value is not None else []
    words += [part for control in asked.controls for part in ("--control", control)]
    words += [part for one in asked.agreements for part in ("--agreement", one)]
    flags = (("--relevant", asked.relevant), ("--keep-ongoing", asked.keep_ongoing), ("--no-peace", not asked.peace))
    words += [name for name, said in flags if said]
    words += ["--lag", str(asked.lag)] if asked.lag != 1 else []
    words += ["--grid", asked.grid] if asked.grid != "short" else []
    if asked.of_record:
        words += ["--as", this.viewer] if this.viewer else []
        words += ["--known", this.known.isoformat()] if this.known != this.today else []
        words += ["--strict"] if this.strict else []
    return shlex.join(words)


# -- what is answered -------------------------------------------------------------------------------------------------


def answer(this: Asked, asked: EffectQuestion) -> Effect | AtWork | Lacking:
    """What was estimated, or how far that is; kept by what it rests on. BadInput for what cannot be asked of these tables, or is too much here."""
    missing = lacking(asked.words, asked.relevant)
    if missing:
        return Lacking(missing)
    families, mark = _families(this, asked)
    rests_on = (asked, str(where()), imported(), mark)
    found = ANSWERS.ask(rests_on, lambda step: _made(asked, families, step), this.held.patience)
    if isinstance(found, TooMuch):
        says = _(
            "%(rows)s rows, %(estimates)s times over: too much for a page; take fewer years, relevant pairs or a smaller grid, or run: %(command)s"
        )
        raise BadInput(told(says, rows=f"{found.rows:,}", estimates=found.estimates, command=command(this, asked)))
    return found


def _made(asked: EffectQuestion, families: tuple[Family, ...], step: Step) -> Effect | TooMuch:
    """The answer; how much work it would be, where that is too much."""
    of = room()
    wishes = of.Wishes(asked.treatment, asked.outcome, asked.controls, asked.under_way, asked.since, asked.until, asked.relevant)
    made = of.of_sources(wishes, WorldTables(), families)
    layout = of.layout_of(made, asked.lag, None if asked.peace else False, "kept" if asked.keep_ongoing else "left out", asked.relevant)
    effort = of.effort(made.table, layout, asked.grid)
    if effort.size > MOST_SIZE:
        return TooMuch(effort.rows, effort.estimates)
    found: Effect = of.effect(made.table, layout, asked.grid, progress=step)
    return found


def _families(this: Asked, asked: EffectQuestion) -> tuple[tuple[Family, ...], str]:
    """The families of columns, with that of the record where it is asked, and what tells one such record from another."""
    of = panels()
    if not asked.of_record:
        return of.FAMILIES, ""
    _bound_pairs(this, asked.agreements)
    family, dated = this.ask(("effects of", asked.agreements), lambda standing: _of_record(Narrowed(standing, asked.agreements), asked.agreements))
    content = repr((family.covers, dated.table.rows()))
    return (*of.FAMILIES, replace(family, read=lambda _shelf, _add: dated)), hashlib.sha256(content.encode()).hexdigest()


def _of_record(standing: Narrowed, agreements: tuple[str, ...]) -> tuple[Family, Any]:
    """The family of the record, and what it says of these agreements: read once, while it is this page's turn to ask the law."""
    of = panels()
    family: Family = of.of_standing(standing, agreements)
    return family, family.read(WorldTables(), of.Add(RECORD))


def _bound_pairs(this: Asked, agreements: tuple[str, ...]) -> None:
    """BadInput where those bound are too many pairs for a page, or one of the agreements could not be derived."""
    pairs = 0
    for one in agreements:
        why = this.fold.problem(one)
        if why:
            raise BadInput(told(_("%(agreement)s could not be derived: %(problem)s"), agreement=one, problem=why))
        bound = len(this.fold.status(this.on, one))
        pairs += bound * (bound - 1) // 2
    if pairs > MOST_PAIRS:
        says = _("these agreements bind %(pairs)s pairs, and %(most)s are asked about on a page: name fewer, or use comity effect with --agreement")
        raise BadInput(told(says, pairs=f"{pairs:,}", most=f"{MOST_PAIRS:,}"))


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("effects.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form: dict[str, Any] = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    if asked is None:
        return page(request, "effects.html", {**form, "missing": lacking(EXAMPLES, True) if form["of_pairs"] else ()})
    found = answer(this, asked)
    form |= {"question": asked, "command": command(this, asked)}
    if isinstance(found, (AtWork, Lacking)):
        if request.GET.get("format") or request.GET.get("chart"):
            return _not_yet(request, found)
        return page(request, "effects.html", {**form, **({"work": found} if isinstance(found, AtWork) else {"missing": found.sources})})
    lists, charts = lists_of(found), charts_of(found)
    if file := as_chart(request, this, charts) or as_one_of(request, this, lists):
        return file
    said = found.findings
    context = {
        **form,
        "found": found,
        "said": said,
        "level": LEVEL,
        "conclusion": found.reading[-1],
        "counts": counts_of(said),
        "left_out": [(one.rows, f"{one.rows:,}", one.why) for one in said.counts.left_out],
        "estimates": estimates_of(said),
        "checks": checks_of(said),
        "grid": grid_of(said.grid),
        "columns": columns_told(said),
        "drawn": {name: made() for name, made in charts.items()},
        "lists": lists,
    }
    return page(request, "effects.html", context)


INSTANCE = {
    "treatment": "dcad:dca_general",
    "outcome": "gml-mids:gmlmidonset",
    "control": "contiguity:conttype==1; nmc:cinc",
    "under_way": "gml-mids:gmlmidongoing",
    "agreement": "nato-treaty, anzus",
}
"""What is written into each field for instance."""
LEVEL = "95%"
"""That of every interval of the room."""
EXAMPLES = ("atop:atop_defense", "dcad:dca_general", "exercises:exercises>=1", "gml-mids:gmlmidonset", "contiguity:conttype==1", "nmc:cinc")
"""The columns of the page's examples."""


def _not_yet(request: HttpRequest, found: AtWork | Lacking) -> HttpResponse:
    """A file of what is not made yet (503), or cannot be made here."""
    if isinstance(found, Lacking):
        raise BadInput(told(_("not in the store of tables here: %(sources)s"), sources=", ".join(found.sources)))
    response = error_page(request, 503, told(_("this is still being worked out; ask again in some seconds")))
    response.headers["Retry-After"] = LATER
    return response


def lists_of(found: Effect) -> list[List]:
    """Each table of the answer."""
    return [
        List("estimates", _("Estimators, each with three errors"), lambda: estimate_rows(found.findings)),
        List("specifications", _("Specifications"), lambda: specification_rows(found.findings.grid)),
        List("reading", _("What may be said"), lambda: reading_rows(found)),
        List("checks", _("Checks"), lambda: check_rows(found.findings)),
        List("left-out", _("What was left out"), lambda: left_out_rows(found.findings)),
        List("columns", _("Columns"), lambda: column_rows(found.findings)),
    ]


def charts_of(found: Effect) -> dict[str, Callable[[], Any]]:
    """The charts, by name; that of the grid where there is one."""
    charts: dict[str, Callable[[], Any]] = {"estimates": lambda: estimates_chart(found)}
    if found.findings.grid.estimated:
        charts["curve"] = lambda: curve_chart(found)
    return charts
