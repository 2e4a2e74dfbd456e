"""What is worked out of a design for one reader: where it stands, its flaws, what has to be notified, its legal bases, its days; once, and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.book import DesignRead
from comity.exercises import (
    Design,
    DesignDay,
    Flaw,
    Life,
    Notices,
    Process,
    check_design,
    coverage_of,
    days_of,
    known_of,
    life_of,
    notices_of,
    process_of,
    unsure_days,
)
from comity.permissions import Matrix
from comity.questions import show
from comity.standing import Standing
from comity.terms import ComityError
from comity.web.asking import Asked


@dataclass(frozen=True, slots=True)
class Looked:
    """``notices`` and ``matrix`` None: ``silent`` and ``uncovered`` say why they cannot be told."""

    read: DesignRead
    process: Process
    life: Life
    flaws: tuple[Flaw, ...]
    days: tuple[DesignDay, ...]
    unsure: tuple[str, ...]
    notices: Notices | None
    matrix: Matrix | None
    silent: str = ""
    uncovered: str = ""

    @property
    def design(self) -> Design:
        return self.read.design


def looked_at(this: Asked, read: DesignRead, keep: bool = True) -> Looked:
    """The design as it stands on the day; BadInput if there is no such process. Not ``keep``: it is on no record, and nothing of it stays."""
    key = ("design of an exercise", read.sha256)
    return this.fold.ask(this.on, key, lambda standing: _look(read, standing), record=this.record, keep=keep)


def notices_for(this: Asked, read: DesignRead) -> Notices | None:
    """What has to be notified of an exercise on record, without the rest; None: that cannot be told."""
    key = ("notices of an exercise", read.sha256)
    (found,) = this.fold.ask(this.on, key, lambda standing: (_notices(read.design, standing)[0],), record=this.record)
    return found


def _look(read: DesignRead, standing: Standing) -> Looked:
    design, process = read.design, process_of(read.design.process)
    life, flaws = life_of(design, process, standing), check_design(design, process, known_of(design, standing))
    notices, silent = _notices(design, standing)
    matrix, uncovered = _matrix(design, standing)
    return Looked(read, process, life, flaws, days_of(design, notices), unsure_days(design), notices, matrix, silent, uncovered)


def _notices(design: Design, standing: Standing) -> tuple[Notices | None, str]:
    """As far as the viewer gets to see them."""
    try:
        standing.record.party(design.host)
        found = notices_of(design, standing)
    except ComityError as problem:
        return None, str(problem)
    return replace(found, owed=tuple(replace(one, row=show(one.row, standing.viewer)) for one in found.owed)), ""


def _matrix(design: Design, standing: Standing) -> tuple[Matrix | None, str]:
    """As far as the viewer gets to see it."""
    try:
        found = coverage_of(design, standing)
    except ComityError as problem:
        return None, str(problem)
    return replace(found, needs=tuple(replace(need, answer=show(need.answer, standing.viewer)) for need in found.needs)), ""
