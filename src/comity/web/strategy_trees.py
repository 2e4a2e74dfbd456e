"""A strategy as a page shows it: the tree from interests down, each indicator with how far it is; initiatives, risks and changes as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from comity import strategies
from comity.domestic import HomeStatus
from comity.strategies import AtStage, MeasureProgress, Strategy, StrategyDiff, TargetProgress
from comity.terms import Verdict

Plain = dict[str, object]
Stages = Mapping[AtStage, HomeStatus | str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator towards the target that tells of it: its progress with its mark, the figures in words, and why, where it is not known."""

    one: MeasureProgress

    @property
    def progress(self) -> str:
        return str(strategies.headline(self.one)[0])

    @property
    def look(self) -> str:
        return self.progress.replace(" ", "-")

    @property
    def mark(self) -> str:
        return strategies.MARKS[strategies.headline(self.one)[0]]

    @property
    def why(self) -> str:
        target = strategies.headline(self.one)[1]
        return "" if target is None else target.why

    @property
    def baseline(self) -> str:
        base = self.one.measure.baseline
        return "" if base is None else strategies.amount(base.value, self.one.measure.unit)

    @property
    def latest(self) -> str:
        return _figure(self.one.seen.value)

    @property
    def latest_amount(self) -> str:
        value = self.one.seen.value
        return "" if value is None else strategies.amount(value, self.one.measure.unit)

    @property
    def when(self) -> str:
        first, last = self.one.seen.first, self.one.seen.last
        return "" if first is None else f"{first}" if first == last else f"{first} – {last}"

    @property
    def goal(self) -> str:
        target = strategies.headline(self.one)[1]
        return "" if target is None else strategies.amount(target.target.value, self.one.measure.unit)

    @property
    def by(self) -> str:
        target = strategies.headline(self.one)[1]
        return "" if target is None or target.target.by is None else f"{target.target.by}"

    @property
    def targets(self) -> list[Aimed]:
        """Each target, the earliest first."""
        return [Aimed(self.one, target) for target in self.one.targets]


@dataclass(frozen=True, slots=True)
class Aimed:
    """One target of an indicator, with how far it is."""

    one: MeasureProgress
    target: TargetProgress

    @property
    def progress(self) -> str:
        return str(self.target.progress)

    @property
    def look(self) -> str:
        return self.progress.replace(" ", "-")

    @property
    def mark(self) -> str:
        return strategies.MARKS[self.target.progress]

    @property
    def goal(self) -> str:
        return strategies.amount(self.target.target.value, self.one.measure.unit)

    @property
    def course(self) -> str:
        return _figure(self.target.course)


