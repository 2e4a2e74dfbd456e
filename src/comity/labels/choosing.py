"""What a label's categories are in a policy: which tag set, which tag, which value of it.

Source: ADatP-4774.1 (2021) table 10: TagName is the tag set's name, its URI the tag set's identifier, GenericValue a category's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, plain_word
from comity.labels.policies import CategoryGroup, Required, SecurityPolicy, Tag, TagSet, TagValue, category_type


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value of a label, as far as the policy knows it (None: it does not)."""

    category: Category
    text: str
    tag_set: TagSet | None
    tag: Tag | None
    value: TagValue | None


def chosen(label: ConfidentialityLabel, policy: SecurityPolicy) -> tuple[Chosen, ...]:
    """Every value of the label, looked up in the policy."""
    return tuple(_looked_up(category, text, policy) for category in label.categories for text in category.values)


def _looked_up(category: Category, text: str, policy: SecurityPolicy) -> Chosen:
    found = tag_set_of(category, policy)
    tags = [] if found is None else [tag for tag in found.tags if tag.type == category.type]
    for tag in tags:
        for value in tag.values:
            if value.user_input is None and plain_word(value.name) == plain_word(text):
                return Chosen(category, text, found, tag, value)
    for tag in tags:
        for value in tag.values:
            if value.user_input is not None and _could_be(text, value.user_input):
                return Chosen(category, text, found, tag, value)
    return Chosen(category, text, found, None, None)


def _could_be(text: str, user_input: str) -> bool:
    """Could a person have typed this where the policy asks for free text, a number or a date?"""
    return text.strip().isdigit() if user_input == "integer" else bool(text.strip())


def tag_set_of(category: Category, policy: SecurityPolicy) -> TagSet | None:
    """The tag set that a category is of: by its identifier where the label gives one, else by name."""
    if category.uri is not None:
        wanted = plain_word(category.uri).removeprefix("urn:oid:")
        return next((found for found in policy.tag_sets if found.id == wanted), None)
    return policy.tag_set(category.tag)


def is_in(group: CategoryGroup, values: Sequence[Chosen]) -> bool:
    """Does the label have the value (or, for a whole tag set, any value) that the policy names?"""
    return any(_matches(group, found) for found in values)


def _matches(group: CategoryGroup, found: Chosen) -> bool:
    if found.tag_set is None or found.tag is None or found.value is None:
        return False
    same_set = plain_word(found.tag_set.name) == plain_word(group.set_name) and found.tag.type == category_type(group.tag_type, group.enum_type)
    return same_set and group.lacv in (None, found.value.lacv)


def is_met(required: Required, values: Sequence[Chosen]) -> bool:
    """Does the label have what is required: all groups, at least one, or exactly one?"""
    count = sum(is_in(group, values) for group in required.groups)
    return {"all": count == len(required.groups), "oneOrMore": count >= 1, "onlyOne": count == 1}[required.operation]


def describe_groups(groups: Sequence[CategoryGroup], policy: SecurityPolicy) -> Iterator[str]:
    """The groups in words: the tag set and the category's name."""
    for group in groups:
        value = None if group.lacv is None else named_value(group, policy)
        yield f"{group.set_name} {'(any)' if group.lacv is None else value.name if value else f'number {group.lacv}'}"


def named_value(group: CategoryGroup, policy: SecurityPolicy) -> TagValue | None:
    """The value that a group names by its number."""
    found = policy.tag_set(group.set_name)
    return None if found is None else value_in(found, category_type(group.tag_type, group.enum_type), group.lacv)


def value_in(found: TagSet, kind: CategoryType | None, lacv: str | None) -> TagValue | None:
    """The value of this type and number in a tag set."""
    return next((value for tag in found.tags if tag.type == kind for value in tag.values if value.lacv == lacv), None)
