"""Where the boxes of a logic model stand: six columns, initiatives as bands, each box near those that it is tied to.

Source: how-strategies-are-checked.md, section 6. All lengths in pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from comity.strategies.progress import MeasureProgress, TargetProgress, TargetState
from comity.strategies.strategy import Initiative, Strategy

COLUMNS = ("Interests", "Objectives", "Outcomes", "Outputs", "Activities", "Inputs")
WIDTH, GAP, MARGIN, TOP = 186, 52, 24, 108
LINE, PADDING, APART, BAND = 17, 10, 14, 30
LETTERS = 22
"""So many letters of usual width stand in a line of a box."""


Mark = tuple[TargetState, tuple[str, ...]]
"""How far an indicator is, and that in lines, with its id."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the strategy in its column: its lines of text, the progress of what measures it, and from where to where it stands."""

    kind: str
    id: str
    column: int
    says: str
    lines: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    y: float = 0

    @property
    def x(self) -> int:
        """Its left edge."""
        return MARGIN + self.column * (WIDTH + GAP)

    @property
    def height(self) -> int:
        """How high it is."""
        return 2 * PADDING + LINE * (len(self.lines) + sum(len(lines) for _, lines in self.marks))

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """An initiative: from where to where its outputs, activities and inputs stand, and its title in lines."""

    id: str
    lines: tuple[str, ...]
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Layers:
    """The picture: its boxes, its bands, which boxes are tied (left, right), and how high it is."""

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    ties: tuple[tuple[Box, Box], ...]
    height: float


def layers_of(strategy: Strategy, progress: Sequence[MeasureProgress] = ()) -> Layers:
    """Where everything stands; ``progress``: how far each indicator is, to be told in the boxes that it measures."""
    marks = {one.measure.id: headline(one)[0] for one in reversed(progress)}
    placed: dict[tuple[str, str], Box] = {}
    bands, bottom = list[Band](), float(TOP)
    for one in sorted(strategy.initiative, key=lambda initiative: _leaning(strategy, initiative)):
        band, boxes = _band(one, bottom, marks)
        bands.append(band)
        placed.update(((box.kind, box.id), box) for box in boxes)
        bottom = band.y + band.height + APART
    ties = _ties(strategy)
    for column, parts in ((2, _outcomes(strategy, marks)), (1, _objectives(strategy, marks)), (0, _interests(strategy))):
        for box in _near(parts, [(left, right) for left, right in ties if left[0] == _KINDS[column]], placed, bottom - APART):
            placed[box.kind, box.id] = box
            bottom = max(bottom, box.y + box.height + APART)
    tied = [(placed[left], placed[right]) for left, right in dict.fromkeys(ties) if left in placed and right in placed]
    return Layers(tuple(placed.values()), tuple(bands), tuple(tied), bottom - APART + MARGIN)


_KINDS = ("interest", "objective", "outcome", "output", "activity", "input")
Key = tuple[str, str]
Marks = dict[str, TargetState]


def _ties(strategy: Strategy) -> list[tuple[Key, Key]]:
    """What names what, the left one of both first."""
    found: list[tuple[Key, Key]] = []
    for aim in strategy.objective:
        found += [(("interest", name), ("objective", aim.id)) for name in aim.serves]
    for outcome in strategy.outcome:
        found += [(("objective", name), ("outcome", outcome.id)) for name in outcome.serves]
    for output in strategy.outputs():
        found += [(("outcome", name), ("output", output.id)) for name in output.leads_to]
    for activity in strategy.activities():
        found += [(("output", name), ("activity", activity.id)) for name in activity.yields]
        found += [(("activity", activity.id), ("input", name)) for name in activity.uses]
    return found


def _leaning(strategy: Strategy, one: Initiative) -> float:
    """The mean place of the outcomes to which an initiative leads, by which bands are put in order."""
    names = [outcome.id for outcome in strategy.outcome]
    places = [names.index(name) for output in one.output for name in output.leads_to if name in names]
    return sum(places) / len(places) if places else len(names)


