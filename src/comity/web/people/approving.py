"""Several have to agree: when a proposal is approved, when it is refused, and whose word counts.

So many of a role approve, each with a reason, nobody of them who made it; one refusal ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from comity.web.readers import NotAllowed, Role


class State(StrEnum):
    """How far a proposal has come. Approved: by enough people, and not carried out yet."""

    OPEN = "open"
    REFUSED = "refused"
    APPROVED = "approved"
    DONE = "carried out"


@dataclass(frozen=True, slots=True)
class Word:
    """A yes or no, with the reason. ``roles``: what the person is, who says it."""

    by: str
    roles: Collection[Role]
    approves: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Made by whom, how many of which role it needs, and the words on it so far."""

    by: str
    needed: int
    role: Role
    words: tuple[Word, ...] = ()


def state(proposed: Proposed) -> State:
    """What the words come to: those of people who still have the role."""
    counted = [word for word in proposed.words if proposed.role in word.roles and word.by != proposed.by]
    if any(not word.approves for word in counted):
        return State.REFUSED
    return State.APPROVED if len({word.by for word in counted}) >= proposed.needed else State.OPEN


def _still_open(proposed: Proposed, word: Word) -> str | None:
    return None if state(proposed) is State.OPEN else "this proposal is decided"


def _not_ones_own(proposed: Proposed, word: Word) -> str | None:
    return "nobody approves what they proposed themselves; ask another" if word.by == proposed.by else None


def _has_the_role(proposed: Proposed, word: Word) -> str | None:
    return None if proposed.role in word.roles else f"{word.by} is no {proposed.role.value}, who decide this"


def _once(proposed: Proposed, word: Word) -> str | None:
    return f"{word.by} has said so already" if any(one.by == word.by for one in proposed.words) else None


def _with_a_reason(proposed: Proposed, word: Word) -> str | None:
    return None if word.reason.strip() else "say why, in a line"


RULES: tuple[Callable[[Proposed, Word], str | None], ...] = (_still_open, _not_ones_own, _has_the_role, _once, _with_a_reason)


def against(proposed: Proposed, word: Word) -> str | None:
    """Why this word is not taken; None: it is."""
    return next((line for rule in RULES if (line := rule(proposed, word)) is not None), None)


def take(proposed: Proposed, word: Word) -> None:
    """NotAllowed unless the word can be taken."""
    if (line := against(proposed, word)) is not None:
        raise NotAllowed(line)
