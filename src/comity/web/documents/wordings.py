"""The wording of drafts: one small file for each kind and language, filled with facts; what is not known is a blank with a hint.

A paragraph stands where all facts that it ``needs`` are known, and none of those that it ``lacks``.
Source: United Nations, Treaty Handbook, and Final Clauses of Multilateral Treaties, for the forms; the words are our own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from comity.terms import BadInput, Delay
from comity.web.documents.papers import Line, Look, Paragraph, Piece

LANGUAGES = ("en", "fr", "es", "de", "ar")
Facts = Mapping[str, Line]
_NAME = re.compile(r"\{([a-z_]+)\}")
_COUNTED = re.compile(r"[0-9IVXLC]")
_PRIVATE = "comity.web.documents"


@cache
def read(name: str, language: str) -> Mapping[str, Any]:
    """What a file of words holds; empty where there is none in this language."""
    file = files(_PRIVATE).joinpath("texts", f"{name}.{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def languages_of(name: str) -> tuple[str, ...]:
    """In which languages there is a wording of this name."""
    return tuple(code for code in LANGUAGES if read(name, code))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind of document in one language. ``variant``: which of the acts that share it."""

    name: str
    language: str
    variant: str = ""

    def __post_init__(self) -> None:
        if self.language not in languages_of(self.name):
            raise BadInput(f"language={self.language!r}; this document is drafted in {', '.join(languages_of(self.name))}")

    @property
    def common(self) -> Mapping[str, Any]:
        return read("common", self.language)

    @property
    def own(self) -> Mapping[str, Any]:
        return read(self.name, self.language)

    @property
    def words(self) -> Mapping[str, str]:
        """The words that tell the variant from the others."""
        found: Mapping[str, str] = self.own.get("variants", {}).get(self.variant, {})
        return found

    @property
    def direction(self) -> str:
        return str(self.common["direction"])

    def subject(self) -> str:
        return str(self.words.get("subject") or self.own["subject"])

    def paragraphs(self, facts: Facts) -> tuple[Paragraph, ...]:
        """The document, from its letterhead to the seal."""
        frame = self.common["frames"][self.own["form"]]
        known = {**facts, **{name: self.fill(text, facts) for name, text in self.words.items()}}
        known.setdefault("subject", self.fill(self.subject(), known))
        parts: Sequence[Mapping[str, Any]] = [*frame["before"], *self.own["paragraph"], *frame["after"]]
        return tuple(self._paragraph(part, known) for part in parts if _stands(part, known, self.variant))

    def _paragraph(self, part: Mapping[str, Any], facts: Facts) -> Paragraph:
        look: Look = part.get("look", "")
        text = str(part["text"])
        line = self.fill(text, facts)
        return Paragraph(_capital(line) if text.startswith("{") else line, look)

    def phrase(self, name: str, /, **facts: Line) -> Line:
        """One of the phrases that all drafts share, filled."""
        return self.fill(str(self.common["phrases"][name]), facts)

    def fill(self, text: str, facts: Facts) -> Line:
        """The text with each name in braces replaced by the fact, or by a blank."""
        found: list[Piece] = []
        for index, part in enumerate(_NAME.split(text)):
            if index % 2:
                found += facts.get(part) or (self.blank(part),)
            elif part:
                found.append(Piece(part))
        return tuple(found)

    def blank(self, name: str) -> Piece:
        """A blank, with what the hint says belongs there."""
        hints: Mapping[str, str] = {**self.common["hints"], **self.own.get("hints", {})}
        return Piece(hints[name], blank=True)

    def day(self, on: date) -> str:
        """The day, written out."""
        return str(self.common["date"]).format(
            day=self.common.get("first", 1) if on.day == 1 else on.day, month=self.common["months"][on.month - 1], year=on.year
        )

    def delay(self, delay: Delay) -> str | None:
        """A period in words; None where it is none that is counted in days, months and years alone."""
        parts = [(n, unit) for step in delay for n, unit in ((step.days, "days"), (step.months, "months"), (step.years, "years")) if n is not None]
        if not delay or len(parts) != len(delay):
            return None
        return str(self.common["and"]).join(self._counted(n, self.common["delays"][unit]) for n, unit in parts)

    def _counted(self, n: int, forms: Mapping[str, str]) -> str:
        name = "one" if n == 1 else "two" if n == 2 and "two" in forms else "few" if 3 <= n <= 10 and "few" in forms else "many"
        return forms[name].format(n=n)

    def listing(self, lines: Sequence[Line]) -> Line:
        """One, two and three."""
        found: list[Piece] = []
        for index, line in enumerate(lines):
            between = "" if not index else str(self.common["and"]) if index == len(lines) - 1 else ", "
            found += ([Piece(between)] if between else []) + list(line)
        return tuple(found)

    def cited(self, article: str, link: str) -> Line:
        """An article as it is cited: by its number, or as it stands where it has none."""
        name = "elsewhere" if not _COUNTED.match(article) else "articles" if re.search(r"[,;]", article) else "article"
        return self.phrase(name, number=(Piece(article, link),))


def _stands(part: Mapping[str, Any], facts: Facts, variant: str) -> bool:
    known = {*facts, variant}
    return all(name in known for name in part.get("needs", ())) and not any(name in known for name in part.get("lacks", ()))


def _capital(line: Line) -> Line:
    """The line with its first letter large."""
    if not line or line[0].blank or not line[0].words[:1].islower():
        return line
    first = line[0]
    return (Piece(first.words[0].upper() + first.words[1:], first.link, strong=first.strong, lang=first.lang), *line[1:])
