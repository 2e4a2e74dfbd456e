"""Every row of a register is taken or listed with its reason, none twice; and what is taken is a book without a problem."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from comity.book import read_files
from comity.registers import REGISTERS, book_files, take_rows
from comity.registers.un_treaties import kind_of
from comity.terms import BadInput
from tests.registers.register_tables import book, needs_data, only_parties, parties, reasons, tables, taken

ROWS = {"un-treaties": 31_420, "uk-treaties": 12_697, "atop": 789 + 2_510, "dcad": 1_871, "mme": 13_818}


@needs_data
@pytest.mark.parametrize("register", list(REGISTERS))
def test_each_row_is_taken_or_listed(register: str) -> None:
    found = taken(register)
    assert found.rows == ROWS[register] == found.taken + len(found.refused)
    assert all(one.reason and one.says and one.row for one in found.listed)


@needs_data
@pytest.mark.parametrize("register", list(REGISTERS))
def test_what_is_taken_is_a_book_without_a_problem(register: str) -> None:
    assert book(register).problems == ()
    assert len(book(register).record.entries) == len(taken(register).acts)


@needs_data
@pytest.mark.parametrize("register", list(REGISTERS))
def test_a_register_is_a_book_within_twenty_seconds(register: str) -> None:
    rows, start = tables(register), time.process_time()
    assert read_files(book_files(register, rows, only_parties()), register).problems == ()
    assert time.process_time() - start < 20


@needs_data
def test_the_un_tables_entries_become_acts_of_their_kinds() -> None:
    assert Counter(act["kind"] for act in taken("un-treaties").acts) == {
        "sign": 9_189,
        "ratify": 7_353,
        "accede": 7_066,
        "accept": 3_386,
        "assert": 1_846,
        "succeed": 1_238,
        "apply-provisionally": 221,
        "approve": 197,
        "notify": 168,
        "confirm": 10,
        "confirm-signature": 7,
    }
    assert reasons(taken("un-treaties")) == {"more than one act": 400, "no act": 286, "no party": 53}
    assert len(taken("un-treaties").agreements) == 322, "of 323 tables one has no entry that is an act"


@needs_data
def test_of_the_uk_records_the_treaties_with_a_date_are_taken() -> None:
    found = taken("uk-treaties")
    assert reasons(found) == {"no treaty": 4_564, "no date": 17}
    assert found.taken == 8_133 - 17 == len(found.agreements)
    assert Counter(act["kind"] for act in found.acts) == {"assert": 13_040, "sign": 11_490}
    assert reasons(found, parts=True) == {"a territory": 3_771, "who signed is not said": 1_756, "no party": 55}


@needs_data
def test_each_date_of_a_uk_treaty_is_a_claim() -> None:
    columns = (
        "signed_event_date",
        "adopted_event_date",
        "provisional_eif_event_date",
        "definative_eif_event_date",
        "terminated_event_date",
        "withdrawn_event_date",
    )
    given = sum(bool(row[c]) for row in tables("uk-treaties")["treaties"] if row["field3"] for c in columns)
    lone = sum(
        bool(row[f"{c}_event_effective_date"] and not row[f"{c}_event_date"])
        for row in tables("uk-treaties")["treaties"]
        for c in ("definative_eif", "terminated", "withdrawn")
        if row["field3"]
    )
    assert sum(act["kind"] == "assert" for act in taken("uk-treaties").acts) == given + lone


@needs_data
def test_what_is_listed_of_the_data_sets() -> None:
    assert reasons(taken("atop")) == {"no party": 14, "no alliance of two": 9}
    assert reasons(taken("atop"), parts=True) == {"outside the list of states": 62, "one code, two persons": 5}
    assert reasons(taken("dcad")) == {"no party": 4, "code and name differ": 2, "no two parties": 2}
    assert reasons(taken("dcad"), parts=True) == {"entry into force not said": 1_026, "in force before signature": 5}
    assert reasons(taken("mme")) == {"not named": 208, "stands twice": 28, "no party": 8}


@pytest.mark.parametrize(
    ("column", "flag", "kind"),
    [
        ("Signature, Succession to signature(d)", "d", ("succeed", {"to": "signature"})),
        ("Ratification, Accession(a), Succession(d)", "", ("ratify", {})),
        ("Ratification, Accession(a), Succession(d)", "a", ("accede", {})),
        ("Ratification, Acceptance(A), Approval(AA), Accession(a)", "AA", ("approve", {})),
        ("Definitive signature(s), Acceptance(A)", "s", ("sign", {"definitive": "yes"})),
        ("Signature, Signature ad referendum (s)", "s", ("sign", {"ad_referendum": "yes"})),
        ("Formal confirmation(c), Accession(a), Ratification", "c", ("confirm", {})),
        ("Succession(d), Consent to be bound(P)", "P", ("accept", {})),
        ("Provisional application(n)", "n", ("apply-provisionally", {})),
        ("Notification of non-provisional application under article 7 (1) (b)", "", ("notify", {"subject": "non-provisional application"})),
    ],
)
def test_a_letter_means_what_its_column_says(column: str, flag: str, kind: tuple[str, dict[str, str]]) -> None:
    assert kind_of(column, flag) == kind


@pytest.mark.parametrize("column", ["Definitive signature of the Protocol, Acceptance of the Protocol", "Provisional acceptance", "Date of Adoption"])
def test_what_may_be_two_acts_or_none_is_no_act(column: str) -> None:
    assert isinstance(kind_of(column, ""), str)


def test_each_reason_without_data() -> None:
    """Rows made for it: one for each way in which a row is not taken."""
    good = {"treaty": "1-1", "participant": "France", "col": "Signature", "date": "1945-06-26", "flag": ""}
    un = [good, good | {"date": "1945-13-01"}, good | {"participant": "Atlantis"}, good | {"col": "Provisional acceptance"}]
    assert reasons(take_rows("un-treaties", {"acts": un}, parties())) == {"no day": 1, "no party": 1, "more than one act": 1}
    uk = [
        {"id": "1", "title": "A", "field3": "", "signed_event_date": "01/02/1950"},
        {"id": "2", "title": "B", "field3": "BI", "signed_event_date": ""},
        {"id": "3", "title": "C", "field3": "BI", "signed_event_date": "30/02/1950"},
        {"id": "4", "title": "D", "field3": "BI", "signed_event_date": "03/02/1950", "country_name": "ATLANTIS ; UNITED KINGDOM ; Bermuda"},
        {"id": "5", "title": "E", "field3": "MULTI", "signed_event_date": "03/02/1950", "country_name": "FRANCE ; UNITED KINGDOM"},
    ]
    found = take_rows("uk-treaties", {"treaties": uk}, parties())
    assert reasons(found) == {"no treaty": 1, "no date": 1, "no day": 1}
    assert reasons(found, parts=True) == {"no party": 1, "a territory": 1, "who signed is not said": 1}


def test_an_unknown_register_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match="the registers and their tables are"):
        take_rows("no-such", {}, parties())
    with pytest.raises(BadInput, match="atop: alliances, members"):
        take_rows("atop", {"alliances": []}, parties())
