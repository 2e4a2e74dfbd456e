"""Lines: what clauses allow, written out giver by giver and level by level, and the questions put to them; types only, no rule.

Days are ordinals (``date.toordinal()``), periods half-open. Source: docs/explanation/how-permissions-are-derived.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from comity.terms import Delay, Verdict


class Outcome(StrEnum):
    """What a question about a permission comes to: yes, one of two sorts of no, or neither."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    NOT_PROVIDED = "not provided for"
    CONTESTED = "contested"
    UNKNOWN = "unknown"

    @property
    def verdict(self) -> Verdict:
        """The verdict that goes with it."""
        return {Outcome.ALLOWED: Verdict.YES, Outcome.CONTESTED: Verdict.CONTESTED, Outcome.UNKNOWN: Verdict.UNKNOWN}.get(self, Verdict.NO)


class ReleaseLine(NamedTuple):
    """``giver`` may give ``taker`` information of one policy and level during [start, end), as sure as ``verdict`` says.

    ``agreement`` and ``clause`` (its place among the agreement's clauses) tell on what it rests. ``owner``: whose policy it is.
    ``as_`` under ``under``: how the taker protects it. ``categories``: special ones that it covers; ``only``: nothing but these;
    ``purposes``: empty is any. ``opens``: what others whom the agreement binds originated passes too. ``cleared``: people need
    a clearance.
    """

    agreement: str
    clause: int
    giver: str
    taker: str
    policy: str
    level: str
    owner: str
    under: str
    as_: str
    start: int
    end: int
    verdict: Verdict
    categories: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    opens: bool = False
    cleared: bool = True


class ReleaseConsent(NamedTuple):
    """That an originator consents to its information being passed on; an empty set is anybody, or any. ``act``: the reference.

    ``levels`` None: any. ``categories`` None: any; else information with no other special categories than these.
    """

    originator: str
    holders: frozenset[str]
    takers: frozenset[str]
    policy: str | None
    levels: frozenset[str] | None
    categories: frozenset[str] | None
    item: str | None
    start: int
    end: int
    verdict: Verdict
    act: str


class Membership(NamedTuple):
    """``party`` belongs to ``group`` (an organisation, or those whom an agreement binds) during [start, end)."""

    group: str
    party: str
    start: int
    end: int
    verdict: Verdict


class ActivityLine(NamedTuple):
    """``doer`` may do something with, or on the territory of, ``counterpart`` during [start, end), as sure as ``verdict`` says.

    ``gives``: of *station* only, ``entry`` or ``status``, else blank. ``covers`` empty: everything but what it ``excludes``.
    ``limit``: the longest time from the first day of the activity on. ``territories``: only there (empty: anywhere).
    ``political``: the agreement binds nobody in law.
    """

    agreement: str
    clause: int
    activity: str
    gives: str
    doer: str
    counterpart: str
    start: int
    end: int
    verdict: Verdict
    covers: frozenset[str] = frozenset()
    excludes: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    needs_consent: bool = False
    limit: Delay = ()
    political: bool = False
    territories: frozenset[str] = frozenset()


class ActivityConsent(NamedTuple):
    """A counterpart's leave, or a mandate (``territory``: where it runs); an empty set is anybody, or any. ``act``: the reference.

    ``under``: the agreement under which it was given; None: under none.
    """

    activity: str
    doers: frozenset[str]
    counterpart: str | None
    territory: frozenset[str]
    purposes: frozenset[str]
    things: frozenset[str]
    start: int
    end: int
    verdict: Verdict
    act: str
    under: str | None = None


class ActivityAsked(NamedTuple):
    """May ``doer`` do this with, or at, ``counterpart`` on each day of [start, end)? ``gives``: which of the two answers of *station*."""

    activity: str
    doer: str
    counterpart: str
    start: int
    end: int
    gives: str = ""
    things: frozenset[str] = frozenset()
    purpose: str | None = None
    territory: str | None = None


class Lines(NamedTuple):
    """All that questions about release are put to."""

    release: tuple[ReleaseLine, ...] = ()
    consents: tuple[ReleaseConsent, ...] = ()
    memberships: tuple[Membership, ...] = ()


class ReleaseAsked(NamedTuple):
    """May ``giver`` give ``taker`` this on ``day``? Names are those of the ladder; informative categories are left out.

    ``releasable``: parties and organisations (empty: not limited). ``purpose`` None: not said. ``national``, ``controlled``: it bears a
    caveat of that effect; ``strange``: one that is not on record. ``unclassified``: its level is no classification.
    """

    giver: str
    taker: str
    policy: str
    level: str
    originator: str
    day: int
    categories: frozenset[str] = frozenset()
    releasable: frozenset[str] = frozenset()
    purpose: str | None = None
    national: bool = False
    controlled: bool = False
    strange: bool = False
    unclassified: bool = False
    item: str | None = None


Side = Literal["sending", "host"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """An offence in the host's territory: by whom, under whose law it is punishable, against whom, and whether on duty.

    ``person``: of the force, of the civilian component, or a dependent. ``military_law``: is the person subject to the sending state's
    military law (of the force always)? ``of_host``: a national of the host, or ordinarily resident there. ``against_own``: solely against
    the sending state's property or security, or the person or property of its force, civilian component or a dependent.
    """

    person: Literal["force", "civilian", "dependent"]
    punishable_by: frozenset[Side]
    military_law: bool = False
    of_host: bool = False
    against_own: bool = False
    on_duty: bool = False
