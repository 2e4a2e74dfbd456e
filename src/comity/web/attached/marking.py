"""Where what was looked for stands in a text, however it is accented there: the text in pieces, and the few words around the first place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from comity.web.attached.shelf import Term, is_sign
from comity.web.nearness import folded

AROUND = 90
"""So many characters before the first place and twice as many after are a snippet."""


class Piece(NamedTuple):
    """Some of a text; ``found``: it is what was looked for."""

    text: str
    found: bool


def marked(text: str, terms: Collection[Term]) -> list[Piece]:
    """The text in pieces, those that were looked for marked."""
    pieces, after = list[Piece](), 0
    for start, end in _places(text, terms):
        if start > after:
            pieces.append(Piece(text[after:start], False))
        pieces.append(Piece(text[start:end], True))
        after = end
    return [*pieces, Piece(text[after:], False)] if after < len(text) else pieces


def snippet(text: str, terms: Collection[Term]) -> str:
    """The words around the first place, on one line."""
    first = next(iter(_places(text, terms)), (0, 0))[0]
    start, end = max(0, first - AROUND), min(len(text), first + 2 * AROUND)
    start = text.find(" ", start, first) + 1 or start if start else 0
    end = max(text.rfind(" ", first, end), first + AROUND) if end < len(text) else end
    return f"{'… ' if start else ''}{' '.join(text[start:end].split())}{' …' if end < len(text) else ''}"


def _places(text: str, terms: Collection[Term]) -> list[tuple[int, int]]:
    """From where to where, in order, none within another."""
    if not terms:
        return []
    plain, origin = folded_with_places(text)
    found = sorted((origin[hit.start()], origin[hit.end() - 1] + 1) for hit in re.finditer("|".join(map(_pattern, terms)), plain))
    return list(_joined(found, text))


def _joined(places: Collection[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """With the accents that follow, and what overlaps as one."""
    before: tuple[int, int] | None = None
    for start, end in places:
        while end < len(text) and not folded(text[end]):
            end += 1
        if before is not None and start < before[1]:
            before = (before[0], max(before[1], end))
            continue
        if before is not None:
            yield before
        before = (start, end)
    if before is not None:
        yield before


def _pattern(term: Term) -> str:
    parts = [re.escape(word) for word in term.words]
    found = parts[0] if is_sign(term.words[0]) else rf"(?<!\w){parts[0]}"
    for before, word, part in zip(term.words, term.words[1:], parts[1:], strict=False):
        found += (r"\W*" if is_sign(before) or is_sign(word) else r"\W+") + part
    return found + (r"\w*" if term.begins else "" if is_sign(term.words[-1]) else r"(?!\w)")


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Folded, and of each character there from which one it came."""
    plain, places = list[str](), list[int]()
    for place, one in enumerate(text):
        for letter in folded(one):
            plain.append(letter)
            places.append(place)
    return "".join(plain), places
