"""The language in which a clause says *when*: who counts, and what must hold; types only, no rule.

Conditions are told apart by ``kind``. Every word comes from real final clauses: see docs/reference/book-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.acts import CONSENT
from comity.terms import Delay

# -- who: sets of parties ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySet:
    """A set of parties that a clause counts among.

    ``of``: *anyone*; *signatories* (signed, on or before the day looked at); *negotiating* (the agreement's ``negotiating``
    list); *named* (``parties``); *parties* (those bound on the day); *members* (parties to ``agreement``, on ``frozen`` if
    that day is given, else on the day looked at). ``where`` keeps those whose ``attribute`` (from the agreement's
    ``attributes`` table) is at least ``at_least``. ``except_`` (in files: ``except``) leaves some out.
    """

    of: Literal["anyone", "signatories", "negotiating", "named", "parties", "members"] = "anyone"
    parties: tuple[str, ...] = ()
    agreement: str | None = None
    frozen: date | None = None
    attribute: str | None = None
    at_least: int = 0
    except_: tuple[str, ...] = ()


# -- when: conditions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """So many of a set have done an act of these kinds.

    ``number``: a whole number; ``all``; ``majority`` (more than half); or a fraction such as ``2/3`` (at least that share).
    ``including``: parties that must be among them. Organisations are not counted unless ``organisations``.
    """

    kind: Literal["consents"]
    number: int | str
    acts: tuple[str, ...] = CONSENT
    by: PartySet = field(default_factory=PartySet)
    including: tuple[str, ...] = ()
    organisations: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBefore:
    """Not before a day: a fixed ``day``, or ``delay`` after the first act of kind ``after`` (for instance *open*)."""

    kind: Literal["not-before"]
    day: date | None = None
    after: str | None = None
    delay: Delay = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """Another agreement is in force (for ``party``, if given)."""

    kind: Literal["in-force"]
    agreement: str
    party: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone:
    """At least one act of these kinds by any of these actors is on record (an organ's decision, an invitation)."""

    kind: Literal["act"]
    acts: tuple[str, ...]
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAct:
    """Silence: within ``within`` of the first act of kind ``after``, none of ``by`` has done an act of kinds ``acts``.

    It holds from the day the time has run out.
    """

    kind: Literal["no-act"]
    acts: tuple[str, ...]
    after: str
    within: Delay
    by: PartySet = field(default_factory=PartySet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An external fact is on record as established (``present``), or is not; ``of_party``: for the party concerned."""

    kind: Literal["fact"]
    fact: str
    present: bool = True
    of_party: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivable:
    """A condition that each party may waive for itself, by an act of kind *waive* naming ``id``."""

    kind: Literal["waivable"]
    id: str
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    kind: Literal["all"]
    of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    kind: Literal["any"]
    of: tuple[Condition, ...]


Condition = Consents | NotBefore | InForce | ActDone | NoAct | Fact | Waivable | AllOf | AnyOf


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """The conditions in it that have no parts."""
    match condition:
        case AllOf() | AnyOf():
            for part in condition.of:
                yield from leaves(part)
        case Waivable():
            yield from leaves(condition.condition)
        case None:
            return
        case _:
            yield condition
