"""A security policy out of an XML SPIF 2.1 (1.0 and 2.0 have the same elements, fewer of them).

Source: XML SPIF 2.1 schema and its documentation. Version 3.0 has another marking model and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar, cast, get_args

from comity.labels.confidentiality import PolicyName
from comity.labels.instants import Instant, parse_instant
from comity.labels.markup import POLICY_LIMITS, Node, foreign_text, parse
from comity.labels.policies import (
    Applied,
    Attributes,
    CategoryGroup,
    EnumType,
    EquivalentLevel,
    EquivalentPolicy,
    EquivalentSet,
    EquivalentValue,
    Level,
    Operation,
    PrivacyMark,
    Required,
    SecurityPolicy,
    Tag,
    TagSet,
    TagType,
    TagValue,
    UserInput,
)
from comity.labels.reading import Children, open_attributes, text_of
from comity.terms import BadInput

SPIF = "http://www.xmlspif.org/spif"
VERSIONS = ("1.0", "2.0", "2.1")
HEADER = ("creationDate", "originatorDN", "keyIdentifier", "privilegeId", "rbacId")
_Choice = TypeVar("_Choice", bound=str)


def read_spif(data: bytes, where: str = "SPIF") -> SecurityPolicy:
    """The policy that a file states; BadInput says in one line what is wrong."""
    root = parse(data, POLICY_LIMITS, where)
    if root.tag != f"{{{SPIF}}}SPIF":
        raise BadInput(f"{where}: the root is {root.name} in {root.namespace or '(no namespace)'}; a SPIF is SPIF in {SPIF}")
    own, others = open_attributes(root, where, ("notBefore", "notAfter"), ("schemaVersion", *HEADER))
    if own["schemaVersion"] not in VERSIONS:
        raise BadInput(f"{where}: schemaVersion {own['schemaVersion']!r} is not read; give a SPIF of the version {', '.join(VERSIONS)}")
    children = Children(root, where)
    default = children.maybe("defaultSecurityPolicyId")
    identity = children.one("securityPolicyId")
    named, _ = open_attributes(identity, children.where, (), ("name", "id"))
    children.maybe("updateInfo")
    carried = [_carried(identity)]
    levels = children.one("securityClassifications")
    carried.append(_carried(levels))
    tag_sets, marks, policies = (children.maybe(name) for name in ("securityCategoryTagSets", "privacyMarks", "equivalentPolicies"))
    carried += [_carried(marks)] if marks is not None else []
    markings = _markings(children)
    extensions = children.maybe("extensions")
    children.end()
    return SecurityPolicy(
        name=named["name"],
        id=named["id"],
        levels=tuple(_level(node, levels.name) for node in _all(levels, "securityClassification", where)),
        tag_sets=() if tag_sets is None else tuple(_tag_set(node, tag_sets.name) for node in _all(tag_sets, "securityCategoryTagSet", where)),
        privacy_marks=() if marks is None else tuple(_mark(node, marks.name) for node in _all(marks, "privacyMark", where)),
        equivalent_policies=() if policies is None else tuple(_policy(node, policies.name) for node in _all(policies, "equivalentPolicy", where)),
        default_policy=None if default is None else _named(default, children.where),
        not_before=_instant(own.get("notBefore"), where),
        not_after=_instant(own.get("notAfter"), where),
        header=tuple((name, own[name]) for name in HEADER) + others,
        markings=markings,
        extensions=None if extensions is None else foreign_text(extensions),
        carried=tuple(part for part in carried if part[1] or part[2]),
    )


def _carried(node: Node) -> tuple[str, Attributes, tuple[str, ...]]:
    """What a list or an identity carries for displays only: its other attributes and its markings."""
    others = tuple((name, value) for name, value in node.attributes if not (node.name == "securityPolicyId" and name in ("name", "id")))
    return node.name, others, tuple(foreign_text(child) for child in node.children if child.name.startswith("marking"))


def _all(node: Node, name: str, where: str) -> tuple[Node, ...]:
    children = Children(node, where)
    found = (children.one(name), *children.many(name))
    if node.name in ("securityClassifications", "privacyMarks"):  # these alone carry markings for all their entries
        _markings(children)
    children.end()
    return found


def _markings(children: Children) -> tuple[str, ...]:
    return tuple(foreign_text(node) for node in (*children.many("markingData"), *children.many("markingQualifier")))


def _named(node: Node, where: str) -> PolicyName:
    own, _ = open_attributes(node, where, (), ("name", "id"))
    return PolicyName(own["name"], f"urn:oid:{own['id']}")


def _level(node: Node, where: str) -> Level:
    own, others = open_attributes(node, where, ("color", "obsolete"), ("name", "lacv", "hierarchy"))
    where = f"{where}/{own['name']}"
    children = Children(node, where)
    equivalents = tuple(_equivalent_level(e, where) for e in children.many("equivalentClassification"))
    markings = _markings(children)
    requires = _requires(children)
    children.end()
    return Level(
        name=own["name"],
        lacv=_number(own["lacv"], f"{where}/@lacv"),
        hierarchy=_number(own["hierarchy"], f"{where}/@hierarchy"),
        obsolete=_truth(own.get("obsolete"), f"{where}/@obsolete"),
        colour=own.get("color"),
        requires=requires,
        equivalents=equivalents,
        markings=markings,
        attributes=others,
    )


def _equivalent_level(node: Node, where: str) -> EquivalentLevel:
    own, _ = open_attributes(node, where, (), ("policyRef", "lacv", "applied"))
    children = Children(node, where)
    requires = _requires(children)
    children.end()
    applied = _choice(own, "applied", cast(tuple[Applied, ...], get_args(Applied)), where)
    return EquivalentLevel(policy=own["policyRef"], lacv=_number(own["lacv"], f"{where}/@lacv"), applied=applied, requires=requires)


def _tag_set(node: Node, where: str) -> TagSet:
    own, others = open_attributes(node, where, (), ("name", "id"))
    where = f"{where}/{own['name']}"
    children = Children(node, where)
    tags = tuple(_tag(tag, where) for tag in (children.one("securityCategoryTag"), *children.many("securityCategoryTag")))
    equivalents = tuple(_equivalent_set(e, where) for e in children.many("equivalentSecurityCategoryTagSet"))
    children.end()
    return TagSet(name=own["name"], id=own["id"], tags=tags, equivalents=equivalents, attributes=others)


def _equivalent_set(node: Node, where: str) -> EquivalentSet:
    own, others = open_attributes(node, where, ("name", "id"), ("policyRef",))
    children = Children(node, where)
    requires = _requires(children)
    children.end()
    return EquivalentSet(policy=own["policyRef"], name=own.get("name"), id=own.get("id"), requires=requires, attributes=others)


def _tag(node: Node, where: str) -> Tag:
    own, others = open_attributes(node, where, ("name", "enumType", "singleSelection", "maxSelection", "minSelection"), ("tagType",))
    children = Children(node, where)
    values = tuple(_value(value, where) for value in children.many("tagCategory"))
    markings = tuple(foreign_text(m) for m in children.many("markingQualifier"))
    children.end()
    tag_type, enum_type = _tag_type(own, where)
    return Tag(
        tag_type=tag_type,
        enum_type=enum_type,
        name=own.get("name"),
        single=_truth(own.get("singleSelection"), f"{where}/@singleSelection"),
        most=_bound(own.get("maxSelection"), f"{where}/@maxSelection"),
        least=_bound(own.get("minSelection"), f"{where}/@minSelection"),
        values=values,
        markings=markings,
        attributes=others,
    )


def _value(node: Node, where: str) -> TagValue:
    own, others = open_attributes(node, where, ("requiredClass", "obsolete", "userInput", "notBefore", "notAfter"), ("name", "lacv"))
    where = f"{where}/{own['name']}"
    children = Children(node, where)
    equivalents = tuple(_equivalent_value(e, where) for e in children.many("equivalentSecCategoryTag"))
    markings = _markings(children)
    excluded_classes = tuple(text_of(e, where) for e in children.many("excludedClass"))
    requires = _requires(children)
    excludes = tuple(_group(g, where) for g in children.many("excludedCategory"))
    children.end()
    return TagValue(
        name=own["name"],
        lacv=own["lacv"],
        obsolete=_truth(own.get("obsolete"), f"{where}/@obsolete"),
        required_class=own.get("requiredClass"),
        user_input=None if "userInput" not in own else _choice(own, "userInput", cast(tuple[UserInput, ...], get_args(UserInput)), where),
        not_before=_instant(own.get("notBefore"), where),
        not_after=_instant(own.get("notAfter"), where),
        excluded_classes=excluded_classes,
        requires=requires,
        excludes=excludes,
        equivalents=equivalents,
        markings=markings,
        attributes=others,
    )


def _equivalent_value(node: Node, where: str) -> EquivalentValue:
    own, _ = open_attributes(node, where, ("enumType", "action"), ("policyRef", "tagSetId", "tagType", "lacv", "applied"))
    tag_type, enum_type = _tag_type(own, where)
    if own.get("action", "discard") != "discard":
        raise BadInput(f"{where}/@action is {own['action']!r}; write discard or leave it out")
    return EquivalentValue(
        policy=own["policyRef"],
        set_id=own["tagSetId"],
        tag_type=tag_type,
        lacv=own["lacv"],
        enum_type=enum_type,
        applied=_choice(own, "applied", cast(tuple[Applied, ...], get_args(Applied)), where),
        discard="action" in own,
    )


def _requires(children: Children) -> tuple[Required, ...]:
    return tuple(_required(node, children.where) for node in children.many("requiredCategory"))


def _required(node: Node, where: str) -> Required:
    own, _ = open_attributes(node, where, ("operation",))
    children = Children(node, where)
    groups = tuple(_group(g, children.where) for g in (children.one("categoryGroup"), *children.many("categoryGroup")))
    children.end()
    return Required(_choice({"operation": "all"} | own, "operation", cast(tuple[Operation, ...], get_args(Operation)), where), groups)


def _group(node: Node, where: str) -> CategoryGroup:
    own, _ = open_attributes(node, where, ("enumType", "lacv", "all"), ("tagSetRef", "tagType"))
    tag_type, enum_type = _tag_type(own, where)
    if ("lacv" in own) == _truth(own.get("all"), f"{where}/@all"):
        raise BadInput(f"{where}/{node.name}: write either lacv (one value) or all (any value of the tag set)")
    return CategoryGroup(set_name=own["tagSetRef"], tag_type=tag_type, enum_type=enum_type, lacv=own.get("lacv"))


def _mark(node: Node, where: str) -> PrivacyMark:
    own, others = open_attributes(node, where, ("obsolete",), ("name",))
    children = Children(node, where)
    markings = _markings(children)
    children.end()
    return PrivacyMark(name=own["name"], obsolete=_truth(own.get("obsolete"), f"{where}/@obsolete"), markings=markings, attributes=others)


def _policy(node: Node, where: str) -> EquivalentPolicy:
    own, others = open_attributes(node, where, (), ("name", "id"))
    children = Children(node, where)
    requires = _requires(children)
    children.end()
    return EquivalentPolicy(name=own["name"], id=own["id"], requires=requires, attributes=others)


def _tag_type(own: Mapping[str, str], where: str) -> tuple[TagType, EnumType | None]:
    tag_type = _choice(own, "tagType", cast(tuple[TagType, ...], get_args(TagType)), where)
    if tag_type == "enumerated" and "enumType" not in own:
        raise BadInput(f"{where}: an enumerated tag has an enumType; write restrictive or permissive")
    return tag_type, None if "enumType" not in own else _choice(own, "enumType", cast(tuple[EnumType, ...], get_args(EnumType)), where)


def _choice(own: Mapping[str, str], name: str, choices: tuple[_Choice, ...], where: str) -> _Choice:
    found = next((choice for choice in choices if choice == own[name]), None)
    if found is None:
        raise BadInput(f"{where}/@{name} is {own[name]!r}; write one of {', '.join(choices)}")
    return found


def _number(text: str, where: str) -> int:
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,30}\s*", text):
        raise BadInput(f"{where} is {text[:40]!r}; write a whole number")
    return int(text)


def _bound(text: str | None, where: str) -> int | None:
    return None if text is None or text == "unbounded" else _number(text, where)


def _truth(text: str | None, where: str) -> bool:
    if text not in (None, "true", "false", "1", "0"):
        raise BadInput(f"{where} is {text!r}; write true or false")
    return text in ("true", "1")


def _instant(text: str | None, where: str) -> Instant | None:
    return None if text is None else parse_instant(text, where)
