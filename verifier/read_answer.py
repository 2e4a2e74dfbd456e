"""An answer file read, nothing believed: every field there, of its kind, and no other; or one line that says why it is none.

Part of comity-verify.pyz.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

FORMAT = "comity answer 1"
FIELDS = ("format", "label", "question", "answer", "rules", "checkpoint", "proof", "items", "statement")
LARGEST = 512 * 1024 * 1024
Plain = dict[str, Any]


class NoAnswer(Exception):
    """Why the file, or what was typed, can't be read at all."""


def read(data: bytes) -> Plain:
    """The document, if it is one: every field there, of its kind, and no other."""
    if len(data) > LARGEST:
        raise NoAnswer(f"it has more than {LARGEST // 1024 // 1024} MB")
    try:
        document = json.loads(data.decode(), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeError:
        raise NoAnswer("it is not text in UTF-8") from None
    except RecursionError:
        raise NoAnswer("it is nested too deeply") from None
    except ValueError as problem:
        raise NoAnswer(f"it is not JSON, or cut off: {problem}") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NoAnswer(f"it does not say that it is a {FORMAT!r}")
    if set(document) != set(FIELDS):
        raise NoAnswer(f"it has the fields {', '.join(sorted(document))}; an answer file has {', '.join(FIELDS)}")
    _check_shape(document)
    return document


def _once(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a number that an answer has")


def _check_shape(document: Plain) -> None:
    for field in ("checkpoint", "proof", "statement"):
        if not _are_texts(document[field]) or any("\n" in line for line in document[field]):
            raise NoAnswer(f"{field} is not a list of lines")
    for field in ("label", "question", "answer"):
        if not isinstance(document[field], dict):
            raise NoAnswer(f"{field} is not an object")
    items = document["items"]
    if not isinstance(document["rules"], str) or not isinstance(items, list):
        raise NoAnswer("rules is not a text, or items is not a list")
    for place, item in enumerate(items):
        leaf = item.get("leaf") if isinstance(item, dict) and item.keys() == {"leaf", "text"} and _are_texts(item["text"]) else None
        if not isinstance(leaf, dict) or not _are_texts([*leaf.values()]) or not {"seq", "file", "text"} <= leaf.keys():
            raise NoAnswer(f"item {place} is not a leaf with its text")
        if not leaf["seq"].isascii() or not leaf["seq"].isdigit() or len(leaf["seq"]) > 19:
            raise NoAnswer(f"item {place} has no number")


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
