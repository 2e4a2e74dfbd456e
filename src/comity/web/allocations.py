"""A budget problem that is brought, or the example: is it sound, what is in it; a plan for it checked, and what it is worth. Nothing is kept.

Plans are looked for at the command line: that takes a solver and its time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity import allocations
from comity.allocations import AllocationPlan, BudgetProblem
from comity.book import text_in
from comity.terms import BadInput, ComityError
from comity.web.allocation_rows import Looked, Plain, initiative_rows, outcome_rows, pot_rows, spent_rows, worth_by_year
from comity.web.asking import FORMATS, Asked, asked, page
from comity.web.bringing import Brought, brought, example
from comity.web.charts.allocation_grids import attained_chart, spent_chart
from comity.web.charts.chart import as_chart
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.several_lists import List, as_one_of
from comity.web.tables import file_of
from comity.web.telling import told

if TYPE_CHECKING:
    from comity.planning import BudgetGiven

NAME, PLAN_NAME = "budget.toml", "plan.toml"
EXAMPLE = ("example", "allocation.toml", "allocation-plan.toml")
"""The name of the example in the address; its file; a plan for it."""
YEARS, MOST, LARGEST_FIGURE = 40, 400, 10**15
"""So many years, so many of anything, and figures up to so much are looked at."""


@dataclass(frozen=True, slots=True)
class Given:
    """The problem's file, and a plan's; ``example``: both ship with the pages (blank: they were brought)."""

    file: Brought
    beside: Brought | None
    example: str = ""


def room() -> ModuleType:
    """What reads budgets, on a machine that has it."""
    try:
        import comity.planning
    except ImportError:
        raise BadInput(_("budgets are read with more than the core; whoever keeps the server installs comity[planning]")) from None
    return comity.planning


def given_of(request: HttpRequest) -> Given | None:
    """What is brought, or the example that the address names; None: neither; BadInput says what is missing."""
    name, problem, plan = EXAMPLE
    if request.method != "POST":
        wanted = request.GET.get("example", "")
        if wanted not in ("", name):
            raise BadInput(told(_("%(given)s is no example; choose one of %(known)s"), given=f"example={wanted[:40]!r}", known=name))
        return Given(example(problem), example(plan), name) if wanted else None
    file = brought(request, "budget", NAME)
    if file is None:
        raise BadInput(told(_("nothing was sent; choose the file of a budget, or paste it")))
    return Given(file, brought(request, "plan", PLAN_NAME))


def looked_at(file: Brought, plan: Brought | None) -> Looked:
    """The problem, and whether the plan keeps its rules; BadInput with each line that has to be put right."""
    planning = room()
    given: BudgetGiven = planning.read_allocation(text_in(file.content, file.name), file.name)
    _bounded(given.problem, file.name)
    notes = list(allocations.budget_remarks(given.problem))
    if plan is None:
        return Looked(given, None, (), tuple(notes))
    text = text_in(plan.content, plan.name)
    _named, digest = planning.allocation_of(text, plan.name)
    found: AllocationPlan = planning.read_allocation_plan(text, plan.name, given.first)
    if len(found.chosen) > MOST or len(found.paid) > MOST * YEARS:
        raise BadInput(told(_("%(name)s: more than %(most)s of one thing; more is looked at by: comity allocate"), name=plan.name, most=f"{MOST}"))
    if digest and digest != hashlib.sha256(file.content).hexdigest():
        notes.insert(0, f"{file.name} was changed since the plan was made; it is checked against what it says now")
    return Looked(given, found, allocations.check_allocation(given.problem, found), tuple(notes))


def _bounded(problem: BudgetProblem, name: str) -> None:
    if problem.years > YEARS:
        message = _("%(name)s: %(number)s years; %(most)s are looked at here, more by: comity allocate")
        raise BadInput(told(message, name=name, number=f"{problem.years:,}", most=f"{YEARS}"))
    lists = (problem.initiatives, problem.outcomes, problem.pots, problem.resources, problem.synergies, problem.needs, problem.balances)
    if any(len(one) > MOST for one in lists) or len(problem.exclusions) > MOST:
        raise BadInput(told(_("%(name)s: more than %(most)s of one thing; more is looked at by: comity allocate"), name=name, most=f"{MOST}"))
    figures = [amount for pot in problem.pots for amount in pot.amounts] + [one.target for one in problem.outcomes]
    figures += [cost for one in problem.initiatives for level in one.levels for cost in level.costs]
    if any(abs(figure) > LARGEST_FIGURE for figure in figures):
        raise BadInput(told(_("%(name)s: a figure above %(most)s; write it in a larger unit"), name=name, most=f"{LARGEST_FIGURE:,}"))


# -- the page ---------------------------------------------------------------------------------------------------------


def lists_of(looked: Looked) -> list[List]:
    """What can be taken elsewhere."""
    found = [List("initiatives", _("Initiatives"), lambda: initiative_rows(looked)), List("outcomes", _("Outcomes"), lambda: outcome_rows(looked))]
    if looked.plan is None:
        return found
    broken = [{"rule": one.rule, "where": one.where, "says": one.says} for one in looked.broken]
    return [*found, List("spent", _("What is funded"), lambda: spent_rows(looked)), List("broken", _("Rules that are broken"), lambda: broken)]


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The form; or the page of the budget that was sent with it, or of the example."""
    this = asked(request)
    context: Plain = {"asked": this, "example": EXAMPLE[0]}
    try:
        given = given_of(request)
        if given is None:
            return page(request, "allocations.html", context)
        looked = looked_at(given.file, given.beside)
        return _taken(request, this, given, looked) or page(request, "allocations.html", {**context, **_shown(given, looked)})
    except ComityError as problem:
        if request.method != "POST":
            raise
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        text = {name: request.POST.get(f"{name}-text", "") for name in ("budget", "plan")}
        return page(request, "allocations.html", {**context, "problems": for_a_page(problem).splitlines(), "text": text}, status)


