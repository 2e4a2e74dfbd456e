"""Something that a procedure awaits of a party, or leaves open to it.

Source: what-is-awaited.md, section 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from comity.terms import Verdict

PROCEDURES = ("decision", "dispute", "incident", "action", "meeting", "lesson", "at home")
"""The procedures from which it is gathered, in the order in which those of one day are told."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """``party``: of whom. ``word``: what, in words of the program; ``detail``: what of it the record or a clause says.

    ``open``: it may, but need not. ``ref``: the act with which the procedure began.
    ``until``: the last day (``at``: the last instant, in UTC) on which it is in time; None: by no set day. ``late``: whether that has
    passed without. ``sure``: whether the procedure stands where this is awaited. ``public``: whether the act with which it began is.
    """

    party: str
    word: str
    detail: str
    procedure: str
    ref: str
    subject: str
    agreement: str | None
    article: str
    until: date | None
    at: datetime | None
    late: Verdict
    sure: Verdict
    open: bool
    public: bool

    @property
    def what(self) -> str:
        """What, in words."""
        detail = f"({self.detail})" if self.procedure == "at home" else self.detail
        return " ".join(part for part in (self.word, detail) if part)

    @property
    def order(self) -> tuple[bool, date, int, str, str]:
        """By the day until which, those without one last."""
        return self.until is None, self.until or date.max, PROCEDURES.index(self.procedure), self.ref, self.party


def awaited_to_plain(one: Awaited) -> dict[str, Any]:
    """It as strings and truth values, as docs/schemas/awaited.json has it."""
    return {
        "party": one.party,
        "what": one.what,
        "procedure": one.procedure,
        "ref": one.ref,
        "subject": one.subject or None,
        "agreement": one.agreement,
        "article": one.article or None,
        "until": None if one.until is None else one.until.isoformat(),
        "at": None if one.at is None else one.at.isoformat(),
        "late": str(one.late),
        "sure": str(one.sure),
        "open": one.open,
    }
