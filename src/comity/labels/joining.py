"""The label of what is put together from parts: the least that protects them all.

1. All parts under one policy: those under another are mapped as their own policy says; one that cannot be stops the join.
2. The highest level by the policy's ladder.
3. Permissive: for each tag only the values that every part with that tag has; none left means nobody, and stays so.
4. Restrictive and informative: all values.
5. The earliest review; the latest creation; the originator only if it is one and the same.

A public part without conditions asks for nothing and is passed over. A tag that a part does not have sets no condition, so that
the others' values stand. The guidance would drop an empty permissive set, which opens what every part had closed: not done.
A composite does not downgrade by itself: ask for each part's label on the day (``label_on``) and join those.

Source: ADatP-4774.1 (2021) 4.4, rules 1 to 9, with the departure of rule 3 stated above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from comity.labels.choosing import tag_set_of
from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, PolicyName, plain_word, same_policy, wording
from comity.labels.ladders import FIXED_LADDERS, ladder_of
from comity.labels.mapping import map_label
from comity.labels.policies import SecurityPolicy
from comity.terms import BadInput, Ladder, NotOnRecord


@dataclass(frozen=True, slots=True)
class Joined:
    """The dominant label, or None where there is none; ``why``: what decided it, or what stands against it."""

    label: ConfidentialityLabel | None
    why: tuple[str, ...]


class _NoJoin(Exception):
    """Inside this module: why labels have no common one."""


def join(
    labels: Sequence[ConfidentialityLabel],
    ladders: Sequence[Ladder] = (),
    policies: Sequence[SecurityPolicy] = (),
    into: PolicyName | None = None,
) -> Joined:
    """The label of a whole whose parts carry these.

    ``ladders``: the levels of the policies at hand; ``policies``: those with their equivalences; ``into``: under which policy
    (default: that of the first label that is not public).
    """
    if not labels:
        raise BadInput("there is no label to join; give at least one")
    closed = [label for label in labels if not _open(label)] or [labels[0]]
    why: list[str] = []
    try:
        target = into or closed[0].policy
        parts = [_identified(_under(label, target, policies, why), policies) for label in closed]
        return Joined(_joined(parts, _ladder(parts[0].policy, (*ladders, *(ladder_of(p) for p in policies))), why), tuple(why))
    except (_NoJoin, NotOnRecord) as reason:
        return Joined(None, (*why, str(reason)))


def _open(label: ConfidentialityLabel) -> bool:
    """Is it public, without any condition on access?"""
    public = plain_word(label.policy.name) == "public" and plain_word(label.classification) == "unmarked"
    return public and all(c.type == CategoryType.INFORMATIVE for c in label.categories)


def _under(label: ConfidentialityLabel, target: PolicyName, policies: Sequence[SecurityPolicy], why: list[str]) -> ConfidentialityLabel:
    if same_policy(label.policy, target):
        return label
    own, there = _policy(label.policy, policies), _policy(target, policies)
    if own is None or there is None:
        missing = label.policy if own is None else target
        raise _NoJoin(f"labels of {label.policy} and {target} cannot be joined: no equivalences of {missing} are given")
    mapped = map_label(label, own, there)
    why += mapped.why
    if mapped.label is None:
        raise _NoJoin(f"labels of {label.policy} and {target} cannot be joined")
    return mapped.label


def _identified(label: ConfidentialityLabel, policies: Sequence[SecurityPolicy]) -> ConfidentialityLabel:
    """The label with its tag sets' identifiers, where the policy is given: else a tag with one and a tag without stay two."""
    policy = _policy(label.policy, policies)
    if policy is None:
        return label
    sets = [(category, tag_set_of(category, policy)) for category in label.categories]
    return replace(label, categories=tuple(c if found is None else replace(c, tag=found.name, uri=f"urn:oid:{found.id}") for c, found in sets))


def _policy(name: PolicyName, policies: Sequence[SecurityPolicy]) -> SecurityPolicy | None:
    return next((policy for policy in policies if same_policy(policy.identifier, name)), None)


def _ladder(policy: PolicyName, ladders: Sequence[Ladder]) -> Ladder:
    found = next((ladder for ladder in (*ladders, *FIXED_LADDERS) if plain_word(ladder.policy) == plain_word(policy.name)), None)
    if found is None:
        raise _NoJoin(f"no ladder says which level of {policy} is the highest")
    return found


def _joined(parts: Sequence[ConfidentialityLabel], ladder: Ladder, why: list[str]) -> ConfidentialityLabel:
    highest = max(parts, key=lambda part: ladder.level(part.classification).rank)
    why.append(f"{highest.classification} is the highest level")
    originators = {part.originator for part in parts}
    marks = dict.fromkeys(part.privacy_mark for part in parts if part.privacy_mark)
    reviews = [part.review for part in parts if part.review is not None]
    return ConfidentialityLabel(
        policy=parts[0].policy,
        classification=highest.classification,
        created=max((part.created for part in parts), key=lambda created: created.at),
        privacy_mark="; ".join(marks) or None,
        categories=_categories(parts, why),
        originator=originators.pop() if len(originators) == 1 else None,
        review=min(reviews, key=lambda review: review.at) if reviews else None,
    )


def _categories(parts: Sequence[ConfidentialityLabel], why: list[str]) -> tuple[Category, ...]:
    found: dict[tuple[str, CategoryType, str | None], Category] = {}
    same = wording(parts[0].policy)
    for category in (category for part in parts for category in part.categories):
        key = (plain_word(category.tag), category.type, category.uri)
        there = found.get(key)
        found[key] = category if there is None else replace(there, values=_values(there, category, same))
    for category in found.values():
        if category.type == CategoryType.PERMISSIVE and not category.values:
            why.append(f"{category.tag}: the parts have no value in common, so nobody is left")
    return tuple(found.values())


def _values(one: Category, other: Category, same: Callable[[str], str]) -> tuple[str, ...]:
    if one.type == CategoryType.PERMISSIVE:
        common = {same(value) for value in other.values}
        return tuple(value for value in one.values if same(value) in common)
    known = {same(value) for value in one.values}
    return one.values + tuple(value for value in other.values if same(value) not in known)
