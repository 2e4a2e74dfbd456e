"""The statement of requirements as a page tells it: each line in each rotation with its mark and numbers, each gap with whom to ask, the pledges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comity.missions import Capable, DaySpan, ForceCaveat, Gap, Line, LineState, Mandate, Mission, Pledge, Rotation
from comity.terms import Verdict
from comity.web.telling import Words, told
from comity.web.wording import word

STATES: Mapping[str, str | Promise] = {
    "filled": pgettext_lazy("requirement", "filled"),
    "gap accepted": pgettext_lazy("requirement", "gap accepted"),
    "partly filled": pgettext_lazy("requirement", "partly filled"),
    "shortfall": pgettext_lazy("requirement", "shortfall"),
    "offered": pgettext_lazy("requirement", "offered"),
    "required": pgettext_lazy("requirement", "required"),
    "not needed": pgettext_lazy("requirement", "not needed"),
    "contested": pgettext_lazy("verdict", "contested"),
    "unknown": pgettext_lazy("verdict", "unknown"),
}
"""Each state, and each doubt, in words; its mark is g- and its first word (of a doubt v- and the word)."""
ASKED, NAMED = 6, 60
"""So many whom to ask are named for a gap, so many lines, pledges and reasons stand on a page; files have all."""
COLUMNS = {
    "line": "the line of the statement of requirements",
    "capability": "what is needed",
    "rotation": "in which rotation",
    "from": "the first day of the rotation",
    "until": "the first day after it",
    "state": "filled, gap accepted, partly filled, shortfall, offered, required or not needed, read narrowly where it is in doubt",
    "at_most": "the same, read widely",
    "sure": "yes, or contested or unknown where the two readings differ",
    "required": "how many are required",
    "offered": "of how many nothing stands in the way",
    "accepted": "how many were accepted",
    "filled": "how many fill the line",
    "deployed": "how many are there on some day of it",
}
"""What the columns of the statement are."""


def mark_of(state: str) -> str:
    """The shape of a state or a doubt."""
    return f"v-{state}" if state in ("contested", "unknown") else f"g-{state.partition(' ')[0]}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A line in a rotation: its state and mark, in what the two readings differ, its numbers; ``gap``: it has one, told below."""

    of: LineState
    look: str
    mark: str
    says: str
    readings: str
    filled: str
    beside: tuple[Words, ...]
    gap: bool

    @property
    def needed(self) -> bool:
        return self.of.state != "not needed"


def cell_of(state: LineState, gaps: Iterable[tuple[str, str]] = ()) -> Cell:
    """The cell; ``gaps``: the line and rotation of each gap."""
    low, high = state.least, state.most
    doubt = state.sure is not Verdict.YES
    look = str(state.sure) if doubt else state.state
    readings = (
        told(_("%(one)s or %(other)s"), one=told(STATES[state.state]), other=told(STATES[state.at_most])) if state.state != state.at_most else ""
    )
    filled = f"{low.filled}" if low.filled == high.filled else f"{low.filled}–{high.filled}"
    beside = []
    if state.state in ("offered", "partly filled", "required") and low.offered + high.offered:
        offered = f"{low.offered}" if low.offered == high.offered else f"{low.offered}–{high.offered}"
        beside.append(told(_("%(number)s offered"), number=offered))
    if low.accepted > low.filled:
        beside.append(told(_("%(number)s accepted"), number=low.accepted))
    if low.deployed or high.deployed:
        beside.append(told(_("%(number)s there"), number=low.deployed if low.deployed == high.deployed else f"{low.deployed}–{high.deployed}"))
    return Cell(state, look.replace(" ", "-"), mark_of(look), told(STATES[look]), readings, filled, tuple(beside),
                (state.line.id, state.rotation.name) in set(gaps))  # fmt: skip


Matrix = Sequence[tuple[Line, Sequence[Cell]]]


