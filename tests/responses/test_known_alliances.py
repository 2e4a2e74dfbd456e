"""Who had to help whom in years that everybody knows, on ATOP's alliances as a book; and every row of the data set against what the book answers."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from functools import cache

import pytest

from comity.responses import Attack, Response, Row, obliged
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict
from tests.registers.register_tables import book, namer, needs_data, standing, tables, taken

YES, UNKNOWN = Verdict.YES, Verdict.UNKNOWN


@cache
def alliances() -> Standing:
    return standing(book("atop"), "1939-09-01")


def asked(attacked: str, by: str, on: str, provoked: bool | None = None) -> Response:
    return obliged(alliances().on_day(date.fromisoformat(on)), Attack(attacked=attacked, by=(by,), provoked=provoked))


def told(found: Response, debtor: str, duty: str) -> dict[str, Verdict]:
    """What the debtor owes of this sort, by agreement."""
    return {row.line.agreement: row.owed.verdict for row in found.rows if row.line.debtor == debtor and row.line.clause.type == duty}


@needs_data
def test_poland_in_1939_could_ask_three() -> None:
    """France (1921, 1925), Romania (1926), the United Kingdom (25 August 1939); the Soviet Union neutral, Italy beside Germany."""
    found = asked("POL", "DEU", "1939-09-01", provoked=False)
    assert found.owing("defence") == {"FRA": YES, "GBR": YES, "ROU": YES}
    assert found.owing("neutrality") == {"SUN": YES}
    assert told(found, "ITA", "offence") == {"atop-2445": YES}
    assert told(found, "SUN", "neutrality") == {"atop-2295": YES, "atop-2470": Verdict.NO}, "in 1939 towards Germany only were Germany attacked"


@needs_data
def test_whether_it_was_provoked_decides_for_two_of_them() -> None:
    assert asked("POL", "DEU", "1939-09-01").owing("defence") == {"FRA": UNKNOWN, "GBR": YES, "ROU": UNKNOWN}
    assert asked("POL", "DEU", "1939-09-01", provoked=True).owing("defence") == {"GBR": YES}


@needs_data
def test_a_guarantee_begins_and_changes_with_its_phase() -> None:
    """The guarantee of 1939 became an alliance against Germany on 25 August: before that day against whoever attacked."""
    before, after = (told(asked("POL", "SUN", day), "GBR", "defence") for day in ("1939-08-24", "1939-08-25"))
    assert (before, after) == ({"atop-2440": YES}, {"atop-2440": Verdict.NO})


@needs_data
def test_czechoslovakia_in_1938_had_france_and_under_conditions_the_soviet_union() -> None:
    """The Little Entente was against Hungary alone; the pact of 1935 hung on France's help, which the data set counts as a further condition."""
    found = asked("CSK", "DEU", "1938-09-20", provoked=False)
    assert found.owing("defence") == {"FRA": YES, "SUN": UNKNOWN}
    assert told(found, "YUG", "defence") == {"atop-2050": Verdict.NO}
    assert told(found, "ROU", "defence") == {"atop-2080": Verdict.NO}
    (soviet,) = [row for row in found.rows if row.line.debtor == "SUN" and row.line.clause.type == "defence"]
    assert {test.what for test in soviet.owed.tests if test.verdict is UNKNOWN} == {"adversary", "place", "besides"}
    assert asked("CSK", "HUN", "1938-09-20", provoked=False).owing("defence")["YUG"] is YES


@needs_data
def test_serbia_in_1914_had_greece_and_no_great_power() -> None:
    """Russia came without being bound to; Greece held that its treaty of 1913 did not oblige it."""
    assert asked("SRK", "AUH", "1914-07-28", provoked=False).owing("defence") == {"GRC": YES}
    assert asked("SRK", "AUH", "1914-07-28").owing("defence") == {"GRC": UNKNOWN}
    with pytest.raises(NotOnRecord, match="SRK"):
        asked("SRB", "AUH", "1914-07-28")


@needs_data
def test_belgium_in_1914_had_a_guarantee_that_the_data_set_does_not_count() -> None:
    """The treaty of London of 1839 is no alliance in ATOP: nobody on its record is obliged, and the answer says that it is its record."""
    found = asked("BEL", "DEU", "1914-08-04", provoked=False)
    assert found.owing("defence") == {}
    assert any("what is not on record obliges nobody here" in note for note in found.notes)


@needs_data
def test_the_dual_alliance_was_against_russia() -> None:
    assert told(asked("AUH", "RUE", "1914-08-06"), "DEU", "defence")["atop-1335"] is YES
    assert told(asked("AUH", "ITA", "1914-08-06"), "DEU", "defence")["atop-1335"] is Verdict.NO
    assert told(asked("RUE", "DEU", "1914-08-01"), "FRA", "defence") == {"atop-1385": UNKNOWN}, "against the Triple Alliance, which is no state"


@needs_data
def test_after_its_last_year_the_data_set_says_nothing() -> None:
    before, after = asked("EST", "RUS", "2018-12-31"), asked("EST", "RUS", "2019-01-01")
    assert told(before, "LVA", "defence")["atop-4175"] is YES
    assert set(after.owing("defence").values()) == {UNKNOWN}
    assert set(before.owing("defence")) == set(after.owing("defence"))
    assert any("beyond 2018-12-31" in note for note in after.notes)


CONDITIONS = ("defcon", "olimob", "obvary")


@needs_data
def test_every_promise_of_defence_in_the_rows_is_what_the_book_answers() -> None:
    """Of members on a day well within the spells of both: promised without a condition, yes; with one, not surely not by that alone."""
    rows, rng, compared = tables("atop")["members"], random.Random(7), 0
    partly = {words[1].rstrip(",") for one in taken("atop").listed if not one.part and (words := one.row.split())}
    spells = defaultdict[str, list[tuple[str, date, date, dict[str, str]]]](list)
    for row in rows:
        if row["dayent"] and row["dayexit"] and row["atopid"] not in partly:
            start = date(int(row["yrent"]), int(row["moent"]), int(row["dayent"]))
            ends = date(2018, 12, 30) if row["yrexit"] == "0" else date(int(row["yrexit"]), int(row["moexit"]), int(row["dayexit"]))
            if start + timedelta(days=2) < ends:
                spells[row["atopid"]].append((row["member"], start, ends, row))
    for alliance in rng.sample(sorted(spells), 60):
        first = rng.choice(spells[alliance])
        day = first[1] + (first[2] - first[1]) // 2
        within = {member: row for member, start, ends, row in spells[alliance] if start < day < ends}
        meant = {member: namer().of_code("cow", member, day).code for member in within}
        attacked = meant[first[0]]
        if attacked is None or not alliances().record.register.parties[attacked].exists_on(day):
            continue
        found = obliged(alliances().on_day(day), Attack(attacked=attacked))
        answers = {row.line.debtor: row.owed.verdict for row in found.rows if row.line.agreement == f"atop-{alliance}" and _is_defence(row)}
        for member, row in within.items():
            debtor = meant[member]
            if debtor is not None and debtor != attacked and alliances().record.register.parties[debtor].exists_on(day):
                wanted = None if row["defense"] == "0" else YES if all(row[name] == "0" for name in CONDITIONS) else UNKNOWN
                assert answers.get(debtor) is wanted, (alliance, attacked, debtor, day)
                compared += 1
    assert compared > 100


def _is_defence(row: Row) -> bool:
    return row.line.clause.type == "defence"
