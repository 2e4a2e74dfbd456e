"""A small record of acts about missions and pools, written as a story: kind, actor, ref, and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from comity.acts import Act, Entry, Source
from comity.parties import Named, Party, Register, Span
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, parse_moment

PARTIES = ("AAA", "BBB", "CCC", "ORG", "P0", "P1", "P2", "P3", "P4", "DJI")
NEVER = date(2100, 1, 1)
SECRET = Label(policy="X", classification="SECRET", releasable_to=("AAA",), originator="AAA")


def act(
    kind: str,
    actor: str,
    ref: str,
    /,
    made: str = "2029-06-01",
    to: Act | None = None,
    territory: tuple[str, ...] = (),
    counterparty: tuple[str, ...] = (),
    label: Label = PUBLIC,
    agreement: str | None = None,
    **details: str,
) -> Act:
    """One act; in the names of details ``_`` at the end is left out (``from_``)."""
    return Act(
        kind=kind, actor=actor, ref=ref, made=parse_moment(made), replies_to=None if to is None else to.hash, territory=territory,
        counterparty=counterparty, details={name.rstrip("_"): value for name, value in details.items()}, source=Source("supposed"), label=label,
        agreement=agreement,
        nonce=None if label.public else "0" * 32,
    )  # fmt: skip


def mandate(ref: str, made: str = "2029-12-01", until: str = "", from_: str = "") -> Act:
    """A mandate for the mission, by its organ."""
    given = act("mandate", "ORG", ref, made, agreement="charter", territory=("DJI",), mission="m")
    stated = {name: day for name, day in (("from", from_), ("until", until)) if day}
    return replace(given, details={**given.details, **stated})


def standing(acts: Iterable[Act], on: str = "2032-01-01", viewer: str | None = None, known: date = NEVER, recorded: str = "2029-07-01") -> Standing:
    register = Register({code: Party(code, "state", (Named(code),), exists=(Span(),)) for code in PARTIES}, ())
    entries = tuple(Entry(one, date.fromisoformat(recorded)) for one in acts)
    return Standing(Record((), entries, register), on=date.fromisoformat(on), known=known, viewer=viewer)


CALLED = act("activate-mission", "ORG", "call", mission="m", from_="2030-01-01", months="6", rotations="2", currency="EUR")
NEEDED = act("require-force", "ORG", "need", mission="m", line="L", capability="frigate", number="2", readiness="30", level="2", tasks="escort")
PLEDGED = act("pledge-force", "AAA", "two frigates", mission="m", capability="frigate", number="2", notice="10", cost="5", level="3")
VERIFIED = act("verify-force", "ORG", "visit", to=PLEDGED, level="2")
TAKEN = act("accept-force", "ORG", "taken", to=PLEDGED, line="L")
STORY = (CALLED, NEEDED, PLEDGED, VERIFIED, TAKEN)
