"""Every command of docs/how-to/measure-stability.md runs; what is wrong with one is said in one line."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.running import comity
from tests.panels.shelves import DATA, needs_data
from tests.stability.small_book import cut

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "measure-stability.md"
COMMANDS = re.findall(r"^ *\$ comity (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cut(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of two tables; of the others nothing is known."""
    folder = tmp_path_factory.mktemp("tables")
    for name in ("gml_part.parquet", "gml_mid_disps.parquet", "gml_mid_ddydisps.parquet", "ucdp_acd.parquet"):
        shutil.copy(next(Path(DATA).rglob(name)), folder)
    return folder


@needs_data
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, tmp_path: Path, book: Path, tables: Path) -> None:
    given = shlex.split(command)
    words = [str(tmp_path / word) if before == "-o" else word for before, word in zip(["", *given], given, strict=False)]
    done = comity("--book", str(book), *words, "--from", str(tables))
    assert done.code == 0, done
    assert done.out
    assert "-o" not in words or (tmp_path / "usa-gbr.svg").read_text(encoding="utf-8").startswith("<svg")


@needs_data
def test_of_a_source_of_which_a_file_is_lacking_it_is_said_which_table(tmp_path: Path, book: Path, tables: Path) -> None:
    shutil.copy(tables / "gml_mid_disps.parquet", tmp_path)
    notes = comity("--book", str(book), "stability", "USA", "GBR", "--on", "2026-11-28", "--from", str(tmp_path), "--json").json["notes"]
    assert f"{str(tmp_path)!r} holds no file of gml-mids (participants); get it with: comity sources fetch gml-mids" in notes
    assert f"{str(tmp_path)!r} holds no file of cow-mids; get it with: comity sources fetch cow-mids" in notes


@needs_data
def test_a_picture_goes_with_what_is_told_to_programs(tmp_path: Path, book: Path, tables: Path) -> None:
    picture = tmp_path / "a.svg"
    asked = ("stability", "ETH", "ERI", "--since", "1990", "--on", "2026-11-28", "--from", str(tables))
    done = comity("--book", str(book), *asked, "--json", "-o", str(picture))
    assert done.json["region"]["id"] == "ETH-ERI"
    assert picture.read_text(encoding="utf-8").startswith("<svg")


@needs_data
def test_each_reading_of_partial_dates_is_named_and_so_are_windows_before_which_none_began(book: Path, tables: Path) -> None:
    asked = ("--since", "1985", "--until", "2008", "--compare", "1985-1991,1992-2008", "--on", "2026-11-28", "--from", str(tables))
    told = comity("--book", str(book), "stability", "YUG", "ALB", *asked).out
    assert told.count("partial dates read so that it is short: 5 spells") == told.count("partial dates read so that it is long: 5 spells") == 1
    assert "change (gml-mids): rate of 1992-2008 over 1985-1991: none began before" in told


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("", "of whom? name two states, an organisation, an agreement, or a region: NATO, ASEAN"),
        ("AAA", "AAA alone is no region"),
        ("AAA CCC -o x.pdf", "a picture is written as .svg or .png"),
        ("AAA CCC --compare 1999", "write two windows of years, as 1949-1989,1990-2010"),
        ("AAA CCC --events icews=nowhere.tab", "write the data set and its file, as icews=events.tab"),
        ("AAA CCC --from nowhere", "is no folder"),
        ("AAA CCC --since 1500", "write years from 1816"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(command: str, says: str, small: Path) -> None:
    done = comity("--book", str(small), "stability", *shlex.split(command), "--on", "2002-01-01")
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1
