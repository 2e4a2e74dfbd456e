"""The letter by which an exercise is notified: what the room says of it, in the language that the reader chooses.

What the design says in its own words (its title, its aim) stays as it was written, and is marked as English in a letter that is not.
"""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language

from comity.exercises import Design, Letter, Notice, Notices, letter_of
from comity.reports import printable
from comity.terms import Label, NotOnRecord, join
from comity.web.asking import Asked, read_number
from comity.web.documents.names_of_parties import Names
from comity.web.documents.papers import Block, Grid, Line, Paper, Paragraph, Piece, words
from comity.web.documents.wordings import Wording, languages_of
from comity.web.languages import offered

LETTER = "letter"
"""Under which name the words of letters are kept."""
PARTIES = ("States taking part", "Scheduled by", "Conducted by", "Host")
DAYS = ("First day", "Last day")
OWN = ("Name of the exercise", "Series", "Purpose", "Area", "Highest formation")
"""Particulars by what they hold: codes of parties, days, what the design says in its own words. The others are numbers, and words of ours."""


def read_letter(notices: Notices | None, text: str) -> tuple[int, Notice]:
    """The notice of this number; NotOnRecord if there is none."""
    number = read_number(text, 0 if notices is None else len(notices.owed))
    if notices is None or not number:
        raise NotOnRecord(f"letter={text[:20]!r}: the exercise has no such notice; choose one of those on its page")
    return number, notices.owed[number - 1]


def language_of(request: HttpRequest) -> str:
    """The language that is asked for, else that of the page if letters are worded in it."""
    spoken = get_language() or "en"
    return request.GET.get("language", "").strip() or (spoken if spoken in languages_of(LETTER) else "en")


def tongues() -> list[tuple[str, str]]:
    """The languages in which letters are worded, each by its code and its own name."""
    return [(code, name) for code, name in offered() if code in languages_of(LETTER)]


def letter(this: Asked, design: Design, notice: Notice, label: Label, language: str) -> Paper:
    """The notice as a letter to be signed; BadInput where letters have no words in this language. ``label``: of the design."""
    return _Writing(this, design, notice, language).paper(label)


class _Writing:
    """One letter, put into words."""

    def __init__(self, this: Asked, design: Design, notice: Notice, language: str) -> None:
        self.this, self.design, self.notice, self.wording = this, design, notice, Wording(LETTER, language)
        self.names, self.told = Names(this, self.wording), letter_of(notice, design)
        self.say, self.english = self.wording.own["words"], "" if language == "en" else "en"

    def paper(self, label: Label) -> Paper:
        subject, say = self._subject(), self.say
        told: Letter = self.told
        facts = {"sender": self._sender(), "to": self._to(), "under": self._under(), "day": (Piece(self._by_when(), strong=True),)}
        blocks: list[Block] = [
            Paragraph(facts["sender"], "letterhead"),
            Paragraph(subject, "subject"),
            Paragraph(self.wording.fill(say["to"], facts)),
            Paragraph(self.wording.fill(say["by"], facts)),
            Paragraph(self.wording.fill(say["opening"], facts), "lead"),
            Grid(say["caption"], tuple(say["heads"]), tuple(self._particular(*one) for one in told.particulars), titled=False),
            Paragraph(words(Piece(say["place"], blank=True)), "place"),
            Paragraph(words(Piece(say["signature"], blank=True)), "signature"),
        ]
        if told.read == "memory":
            blocks.append(Paragraph(words(say["memory"]), "note"))
        title = "".join(piece.words for piece in subject)
        marking = join([label, self.notice.row.label]).marking
        return Paper(title, tuple(blocks), self._foot(), lang=self.wording.language, direction=self.wording.direction, marking=marking)

    def _subject(self) -> Line:
        """As the clause calls it, in English; in other languages by the act that discharges it."""
        if not self.english:
            return words(printable(self.told.subject))
        subjects = self.wording.own["subjects"]
        kind = self.notice.act.kind if self.notice.act is not None else "other"
        return self.wording.fill(subjects.get(kind, subjects["other"]), {"title": self._own(self.design.title)})

    def _sender(self) -> Line:
        return self.names.name(self.notice.row.owed_by) if self.notice.row.owed_by else words(self.say["together"])

    def _to(self) -> Line:
        codes = self.notice.row.owed_to
        return self.wording.listing([self.names.name(code) for code in codes]) if codes else words(self.say["all"])

    def _under(self) -> Line:
        article = self.notice.row.article
        title = self._own(self.notice.title)
        return title if article == "-" else (*title, Piece(", "), *self.wording.cited(printable(article), ""))

    def _by_when(self) -> str:
        due, latest = self.notice.row.due, self.notice.latest
        if due is None:
            return str(self.say["no_day"])
        if latest in (None, due):
            return self._day(due)
        return str(self.say["between"]).format(first=self._day(due), last=self._day(latest or due))

    def _particular(self, name: str, value: str | None) -> tuple[Line, Line]:
        called = words(self.wording.own["particulars"][name])
        return called, words(Piece(self.say["not_said"], blank=True)) if value is None else self._value(name, value)

    def _value(self, name: str, value: str) -> Line:
        if name in PARTIES:
            return self.wording.listing([self.names.name(code) for code in value.split(", ")])
        if name in DAYS:
            return words(self._day(value))
        if name in OWN:
            return self._own(value)
        if name == "Begins and ends its conduct":
            return words(self.say["span"].format(first=self._day(str(self.design.begins)), last=self._day(str(self.design.ends))))
        if name == "Form":
            return words(self.wording.own["forms"].get(value, value))
        if value in ("yes", "no"):
            return words(self.say[value])
        return words(re.sub(r"(?<=\d),(?=\d)", self.say["thousands"], printable(value)))

    def _own(self, text: str) -> Line:
        """The record's own words."""
        return (Piece(printable(text), lang=self.english),)

    def _day(self, day: date | str) -> str:
        """A day, written out where it is known in full."""
        if isinstance(day, str):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                return printable(day)
            day = date.fromisoformat(day)
        return self.wording.day(day)

    def _foot(self) -> str:
        below, this = self.wording.common["below"], self.this
        seen = {None: below["keeper"], "public": below["public"]}.get(this.viewer) or this.name(this.viewer or "")
        record = str(self.wording.common["quoted"]).format(words=this.record.title)
        return printable(str(self.say["foot"]).format(design=self.design.id, record=record, on=self._day(this.on), viewer=seen))
