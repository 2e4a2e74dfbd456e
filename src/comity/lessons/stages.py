"""The states of a lesson, the acts that lead to them, and what a lesson looks like on a day.

Source: how-lessons-are-learned.md, sections 1, 2 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act
from comity.terms import Finding, Verdict


class LessonState(StrEnum):
    """Where an observation stands. Source: section 2.1."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    IDENTIFIED = "identified"
    PLANNED = "planned"
    COMPLETED = "completed"
    LEARNED = "learned"
    REJECTED = "rejected"


SUBMIT, ACCEPT, REJECT, IDENTIFY = "submit-observation", "accept-observation", "reject-observation", "identify-lesson"
PLAN, COMPLETE, VALIDATE = "plan-remedy", "complete-remedy", "validate-lesson"
LESSON_KINDS = (SUBMIT, ACCEPT, REJECT, IDENTIFY, PLAN, COMPLETE, VALIDATE)
"""In the order in which those of one day are taken."""
NEXT_STEPS: dict[LessonState, str] = {
    LessonState.SUBMITTED: "accept or reject it",
    LessonState.ACCEPTED: "analyse it and identify the lesson",
    LessonState.IDENTIFIED: "plan the remedial action",
    LessonState.PLANNED: "complete the remedial action",
    LessonState.COMPLETED: "validate it",
    LessonState.LEARNED: "",
    LessonState.REJECTED: "",
}
"""What has to be done next, in words."""


@dataclass(frozen=True, slots=True)
class LessonStage:
    """One state that a lesson can be in: by which act since which day, who has to act next, by which day, and what the remedial action is."""

    state: LessonState
    by: Act
    since: date
    who: tuple[str, ...] = ()
    due: date | None = None
    remedy: Act | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """An observation on a day. ``stages``: those that it can be in, the first the one that the board shows; one alone where ``verdict`` is yes.

    ``absent``: in some reading there is no observation yet. ``acts``: those that belong to it, by reference, in their order up to the day.
    """

    observation: Act
    verdict: Verdict
    stages: tuple[LessonStage, ...]
    late: Verdict
    absent: bool = False
    acts: tuple[Act, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def stage(self) -> LessonStage:
        """The first that it can be in."""
        return self.stages[0]

    @property
    def state(self) -> LessonState | None:
        """Its state, where that is sure."""
        return self.stage.state if self.verdict is Verdict.YES else None

    @property
    def activity(self) -> str:
        """The exercise or operation in which it was seen."""
        return self.observation.details.get("activity", "")

    @property
    def title(self) -> str:
        """What it is called."""
        return self.observation.details.get("title", "")
