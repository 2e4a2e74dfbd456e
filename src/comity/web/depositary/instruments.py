"""An instrument that reaches a depositary, what it is looked at for, and how that came out; values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.acts import Act, kinds
from comity.terms import Verdict

CONSENTING = ("ratify", "accept", "approve", "accede", "confirm", "succeed", "notify-completion")
RECEIVED = ("sign", *CONSENTING, "reserve", "denounce")
"""What the desk receives through its form."""
_GROUPS = ("signature", "signature-end", "consent", "consent-end", "reservation", "declaration", "territory", "exit", "provisional")
_NOT_LODGED = ("expel", "exchange", "deny")


class Outcome(StrEnum):
    """How one question about an instrument came out: in order, to be settled by a person, or not as it is."""

    PASSES = "pass"
    OPEN = "open"
    FAIL = "fail"


UNSURE = {Verdict.CONTESTED: "contested", Verdict.UNKNOWN: "not known"}
"""Verdicts that are neither yes nor no, as they are said: it is contested, or not known, whether something is so."""


def outcome_of(verdict: Verdict) -> Outcome:
    """A yes is in order, a no is not; what is contested or not known is to be settled by a person."""
    return {Verdict.YES: Outcome.PASSES, Verdict.NO: Outcome.FAIL}.get(verdict, Outcome.OPEN)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. ``about``: which question; ``acts``: references of those on which it rests."""

    about: str
    outcome: Outcome
    says: str
    article: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """What is lodged: by whom, of which kind, on which day; who signed it; the reservation in it.

    ``closes``: the last day for signature, where somebody read it in the clause; ``confirmed``: the state has confirmed what was done
    without authority.
    """

    agreement: str
    party: str
    kind: str
    on: date
    person: str = ""
    title: str = ""
    articles: tuple[str, ...] = ()
    reservation: str = ""
    closes: date | None = None
    confirmed: bool = False

    @property
    def reserves(self) -> bool:
        """Is there a reservation in it?"""
        return self.kind == "reserve" or bool(self.articles or self.reservation)


def is_lodged(kind: str) -> bool:
    """Is an act of this kind one that reaches a depositary, to be told to the others (VCLT 77(1)(e) and 78)?"""
    return kinds()[kind].group in _GROUPS and kind not in _NOT_LODGED


def day_of(act: Act) -> date | None:
    """The day it reached the depositary, else the day it was made; None where neither is known."""
    return act.lodged.first if act.lodged is not None else None