def _figure(value: Fraction | None) -> str:
    return "" if value is None else strategies.written(value)


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the tree; ``who``: who is to bring it about, or the initiative that it is of; ``again``: it stands above already."""

    kind: str
    id: str
    text: str
    who: str = ""
    due: str = ""
    measured: tuple[Shown, ...] = ()
    below: list[Node] = field(default_factory=list)
    again: bool = False


def tree_of(strategy: Strategy, progress: Sequence[MeasureProgress]) -> list[Node]:
    """Interests, with the objectives that serve them, and so on down to outputs; then objectives that serve no interest."""
    found = {one.measure.id: Shown(one) for one in progress}
    seen, nodes = set[str](), []
    for interest in strategy.interest:
        node = Node("interest", interest.id, interest.text)
        node.below.extend(_objectives(strategy, found, seen, interest.id))
        nodes.append(node)
    return [*nodes, *_objectives(strategy, found, seen, None)]


def _objectives(strategy: Strategy, found: Mapping[str, Shown], seen: set[str], interest: str | None) -> Iterator[Node]:
    for aim in strategy.objective:
        if (interest is None and aim.id in seen) or (interest is not None and interest not in aim.serves):
            continue
        if aim.id in seen:
            yield Node("objective", aim.id, aim.statement, again=True)
            continue
        seen.add(aim.id)
        due = "" if aim.due is None else str(aim.due)
        below = [_outcome(strategy, found, one.id) for one in strategy.outcome if aim.id in one.serves]
        yield Node("objective", aim.id, aim.statement, aim.who, due, _measured(aim.indicators, found), below)


def _outcome(strategy: Strategy, found: Mapping[str, Shown], name: str) -> Node:
    outcome = next(one for one in strategy.outcome if one.id == name)
    below = [
        Node("output", made.id, made.what, one.id, measured=_measured(made.indicators, found))
        for one in strategy.initiative
        for made in one.output
        if name in made.leads_to
    ]
    return Node("outcome", outcome.id, outcome.text, measured=_measured(outcome.indicators, found), below=below)


def _measured(names: Sequence[str], found: Mapping[str, Shown]) -> tuple[Shown, ...]:
    return tuple(found[name] for name in names if name in found)


@dataclass(frozen=True, slots=True)
class Led:
    """An initiative as a line. ``inputs``: what goes in, with its cost in words (blank: not known); ``rests``: agreements, in force or not.

    ``activities``: what is done, with what comes of it.
    """

    id: str
    title: str
    kind: str
    lead: str
    days: str
    depends_on: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    activities: tuple[tuple[str, tuple[str, ...]], ...]
    rests: tuple[tuple[str, Verdict | None], ...]
    acts: tuple[str, ...]


def initiatives_of(strategy: Strategy, force: Mapping[str, Verdict]) -> list[Led]:
    """Each initiative."""
    found = []
    for one in strategy.initiative:
        days = f"{one.from_ or ''} – {one.until or ''}" if one.from_ or one.until else ""
        inputs = tuple((given.what, "" if given.cost is None else f"{given.cost:,} {given.currency}") for given in one.input)
        activities = tuple((done.what, done.yields) for done in one.activity)
        rests = tuple((name, force.get(name)) for name in one.agreements)
        found.append(Led(one.id, one.title, one.kind, one.lead, days, one.depends_on, inputs, activities, rests, one.acts))
    return found


def indicator_rows(progress: Sequence[MeasureProgress]) -> list[Plain]:
    """Each target of each indicator as a row of a table; a number that is not known is null."""
    rows: list[Plain] = []
    for one in progress:
        measure, seen = one.measure, one.seen
        base = measure.baseline
        told: Plain = {
            "indicator": measure.id, "title": measure.title, "unit": measure.unit, "direction": measure.direction,
            "baseline": None if base is None else float(base.value), "baseline_on": None if base is None else base.on.written,
            "latest": None if seen.value is None else float(seen.value),
            "latest_until": None if seen.last is None else seen.last.isoformat(),
        }  # fmt: skip
        rows += [{**told, **_target_row(target)} for target in one.targets] or [{**told, **_NO_TARGET}]
    return rows


_NO_TARGET: Plain = {"target": None, "by": None, "progress": "unknown", "why": "it has no target", "course": None}


def _target_row(one: TargetProgress) -> Plain:
    by, course = one.target.by, one.course
    return {
        "target": float(one.target.value), "by": None if by is None else by.isoformat(), "progress": str(one.progress), "why": one.why or None,
        "course": None if course is None else float(course),
    }  # fmt: skip


def change_rows(found: StrategyDiff) -> list[Plain]:
    """Each difference of two versions as a row of a table, with the decisions that it answers."""
    return [
        {
            "part": one.part, "id": one.id, "done": one.done, "field": one.field or None, "old": one.old or None, "new": one.new or None,
            "decisions": [f"{answer.review} {answer.decision.id}: {answer.decision.text}" for answer in one.answers],
        }
        for one in found.differences
    ]  # fmt: skip


def said_of(stage: AtStage | None, stages: Stages) -> str:
    """Where the agreement of a risk stands at home; why that is not known; blank where the risk is tied to none."""
    if stage is None:
        return ""
    found = stages.get(stage, "")
    return found if isinstance(found, str) else " or ".join(map(str, found.states))
