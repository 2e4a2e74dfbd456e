"""A strategy that is brought, or an example: its flaws, how far it is, the logic model, and what changed since another version. Nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity import strategies
from comity.domestic import HomeStatus
from comity.planning import StrategyRead, strategy_in
from comity.standing import Standing
from comity.strategies import AtStage, MeasureProgress, Strategy, StrategyDiff, TargetState
from comity.terms import BadInput, Broken, ComityError, Verdict
from comity.web.asking import FORMATS, Asked, asked, page
from comity.web.bringing import Brought, brought, example
from comity.web.charts.chart import as_chart
from comity.web.charts.logic_models import logic_model
from comity.web.documents.handing_out import attachment
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.narrowing import Narrowed
from comity.web.several_lists import List, as_one_of
from comity.web.strategy_trees import Plain, Shown, change_rows, indicator_rows, initiatives_of, said_of, tree_of
from comity.web.tables import file_of
from comity.web.telling import told

NAME, OLD_NAME = "strategy.toml", "older.toml"
MOST = 800
"""So many parts of a strategy are looked at."""
EXAMPLES: Mapping[str, tuple[str, str, str | Promise]] = {
    "small-state": (
        "strategy-small-state.toml",
        "strategy-small-state-1.toml",
        gettext_lazy("The programme of a small state, in its second version, beside the first"),
    ),
    "two-allies": ("strategy-us-uk.toml", "", gettext_lazy("The programme of two allies")),
}
"""Supposed programmes with real agreements in them: the file, an older version of it (blank: none), what it is."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is worked out of a strategy for one reader. ``diff``: what changed since the older version (None: none was brought).

    ``pending``: agreements that are still being derived, and left out of what is read from the record.
    """

    read: StrategyRead
    flaws: tuple[Broken, ...]
    remarks: tuple[Broken, ...]
    progress: tuple[MeasureProgress, ...]
    stages: Mapping[AtStage, HomeStatus | str]
    force: Mapping[str, Verdict]
    diff: StrategyDiff | None
    pending: tuple[str, ...]

    @property
    def strategy(self) -> Strategy:
        return self.read.strategy

    @property
    def counted(self) -> list[tuple[str, str, str, int]]:
        """How many targets are at each progress: its word, its look, its mark, the number."""
        found = Counter(target.progress for one in self.progress for target in one.targets)
        return [(str(one), str(one).replace(" ", "-"), strategies.MARKS[one], found[one]) for one in TargetState if found[one]]


@dataclass(frozen=True, slots=True)
class Given:
    """The file that is looked at, and an older version of it; ``example``: by which name both ship with the pages (blank: they were brought)."""

    file: Brought
    beside: Brought | None
    example: str = ""


def given_of(request: HttpRequest) -> Given | None:
    """What is brought, or the example that the address names; None: neither; BadInput says what is missing."""
    if request.method != "POST":
        name = request.GET.get("example", "")
        if not name:
            return None
        if name not in EXAMPLES:
            raise BadInput(told(_("%(given)s is no example; choose one of %(known)s"), given=f"example={name[:40]!r}", known=", ".join(EXAMPLES)))
        named, older, _says = EXAMPLES[name]
        return Given(example(named), example(older) if older else None, name)
    file, old = brought(request, "strategy", NAME), brought(request, "old", OLD_NAME)
    if file is None:
        raise BadInput(told(_("nothing was sent; choose the file of a strategy, or paste it")))
    return Given(file, old)


def looked_at(this: Asked, file: Brought, old: Brought | None) -> Looked:
    """The strategy as it stands on the day, for this reader; nothing of it stays. BadInput where a file cannot be read."""
    read = strategy_of(file)
    diff = None if old is None else strategies.strategy_diff(strategy_of(old).strategy, read.strategy)
    waiting = {*this.pending()}
    sound = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]

    def look(standing: Standing) -> Looked:
        known = strategies.known_of_strategy(read.strategy, standing)
        reader = strategies.record_reader(Narrowed(standing, sound))
        return Looked(
            read,
            strategies.check_strategy(read.strategy, known),
            strategies.remarks_on(read.strategy, known),
            strategies.progress_of(read.strategy, standing.on, reader),
            strategies.stages_of(read.strategy, standing),
            _force(read.strategy, standing, sound),
            diff,
            tuple(sorted(waiting)),
        )

    return this.fold.ask(this.on, ("a strategy that is brought", read.sha256), look, record=this.record, keep=False)


def strategy_of(file: Brought) -> StrategyRead:
    """The strategy in a file; BadInput where it cannot be read, or has more parts than are looked at."""
    read = strategy_in(file.content, file.name)
    s = read.strategy
    parts = (s.stakeholder, s.interest, s.objective, s.outcome, s.initiative, s.indicator, s.assumption, s.risk, s.review, s.earlier)
    number = sum(map(len, parts)) + sum(len(one.input) + len(one.activity) + len(one.output) for one in s.initiative)
    if number > MOST:
        message = _("%(name)s: %(number)s parts; %(most)s are looked at here, more by: comity strategy check FILE")
        raise BadInput(told(message, name=file.name, number=f"{number:,}", most=f"{MOST:,}"))
    return read


def _force(strategy: Strategy, standing: Standing, sound: Sequence[str]) -> dict[str, Verdict]:
    """Whether each agreement that an initiative names is in force, of those that can be derived."""
    there = {*sound}
    names = dict.fromkeys(name for one in strategy.initiative for name in one.agreements)
    return {name: standing.verdict_in_force(name) for name in names if name in there}


def lists_of(looked: Looked) -> list[List]:
    """What can be taken elsewhere."""
    flaws = [{**strategies.broken_to_plain(one), "sort": sort} for sort, some in (("flaw", looked.flaws), ("remark", looked.remarks)) for one in some]
    found = [List("indicators", _("Indicators"), lambda: indicator_rows(looked.progress)), List("flaws", _("Flaws and remarks"), lambda: flaws)]
    diff = looked.diff
    return found if diff is None else [*found, List("changes", _("Changes"), lambda: change_rows(diff))]


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The form; or the page of the strategy that was sent with it, or of an example."""
    this = asked(request)
    context: dict[str, Any] = {"asked": this, "examples": [(name, says) for name, (_file, _old, says) in EXAMPLES.items()]}
    given = None
    try:
        given = given_of(request)
        if given is None:
            return page(request, "strategies.html", context)
        looked = looked_at(this, given.file, given.beside)
        return _taken(request, this, given, looked) or page(request, "strategies.html", {**context, **_shown(this, given, looked)})
    except ComityError as problem:
        if request.method != "POST":
            raise
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        text = {name: request.POST.get(f"{name}-text", "") for name in ("strategy", "old")}
        if given is not None:
            text = {"strategy": given.file.text, "old": "" if given.beside is None else given.beside.text}
        return page(request, "strategies.html", {**context, "problems": for_a_page(problem).splitlines(), "text": text}, status)


