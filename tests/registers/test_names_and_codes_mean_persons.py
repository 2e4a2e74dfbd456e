"""The classic traps of codes and names: one state under two codes, one code for two states, names that outlive states."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.parties import Register
from comity.registers import Namer
from comity.registers.naming import _aliases, _file
from tests.registers.register_tables import DATA, namer, needs_data, parties, taken

CODES = [
    ("Germany is 255 to 1945 and again from 1990 (countrycode 258)", "cow", "255", "1995-01-01", "DEU"),
    ("the Federal Republic is 260", "cow", "260", "1970-01-01", "DEU"),
    ("for Gleditsch and Ward Germany stays 260", "gw", "260", "1995-01-01", "DEU"),
    ("the German Democratic Republic is another person", "cow", "265", "1970-01-01", "DDR"),
    ("and no more after 1990", "cow", "265", "1995-01-01", None),
    ("255 before 1867 is Prussia", "cow", "255", "1850-01-01", "PRU"),
    ("Korea to 1910 is 730 (countrycode 258)", "cow", "730", "1900-01-01", "KOE"),
    ("and nobody after", "cow", "730", "1950-01-01", None),
    ("the Republic of Korea is 732", "cow", "732", "1970-01-01", "KOR"),
    ("the Democratic People's Republic is 731", "gw", "731", "1970-01-01", "PRK"),
    ("Yemen is 678, and 679 after 1990, one person", "cow", "679", "1995-01-01", "YEM"),
    ("for Gleditsch and Ward it stays 678", "gw", "678", "1995-01-01", "YEM"),
    ("Democratic Yemen is 680", "cow", "680", "1980-01-01", "YMD"),
    ("Viet Nam is 816, to 1976 the Democratic Republic", "cow", "816", "1970-01-01", "VDR"),
    ("and from then the Socialist Republic", "cow", "816", "1980-01-01", "VNM"),
    ("817 is the south, which ended", "gw", "817", "1980-07-24", None),
    ("Yugoslavia is 345", "cow", "345", "1990-01-01", "YUG"),
    ("345 is Serbia after 1992", "cow", "345", "2007-01-01", "SRB"),
    ("which Gleditsch and Ward call 340 from 2006", "gw", "340", "2007-01-01", "SRB"),
    ("and Correlates of War does not", "cow", "340", "2007-01-01", None),
    ("Taiwan is 713 (troopdata 4)", "gw", "713", "1996-01-01", "TWN"),
    ("1012 is no code of either list (troopdata 4)", "cow", "1012", "1996-01-01", None),
    ("970 is Nauru for the one (states 23)", "cow", "970", "2005-01-01", "NRU"),
    ("and Kiribati for the other (states 23)", "gw", "970", "2005-01-01", "KIR"),
    ("946 is Kiribati, not nothing (states 23)", "cow", "946", "2005-01-01", "KIR"),
    ("a microstate has its code too (states 21, 24)", "cow", "331", "2005-01-01", "SMR"),
    ("Austria of 1940 is in no list, and exists (countrycode 176)", "cow", "305", "1940-01-01", "AUT"),
    ("the Russian Empire, the Soviet Union and Russia are one code", "cow", "365", "1950-01-01", "SUN"),
]


@pytest.mark.parametrize(("trap", "scheme", "code", "on", "party"), CODES, ids=[c[0] for c in CODES])
def test_a_code_means_a_person_on_a_day(trap: str, scheme: str, code: str, on: str, party: str | None) -> None:
    meant = namer().of_code(scheme, code, date.fromisoformat(on))
    assert meant.code == party, trap
    assert party is not None or meant.why


NAMES = [
    ("today's name on a day before it was borne", "un-treaties", "Russian Federation", "1970-03-05", "SUN"),
    ("one spelling for the register", "un-treaties", "United States of America", "1970-01-01", "USA"),
    ("a state that is no more", "uk-treaties", "CZECHOSLOVAKIA", "1970-01-01", "CSK"),
    ("a code that is no ISO code (states 19)", "mme", "Kosovo", "2010-01-01", "XKX"),
    ("two states were Viet Nam", "un-treaties", "Viet Nam", "1970-01-01", None),
    ("one is", "un-treaties", "Viet Nam", "1990-01-01", "VNM"),
    ("two states had one row for Yemen", "un-treaties", "Yemen", "1980-01-01", None),
    ("China of 1960 may be either", "uk-treaties", "CHINA", "1960-01-01", None),
    ("Taiwan filed as China", "uk-treaties", "CHINA TAIWAN", "1960-01-01", "TWN"),
    ("Korea before 1910", "uk-treaties", "KOREA", "1883-11-26", "KOE"),
    ("Korea after 1948 may be either", "uk-treaties", "KOREA", "1960-01-01", None),
    ("no such state", "uk-treaties", "ATLANTIS", "1960-01-01", None),
]


@pytest.mark.parametrize(("trap", "register", "name", "on", "party"), NAMES, ids=[n[0] for n in NAMES])
def test_a_name_means_a_person_on_a_day(trap: str, register: str, name: str, on: str, party: str | None) -> None:
    meant = namer(register).of_name(name, date.fromisoformat(on))
    assert meant.code == party, trap
    assert party is not None or meant.why


def test_two_names_of_one_party_are_one() -> None:
    assert {namer().of_name(name, date(1990, 1, 1)).code for name in ("St Lucia", "St. Lucia", "SAINT LUCIA")} == {"LCA"}


def test_each_name_in_the_file_is_a_partys_or_says_why_not() -> None:
    known = {*parties().parties, *(p["code"] for p in _file()["party"])}
    for name, aliases in _aliases().items():
        for alias in aliases:
            assert alias.party in known if alias.party else alias.why, name


@needs_data
@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_every_state_of_both_lists_has_its_code_on_each_of_its_days(scheme: str) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    table = polars.read_parquet(Path(DATA or "") / "research" / "cow" / f"{scheme}_states.parquet")
    assert table.height == {"cow": 243, "gw": 216}[scheme]
    for row in table.iter_rows(named=True):
        start, end = (row["startdate"], row["enddate"]) if scheme == "gw" else (_day(row, "st"), _day(row, "end"))
        for day in (start, start + timedelta(days=(end - start).days // 2), end):
            meant = namer().of_code(scheme, str(int(row[f"{'c' if scheme == 'cow' else 'gw'}code"])), day)
            assert meant.code is not None, (row, day)
            assert meant.listed, (row, day)


def _day(row: dict[str, float], begin: str) -> date:
    return date(*(int(row[f"{begin}{part}"]) for part in ("year", "month", "day")))


@needs_data
def test_a_code_beside_another_states_name_is_listed() -> None:
    assert {one.says for one in taken("dcad").refused if one.reason == "code and name differ"} == {
        "code 652 stands with the name EGY, which is elsewhere that of code 651",
        "code 145 stands with the name VEN, which is elsewhere that of code 101",
    }


def test_parties_that_only_registers_name_come_along_where_they_are_lacking() -> None:
    assert [p["code"] for p in namer().lacking({"FRA", "FAO"})] == ["FAO"]
    assert [p["code"] for p in Namer(Register(), "x").lacking({"FAO", "UPU"})] == ["FAO", "UPU"]
