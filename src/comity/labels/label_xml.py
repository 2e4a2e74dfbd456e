"""The label as STANAG 4774 XML, read and written.

Beyond the schema, the prose is kept too: no URI on the classification, values only as GenericValue.

Source: ADatP-4774 edition A version 1 (2017), appendix 1 annex A; what many published examples get wrong is named in the error.
"""

from __future__ import annotations

from typing import cast, get_args

from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, IdType, Originator, PolicyName, Role, Succession
from comity.labels.instants import Instant, parse_instant
from comity.labels.markup import XML, Node, Raw, collapse, parse, to_bytes
from comity.labels.reading import Children, attributes, open_attributes, text_of
from comity.terms import BadInput

SLAB = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ROOTS: dict[str, Role] = {f"{role}ConfidentialityLabel": role for role in get_args(Role)}


def read_label_xml(data: bytes, where: str = "label") -> ConfidentialityLabel:
    """One label out of a document whose root is one; BadInput says in one line what is wrong, and where in it."""
    return label_of(parse(data, where=where), where)


def write_label_xml(label: ConfidentialityLabel) -> bytes:
    """The label as a document of its own."""
    node = label_node(label)
    return to_bytes(node, prefixes_for(label, {SLAB: "slab"}))


def is_label(node: Node) -> bool:
    """Is the element a label?"""
    return node.namespace == SLAB and node.name in _ROOTS


def label_of(node: Node, where: str) -> ConfidentialityLabel:
    """The label that an element is."""
    if node.namespace != SLAB:
        raise BadInput(f"{where}: {node.name} is in the namespace {node.namespace or '(none)'}; a label is in {SLAB}")
    if node.name not in _ROOTS:
        raise BadInput(f"{where}: the root is {node.name}; a label is one of {', '.join(_ROOTS)}")
    own, others = open_attributes(node, where, ("Id", "ReviewDateTime"))
    review = own.get("ReviewDateTime")
    return _label(
        node,
        where,
        _ROOTS[node.name],
        own.get("Id"),
        None if review is None else parse_instant(review, f"{where}/{node.name}/@ReviewDateTime"),
        others,
    )


def _label(
    node: Node, where: str, role: Role, own_id: str | None, review: Instant | None, others: tuple[tuple[str, str], ...]
) -> ConfidentialityLabel:
    children = Children(node, where)
    information = Children(children.one("ConfidentialityInformation"), children.where)
    attributes(information.node, children.where, ())
    policy = _policy(information.one("PolicyIdentifier"), information.where)
    classification = information.one("Classification")
    attributes(classification, information.where, ())
    mark = information.maybe("PrivacyMark")
    categories = tuple(_category(category, information.where) for category in information.many("Category"))
    inner_foreign = information.foreign()
    originator = children.maybe("OriginatorID")
    created = children.one("CreationDateTime")
    succession = children.maybe("SuccessionHandling")
    return ConfidentialityLabel(
        policy=policy,
        classification=_named(classification, information.where),
        created=parse_instant(_plain(created, children.where), f"{children.where}/CreationDateTime"),
        privacy_mark=None if mark is None else _plain(mark, information.where),
        categories=categories,
        originator=None if originator is None else _originator(originator, children.where),
        review=review,
        succession=None if succession is None else _succession(succession, children.where),
        role=role,
        id=own_id,
        attributes=others,
        inner_foreign=inner_foreign,
        foreign=children.foreign(),
    )


def _policy(node: Node, where: str) -> PolicyName:
    return PolicyName(_named(node, where, ("URI",)), attributes(node, where, ("URI",)).get("URI"))


def _named(node: Node, where: str, known: tuple[str, ...] = ()) -> str:
    attributes(node, where, known)
    name = collapse(text_of(node, where))
    if not name:
        raise BadInput(f"{where}/{node.name}: empty; write its name")
    return name


def _plain(node: Node, where: str) -> str:
    attributes(node, where, ())
    return text_of(node, where)


