"""On whose territory a place is that is told in words: parties by their names on the day, known places, and the sea.

Source: how-interoperability-is-told.md, 8.1; general knowledge, in places.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from comity.interoperability.training import DayWindow
from comity.parties import Register, Span

Where = Literal["territory", "at sea", "unknown"]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a place is: the ``hosts`` (a party, and which territory of it where it is none of its own land), at sea, or not known; ``why`` not."""

    where: Where
    hosts: tuple[tuple[str, str | None], ...] = ()
    why: str = ""


class Places:
    """Reads places in words, beside a register of parties."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._words: dict[tuple[date, date], dict[str, tuple[str, str | None] | str]] = {}

    def find(self, text: str, during: DayWindow, *, on_land: bool = False) -> Whereabouts:
        """Where ``text`` is on every day of the window. ``on_land``: was it on land too, so that seas are only named beside it?"""
        plain = " ".join(text.casefold().replace("’", "'").split())
        if not plain:
            return Whereabouts("unknown", why="no place is on record")
        left, at_sea = _without_seas(plain)
        hosts, doubts = dict[tuple[str, str | None], None](), list[str]()
        words = self._at(during)
        for match in _pattern(tuple(words)).finditer(left):
            found = words[match[0]]
            if isinstance(found, str):
                doubts.append(f"{match[0]!r} may be {found}")
            else:
                hosts[found] = None
        if at_sea and not on_land:
            return Whereabouts("at sea")
        if hosts:
            return Whereabouts("territory", tuple(hosts))
        if at_sea:
            return Whereabouts("at sea")
        return Whereabouts("unknown", why="; ".join(doubts) or f"{text!r} names no party on record")

    def _at(self, during: DayWindow) -> dict[str, tuple[str, str | None] | str]:
        """What each word means on all of these days."""
        key = (during.first, during.last)
        if key not in self._words:
            found = self._names(during)
            for place in _file()["place"]:
                span = Span(place.get("from"), place.get("until"))
                if during.first in span and during.last in span:
                    meant = (place["party"], place.get("territory")) if "party" in place else place["why"]
                    found |= dict.fromkeys(place["words"], meant)
            self._words[key] = found
        return self._words[key]

    def _names(self, during: DayWindow) -> dict[str, tuple[str, str | None] | str]:
        found: dict[str, tuple[str, str | None] | str] = {}
        for party in self._register.parties.values():
            if party.kind not in ("state", "territory") or not (party.exists_on(during.first) and party.exists_on(during.last)):
                continue
            host = (party.code, None) if party.kind == "state" else (party.part_of or party.code, party.code)
            found |= {n.name.casefold(): host for n in party.names if during.first in (s := Span(n.start, n.end)) and during.last in s}
        return found


def _without_seas(text: str) -> tuple[str, bool]:
    """The text without what stands after "off" and "waters", and without the names of seas; and whether there was any of these."""
    cut = re.sub(r"\b(off|waters)\b[^,;.]*", " | ", text)
    cut = _pattern(tuple(_file()["seas"])).sub(" | ", cut)
    return cut, cut != text


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resources.files("comity.interoperability").joinpath("places.toml").read_text(encoding="utf-8"))
