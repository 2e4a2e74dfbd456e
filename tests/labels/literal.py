"""A second, slow reading of the access decision and of the join, straight from the guidance's sentences; shares only types."""

from __future__ import annotations

from comity.labels import Category, CategoryType, Clearance, ConfidentialityLabel


def same(one: str, other: str, policy: str) -> bool:
    """For NATO and PUBLIC, case and blanks don't matter."""
    if policy.lower() in ("nato", "public"):
        return one.lower().split() == other.lower().split()
    return one == other


def named_alike(one: Category, other: Category) -> bool:
    if one.uri is not None and other.uri is not None:
        return one.uri == other.uri
    return one.tag.lower().split() == other.tag.lower().split()


def permitted(label: ConfidentialityLabel, clearance: Clearance) -> bool:
    """(i) policy, (ii) classification, (iii) permissive, (iv) restrictive; whatever fails, denies."""
    ours, theirs = label.policy, clearance.policy
    if ours.uri is not None and theirs.uri is not None:
        if ours.uri != theirs.uri:
            return False
    elif ours.name.lower().split() != theirs.name.lower().split():
        return False
    if not any(same(level, label.classification, ours.name) for level in clearance.classifications):
        return False
    for category in label.categories:
        if category.type == CategoryType.INFORMATIVE:
            continue
        has = []
        for value in category.values:
            found = False
            for held in clearance.categories:
                if held.type == category.type and named_alike(category, held):
                    for other in held.values:
                        if same(value, other, ours.name):
                            found = True
            has.append(found)
        if category.type == CategoryType.PERMISSIVE and has.count(True) == 0:
            return False
        if category.type == CategoryType.RESTRICTIVE and has.count(False) > 0:
            return False
    return True
