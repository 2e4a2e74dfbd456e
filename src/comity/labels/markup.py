"""XML in and out, as small values: no entities, no document type, no network, and never more than a stated size.

What is read is a tree of ``Node``; comments and processing instructions are left out, so that text on both sides of one is
one text. Elements of foreign namespaces are kept as text of their own (``foreign_text``) that means the same wherever it is
put. lxml is asked for only when XML is read: everything else in this room works without it.

Source: XML 1.0 fifth edition; Namespaces in XML 1.0; CWE-611 and CWE-776 for what is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.terms import BadInput, ComityError

XML = "http://www.w3.org/XML/1998/namespace"
_PIECE = 65536
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
NAME = f"[{_START}][{_START}0-9.\u00b7\u0300-\u036f\u203f-\u2040-]*"
"""A name without a colon, as a regular expression (Namespaces in XML, NCName; of the first plane)."""
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED = re.compile(r"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PREFIXED = re.compile(r"^\s*([A-Za-z_][\w.-]*):[\w.-]+\s*$")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much XML is read at most: bytes, elements, elements inside one another."""

    octets: int
    elements: int
    depth: int


LABEL_LIMITS = Limits(1_000_000, 10_000, 64)
POLICY_LIMITS = Limits(16_000_000, 200_000, 64)


@dataclass(frozen=True, slots=True)
class Raw:
    """Text that is markup already: a foreign element, kept from where it was read."""

    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """One element. ``tag`` and attributes are ``{namespace}name``; ``scope``: the prefixes that were declared around it."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple[Node | Raw | str, ...] = ()
    scope: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        return self.tag.rpartition("}")[0].removeprefix("{")

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in self.content if isinstance(part, Node))

    @property
    def text(self) -> str:
        return "".join(part for part in self.content if isinstance(part, str))


def legal(text: str) -> bool:
    """Can XML carry every character of this text?"""
    return not _ILLEGAL.search(text)


def collapse(text: str) -> str:
    """An xs:token out of a text: XML's blanks at the ends taken off, those inside made one."""
    return " ".join(part for part in re.split("[ \\t\\r\\n]+", text) if part)


class _Growing:
    """What the parser tells, made into nodes; it stops the parser where a limit is passed."""

    def __init__(self, limits: Limits, where: str) -> None:
        self.limits, self.where = limits, where
        self.open: list[tuple[str, tuple[tuple[str, str], ...], dict[str, str], list[Node | Raw | str]]] = []
        self.elements = 0
        self.root: Node | None = None

    def start(self, tag: str, attributes: Mapping[str, str], declared: Mapping[str, str] | None) -> None:
        self.elements += 1
        if len(self.open) >= self.limits.depth:
            raise BadInput(f"{self.where}: elements stand inside one another more than {self.limits.depth} deep; that is no label or policy")
        if self.elements > self.limits.elements:
            raise BadInput(f"{self.where}: more than {self.limits.elements} elements; that is no label or policy")
        around = self.open[-1][2] if self.open else {}
        self.open.append((tag, tuple(sorted(attributes.items())), {**around, **declared} if declared else around, []))

    def data(self, text: str) -> None:
        content = self.open[-1][3]
        if content and isinstance(content[-1], str):
            content[-1] += text
        else:
            content.append(text)

    def end(self, tag: str) -> None:
        opened, attributes, scope, content = self.open.pop()
        node = Node(opened, attributes, tuple(content), scope)
        if self.open:
            self.open[-1][3].append(node)
        else:
            self.root = node

    def close(self) -> Node | None:
        return self.root


def parse(data: bytes, limits: Limits = LABEL_LIMITS, where: str = "XML") -> Node:
    """The root element of a document; BadInput says in one line why it can't be read."""
    text = decode_xml(data, limits, where)  # no document type, so that there are no entities but XML's own five
    etree = xml_library()
    parser: Any = etree.XMLParser(
        target=_Growing(limits, where), encoding="utf-8", resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False
    )
    encoded = text.encode("utf-8")
    try:
        for start in range(0, len(encoded), _PIECE):
            parser.feed(encoded[start : start + _PIECE])
        root: Node = parser.close()
    except etree.XMLSyntaxError as problem:
        raise BadInput(f"{where}: not well-formed XML: {_first_line(problem)}; mend it where it was written") from None
    undeclared = next((entry.message for entry in parser.feed_error_log if entry.level_name != "WARNING"), None)
    if undeclared is not None:  # a prefix without a namespace stops no parser that is fed, and would be read as none
        raise BadInput(f"{where}: not well-formed XML: {' '.join(undeclared.split())}; mend it where it was written")
    return root


