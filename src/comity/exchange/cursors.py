"""Cursors: where a page ended, with the filters and the caller that it was for, under a keyed hash, so that nobody can make or change one.

Source: docs/explanation/how-exchange-works.md, section 5.4; TAXII 2.1, 3.5 and appendix B.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import NamedTuple

from comity.exchange.asking import Asked, Caller, Filters
from comity.terms import BadInput

_TAG = 16


class Place(NamedTuple):
    """Where a read goes on: after which stamp, and with which filters."""

    after: int
    filters: Filters
    added_after: int | None


def place_of(asked: Asked, secret: bytes, caller: Caller, collection: str) -> Place:
    """Where a read begins: at its cursor, which brings its filters along, or anew.

    BadInput for a cursor that is not this caller's, this collection's and these filters'; one who gives none with it goes on with its own.
    """
    if asked.cursor is None:
        return Place(asked.after or 0, asked.filters, asked.after)
    try:
        raw = base64.urlsafe_b64decode(asked.cursor.encode("ascii"))
        if base64.urlsafe_b64encode(raw).decode() != asked.cursor:
            raise ValueError
        tag, told = raw[:_TAG], raw[_TAG:]
        if not hmac.compare_digest(tag, _tag(told, secret, caller, collection)):
            raise ValueError
        after, added_after, *fields = json.loads(told)
    except (ValueError, binascii.Error, UnicodeError):
        raise BadInput("next is not what this collection gave to go on with; begin again without it") from None
    filters = Filters(*(tuple(field) for field in fields))
    if (asked.filters, asked.after) not in ((filters, added_after), (filters, None), (Filters(), added_after), (Filters(), None)):
        raise BadInput("next was given for other filters; repeat the same ones, or begin again without it")
    return Place(after, filters, added_after)


def cursor_of(place: Place, secret: bytes, caller: Caller, collection: str) -> str:
    """What to go on with after a page."""
    of = place.filters
    told = json.dumps([place.after, place.added_after, of.ids, of.types, of.versions, of.spec_versions], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_tag(told, secret, caller, collection) + told).decode()


def _tag(told: bytes, secret: bytes, caller: Caller, collection: str) -> bytes:
    bound = json.dumps([caller.party, caller.keeper, collection]).encode()
    return hmac.digest(secret, bound + b"\n" + told, "sha256")[:_TAG]