def _category(node: Node, where: str) -> Category:
    own = attributes(node, where, ("URI",), needed=("TagName", "Type"))
    children = Children(node, where)
    if own["Type"] not in set(CategoryType):
        raise BadInput(f"{children.where}: the Type is {own['Type']!r}; write one of {', '.join(CategoryType)}")
    values = tuple(_plain(value, children.where) for value in children.many("GenericValue"))
    if children.left and children.left[0].name in ("IntegerValue", "BitStringValue", "CategoryValue"):
        raise BadInput(f"{children.where}: {children.left[0].name} is not used in labels; write a GenericValue with the category's name")
    children.end()
    return Category(tag=own["TagName"], type=CategoryType(own["Type"]), values=values, uri=own.get("URI"))


def _originator(node: Node, where: str) -> Originator:
    return Originator(text_of(node, where), cast(IdType, attributes(node, where, (), needed=("IDType",))["IDType"]))


def _succession(node: Node, where: str) -> Succession:
    children = Children(node, where)
    attributes(node, where, ())
    at = parse_instant(_plain(children.one("SuccessionDateTime"), children.where), f"{children.where}/SuccessionDateTime")
    successor = children.one("SuccessorConfidentialityLabel")
    attributes(successor, children.where, ())
    label = _label(successor, children.where, "originator", None, None, ())
    return Succession(at, label, children.foreign())


def label_node(label: ConfidentialityLabel) -> Node:
    """The label as an element."""
    review = None if label.review is None else label.review.written
    written = (*_optional("Id", label.id), *_optional("ReviewDateTime", review), *label.attributes)
    return Node(_slab(f"{label.role}ConfidentialityLabel"), written, _content(label))


def prefixes_for(label: ConfidentialityLabel, prefixes: dict[str, str]) -> dict[str, str]:
    """The prefixes that its attributes need, beside those given."""
    namespaces = sorted({name.rpartition("}")[0].removeprefix("{") for name, _ in label.attributes} - {"", XML, *prefixes})
    return prefixes | {namespace: "xsi" if namespace == XSI else f"other{n}" for n, namespace in enumerate(namespaces)}


def _content(label: ConfidentialityLabel) -> tuple[Node | Raw, ...]:
    information: list[Node | Raw] = [
        Node(_slab("PolicyIdentifier"), _optional("URI", label.policy.uri), (label.policy.name,)),
        Node(_slab("Classification"), (), (label.classification,)),
    ]
    if label.privacy_mark is not None:
        information.append(Node(_slab("PrivacyMark"), (), (label.privacy_mark,)))
    information += [_category_node(category) for category in label.categories]
    information += [Raw(text) for text in label.inner_foreign]
    content: list[Node | Raw] = [Node(_slab("ConfidentialityInformation"), (), tuple(information))]
    if label.originator is not None:
        content.append(Node(_slab("OriginatorID"), (("IDType", label.originator.type),), (label.originator.id,)))
    content.append(Node(_slab("CreationDateTime"), (), (label.created.written,)))
    if label.succession is not None:
        content.append(_succession_node(label.succession))
    return (*content, *(Raw(text) for text in label.foreign))


def _succession_node(succession: Succession) -> Node:
    return Node(
        _slab("SuccessionHandling"),
        (),
        (
            Node(_slab("SuccessionDateTime"), (), (succession.at.written,)),
            Node(_slab("SuccessorConfidentialityLabel"), (), _content(succession.label)),
            *(Raw(text) for text in succession.foreign),
        ),
    )


def _category_node(category: Category) -> Node:
    named = (("Type", category.type.value), ("TagName", category.tag), *_optional("URI", category.uri))
    return Node(_slab("Category"), named, tuple(Node(_slab("GenericValue"), (), (value,)) for value in category.values))


def _optional(name: str, value: str | None) -> tuple[tuple[str, str], ...]:
    return () if value is None else ((name, value),)


def _slab(name: str) -> str:
    return f"{{{SLAB}}}{name}"
