"""What an agreement says about its own life, as typed data; types only, no rule.

Each clause has its article, what it says in our own words, and how it was read (``read``: text, secondary, memory).
Clauses are told apart by ``kind``; what they say of *when* is in conditions.py. The language was collected from real final clauses: see
docs/reference/book-format.md, where each word has an example.

Source: the final clauses cited there; Vienna Convention on the Law of Treaties, parts II, IV and V.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.acts import CONSENT
from comity.agreements.allowances import Allowance, Consequence, Equivalence, Release
from comity.agreements.articles import Clause
from comity.agreements.conditions import Condition, Consents, InForce, NoAct, leaves
from comity.agreements.decision_rules import DecisionRule, WeightTable
from comity.agreements.obligations import Obligation
from comity.agreements.requirements import Duty
from comity.agreements.settlements import Settlement
from comity.terms import Delay


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Clause):
    """Means of consent (VCLT 11 to 16).

    ``acts``: the kinds that bind here. ``signature_binds``: an unqualified signature is consent. ``accession_needs``: what
    must be on record before an accession takes effect. ``date``: which of an act's moments establishes consent.
    ``depositaries``: with several, whether the *first* lodging counts or *all* are needed.
    """

    kind: Literal["consent"]
    acts: tuple[str, ...] = CONSENT
    signature_binds: bool = False
    accession_needs: Condition | None = None
    date: Literal["made", "received", "notified"] = "received"
    depositaries: Literal["first", "all"] = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryIntoForce(Clause):
    """VCLT 24(1): ``delay`` after the first day on which ``when`` holds, and not before ``floor`` holds."""

    kind: Literal["entry-into-force"]
    when: Condition
    delay: Delay = ()
    floor: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterParties(Clause):
    """VCLT 24(3): those who consent after ``switch`` are bound ``delay`` after their own consent.

    ``switch``: *entry* (a consent after entry into force) or *threshold* (after the day the condition was met). ``acts``
    empty: all kinds of consent; else this rule is for those kinds only (an accession may have a longer delay).
    """

    kind: Literal["later-parties"]
    delay: Delay = ()
    switch: Literal["entry", "threshold"] = "entry"
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionalApplication(Clause):
    """VCLT 25: applied before entry into force.

    ``by``: *act* (those who declare it), *signature* (every signatory, ``delay`` after signature). ``lasts``: how long at
    most, counted from ``lasts_from``. ``articles``: the provisions applied (empty: all).
    """

    kind: Literal["provisional-application"]
    by: Literal["act", "signature"] = "act"
    delay: Delay = ()
    lasts: Delay = ()
    lasts_from: Literal["open", "start"] = "start"
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory(Clause):
    """VCLT 29: ``scope`` *entire* territory, or *metropolitan* only; ``delay``: from receipt of an extension."""

    kind: Literal["territory"]
    scope: Literal["entire", "metropolitan"] = "entire"
    delay: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservations(Clause):
    """VCLT 19 and 20: ``permitted`` *any*, *none*, *only* those to ``articles``, or all *except* to them.

    ``acceptance``: *tacit* (VCLT 20(5)) or *none* needed (20(1)).
    """

    kind: Literal["reservations"]
    permitted: Literal["any", "none", "only", "except"] = "any"
    articles: tuple[str, ...] = ()
    acceptance: Literal["tacit", "none"] = "tacit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Clause):
    """VCLT 39 and 40: how this agreement is amended; ``binds`` *accepters* (40(4)) or *all*, once in force.

    The amending instrument is an agreement of its own whose file says ``amends``.
    """

    kind: Literal["amendment"]
    binds: Literal["accepters", "all"] = "accepters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Clause):
    """How long it runs: ``term`` from entry into force, or to the fixed day ``until``.

    ``renews``: tacitly for that long each time, unless a notice is given ``notice`` before the term ends. ``while_``
    (in files: ``while``): only as long as that condition holds. ``until`` is the first day on which it is no longer in
    force. ``prolonged_by``: *all* (consent of all), *accepters*.
    """

    kind: Literal["duration"]
    term: Delay = ()
    until: date | None = None
    renews: Delay = ()
    notice: Delay = ()
    while_: Condition | None = None
    prolonged_by: Literal["all", "accepters"] = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Clause):
    """VCLT 54(a): how a party leaves.

    ``model``: *after* (takes effect ``notice`` after the notice, or later if it says so) or *in-advance* (the party names
    the day, at least ``notice`` ahead). ``date``: from which of the notice's moments it runs. ``not_before``: only that long
    after entry into force. ``not_while``: does not take effect while that condition holds. ``at_term``: takes
    effect only at the end of the running term. ``ends``: *party* leaves, or the *agreement* ends.
    """

    kind: Literal["withdrawal"]
    notice: Delay = ()
    model: Literal["after", "in-advance"] = "after"
    date: Literal["made", "received", "notified"] = "received"
    not_before: Delay = ()
    not_before_means: Literal["notice", "effect"] = "notice"
    not_while: Condition | None = None
    at_term: bool = False
    ends: Literal["party", "agreement"] = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWithdrawal(Clause):
    """The agreement says, or it is established, that no party may leave."""

    kind: Literal["no-withdrawal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension(Clause):
    """VCLT 57(a): a party may suspend operation, ``notice`` after its notice is received; ``articles`` empty: all of it."""

    kind: Literal["suspension"]
    notice: Delay = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumParties(Clause):
    """VCLT 55, where the treaty provides otherwise: it ends when fewer than ``number`` parties remain."""

    kind: Literal["minimum-parties"]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence(Clause):
    """It lives by another agreement.

    ``effect``: *ends-with* (ends when the other ends), *ends-for-party* (a party that leaves the other leaves this one),
    *needs-party* (only parties to the other can be bound).
    """

    kind: Literal["dependence"]
    agreement: str
    effect: Literal["ends-with", "ends-for-party", "needs-party"] = "ends-with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersedes(Clause):
    """VCLT 30 and 59: takes the place of ``agreement`` between those bound by both, or wholly."""

    kind: Literal["supersedes"]
    agreement: str
    between: Literal["pairs", "all"] = "pairs"


AnyClause = (
    Consent
    | EntryIntoForce
    | LaterParties
    | ProvisionalApplication
    | Territory
    | Reservations
    | Amendment
    | Duration
    | Withdrawal
    | NoWithdrawal
    | Suspension
    | MinimumParties
    | Dependence
    | Supersedes
    | Obligation
    | Equivalence
    | Release
    | Allowance
    | Consequence
    | Duty
    | DecisionRule
    | WeightTable
    | Settlement
)


# -- the agreement ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """For which acts the record is complete: these kinds, by these parties, on days in [from, through].

    Empty ``agreements`` / ``kinds`` / ``parties``: all. Absence of an act proves something only inside coverage.
    """

    source: str
    through: date
    from_: date | None = None
    agreements: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement: what it is, and its clauses.

    ``form``: treaty; political (commits, does not bind in law); administrative (under ``parent``, falls with it unless
    ``survives_parent``). ``concluded``: adoption or first signature. ``zone``: whose calendar day counts. ``amends`` /
    ``protocol_to``: the agreement it changes or adds to. ``texts``: files of the official wording in a folder of texts,
    with the article marks found there. ``authentic``: the languages of its authentic texts; ``titles``: its title in languages other than
    English, by language; ``references``: by which it is cited besides its registration.
    """

    id: str
    title: str
    short: str
    concluded: date
    form: Literal["treaty", "political", "administrative"] = "treaty"
    place: str | None = None
    parent: str | None = None
    survives_parent: bool = False
    amends: str | None = None
    amended_articles: tuple[str, ...] = ()
    protocol_to: str | None = None
    depositary: tuple[str, ...] = ()
    zone: str | None = None
    negotiating: tuple[str, ...] = ()
    attributes: dict[str, dict[str, int]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    registration: str | None = None
    references: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    official: str | None = None
    version: int = 1
    recorded: date | None = None
    note: str | None = None
    clauses: tuple[AnyClause, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    sha256: str = ""


# -- what it names ----------------------------------------------------------------------------------------------------


def conditions_of(agreement: Agreement) -> Iterator[Condition]:
    """Every condition in its clauses, down to those without parts."""
    for clause in agreement.clauses:
        match clause:
            case EntryIntoForce():
                yield from leaves(clause.when)
                yield from leaves(clause.floor)
            case Consent():
                yield from leaves(clause.accession_needs)
            case Duration():
                yield from leaves(clause.while_)
            case Withdrawal():
                yield from leaves(clause.not_while)


def agreements_named(agreement: Agreement) -> set[str]:
    """The agreements whose standing this one's clauses speak of."""
    found = {c.agreement for c in agreement.clauses if isinstance(c, Dependence)}
    for condition in conditions_of(agreement):
        if isinstance(condition, InForce):
            found.add(condition.agreement)
        elif isinstance(condition, Consents | NoAct) and condition.by.agreement is not None:
            found.add(condition.by.agreement)
    return found


def parties_named(agreement: Agreement) -> set[str]:
    """The parties that it names: as negotiating, in an attribute's table, in a condition."""
    found = {*agreement.negotiating, *(code for table in agreement.attributes.values() for code in table)}
    for condition in conditions_of(agreement):
        if isinstance(condition, Consents | NoAct):
            found |= {*condition.by.parties, *condition.by.except_}
        if isinstance(condition, Consents):
            found |= set(condition.including)
        elif isinstance(condition, InForce) and condition.party is not None:
            found.add(condition.party)
    return found
