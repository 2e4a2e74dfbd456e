"""What every clause has, whatever it is about: its article, what it says in our own words, how it was read; types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["text", "secondary", "memory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What all clauses have: article, what it says in our own words, how it was read, and where from."""

    article: str
    says: str
    read: Basis = "text"
    source: str | None = None
