"""The confidentiality label with all that STANAG 4774 lets it say, and which label counts on a day.

A label that exists can be written: its texts are legal in XML, its policy, level, tags and instants are there.

Source: ADatP-4774 edition A version 1 (2017), sections on the label's elements, table 7 (categories), appendix 1 annex A.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, get_args

from comity.labels.instants import Instant, start_of
from comity.labels.markup import NAME, collapse, legal
from comity.terms import BadInput

Role = Literal["originator", "alternative", "metadata"]
IdType = Literal["rfc822Name", "dNSName", "directoryName", "uniformResourceIdentifier", "iPAddress", "x400Address", "userPrincipalName", "jID"]
MOST_SUCCESSORS = 16
_XML_ID = re.compile(NAME)
_NAME = re.compile(rf"(\{{[^{{}}\s]+\}})?{NAME}")


class CategoryType(StrEnum):
    """RESTRICTIVE: all values needed; PERMISSIVE: one suffices; INFORMATIVE: never asked for access (table 7)."""

    RESTRICTIVE = "RESTRICTIVE"
    PERMISSIVE = "PERMISSIVE"
    INFORMATIVE = "INFORMATIVE"


@dataclass(frozen=True, slots=True)
class PolicyName:
    """Which policy: its name and, where given, its identifier (``urn:oid:...``)."""

    name: str
    uri: str | None = None

    def __post_init__(self) -> None:
        _token(self.name, "the policy's name")
        _text(self.uri, "the policy's URI")

    def __str__(self) -> str:
        return self.name


def same_policy(one: PolicyName, other: PolicyName) -> bool:
    """Do the two name one policy: the same identifier, or the same name where one has none?"""
    if one.uri and other.uri:
        return plain_word(one.uri) == plain_word(other.uri)
    return plain_word(one.name) == plain_word(other.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """Values of one tag. ``tag``: the tag set's name; ``uri``: its identifier. No values: nobody satisfies a permissive tag."""

    tag: str
    type: CategoryType
    values: tuple[str, ...] = ()
    uri: str | None = None

    def __post_init__(self) -> None:
        if not self.tag:
            raise BadInput("a category has no tag; give the name of its tag set")
        for text in (self.tag, self.uri, *self.values):
            _text(text, f"the category {self.tag!r}")


@dataclass(frozen=True, slots=True)
class Originator:
    """Who set the label, and what kind of identifier that is."""

    id: str
    type: IdType

    def __post_init__(self) -> None:
        _text(self.id, "the originator")
        if self.type not in get_args(IdType):
            raise BadInput(f"the originator's identifier is of the type {self.type!r}; write one of {', '.join(get_args(IdType))}")


@dataclass(frozen=True, slots=True)
class Succession:
    """From ``at`` on, ``label`` counts. ``foreign``: elements of other namespaces, as text."""

    at: Instant
    label: ConfidentialityLabel
    foreign: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.label.review is not None or self.label.id is not None or self.label.attributes or self.label.role != "originator":
            raise BadInput("a successor label has no review, no id and no attributes of its own; take them off")
        if len(successors(self.label)) >= MOST_SUCCESSORS:
            raise BadInput(f"more than {MOST_SUCCESSORS} labels succeed one another; shorten the chain")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentialityLabel:
    """One label.

    ``role``: the originator's own, an alternative in another policy, or that of metadata. ``attributes`` (on the label),
    ``inner_foreign`` (beside the categories) and ``foreign`` (at the end) keep what other namespaces added.
    """

    policy: PolicyName
    classification: str
    created: Instant
    privacy_mark: str | None = None
    categories: tuple[Category, ...] = ()
    originator: Originator | None = None
    review: Instant | None = None
    succession: Succession | None = None
    role: Role = "originator"
    id: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    inner_foreign: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _token(self.classification, "the classification")
        _text(self.privacy_mark, "the privacy mark")
        if self.role not in get_args(Role):
            raise BadInput(f"the label's role is {self.role!r}; write one of {', '.join(get_args(Role))}")
        if self.id is not None and not _XML_ID.fullmatch(self.id):
            raise BadInput(f"the label's id {self.id!r} is not an XML id; start with a letter and use letters, digits, . _ -")
        for name, value in self.attributes:
            if not _NAME.fullmatch(name) or not legal(name) or name in ("Id", "ReviewDateTime"):
                raise BadInput(f"{name!r} is no name for an attribute of somebody else; write it as {{namespace}}name")
            _text(value, f"the attribute {name}")

    def values(self, kind: CategoryType) -> tuple[tuple[str, str], ...]:
        """Every (tag, value) of this type, in order."""
        return tuple((c.tag, value) for c in self.categories if c.type == kind for value in c.values)


def successors(label: ConfidentialityLabel) -> tuple[ConfidentialityLabel, ...]:
    """The chain of labels that follow this one."""
    found: list[ConfidentialityLabel] = []
    while label.succession is not None:
        label = label.succession.label
        found.append(label)
    return tuple(found)


def label_on(label: ConfidentialityLabel, when: date | datetime) -> ConfidentialityLabel:
    """Which label counts then: this one, or the last of its successors whose instant has come (a day: at its first instant, UTC).

    A past review calls for a person's look and changes nothing by itself.
    Source: ADatP-4774.1 (2021) 4.3, read with ADatP-4774 1-2: SuccessionDateTime decides.
    """
    at = when if isinstance(when, datetime) else start_of(when)
    role = label.role
    while label.succession is not None and label.succession.at.at <= at:
        label = label.succession.label
    return replace(label, role=role)


def plain_word(text: str) -> str:
    """A name for looking up: case and blanks don't count."""
    return " ".join(text.split()).casefold()


def wording(policy: PolicyName) -> Callable[[str], str]:
    """How values of this policy are compared: without regard to case and blanks for NATO and PUBLIC (ADatP-4774 5-2), else exactly."""
    return plain_word if plain_word(policy.name) in ("nato", "public") else str


def _token(text: str, what: str) -> None:
    _text(text, what)
    if not text or text != collapse(text):
        raise BadInput(f"{what} is {text!r}; write it without blanks around it or doubled, and not empty")


def _text(text: str | None, what: str) -> None:
    if text is not None and not legal(text):
        raise BadInput(f"{what} holds a control character, which no label can carry; take it out")