def matrix_of(found: Sequence[LineState], gaps: Sequence[Gap]) -> list[tuple[Line, list[Cell]]]:
    """Line by line, the cells of its rotations."""
    there = {(one.line.id, one.rotation.name) for one in gaps}
    rows: dict[str, tuple[Line, list[Cell]]] = {}
    for state in found:
        rows.setdefault(state.line.id, (state.line, []))[1].append(cell_of(state, there))
    return list(rows.values())


def counted(matrix: Matrix) -> list[tuple[str, str, str, int]]:
    """How many cells are in each state: its look, mark and words; those that there are, in the order of the states."""
    looks = [cell.look for _line, cells in matrix for cell in cells if cell.needed]
    found = [(state.replace(" ", "-"), mark_of(state), str(says)) for state, says in STATES.items()]
    return [(look, mark, says, looks.count(look)) for look, mark, says in found if look in looks]


def state_to_plain(one: LineState) -> dict[str, object]:
    """A line in a rotation as plain data."""
    return {
        "line": one.line.id,
        "capability": one.line.capability,
        "rotation": one.rotation.name,
        "from": one.rotation.days.start and one.rotation.days.start.isoformat(),
        "until": one.rotation.days.end and one.rotation.days.end.isoformat(),
        "state": one.state,
        "at_most": one.at_most,
        "sure": str(one.sure),
        **one.least._asdict(),
    }


# -- gaps -------------------------------------------------------------------------------------------------------------


class Asking(NamedTuple):
    """Whom to ask for a pledge, by its act and the short name of it, and what would have to change, all of it; none: it only has to be taken up."""

    party: str
    pledge: str
    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What a line lacks in rotations in which it is the same: why, pledge by pledge; what could just be taken up; whom to ask for the least."""

    line: Line
    rotations: tuple[Rotation, ...]
    missing: int
    reasons: tuple[str, ...]
    free: tuple[Asking, ...]
    asks: tuple[Asking, ...]
    capable: tuple[Capable, ...]

    @property
    def when(self) -> str:
        return ", ".join(rotation.name for rotation in self.rotations)

    @property
    def enough(self) -> bool:
        """Would what only has to be taken up fill it?"""
        return len(self.free) >= self.missing

    @property
    def alone(self) -> bool:
        """Is there nobody to ask?"""
        return not (self.free or self.asks or self.capable)


def lacks_of(mission: Mission, gaps: Iterable[Gap]) -> list[Lack]:
    """The gaps, those together that are the same."""
    together: dict[object, list[Gap]] = {}
    for gap in gaps:
        together.setdefault((gap.line.id, gap.missing, gap.reasons, gap.asks), []).append(gap)
    return [_lack(mission, same) for same in together.values()]


def lacks_by_line(mission: Mission, gaps: Iterable[Gap]) -> list[tuple[int, Line, list[Lack]]]:
    """The same line by line, each with its place among the lines, from 1."""
    found = lacks_of(mission, gaps)
    lines = [(number, line, [one for one in found if one.line.id == line.id]) for number, line in enumerate(mission.lines, 1)]
    return [one for one in lines if one[2]]


def _lack(mission: Mission, same: Sequence[Gap]) -> Lack:
    first = same[0]
    every = [Asking(one.party, one.pledge, short_of(mission, one.pledge), one.changes) for one in first.asks]
    free, asks = tuple(one for one in every if not one.changes), tuple(one for one in every if one.changes)
    rotations = tuple(gap.rotation for gap in same)
    return Lack(first.line, rotations, first.missing, first.reasons[:NAMED], free, asks[:ASKED], first.capable[:NAMED])


def gap_to_plain(gap: Gap) -> dict[str, object]:
    """A gap as plain data."""
    return {
        "line": gap.line.id,
        "rotation": gap.rotation.name,
        "missing": gap.missing,
        "reasons": list(gap.reasons),
        "ask": [f"{ask.party}, {ask.pledge}: {'; '.join(ask.changes) or 'it only has to be taken up'}" for ask in gap.asks],
        "capable": [f"{able.party}: {able.how}" for able in gap.capable],
    }


# -- pledges, caveats, the mandate ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """A pledge with the limits on it, and how it stands."""

    pledge: Pledge
    name: str
    stands: str
    look: str
    caveats: tuple[tuple[ForceCaveat, Words], ...]


def offers_of(mission: Mission) -> list[Offer]:
    """The pledges by party, each with its caveats: those on it, and those of its party on all."""
    some = sorted(mission.pledges, key=lambda one: (one.party, one.capability, one.id))
    return [_offer(mission, one) for one in some]


def _offer(mission: Mission, pledge: Pledge) -> Offer:
    if pledge.sure is not Verdict.YES:
        stands, look = word(str(pledge.sure), "verdict"), str(pledge.sure)
    elif pledge.refused:
        stands, look = _("refused"), "no"
    elif pledge.withdrawn is not None:
        stands, look = told(_("withdrawn from %(day)s"), day=pledge.withdrawn), "no"
    else:
        stands, look = _("stands"), "yes"
    mine = [one for one in mission.caveats if one.party == pledge.party and one.pledge in (None, pledge.id)]
    return Offer(pledge, short_of(mission, pledge.id), stands, look, tuple((one, limit_of(one)) for one in mine))


def short_of(mission: Mission, ref: str) -> str:
    """An act's reference without the name of the mission that begins it."""
    return ref.removeprefix(f"{mission.id}: ")


