"""Between the confidentiality label and the flat label of acts (``comity.terms.Label``).

There and back, a flat label is unchanged. The other way something is lost: see ``to_flat``.
"""

from __future__ import annotations

from datetime import datetime

from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, Originator, PolicyName, plain_word
from comity.labels.instants import instant_of
from comity.labels.marking_text import RELEASABLE_TO
from comity.terms import PUBLIC, BadInput, Label

CATEGORIES, CAVEATS = "Categories", "Caveats"
PARTY = "comity:party:"
_UNMARKED = "UNMARKED"


def to_flat(label: ConfidentialityLabel) -> Label:
    """The label as acts carry it.

    Permissive Releasable To becomes ``releasable_to`` (no such category: nobody but the originator, which is narrower);
    restrictive Caveats become ``caveats``, all other restrictive values ``categories``. A permissive tag of another name is
    kept visible as the category "TAG: value". Lost: informative categories, the privacy mark, tags' names and identifiers, all
    instants, the succession (ask ``label_on`` first), the type of the originator's identifier, and what others added.
    """
    public = plain_word(label.policy.name) == "public" and plain_word(label.classification) == plain_word(_UNMARKED)
    restrictive = label.values(CategoryType.RESTRICTIVE)
    other = [f"{c.tag}: {v}" for c in label.categories if c.type == CategoryType.PERMISSIVE and not _is(c.tag, RELEASABLE_TO) for v in c.values]
    released = [c.values for c in label.categories if c.type == CategoryType.PERMISSIVE and _is(c.tag, RELEASABLE_TO)]
    return Label(
        policy=PUBLIC.policy if public else label.policy.name,
        classification=PUBLIC.classification if public else label.classification,
        categories=(*(value for tag, value in restrictive if not _is(tag, CAVEATS)), *other),
        releasable_to=tuple(value for value in released[0] if all(value in more for more in released)) if released else (),
        caveats=tuple(value for tag, value in restrictive if _is(tag, CAVEATS)),
        originator=None if label.originator is None else label.originator.id.removeprefix(PARTY),
    )


def from_flat(label: Label, created: datetime) -> ConfidentialityLabel:
    """A flat label as a confidentiality label made then; BadInput for the label of a join over several policies.

    An empty ``releasable_to`` of a label that is not public is written as Releasable To without values: nobody.
    """
    if "+" in label.policy:
        raise BadInput(f"the label joins the policies {label.policy}, which no one label can state; map the parts into one policy first")
    public = label.policy == PUBLIC.policy and label.classification == PUBLIC.classification
    parts = [
        Category(tag=CATEGORIES, type=CategoryType.RESTRICTIVE, values=label.categories) if label.categories else None,
        Category(tag=CAVEATS, type=CategoryType.RESTRICTIVE, values=label.caveats) if label.caveats else None,
        None if public and not label.releasable_to else Category(tag=RELEASABLE_TO, type=CategoryType.PERMISSIVE, values=label.releasable_to),
    ]
    return ConfidentialityLabel(
        policy=PolicyName(label.policy),
        classification=_UNMARKED if public else label.classification,
        created=instant_of(created),
        categories=tuple(part for part in parts if part is not None),
        originator=None if label.originator is None else Originator(f"{PARTY}{label.originator}", "uniformResourceIdentifier"),
    )


def is_limited(label: ConfidentialityLabel) -> bool:
    """Does the label say to whom it may be released (to nobody, even)? Without Releasable To it sets no such condition."""
    return any(c.type == CategoryType.PERMISSIVE and _is(c.tag, RELEASABLE_TO) for c in label.categories)


def _is(tag: str, name: str) -> bool:
    return plain_word(tag) == plain_word(name)
