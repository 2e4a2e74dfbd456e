"""A scorecard: each objective of a strategy with its indicators, baseline, now, target and how far it is.

Source: docs/explanation/how-reports-are-made.md, section 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from comity.reports.acts_behind import named
from comity.reports.contents import Drawing, Figure, Listing, Report, Section
from comity.reports.periodic import HEAD, axes, coverage, prefix, refs_of
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
from comity.terms import PUBLIC, join

_HEADS = ("indicator", "unit", "baseline", "now", "target", "by", "how far", "why")


def scorecard(standing: Standing, strategy: Strategy, file: str, book: str | None = None) -> Report:
    """The scorecard on the standing's day. ``file``: the strategy's, as commands name it."""
    progress = progress_of(strategy, standing.on, record_reader(standing))
    command = f"{prefix(book)} strategy show {file}{axes(standing)}"
    by_id = {one.measure.id: one for one in progress}
    sections = [_summary(strategy, progress, standing, command)]
    told = set[str]()
    for aim in strategy.objective:
        told |= set(aim.indicators)
        sections.append(_of_measures(aim.statement, [by_id[name] for name in aim.indicators if name in by_id], standing, file, command, aim.id))
    rest = [one for one in progress if one.measure.id not in told]
    if rest:
        sections.append(_of_measures("Indicators of outcomes and outputs", rest, standing, file, command, "rest"))
    if strategy.risk:
        sections.append(_risks(strategy, command))
    acts, labels = named(standing, refs_of(sections))
    where = "comity.bundled_book()" if book is None else repr(book)
    viewer = "" if standing.viewer is None else f", viewer={standing.viewer!r}"
    opening = (
        f"{HEAD}from pathlib import Path\n\nfrom comity.planning import read_strategy\nfrom comity.strategies import progress_of, record_reader\n\n"
        f"standing = comity.open({where}).standing(on={_day(standing.on)}, known={_day(standing.known)}{viewer})\n"
        f"strategy = read_strategy(Path({file!r})).strategy\n"
        f"progress = {{one.measure.id: one for one in progress_of(strategy, standing.on, record_reader(standing))}}"
    )
    return Report(
        "scorecard", f"{strategy.title}: scorecard", strategy.owner, strategy.from_, strategy.until, None, standing.on, standing.known,
        standing.viewer,
        f"{prefix(book)} report scorecard {file}{axes(standing)}", opening, tuple(sections), tuple(acts), tuple(coverage(standing)),
        tuple(_notes(strategy, standing)), join(labels) if labels else PUBLIC,
    )  # fmt: skip


def _day(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"


def _summary(strategy: Strategy, progress: Sequence[MeasureProgress], standing: Standing, command: str) -> Section:
    counted = Counter(str(target.progress) for one in progress for target in one.targets)
    told = ", ".join(f"{count} {name}" for name, count in sorted(counted.items())) or "no target is set"
    shows = "; ".join(f"{one.measure.title}: {headline(one)[0]}" for one in progress)
    model = strategy_svg(strategy, progress)
    drawing = Drawing("logic", "From interests to inputs, and how far each indicator is", shows, model, f"{command} -o model.svg")
    adopted = f"adopted on {strategy.adopted}" if strategy.adopted else "not adopted yet"
    says = f"Version {strategy.version}, {adopted}. Targets on {standing.on}: {told}."
    return Section("How far it is", says, drawings=(drawing,))


def _of_measures(title: str, measures: Sequence[MeasureProgress], standing: Standing, file: str, command: str, id_: str) -> Section:
    """A table of targets, and a figure for each indicator."""
    rows = [row for one in measures for row in _rows(one)]
    listing = Listing(f"targets-{id_}", "Indicators and targets", _HEADS, tuple(rows), command)
    figures = [_figure(one, file, command) for one in measures]
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


def _figure(one: MeasureProgress, file: str, command: str) -> Figure:
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
