"""Decisions for the pages: the bodies and rules of the bundled book, with a silence that runs, a vote that is open, and what is over."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import comity
from comity.acts import Act, Entry, Source
from comity.book import row_of, write_rows
from comity.terms import PUBLIC, Label, parse_moment
from comity.web.holding import Held

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
CRISIS, MANDATE, SECRET = "NAC-2026-17", "SC-2026-9", "NAC-2026-18"
KEPT = ("nato-treaty", "un-charter", "teu")
TOLD = Source("supposed", "memory")
APART = Label(policy="NATO", classification="SECRET", releasable_to=("BEL", "DEU"), originator="NATO/SG")
ENDS = "2026-11-28T12:00+01:00[Europe/Brussels]"


def _act(
    kind: str, actor: str, ref: str, made: str, details: Mapping[str, str], agreement: str, to: Act | None = None, label: Label | None = None
) -> Act:  # fmt: skip
    return Act(
        kind=kind, actor=actor, ref=ref, agreement=agreement, article="9" if agreement == "nato-treaty" else "27", made=parse_moment(made),
        replies_to=None if to is None else to.hash, details=details, source=TOLD, label=label or PUBLIC,
        nonce="00112233445566778899aabbccddeeff" if label else None,
    )  # fmt: skip


def rounds(hidden: bool = True) -> list[Act]:
    """Every act of them; not ``hidden``: without the one that only two see."""
    council, charter = "nato-treaty", "un-charter"
    crisis = _act(
        "propose", "NATO/SG", CRISIS, "2026-11-28T09:00+01:00",
        {"rule": "council", "subject": "Ships of three members escort convoys", "text": "PO(2026)0117", "silence_until": ENDS}, council,
    )  # fmt: skip
    newer = {"text": "PO(2026)0117-REV1", "says": "the escort ends with the year", "silence_until": ENDS}
    mandate = _act(
        "propose", "USA", MANDATE, "2026-11-26T15:00Z",
        {"rule": "security-council", "subject": "The mission is extended for a year", "text": "S/2026/901", "vote_by": "2026-11-28T18:00Z"}, charter,
    )  # fmt: skip
    invoked = _act("invoke", "BEL", "BEL-invokes", "2026-11-27", {}, council)
    found = [
        crisis,
        _act("amend-proposal", "NATO/SG", f"{CRISIS}-rev1", "2026-11-28T09:40+01:00", newer, council, crisis),
        _act("vote", "DNK", f"{CRISIS}-DNK-vote", "2026-11-28T09:50+01:00", {"vote": "yes"}, council, crisis),
        _act(
            "state-position", "NOR", f"{CRISIS}-NOR-says", "2026-11-28T10:10+01:00",
            {"as": "interpretative-statement", "says": "convoys are escorted on the high seas alone"}, council, crisis,
        ),
        mandate,
        *(_act("vote", who, f"{MANDATE}-{who}", "2026-11-27", {"vote": how}, charter, mandate)
          for who, how in (("USA", "yes"), ("GBR", "yes"), ("FRA", "yes"), ("CHN", "abstain"))),
        _act("vote", "DEU", f"{MANDATE}-DEU", "2026-11-27T10:00Z", {"vote": "yes"}, charter, mandate),
        _act(
            "state-position", "CHN", f"{MANDATE}-CHN-says", "2026-11-27", {"as": "explanation", "says": "the costs were not told in time"}, charter,
            mandate,
        ),
        invoked,
        _act("vote", "BEL", "astray", "2026-11-27", {"vote": "no"}, council, invoked),
    ]  # fmt: skip
    if hidden:
        details = {"rule": "council", "subject": "Kept <b>apart</b>", "silence_until": ENDS}
        found.append(_act("propose", "NATO/SG", SECRET, "2026-11-28T09:05+01:00", details, council, label=APART))
    return found


def folder_of(folder: Path, hidden: bool = True) -> Path:
    """A book in this folder: of the bundled one what the rounds need, and they."""
    bundled = comity.bundled_book()
    for part, names in (
        ("agreements", [f"{one}.toml" for one in KEPT]),
        ("acts", [f"{one}.csv" for one in (*KEPT, "nato-2003-turkey", "security-council-members")]),
    ):
        (folder / part).mkdir()
        for name in names:
            shutil.copy(bundled / part / name, folder / part / name)
    for name in ("book.toml", "parties.toml"):
        shutil.copy(bundled / name, folder / name)
    given = rounds(hidden)
    refs = {act.hash: act.ref for act in given}
    rows = [row_of(Entry(act, TODAY), refs.get(act.replies_to or "")) for act in given]
    (folder / "acts" / "rounds.csv").write_text(write_rows(rows), encoding="utf-8")
    return folder


def a_round(folder: Path, hidden: bool = True) -> Held:
    """The same, as the server holds it, at half past ten in Brussels."""
    return Held(comity.open(folder_of(folder, hidden)), today=lambda: TODAY, clock=lambda: NOW, patience=20.0)
