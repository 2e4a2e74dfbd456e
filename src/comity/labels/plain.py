"""Labels as plain data, and as TOML and JSON of our own: the same fields, nothing lost.

A document is ``{"labels": [...]}``; docs/schemas/label.json says which keys a label has. What is empty is left out in TOML
and null or empty in JSON.

Source: ADatP-4774 edition A for the fields; TOML 1.0; RFC 8259.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from comity.labels.confidentiality import Category, CategoryType, ConfidentialityLabel, IdType, Originator, PolicyName, Role, Succession
from comity.labels.instants import Instant, parse_instant
from comity.labels.label_xml import SLAB, write_label_xml
from comity.labels.markup import LABEL_LIMITS, foreign_text, parse
from comity.terms import BadInput

_KEYS = ("role", "id", "policy", "classification", "privacy_mark", "categories", "originator", "created", "review", "succession")
_FOREIGN = ("attributes", "inner_foreign", "foreign")


def label_to_plain(label: ConfidentialityLabel) -> dict[str, Any]:
    """The label as JSON types: every key there, null or empty where it says nothing."""
    succession = label.succession
    return {
        "role": label.role,
        "id": label.id,
        "policy": {"name": label.policy.name, "uri": label.policy.uri},
        "classification": label.classification,
        "privacy_mark": label.privacy_mark,
        "categories": [{"tag": c.tag, "type": c.type.value, "values": list(c.values), "uri": c.uri} for c in label.categories],
        "originator": None if label.originator is None else {"id": label.originator.id, "type": label.originator.type},
        "created": label.created.written,
        "review": None if label.review is None else label.review.written,
        "succession": None
        if succession is None
        else {"at": succession.at.written, "label": label_to_plain(succession.label), "foreign": list(succession.foreign)},
        "attributes": dict(label.attributes),
        "inner_foreign": list(label.inner_foreign),
        "foreign": list(label.foreign),
    }


def label_from_plain(data: object, where: str = "label") -> ConfidentialityLabel:
    """The label that plain data describe; BadInput says which key is wrong."""
    table = _table(data, where, (*_KEYS, *_FOREIGN), needed=("policy", "classification", "created"))
    succession, originator = table.get("succession"), table.get("originator")
    label = ConfidentialityLabel(
        role=cast(Role, _text(table.get("role", "originator"), f"{where}.role")),
        id=_maybe(table.get("id"), f"{where}.id"),
        policy=_policy(table["policy"], f"{where}.policy"),
        classification=_text(table["classification"], f"{where}.classification"),
        privacy_mark=_maybe(table.get("privacy_mark"), f"{where}.privacy_mark"),
        categories=tuple(_category(c, f"{where}.categories[{n}]") for n, c in enumerate(_list(table.get("categories"), f"{where}.categories"))),
        originator=None if originator is None else _originator(originator, f"{where}.originator"),
        created=_instant(table["created"], f"{where}.created"),
        review=None if table.get("review") is None else _instant(table["review"], f"{where}.review"),
        succession=None if succession is None else _succession(succession, f"{where}.succession"),
        attributes=_attributes(table.get("attributes"), f"{where}.attributes"),
        inner_foreign=_foreign(table.get("inner_foreign"), f"{where}.inner_foreign"),
        foreign=_foreign(table.get("foreign"), f"{where}.foreign"),
    )
    if label.attributes:  # their namespaces have to be ones that XML takes
        parse(write_label_xml(label), where=f"{where}.attributes")
    return label


def _policy(data: object, where: str) -> PolicyName:
    table = _table(data, where, ("name", "uri"), needed=("name",))
    return PolicyName(_text(table["name"], f"{where}.name"), _maybe(table.get("uri"), f"{where}.uri"))


def _category(data: object, where: str) -> Category:
    table = _table(data, where, ("tag", "type", "values", "uri"), needed=("tag", "type"))
    kind = table["type"]
    if kind not in list(CategoryType):
        raise BadInput(f"{where}.type is {kind!r}; write one of {', '.join(CategoryType)}")
    values = tuple(_text(value, f"{where}.values") for value in _list(table.get("values"), f"{where}.values"))
    return Category(tag=_text(table["tag"], f"{where}.tag"), type=CategoryType(kind), values=values, uri=_maybe(table.get("uri"), f"{where}.uri"))


def _originator(data: object, where: str) -> Originator:
    table = _table(data, where, ("id", "type"), needed=("id", "type"))
    return Originator(_text(table["id"], f"{where}.id"), cast(IdType, _text(table["type"], f"{where}.type")))


def _succession(data: object, where: str) -> Succession:
    table = _table(data, where, ("at", "label", "foreign"), needed=("at", "label"))
    return Succession(
        _instant(table["at"], f"{where}.at"),
        label_from_plain(table["label"], f"{where}.label"),
        _foreign(table.get("foreign"), f"{where}.foreign"),
    )


def _table(data: object, where: str, known: Sequence[str], needed: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise BadInput(f"{where} is {data!r:.40}; write a table with the keys {', '.join(known)}")
    for key in data:
        if key not in known:
            raise BadInput(f"{where}: the key {key!r} is not known; there are {', '.join(known)}")
    for key in needed:
        if data.get(key) is None:
            raise BadInput(f"{where}: the key {key} is missing; add it")
    return data


def _text(data: object, where: str) -> str:
    if not isinstance(data, str):
        raise BadInput(f"{where} is {data!r:.40}; write a text")
    return data


def _maybe(data: object, where: str) -> str | None:
    return None if data is None else _text(data, where)


def _list(data: object, where: str) -> list[Any]:
    if data is None:
        return []
    if not isinstance(data, list):
        raise BadInput(f"{where} is {data!r:.40}; write a list")
    return data


def _instant(data: object, where: str) -> Instant:
    return parse_instant(data.isoformat() if isinstance(data, datetime) else _text(data, where), where)


def _attributes(data: object, where: str) -> tuple[tuple[str, str], ...]:
    if data is None:
        return ()
    if not isinstance(data, dict):
        raise BadInput(f"{where} is {data!r:.40}; write a table from {{namespace}}name to a text")
    return tuple(sorted((name, _text(value, f"{where}.{name}")) for name, value in data.items()))


def _foreign(data: object, where: str) -> tuple[str, ...]:
    """Markup of other namespaces, read and written anew: no unclosed element gets into a label."""
    nodes = [parse(_text(text, where).encode("utf-8", "replace"), where=where) for text in _list(data, where)]
    for node in nodes:
        if node.namespace in ("", SLAB):
            raise BadInput(f"{where}: {node.name} is not in a namespace of its own; only what is foreign to the label belongs there")
    return tuple(foreign_text(node) for node in nodes)


def labels_to_json(labels: Sequence[ConfidentialityLabel]) -> bytes:
    """The labels as a JSON document."""
    return (json.dumps({"labels": [label_to_plain(label) for label in labels]}, ensure_ascii=False, indent=2) + "\n").encode()


def labels_to_toml(labels: Sequence[ConfidentialityLabel]) -> bytes:
    """The labels as a TOML document."""
    lines: list[str] = []
    for label in labels:
        lines += ["[[labels]]", *_toml(without_empty(label_to_plain(label)), "labels"), ""]
    return ("\n".join(lines[:-1]) + "\n").encode()


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """The same without what says nothing: null, empty lists, empty tables. ``label_from_plain`` reads it alike."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            value = without_empty(value)
        elif isinstance(value, list):
            value = [without_empty(item) if isinstance(item, dict) else item for item in value]
        if value not in (None, [], {}):
            found[key] = value
    return found


