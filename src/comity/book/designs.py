"""The file of an exercise's design: read whole, every problem in one line with where it stands.

Source: docs/reference/exercise-format.md.
"""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.book.decoding import Decoder
from comity.exercises import Design
from comity.terms import BadInput, Moment

LARGEST, SHOWN = 1_000_000, 8
"""How large a design may be, in bytes, and how many of its problems are shown at once."""
YEARS = 1900, 2200
"""In which years an exercise can be: another is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class DesignRead:
    """A design with the hash of its file, as acts of kind *design-exercise* attach it."""

    design: Design
    sha256: str


def read_design(path: Path) -> DesignRead:
    """The design in the file; BadInput tells its problems, each with its line."""
    if not path.is_file():
        what = f"{str(path)!r} is a folder" if path.is_dir() else f"no file {str(path)!r}"
        raise BadInput(f"{what}; give the file of an exercise, or begin one with: comity exercise new FILE")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path.name}: a design of more than {LARGEST // 1_000_000} MB; give the file of one exercise")
    return design_in(path.read_bytes(), path.name)


def design_in(content: bytes, name: str) -> DesignRead:
    """The design in a file of this name; BadInput tells its problems, each with its line."""
    if len(content) > LARGEST:
        raise BadInput(f"{name}: a design of more than {LARGEST // 1_000_000} MB; give the file of one exercise")
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as problem:
        raise BadInput(f"{name}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{name}: not TOML: {problem}; put the line right") from None
    decoder = Decoder(name, text)
    found = decoder.decode(Design, data)
    if found is None:
        lines = [str(problem) for problem in sorted(decoder.problems, key=lambda problem: problem.line)]
        more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        raise BadInput("\n".join([*lines[:SHOWN], *more]))
    for moment in _moments(found):
        if not YEARS[0] <= moment.first.year <= moment.last.year <= YEARS[1]:
            raise BadInput(f"{name}: {moment} lies outside the years {YEARS[0]} to {YEARS[1]}; put the day right")
    return DesignRead(found, f"sha256:{hashlib.sha256(content).hexdigest()}")


def _moments(part: object) -> Iterator[Moment]:
    """Every moment in a design, however deep."""
    if isinstance(part, Moment):
        yield part
    elif isinstance(part, tuple):
        yield from (moment for one in part for moment in _moments(one))
    elif dataclasses.is_dataclass(part):
        yield from (moment for field in dataclasses.fields(part) for moment in _moments(getattr(part, field.name)))