def decode_xml(data: bytes, limits: Limits, where: str) -> str:
    """The characters of a document that is small enough, in an encoding we read, and without a document type."""
    if len(data) > limits.octets:
        raise BadInput(f"{where}: more than {limits.octets} bytes of XML; that is no label or policy")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise BadInput(f"{where}: not in the encoding UTF-8; save the file as UTF-8") from None
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf-16", "us-ascii"):
        raise BadInput(f"{where}: it declares the encoding {declared[1]}; save the file as UTF-8")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput(f"{where}: it has a document type or entities, which labels never need; take the <!DOCTYPE ...> out")
    if not text.strip():
        raise BadInput(f"{where}: empty; give a label or a policy")
    return text


def xml_library() -> Any:
    """lxml, where it is installed; else one line that says how to get it."""
    try:
        from lxml import etree
    except ImportError:
        raise ComityError("reading XML needs lxml; install Comity with its labels: pip install 'comity[labels]'") from None
    return etree


def _first_line(problem: Exception) -> str:
    return " ".join(str(problem).split()).removesuffix(" (<string>, line 1)")


def foreign_text(node: Node) -> str:
    """One element as markup that stands on its own, always written the same way.

    Elements carry their namespace as the default one; a prefix is declared where the value of a text or an attribute uses it.
    """
    return _foreign(node, "")


def _foreign(node: Node, around: str) -> str:
    used = {match[1] for value in (node.text, *(v for _, v in node.attributes)) if (match := _PREFIXED.match(value))}
    declared = {prefix: node.scope[prefix] for prefix in sorted(used) if prefix in node.scope}
    written = [] if node.namespace == around else [f' xmlns="{escape_attribute(node.namespace)}"']
    for name, value in node.attributes:
        namespace, _, local = name.rpartition("}")
        prefix = _prefix_for(namespace.removeprefix("{"), declared)
        written.append(f' {prefix}{local}="{escape_attribute(value)}"')
    written += [f' xmlns:{prefix}="{escape_attribute(uri)}"' for prefix, uri in sorted(declared.items())]
    inner = "".join(
        escape_text(part) if isinstance(part, str) else _foreign(part, node.namespace) for part in node.content if not isinstance(part, Raw)
    )
    return f"<{node.name}{''.join(written)}>{inner}</{node.name}>" if inner else f"<{node.name}{''.join(written)}/>"


def _prefix_for(namespace: str, declared: dict[str, str]) -> str:
    """A prefix for an attribute's namespace; a new one is declared with the others."""
    if not namespace:
        return ""
    if namespace == XML:
        return "xml:"
    found = next((prefix for prefix, uri in sorted(declared.items()) if uri == namespace), None)
    if found is None:
        found = next(f"a{n}" for n in range(len(declared) + 1) if f"a{n}" not in declared)
        declared[found] = namespace
    return f"{found}:"


def to_bytes(root: Node, prefixes: Mapping[str, str]) -> bytes:
    """A document in UTF-8. ``prefixes``: namespace to prefix, for every namespace that the nodes use; an element a line."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_lines(root, prefixes, 0, declare=True)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _lines(node: Node, prefixes: Mapping[str, str], indent: int, declare: bool = False) -> list[str]:
    pad, name = " " * indent, _qualified(node.tag, prefixes)
    opening = name + "".join(f' {_qualified(key, prefixes)}="{escape_attribute(value)}"' for key, value in node.attributes)
    if declare:
        opening += "".join(f' xmlns:{prefix}="{escape_attribute(uri)}"' for uri, prefix in prefixes.items())
    if not node.content:
        return [f"{pad}<{opening}/>"]
    if any(isinstance(part, str) for part in node.content):
        return [f"{pad}<{opening}>{escape_text(node.text)}</{name}>"]
    inner: list[str] = []
    for part in node.content:
        inner += [" " * (indent + 1) + part.text] if isinstance(part, Raw) else _lines(part, prefixes, indent + 1) if isinstance(part, Node) else []
    return [f"{pad}<{opening}>", *inner, f"{pad}</{name}>"]


def _qualified(tag: str, prefixes: Mapping[str, str]) -> str:
    namespace, _, local = tag.rpartition("}")
    if not namespace:
        return local
    return f"xml:{local}" if namespace == "{" + XML else f"{prefixes[namespace.removeprefix('{')]}:{local}"


def escape_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    return escape_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
