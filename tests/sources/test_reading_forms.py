"""A file becomes the table that its record describes, or one line says what does not fit, where, and what to do."""

from __future__ import annotations

import gzip
import re
import struct
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

pl = pytest.importorskip("polars")

from comity.sources.reading import ReadTable, read_table  # noqa: E402
from comity.sources.records import Column, Form, Table  # noqa: E402
from comity.terms import BadInput  # noqa: E402
from tests.sources.given import PACTS, pacts  # noqa: E402


def read(path: Path, content: str | bytes = PACTS, form: Form | None = None, table: Table | None = None) -> ReadTable:
    file = path / "pacts.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    described, plain = pacts()
    return read_table(file, table or described, form or plain)


def refused(path: Path, content: str | bytes = PACTS, form: Form | None = None, table: Table | None = None) -> str:
    with pytest.raises(BadInput) as told:
        read(path, content, form, table)
    says = str(told.value)
    assert "\n" not in says
    assert "pacts.csv" in says, "it says which file"
    assert re.search(r"(fetch|give|save|install|tell) ", says), f"it says what to do: {says}"
    return says


def test_a_table_has_the_types_of_its_record(tmp_path: Path) -> None:
    frame = read(tmp_path).frame
    assert frame.schema == {
        "pact": pl.String,
        "state": pl.String,
        "code": pl.Int32,
        "code_code": pl.String,
        "day": pl.Date,
        "strength": pl.Float64,
        "signed": pl.String,
        "signed_first": pl.Date,
        "signed_last": pl.Date,
        "held": pl.Boolean,
    }
    assert frame["held"].to_list() == [True, False, True]


def test_codes_become_null_and_are_counted_and_kept_where_the_record_says(tmp_path: Path) -> None:
    done = read(tmp_path)
    assert done.frame["code"].to_list() == [2, None, 20]
    assert done.frame["code_code"].to_list() == [None, "-88", None]
    assert done.frame["strength"].to_list() == [1.5, None, 2.25]
    assert done.nulls["code"] == {"-88": 1}
    assert done.nulls["strength"] == {"-9": 1}
    assert done.nulls["day"] == {"nothing": 1}


def test_a_partial_day_stays_as_written_with_its_first_and_last_day_beside_it(tmp_path: Path) -> None:
    """Complaint class 5: dates of which a part is not known are not filled in."""
    done = read(tmp_path)
    assert done.frame["signed"].to_list() == ["1980-01-xx", "1981-xx-xx", "1982-12-31"]
    assert done.frame["signed_first"].to_list() == [date(1980, 1, 1), date(1981, 1, 1), date(1982, 12, 31)]
    assert done.frame["signed_last"].to_list() == [date(1980, 1, 31), date(1981, 12, 31), date(1982, 12, 31)]
    assert done.nulls["signed"] == {"day not known": 1, "month not known": 1}


