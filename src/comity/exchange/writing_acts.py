"""The acts that a node writes about its own exchange, as items of its ledger: what was released, refused, published, received, recalled.

They stand in a file of acts of their own. One that tells of something that is not public is for the keeper and the partner alone.

Source: docs/explanation/how-exchange-works.md, section 4.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from comity.acts import Act, Entry, Source
from comity.book import COLUMNS, pieces_of, row_of, write_rows
from comity.ledger import Item
from comity.terms import Label, parse_moment

FILE = "acts/exchange.csv"
SOURCE = Source("the node's own record", "official")
POLICY, LEVEL = "EXCHANGE", "RESTRICTED"
"""Under what the acts of a node about its own exchange are labelled."""


def item_of(kind: str, ref: str, keeper: str, at: datetime, details: Mapping[str, str], *, partner: str | None = None, told: bool = True) -> Item:
    """An act of the keeper's about its exchange, made and recorded at an instant; ``told``: its ``partner`` may see it."""
    label = Label(policy=POLICY, classification=LEVEL, releasable_to=(partner,) if partner is not None and told else (), originator=keeper)
    act = Act(
        kind, keeper, ref, counterparty=() if partner is None else (partner,), made=parse_moment(at.strftime("%Y-%m-%dT%H:%M:%S+00:00")),
        details={name: value for name, value in sorted(details.items()) if value}, source=SOURCE, label=label,
        nonce=secrets.token_hex(16),
    )  # fmt: skip
    entry = Entry(act, at.date())
    _, row = pieces_of(write_rows([row_of(entry, None)], every=True).encode())
    return Item(FILE, row.text, entry)


@cache
def begin() -> Item:
    """The head of the file, which is appended only where the file is not there."""
    head, *_ = pieces_of(write_rows([dict.fromkeys(COLUMNS, "")], every=True).encode())
    return Item(FILE, head.text, head=True)
