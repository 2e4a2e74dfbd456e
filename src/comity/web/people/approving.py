"""Several have to agree: when a proposal is approved, when it is refused, and whose word counts.

So many of a role approve, each with a reason, nobody of them who made it; one refusal ends it. An approval is of what was shown: where the record
has changed since in what matters, it lapses.
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
    """A yes or no, with the reason. ``roles``: what the person is, who says it. ``stands``: is what they were shown as it is now, as they see it?"""

    by: str
    roles: Collection[Role]
    approves: bool
    reason: str
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Proposed:
    """Made by whom, how many of which role it needs, and the words on it so far."""

    by: str
    needed: int
    role: Role
    words: tuple[Word, ...] = ()

    @property
    def lapsed(self) -> tuple[Word, ...]:
        """Approvals of what was shown before the record changed."""
        return tuple(word for word in self.words if word.approves and not word.stands)

    @property
    def left(self) -> int:
        """How many more have to approve it."""
        return max(0, self.needed - len({word.by for word in _counted(self) if word.approves and word.stands}))


def _counted(proposed: Proposed) -> list[Word]:
    """The words of people who still have the role."""
    return [word for word in proposed.words if proposed.role in word.roles and word.by != proposed.by]


def state(proposed: Proposed) -> State:
    """What the words come to."""
    if any(not word.approves for word in _counted(proposed)):
        return State.REFUSED
    return State.OPEN if proposed.left else State.APPROVED


def _still_open(proposed: Proposed, word: Word) -> str | None:
    return None if state(proposed) is State.OPEN else "this proposal is decided"


def _not_ones_own(proposed: Proposed, word: Word) -> str | None:
    return "nobody approves what they proposed themselves; ask another" if word.by == proposed.by else None


def _has_the_role(proposed: Proposed, word: Word) -> str | None:
    return None if proposed.role in word.roles else f"{word.by} is no {proposed.role.value}, who decide this"


def _once(proposed: Proposed, word: Word) -> str | None:
    return f"{word.by} has said so already" if any(one.by == word.by and one.stands for one in proposed.words) else None


def _of_what_is_there(proposed: Proposed, word: Word) -> str | None:
    return None if word.stands else "the record changed since this was shown; look at it again"


def _with_a_reason(proposed: Proposed, word: Word) -> str | None:
    return None if word.reason.strip() else "say why, in a line"


RULES: tuple[Callable[[Proposed, Word], str | None], ...] = (
    _still_open, _not_ones_own, _has_the_role, _once, _of_what_is_there, _with_a_reason,
)  # fmt: skip


def against(proposed: Proposed, word: Word) -> str | None:
    """Why this word is not taken; None: it is."""
    return next((line for rule in RULES if (line := rule(proposed, word)) is not None), None)


def take(proposed: Proposed, word: Word) -> None:
    """NotAllowed unless the word can be taken."""
    if (line := against(proposed, word)) is not None:
        raise NotAllowed(line)
