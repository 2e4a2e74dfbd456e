"""Words of the pages in the reader's language, and in them, marked as English, what the record says.

The record (names, titles, sources, reasons worded by the rooms of the law) speaks English; on a page in another language it stands in an
element that says so. A sentence of ours is translated whole; what the record says comes into it by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

ENGLISH = "en"
_FROM_LEFT, _UNTIL_HERE = "\u2066", "\u2069"
"""Around what is read from left to right on a page that is not (Unicode: isolates)."""


class Words(str):
    """Words of ours: the plain text, and as ``shown`` the markup. ``parts``: what the record says in them, by name."""

    parts: Mapping[str, object]
    shown: SafeString


def told(message: str | Promise, **parts: object) -> Words:
    """A translated message with what its places stand for."""
    found = Words(str(message) % {name: plain(value) for name, value in parts.items()})
    found.shown = SafeString(conditional_escape(str(message)) % {name: said(value) for name, value in parts.items()})
    found.parts = parts
    return found


def said(value: object) -> SafeString:
    """What the record says, marked as English unless the page is in English; words of ours as they are shown."""
    if isinstance(value, Words):
        return value.shown
    if not isinstance(value, str) or isinstance(value, SafeString) or not value:
        return conditional_escape(plain(value))
    return conditional_escape(value) if speaks_english() else format_html("<span{}>{}</span>", english(), value)


def plain(value: object) -> str:
    """As text; days so that they keep their order in a line from right to left."""
    if isinstance(value, date):
        return f"{_FROM_LEFT}{value.isoformat()}{_UNTIL_HERE}" if get_language_bidi() else value.isoformat()
    return "" if value is None else str(value)


def speaks_english() -> bool:
    """Is the page in English?"""
    return get_language() in (None, ENGLISH)


def english(turned: bool = True) -> SafeString:
    """The attributes of an element with English in it, on a page in another language; not ``turned``: its direction stays the page's."""
    if speaks_english():
        return SafeString("")
    return SafeString(' lang="en" dir="ltr"' if turned else ' lang="en"')


def from_left() -> SafeString:
    """The attribute of an element that is read from left to right, on a page that is not."""
    return SafeString(' dir="ltr"' if get_language_bidi() else "")
