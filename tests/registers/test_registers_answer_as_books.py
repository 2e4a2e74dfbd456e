"""Data sets taken as books answer in a ledger, with their source; what they do not say is unknown; partial days stay partial."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from comity.about import clock
from comity.about import open as opened
from comity.agreements.obligations import Obligation
from comity.book import read_files
from comity.keeping import take_in
from comity.ledger import create
from comity.registers import Taken, book_files, take_rows
from comity.registers.atop_obligations import OBLIGATIONS
from comity.registers.taking import moment_of
from comity.terms import BadInput, Moment, Verdict, parse_moment
from tests.registers.register_tables import book, bundled, files, namer, needs_data, only_parties, parties, standing, tables, taken

DAY = "1995-06-01"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with ATOP, DCAD and MME in it, one taken in after the other."""
    url = f"sqlite:///{tmp_path_factory.mktemp('registers') / 'record.db'}"
    kept = create(url, "registers", clock)
    base = only_parties()
    for register in ("atop", "dcad", "mme"):
        found = book_files(register, tables(register), base)
        assert take_in(read_files(found, register), kept) > 0
        base = {name: found[name] for name in ("parties.toml", "book.toml")}
    return url


@needs_data
def test_what_bound_france_and_germany_in_1995_is_told_with_its_source(ledger: str) -> None:
    record = opened(ledger).standing(on=date.fromisoformat(DAY), known=date(2026, 1, 1))
    found = {answer.question.rpartition(" ")[2]: answer for answer in record.agreements_between("FRA", "DEU")}
    assert {name: str(answer.verdict) for name, answer in found.items()} == {
        "atop-3130": "yes",
        "atop-3180": "yes",
        "atop-3470": "yes",
        "atop-3740": "yes",
        "atop-4175": "yes",
        "dcad-0497": "unknown",
    }
    bound = record.bound("DEU", "atop-3470")
    assert (bound.verdict, bound.since, bound.reach) == (Verdict.YES, date(1963, 1, 22), date(2018, 12, 31))
    assert "ATOP) 5.1 (Leeds et al. 2002), alliance 3470" in str(bound.because)
    assert [clause.type for clause in record.record.agreement("atop-3470").clauses if isinstance(clause, Obligation)] == ["consultation"]


@needs_data
def test_acts_of_taking_part_are_in_the_ledger(ledger: str) -> None:
    took = opened(ledger).record.entries_of_kinds({"take-part"})
    assert len(took) == len(taken("mme").acts) == 13_574
    partial = [entry for entry in took if entry.act.made is not None and not entry.act.made.certain]
    assert sum(row["s.day"] == "xx" for row in tables("mme")["participants"]) == 2_537
    assert len(partial) == 2_470
    assert all(entry.act.details["starts"] == entry.act.made.written for entry in partial if entry.act.made is not None)


LAST = date(2018, 12, 31)
Spells = dict[tuple[str, str], list[tuple[Moment, Moment]]]


def _spells() -> Spells:
    """ATOP's own spells by alliance and person; one without an exit goes on to the last day of the data."""
    held, found = {act["agreement"] for act in taken("atop").acts}, Spells()
    for row in tables("atop")["members"]:
        start, end = moment_of(row["yrent"], row["moent"], row["dayent"]), moment_of(row["yrexit"], row["moexit"], row["dayexit"])
        assert start is not None
        meant = namer().of_code("cow", row["member"], start.last).code
        if f"atop-{row['atopid']}" in held and meant is not None:
            found.setdefault((f"atop-{row['atopid']}", namer().person(meant)), []).append((start, end or parse_moment(LAST.isoformat())))
    return found


