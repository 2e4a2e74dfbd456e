"""The document that was brought with a form, beside the form: what it is, its text, and what of that may be taken into which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.keeping import Document
from comity.terms import BadInput
from comity.web.asking import Asked
from comity.web.attached.reading import Text
from comity.web.attached.shelf import Paper
from comity.web.recording.fields import Filled, title_of
from comity.web.recording.ground import Ground
from comity.web.recording.hints import TAKEN, Hints, hints_of

FIRST = 6
"""So many pages of its text stand beside the form."""
LISTS = ("counterparty",)


@dataclass(frozen=True, slots=True)
class Beside:
    """``text`` None: it is still being read. ``fields``: into which a day, a party or a registration may be taken, with what each is called."""

    title: str
    media_type: str
    language: str
    size: int
    text: Text | None
    hints: Hints | None
    days: Sequence[tuple[str, str]]
    parties: Sequence[tuple[str, str]]
    registrations: Sequence[tuple[str, str]]

    @property
    def pages(self) -> Iterable[tuple[int, str]]:
        """The first pages of its text, numbered."""
        return enumerate(self.text.pages[:FIRST], 1) if self.text is not None else ()

    @property
    def more(self) -> int:
        """How many pages of its text do not stand here."""
        return max(0, len(self.text.pages) - FIRST) if self.text is not None else 0


def beside(this: Asked, ground: Ground, filled: Filled, document: Document | None, attachments: str) -> Beside | None:
    """The document with what was read of it within the page's patience; None where none was brought."""
    if document is None:
        return None
    shelf, paper = this.held.shelf, Paper(document.sha256, document.media_type)
    shelf.have_read({paper: lambda: document.content}, this.held.patience)
    text = shelf.text(paper)
    hints = hints_of(this, text, filled.of("actor")) if text is not None else None
    _, media_type, language, title = [*attachments.split(" ", 3), "", ""][:4]
    days, parties = ("made", "received", "notified", "effect"), ("counterparty", "depositary")
    return Beside(title, media_type, language, len(document.content), text, hints, *(_titled(names) for names in (days, parties, ("registration",))))


def _titled(names: Iterable[str]) -> Sequence[tuple[str, str]]:
    return tuple((name, title_of(name)) for name in names)


def taken(given: Mapping[str, str], filled: Filled) -> Filled:
    """What was filled in, with what was taken from the document's text; BadInput for a field into which nothing is taken."""
    field, _, value = given.get("take", "").partition("=")
    if not field:
        return filled
    if field not in TAKEN:
        raise BadInput(f"{field[:40]!r} is no field into which something is taken from a text; fill it in by hand")
    before = filled.of(field)
    if field in LISTS and before:
        value = before if value in [one.strip() for one in before.split(";")] else f"{before}; {value}"
    return filled.with_values(**{field: value.strip()})
