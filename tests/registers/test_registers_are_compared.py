"""Claims of registers side by side: what differs, by how much, and what it looks like; nothing is settled."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

import comity as library
from comity.about import Opened
from comity.acts import kinds
from comity.agreements import number_of
from comity.book import read_files
from comity.registers import (
    ABOUT,
    CAUSES,
    Claim,
    Conflict,
    before_signature,
    by_cause,
    claims_of_both,
    claims_of_dcad,
    claims_of_uk_treaties,
    conflicts_between,
    conflicts_on_record,
    derived_claims,
    matched,
    same_agreements,
)
from comity.terms import Verdict
from tests.cli.running import Done, comity
from tests.registers.register_tables import bundled, needs_data, standing, tables


def asked(line: str) -> Done:
    return comity(*line.split())


def claim(day: str, source: str, about: str = "in_force", **also: str) -> Claim:
    return Claim("pact", about, date.fromisoformat(day), source, None, {name: date.fromisoformat(text) for name, text in also.items()})


PAIRS = [
    ("placeholder", claim("1961-06-23", "A"), claim("1961-01-01", "B")),
    ("placeholder", claim("1950-03-05", "A"), claim("1900-01-01", "B")),
    ("one day off", claim("1954-11-17", "A"), claim("1954-11-18", "B")),
    ("day and month exchanged", claim("1967-11-12", "A"), claim("1967-12-11", "B")),
    ("year mistyped", claim("1967-12-11", "A"), claim("1969-12-11", "B")),
    ("provisional filed as definitive", claim("1949-08-24", "A"), claim("1950-05-03", "B", provisional="1949-08-24")),
    ("event beside effect", claim("1907-10-29", "A", "ended"), claim("1908-11-15", "B", "ended", event="1907-10-29", effective="1908-11-15")),
    ("first of the month", claim("1983-10-20", "A"), claim("1983-12-01", "B")),
    ("in force before signature", claim("1966-11-20", "A"), claim("1963-10-30", "B", signed="1966-11-03")),
    ("not explained", claim("1976-06-21", "A"), claim("1976-07-15", "B")),
]


@pytest.mark.parametrize(("cause", "one", "other"), PAIRS, ids=[f"{p[0]}-{n}" for n, p in enumerate(PAIRS)])
def test_a_difference_looks_like_its_cause(cause: str, one: Claim, other: Claim) -> None:
    for pair in ((one, other), (other, one)):
        (found,) = conflicts_between(pair)
        assert found.likely == cause
        assert abs(found.days) == abs((one.day - other.day).days)


def test_every_cause_has_an_example_here_and_is_told_in_the_docs() -> None:
    assert {cause.name for cause in CAUSES} <= {pair[0] for pair in PAIRS}
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "how-registers-are-compared.md").read_text(encoding="utf-8")
    assert [cause.name for cause in CAUSES if f"| {cause.name} |" not in page] == []


def test_claims_that_agree_or_are_one_sources_own_or_of_other_things_are_no_conflict() -> None:
    same = [claim("1961-06-23", "A"), claim("1961-06-23", "B"), claim("1961-06-24", "A"), claim("1960-01-02", "C", "signed")]
    assert [(c.one.source, c.other.source) for c in conflicts_between(same)] == [("B", "A")]


def test_one_pair_of_several_sources_is_told_once() -> None:
    three = [claim("1961-06-23", "A"), claim("1961-06-25", "B"), claim("1961-06-28", "C")]
    assert [(c.one.source, c.other.source, c.days) for c in conflicts_between(three)] == [("A", "B", 2), ("A", "C", 5), ("B", "C", 3)]


@needs_data
def test_214_of_4104_uk_treaties_are_in_force_before_signature_or_adoption_and_each_is_classed() -> None:
    claims, titles = claims_of_uk_treaties(tables("uk-treaties")["treaties"])
    assert len(titles) == 8_133
    both = [c for c in claims if c.about == "in_force" and ("signed" in c.also or "adopted" in c.also)]
    found = before_signature(claims, titles)
    assert (len(both), len(found)) == (4_104, 214)
    assert all(conflict.causes[-1] == "in force before signature" for conflict in found), "each is at least that"
    assert by_cause(found) == {
        "placeholder": 47,
        "one day off": 5,
        "day and month exchanged": 6,
        "year mistyped": 1,
        "event beside effect": 1,
        "first of the month": 71,
        "in force before signature": 83,
    }
    assert {conflict.one.about for conflict in found} <= {"signed", "adopted"}


@needs_data
def test_treaties_of_the_un_are_found_in_the_uk_register() -> None:
    index, records = tables("un-treaties")["index"], tables("uk-treaties")["treaties"]
    record = bundled().record
    numbers = {un: number_of(record.agreement(id_).registration) for un, id_ in same_agreements().items()}
    found = matched(index, records, numbers)
    assert {by: sum(m.by == by for m in found) for by in ("registration", "title and day", "title")} == {
        "registration": 1,
        "title and day": 106,
        "title": 4,
    }
    assert len({m.uk for m in found}) == len({m.un for m in found}) == 111
    claims, titles = claims_of_both(found, index, records)
    assert [(c.agreement, c.days) for c in conflicts_between(claims, titles)] == [
        ("un-19-5", 13),
        ("un-19-6", 21),
        ("un-19-15", -59),
        ("un-27-13-b", 2),
    ]


@needs_data
def test_five_agreements_of_dcad_are_in_force_before_they_were_signed() -> None:
    found = before_signature(*claims_of_dcad(tables("dcad")["agreements"]))
    assert sorted(c.days for c in found) == [-658, -146, -20, -7, -1]


def test_what_registers_claim_in_the_bundled_book_is_held_against_what_the_acts_yield() -> None:
    found = conflicts_on_record(standing(bundled(), "2026-01-01"), ["tac", "warsaw-pact", "ottawa", "antarctic"])
    assert {(c.agreement, c.days, c.likely) for c in found} == {
        ("tac", 24, "not explained"),
        ("tac", -24, "not explained"),
        ("warsaw-pact", 2457, "not explained"),
        ("warsaw-pact", 1, "one day off"),
        ("warsaw-pact", -598, "first of the month"),
    }
    assert all(c.one.day != c.other.day and c.one.source != c.other.source for c in found)


def test_what_the_acts_yield_is_a_claim_like_others() -> None:
    yielded = standing(bundled(), "2026-01-01")
    found = {(c.about, c.party): c.day for c in derived_claims(yielded, "ottawa")}
    assert found[("in_force", None)] == date(1999, 3, 1)
    assert found[("bound_from", "FRA")] == date(1999, 3, 1)
    assert yielded.on_day(date(1999, 3, 1)).verdict_in_force("ottawa") is Verdict.YES


def test_comparing_settles_nothing() -> None:
    """The verdicts are the same before and after; a conflict has two sides and no third."""
    record = standing(bundled(), "1970-01-01")
    before = record.verdict_in_force("tlatelolco")
    assert conflicts_on_record(record, ["tlatelolco"])
    assert record.verdict_in_force("tlatelolco") is before
    assert set(Conflict.__dataclass_fields__) == {"agreement", "title", "one", "other", "causes"}


def test_every_thing_a_claim_can_be_about_is_a_detail_of_assert() -> None:
    assert set(ABOUT) <= set(kinds()["assert"].details)


PARTIES = (
    b'[[party]]\ncode = "AAA"\nkind = "state"\nnames = [{ name = "Aland" }]\n[[party]]\ncode = "BBB"\nkind = "state"\nnames = [{ name = "Bland" }]\n'
)
PACT = b'id = "pact"\ntitle = "Pact"\nshort = "Pact"\nconcluded = 2000-01-02\n'
ACTS = (
    b"ref,kind,actor,agreement,made,details,source\n"
    b"a,assert,AAA,pact,2000-03-04,in_force=2000-03-04; standing=register,register A\n"
    b"b,assert,BBB,pact,2000-04-03,in_force=2000-04-03; standing=register,register B\n"
)


def test_two_registers_that_differ_are_told_though_the_acts_yield_nothing() -> None:
    book = read_files({"parties.toml": PARTIES, "agreements/pact.toml": PACT, "acts/a.csv": ACTS}, "pact")
    assert book.problems == ()
    (found,) = conflicts_on_record(standing(book, "2001-01-01"), ["pact"])
    assert (found.one.source, found.other.source, found.likely) == ("AAA: register A", "BBB: register B", "day and month exchanged")


@needs_data
def test_the_command_tells_table_summary_and_json() -> None:
    folder = os.environ["COMITY_DATA"]
    told = asked(f"conflicts --from {folder} --register uk-treaties")
    assert "and 174 more" in told.out
    assert "4104 agreements have a day of signature or adoption" in " ".join(told.out.split())
    plain = json.loads(asked(f"conflicts --from {folder} --register uk-treaties --json").out)
    assert len(plain["conflicts"]) == 214 == sum(plain["by_cause"].values())
    one = json.loads(asked(f"conflicts --from {folder} --register uk-treaties --agreement uk-75105 --json").out)
    assert [c["causes"][0] for c in one["conflicts"]] == ["event beside effect"]


@pytest.mark.usefixtures("bundled_at_hand")
def test_where_nothing_differs_that_is_told() -> None:
    assert asked("conflicts --agreement nordefco-mou-2009").out == "nothing differs in what was compared\n"


@pytest.fixture
def bundled_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled book is not read again."""
    monkeypatch.setattr(library, "open", lambda path: Opened(bundled()))


def test_a_folder_without_the_register_is_told_in_one_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    done = asked(f"conflicts --from {empty} --register dcad")
    assert done.code == 2
    assert "holds no file of dcad (agreements); fetch it with: comity sources fetch dcad" in done.err
    assert asked("conflicts --register cow").code == 2
    assert asked(f"conflicts --from {empty} --register cow").code == 2
