"""What one party's answers come to in a reading: against which silences it objects, what it votes.

Source: how-a-decision-is-followed.md, section 4, 8 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from comity.decisions.instants import Frame, Key, Way, taken, takes_back
from comity.decisions.phases import Phase, Run
from comity.decisions.proposals import VOTE, DecisionState
from comity.procedures import KeptAct


@dataclass(frozen=True, slots=True)
class Position:
    """``objections``: those that hold, for each phase by its place; ``ballot``: the vote that counts."""

    objections: tuple[tuple[int, tuple[KeptAct, ...]], ...] = ()
    ballot: KeptAct | None = None

    def objects(self, phase: int) -> tuple[KeptAct, ...]:
        """Its objections that hold at the end of a silence, or where that still runs now."""
        return dict(self.objections).get(phase, ())


def position(frame: Frame, run: Run, keys: Mapping[str, Key], answers: Sequence[KeptAct], to: datetime) -> Position:
    """What the answers of one party that have effect come to (``keys``: where they are taken), up to an instant."""
    there = [(keys[one.act.hash], one) for one in answers if one.act.hash in keys and keys[one.act.hash][0] <= to]
    objections = []
    for place, phase in enumerate(run.phases):
        running = place == len(run.phases) - 1
        if phase.state is DecisionState.SILENCE and (phase.expired or running):
            made = [(key, one) for key, one in there if key > phase.since and (running or _in_time(key, phase))]
            held = tuple(one for key, one in sorted(made, key=lambda each: each[0]) if frame.counts_against(one) and not _taken_back(key, one, made))
            if held:
                objections.append((place, held))
    return Position(tuple(objections), _ballot(run.phases[-1], there) if run.phases else None)


def _in_time(key: Key, phase: Phase) -> bool:
    return phase.until is not None and key[0] < phase.until


def _taken_back(key: Key, one: KeptAct, made: Sequence[tuple[Key, KeptAct]]) -> bool:
    return any(takes_back(other, one) and later > key for later, other in made)


def _ballot(last: Phase, there: Sequence[tuple[Key, KeptAct]]) -> KeptAct | None:
    """The last vote on the text as it stands that was cast before its life ended."""
    cast = [(key, one) for key, one in there if one.kind == VOTE and key > last.text_since and _before_closing(key, last)]
    return max(cast, key=lambda each: each[0])[1] if cast else None


def _before_closing(key: Key, last: Phase) -> bool:
    if not last.state.final:
        return True
    return key[0] < last.at if last.at is not None else key < last.since


def ways_of(frame: Frame, acts: Sequence[KeptAct], lasts: tuple[bool, ...]) -> Iterator[dict[str, Way]]:
    """Every way to take these acts: at the first or last instant (as far as ``lasts`` has it), and if in doubt with effect or without."""
    each: list[list[Way]] = []
    for act in acts:
        instants: list[Way] = list(lasts) if frame.is_unsure(act) else [False]
        each.append([*instants, None] if act.doubtful else instants)
    for chosen in product(*each):
        yield {act.act.hash: way for act, way in zip(acts, chosen, strict=True)}


def positions(frame: Frame, run: Run, answers: Sequence[KeptAct], lasts: tuple[bool, ...], to: datetime, proposed: datetime) -> tuple[Position, ...]:
    """All that the answers of one party can come to."""
    found = (position(frame, run, taken(frame, answers, ways, proposed), answers, to) for ways in ways_of(frame, answers, lasts))
    return tuple(dict.fromkeys(found))
