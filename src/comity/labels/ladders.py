"""Ladders out of policies and policies out of ladders, and the few ladders that are part of a standard.

Source: XML SPIF 2.1 (hierarchy); FIRST Traffic Light Protocol 1.0 and 2.0; ADatP-4774 table 3 (PUBLIC).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.labels.flattening import CATEGORIES, CAVEATS
from comity.labels.marking_text import RELEASABLE_TO
from comity.labels.policies import Applied, EquivalentLevel, EquivalentPolicy, Level, SecurityPolicy, Tag, TagSet, TagType, TagValue
from comity.labels.stix_markings import TLP1, TLP2
from comity.terms import BadInput, Classification, Ladder


def _fixed(policy: str, owner: str, source: str, *names: str) -> Ladder:
    return Ladder(policy=policy, owner=owner, source=source, levels=tuple(Classification(name=name, rank=n) for n, name in enumerate(names, 1)))


FIXED_LADDERS = (
    _fixed("PUBLIC", "NATO", "ADatP-4774 table 3", "UNMARKED"),
    _fixed(TLP1.name, "FIRST", "FIRST Traffic Light Protocol 1.0", "WHITE", "GREEN", "AMBER", "RED"),
    _fixed(TLP2.name, "FIRST", "FIRST Traffic Light Protocol 2.0", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"),
)
"""The ladders that no book needs to state."""


def ladder_of(policy: SecurityPolicy) -> Ladder:
    """The levels of a policy as a ladder; what is obsolete stays on it, in use until the day the file was made."""
    levels = sorted(policy.levels, key=lambda level: level.hierarchy)
    return Ladder(
        policy=policy.name,
        owner=policy.name,
        source=f"XML SPIF of {policy.name} ({policy.id})",
        levels=tuple(Classification(name=x.name, rank=x.hierarchy, until=policy.issued if x.obsolete else None) for x in levels),
    )


def policy_of(
    ladder: Ladder, oid: str, today: date, equivalences: Sequence[tuple[SecurityPolicy, Mapping[str, str]]] = (), applied: Applied = "both"
) -> SecurityPolicy:
    """A policy with the levels of a ladder, and with tag sets for the marks that it knows and for addressees.

    ``oid``: its object identifier. ``equivalences``: another policy, and from names of levels here to names of levels there;
    what is not named has no equivalent. Levels no longer in use ``today`` are obsolete.
    """
    levels = sorted(ladder.levels, key=lambda level: level.rank)
    known = tuple(
        Level(name=level.name, lacv=n, hierarchy=level.rank, obsolete=not level.used_on(today) and level.until is not None)
        for n, level in enumerate(levels, 1)
    )
    policies = tuple(EquivalentPolicy(name=other.name, id=other.id) for other, _ in equivalences)
    for other, names in equivalences:
        known = tuple(_with_equivalent(level, ladder, other, names, applied) for level in known)
    return SecurityPolicy(name=ladder.policy, id=oid, levels=known, tag_sets=_tag_sets(ladder, oid), equivalent_policies=policies)


def _tag_sets(ladder: Ladder, oid: str) -> tuple[TagSet, ...]:
    """The marks as the labels of acts name them (see flattening): what limits is restrictive, what only tells is informative."""
    asked = [c.name for c in ladder.categories if c.type == "restrictive"]
    told = [c.name for c in ladder.categories if c.type == "informative"]
    limits = [c.name for c in ladder.caveats if c.effect != "handling"]
    handling = [c.name for c in ladder.caveats if c.effect == "handling"]
    anybody = TagValue(name="(a party)", lacv="1", user_input="string")
    released = TagSet(name=RELEASABLE_TO, id=f"{oid}.1", tags=(Tag(tag_type="permissive", values=(anybody,)),))
    return (released, *_marks(CATEGORIES, f"{oid}.2", asked, told), *_marks(CAVEATS, f"{oid}.3", limits, handling))


def _marks(name: str, oid: str, asked: Sequence[str], told: Sequence[str]) -> tuple[TagSet, ...]:
    kinds: tuple[tuple[TagType, Sequence[str]], ...] = (("restrictive", asked), ("tagType7", told))
    tags = tuple(
        Tag(tag_type=kind, values=tuple(TagValue(name=value, lacv=str(n)) for n, value in enumerate(names, 1))) for kind, names in kinds if names
    )
    return (TagSet(name=name, id=oid, tags=tags),) if tags else ()


def _with_equivalent(level: Level, ladder: Ladder, other: SecurityPolicy, names: Mapping[str, str], applied: Applied) -> Level:
    there = next((target for name, target in names.items() if ladder.level(name).is_called(level.name)), None)
    if there is None:
        return level
    target = other.level(there)
    if target is None:
        raise BadInput(f"{level.name} of {ladder.policy} is mapped to {there!r}, which {other.name} does not have; write one of its levels")
    return replace(level, equivalents=(*level.equivalents, EquivalentLevel(policy=other.name, lacv=target.lacv, applied=applied)))
