"""A timeline says from which day on the record is not complete, as a question asked on that day would."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.book.folders import ENTRY, LEAVE, agreement, folder, rows
from tests.cli.running import comity

STORY = "AAA sign 2000-01-15\nAAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB denounce 2003-01-01\nCCC ratify 2000-04-01\nORG sign 2000-01-15"
TO_2010 = '\n[[coverage]]\nfrom = 2000-01-01\nthrough = 2010-12-31\nsource = "a list"\n'


def book(where: Path, coverage: str) -> str:
    return str(folder(where, {"agreements/pact.toml": agreement(ENTRY, LEAVE, coverage), "acts/pact.csv": rows(STORY)}))


def changes(where: Path, coverage: str, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = comity("--book", book(where, coverage), "timeline", "pact", "--json", *more).json["changes"]
    return found


def test_within_coverage_a_standing_is_complete_and_after_it_presumed(tmp_path: Path) -> None:
    """AAA's contracting and BBB's time as party lie wholly within; AAA is party still."""
    found = {(c["party"], c["mode"]): (c["reach"], c["incomplete_from"], c["beyond"]) for c in changes(tmp_path, TO_2010)}
    assert found["AAA", "contracting"] == ("2010-12-31", None, None)
    assert found["BBB", "party"] == ("2010-12-31", None, None)
    assert found["AAA", "party"] == ("2010-12-31", "2011-01-01", "yes")
    assert found["ORG", "signatory"] == ("2010-12-31", "2011-01-01", "no")


def test_where_coverage_was_never_declared_an_absent_act_leaves_the_standing_unknown(tmp_path: Path) -> None:
    """ORG only signed: that it did not ratify rests on no source; that AAA is a party rests on acts."""
    found = {(c["party"], c["mode"]): (c["reach"], c["incomplete_from"], c["beyond"]) for c in changes(tmp_path, "")}
    assert found["ORG", "signatory"] == (None, "2000-01-15", "unknown")
    assert found["AAA", "party"] == (None, "2000-03-01", "yes")


def test_strict_leaves_later_standing_unknown(tmp_path: Path) -> None:
    found = {(c["party"], c["mode"]): c["beyond"] for c in changes(tmp_path, TO_2010, "--strict")}
    assert found["AAA", "party"] == "unknown"
    assert found["BBB", "party"] is None


@pytest.mark.parametrize("strict", [(), ("--strict",)], ids=["presumed", "strict"])
@pytest.mark.parametrize("coverage", ["", TO_2010], ids=["never covered", "covered to 2010"])
def test_on_every_day_that_matters_bound_says_the_same(coverage: str, strict: tuple[str, ...], tmp_path: Path) -> None:
    """The last day before, and the first day on which the record is not complete."""
    there = book(tmp_path, coverage)
    for change in comity("--book", there, "timeline", "pact", "--json", *strict).json["changes"]:
        asked = ("bound", change["party"], "pact") if change["party"] else ("in-force", "pact")
        days = {change["on"]: change["beyond"] if change["incomplete_from"] == change["on"] else change["verdict"]}
        if change["incomplete_from"]:
            days[change["incomplete_from"]] = change["beyond"]
            before = (date.fromisoformat(change["incomplete_from"]) - timedelta(days=1)).isoformat()
            if before >= change["on"]:
                days[before] = change["verdict"]
        for day, verdict in days.items():
            answer = comity("--book", there, *asked, "--on", day, "--json", *strict).json
            assert answer["verdict"] == verdict, (change, day)
            assert answer["reach"] == change["reach"], (change, day)


def test_people_read_from_which_day_on_standing_is_presumed_or_unknown(tmp_path: Path) -> None:
    there = book(tmp_path, TO_2010)
    assert "note: AAA: the record is complete to 2010-12-31; later standing is presumed" in comity("--book", there, "timeline", "pact", "AAA").out
    assert "later standing is unknown" in comity("--book", there, "timeline", "pact", "AAA", "--strict").out
    bare = comity("--book", book(tmp_path, ""), "timeline", "pact", "ORG").out
    assert "signatory  unknown" in bare
    assert "note: ORG: not covered by the record; standing is unknown" in bare
