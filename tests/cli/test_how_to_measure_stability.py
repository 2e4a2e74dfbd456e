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
