"""A label in the words of another policy, as far as its own policy says how; nothing is guessed.

One direction only: what this policy says of the other. A level or a value without an equivalent that is not marked as one that
may be left out makes the whole label unmappable, and the reason says which.

Source: XML SPIF 2.1, equivalentPolicies, equivalentClassification, equivalentSecCategoryTag, equivalentSecurityCategoryTagSet;
ADatP-4774.1 (2021) 4.2: the originator's label is kept, the mapped one stands beside it as an alternative.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from comity.labels.choosing import Chosen, chosen, describe_groups, is_met, named_value, value_in
from comity.labels.confidentiality import Category, ConfidentialityLabel, Succession, plain_word, same_policy
from comity.labels.policies import CategoryGroup, EquivalentPolicy, Level, Required, SecurityPolicy, TagSet, TagValue, category_type
from comity.labels.validating import validate

By = Literal["originator", "recipient"]
_APPLIED = {"originator": ("encrypt", "both"), "recipient": ("decrypt", "both")}
_OF_NEW_LABELS = ("obsolete-level", "obsolete-value")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The label in the other policy, or None; ``why``: what was mapped to what, and what stopped it."""

    label: ConfidentialityLabel | None
    why: tuple[str, ...]


class _NotMappable(Exception):
    """Inside this module: why a label has no equivalent."""


def map_label(label: ConfidentialityLabel, policy: SecurityPolicy, target: SecurityPolicy, by: By = "recipient") -> Mapped:
    """The label as ``policy`` says it is to be read under ``target``. ``by``: who maps, which decides which equivalences apply."""
    why: list[str] = []
    try:
        return Mapped(_mapped(label, policy, target, by, why), tuple(why))
    except _NotMappable as reason:
        return Mapped(None, (*why, str(reason)))


def _mapped(label: ConfidentialityLabel, policy: SecurityPolicy, target: SecurityPolicy, by: By, why: list[str]) -> ConfidentialityLabel:
    if not same_policy(label.policy, policy.identifier):
        raise _NotMappable(f"the label's policy is {label.policy}, not {policy.name}")
    other = next((p for p in policy.equivalent_policies if p.id == target.id and plain_word(p.name) == plain_word(target.name)), None)
    if other is None:
        raise _NotMappable(f"{policy.name} names no equivalence with {target.name} ({target.id})")
    level, requires = _level(label, policy, target, by)
    why.append(f"{label.classification} is taken for {level.name}")
    categories = _categories(label, policy, target, by, why)
    requires += _added_by_sets(label, policy, target)
    categories = _completed(label, categories, (*other.requires, *requires), target, why)
    if label.privacy_mark is not None:
        why.append(f"the privacy mark {label.privacy_mark!r} has no equivalent and stays on the originator's label only")
    succession = label.succession
    if succession is not None:
        succession = Succession(succession.at, _as_successor(_mapped(succession.label, policy, target, by, why)), succession.foreign)
    mapped = replace(
        label,
        role="alternative",
        policy=target.identifier,
        classification=level.name,
        categories=categories,
        privacy_mark=None,
        succession=succession,
    )
    return _valid(mapped, target, other)


def _as_successor(label: ConfidentialityLabel) -> ConfidentialityLabel:
    return replace(label, role="originator")


def _valid(mapped: ConfidentialityLabel, target: SecurityPolicy, other: EquivalentPolicy) -> ConfidentialityLabel:
    """A label that the other policy would not allow is no equivalent."""
    wrong = [f for f in validate(mapped, target, mapped.created.at.date()) if f.code not in _OF_NEW_LABELS]
    if wrong:
        raise _NotMappable(f"as a label of {other.name} it would not be valid: {wrong[0].says}")
    return mapped


def _level(label: ConfidentialityLabel, policy: SecurityPolicy, target: SecurityPolicy, by: By) -> tuple[Level, tuple[Required, ...]]:
    level = policy.level(label.classification)
    if level is None:
        raise _NotMappable(f"{policy.name} has no level {label.classification!r}")
    found = [e for e in level.equivalents if plain_word(e.policy) == plain_word(target.name) and e.applied in _APPLIED[by]]
    if len({e.lacv for e in found}) != 1:
        raise _NotMappable(f"{policy.name} gives {level.name} {'no' if not found else 'more than one'} equivalent in {target.name}")
    there = next((known for known in target.levels if known.lacv == found[0].lacv), None)
    if there is None:
        raise _NotMappable(f"{policy.name} maps {level.name} to level number {found[0].lacv}, which {target.name} does not have")
    return there, tuple(required for e in found for required in e.requires)


def _categories(label: ConfidentialityLabel, policy: SecurityPolicy, target: SecurityPolicy, by: By, why: list[str]) -> tuple[Category, ...]:
    """Each category of the label by itself: two permissive ones that both had to be satisfied stay two."""
    found: list[Category] = []
    for category in label.categories:
        own: list[Category] = []
        for one in chosen(replace(label, categories=(category,)), policy):
            mapped = _value(one, policy, target, by, why)
            if mapped is not None:
                own = _with(own, *mapped)
        found += own if category.values else _empty(category, policy, target)
    return tuple(found)


