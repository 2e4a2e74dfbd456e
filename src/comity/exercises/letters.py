"""The draft of a notice as a letter: what the design says of the exercise, and what it does not say yet, in our own words.

Source: how-exercises-are-planned.md, 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.exercises.design import Design
from comity.exercises.notices import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice or an invitation, drafted: who writes to whom, under which article, by which day, and its particulars (None: not said yet)."""

    subject: str
    sender: str
    to: str
    under: str
    by_when: str
    read: str
    particulars: tuple[tuple[str, str | None], ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which particulars the design does not give."""
        return tuple(name for name, value in self.particulars if value is None)


def letter_of(notice: Notice, design: Design) -> Letter:
    """The letter that would carry the notice."""
    row = notice.row
    return Letter(
        subject=f"{row.what[:1].upper()}{row.what[1:]}: {design.title}",
        sender=row.owed_by or "the parties together",
        to=", ".join(row.owed_to) or "all parties",
        under=f"{notice.title}, article {row.article}" if row.article != "-" else notice.title,
        by_when=_by_when(notice),
        read=row.read,
        particulars=tuple(_particulars(design)),
    )


def _by_when(notice: Notice) -> str:
    due, latest = notice.row.due, notice.latest
    if due is None:
        return "no day is named"
    return f"{due}" if latest in (None, due) else f"not known yet: a day from {due} to {latest}"


def _particulars(design: Design) -> Iterator[tuple[str, str | None]]:
    numbers = design.numbers
    yield "Name of the exercise", design.title
    yield "Series", design.series or None
    yield "Purpose", design.aim or None
    yield "States taking part", ", ".join(design.nations) or None
    yield "Scheduled by", design.officers.scheduling
    yield "Conducted by", design.officers.conducting
    yield "Form", design.form
    yield "First day", design.from_.written if design.from_.certain else None
    yield "Last day", design.until.written if design.until.certain else None
    yield "Begins and ends its conduct", f"{design.begins} to {design.ends}" if design.startex or design.endex else None
    yield "Host", design.host
    yield "Area", design.area or design.territory or None
    yield "Highest formation", numbers.formation
    yield "Troops", _number(numbers.troops)
    yield "Troops by state", _by_state(design)
    yield "Battle tanks", _number(numbers.tanks)
    yield "Armoured combat vehicles", _number(numbers.vehicles)
    yield "Artillery pieces, mortars and rocket launchers of 100 mm and above", _number(numbers.artillery)
    yield "Aircraft sorties", _number(numbers.sorties)
    yield "Troops landed or dropped", _number(numbers.landing)
    yield "Held without notice to those who take part", "yes" if numbers.no_notice else "no"


def _number(number: int | None) -> str | None:
    return None if number is None else f"{number:,}"


def _by_state(design: Design) -> str | None:
    """The persons of each nation's forces, where each of its forces gives them."""
    told = []
    for one in design.participant:
        persons = [force.persons for force in one.force if force.persons is not None]
        if persons and len(persons) == len(one.force):
            told.append(f"{one.nation} {sum(persons):,}")
    return ", ".join(told) or None


def letter_text(letter: Letter) -> str:
    """The letter as Markdown."""
    memory = ["", "_What this rests on was read from memory and is not yet verified._"] if letter.read == "memory" else []
    rows = [f"| {name} | {value if value is not None else '**not said yet**'} |" for name, value in letter.particulars]
    return "\n".join(
        [
            f"# {letter.subject}",
            "",
            f"From: {letter.sender}  ",
            f"To: {letter.to}  ",
            f"Under: {letter.under}  ",
            f"To be sent by: {letter.by_when}",
            "",
            f"{letter.sender} has the honour to inform {letter.to} of the exercise described below.",
            "",
            "| particular | |",
            "|---|---|",
            *rows,
            *memory,
            "",
        ]
    )
