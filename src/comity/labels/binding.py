"""A label bound to data: the binding information of STANAG 4778, as the sidecar file that lies beside the data.

A sidecar is one container with one binding: a Metadata per label, then a reference to each file. Where the file's digest is
known it stands in a ds:Manifest at the end of the container, so that a signature over the document covers the file too.

Source: ADatP-4778 binding schema 1.4; profile urn:nato:stanag:4778:profile:sidecar:1:2 (read in secondary sources);
XML Signature syntax 5.1 (Manifest).
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from comity.labels.confidentiality import ConfidentialityLabel
from comity.labels.label_xml import SLAB, is_label, label_node, label_of, prefixes_for
from comity.labels.markup import Node, foreign_text, parse, to_bytes
from comity.labels.reading import Children, attributes, text_of
from comity.terms import BadInput

MB = "urn:nato:stanag:4778:bindinginformation:1:0"
DS = "http://www.w3.org/2000/09/xmldsig#"
XMIME = "http://www.w3.org/2005/05/xmlmime"
SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384"
_CONTENT_TYPE = f"{{{XMIME}}}contentType"


@dataclass(frozen=True, slots=True)
class DataReference:
    """The file that a label is about: its name or URI, its media type, and the SHA-384 of its bytes where it is bound to them."""

    uri: str
    content_type: str | None = None
    sha384: bytes | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Labels and what they are about. ``other``: metadata or data of other kinds, as text; ``signed``: does it carry a signature?"""

    labels: tuple[ConfidentialityLabel, ...]
    data: tuple[DataReference, ...] = ()
    other: tuple[str, ...] = ()
    signed: bool = False


def write_binding(labels: Sequence[ConfidentialityLabel], data: Sequence[DataReference]) -> bytes:
    """A sidecar: all labels about all data."""
    prefixes = {MB: "mb", SLAB: "slab", DS: "ds", XMIME: "xmime"}
    for label in labels:
        prefixes = prefixes_for(label, prefixes)
    return to_bytes(binding_node(labels, data), prefixes)


def binding_node(labels: Sequence[ConfidentialityLabel], data: Sequence[DataReference]) -> Node:
    """The sidecar's root element."""
    if not labels or not data:
        raise BadInput("a binding needs a label and the data that it is about; name the file")
    metadata = [Node(_mb("Metadata"), (), (label_node(label),)) for label in labels]
    references = [Node(_mb("DataReference"), _reference_attributes(d)) for d in data]
    binding = Node(_mb("MetadataBinding"), (), (*metadata, *references))
    digests = tuple(_digest_node(d.uri, d.sha384) for d in data if d.sha384 is not None)
    manifest = (Node(_ds("Manifest"), (), digests),) if digests else ()
    return Node(_mb("BindingInformation"), (), (Node(_mb("MetadataBindingContainer"), (), (binding, *manifest)),))


def _reference_attributes(data: DataReference) -> tuple[tuple[str, str], ...]:
    return (("URI", data.uri),) if data.content_type is None else (("URI", data.uri), (_CONTENT_TYPE, data.content_type))


def _digest_node(uri: str, digest: bytes) -> Node:
    method = Node(_ds("DigestMethod"), (("Algorithm", SHA384),))
    value = Node(_ds("DigestValue"), (), (base64.b64encode(digest).decode(),))
    return Node(_ds("Reference"), (("URI", uri),), (method, value))


def read_binding(data: bytes, where: str = "binding") -> Binding:
    """Every label of a sidecar with what it is about; BadInput says in one line what is wrong."""
    return binding_of(parse(data, where=where), where)


def is_binding(node: Node) -> bool:
    """Is the element binding information?"""
    return node.tag == _mb("BindingInformation")


def binding_of(root: Node, where: str) -> Binding:
    """The binding that an element is."""
    if not is_binding(root):
        raise BadInput(f"{where}: the root is {root.name}; a binding is BindingInformation in {MB}")
    children = Children(root, where)
    attributes(root, where, ())
    signatures = children.of(_ds("Signature"))
    found = [_container(node, children.where) for node in (children.one("MetadataBindingContainer"), *children.many("MetadataBindingContainer"))]
    other = children.foreign()
    labels = tuple(label for binding in found for label in binding.labels)
    if not labels:
        raise BadInput(f"{where}: it binds no label; give a binding with one")
    return Binding(labels, tuple(d for b in found for d in b.data), (*(text for b in found for text in b.other), *other), signed=bool(signatures))


def _container(node: Node, where: str) -> Binding:
    children = Children(node, where)
    attributes(node, where, ("Id",))
    bindings = [_binding(b, children.where) for b in (children.one("MetadataBinding"), *children.many("MetadataBinding"))]
    digests: dict[str, bytes] = {}
    for manifest in children.of(_ds("Manifest")):
        digests |= _digests(manifest, children.where)
    return Binding(
        tuple(label for b in bindings for label in b.labels),
        tuple(DataReference(d.uri, d.content_type, digests.get(d.uri)) for b in bindings for d in b.data),
        (*(text for b in bindings for text in b.other), *children.foreign()),
    )


def _binding(node: Node, where: str) -> Binding:
    children = Children(node, where)
    attributes(node, where, ("Id",))
    metadata = children.of(_mb("Metadata"), _mb("MetadataReference"))
    data = children.of(_mb("Data"), _mb("DataReference"))
    children.end()
    if not metadata or not data:
        raise BadInput(f"{children.where}: metadata come first, then the data that they are about, each at least once")
    inner = [(m, _only_child(m, children.where) if m.name == "Metadata" else None) for m in metadata]
    labels = tuple(label_of(child, f"{children.where}/Metadata") for _, child in inner if child is not None and is_label(child))
    others = [m for m, child in inner if child is None or not is_label(child)] + [d for d in data if d.name == "Data"]
    references = tuple(_reference(d, children.where) for d in data if d.name == "DataReference")
    return Binding(labels, references, tuple(foreign_text(n) for n in others))


def _only_child(node: Node, where: str) -> Node:
    if len(node.children) != 1:
        raise BadInput(f"{where}/{node.name}: it holds {len(node.children)} elements; write one in each {node.name}")
    return node.children[0]


def _reference(node: Node, where: str) -> DataReference:
    own = attributes(node, where, (_CONTENT_TYPE, "encoding", f"{{{XMIME}}}encoding"), needed=("URI",))
    return DataReference(own["URI"], own.get(_CONTENT_TYPE))


def _digests(manifest: Node, where: str) -> dict[str, bytes]:
    """The SHA-384 digests of a manifest by URI; digests of other kinds are for others to check."""
    found: dict[str, bytes] = {}
    for reference in manifest.children:
        method, value = _child(reference, "DigestMethod"), _child(reference, "DigestValue")
        if method is None or value is None or dict(method.attributes).get("Algorithm") != SHA384:
            continue
        try:
            found[dict(reference.attributes).get("URI", "")] = base64.b64decode("".join(text_of(value, where).split()), validate=True)
        except ValueError:
            raise BadInput(f"{where}/Manifest: a DigestValue is not base64; write the SHA-384 of the file in it") from None
    return found


def _child(node: Node, name: str) -> Node | None:
    return next((child for child in node.children if child.tag == _ds(name)), None)


def _mb(name: str) -> str:
    return f"{{{MB}}}{name}"


def _ds(name: str) -> str:
    return f"{{{DS}}}{name}"
