"""How the organ of an agreement decides, as typed data: who votes, what is counted, what suffices, what bars; types only.

How outcomes follow from them: docs/explanation/how-decisions-are-counted.md. Source: the agreements and rules of procedure cited in each clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.agreements.articles import Clause
from comity.agreements.requirements import Lead

Vote = Literal["yes", "no", "abstain", "constructive", "absent"]
"""How one votes. *constructive*: it abstains and declares so formally (Treaty on European Union, article 31(1)); who is *absent* is not there."""
Among = Literal["electorate", "present", "voting"]
Without = Literal["suspended", "in-arrears", "party-to-dispute", "concerned", "not-participating"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Electorate:
    """Who may vote.

    ``of``: the *parties* to this agreement; the parties to another one, *members* of ``agreement``; those *named* in ``parties``; those
    *elected* to the body by acts on record, and ``parties`` beside them as of right. ``except_`` (in files: ``except``) never vote. ``on``:
    the day on which it is settled: that on which the decision is *proposed*, or *decided*. ``without``: who does not count on a proposal:
    those suspended, in arrears, parties to the dispute, concerned by it, or not participating in what is decided. ``voteless``: who of these
    counts among the whole though it has no vote on it. ``body``: the body whose elected seats are meant, where it is not that of the rule.
    ``size``: the number of seats, where the record need not name who holds them.
    """

    of: Literal["parties", "members", "named", "elected"] = "parties"
    agreement: str | None = None
    parties: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    on: Literal["proposed", "decided"] = "decided"
    without: tuple[Without, ...] = ()
    voteless: tuple[Without, ...] = ()
    body: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of those who are counted, exactly one of the four said.

    ``count``: *members*, each for one, or a table of weights by its name. ``among``: the whole of which a share is taken: the *electorate*
    (without those who do not count), those *present* (all but the absent), or those *voting* (yes or no). ``least``: at least this number,
    or this share (``2/3``). ``more``: more than that. ``all_but``: at least all but so many. ``all_but_fewest``: at least all but as many
    as the fewest members that reach that share together (a blocking minority that is told as the fewest who have more than 35 % of a
    population, and one more).
    """

    count: str = "members"
    among: Among = "electorate"
    least: str | None = None
    more: str | None = None
    all_but: int | None = None
    all_but_fewest: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What defeats a proposal whatever else it has: votes of these kinds (``votes``) by any one of ``by`` (empty: of anybody), or, where
    ``shares`` are said, by so many that all of them hold of those votes.
    """

    votes: tuple[Vote, ...] = ("no",)
    by: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Adopted where nobody breaks silence before it expires.

    ``term``: how long it runs, where the rule itself says so; else the proposal names the instant. ``broken_by``: a written *objection*, or
    a proposed *amendment* too. ``begins``: from the *proposal*, or from its *receipt* (the act's received or notified moment). ``zone``: whose
    local time counts, where it is another than the agreement's; ``holidays``: days that are no working days there.
    """

    term: Lead | None = None
    broken_by: tuple[Literal["objection", "amendment"], ...] = ("objection",)
    begins: Literal["proposal", "receipt"] = "proposal"
    zone: str | None = None
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule(Clause):
    """One rule by which one body decides on some matters, on days in [``start``, ``end``).

    Adopted where all shares of one of the ``passes`` are reached by votes *yes*, no bar holds, and the ``quorum`` (of those present) is
    there. No ``passes``: whatever is not barred is adopted (consensus). ``matters``: on what, in our own words. ``silence``: it may be
    decided by silence as well. ``besides``: what else it needs, in words alone: what passes is then not known to be adopted.
    """

    kind: Literal["decision"]
    id: str
    body: str
    matters: str
    start: date | None = None
    end: date | None = None
    electorate: Electorate = field(default_factory=Electorate)
    passes: tuple[tuple[Share, ...], ...] = ()
    bars: tuple[Bar, ...] = ()
    quorum: Share | None = None
    silence: Silence | None = None
    besides: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable(Clause):
    """What each member weighs under one name (votes, population in persons), on days in [``start``, ``end``)."""

    kind: Literal["weights"]
    name: str
    values: dict[str, int]
    start: date | None = None
    end: date | None = None