def _band(one: Initiative, top: float, marks: Marks) -> tuple[Band, list[Box]]:
    lines = wrapped(f"{one.kind}: {one.title}", 3 * LETTERS + 14)
    start = top + BAND - LINE + LINE * len(lines)
    columns = (
        [_box("output", made.id, made.what, _measured(made.indicators, marks)) for made in one.output],
        [_box("activity", done.id, done.what) for done in one.activity],
        [_box("input", given.id, given.what + (f" ({given.cost:,} {given.currency})" if given.cost is not None else "")) for given in one.input],
    )
    tall = max((_stacked(boxes) for boxes in columns), default=0)
    placed = [box for boxes in columns for box in _stack(boxes, start + (tall - _stacked(boxes)) / 2)]
    return Band(one.id, lines, top, start - top + tall + PADDING), placed


def _stacked(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes) + APART * max(0, len(boxes) - 1)


def _stack(boxes: Iterable[Box], top: float) -> Iterable[Box]:
    for box in boxes:
        yield replace(box, y=top)
        top += box.height + APART


def _interests(strategy: Strategy) -> list[Box]:
    return [_box("interest", one.id, one.text) for one in strategy.interest]


def _objectives(strategy: Strategy, marks: Marks) -> list[Box]:
    return [_box("objective", one.id, one.statement, _measured(one.indicators, marks)) for one in strategy.objective]


def _outcomes(strategy: Strategy, marks: Marks) -> list[Box]:
    return [_box("outcome", one.id, one.text, _measured(one.indicators, marks)) for one in strategy.outcome]


def _near(boxes: Sequence[Box], ties: Sequence[tuple[Key, Key]], placed: dict[Key, Box], bottom: float) -> list[Box]:
    """Boxes of a column, each as near as it can to the mean height of those on its right to which it is tied."""
    wanted = []
    for box in boxes:
        middles = [placed[right].middle for left, right in ties if left == (box.kind, box.id) and right in placed]
        wanted.append((sum(middles) / len(middles) if middles else TOP + box.height / 2, box))
    row, top = list[Box](), float(TOP)
    for middle, box in sorted(wanted, key=lambda pair: pair[0]):
        row.append(replace(box, y=max(top, middle - box.height / 2)))
        top = row[-1].y + box.height + APART
    if row and top - APART > bottom:  # pushed out below: as far up again as those above leave room
        row[-1] = replace(row[-1], y=max(TOP, bottom - row[-1].height))
        for place in reversed(range(len(row) - 1)):
            above = row[place]
            row[place] = replace(above, y=max(TOP, min(above.y, row[place + 1].y - APART - above.height)))
        row = list(_down(row))
    return row


def _down(row: Iterable[Box]) -> Iterable[Box]:
    top = float(TOP)
    for box in row:
        yield replace(box, y=max(top, box.y))
        top = max(top, box.y) + box.height + APART


def _box(kind: str, name: str, says: str, marks: tuple[Mark, ...] = ()) -> Box:
    return Box(kind, name, _KINDS.index(kind), says, wrapped(says, LETTERS), marks)


def _measured(names: Iterable[str], marks: Marks) -> tuple[Mark, ...]:
    return tuple((marks[name], wrapped(f"{marks[name]}: {name}", LETTERS - 2)) for name in names if name in marks)


def headline(one: MeasureProgress) -> tuple[TargetState, TargetProgress | None]:
    """The progress that tells of an indicator: towards its first target to which it is on course or behind, else its last."""
    ahead = [target for target in one.targets if target.progress in (TargetState.ON_COURSE, TargetState.BEHIND)]
    chosen = ahead[0] if ahead else one.targets[-1] if one.targets else None
    return (TargetState.UNKNOWN if chosen is None else chosen.progress), chosen


def wide(text: str) -> float:
    """How wide a text is, in letters of usual width: a guess that holds for the usual fonts."""
    return sum(next((width for signs, width in _WIDTHS if sign in signs), _other(sign)) for sign in text)


_WIDTHS = (("ijl.,:;'|!I", 0.45), ("frt()-/ ", 0.6), ("mM", 1.65), ("wW@%", 1.5))


def _other(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.8
    return 1.2 if sign.isupper() else 1


def wrapped(text: str, most: float) -> tuple[str, ...]:
    """The text in lines, none wider than that; a word that is wider is cut in two, after a hyphen if it can be."""
    lines, line = list[str](), ""
    for word in text.split():
        while wide(word) > most:
            head = word
            while wide(head) > most:
                head = head[:-1]
            head = head[: head.rfind("-") + 1] or head
            lines += [line, head] if line else [head]
            line, word = "", word[len(head) :]
        if line and wide(line) + wide(" ") + wide(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return tuple([*lines, line] if line else lines) or ("",)
