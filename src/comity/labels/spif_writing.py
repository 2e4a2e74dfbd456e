"""A security policy as XML SPIF 2.1.

What a policy does not say about its issuer is written as what it is: not stated.

Source: XML SPIF 2.1 schema; ADatP-4774.1 (2021) table 1.
"""

from __future__ import annotations

from comity.labels.instants import Instant
from comity.labels.markup import XML, Node, Raw, to_bytes
from comity.labels.policies import (
    NOT_STATED,
    Attributes,
    CategoryGroup,
    EquivalentLevel,
    EquivalentPolicy,
    EquivalentSet,
    EquivalentValue,
    Level,
    PrivacyMark,
    Required,
    SecurityPolicy,
    Tag,
    TagSet,
    TagValue,
)
from comity.labels.spif_reading import SPIF

_Content = tuple[Node | Raw, ...]


def write_spif(policy: SecurityPolicy) -> bytes:
    """The policy as a file."""
    header = {**dict(NOT_STATED), **dict(policy.header)}
    root = _element(
        "SPIF",
        (("schemaVersion", "2.1"), *header.items(), *_when("notBefore", policy.not_before), *_when("notAfter", policy.not_after)),
        _content(policy),
    )
    namespaces = {name.rpartition("}")[0].removeprefix("{") for node in _walk(root) for name, _ in node.attributes} - {"", XML, SPIF}
    return to_bytes(root, {SPIF: "spif"} | {namespace: f"other{n}" for n, namespace in enumerate(sorted(namespaces))})


def _walk(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in _walk(child))]


def _content(policy: SecurityPolicy) -> _Content:
    carried = {name: (attributes, markings) for name, attributes, markings in policy.carried}

    def listed(name: str, inner: _Content, own: Attributes = ()) -> _Content:
        attributes, markings = carried.get(name, ((), ()))
        return (_element(name, own + attributes, inner + _raw(markings)),) if inner or own else ()

    default = policy.default_policy
    return (
        *(() if default is None else (_element("defaultSecurityPolicyId", _identity(default.name, (default.uri or "").removeprefix("urn:oid:"))),)),
        *listed("securityPolicyId", (), _identity(policy.name, policy.id)),
        *listed("securityClassifications", tuple(_level(level) for level in policy.levels)),
        *listed("securityCategoryTagSets", tuple(_tag_set(found) for found in policy.tag_sets)),
        *listed("privacyMarks", tuple(_mark(mark) for mark in policy.privacy_marks)),
        *listed("equivalentPolicies", tuple(_policy(other) for other in policy.equivalent_policies)),
        *_raw(policy.markings),
        *(() if policy.extensions is None else (Raw(policy.extensions),)),
    )


def _identity(name: str, oid: str) -> Attributes:
    return (("name", name), ("id", oid))


def _level(level: Level) -> Node:
    own: Attributes = (("name", level.name), ("lacv", str(level.lacv)), ("hierarchy", str(level.hierarchy)))
    own += (*_if("color", level.colour), *_flag("obsolete", level.obsolete), *level.attributes)
    return _element(
        "securityClassification", own, (*(_equivalent_level(e) for e in level.equivalents), *_raw(level.markings), *_requires(level.requires))
    )


def _equivalent_level(equivalent: EquivalentLevel) -> Node:
    own = (("policyRef", equivalent.policy), ("lacv", str(equivalent.lacv)), ("applied", equivalent.applied))
    return _element("equivalentClassification", own, _requires(equivalent.requires))


def _tag_set(found: TagSet) -> Node:
    inner = (*(_tag(tag) for tag in found.tags), *(_equivalent_set(e) for e in found.equivalents))
    return _element("securityCategoryTagSet", (*_identity(found.name, found.id), *found.attributes), inner)


def _equivalent_set(equivalent: EquivalentSet) -> Node:
    own = (("policyRef", equivalent.policy), *_if("name", equivalent.name), *_if("id", equivalent.id), *equivalent.attributes)
    return _element("equivalentSecurityCategoryTagSet", own, _requires(equivalent.requires))


def _tag(tag: Tag) -> Node:
    own = (*_if("name", tag.name), ("tagType", tag.tag_type), *_if("enumType", tag.enum_type), *_flag("singleSelection", tag.single))
    own += (*_if("maxSelection", _bound(tag.most)), *_if("minSelection", _bound(tag.least)), *tag.attributes)
    return _element("securityCategoryTag", own, (*(_value(value) for value in tag.values), *_raw(tag.markings)))


def _value(value: TagValue) -> Node:
    own = (("name", value.name), ("lacv", value.lacv), *_if("requiredClass", value.required_class), *_flag("obsolete", value.obsolete))
    own += (*_if("userInput", value.user_input), *_when("notBefore", value.not_before), *_when("notAfter", value.not_after), *value.attributes)
    excluded = tuple(Node(f"{{{SPIF}}}excludedClass", (), (name,)) for name in value.excluded_classes)
    return _element(
        "tagCategory",
        own,
        (
            *(_equivalent_value(e) for e in value.equivalents),
            *_raw(value.markings),
            *excluded,
            *_requires(value.requires),
            *(_group("excludedCategory", g) for g in value.excludes),
        ),
    )


def _equivalent_value(equivalent: EquivalentValue) -> Node:
    own: Attributes = (("policyRef", equivalent.policy), ("tagSetId", equivalent.set_id), ("tagType", equivalent.tag_type))
    own += (*_if("enumType", equivalent.enum_type), ("lacv", equivalent.lacv), ("applied", equivalent.applied))
    return _element("equivalentSecCategoryTag", (*own, *_if("action", "discard" if equivalent.discard else None)))


def _requires(requires: tuple[Required, ...]) -> tuple[Node, ...]:
    return tuple(
        _element("requiredCategory", (("operation", r.operation),), tuple(_group("categoryGroup", group) for group in r.groups)) for r in requires
    )


def _group(name: str, group: CategoryGroup) -> Node:
    which = ("all", "true") if group.lacv is None else ("lacv", group.lacv)
    return _element(name, (("tagSetRef", group.set_name), ("tagType", group.tag_type), *_if("enumType", group.enum_type), which))


def _mark(mark: PrivacyMark) -> Node:
    return _element("privacyMark", (("name", mark.name), *_flag("obsolete", mark.obsolete), *mark.attributes), _raw(mark.markings))


def _policy(policy: EquivalentPolicy) -> Node:
    return _element("equivalentPolicy", (*_identity(policy.name, policy.id), *policy.attributes), _requires(policy.requires))


def _element(name: str, attributes: Attributes, content: _Content = ()) -> Node:
    return Node(f"{{{SPIF}}}{name}", attributes, content)


def _raw(texts: tuple[str, ...]) -> tuple[Raw, ...]:
    return tuple(Raw(text) for text in texts)


def _if(name: str, value: str | None) -> Attributes:
    return () if value is None else ((name, value),)


def _flag(name: str, value: bool) -> Attributes:
    return ((name, "true"),) if value else ()


def _bound(number: int | None) -> str | None:
    return None if number is None else str(number)


def _when(name: str, instant: Instant | None) -> Attributes:
    return () if instant is None else ((name, instant.written),)
