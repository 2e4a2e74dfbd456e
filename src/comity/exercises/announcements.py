"""Which yearly duties are about activities of a later year, and so about an exercise: a calendar of the next year's, the largest ones long before.

Source: how-exercises-are-planned.md, 5.5; the duties themselves are clauses of the agreements, with their articles.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Announcement:
    """A yearly duty about the activities that begin so many calendar ``years`` after it falls due.

    ``reaches``: those that reach the thresholds of this other duty under the agreement; ``above``: those above the sizes of this constraint.
    """

    agreement: str
    duty: str
    years: int
    reaches: str | None = None
    above: str | None = None


@cache
def announcements() -> tuple[Announcement, ...]:
    """Every such duty that there is."""
    text = files("comity.exercises").joinpath("announcements.toml").read_text(encoding="utf-8")
    return tuple(Announcement(**one) for one in tomllib.loads(text)["announcement"])
