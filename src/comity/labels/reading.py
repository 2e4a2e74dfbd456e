"""Reading the children of an element in the order that a schema fixes, with one clear line where they differ.

Source: ADatP-4774 and the binding and SPIF schemas: every content model in them is a fixed sequence.
"""

from __future__ import annotations

from comity.labels.markup import Node, foreign_text
from comity.terms import BadInput


class Children:
    """The child elements of ``node``, taken one after the other."""

    def __init__(self, node: Node, where: str) -> None:
        self.node, self.where = node, f"{where}/{node.name}" if where else node.name
        self.left = list(node.children)
        if node.text.strip():
            raise BadInput(f"{self.where}: text {node.text.strip()[:40]!r} where only elements belong")

    def maybe(self, name: str) -> Node | None:
        """The next child, if it is called so in the element's own namespace."""
        if self.left and self.left[0].tag == f"{{{self.node.namespace}}}{name}":
            return self.left.pop(0)
        return None

    def one(self, name: str) -> Node:
        found = self.maybe(name)
        if found is None:
            raise BadInput(f"{self.where}: {name} is missing{self._instead(name)}")
        return found

    def many(self, name: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while (node := self.maybe(name)) is not None:
            found.append(node)
        return tuple(found)

    def of(self, *tags: str) -> tuple[Node, ...]:
        """The next children whose full tag is one of these."""
        count = next((n for n, node in enumerate(self.left) if node.tag not in tags), len(self.left))
        found, self.left = self.left[:count], self.left[count:]
        return tuple(found)

    def foreign(self) -> tuple[str, ...]:
        """The rest, all in namespaces of others, each as text that stands on its own."""
        kept = [node for node in self.left if node.namespace and node.namespace != self.node.namespace]
        self.left = [node for node in self.left if node not in kept]
        self.end()
        return tuple(foreign_text(node) for node in kept)

    def end(self) -> None:
        if self.left:
            raise BadInput(f"{self.where}: {self.left[0].name} does not belong there; look at its name, its namespace and its place")

    def _instead(self, name: str) -> str:
        if not self.left:
            return "; add it"
        found = self.left[0]
        if found.name.casefold() == name.casefold() or found.name == name:
            return f"; write it as {name} in the namespace {self.node.namespace}, not {found.tag}"
        return f" before {found.name}; the order is fixed"


def attributes(node: Node, where: str, known: tuple[str, ...], needed: tuple[str, ...] = ()) -> dict[str, str]:
    """The attributes of an element that may have only ``known`` and ``needed`` ones."""
    found = dict(node.attributes)
    for name in found:
        if name not in known and name not in needed:
            raise BadInput(f"{where}/{node.name}: the attribute {name} does not belong there{_meant(name, (*known, *needed))}")
    for name in needed:
        if name not in found:
            raise BadInput(f"{where}/{node.name}: the attribute {name} is missing; add it")
    return found


def open_attributes(
    node: Node, where: str, known: tuple[str, ...], needed: tuple[str, ...] = ()
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The attributes that are known, and all others, where a schema lets anybody add some."""
    others = tuple((name, value) for name, value in node.attributes if name not in known and name not in needed)
    for name, _ in others:
        if _meant(name, (*known, *needed)):
            raise BadInput(f"{where}/{node.name}: the attribute {name} does not belong there{_meant(name, (*known, *needed))}")
    rest = tuple((name, value) for name, value in node.attributes if (name, value) not in others)
    return attributes(Node(node.tag, rest), where, known, needed), others


def _meant(name: str, known: tuple[str, ...]) -> str:
    meant = next((right for right in known if right.casefold() == name.casefold()), None)
    return f"; write it as {meant}" if meant else ""


def text_of(node: Node, where: str) -> str:
    """The text of an element that holds nothing else."""
    if node.children:
        raise BadInput(f"{where}/{node.name}: {node.children[0].name} where only text belongs")
    return node.text
