"""An act that one may not see changes no number, count or base rate for one who may not see it, and is behind them for one who may."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from comity.acts import Act, Entry
from comity.book import read_book
from comity.indicators import INDICATORS, Asked, Reading, read_indicator
from comity.standing import Record, Standing
from comity.terms import Label
from comity.trust import Forecast, trust

BOOK = Path(__file__).parents[2] / "examples" / "trust-book"
SINCE, ON = date(2012, 1, 1), date(2025, 12, 31)
SECRET = Label(policy="NATO", classification="SECRET", releasable_to=("ARD",), originator="ARD")
SHARE = 0.35
ASKED = (("ARD", "BLM"), ("CRV", None))


@cache
def entries() -> tuple[Entry, ...]:
    """The acts of the book, some of them open to ARD alone; each that replies to one replies to it still."""
    rng, whole = random.Random(2), read_book(BOOK).record
    by_hash, made = {entry.act.hash: entry.act for entry in whole.entries}, dict[str, Act]()

    def remade(act: Act) -> Act:
        if act.hash not in made:
            first = by_hash.get(act.replies_to or "")
            anew = act if first is None else replace(act, replies_to=remade(first).hash)
            hidden = rng.random() < SHARE
            made[act.hash] = replace(anew, label=SECRET, nonce=f"{rng.getrandbits(128):032x}") if hidden else anew
        return made[act.hash]

    return tuple(replace(entry, act=remade(entry.act)) for entry in whole.entries)


def told(viewer: str, hidden: bool) -> list[Reading | Forecast]:
    """Every indicator and some forecasts, as one may see them: of the record as it is, or without what is restricted."""
    whole = read_book(BOOK).record
    kept = tuple(entry for entry in entries() if hidden or entry.act.label != SECRET)
    record = Record(whole.agreements, kept, whole.register, whole.coverage, whole.title, whole.ladders)
    standing = Standing(record, on=ON, known=ON, viewer=viewer)
    key = (("ARD", 2), ("BLM", 1), ("CRV", 1))
    readings = [read_indicator(standing, one.id, Asked(party, SINCE, ON, partner, key=key)) for one in INDICATORS for party, partner in ASKED]
    return [*readings, *(trust(standing, "ARD", "BLM", kind) for kind in (None, "exchange"))]


def test_whoever_may_not_see_an_act_reads_what_they_would_read_without_it() -> None:
    theirs, without = told("CRV", hidden=True), told("CRV", hidden=False)
    assert theirs == without
    differ = [one.indicator for one, other in zip(told("ARD", hidden=True), theirs, strict=True) if one != other and isinstance(one, Reading)]
    assert set(differ) == {one.id for one in INDICATORS}, "what is restricted is behind each of them"
