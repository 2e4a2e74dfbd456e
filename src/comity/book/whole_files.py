"""One file in TOML that is read whole: its bytes, what it says as a type, every problem in one line with where it stands.

Source: docs/reference/exercise-format.md and the other formats of single files.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from comity.book.decoding import Decoder
from comity.terms import BadInput, Moment

T = TypeVar("T")
LARGEST = 1_000_000
"""How large a file may be, in bytes."""
YEARS = 1900, 2200
"""In which years its days can be: another is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class FileKind(Generic[T]):
    """What such a file holds: as which type, in words (``an exercise``), and what to give where there is no file."""

    holds: type[T]
    what: str
    give: str

    def read(self, path: Path) -> tuple[T, str]:
        """What the file says, and the SHA-256 of its bytes; BadInput tells its problems, each with its line."""
        if not path.is_file():
            what = f"{str(path)!r} is a folder" if path.is_dir() else f"no file {str(path)!r}"
            raise BadInput(f"{what}; {self.give}")
        try:
            if path.stat().st_size > LARGEST:
                raise self._too_large(path.name)
            content = path.read_bytes()
        except OSError as wrong:
            raise BadInput(f"{str(path)!r} cannot be read ({wrong.strerror}); {self.give}") from None
        return self.read_from(content, path.name)

    def read_from(self, content: bytes, name: str) -> tuple[T, str]:
        """The same of the bytes of a file of this name."""
        if len(content) > LARGEST:
            raise self._too_large(name)
        found = Decoder(name, text_in(content, name)).whole(self.holds)
        for written, first, last in _days(found):
            if not YEARS[0] <= first.year <= last.year <= YEARS[1]:
                raise BadInput(f"{name}: {written} lies outside the years {YEARS[0]} to {YEARS[1]}; put the day right")
        return found, hashlib.sha256(content).hexdigest()

    def _too_large(self, name: str) -> BadInput:
        return BadInput(f"{name}: {self.what} of more than {LARGEST // 1_000_000} MB; give the file of one alone")


def text_in(content: bytes, name: str) -> str:
    """The text of a file of this name; BadInput where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"{name}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None


def _days(part: object) -> Iterator[tuple[str, date, date]]:
    """Every day in what a file says, however deep, as written and as the earliest and the latest that it can be."""
    if isinstance(part, Moment):
        yield part.written, part.first, part.last
    elif isinstance(part, date):
        yield part.isoformat(), part, part
    elif isinstance(part, tuple):
        yield from (day for one in part for day in _days(one))
    elif dataclasses.is_dataclass(part):
        yield from (day for field in dataclasses.fields(part) for day in _days(getattr(part, field.name)))
