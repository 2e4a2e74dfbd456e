"""How near words are to names: however they are accented, and wherever in the name they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """Letters without accents and in lower case, and one apostrophe, so that they are found however they are typed."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold().replace("’", "'")) if not unicodedata.combining(c))


def rank(wanted: Iterable[str], names: tuple[str, ...]) -> int | None:
    """How near: 0 the very name, 1 its beginning, 2 the beginning of a word in it, 3 within; the sum over the words; None: a word is nowhere."""
    total = 0
    for word in wanted:
        ranks = [_nearness(word, name) for name in names if word in name]
        if not ranks:
            return None
        total += min(ranks)
    return total


def _nearness(word: str, name: str) -> int:
    if name.startswith(word):
        return 0 if name == word else 1
    return 2 if f" {word}" in name or f"-{word}" in name else 3
