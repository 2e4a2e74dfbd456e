"""Whether others have to agree before something comes on record, and where that is asked of them; who keeps accounts says so.

Without accounts nobody approves anything, and what is recorded is recorded at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest

from comity.acts import Entry
from comity.keeping import Document, Previewed

APPROVALS = "comity.approvals"
"""In a request: whoever sees to approvals, where there are accounts."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants recorded: the rows as they were looked at, with documents, by the form with this token; what on record they answer."""

    token: str
    rows: Sequence[Previewed]
    documents: Sequence[Document]
    answered: Sequence[Entry]


class Proposed(Exception):
    """It is not on record: others have to approve it first, under the proposal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Approvals(Protocol):
    """What recording asks of whoever sees to approvals."""

    def needed(self, rows: Sequence[Previewed], answered: Sequence[Entry]) -> bool:
        """Do others have to approve these, if this reader records them? ``answered``: what on record they answer."""
        ...

    def propose(self, wanted: Wanted) -> int:
        """The number of the proposal, which is made once for each token."""
        ...

    def proposed_before(self, token: str) -> int | None:
        """The number of the proposal that was made of the form with this token."""
        ...

    def listed(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Every proposal that the reader may see, as plain data."""
        ...

    def told(self, request: HttpRequest, number: int) -> tuple[dict[str, Any], str]:
        """One proposal as plain data, and the digest of what it rests on; NotOnRecord if the reader may see none of that number."""
        ...

    def say(self, request: HttpRequest, number: int, approves: bool, reason: str, seen: str) -> None:
        """The reader's word on it, who was shown what has the digest ``seen``."""
        ...

    def approved(self, act: str) -> dict[str, Any] | None:
        """By which proposal an act came on record: ``number``, ``by`` and ``approved_by``; None: by none that the reader may see."""
        ...
