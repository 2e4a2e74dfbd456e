"""An exercise as it is designed: what it is for, who takes part with what, when and where, who decides, who pays; types only.

A moment may be partial while planning begins: it is then some day of those that it can be. A number that is left out is not known.

Source: how-exercises-are-planned.md, section 1; docs/reference/exercise-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from comity.permissions import Exchange, Support
from comity.terms import Moment

Scenario = Literal[
    "combat", "peacekeeping", "disaster-response", "humanitarian-demining", "maritime", "air", "cyber", "counter-terrorism", "military-medicine",
    "search-and-rescue", "evacuation", "logistics",
]  # fmt: skip
Form = Literal["live", "command-post", "computer-assisted", "table-top"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """Who schedules the exercise, who conducts it, who directs it (in NATO: OSE, OCE, ODE); None: not said yet."""

    scheduling: str | None = None
    conducting: str | None = None
    directing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How large it is, in the measures of notices; None: not known. ``landing``: troops landed or dropped. ``formation``: the highest, in a word."""

    troops: int | None = None
    tanks: int | None = None
    vehicles: int | None = None
    artillery: int | None = None
    sorties: int | None = None
    landing: int | None = None
    formation: str | None = None
    no_notice: bool = False


MEASURES = ("troops", "tanks", "vehicles", "artillery", "sorties", "landing")
"""The numbers that notices ask for, by their names in acts of kind *plan*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What is to be trained: the capability, and which audiences train it."""

    id: str
    text: str
    capability: str = ""
    audience: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is trained: a staff or a unit of a nation."""

    id: str
    title: str
    nation: str
    level: Literal["primary", "secondary"] = "primary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A unit that comes: how many persons (None: not known), from when to when (None: as its nation), with what."""

    unit: str
    persons: int | None = None
    from_: Moment | None = None
    until: Moment | None = None
    brings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A nation that takes part, from when to when (None: all the time of the exercise), with which forces and what else."""

    nation: str
    from_: Moment | None = None
    until: Moment | None = None
    brings: tuple[str, ...] = ()
    force: tuple[Force, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """A planning conference; ``kind`` as the process names it (initial, main, final...)."""

    kind: str
    on: Moment | None = None
    place: str = ""
    host: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A document of the planning; ``name`` as the process names it, or one of its own."""

    name: str
    owner: str
    approver: str
    due: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSupport:
    """What is provided to forces of another nation, how much of it, and under which agreement on record."""

    what: str
    provider: str
    receiver: str
    arrangement: str
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observers:
    """Observers of a state or an organisation, and how many."""

    party: str
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """Something for the public: what, when, and who approves its release."""

    what: str
    approver: str = ""
    on: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """What something costs, in whole units of a currency (three letters), and who pays it at first."""

    id: str
    what: str
    amount: int
    currency: str
    paid_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a nation bears of an expense: a fraction of it, or an amount."""

    of: str
    nation: str
    fraction: Fraction | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """One exercise as designed. ``from_`` and ``until``: first and last day on which forces are there for it; ``startex`` and ``endex``: first and
    last day of its conduct (None: the same). ``process``: which one it goes through. ``body``: the working group that holds it. ``purpose``: the
    word of the agreements (*exercise*).
    """

    id: str
    title: str
    host: str
    from_: Moment
    until: Moment
    process: str = "nato"
    series: str | None = None
    body: str | None = None
    scenarios: tuple[Scenario, ...] = ()
    form: Form = "live"
    territory: str | None = None
    area: str = ""
    startex: Moment | None = None
    endex: Moment | None = None
    purpose: str = "exercise"
    aim: str = ""
    officers: Officers = Officers()
    numbers: Numbers = Numbers()
    objective: tuple[Objective, ...] = ()
    audience: tuple[Audience, ...] = ()
    participant: tuple[Participant, ...] = ()
    conference: tuple[Conference, ...] = ()
    product: tuple[Product, ...] = ()
    exchange: tuple[Exchange, ...] = ()
    support: tuple[Support, ...] = ()
    host_support: tuple[HostSupport, ...] = ()
    observer: tuple[Observers, ...] = ()
    media: tuple[Media, ...] = ()
    cost: tuple[Expense, ...] = ()
    share: tuple[Share, ...] = ()

    @property
    def begins(self) -> Moment:
        """The first day of its conduct."""
        return self.startex or self.from_

    @property
    def ends(self) -> Moment:
        """The last day of its conduct."""
        return self.endex or self.until

    @property
    def nations(self) -> tuple[str, ...]:
        """Who takes part, each once, as the design has them."""
        return tuple(dict.fromkeys(one.nation for one in self.participant))


def named_parties(design: Design) -> Iterator[tuple[str, str]]:
    """Every party that a design names, with where it does."""
    yield design.host, "host"
    if design.territory is not None:
        yield design.territory, "territory"
    yield from ((one.nation, "participant") for one in design.participant)
    yield from ((one.nation, f"audience {one.id!r}") for one in design.audience)
    yield from ((one.host, f"{one.kind} conference") for one in design.conference if one.host is not None)
    yield from ((party, "exchange") for one in design.exchange for party in (one.from_, one.to))
    yield from ((party, "support") for one in design.support for party in (one.from_, one.to))
    yield from ((party, f"host support {one.what!r}") for one in design.host_support for party in (one.provider, one.receiver))
    yield from ((one.party, "observer") for one in design.observer)
    yield from ((one.paid_by, f"cost {one.id!r}") for one in design.cost)
    yield from ((one.nation, f"share of {one.of!r}") for one in design.share)
