"""Designs on record: of each exercise the last version that an act of kind *design-exercise* attaches by the day, read from its document.

What the reader may not see is not there: neither the act nor the document that it alone names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from comity.acts import Act
from comity.book import DesignRead, design_in
from comity.standing import Standing
from comity.terms import BadInput
from comity.web.asking import Asked
from comity.web.telling import told

DESIGNED = "design-exercise"
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The design of an exercise on record: by which acts, the last of them the one that counts; ``read`` None: ``problem`` says why not."""

    activity: str
    acts: tuple[Act, ...]
    read: DesignRead | None
    problem: str = ""

    @property
    def act(self) -> Act:
        return self.acts[-1]


def named(activity: str) -> str:
    """The name of an exercise as it is looked up: in small letters, with one blank between words."""
    return " ".join(activity.split()).casefold()


def designs_of(this: Asked) -> Mapping[str, Recorded]:
    """The designs on record by the day, by the names of their exercises."""
    return this.ask("designs of exercises", lambda standing: _designs(this, standing))


def _designs(this: Asked, standing: Standing) -> dict[str, Recorded]:
    versions: dict[str, list[tuple[date, Act]]] = {}
    for act, _sure in standing.acts_of((DESIGNED,)):
        done = act.done
        if done is not None and done.first <= standing.on and act.details.get("activity"):
            versions.setdefault(named(act.details["activity"]), []).append((done.first, act))
    return {name: _recorded(this, acts) for name, acts in versions.items()}


def _recorded(this: Asked, versions: Iterable[tuple[date, Act]]) -> Recorded:
    acts = tuple(act for _day, act in sorted(versions, key=lambda one: (one[0], one[1].ref, one[1].hash)))
    activity = acts[-1].details["activity"]
    try:
        return Recorded(activity, acts, _read(this, acts[-1], activity))
    except BadInput as problem:
        return Recorded(activity, acts, None, str(problem))


def _read(this: Asked, act: Act, activity: str) -> DesignRead:
    paper = next((one for one in act.attachments if one.media_type == TEXT), None)
    if paper is None:
        raise BadInput(told(_("%(act)s attaches no text; attach the file of the design, which is plain text"), act=act.ref))
    content = this.held.document(paper.sha256)
    if content is None:
        raise BadInput(told(_("the document that %(act)s attaches is not kept here; bring its bytes, or ask its source"), act=act.ref))
    read = design_in(content, paper.title or act.ref)
    if read.design.id != activity:
        message = _("%(act)s is of %(activity)s, and the file that it attaches is the design of %(other)s; record the right file")
        raise BadInput(told(message, act=act.ref, activity=repr(activity), other=repr(read.design.id)))
    return read