@needs_data
def test_every_member_of_an_alliance_is_bound_through_its_spell_and_not_before_or_after() -> None:
    """The data set's spells against what the acts yield: bound on the first and the middle day, not on the day before the first or after the last."""
    asked, within, outside = standing(book("atop"), DAY), 0, 0

    def verdict(person: str, agreement: str, day: date) -> Verdict:
        return asked.on_day(day).verdict_bound(namer().as_then(person, day), agreement)[0]

    for (agreement, person), spells in _spells().items():
        for start, end in spells:
            days = (start.last, start.last + (end.first - start.last) // 2)
            for day in days if end.first > start.last + timedelta(days=2) else ():
                if namer().exists(namer().as_then(person, day), day):
                    assert verdict(person, agreement, day) is Verdict.YES, (agreement, person, day)
                    within += 1
            for day in (start.first - timedelta(days=1), end.last + timedelta(days=1)):
                if day < LAST and not any(s.first - timedelta(days=1) <= day <= e.last for s, e in spells if (s, e) != (start, end)):
                    assert verdict(person, agreement, day) is not Verdict.YES, (agreement, person, day)
                    outside += 1
    assert within > 4_500
    assert outside > 3_000


@needs_data
def test_one_state_under_two_codes_stays_bound_and_a_successor_is_another_person() -> None:
    asked = standing(book("atop"), "1990-10-03")
    assert asked.verdict_bound("DEU", "atop-3180") == (Verdict.YES, "party"), "260 until that day, 255 from it on"
    assert asked.verdict_bound("DDR", "atop-3285")[0] is Verdict.NO
    assert asked.on_day(date(1990, 10, 2)).verdict_bound("DDR", "atop-3285")[0] is Verdict.YES
    assert asked.on_day(date(1993, 6, 1)).verdict_bound("RUS", "atop-3625")[0] is Verdict.YES, "it is the person that the Soviet Union was"


@needs_data
def test_where_a_member_was_not_taken_nobody_is_said_not_to_be_one() -> None:
    """Jordan's entry into the Arab League is listed (it did not exist yet): that it was no member is unknown, not no."""
    asked = standing(book("atop"), "1960-01-01")
    assert asked.bound("JOR", "atop-3015").verdict is Verdict.UNKNOWN
    assert asked.bound("EGY", "atop-3015").verdict is Verdict.YES
    assert asked.bound("JOR", "atop-3470").verdict is Verdict.NO


@needs_data
def test_who_owes_what_is_told_member_by_member() -> None:
    agreements = {table["id"]: table for table in taken("atop").agreements}
    clauses = agreements["atop-1005"]["clause"]
    assert isinstance(clauses, list)
    assert len({code for c in clauses if c["kind"] == "obligation" and c["type"] == "defence" for code in c["owed_by"]}) == 6
    owes = defaultdict[tuple[str, str], set[str]](set)
    for agreement in book("atop").record.agreements:
        for clause in agreement.clauses:
            if isinstance(clause, Obligation):
                owes[(agreement.id, clause.type)] |= {namer().person(code) for code in clause.owed_by}
    one_sided = {pair for pair, who in owes.items() if len(who) == 1}
    owed = defaultdict[tuple[str, str], set[str]](set)
    for row in tables("atop")["members"]:
        for column, type_, _, _ in OBLIGATIONS:
            if row[column] == "1" and (code := namer().of_code("cow", row["member"], date(int(row["yrent"]), 12, 31)).code):
                owed[(f"atop-{row['atopid']}", type_)].add(namer().person(code))
    assert one_sided == {pair for pair, who in owed.items() if len(who) == 1 and pair[0] in agreements}
    assert len({agreement for agreement, _ in one_sided}) == 40


@needs_data
def test_a_partial_day_leaves_the_answer_unknown_between_its_ends() -> None:
    asked = standing(book("atop"), "1844-05-31")
    verdicts = [asked.on_day(date(1844, *day)).verdict_in_force("atop-1115") for day in ((5, 31), (6, 15), (7, 1))]
    assert verdicts == [Verdict.NO, Verdict.UNKNOWN, Verdict.YES]


@needs_data
def test_without_a_year_of_entry_into_force_the_answer_is_unknown_not_no() -> None:
    """congress.gov API 152: a day in force that is null is no day on which it was not in force."""
    blank = [row for row in tables("dcad")["agreements"] if not row["EIFYear"]]
    assert len(blank) == 1_030
    asked = standing(book("dcad"), "2005-01-01")
    held = {str(t["id"]) for t in taken("dcad").agreements}
    ids = [id_ for row in blank if (id_ := f"dcad-{row['DCAid'][-4:]}") in held]
    assert len(ids) == 1_026
    assert {asked.verdict_in_force(id_) for id_ in ids} == {Verdict.UNKNOWN}


@needs_data
def test_an_estimate_of_the_end_ends_nothing_and_an_end_without_a_day_is_about_its_year() -> None:
    asked, tables_ = standing(book("dcad"), "2005-01-01"), {str(t["id"]): t for t in taken("dcad").agreements}
    rows = {f"dcad-{row['DCAid'][-4:]}": row for row in tables("dcad")["agreements"]}
    open_ = [id_ for id_ in tables_ if rows[id_]["terminated"] == "0" and rows[id_]["EIFYear"] and int(rows[id_]["EIFYear"]) < 2000]
    past = [id_ for id_ in open_ if int(rows[id_]["endYearEstimate"]) < 2005]
    assert {asked.verdict_in_force(id_) for id_ in past} == {Verdict.YES} or not past
    assert all("an estimate, no act of ending" in str(tables_[id_]["note"]) for id_ in open_)
    ended = next(id_ for id_ in tables_ if rows[id_]["terminated"] == "1" and rows[id_]["EIFYear"] == "1996" and rows[id_]["EIFMonth"] == "3")
    verdicts = [asked.on_day(date(year, 6, 1)).verdict_in_force(ended) for year in (2004, 2006, 2008)]
    assert verdicts == [Verdict.YES, Verdict.UNKNOWN, Verdict.NO], "it ran for ten years"


@needs_data
def test_whether_it_ended_is_not_known_so_that_the_answer_is_not_a_plain_yes() -> None:
    rows = {f"dcad-{row['DCAid'][-4:]}": row for row in tables("dcad")["agreements"]}
    unknown = next(
        str(t["id"]) for t in taken("dcad").agreements if rows[str(t["id"])]["terminated"] == "-99" and rows[str(t["id"])]["EIFYear"] == "1997"
    )
    answer = standing(book("dcad"), "2005-01-01").in_force(unknown)
    assert answer.verdict in (Verdict.YES, Verdict.UNKNOWN)
    assert "Whether it ended is not known" in str(book("dcad").record.agreement(unknown).note)


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("1980", "1", "xx"), "1980-01-xx"),
        (("1980", "0", "0"), "1980-xx-xx"),
        (("1980", "1", "14"), "1980-01-14"),
        (("1998", "-88", "-88"), "1998-xx-xx"),
    ],
)
def test_a_part_that_is_not_given_stays_so(parts: tuple[str, str, str], written: str) -> None:
    """messydates 22, 23, 28; resourcecontracts 867: a day or month of 00, xx or a missing code is unknown, and never the first."""
    found = moment_of(*parts)
    assert found is not None
    assert found.written == written


