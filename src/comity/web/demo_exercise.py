"""A supposed exercise beside a record, so that its pages have one to show: the design that ships with the pages, and a few acts.

Every one of these acts says that it is supposed; no ledger and no folder is touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from comity.about import Opened
from comity.acts import Act, Attachment, Entry, Source
from comity.keeping import FOLDER
from comity.standing import Record
from comity.terms import parse_moment
from comity.web.shipped_examples import example_bytes

DESIGN = "brigade-exercise.toml"
NOW, BEFORE = "steel-heather-28", "Steel Heather 26"
SUPPOSED = Source("supposed, to show the pages of exercises", "memory")


def design_bytes() -> bytes:
    """The file of the design."""
    return example_bytes(DESIGN)


def with_exercise(opened: Opened) -> Opened:
    """The record with the supposed exercise in it."""
    book, content = opened.book, design_bytes()
    kept, digest = book.record, hashlib.sha256(content).hexdigest()
    entries = (*kept.entries, *(Entry(act, _day(act)) for act in _acts(f"sha256:{digest}")))
    record = Record(kept.agreements, entries, kept.register, kept.coverage, kept.title, kept.ladders)
    return Opened(replace(book, record=record, files={**book.files, f"{FOLDER}{digest}": content}))


def _day(act: Act) -> date:
    assert act.made is not None
    return act.made.first


def _acts(sha256: str) -> Iterator[Act]:
    paper = Attachment(sha256, "text/plain", "en", DESIGN)
    yield replace(_act("design-exercise", "DEU", "2026-03-02", activity=NOW, version="1"), attachments=(paper,))
    yield _act("approve-product", "NATO", "2026-04-13", activity=NOW, product="EXSPEC", version="1")
    days = {"activity": BEFORE, "series": "Steel Heather", "starts": "2026-02-02", "ends": "2026-02-13", "place": "Bergen", "domains": "land"}
    for party in ("DEU", "NLD", "GBR"):
        yield _act("take-part", party, "2026-02-02", **days, purposes="warfighting")
    seen = _act(
        "submit-observation", "NLD", "2026-02-20", activity=NOW, title="Bridging took a day longer than planned",
        seen="In Steel Heather 26 the bridging unit waited for a road permit.", objective="crossing",
        recommendation="Ask for the permits with the specification.",
    )  # fmt: skip
    yield seen
    yield replace(_act("accept-observation", "DEU", "2026-03-03", says="to be analysed before the specification"), replies_to=seen.hash)


def _act(kind: str, actor: str, made: str, **details: str) -> Act:
    told: Mapping[str, str] = details
    return Act(kind=kind, actor=actor, ref=f"supposed-{kind}-{actor}-{made}", made=parse_moment(made), details=told, source=SUPPOSED)
