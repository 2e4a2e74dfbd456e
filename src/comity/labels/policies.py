"""A security policy as its information file (SPIF) states it: levels, tags and their values, what goes with what, what is equal.

Source: XML SPIF 2.1; ADatP-4774.1 (2021) chapter 3. Equivalence runs one way: from this policy to each other one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from comity.labels.confidentiality import CategoryType, PolicyName, plain_word
from comity.labels.instants import Instant
from comity.terms import BadInput

TagType = Literal["restrictive", "permissive", "enumerated", "tagType7", "notApplicable"]
EnumType = Literal["restrictive", "permissive"]
UserInput = Literal["string", "integer", "date"]
Applied = Literal["encrypt", "decrypt", "both"]
Operation = Literal["onlyOne", "oneOrMore", "all"]
Attributes = tuple[tuple[str, str], ...]
NOT_STATED: Attributes = (
    ("creationDate", "19700101000000Z"),
    ("originatorDN", "CN=not stated"),
    ("keyIdentifier", "not stated"),
    ("privilegeId", "1.3.26.0.4774.5.24.1"),
    ("rbacId", "1.3.26.0.4774.5.24.1"),
)
"""What a SPIF says of its issuer where nothing is known; the two syntaxes are those of ADatP-4774.1, table 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryGroup:
    """One value of a tag set (``lacv``), or any of them (``lacv`` None). ``set_name``: the tag set, by name."""

    set_name: str
    tag_type: TagType
    enum_type: EnumType | None = None
    lacv: str | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """Categories that a label must have: all of the groups, one or more, or one only."""

    operation: Operation
    groups: tuple[CategoryGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentLevel:
    """The level of another policy (by its ``lacv`` there) that a level here is taken for, by whom, and what is added there."""

    policy: str
    lacv: int
    applied: Applied = "both"
    requires: tuple[Required, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One classification. ``hierarchy`` orders the levels; ``lacv`` is its number in binary labels and in references."""

    name: str
    lacv: int
    hierarchy: int
    obsolete: bool = False
    colour: str | None = None
    requires: tuple[Required, ...] = ()
    equivalents: tuple[EquivalentLevel, ...] = ()
    markings: tuple[str, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentValue:
    """The value of another policy that a value here becomes; ``discard``: it may be left out there."""

    policy: str
    set_id: str
    tag_type: TagType
    lacv: str
    enum_type: EnumType | None = None
    applied: Applied = "both"
    discard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TagValue:
    """One category. ``user_input``: the label's value is free, of this kind, and not ``name`` itself."""

    name: str
    lacv: str
    obsolete: bool = False
    required_class: str | None = None
    user_input: UserInput | None = None
    not_before: Instant | None = None
    not_after: Instant | None = None
    excluded_classes: tuple[str, ...] = ()
    requires: tuple[Required, ...] = ()
    excludes: tuple[CategoryGroup, ...] = ()
    equivalents: tuple[EquivalentValue, ...] = ()
    markings: tuple[str, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Values of one type. ``most`` and ``least``: how many a label may and must choose (None: not bounded)."""

    tag_type: TagType
    enum_type: EnumType | None = None
    name: str | None = None
    single: bool = False
    most: int | None = None
    least: int | None = None
    values: tuple[TagValue, ...] = ()
    markings: tuple[str, ...] = ()
    attributes: Attributes = ()

    @property
    def type(self) -> CategoryType | None:
        """The type that a label's category has for this tag; None where it is not applicable."""
        return category_type(self.tag_type, self.enum_type)


def category_type(tag_type: TagType, enum_type: EnumType | None) -> CategoryType | None:
    """Source: ADatP-4774.1, table 10."""
    if tag_type == "enumerated":
        return CategoryType[enum_type.upper()] if enum_type else None
    return {"restrictive": CategoryType.RESTRICTIVE, "permissive": CategoryType.PERMISSIVE, "tagType7": CategoryType.INFORMATIVE}.get(tag_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentSet:
    """A tag set of another policy with the same values; ``requires``: what is added there when this set is used here."""

    policy: str
    name: str | None = None
    id: str | None = None
    requires: tuple[Required, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSet:
    """Tags under one name and identifier: what a label calls TagName."""

    name: str
    id: str
    tags: tuple[Tag, ...]
    equivalents: tuple[EquivalentSet, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyMark:
    """A privacy mark that labels may carry."""

    name: str
    obsolete: bool = False
    markings: tuple[str, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentPolicy:
    """Another policy into which labels of this one can be mapped; ``requires``: what every mapped label gets."""

    name: str
    id: str
    requires: tuple[Required, ...] = ()
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityPolicy:
    """One policy. ``id``: its object identifier, dotted. ``header`` and the markings keep what is only carried along."""

    name: str
    id: str
    levels: tuple[Level, ...]
    tag_sets: tuple[TagSet, ...] = ()
    privacy_marks: tuple[PrivacyMark, ...] = ()
    equivalent_policies: tuple[EquivalentPolicy, ...] = ()
    default_policy: PolicyName | None = None
    not_before: Instant | None = None
    not_after: Instant | None = None
    header: Attributes = NOT_STATED
    markings: tuple[str, ...] = ()
    extensions: str | None = None
    carried: tuple[tuple[str, Attributes, tuple[str, ...]], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.levels:
            raise BadInput(f"the policy {self.name} has no level; give it one")
        _once("level", (plain_word(level.name) for level in self.levels))
        _once("lacv of a level", (str(level.lacv) for level in self.levels))
        _once("hierarchy of a level", (str(level.hierarchy) for level in self.levels))
        _once("colour of a level", (level.colour.casefold() for level in self.levels if level.colour))
        _once("tag set", (plain_word(found.name) for found in self.tag_sets))
        _once("identifier of a tag set", (found.id for found in self.tag_sets))
        _once("equivalent policy", (plain_word(policy.name) for policy in self.equivalent_policies))
        _once("identifier of an equivalent policy", (policy.id for policy in self.equivalent_policies))
        _resolve(self)

    @property
    def identifier(self) -> PolicyName:
        """How a label names this policy."""
        return PolicyName(self.name, f"urn:oid:{self.id}")

    @property
    def issued(self) -> date:
        """The day on which the file was made: labels made later are to follow it. The first of all days where it is not readable."""
        written = dict(self.header).get("creationDate", "")[:8]
        try:
            return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()
        except ValueError:
            return date.min

    def level(self, name: str) -> Level | None:
        """The level of that name, whatever its case and blanks."""
        return next((level for level in self.levels if plain_word(level.name) == plain_word(name)), None)

    def tag_set(self, name: str) -> TagSet | None:
        """The tag set of that name."""
        return next((found for found in self.tag_sets if plain_word(found.name) == plain_word(name)), None)


def _once(what: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise BadInput(f"the policy has the {what} {twice[0]!r} twice; each stands once")


def _resolve(policy: SecurityPolicy) -> None:
    """What a policy refers to inside itself is there (ADatP-4774.1, 3.4)."""
    values = [value for found in policy.tag_sets for tag in found.tags for value in tag.values]
    for name in (name for v in values for name in (*v.excluded_classes, *((v.required_class,) if v.required_class else ()))):
        if policy.level(name) is None:
            raise BadInput(f"the policy {policy.name} refers to a level {name!r} that it does not have; write one of its levels")
    requires = [*(r for level in policy.levels for r in level.requires), *(r for value in values for r in value.requires)]
    for group in (*(g for r in requires for g in r.groups), *(g for v in values for g in v.excludes)):
        if policy.tag_set(group.set_name) is None:
            raise BadInput(f"the policy {policy.name} refers to a tag set {group.set_name!r} that it does not have; write one of its tag sets")
    named = {plain_word(p.name) for p in policy.equivalent_policies} | ({plain_word(policy.default_policy.name)} if policy.default_policy else set())
    levels = (e.policy for level in policy.levels for e in level.equivalents)
    for name in (*levels, *(e.policy for v in values for e in v.equivalents)):
        if plain_word(name) not in named:
            raise BadInput(f"the policy {policy.name} maps to {name!r}, which is not among its equivalent policies; list it there")