def test_a_day_that_is_in_no_calendar_is_refused_and_no_year_is_no_day() -> None:
    assert moment_of("", "1", "1") is None
    assert moment_of("-99", "1", "1") is None
    with pytest.raises(BadInput):
        moment_of("1981", "2", "30")


@needs_data
def test_beside_the_bundled_book_un_acts_stand_under_its_own_agreements_and_change_no_standing() -> None:
    base = bundled().files
    found = {**base, **book_files("un-treaties", tables("un-treaties"), base)}
    both = read_files(found, "both")
    assert both.problems == ()
    assert "agreements/un-26-3.toml" not in found
    assert sum(e.act.agreement == "cwc" for e in both.record.entries) > sum(e.act.agreement == "cwc" for e in bundled().record.entries)
    for agreement, on in (("cwc", "2010-01-01"), ("ottawa", "2005-01-01"), ("genocide", "1960-01-01")):
        then = [{code: verdict for code, verdict, _ in standing(of, on).status(agreement)} for of in (bundled(), both)]
        differs = {code for code in then[0] if then[0][code] != then[1].get(code)}
        assert not differs, (agreement, differs)
    assert standing(both, "2024-01-01").verdict_bound("RUS", "ctbt")[1] == "signatory", (
        "owid/etl 2209: it took back its ratification and stays a signatory"
    )


@needs_data
def test_alone_un_acts_stand_under_agreements_of_their_own_and_entry_into_force_is_unknown() -> None:
    asked = standing(book("un-treaties"), "2010-01-01")
    assert asked.verdict_in_force("un-26-3") is Verdict.UNKNOWN
    assert asked.verdict_bound("FRA", "un-26-3")[0] is Verdict.UNKNOWN
    assert asked.verdict_bound("PRK", "un-26-3")[0] is Verdict.NO


@needs_data
def test_a_uk_record_makes_nothing_be_in_force_and_its_claim_is_a_finding() -> None:
    asked = standing(book("uk-treaties"), "1910-01-01")
    assert asked.verdict_in_force("uk-58135") is Verdict.UNKNOWN
    claims = [e.act.details for e in book("uk-treaties").record.entries_of("uk-58135") if e.act.kind == "assert"]
    ended = next(details for details in claims if "ended" in details)
    assert ended == {"ended": "1908-11-01", "standing": "register", "note": "event 1907-10-29, effective 1908-11-01"}
    assert "register-differs" in {finding.code for finding in asked.findings("uk-58135")}


def test_a_spell_across_a_dissolution_is_two_persons() -> None:
    alliance = {"atopid": "9", "begyr": "1990", "begmo": "1", "begday": "1", "endyr": "0", "endmo": "0", "endday": "0"}
    owes = dict.fromkeys(("defense", "offense", "neutral", "nonagg", "consul"), "0") | {"defense": "1"}
    rows = [
        {"atopid": "9", "member": code, "yrent": "1990", "moent": "1", "dayent": "1", "yrexit": "0", "moexit": "0", "dayexit": "0"} | owes
        for code in ("345", "220")
    ]
    found: Taken = take_rows("atop", {"alliances": [alliance], "members": rows}, parties())
    assert [(a["kind"], a["actor"], a["made"]) for a in found.acts] == [
        ("sign", "FRA", "1990-01-01"),
        ("sign", "YUG", "1990-01-01"),
        ("accede", "SRB", "1992-04-27"),
    ]
    assert [one.reason for one in found.listed] == ["one code, two persons"]


@needs_data
def test_no_file_of_a_register_names_a_folder_of_this_machine() -> None:
    for register in ("atop", "dcad"):
        assert all(str(Path.home()).encode() not in content for content in files(register).values())
