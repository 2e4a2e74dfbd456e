"""What is worked out of a design for one reader: where it stands, its flaws, what has to be notified, its legal bases, its days; once, and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.book import DesignRead
from comity.exercises import (
    Design,
    DesignDay,
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
from comity.terms import Broken, ComityError
from comity.web.asking import Asked


@dataclass(frozen=True, slots=True)
class Looked:
    """``notices`` and ``matrix`` None: ``silent`` and ``uncovered`` say why they cannot be told."""

    read: DesignRead
    process: Process
    life: Life
    flaws: tuple[Broken, ...]
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
    """The design as it stands on the day; its coverage and flaws are the same on whatever day one looks.

    Not ``keep``: it is on no record, and nothing of it stays. BadInput if there is no such process.
    """
    ask, first = this.fold.ask, read.design.from_.first
    covered = ask(first, ("coverage of an exercise", read.sha256), lambda standing: _matrix(read.design, standing), record=this.record, keep=keep)
    flaws = ask(first, ("flaws of an exercise", read.sha256), lambda standing: (_flaws(read.design, standing),), record=this.record, keep=keep)
    told = ask(this.on, ("notices of an exercise", read.sha256), lambda standing: _notices(read.design, standing), record=this.record, keep=keep)
    life = ask(this.on, ("life of an exercise", read.sha256), lambda standing: _life(read.design, standing), record=this.record, keep=keep)
    process, days = process_of(read.design.process), days_of(read.design, told[0])
    return Looked(read, process, life, flaws[0], days, unsure_days(read.design), told[0], covered[0], told[1], covered[1])


def notices_for(this: Asked, read: DesignRead) -> Notices | None:
    """What has to be notified of an exercise on record, without the rest; None: that cannot be told."""
    key = ("notices of an exercise", read.sha256)
    return this.fold.ask(this.on, key, lambda standing: _notices(read.design, standing), record=this.record)[0]


def _life(design: Design, standing: Standing) -> Life:
    return life_of(design, process_of(design.process), standing)


def _flaws(design: Design, standing: Standing) -> tuple[Broken, ...]:
    return check_design(design, process_of(design.process), known_of(design, standing))


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
