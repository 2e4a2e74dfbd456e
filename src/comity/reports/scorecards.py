"""A scorecard: each objective of a strategy with its indicators, baseline, now, target and how far it is.

Source: docs/explanation/how-reports-are-made.md, section 4.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from comity.reports.acts_behind import named
from comity.reports.commands import axes, opening, prefix
from comity.reports.contents import Drawing, Figure, Listing, Report, Section
from comity.reports.periodic import coverage, refs_of
from comity.standing import Standing
from comity.strategies import (
    MeasureProgress,
    Strategy,
    check_strategy,
    headline,
    known_of_strategy,
    progress_of,
    reading_notes,
    record_reader,
    strategy_svg,
)
from comity.strategies import written as as_written
from comity.terms import join

_HEADS = ("indicator", "unit", "baseline", "now", "target", "by", "how far", "why")


def scorecard(
    standing: Standing, strategy: Strategy, file: str, book: str | None = None, progress: Sequence[MeasureProgress] | None = None
) -> Report:
    """The scorecard on the standing's day. ``file``: the strategy's, as commands name it. ``progress``: how far each is, where that was asked."""
    progress = progress_of(strategy, standing.on, record_reader(standing)) if progress is None else progress
    command = f"{prefix(book)} strategy show {shlex.quote(file)}{axes(standing)}"
    by_id = {one.measure.id: one for one in progress}
    sections = [_summary(strategy, progress, standing, command)]
    told = set[str]()
    for aim in strategy.objective:
        measures = [by_id[name] for name in aim.indicators if name in by_id]
        sections.append(_of_measures(aim.statement, measures, standing, command, f"targets-{aim.id}", told))
        told |= set(aim.indicators)
    rest = [one for one in progress if one.measure.id not in told]
    if rest:
        sections.append(_of_measures("Indicators of outcomes and outputs", rest, standing, command, "targets", told))
    if strategy.risk:
        sections.append(_risks(strategy, command))
    acts, labels = named(standing, refs_of(sections))
    imports = "from pathlib import Path\n\nfrom comity.planning import read_strategy\nfrom comity.strategies import progress_of, record_reader\n"
    opened = (
        f"{opening(standing, book, imports)}\nstrategy = read_strategy(Path({file!r})).strategy\n"
        f"progress = {{one.measure.id: one for one in progress_of(strategy, standing.on, record_reader(standing))}}"
    )
    return Report(
        "scorecard", f"{strategy.title}: scorecard", strategy.owner, strategy.from_, strategy.until, None, standing.on, standing.known,
        standing.viewer,
        f"{prefix(book)} report scorecard {shlex.quote(file)}{axes(standing)}", opened, tuple(sections), tuple(acts), tuple(coverage(standing)),
        tuple(_notes(strategy, standing)), join(labels),
    )  # fmt: skip


def _summary(strategy: Strategy, progress: Sequence[MeasureProgress], standing: Standing, command: str) -> Section:
    counted = Counter(str(target.progress) for one in progress for target in one.targets)
    told = ", ".join(f"{count} {name}" for name, count in sorted(counted.items())) or "no target is set"
    shows = "; ".join(f"{one.measure.title}: {headline(one)[0]}" for one in progress)
    model = strategy_svg(strategy, progress)
    drawing = Drawing("logic", "From interests to inputs, and how far each indicator is", shows, model, f"{command} -o model.svg")
    adopted = f"adopted on {strategy.adopted}" if strategy.adopted else "not adopted yet"
    says = f"Version {strategy.version}, {adopted}. Targets on {standing.on}: {told}."
    return Section("How far it is", says, drawings=(drawing,))


def _of_measures(title: str, measures: Sequence[MeasureProgress], standing: Standing, command: str, id_: str, told: Collection[str]) -> Section:
    """A table of targets, and a figure for each indicator, unless it was ``told`` before."""
    rows = [row for one in measures for row in _rows(one)]
    listing = Listing(id_, "Indicators and targets", _HEADS, tuple(rows), command)
    figures = [_figure(one, command) for one in measures if one.measure.id not in told]
    notes = tuple(dict.fromkeys(f"{one.measure.id}: {note}" for one in measures for note in reading_notes(one, standing.on)))
    return Section(title, "" if measures else "No indicator measures it.", tuple(figures), (listing,) if rows else (), notes=notes)


def _rows(one: MeasureProgress) -> Iterator[tuple[str, ...]]:
    measure, seen = one.measure, one.seen
    base = "" if measure.baseline is None else f"{as_written(measure.baseline.value)} ({measure.baseline.on})"
    now = "not known" if seen.value is None else as_written(seen.value)
    for target in one.targets:
        goal, by = as_written(target.target.value), "" if target.target.by is None else f"{target.target.by}"
        yield measure.title, measure.unit, base, now, goal, by, str(target.progress), target.why
    if not one.targets:
        yield measure.title, measure.unit, base, now, "none", "", "unknown", "no target is set"


def _figure(one: MeasureProgress, command: str) -> Figure:
    measure, seen, reading = one.measure, one.seen, one.seen.reading
    base = None if measure.baseline is None else float(measure.baseline.value)
    code = f"progress[{measure.id!r}].seen.value"
    return Figure(
        measure.id, measure.title, None if seen.value is None else float(seen.value), measure.unit, command, code, seen.why, base,
        None if reading is None else reading.of, 0 if reading is None else reading.unknown,
        None if seen.least is None else float(seen.least), None if seen.most is None else float(seen.most),
        () if reading is None else reading.rests_on, None if reading is None else reading.reach, reading is not None and reading.simulated,
    )  # fmt: skip


def _risks(strategy: Strategy, command: str) -> Section:
    rows = tuple((one.text, one.kind, one.likelihood, one.consequence, one.mitigation, one.owner) for one in strategy.risk)
    return Section("Risks", "", listings=(Listing("risks", "Risks", ("what", "kind", "likely", "grave", "what is done", "who"), rows, command),))


def _notes(strategy: Strategy, standing: Standing) -> Iterator[str]:
    flaws = check_strategy(strategy, known_of_strategy(strategy, standing))
    if flaws:
        yield f"the strategy breaks rules, on which this may rest: {', '.join(dict.fromkeys(flaw.rule for flaw in flaws))}"
    yield "an indicator that is not known is neither met nor not met"
    if standing.viewer is not None:
        yield f"made from what {standing.viewer} may see; one who sees more might be told more"
