"""Where a dispute and its steps stand in one reading. Types only.

Source: how-disputes-are-followed.md, section 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from comity.disputes.stages import DisputeState, MeansState


@dataclass(frozen=True, slots=True)
class Turn:
    """One step: its state since which day; when it was asked for and by whom; for which sides a member is appointed."""

    state: MeansState = MeansState.NOT_BEGUN
    since: date | None = None
    asked: date | None = None
    at: datetime | None = None
    by: str | None = None
    appointed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """The dispute: when it was raised (None: not yet), how it ended (None: it has not), who said that it is settled, and its steps."""

    steps: tuple[Turn, ...]
    raised: date | None = None
    raised_at: datetime | None = None
    over: DisputeState | None = None
    agreed: frozenset[str] = frozenset()

    @property
    def state(self) -> DisputeState | None:
        """Where it stands; None: it has not been raised."""
        return None if self.raised is None else self.over or DisputeState.OPEN
