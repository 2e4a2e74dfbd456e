"""The file of an exercise's design: read whole, every problem in one line with where it stands.

Source: docs/reference/exercise-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.book.whole_files import FileKind
from comity.exercises import Design

DESIGNS = FileKind(Design, "an exercise", "give the file of an exercise, or begin one with: comity exercise new FILE")


@dataclass(frozen=True, slots=True)
class DesignRead:
    """A design with the hash of its file, as acts of kind *design-exercise* attach it."""

    design: Design
    sha256: str


def read_design(path: Path) -> DesignRead:
    """The design in the file; BadInput tells its problems, each with its line."""
    design, digest = DESIGNS.read(path)
    return DesignRead(design, f"sha256:{digest}")


def design_in(content: bytes, name: str) -> DesignRead:
    """The design in a file of this name; BadInput tells its problems, each with its line."""
    design, digest = DESIGNS.read_from(content, name)
    return DesignRead(design, f"sha256:{digest}")