def limit_of(caveat: ForceCaveat) -> Words:
    """What a caveat excludes, in words."""
    parts = [
        told(_("not for %(tasks)s"), tasks=", ".join(sorted(caveat.tasks))) if caveat.tasks else None,
        told(_("not in %(places)s"), places=", ".join(sorted(caveat.territories))) if caveat.territories else None,
        told(_("not under %(commands)s"), commands=", ".join(sorted(caveat.commands))) if caveat.commands else None,
        told(_("for %(days)s days at most"), days=caveat.longest) if caveat.longest is not None else None,
        told(_("%(days)s"), days=days_of(caveat.days)) if caveat.days != DaySpan() else None,
    ]
    given = {f"part{number}": part for number, part in enumerate(parts) if part is not None}
    return told("; ".join(f"%({name})s" for name in given), **given)


def days_of(days: DaySpan) -> Words:
    """A span in words."""
    if days.start is None and days.end is None:
        return told(_("always"))
    if days.end is None:
        return told(_("from %(start)s"), start=days.start)
    if days.start is None:
        return told(_("until %(end)s"), end=days.end)
    return told(_("from %(start)s until %(end)s"), start=days.start, end=days.end)


def offer_to_plain(offer: Offer) -> dict[str, object]:
    """A pledge as plain data."""
    one = offer.pledge
    return {
        "pledge": one.id,
        "party": one.party,
        "capability": one.capability,
        "number": one.number,
        "line": one.line,
        "force": one.force or None,
        "from": one.days.start and one.days.start.isoformat(),
        "until": one.days.end and one.days.end.isoformat(),
        "notice": one.notice,
        "level": one.level,
        "rest": one.rest,
        "persons": one.persons,
        "cost": one.cost,
        "refused": one.refused,
        "withdrawn": one.withdrawn and one.withdrawn.isoformat(),
        "sure": str(one.sure),
        "caveats": [caveat.id for caveat, _limit in offer.caveats],
    }


MANDATED: Mapping[Verdict, str | Promise] = {
    Verdict.YES: gettext_lazy("There is a mandate on %(on)s."),
    Verdict.NO: gettext_lazy("There is no mandate on %(on)s."),
    Verdict.CONTESTED: gettext_lazy("It is contested whether there is a mandate on %(on)s."),
    Verdict.UNKNOWN: gettext_lazy("It is not known whether there is a mandate on %(on)s."),
}


def mandated(mandate: Sequence[Mandate] | None, today: DaySpan) -> Verdict:
    """Is there a mandate on the day? Unknown where no act says anything of one."""
    if mandate is None:
        return Verdict.UNKNOWN
    there = {one.sure for one in mandate if one.days.holds(today)}
    return next((verdict for verdict in (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN) if verdict in there), Verdict.NO)
