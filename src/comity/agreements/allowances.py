"""What an agreement allows, as typed data: release of information, presence, supply, transfer, training, overflight; types only.

How answers follow from them: docs/explanation/how-permissions-are-derived.md. Source: the agreements cited in each clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from comity.agreements.articles import Clause
from comity.terms import Delay

Activity = Literal["station", "supply", "transfer", "train", "overfly"]
Topic = Literal["jurisdiction", "claims", "documents", "taxes", "arms", "driving", "uniform", "settlement", "retransfer", "command", "costs", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguarded:
    """What has no equal on the other side: ``by`` protects the ``level`` of ``policy`` as the level ``as_`` of ``under`` (None: its own)."""

    policy: str
    level: str
    by: str
    as_: str
    under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence(Clause):
    """Which classification levels answer to one another between the parties.

    ``rows``: in each, the levels that count as equal, by policy. ``safeguarded``: levels that have no equal there, and what they
    are protected as all the same, one way only. What stands in neither has no equivalent.
    """

    kind: Literal["equivalence"]
    rows: tuple[dict[str, str], ...]
    safeguarded: tuple[Safeguarded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Clause):
    """What classified information may pass between the parties, and how it is protected.

    ``policies``: whose markings it covers (empty: each giver's own). ``up_to``: the highest level covered, by policy (missing: all).
    ``givers`` / ``takers``: only these (empty: every party). ``mapped``: protected by an equivalence *table*, or by the *same* mark.
    ``categories``: special categories that it covers; ``only``: nothing but information that bears one of these.
    ``purposes``: what it may be used for (empty: whatever was agreed for the item). ``third_parties``: information that somebody
    else originated passes with *consent* of its originator, or *among-parties* without more. ``cleared_from``: the lowest level,
    by policy, for which people need a clearance (missing: the lowest of all).
    """

    kind: Literal["release"]
    policies: tuple[str, ...] = ()
    up_to: dict[str, str] = field(default_factory=dict)
    givers: tuple[str, ...] = ()
    takers: tuple[str, ...] = ()
    mapped: Literal["table", "same"] = "table"
    categories: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    third_parties: Literal["consent", "among-parties"] = "consent"
    cleared_from: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance(Clause):
    """That a party may do something with, or on the territory of, another.

    ``activity``: station (guest, host), supply (supplier, receiver), transfer (of technology: giver, receiver), train (trainer,
    trained), overfly (who flies, over whom). ``gives``, of *station* only: the right of *entry*, or the *status* of those who
    are there. ``doers`` / ``counterparts``: only these (empty: every party); ``territories``: only there. ``covers`` /
    ``excludes``: the things it is about (``covers`` empty: all). ``purposes``: empty is any. ``needs``: *consent* of the counterpart
    each time, an *arrangement* under the agreement in force between the two, or nothing more. ``limit``: the longest stay or use.
    """

    kind: Literal["allowance"]
    activity: Activity
    gives: Literal["entry", "status"] | None = None
    doers: tuple[str, ...] = ()
    counterparts: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    needs: Literal["consent", "arrangement", "nothing"] = "nothing"
    limit: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Clause):
    """What follows for those who do an activity under the agreement: whose courts, who pays, which papers, which taxes.

    ``topic``: which of these matters. ``among``: between these only (empty: between all the parties).
    """

    kind: Literal["consequence"]
    activity: Activity
    topic: Topic
    among: tuple[str, ...] = ()
