"""The one door between an answer and whoever asked: nothing of an answer is shown, printed or written that did not pass here.

Today it lets everything pass, because a question is answered only from acts that its viewer may see. The release gate
takes this function's place: it will look at the label, the viewer and the purpose, and write down what it let out.
"""

from __future__ import annotations

from typing import TypeVar

from comity.duties import DutyStatus
from comity.permissions import Stationing
from comity.responses import Response
from comity.standing import Change, Coming, CoveredChange, Difference
from comity.terms import Answer, Finding

Shown = TypeVar("Shown", Answer, Change, Coming, CoveredChange, Difference, DutyStatus, Finding, Response, Stationing)


def show(answer: Shown, viewer: str | None) -> Shown:
    """What ``viewer`` (None: the record's keeper) gets to see of ``answer``."""
    return answer
