"""May somebody with this clearance see what carries this label? The access decision of the guidance, with its reasons.

1. The label's policy is the clearance's.
2. The label's classification is among those that the clearance lists (membership, not height).
3. Of each permissive category at least one value is in the clearance; of one without values none can be.
4. Of each restrictive category all values are in the clearance.
5. Informative categories are never asked.

Anything else is a refusal. A tag that the label does not have sets no condition. Two categories of one tag are two conditions,
which is never the wider reading. Values are compared without regard to case for the policies NATO and PUBLIC only.

Source: ADatP-4774.1 (2021) 3.11.4 (i) to (iv); ADatP-4774 5-2 (case), table 7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, PolicyName, plain_word, same_policy, wording


@dataclass(frozen=True, slots=True)
class Clearance:
    """What somebody is cleared for under one policy: every level by name, and categories."""

    policy: PolicyName
    classifications: tuple[str, ...]
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessTest:
    """One test of a decision, in words, and whether it was passed."""

    says: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Permit or deny, with the tests in their order; it permits if all were passed."""

    tests: tuple[AccessTest, ...]

    @property
    def permit(self) -> bool:
        return all(test.holds for test in self.tests)


def decide(label: ConfidentialityLabel, clearance: Clearance) -> Decision:
    """The access decision for one label and one clearance."""
    same = wording(label.policy)
    cleared = {same(name) for name in clearance.classifications}
    tests = [
        AccessTest(f"the clearance is under the label's policy {label.policy}", same_policy(label.policy, clearance.policy)),
        AccessTest(f"{label.classification} is among the levels of the clearance", same(label.classification) in cleared),
    ]
    tests += [_asked(category, clearance, same) for category in label.categories if category.type != CategoryType.INFORMATIVE]
    return Decision(tuple(tests))


def _asked(category: Category, clearance: Clearance, same: Callable[[str], str]) -> AccessTest:
    held = {same(value) for other in clearance.categories if _same_tag(category, other) for value in other.values}
    values = ", ".join(category.values) or "no value"
    if category.type == CategoryType.PERMISSIVE:
        return AccessTest(f"one of {category.tag}: {values}", any(same(value) in held for value in category.values))
    return AccessTest(f"all of {category.tag}: {values}", all(same(value) in held for value in category.values))


def _same_tag(one: Category, other: Category) -> bool:
    """The same type, and the same identifier, or name where one has none."""
    if one.type != other.type:
        return False
    return one.uri == other.uri if one.uri and other.uri else plain_word(one.tag) == plain_word(other.tag)
