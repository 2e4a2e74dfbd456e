"""What an agreement requires, as typed data: who owes what to whom by when, and which act discharges it; types only.

How duties follow from them: docs/explanation/how-duties-are-derived.md. Source: the agreements cited in each clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.agreements.articles import Basis, Clause
from comity.terms import Delay

Doing = Literal[
    "notify", "report", "exchange", "request", "answer", "invite", "observe", "meet", "review", "exercise",
    "accept", "destroy", "clear", "limit", "settle", "return", "register", "withdraw",
]  # fmt: skip
Debtor = Literal["each-party", "together", "actor", "addressee", "host", "named"]
Creditor = Literal["all", "depositary", "actor", "addressee", "named"]
Discharger = Literal["debtor", "creditor", "anyone"]

# -- when it is due ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long before or after something: a ``delay``; whole ``hours``, by the instant; or ``working_days``.

    ``rest``: the days of the week that are no working days.
    """

    delay: Delay = ()
    hours: int | None = None
    working_days: int | None = None
    rest: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...] = ("saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """On the same day of every year, or of each so-many-th (``every``) from the year of ``from_``; or so long after that day (``plus``).

    Due days before ``from_`` (in files: ``from``) do not count, nor do those from ``until`` on. ``first``: for each party, only days
    that lie more than so long after it was bound.
    """

    kind: Literal["yearly"]
    month: int
    day: int
    from_: date | None = None
    until: date | None = None
    plus: Delay = ()
    every: int = 1
    first: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterBound:
    """Within ``delay`` of being bound; and ``every`` so long after that, where it recurs."""

    kind: Literal["after-bound"]
    delay: Delay
    every: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterEntry:
    """Within ``delay`` of the agreement's own entry into force; and ``every`` so long after that, where it recurs."""

    kind: Literal["after-entry"]
    delay: Delay
    every: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEvent:
    """At least ``ahead`` before an event that an act of kinds ``acts``, with the details of ``match`` and none of ``unless``, announces.

    ``event``: the detail, or the moment of the envelope, that says when it is.
    """

    kind: Literal["before-event"]
    acts: tuple[str, ...]
    ahead: Lead
    event: str = "starts"
    match: dict[str, str] = field(default_factory=dict)
    unless: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterEvent:
    """Within ``within`` of such an event; by default of the day or hour on which the act was received. Left out: no day is named (*at once*)."""

    kind: Literal["after-event"]
    acts: tuple[str, ...]
    within: Lead | None = None
    event: str = "received"
    match: dict[str, str] = field(default_factory=dict)
    unless: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """An act of kinds ``acts`` counts as accepted by whoever does not answer ``within`` so long: until then it may be refused."""

    kind: Literal["silence"]
    acts: tuple[str, ...]
    within: Lead
    event: str = "received"
    match: dict[str, str] = field(default_factory=dict)
    unless: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EachTreaty:
    """As soon as possible once any treaty on record has entered into force for a party: no day is named."""

    kind: Literal["each-treaty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """On every day: no day is named."""

    kind: Literal["always"]


When = Yearly | AfterBound | AfterEntry | BeforeEvent | AfterEvent | Silence | EachTreaty | Always
Triggered = BeforeEvent | AfterEvent | Silence

# -- numbers, and what discharges it ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of law, with its own citation: the detail ``measure`` of an act, at least (a threshold) or at most (a limit) ``number``.

    It holds for events from ``from_`` on and before ``until``. ``attribute``: the number is each party's own, in that table of the agreement.
    """

    measure: str
    number: int = 0
    article: str
    read: Basis = "text"
    source: str | None = None
    attribute: str | None = None
    from_: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """Which acts discharge it: ``number`` of kinds ``acts``, with the details of ``match``, done by the debtor, by the creditor or by anyone.

    ``same``: details that must be as in the act that brought the duty about; ``replies``: it must reply to that act. ``opens``: how long before it is
    due an act may be done (blank: since the act that brought it about, since it was last due, since the party was bound).
    """

    acts: tuple[str, ...]
    by: Discharger = "debtor"
    match: dict[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    replies: bool = False
    opens: Delay = ()
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Clause):
    """Something that parties owe under the agreement; or, with ``option``, may do until a day and not after.

    ``id``: unique in the agreement. ``what``: in a few words of our own. ``by``: each party; all *together*; the *actor* of the act that brings
    it about, its *addressee* or the *host* (its territory, else its actor); or those *named*. ``to``: all other parties, the depositary, the actor
    or the addressee of that act, or those named in ``to_named``. ``bodies``: owed once for each of these. ``thresholds``: only where any one of
    these is reached by the act that brings it about. ``limits``: what *always* must not be exceeded. ``discharged`` left out: nothing on record
    could show it done.
    """

    kind: Literal["duty"]
    id: str
    what: str
    does: Doing
    when: When
    by: Debtor = "each-party"
    named: tuple[str, ...] = ()
    to: Creditor = "all"
    to_named: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    thresholds: tuple[Measure, ...] = ()
    limits: tuple[Measure, ...] = ()
    discharged: Discharge | None = None
    option: bool = False