def _empty(category: Category, policy: SecurityPolicy, target: SecurityPolicy) -> list[Category]:
    """No value satisfies a permissive category without values: that must hold under the other policy too."""
    ours = policy.tag_set(category.tag)
    there = None if ours is None else _equivalent_set(ours, target)
    if there is None:
        raise _NotMappable(f"the category {category.tag} without values has no equivalent in {target.name}")
    return [Category(tag=there.name, type=category.type, uri=f"urn:oid:{there.id}")]


def _value(one: Chosen, policy: SecurityPolicy, target: SecurityPolicy, by: By, why: list[str]) -> tuple[Category, str] | None:
    """A category there without values, and the value; None where it may be left out."""
    if one.tag_set is None or one.value is None:
        raise _NotMappable(f"{policy.name} has no value {one.text!r} of {one.category.tag}")
    stated = [e for e in one.value.equivalents if plain_word(e.policy) == plain_word(target.name) and e.applied in _APPLIED[by]]
    if len(stated) > 1:
        raise _NotMappable(f"{policy.name} gives {one.text} more than one equivalent in {target.name}")
    if stated and stated[0].discard:
        why.append(f"{one.category.tag} {one.text} is left out, as {policy.name} allows")
        return None
    if stated:
        there = next((s for s in target.tag_sets if s.id == stated[0].set_id), None)
        kind = category_type(stated[0].tag_type, stated[0].enum_type)
        value = None if there is None else value_in(there, kind, stated[0].lacv)
    else:
        there, kind = _equivalent_set(one.tag_set, target), one.category.type
        value = None if there is None else _same_value(there, one)
    if there is None or value is None or kind is None:
        raise _NotMappable(f"{one.category.tag} {one.text} has no equivalent in {target.name}")
    text = one.text if value.user_input is not None else value.name
    why.append(f"{one.category.tag} {one.text} becomes {there.name} {text}")
    return Category(tag=there.name, type=kind, uri=f"urn:oid:{there.id}"), text


def _equivalent_set(ours: TagSet, target: SecurityPolicy) -> TagSet | None:
    found = next((e for e in ours.equivalents if plain_word(e.policy) == plain_word(target.name)), None)
    if found is None:
        return None
    return next((s for s in target.tag_sets if s.id == found.id or (found.id is None and plain_word(s.name) == plain_word(found.name or ""))), None)


def _same_value(there: TagSet, one: Chosen) -> TagValue | None:
    return next((v for tag in there.tags if tag.type == one.category.type for v in tag.values if plain_word(v.name) == plain_word(one.text)), None)


def _with(found: list[Category], empty: Category, text: str) -> list[Category]:
    """The categories with one value more, beside those of its tag."""
    at = next((n for n, c in enumerate(found) if (c.uri, c.type) == (empty.uri, empty.type)), None)
    if at is None:
        return [*found, replace(empty, values=(text,))]
    if text in found[at].values:
        return found
    return [*found[:at], replace(found[at], values=(*found[at].values, text)), *found[at + 1 :]]


def _added_by_sets(label: ConfidentialityLabel, policy: SecurityPolicy, target: SecurityPolicy) -> tuple[Required, ...]:
    used = {one.tag_set.id: one.tag_set for one in chosen(label, policy) if one.tag_set is not None}
    return tuple(r for s in used.values() for e in s.equivalents if plain_word(e.policy) == plain_word(target.name) for r in e.requires)


def _completed(
    label: ConfidentialityLabel, categories: tuple[Category, ...], requires: Iterable[Required], target: SecurityPolicy, why: list[str]
) -> tuple[Category, ...]:
    """The categories with those added that the equivalence asks for; where it leaves a choice that is not made, none is made for it."""
    found = list(categories)
    for required in requires:
        if is_met(required, chosen(replace(label, policy=target.identifier, categories=tuple(found)), target)):
            continue
        if required.operation != "all" and len(required.groups) > 1:
            raise _NotMappable(f"the equivalence leaves a choice that the label does not make: {', '.join(describe_groups(required.groups, target))}")
        for group in required.groups:
            found = _added(found, group, target)
        why.append(f"added: {', '.join(describe_groups(required.groups, target))}")
    return tuple(found)


def _added(found: list[Category], group: CategoryGroup, target: SecurityPolicy) -> list[Category]:
    there, value = target.tag_set(group.set_name), named_value(group, target)
    kind = category_type(group.tag_type, group.enum_type)
    if there is None or value is None or kind is None:
        raise _NotMappable(f"the equivalence asks for {group.set_name} {group.lacv or '(any)'}, which is no one value of {target.name}")
    return _with(found, Category(tag=there.name, type=kind, uri=f"urn:oid:{there.id}"), value.name)