def _taken(request: HttpRequest, this: Asked, given: Given, looked: Looked) -> HttpResponse | None:
    """What is asked for in place of the page: a list, or the picture."""
    if given.example:
        charts = {"logic-model": lambda: logic_model(looked.strategy, looked.progress)}
        return as_chart(request, this, charts, looked.pending) or as_one_of(request, this, lists_of(looked), looked.pending)
    do = request.POST.get("do", "check")
    if do == "svg":
        drawn = strategies.strategy_svg(looked.strategy, looked.progress)
        return attachment(drawn.encode(), "image/svg+xml", f"logic-model-{this.on}.svg")
    if do == "file":
        name = request.POST.get("list", "")
        chosen = next((one for one in lists_of(looked) if one.name == name), None)
        if chosen is None:
            raise BadInput(told(_("%(given)s is no list of this page"), given=f"list={name[:40]!r}"))
        return file_of(this, chosen.name, chosen.rows, request.POST.get("format", "csv"), looked.pending)
    if do != "check":
        raise BadInput(told(_("%(given)s; this page checks a file, and hands out lists and a picture of it"), given=f"do={do[:20]!r}"))
    return None


def _shown(this: Asked, given: Given, looked: Looked) -> dict[str, Any]:
    chart = logic_model(looked.strategy, looked.progress)
    return {
        "given": given,
        "second": "old",
        "second_label": _("An older version, to see what changed"),
        "text": {"strategy": given.file.text, "old": "" if given.beside is None else given.beside.text},
        "looked": looked,
        "strategy": looked.strategy,
        "rules": len(strategies.STRATEGY_RULES),
        "tree": tree_of(looked.strategy, looked.progress),
        "measures": [(Shown(one), list(strategies.reading_notes(one, this.on))) for one in looked.progress],
        "chart": chart,
        "initiatives": initiatives_of(looked.strategy, looked.force),
        "risks": [(one, said_of(one.stage, looked.stages)) for one in looked.strategy.risk],
        "diff": looked.diff,
        "without": 0 if looked.diff is None else sum(not one.answers for one in looked.diff.differences),
        "pending": list(looked.pending),
        "lists": lists_of(looked),
        "taken": FORMATS,
    }


def looked_to_plain(this: Asked, looked: Looked) -> Plain:
    """What is worked out of a strategy, as plain data."""
    s, diff = looked.strategy, looked.diff
    whole = strategies.strategy_to_plain(s, looked.progress, looked.stages, looked.force, this.on)
    return {
        "strategy": {**whole, "sha256": looked.read.sha256},
        "flaws": [strategies.broken_to_plain(one) for one in looked.flaws],
        "remarks": [strategies.broken_to_plain(one) for one in looked.remarks],
        "reviews": [strategies.review_to_plain(one) for one in s.review],
        "proposed": [strategies.review_finding_to_plain(one) for one in strategies.proposed_findings(s, looked.progress)],
        "difference": None if diff is None else strategies.strategy_diff_to_plain(diff),
        "pending": list(looked.pending),
    }
