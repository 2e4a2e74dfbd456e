"""What a question about standing gets back: a verdict, its dates, the reasons, and what would change it.

A denial is a value, not an exception. The four verdicts combine as in three-valued logic with a fourth for conflict:
``and`` is no, else contested, else unknown, else yes; ``or`` is its mirror image.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from comity.terms.labels import PUBLIC, Label


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


_AND_ORDER = (Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.YES)
_OR_ORDER = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.NO)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """No if any is no, else contested, else unknown, else yes (yes of nothing)."""
    found = set(verdicts)
    return next((v for v in _AND_ORDER if v in found), Verdict.YES)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes if any is yes, else contested, else unknown, else no (no of nothing)."""
    found = set(verdicts)
    return next((v for v in _OR_ORDER if v in found), Verdict.NO)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation: which rule, under which article, what it says here, on which acts, and its own reasons.

    ``rule`` is the id of a page under docs/rules; ``acts`` are references of acts on record; ``holds`` is False for a
    condition that is not met (the reason then says what is missing).
    """

    rule: str
    says: str
    article: str | None = None
    acts: tuple[str, ...] = ()
    source: str | None = None
    holds: bool = True
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class WouldChange:
    """The least that would change the answer: ``act`` (a kind), ``by`` whom, ``on`` what agreement, ``from_`` which day."""

    act: str
    by: str
    on: str
    from_: date | None = None


@dataclass(frozen=True, slots=True)
class Provided:
    """What a permission leaves to be filled in before anybody acts on it: ``what`` (one word), in words, and the article it comes from."""

    what: str
    says: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the readings of a contested or uncertain point: its value, whose reading it is, and the source."""

    value: str
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``since`` and ``until`` bound the period, half-open, in which the verdict holds unchanged (``until`` None: no end on
    record). ``reach`` is the day to which the record is complete for what the answer rests on (None: to no known day).
    """

    question: str
    verdict: Verdict
    since: date | None = None
    until: date | None = None
    reach: date | None = None
    mode: str | None = None
    text: tuple[str, ...] = ()
    exceptions: tuple[ArticleException, ...] = ()
    readings: tuple[Reading, ...] = ()
    because: tuple[Reason, ...] = ()
    would_change: tuple[WouldChange, ...] = ()
    provided: tuple[Provided, ...] = ()
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    label: Label = PUBLIC
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleException:
    """A provision that does not apply, or applies modified, between two parties: which, how, and by which act."""

    article: str
    how: str
    act: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Bad law or bad data, beside the record: recorded all the same. ``where`` is an act's reference, or file and line."""

    code: str
    says: str
    where: str
    agreement: str | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a plan, a design or a list breaks: its name, where (a unit, a line, a row...), and in words."""

    rule: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


@dataclass(slots=True)
class Findings:
    """A list that collects findings while something is read or derived."""

    items: list[Finding] = field(default_factory=list)

    def add(self, code: str, says: str, where: str, agreement: str | None = None, citation: str | None = None) -> None:
        self.items.append(Finding(code, says, where, agreement, citation))

    def sorted(self) -> Sequence[Finding]:
        return sorted(self.items, key=lambda f: (f.agreement or "", f.where, f.code, f.says))
