"""Interoperability: the gap map. Who has trained what together, when last, and what of it has faded; the gaps; which standards are shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.interoperability import ANY_CAPABILITY, JointExercise, Training, TrainingGap, TrainingMap, exercise_to_plain, held_to_plain, training_gaps
from comity.terms import PUBLIC
from comity.web.asking import Asked, page
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.fading import SIGNS, Cell, Grid, grid, keys, look_of
from comity.web.drawing import Drawing
from comity.web.feeds import Day, as_feed
from comity.web.forms import filled_in, with_form
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.several_lists import List, as_one_of
from comity.web.sharing_standards import edition_rows, position_rows, shared_by, shared_rows
from comity.web.targets import SLOTS, USUAL, as_targets
from comity.web.telling import Words, told
from comity.web.training_maps import HALF_LIFE, WITHIN, Wanted, known_capabilities, left_out, read, standards_of, with_members
from comity.web.training_rows import COLUMNS, GAPS, gap_rows, sort_of, trained_rows
from comity.web.wording import word

EACH, LATEST, DENSE = 100, 40, 16
"""So many gaps on a page; so many exercises of a pair; from so many nations on cells are small."""
FIELDS = ("nations", "org", "capability", "half", "within")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap as a line; several of a pair that say the same as one. ``sort``: of ``GAPS``; ``days``: how long ago the last one ended, at the least."""

    gap: TrainingGap
    sort: str
    days: int | None
    capabilities: tuple[str, ...]

    @property
    def training(self) -> Training:
        return self.gap.training

    @property
    def says(self) -> str | Promise:
        return GAPS[self.sort]

    @property
    def told_by(self) -> list[tuple[str, str]]:
        """Each nation with its act that tells of the last one; of a post, which one act tells of both, the first."""
        return list(zip(self.training.nations, self.training.acts, strict=False))

    @property
    def first(self) -> str:
        """The first of the acts that tell of the last one."""
        return next(iter(self.training.acts), "")


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom, in what, how fast it fades, how often it should be trained."""
    return {
        "given": filled_in(request, *FIELDS, "first", "slot", "slots", "soon", "weight"),
        "parties": sorted((p.code, this.name(p.code)) for p in this.record.register.parties.values() if p.kind == "state"),
        "organisations": [(party.code, this.name(party.code)) for party in with_members(this)],
        "half_life": HALF_LIFE,
        "usual_target": WITHIN,
        "usual_first": this.on.isoformat(),
        "usual": USUAL,
        "slots": SLOTS,
    }


@with_form("interoperability.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    wanted, of = read(this, form["given"])
    if file := as_targets(request, this, wanted, of):
        return file
    trained = [of.training(pair, name) for pair in wanted.pairs for name in wanted.capabilities]
    gaps = training_gaps(of, wanted.pairs, wanted.capabilities, wanted.within)
    of_all = [of.training(wanted.nations, name) for name in wanted.capabilities] if _several(wanted) else []
    if request.GET.get("format") == "ics":
        return as_feed(_days(this, wanted, trained), _("Training that stops being in time"), "training-to-repeat")
    rows, columns = _grid(this, wanted, trained, gaps, of_all)
    title = _titled(this, wanted)
    chart = partial(_chart, this, wanted, trained, gaps, partial(grid, rows, columns, title, "trained"))
    lists = _lists(this, wanted, of, trained, gaps)
    if file := as_chart(request, this, {"trained": chart}) or as_one_of(request, this, lists):
        return file
    together = of.together(wanted.nations) if len(wanted.nations) == 2 else []
    trained_in = of.trained_in(wanted.nations) if len(wanted.nations) == 2 else []
    context = {
        **form,
        "wanted": wanted,
        "title": title,
        "rows": rows,
        "dense": wanted.triangle and len(rows) > DENSE,
        "columns": columns,
        "signs": SIGNS.items(),
        "keys": keys(),
        "shown": [(one, look_of(one), _state(one)) for one in trained] if trained else [],
        "tally": _tally(trained, gaps),
        "gaps": part_of(request, lines_of(this, gaps), EACH),
        "number_of_gaps": len(gaps),
        "all_of_them": of_all if wanted.triangle else [],
        "together": [_held(of, one) for one in reversed(together[-LATEST:])],
        "together_all": len(together),
        "trained_in": trained_in[-LATEST:][::-1],
        "trained_in_all": len(trained_in),
        "standards": shared_by(this, wanted.nations),
        "lists": lists,
        "capabilities": [ANY_CAPABILITY, *known_capabilities(of)],
        "none_at_all": not of.exercises and not of.trainings,
        "sources": list(dict.fromkeys(source for one in trained for source in one.covered_by)),
        "incomplete": any(not one.complete for one in trained),
        "courses_incomplete": any(not one.courses_complete for one in trained),
        "left_out": left_out(this),
    }
    return page(request, "interoperability.html", context)


def _several(wanted: Wanted) -> bool:
    return len(wanted.nations) > 2 and wanted.named


def _titled(this: Asked, wanted: Wanted) -> Words:
    who = this.name(wanted.organisation) if wanted.organisation else ", ".join(wanted.nations)
    if len(wanted.capabilities) == 1 and wanted.capabilities[0] != ANY_CAPABILITY:
        what = told(word(wanted.capabilities[0], "capability"))
        return told(_("What is left of training together in %(what)s on %(day)s: %(who)s"), what=what, day=this.on, who=who)
    return told(_("What is left of training together on %(day)s: %(who)s"), day=this.on, who=who)


# -- the map ----------------------------------------------------------------------------------------------------------


def _grid(
    this: Asked, wanted: Wanted, trained: Sequence[Training], gaps: Sequence[TrainingGap], of_all: Sequence[Training]
) -> tuple[Grid, list[tuple[str, str]]]:
    """Rows of cells, the last of all nations at once; and what stands above each column: its name, and that in words."""
    stale = {(gap.training.nations, gap.training.capability) for gap in gaps if sort_of(gap) == "stale"}
    cells = [_cell(this, wanted, one, (one.nations, one.capability) in stale) for one in trained]
    if wanted.triangle:
        by_pair = {frozenset(pair): cell for pair, cell in zip(wanted.pairs, cells, strict=True)}
        names = wanted.nations if len(wanted.nations) > 1 else ()
        rows = [(a, [by_pair[frozenset((a, b))] for b in names[:n]]) for n, a in enumerate(names) if n]
        return rows, [(name, name) for name in names[:-1]]
    width = len(wanted.capabilities)
    parted: list[tuple[str, list[Cell]]] = [(f"{a} {b}", cells[n * width : (n + 1) * width]) for n, (a, b) in enumerate(wanted.pairs)]
    if of_all:
        parted.append((told(_("all %(number)s"), number=len(wanted.nations)), [_cell(this, wanted, one, False) for one in of_all]))
    return parted, [(name, str(word(name, "capability"))) for name in wanted.capabilities]


def _cell(this: Asked, wanted: Wanted, one: Training, stale: bool) -> Cell:
    pair = href(this.carried, "interoperability", nations=" ".join(one.nations), **wanted.spans)
    link = href(this.carried, "act", one.acts[0]) if len(wanted.pairs) == 1 and one.acts else pair
    return Cell(one, look_of(one), one.last[0] is not None and not one.complete, stale, _said(one), link, pair)


def _said(one: Training) -> Words:
    """Of whom, in what, when last, how much is left."""
    who, what = " – ".join(one.nations), told(word(one.capability, "capability"))
    if one.last[0] is None:
        return told(_("%(who)s, %(what)s: %(state)s"), who=who, what=what, state=_state(one))
    low, high = (round(100 * part) for part in one.recency)
    left = f"{low} %" if low == high else f"{low}–{high} %"
    message = _("%(who)s, %(what)s: %(state)s, last on %(last)s (%(name)s); %(left)s left")
    return told(message, who=who, what=what, state=_state(one), last=span(one.last), name=_named(one), left=left)


def _named(one: Training) -> Words | str:
    """What was last trained in: its name, with what it was if that is no exercise."""
    if one.kind in (None, "exercise", "other"):
        return one.what
    return told(_("%(kind)s: %(name)s"), kind=told(word(one.kind, "training")), name=one.what)


def _state(one: Training) -> Words:
    if one.state == "none" and one.since is not None:
        return told(_("none on record since %(day)s; before it the record is not complete"), day=one.since)
    says = {"trained": _("trained"), "none": _("none on record"), "contested": _("contested"), "unknown": _("not known")}[one.state]
    if one.state == "trained" and not one.complete:
        return told(_("trained; not known whether since"))
    return told(says)


def span(days: tuple[Any, Any]) -> Words:
    """One day, or the earliest and the latest that it can be."""
    first, last = days
    if first is None:
        return told(_("by %(day)s if at all"), day=last) if last is not None else told("")
    return told("%(day)s", day=first) if first == last else told(_("%(first)s to %(last)s"), first=first, last=last)


def _tally(trained: Sequence[Training], gaps: Sequence[TrainingGap]) -> list[tuple[str | Promise, int]]:
    """How many pairs and capabilities are fresh, and how many are a gap of each sort."""
    sorts = Counter(sort_of(gap) for gap in gaps)
    return [(_("trained in time"), len(trained) - len(gaps)), *((says, sorts[name]) for name, says in GAPS.items() if sorts[name])]


# -- the gaps ---------------------------------------------------------------------------------------------------------


def lines_of(this: Asked, gaps: Sequence[TrainingGap]) -> list[Gap]:
    """Gaps as lines, in their order: what a pair never did, or what is not known of it, is told once for all capabilities."""
    found: dict[object, Gap] = {}
    for gap in gaps:
        of, sort = gap.training, sort_of(gap)
        last = of.last[0]
        key = (of.nations, sort, of.since) if last is None else (of.nations, sort, of.capability)
        before = found[key].capabilities if key in found else ()
        days = None if last is None else (this.on - last).days
        found[key] = Gap(found[key].gap if key in found else gap, sort, days, (*before, of.capability))
    return list(found.values())


def _held(of: TrainingMap, one: JointExercise) -> dict[str, Any]:
    """An exercise of the two, with the acts that tell of it."""
    named = frozenset.intersection(*(part.named for part in one.parts)) - {ANY_CAPABILITY}
    return {"one": one, "nations": sorted({of.called(nation) for nation in one.nations}), "named": sorted(named), "act": one.parts[0].act}


# -- to be taken elsewhere --------------------------------------------------------------------------------------------


def _lists(this: Asked, wanted: Wanted, of: TrainingMap, trained: Sequence[Training], gaps: Sequence[TrainingGap]) -> list[List]:
    found = [
        List("trained", _("What was trained"), lambda: trained_rows(trained, gaps)),
        List("gaps", _("Gaps"), lambda: gap_rows(gaps)),
        List("editions", _("Standards"), lambda: edition_rows(standards_of(this))),
        List("positions", _("What nations do with them"), lambda: position_rows(standards_of(this), wanted.nations)),
        List("shared", _("Which pairs share them"), lambda: shared_rows(standards_of(this), wanted.nations)),
    ]
    if len(wanted.nations) == 2:
        found.append(List("exercises", _("Exercises together"), lambda: [exercise_to_plain(one) for one in of.together(wanted.nations)]))
        found.append(
            List("courses-and-posts", _("Courses and posts together"), lambda: [held_to_plain(*one) for one in of.trained_in(wanted.nations)])
        )
    return found


def _days(this: Asked, wanted: Wanted, trained: Sequence[Training]) -> list[Day]:
    """The days ahead on which what was trained in time stops being so, unless it is trained again."""
    found = []
    for one in trained:
        last = one.last[0]
        ends = None if last is None or one.state != "trained" else last + timedelta(days=wanted.within + 1)
        if ends is not None and ends > this.on:
            who, what = " – ".join(one.nations), told(word(one.capability, "capability"))
            labels = [entry.act.label for ref in one.acts for entry in this.visible(this.held.entries(ref))]
            label = next((label for label in labels if not label.public), PUBLIC)
            says = told(_("last trained on %(last)s: %(name)s"), last=last, name=_named(one))
            found.append(Day(f"stale-{'-'.join(one.nations)}-{one.capability}".replace(" ", "-"), ends, f"{who}: {what}", says, label))
    return found


def _chart(this: Asked, wanted: Wanted, trained: Sequence[Training], gaps: Sequence[TrainingGap], drawn: Callable[[], Drawing]) -> Chart:
    """The map as a chart."""
    message = _("Half fades in %(half)s days (an assumption); the target is once in %(within)s days.")
    fades = told(message, half=f"{wanted.half_life:g}", within=wanted.within)
    return Chart(
        "trained",
        fades,
        _("What is left of training together, at the least"),
        _("From exercises, courses and posts on record; a record that is not complete on the day leaves open whether it was trained since."),
        drawn() if trained else Drawing(""),
        lambda: trained_rows(trained, gaps),
        COLUMNS,
        keys(),
    )
