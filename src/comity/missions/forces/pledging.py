"""What becomes of a pledge by the acts that answer it: verified, refused, accepted after all, withdrawn.

Source: how-forces-are-generated.md, 9.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.missions.counting import YES, CountedAct, doubtful
from comity.missions.forces.answering import PLEDGE, ActsOfMission
from comity.missions.forces.lasting import ALWAYS_BEFORE, NEVER, bounds, doubt_of, ending, stated
from comity.missions.forces.missions import DaySpan, Line, Pledge

CLAIMED = 1
"""A level that is claimed and not verified counts as this at most. Source: UN Manual for the Generation and Deployment of Units (2021), chapter 3."""


def pledged(own: ActsOfMission, lines: Mapping[str, Line], currency: str) -> dict[str, tuple[CountedAct, Pledge]]:
    """The pledges of a mission by the hash of their acts, as they were made."""
    found = {}
    for one in own.opened(PLEDGE):
        line = one.says("line")
        capability = one.says("capability") or (None if line is None or line not in lines else lines[line].capability)
        if capability is None:
            own.find(one, "bare", f"pledges something for {own.name}, and says neither what it can do nor for which line on record")
        else:
            found[one.act.hash] = one, _pledge(own, one, capability, currency)
    return found


def _pledge(own: ActsOfMission, one: CountedAct, capability: str, currency: str) -> Pledge:
    number, cost, said = one.number("number"), one.number("cost"), one.says("currency")
    if cost is not None and said not in (None, currency):
        own.find(one, "cost", f"its cost is in {said}, the mission's are in {currency or 'none'}; it counts as not said")
        cost = None
    return Pledge(
        id=one.act.ref,
        party=one.by,
        capability=capability,
        number=1 if number is None else number,
        line=one.says("line"),
        persons=one.number("persons") or 0,
        notice=one.number("notice"),
        level=min(CLAIMED, one.number("level") or 0),
        days=DaySpan(stated(one.act, "from"), stated(one.act, "until")),
        rest=one.number("rest") or 0,
        cost=cost,
        force=one.says("force") or "",
        sure=one.sure,
    )


def verified(pledge: Pledge, answers: Sequence[CountedAct]) -> Pledge:
    """The pledge at the level at which it was found last."""
    last = _last_sure(answers)
    if last is not None:
        pledge = replace(pledge, level=answers[last].number("level") or 0, level_until=stated(answers[last].act, "until"))
    after = answers if last is None else answers[last:]
    return replace(pledge, sure=doubtful([pledge.sure, *(one.sure for one in after)]))


def answered(pledge: Pledge, answers: Sequence[CountedAct]) -> Pledge:
    """The pledge as refused, or accepted after all; ``answers``: both, in their order."""
    last = _last_sure(answers)
    refused = last is not None and answers[last].kind == "refuse-force"
    after = answers if last is None else answers[last:]
    otherwise = [one.sure for one in after if one.sure is not YES and (one.kind == "refuse-force") != refused]
    return replace(pledge, refused=refused and not otherwise, sure=doubtful([pledge.sure, *otherwise]))


def _last_sure(answers: Sequence[CountedAct]) -> int | None:
    return max((n for n, one in enumerate(answers) if one.sure is YES), default=None)


def withdrawn(pledge: Pledge, answers: Sequence[CountedAct]) -> Iterator[Pledge]:
    """The pledge as withdrawn; where the day of that is in doubt, as from the last day that it can be, and as from the first."""
    ends = [ending(one, one.act.meant) for one in answers]
    if not ends:
        yield pledge
        return
    first, last = bounds(ends)
    if first != last:
        yield replace(pledge, withdrawn=_known(last), sure=doubt_of(pledge.sure, ends))
    if first != ALWAYS_BEFORE:
        yield replace(pledge, withdrawn=first)


def _known(day: date) -> date | None:
    return None if day == NEVER else day
