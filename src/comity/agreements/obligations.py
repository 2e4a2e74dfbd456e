"""What parties owe one another when one of them is attacked or threatened, and the conditions under which they do, as typed data; types only.

How answers follow from them: docs/explanation/how-obligations-to-respond-are-derived.md. Source: the agreements cited in each clause;
for the conditions: Leeds et al. (2002), ATOP 5.1 codebook, section 2.33, which found them in 789 alliances.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from comity.agreements.articles import Clause
from comity.terms import Moment

Region = Literal[
    "europe", "asia", "africa", "north-america", "south-america", "oceania",
    "north-atlantic", "south-atlantic", "mediterranean", "pacific", "indian-ocean", "arctic",
]  # fmt: skip
"""Continents and seas: coarse on purpose. *north-atlantic* is north of the Tropic of Cancer, *north-america* goes to the Isthmus of Panama."""
REGIONS: tuple[Region, ...] = get_args(Region)
OWN, OF_PARTY = "own", "party"
"""Among ``places``: the home territory of the party attacked; of any party."""
Said = Literal["covered", "not-covered", "not-said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Clause):
    """A core duty: defence, consultation, non-aggression, neutrality, cooperation, limitation, prohibition, status; offence in an alliance.

    ``owed_by``, ``owed_to``: who owes it, and to whom, where that is not every party. ``upon``: what brings it about: an *attack*, a *threat* (an
    attack too), a party's *request*, or nothing at all (*regular*: meetings and reviews); blank: an attack, for consultation a threat.
    ``against``: only against these; ``against_others``: others may be meant, whom the source does not name. ``places``: only if the attack is in
    one of these: a region, the code of a state (its home territory) or of a territory, *own* (home territory of the party attacked), *party*
    (home territory of any party); ``places_in_part``: of which only a part counts; ``place_says``: what else counts, in words alone.
    ``attackers_least`` and ``attackers_most``: only against so many at a time. ``unprovoked``: only if the party owed did not provoke it.
    ``attacked_only``: of neutrality, only if the party owed is the one attacked. ``non_state``, ``cyber``: is an attack by others than states, or
    on networks alone, covered? ``besides``: other conditions, in words. ``from_`` (in files: ``from``) and ``until``: on days in [from, until) only,
    each perhaps known in part; ``through``: the last day for which the source says anything.
    """

    kind: Literal["obligation"]
    type: Literal[
        "defence",
        "offence",
        "consultation",
        "non-aggression",
        "neutrality",
        "cooperation",
        "limitation",
        "prohibition",
        "status",
        "protection",
        "transparency",
    ]
    owed_by: tuple[str, ...] = ()
    owed_to: tuple[str, ...] = ()
    upon: Literal["", "attack", "threat", "request", "regular"] = ""
    against: tuple[str, ...] = ()
    against_others: bool = False
    places: tuple[str, ...] = ()
    places_in_part: tuple[str, ...] = ()
    place_says: str | None = None
    attackers_least: int | None = None
    attackers_most: int | None = None
    unprovoked: bool = False
    attacked_only: bool = False
    non_state: Said = "not-said"
    cyber: Said = "not-said"
    besides: tuple[str, ...] = ()
    from_: Moment | None = None
    until: Moment | None = None
    through: date | None = None
