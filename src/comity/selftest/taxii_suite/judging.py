"""Checks and what is said of them: what a section demands, whether the server does it, and what it did instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from comity.selftest.taxii_suite.scene import Scene

Weight = Literal["must", "should", "sound"]
"""``must``, ``should``: the standard's own words. ``sound``: follows from them, or data is lost or clients break without it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One demand. ``section``: of TAXII 2.1, unless it names another text. ``does``: says what it saw, or raises Failed or Untested."""

    number: int
    section: str
    weight: Weight
    what: str
    does: Callable[[Scene], str | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a check. ``passed`` None: this server offers nothing to test it on; ``said``: why, or what was seen."""

    number: int
    section: str
    weight: Weight
    what: str
    passed: bool | None
    said: str


class Failed(Exception):
    """The server did something else than the section demands."""


FORMLESS = (HTTPException, OSError, ValueError, LookupError, TypeError, AttributeError)
"""What a check runs into where an answer is not of the form that the standard describes, or does not come."""


class Untested(Exception):
    """The server offers nothing to test it on."""


def ensure(holds: object, said: str) -> None:
    """Failed with what was seen, unless it holds."""
    if not holds:
        raise Failed(said)
