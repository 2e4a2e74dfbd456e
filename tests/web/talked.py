"""A record for the pages of disputes and of procedure at home: of the bundled book a few agreements, and acts that not everyone may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

import comity
from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.standing import Record, needs
from comity.terms import Label, parse_moment
from comity.web.holding import Held

KEPT = ("vienna-document-2011", "cwc", "genocide", "uk-us-mda-2024", "ctbt")
TOLD = Source("supposed", "memory")
SECRET = Label(policy="NATO", classification="SECRET", releasable_to=("FRA",), originator="FRA")
MADE = date(2022, 1, 10)


def _act(kind: str, actor: str, ref: str, details: dict[str, str], to: str, agreement: str | None = None, number: int = 1) -> Act:
    return Act(
        kind=kind, actor=actor, ref=ref, agreement=agreement, counterparty=(to,), made=parse_moment(MADE.isoformat()), details=details, source=TOLD,
        label=SECRET, nonce=f"00112233445566778899aabbccddee{number:02}",
    )  # fmt: skip


HIDDEN = (
    _act("raise-dispute", "FRA", "quiet-dispute", {"subject": "quiet stocks"}, "DEU", "cwc", 1),
    _act("protest", "FRA", "quiet-protest", {"subject": "quiet flight"}, "DEU", None, 2),
    _act("lay-treaty", "FRA", "quiet-laid", {"procedure": "law"}, "DEU", "ctbt", 3),
    _act("meet", "FRA", "quiet-meeting", {"body": "quiet circle"}, "DEU", "ctbt", 4),
)
"""What only France sees, and whoever it is released to."""


@cache
def _bundled() -> Opened:
    return comity.open(comity.bundled_book())


def talked(today: date, hidden: bool = True, kept: Collection[str] = KEPT) -> Held:
    """The record as held by a server, on a day of its own."""
    opened = _bundled()
    record = opened.record
    wanted = set(kept)
    while more := {need for one in wanted for need in needs(record.agreement(one)) if need in record.ids} - wanted:
        wanted |= more
    entries = [entry for entry in record.entries if entry.act.agreement in wanted or entry.act.agreement is None]
    entries += [Entry(act, MADE) for act in HIDDEN if act.agreement is None or act.agreement in wanted] if hidden else []
    agreements = tuple(one for one in record.agreements if one.id in wanted)
    smaller = Record(agreements, tuple(entries), record.register, record.coverage, record.title, record.ladders)
    return Held(Opened(replace(opened.book, record=smaller)), today=lambda: today, patience=20.0)