def _taken(request: HttpRequest, this: Asked, given: Given, looked: Looked) -> HttpResponse | None:
    """What is asked for in place of the page: a list, or one of the drawings."""
    plan = looked.worthy
    if given.example:
        charts = {} if plan is None else {"attained": lambda: attained_chart(looked), "spent": lambda: spent_chart(looked)}
        return as_chart(request, this, charts) or as_one_of(request, this, lists_of(looked))
    do = request.POST.get("do", "check")
    if do == "file":
        name = request.POST.get("list", "")
        chosen = next((one for one in lists_of(looked) if one.name == name), None)
        if chosen is None:
            raise BadInput(told(_("%(given)s is no list of this page"), given=f"list={name[:40]!r}"))
        return file_of(this, chosen.name, chosen.rows, request.POST.get("format", "csv"))
    if do != "check":
        raise BadInput(told(_("%(given)s; this page checks a file, and hands out lists of it"), given=f"do={do[:20]!r}"))
    return None


def _shown(given: Given, looked: Looked) -> Plain:
    problem, plan = looked.problem, looked.worthy
    levels = [(one, len(one.levels), list(one.levels)) for one in problem.initiatives]
    shown: Plain = {
        "given": given, "second": "plan", "second_label": _("A plan, to be checked"), "looked": looked, "problem": problem, "levels": levels,
        "pots": list(pot_rows(looked)), "lists": lists_of(looked), "taken": FORMATS, "last": looked.years[-1],
        "rules": len(allocations.ALLOCATION_RULES), "years": looked.years,
    }  # fmt: skip
    if plan is None:
        return shown
    worth = worth_by_year(problem, plan)[-1]
    attained = zip(problem.outcomes, *(one.attained for one in worth), strict=True)
    unfunded = [one.id for one in problem.initiatives if one.id not in {chosen.initiative for chosen in plan.chosen}]
    return {
        **shown,
        "worth": worth[1],
        "attained": [
            (one, at.added, f"{at.points / 100:.1f} %", f"{low.points / 100:.1f} – {high.points / 100:.1f} %") for one, low, at, high in attained
        ],
        "charts": (attained_chart(looked), spent_chart(looked)),
        "spent": [(row["initiative"], row["level"], [row[f"{year}"] for year in looked.years], row["together"]) for row in spent_rows(looked)],
        "unfunded": unfunded,
    }


def _part(points: int) -> str:
    return f"{points / 100:.1f} %"