def _toml(table: Mapping[str, Any], path: str) -> list[str]:
    """A table's own keys first, then the tables under it."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not _is_table(value)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += ["", f"[{path}.{_key(key)}]", *_toml(value, f"{path}.{_key(key)}")]
        elif _is_table(value):
            for item in value:
                lines += ["", f"[[{path}.{_key(key)}]]", *_toml(item, f"{path}.{_key(key)}")]
    return lines


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and isinstance(value[0], dict))


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _value(key)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def labels_from_json(data: bytes, where: str = "label") -> tuple[ConfidentialityLabel, ...]:
    """The labels of a JSON document."""
    try:
        return _labels(json.loads(_decoded(data, where), object_pairs_hook=_once), where)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{where}: not JSON: {str(problem) or 'nested too deep'}; mend it where it was written") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice could be read two ways: refused, as TOML does."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one table")
    return found


def labels_from_toml(data: bytes, where: str = "label") -> tuple[ConfidentialityLabel, ...]:
    """The labels of a TOML document."""
    try:
        return _labels(tomllib.loads(_decoded(data, where)), where)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{where}: not TOML: {' '.join(str(problem).split())}; mend it where it was written") from None


def _decoded(data: bytes, where: str) -> str:
    if len(data) > LABEL_LIMITS.octets:
        raise BadInput(f"{where}: more than {LABEL_LIMITS.octets} bytes; that is no label")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{where}: not in the encoding UTF-8; save the file as UTF-8") from None


def _labels(data: object, where: str) -> tuple[ConfidentialityLabel, ...]:
    table = _table(data, where, ("labels",), needed=("labels",))
    found = tuple(label_from_plain(label, f"{where}: labels[{n}]") for n, label in enumerate(_list(table["labels"], f"{where}: labels")))
    if not found:
        raise BadInput(f"{where}: it has no label; add one")
    return found