@pytest.mark.parametrize(
    ("written", "text", "first", "last"),
    [
        ("1980-01-xx", "1980-01-xx", date(1980, 1, 1), date(1980, 1, 31)),
        ("1980-02-00", "1980-02-xx", date(1980, 2, 1), date(1980, 2, 29)),
        ("1980-xx-xx", "1980-xx-xx", date(1980, 1, 1), date(1980, 12, 31)),
        ("1980", "1980-xx-xx", date(1980, 1, 1), date(1980, 12, 31)),
        ("1980-03-04", "1980-03-04", date(1980, 3, 4), date(1980, 3, 4)),
        ("0-0-0", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_partial_day_can_stand_in_one_column(tmp_path: Path, written: str, text: str | None, first: date | None, last: date | None) -> None:
    table, form = pacts()
    one = replace(table, key=("k",), columns=(Column("k", "text", "."), Column("d", "partial-day", ".")))
    frame = read(tmp_path, f"k,d\na,{written}\n", replace(form, names={}), one).frame
    assert frame.row(0) == ("a", text, first, last)


WRONG = {
    "one column less": (PACTS.replace(",held", "").replace(",1\n", "\n").replace(",0\n", "\n"), "lacks the column 'held'"),
    "one column more": (re.sub(r"$", ",x", PACTS.rstrip("\n"), flags=re.MULTILINE) + "\n", "a column 'x' that the record of pacts does not know"),
    "a column twice": (PACTS.replace("strength", "state"), "the column 'state' twice"),
    "semicolons": (PACTS.replace(",", ";"), "cells between semicolons; the record says commas"),
    "tabs": (PACTS.replace(",", "\t"), "cells between tabs"),
    "a last line without its end": (PACTS.rstrip("\n"), "is cut off: line 4, the last, does not end"),
    "a last line cut short": (PACTS[: PACTS.rindex("1982")] + "\n", "line 4 has 6 cells, the header 9"),
    "a line in the middle cut short": (PACTS.replace("-9,1981,0,0,0", "-9"), "line 3 has 5 cells"),
    "a line too long": (PACTS.replace("31,1", "31,1,1"), "line 4 has 10 cells, the header 9"),
    "a quotation that does not end": (PACTS.replace("Bbb", '"Bbb'), "a quotation does not end"),
    "nothing": ("", "is empty"),
    "a word for a number": (PACTS.replace("1.5", "much"), "row 1: strength is 'much', which is not a number"),
    "a fraction for a whole number": (PACTS.replace(",20,", ",20.5,"), "row 3: code is '20.5', which is not a whole number"),
    "a number of 64 bits": (PACTS.replace(",20,", ",3000000000,"), "which is not a whole number of 32 bits"),
    "a number too small": (PACTS.replace(",20,", ",0,"), "row 3: code is 0, below 1"),
    "a code that the record does not know": (PACTS.replace("-88", "-99"), "row 2: code is -99, below 1"),
    "a number too large": (PACTS.replace(",20,", ",1000,"), "row 3: code is 1000, above 999"),
    "a day that is none": (PACTS.replace("2001-02-03", "2001-02-30"), "row 1: day is '2001-02-30', which is not a day"),
    "an American day": (PACTS.replace("2001-02-03", "2/3/2001"), "row 1: day is '2/3/2001'"),
    "a partial day that is none": (PACTS.replace("1982,12,31", "1982,13,31"), "row 3: signed is '1982-13-31', which is no day"),
    "neither yes nor no": (PACTS.replace("31,1", "31,2"), "row 3: held is '2', which is neither 1 (yes) nor 0 (no)"),
    "a choice that is none": (PACTS.replace("Ccc", "Ddd"), "row 3: state is 'Ddd', which is none of Aaa, Bbb, Ccc"),
    "a key twice": (PACTS.replace("Ccc", "Bbb"), "2 rows share the key of pacts, which is unique (first: pact p2, state Bbb)"),
    "a key that is blank": (PACTS.replace("p1", ""), "1 rows have no pact or no state"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_fit_is_refused_in_one_line(case: str, tmp_path: Path) -> None:
    content, says = WRONG[case]
    assert says in refused(tmp_path, content)


def test_a_byte_of_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "line 3: byte 0xf3 is not utf-8" in refused(tmp_path, PACTS.encode().replace(b"Bbb", b"B\xf3b"))


def test_half_of_a_gzip_is_refused(tmp_path: Path) -> None:
    form = replace(pacts()[1], format="csv.gz")
    packed = gzip.compress(PACTS.encode(), mtime=0)
    assert len(read(tmp_path, packed, form).frame) == 3
    assert "is cut off or damaged" in refused(tmp_path, packed[:-9], form)
    assert "is cut off or damaged" in refused(tmp_path, packed[: len(packed) // 2], form)
    assert "is not a gzip file" in refused(tmp_path, PACTS, form)


def typed(path: Path) -> tuple[bytes, Form, Table]:
    """The table with codes as floats, as R has them, in Parquet."""
    table, form = pacts()
    plain = replace(table, key=("code",), columns=(Column("code", "int", ".", codes={"-88": "not known"}, low=1), Column("day", "day", ".")))
    pl.DataFrame({"code": [920.0, 2.0], "when": [date(2001, 2, 3), None]}).write_parquet(path / "t")
    return (path / "t").read_bytes(), replace(form, format="parquet"), plain


def test_codes_that_are_floats_become_whole_numbers_of_32_bits(tmp_path: Path) -> None:
    """Complaint class 2: 1000 times a state's code runs over in 16 bits, and pairs become one without a word."""
    content, form, table = typed(tmp_path)
    frame = read(tmp_path, content, form, table).frame
    assert frame.schema["code"] == pl.Int32
    assert (1000 * frame["code"]).to_list() == [920_000, 2_000]


def test_a_parquet_file_that_is_cut_or_none_is_refused(tmp_path: Path) -> None:
    content, form, table = typed(tmp_path)
    assert "the end of the Parquet file is missing" in refused(tmp_path, content[:-20], form, table)
    assert "is not a Parquet file" in refused(tmp_path, PACTS, form, table)
    assert "cannot be read as Parquet" in refused(tmp_path, b"PAR1" + b"\0" * 50 + b"PAR1", form, table)


def stata(rows: list[tuple[int, float]], version: int = 108) -> bytes:
    """A Stata file with a code of 16 bits and a float."""
    head = bytes([version, 2, 1, 0]) + struct.pack("<HI", 2, len(rows)) + b"\0" * 81 + b"\0" * 18
    names = b"code".ljust(9, b"\0") + b"x".ljust(9, b"\0")
    rest = b"if" + names + b"\0" * 6 + b"\0" * 24 + b"\0" * 18 + b"\0" * 162 + b"\0" * 3
    return head + rest + b"".join(struct.pack("<hf", *row) for row in rows)


def test_a_stata_file_is_read_wide_enough(tmp_path: Path) -> None:
    table, form = pacts()
    dta = replace(form, format="dta", names={})
    two = replace(table, key=("code",), columns=(Column("code", "int", "."), Column("x", "float", ".")))
    frame = read(tmp_path, stata([(920, 0.5), (2, 2.0**127)]), dta, two).frame
    assert frame.rows() == [(920, 0.5), (2, None)]
    assert (1000 * frame["code"]).to_list() == [920_000, 2_000]
    for cut in (3, 60, 200, len(stata([(1, 1.0)])) - 1):
        assert "ends too early" in refused(tmp_path, stata([(1, 1.0)])[:cut], dta, two)
    assert "is not a Stata file of version 12 or before" in refused(tmp_path, b"<stata_dta>", dta, two)


def test_a_file_of_r_without_its_reader_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rdata", None)
    assert "install the package rdata" in refused(tmp_path, b"RDX3", replace(pacts()[1], format="rda"))


def test_a_file_of_r_that_is_cut_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("rdata")
    assert "cannot be read as a file of R" in refused(tmp_path, b"RDX3\nX\n\0\0", replace(pacts()[1], format="rda"))


def test_rows_can_be_numbered_where_nothing_tells_them_apart(tmp_path: Path) -> None:
    frame = read(tmp_path, PACTS.replace("Ccc", "Bbb"), table=replace(pacts()[0], key=("row",), numbered="row")).frame
    assert frame["row"].to_list() == [1, 2, 3]
    assert frame.schema["row"] == pl.Int32


def test_the_code_of_namibia_is_not_nothing(tmp_path: Path) -> None:
    """Complaint class 4: a state whose code is NA is lost where NA always means nothing."""
    table, form = pacts()
    one = replace(table, key=("iso",), columns=(Column("iso", "text", "."),))
    assert read(tmp_path, "iso\nNA\nNL\n", replace(form, nothing=("",), names={}), one).frame["iso"].to_list() == ["NA", "NL"]
