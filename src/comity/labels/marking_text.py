"""The marking that a person reads on a page: one line out of a label.

No standard fixes this line; it is ours: policy and classification, the restrictive values, the informative ones,
then those it may be released to:

    EXAMPLE SECRET//ALPHA, BRAVO//REL TO XAA, XBB

A policy whose name the classification repeats is written once. A permissive tag other than Releasable To is written with its
name; one without values is written NOBODY. Only the reader is served: nothing is read back from a marking.

Source: ADatP-4774.1 (2021) chapter 3 leaves markings to each policy's SPIF; the fields are those of ADatP-4774.
"""

from __future__ import annotations

from comity.labels.confidentiality import CategoryType, ConfidentialityLabel, plain_word

RELEASABLE_TO = "Releasable To"


def marking_of(label: ConfidentialityLabel) -> str:
    """The label as one line for a page."""
    parts = [_headline(label)]
    for kind in (CategoryType.RESTRICTIVE, CategoryType.INFORMATIVE):
        values = [value for _, value in label.values(kind)]
        if values:
            parts.append(", ".join(values))
    for category in label.categories:
        if category.type == CategoryType.PERMISSIVE:
            name = "REL TO" if plain_word(category.tag) == plain_word(RELEASABLE_TO) else category.tag.upper()
            parts.append(f"{name} {', '.join(category.values) or 'NOBODY'}")
    if label.privacy_mark:
        parts.append(label.privacy_mark)
    return " ".join("//".join(parts).split())


def _headline(label: ConfidentialityLabel) -> str:
    policy, level = label.policy.name, label.classification
    return level if plain_word(level).startswith(f"{plain_word(policy)} ") else f"{policy} {level}"


def lost_in_marking(label: ConfidentialityLabel) -> tuple[str, ...]:
    """What a line on a page does not say."""
    there = (
        ("the policy's identifier", label.policy.uri),
        ("the categories' identifiers and types", label.categories),
        ("the originator", label.originator),
        ("the instant of creation", label.created),
        ("the review", label.review),
        ("the succession", label.succession),
        ("the label's id and role", label.id or label.role != "originator"),
        ("what others added", label.attributes or label.inner_foreign or label.foreign),
    )
    return tuple(what for what, present in there if present)
