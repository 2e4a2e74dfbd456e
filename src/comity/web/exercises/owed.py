"""What has to be notified of an exercise, line by line: with the form that records the act, and the letter to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.acts import Act
from comity.book import COLUMNS, row_of
from comity.exercises import Design, Notice, Notices, drafts, letter_of
from comity.terms import Label, NotOnRecord, join
from comity.web.asking import Asked, read_number
from comity.web.documents.handing_out import marking_of
from comity.web.documents.papers import Block, Grid, Line, Paper, Paragraph, Piece, printable, words
from comity.web.duties import SHAPES
from comity.web.linking import href
from comity.web.recording.export import to_csv
from comity.web.tables import harmless


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed: by its number; ``record``: the form for the act that discharges it, filled in (blank: none would)."""

    number: int
    notice: Notice
    shape: str
    look: str
    record: str

    @property
    def lasts(self) -> bool:
        """Does its last day depend on a day that is not known yet?"""
        return self.notice.latest not in (None, self.notice.row.due)

    @property
    def why(self) -> Sequence[str]:
        """The reasons that decide it: the threshold reached, and what does not hold."""
        return [reason.says for reason in self.notice.row.because if reason.rule == "threshold" or not reason.holds]


def owed_of(notices: Notices | None) -> list[Owed]:
    """The lines, by their last days."""
    return [] if notices is None else [_owed(number, one) for number, one in enumerate(notices.owed, 1)]


def _owed(number: int, one: Notice) -> Owed:
    done = one.act is None or bool(one.row.discharged_by)
    record = "" if done or one.act is None else record_link(one.act)
    return Owed(number, one, SHAPES.get(one.row.state, "v-yes"), str(one.row.state).replace(" ", "-"), record)


def record_link(act: Act) -> str:
    """The form of the recording desk for this act, with what is known of it filled in; the day is left to whoever does it."""
    told = {f"d.{name}": value for name, value in act.details.items()}
    parties = {"counterparty": "; ".join(act.counterparty), "territory": "; ".join(act.territory)}
    about = {"kind": act.kind, "actor": act.actor, "agreement": act.agreement or "", "article": act.article or "", "ref": act.ref}
    return href({}, "record-act", **about, **parties, source=act.source.citation, **told)


def acts_as_csv(this: Asked, notices: Notices | None) -> bytes:
    """The acts that would be recorded once what is owed was done, as a table that can be brought to the recording desk."""
    entries = [] if notices is None else drafts(notices, this.on)
    rows = [row_of(entry, None, recorded=False) for entry in entries]
    return to_csv([COLUMNS, *([harmless(row[name]) for name in COLUMNS] for row in rows)])


# -- letters ----------------------------------------------------------------------------------------------------------


def read_letter(notices: Notices | None, text: str) -> tuple[int, Notice]:
    """The notice of this number; NotOnRecord if there is none."""
    number = read_number(text, 0 if notices is None else len(notices.owed))
    if notices is None or not number:
        raise NotOnRecord(f"letter={text[:20]!r}: the exercise has no such notice; choose one of those on its page")
    return number, notices.owed[number - 1]


def letter(this: Asked, design: Design, notice: Notice, label: Label) -> Paper:
    """The notice as a letter to be signed; in English, as the agreements on record are read. ``label``: of the design."""
    told = letter_of(notice, design)
    sender, to = _named(this, told.sender), ", ".join(_named(this, code) for code in notice.row.owed_to) or "all parties"
    opening = f"{sender} has the honour to inform {to} of the exercise described below, under {told.under}."
    blocks: list[Block] = [
        Paragraph(words(printable(sender)), "letterhead"),
        Paragraph(words(printable(told.subject)), "subject"),
        Paragraph(words("To: ", printable(to))),
        Paragraph(words("To be sent by: ", Piece(told.by_when, strong=True))),
        Paragraph(words(printable(opening)), "lead"),
        Grid("Particulars of the exercise", ("Particular", "As designed"), tuple(_particular(*one) for one in told.particulars), titled=False),
        Paragraph(words(Piece("place and day", blank=True)), "place"),
        Paragraph(words(Piece("signature and seal", blank=True)), "signature"),
    ]
    if told.read == "memory":
        blocks.append(Paragraph(words("What this rests on was read from memory and is not yet verified."), "note"))
    seen = this.viewer or "the record's keeper"
    foot = f"Drafted from the design of {design.id} and the record “{this.record.title}” as of {this.on}, as seen by {seen}. Nothing is recorded."
    return Paper(printable(told.subject), tuple(blocks), printable(foot), marking=marking_of(join([label, notice.row.label])))


def _named(this: Asked, code: str) -> str:
    return this.name(code) if code in this.record.register.parties else code


def _particular(name: str, value: str | None) -> tuple[Line, Line]:
    return words(name), words(Piece("not said yet", blank=True) if value is None else printable(value))
