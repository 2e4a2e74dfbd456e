"""The acts of training: their kinds, which belong to which, and what they count.

Source: how-training-is-counted.md, section 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.procedures import KeptAct, by_root, kept_acts
from comity.standing import Standing
from comity.terms import Finding, parse_day

COURSE, NOMINATE, WITHDRAW, ATTEND, CERTIFY = "offer-course", "nominate", "withdraw-nomination", "attend-course", "certify-course"
POST, END_POST = "fill-post", "end-post"
REQUEST, GRANT, REFUSE = "request-visit", "grant-visit", "refuse-visit"
NEED, OFFER, CLOSE = "state-need", "offer-training", "close-training"
BELONGS: dict[str, tuple[str, ...]] = {
    NOMINATE: (COURSE,),
    WITHDRAW: (COURSE,),
    ATTEND: (COURSE,),
    CERTIFY: (COURSE,),
    END_POST: (POST,),
    GRANT: (REQUEST,),
    REFUSE: (REQUEST,),
    CLOSE: (NEED, OFFER),
}
"""To what the acts of each kind belong."""
ROOTS = (COURSE, POST, REQUEST, NEED, OFFER)
TRAINING_KINDS = (*ROOTS, *BELONGS)


@dataclass(frozen=True, slots=True)
class Begun:
    """An act that begins something, and the acts that belong to it."""

    act: KeptAct
    belonging: tuple[KeptAct, ...]

    def of(self, *kinds: str) -> list[KeptAct]:
        """Those of these kinds."""
        return [one for one in self.belonging if one.kind in kinds]


def begun(standing: Standing, *kinds: str) -> list[Begun]:
    """What the acts of these kinds began, by reference and hash."""
    found, _ = by_root(kept_acts(standing, TRAINING_KINDS), ROOTS)
    listed = [Begun(root, tuple(one for one in belonging if _fits(one, root))) for root, belonging in found if root.kind in kinds]
    return sorted(listed, key=lambda one: (one.act.act.ref, one.act.act.hash))


def training_strays(standing: Standing) -> tuple[Finding, ...]:
    """Acts that belong to nothing on record, or to something of another kind."""
    found, strays = by_root(kept_acts(standing, TRAINING_KINDS), ROOTS)
    wrong = [one for root, belonging in found for one in belonging if one is not root and not _fits(one, root)]
    says = "replies to nothing on record that it could belong to"
    return tuple(odd("training-stray", one, says) for one in [*strays, *wrong])


def odd(code: str, about: KeptAct, says: str) -> Finding:
    """A finding about an act of training."""
    return Finding(code, says, about.act.ref, about.act.agreement, "how-training-is-counted.md")


def whose(one: KeptAct) -> str:
    """Whose persons an act counts."""
    return one.act.counterparty[0] if one.act.counterparty else one.by


def persons(one: KeptAct) -> int:
    """How many persons an act names; one where it names no number."""
    return int(one.act.details.get("persons", "1"))


def surely(acts: Iterable[KeptAct], on: date) -> list[KeptAct]:
    """Those that surely count on the day."""
    return [one for one in acts if not one.doubtful and one.last <= on]


def possibly(acts: Iterable[KeptAct], on: date) -> list[KeptAct]:
    """Those that possibly count on the day."""
    return [one for one in acts if one.first <= on]


def day_in(one: KeptAct, name: str) -> date | None:
    """A day that an act states."""
    return parse_day(one.act.details[name]) if name in one.act.details else None


def _fits(one: KeptAct, root: KeptAct) -> bool:
    return root.kind in BELONGS.get(one.kind, ())
