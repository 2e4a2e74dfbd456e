"""The acts of dialogue: their kinds, which belong to which meeting, in which order they are taken, and of which body a meeting is.

Source: how-dialogue-is-followed.md, section 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from comity.acts import Act
from comity.procedures import KeptAct, kept_acts
from comity.standing import Standing
from comity.terms import Finding

CALL, AGENDA, PAPER, MEET = "call-meeting", "set-agenda", "submit-paper", "meet"
MINUTES, AGREE, COMPLETE = "record-minutes", "agree-action", "complete-action"
DIALOGUE_KINDS = (CALL, AGENDA, PAPER, MEET, MINUTES, AGREE, COMPLETE)
"""In the order in which those of one day are taken."""
_OF_A_MEETING = (CALL, AGENDA, PAPER, MEET, MINUTES, AGREE)
_REPLIES_TO: dict[str, tuple[str, ...]] = {
    CALL: (CALL,),
    MEET: (CALL,),
    AGENDA: _OF_A_MEETING,
    PAPER: _OF_A_MEETING,
    MINUTES: _OF_A_MEETING,
    AGREE: _OF_A_MEETING,
    COMPLETE: (AGREE,),
}
"""To acts of which kinds one of the kind may belong. Source: section 1.3."""
THE_PARTIES = "the parties"
"""The body of a meeting of which nothing says what body it is of."""


@dataclass(frozen=True, slots=True)
class BegunMeeting:
    """The act that began a meeting, and all that belong to it, itself among them, in their order by their first days."""

    act: KeptAct
    acts: tuple[KeptAct, ...]

    def of(self, *kinds: str) -> list[KeptAct]:
        """Those of these kinds."""
        return [one for one in self.acts if one.kind in kinds]

    @property
    def body(self) -> str:
        """The body that meets, as it is named."""
        details = self.act.act.details
        return details.get("body") or details.get("subject") or THE_PARTIES


def meetings_begun(standing: Standing) -> list[BegunMeeting]:
    """Every meeting with the acts that belong to it."""
    belonging, _ = _grouped(kept_acts(standing, DIALOGUE_KINDS))
    return [BegunMeeting(root, tuple(in_turn(acts, False))) for root, acts in belonging]


def dialogue_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acts of these kinds that belong to no meeting."""
    _, strays = _grouped(kept_acts(standing, DIALOGUE_KINDS))
    return tuple(odd("dialogue-stray", one.act, "replies to nothing on record that it could belong to") for one in strays)


def body_key(agreement: str | None, name: str) -> tuple[str, str]:
    """By what a body is told apart from others."""
    return agreement or "", name.casefold()


def odd(code: str, act: Act, says: str) -> Finding:
    """A finding about an act of dialogue."""
    return Finding(code, says, act.ref, act.agreement, "how-dialogue-is-followed.md")


def in_turn(acts: Iterable[KeptAct], last: bool) -> list[KeptAct]:
    """In the order in which they are taken, all on their first or all on their last days."""
    return sorted(acts, key=lambda one: (one.day(last), DIALOGUE_KINDS.index(one.kind), one.act.ref, one.act.hash))


def readings(acts: Sequence[KeptAct], on: date, last: bool) -> list[list[KeptAct]]:
    """The acts up to the day, in their order, with every act in doubt among them or not."""
    taken = [one for one in in_turn(acts, last) if one.day(last) <= on]
    doubtful = [one for one in taken if one.doubtful]
    without = [[one for one, holds in zip(doubtful, choice, strict=True) if not holds] for choice in product((True, False), repeat=len(doubtful))]
    return [[one for one in taken if one not in left_out] for left_out in without]


def participants(meet: KeptAct) -> tuple[str, ...]:
    """Who took part in a meeting, by the act that says that it was held; empty: it does not say."""
    return tuple(dict.fromkeys((meet.by, *meet.act.counterparty))) if meet.act.counterparty else ()


def _grouped(kept: Sequence[KeptAct]) -> tuple[list[tuple[KeptAct, list[KeptAct]]], list[KeptAct]]:
    by_hash = {one.act.hash: one for one in kept}
    belonging, strays = defaultdict[str, list[KeptAct]](list), list[KeptAct]()
    for one in kept:
        root = _root(one, by_hash)
        if root is None:
            strays.append(one)
        else:
            belonging[root.act.hash].append(one)
    return [(by_hash[root], found) for root, found in belonging.items()], strays


def _root(one: KeptAct, by_hash: Mapping[str, KeptAct]) -> KeptAct | None:
    answered = by_hash.get(one.act.replies_to or "")
    if answered is not None and answered.kind in _REPLIES_TO[one.kind]:
        return _root(answered, by_hash)
    return one if one.kind in (CALL, MEET) else None
