"""A mission on record for the pages: the example's, written as acts of the organ and the parties, with a mandate, deployments, a pool, a doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import comity
from comity.about import Opened
from comity.acts import Act, Entry, Source
from comity.missions import Acceptance, DaySpan, Mission, acts_of_mission
from comity.planning import read_mission
from comity.standing import Record
from comity.terms import Label, parse_moment
from comity.web.holding import Held

FILE = Path(__file__).parents[2] / "examples" / "mission.toml"
MADE, TODAY = date(2027, 11, 26), date(2028, 6, 1)
NAME = "Safe Passage"
TOLD = Source("supposed", "memory")
SECRET = Label(policy="NATO", classification="SECRET", releasable_to=("ITA",), originator="ITA")
KEPT = ("un-charter",)


def mission() -> Mission:
    """The example's mission, with what is there."""
    given = read_mission(FILE.read_text(encoding="utf-8"), FILE.name).mission
    spans = {"FRA frigates": ("FRIGATES", 1), "ITA headquarters": ("FHQ", 1), "FRA base": ("BASE", 1)}
    there = (Acceptance(pledge=name, line=line, number=number, days=DaySpan(date(2028, 1, 5), None)) for name, (line, number) in spans.items())
    return replace(given, deployed=tuple(there))


def _act(
    kind: str, actor: str, ref: str, day: str, details: dict[str, str], replies_to: str | None = None, counterparty: tuple[str, ...] = ()
) -> Act:
    return Act(
        kind=kind, actor=actor, ref=ref, made=parse_moment(day), details=details, source=TOLD, replies_to=replies_to, counterparty=counterparty
    )  # fmt: skip


def _beside(acts: tuple[Act, ...]) -> list[Act]:
    """What the file has no words for: a pledge that not everyone may see, one that is denied, and a pool."""
    taken = next(act for act in acts if act.ref.endswith("DEU airlift"))
    secret = {"mission": NAME, "capability": "frigate", "number": "1", "force": "kept apart"}
    return [
        replace(_act("pledge-force", "ITA", "secret pledge", "2027-11-30", secret), label=SECRET, nonce="00112233445566778899aabbccddeeff"),
        _act("deny", "FRA", "FRA denies", "2027-12-01", {}, replies_to=taken.hash),
        _act("open-pool", "EU", "pool opened", "2027-12-01", {"pool": "flying hours", "item": "hours", "overdraft": "40"}),
        _act("contribute-pool", "FRA", "FRA gives", "2028-01-10", {"pool": "flying hours", "amount": "60"}),
        _act("draw-pool", "NLD", "NLD takes", "2028-02-01", {"pool": "flying hours", "amount": "50"}),
        _act("draw-pool", "ESP", "ESP takes", "2028-03-01", {"pool": "flying hours", "amount": "10"}, counterparty=("FRA",)),
        _act("settle-pool", "ESP", "ESP pays", "2028-04-01", {"pool": "flying hours", "amount": "4"}, counterparty=("FRA",)),
    ]


def a_mission(revoked: str = "") -> Held:
    """The bundled book's parties and Charter, and the mission; ``revoked``: the day on which its mandate is, if at all."""
    opened = comity.open(comity.bundled_book())
    record = opened.record
    given = acts_of_mission(mission(), "EU", MADE, TOLD, "un-charter")
    mandate = next(act for act in given if act.kind == "mandate")
    if revoked:
        given = (*given, _act("revoke-activity", "EU", "EU revokes", revoked, {}, replies_to=mandate.hash))
    entries = [*(e for e in record.entries if e.act.agreement in KEPT), *(Entry(act, MADE) for act in (*given, *_beside(given)))]
    agreements = tuple(one for one in record.agreements if one.id in KEPT)
    kept = Record(agreements, tuple(entries), record.register, record.coverage, record.title, record.ladders)
    return Held(Opened(replace(opened.book, record=kept)), today=lambda: TODAY, patience=20.0)
