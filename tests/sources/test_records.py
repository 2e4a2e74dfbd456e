"""The records: every one can be read, says all that a reader needs, and contradicts itself nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.sources import Source, all_sources, as_bibtex, as_text, source
from comity.sources.records import read_record
from comity.terms import BadInput, NotOnRecord
from tests.sources.given import RECORD, made_up
from tests.sources.sources_page import page


def filled(old: str = "", new: str = "") -> str:
    text = RECORD % ("0" * 64, 1)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("one", all_sources().values(), ids=lambda one: one.id)
def test_a_record_says_what_a_reader_needs(one: Source) -> None:
    assert all((one.title, one.version, one.publisher, one.licence, one.citations, one.coverage, one.tables))
    assert re.match(r"https?://", one.address)
    for covers in one.coverage:
        assert covers.since <= covers.through
        assert covers.parties
    for table in one.tables:
        assert table.row
        assert table.rows > 0
        assert table.forms
        for column in table.columns:
            assert column.means.endswith((".", "?")), column
            assert all(column.codes.values())
        for form in table.forms:
            assert re.fullmatch(r"[0-9a-f]{64}", form.sha256)
            assert form.size > 0
            assert not form.address or re.match(r"https://raw\.githubusercontent\.com/[^/]+/[^/]+/[0-9a-f]{40}/", form.address), "pinned to a commit"


def test_no_two_forms_of_one_table_are_the_same_file() -> None:
    for one in all_sources().values():
        for table in one.tables:
            assert len({f.sha256 for f in table.forms}) == len(table.forms)


def test_no_two_sources_take_the_same_file() -> None:
    files = [f.file for one in all_sources().values() for t in one.tables for f in t.forms]
    assert sorted({f for f in files if files.count(f) > 1}) == []


def test_a_source_that_is_not_there_offers_what_is_near() -> None:
    with pytest.raises(NotOnRecord, match="did you mean cow-nmc"):
        source("cow-ncm")
    with pytest.raises(NotOnRecord, match="comity sources list"):
        source("zzzzz")


def test_of_several_tables_one_has_to_be_named() -> None:
    with pytest.raises(NotOnRecord, match="4 tables; name one of: alliances"):
        source("atop").table()
    with pytest.raises(NotOnRecord, match="no table 'pacts'"):
        source("atop").table("pacts")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "pacts"', 'id = "other"', "is not its name"),
        ('type = "text"', 'type = "word"', "of type 'word'"),
        ('key = ["pact", "state"]', 'key = ["pact", "nobody"]', "its key nobody is no column"),
        ('key = ["pact", "state"]', "key = []", "has no key"),
        ('absent = "0"', 'absent = "nothing"', "absent is 'nothing'"),
        ('format = "csv"', 'format = "xls"', "of format 'xls'"),
        ('yields = "both"', 'yields = "all"', "yields 'all'"),
        ('name = "held"', 'name = "signed_first"', "signed_first stands twice"),
        ('parties = "states" }', 'parties = "states", columns = ["nobody"] }', "column 'nobody'"),
        ('parties = "states" }', 'parties = "states", tables = ["nobody"] }', "table 'nobody'"),
        ('version = "1"', 'colour = "red"', "cannot be read"),
        ('version = "1"', "version = ", "cannot be read"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(BadInput, match=re.escape(says)) as told:
        read_record("pacts.toml", filled(old, new))
    assert "\n" not in str(told.value)
    assert "pacts.toml" in str(told.value)


def test_a_source_is_cited_as_text_and_for_bibtex() -> None:
    one = made_up()
    assert as_text(one.citations[0]) == "Body, No; Else, Someone (2001). Pacts & more. J. doi:10.1/x"
    entry = as_bibtex(one)
    assert entry.startswith("@article{body2001pacts,\n")
    assert "author = {Body, No and Else, Someone}" in entry
    assert r"{{Pacts \& more}}" in entry


def test_no_two_entries_of_bibtex_have_one_key() -> None:
    keys = [key for one in all_sources().values() for key in re.findall(r"^@\w+\{([^,]+),", as_bibtex(one), re.MULTILINE)]
    assert len(set(keys)) == len(keys)


def test_the_page_of_sources_is_current(root: Path) -> None:
    """docs/reference/sources.md is generated: python -m tests.sources.sources_page writes it."""
    assert (root / "docs" / "reference" / "sources.md").read_text(encoding="utf-8") == page()


def test_alliances_of_correlates_of_war_are_not_offered() -> None:
    """They were withdrawn from being passed on, at their keeper's request."""
    assert not [f.file for one in all_sources().values() for t in one.tables for f in t.forms if "cow_alliance" in f.file]
