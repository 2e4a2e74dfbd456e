"""Interoperability on the command line: maps, gaps as targets that a programme reads, a register's coverage, and wrong input in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import comity
from tests.registers.register_tables import DATA, needs_data

ROOT = Path(__file__).parents[2]
HERE = ("--book", str(ROOT / "examples" / "interoperability"))
PROGRAMME = ROOT / "examples" / "programme.toml"


def test_the_map_has_a_row_for_each_pair_and_says_what_its_half_life_is() -> None:
    done = comity(*HERE, "interoperability", "FRA", "GBR", "USA", "--on", "2026-06-01", "--half-life", "18m")
    assert (done.code, done.err) == (0, "")
    assert all(f"\n{pair} " in done.out for pair in ("FRA-USA", "GBR-USA", "FRA-GBR", "FRA-GBR-USA"))
    assert "if half fades in 18m (an assumption)" in done.out
    assert "rests on the silence of: the exercise lists of the ministries (supposed)" in done.out


def test_one_nation_alone_is_shown_with_all_whom_it_met_and_one_capability_as_a_square() -> None:
    assert "GBR-USA" in comity(*HERE, "interoperability", "USA", "--on", "2026-06-01").out
    done = comity(*HERE, "interoperability", "FRA", "GBR", "USA", "--on", "2026-06-01", "--capability", "sea", "--as", "FRA")
    assert "FRA-GBR-USA" in done.out
    assert "answered from what FRA may see" in done.out


def test_a_pair_and_a_capability_are_told_in_full() -> None:
    done = comity(*HERE, "interoperability", "GBR", "USA", "--capability", "peacekeeping", "--on", "2027-01-01")
    assert "2023-10-01 to 2027-01-01" in done.out, "its last day is partial, and after the end of coverage it is not known"
    assert "long-bridge-23-gbr, long-bridge-23-usa" in done.out
    assert "the record is not complete" in done.out


def test_a_course_and_a_post_are_told_from_an_exercise() -> None:
    done = comity(*HERE, "interoperability", "FRA", "GBR", "USA", "--on", "2026-06-01")
    assert "2024-09c" in done.out
    assert "2026-01p" in done.out
    assert "c  on a course   p  in a post" in done.out
    assert "not declared complete for courses and posts" in done.out.replace("\n", " ")
    one = comity(*HERE, "interoperability", "FRA", "GBR", "--capability", "sea", "--on", "2026-06-01").out
    assert "Mine warfare 24 (course)" in one
    assert "2 exercises, 1 course" in one
    assert "mine-warfare-24-fra, mine-warfare-24" in one
    told = comity(*HERE, "interoperability", "FRA", "GBR", "--capability", "Mine  clearance", "--on", "2026-06-01", "--json").out
    assert '"kind": "post"' in told
    assert '"what": "Engineer training centre"' in told
    nominated = comity(*HERE, "interoperability", "GBR", "USA", "--capability", "sea", "--on", "2026-06-01").out
    assert "1 exercise" in nominated
    assert "course" not in nominated.replace("for courses and posts", "")


def test_gaps_become_targets_that_a_programme_reads(tmp_path: Path) -> None:
    tables, whole = tmp_path / "targets.toml", tmp_path / "programme.toml"
    asked = ("gaps", "FRA", "GBR", "--capability", "sea", "--every", "1y", "--programme", str(PROGRAMME), "-o", str(tables))
    done = comity(*HERE, *asked)
    assert (done.code, done.out.strip()) == (0, f"written: {tables}")
    assert tables.read_text(encoding="utf-8").startswith('[[target]]\nnations = ["FRA", "GBR"]\ncapability = "sea"\nweight = 10\nfrom = 0')
    pytest.importorskip("ortools")
    text = PROGRAMME.read_text(encoding="utf-8").replace("EST", "FRA")
    whole.write_text(f"{text[: text.index('[[target]]')]}\n{tables.read_text(encoding='utf-8')}", encoding="utf-8")
    solved = comity("programme", "solve", str(whole), "--seconds", "5", "--json")
    assert (solved.code, solved.err) == (0, ""), solved


def test_no_gap_is_said_so() -> None:
    asked = ("gaps", "GBR", "USA", "--capability", "cyber", "--on", "2026-06-01")
    assert "no gap: each pair has trained each capability within 2y" in comity(*HERE, *asked).out


def test_standards_that_serve_nothing_asked_are_said_so() -> None:
    assert "no standard on record serves 'space'" in comity(*HERE, "standards", "--capability", "space").out
    assert "superseded: 4; reservations of FRA" in comity(*HERE, "standards", "FRA", "GBR", "--standard", "stanag 4609", "--on", "2026-06-01").out


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("interoperability FRA FRA", "FRA and FRA are one nation"),
        ("interoperability USA USA/navy", "are one nation"),
        ("interoperability FRA XXX", "no party 'XXX' is on record"),
        ("interoperability FRA GBR --capability seaa", "--capability 'seaa': nothing on record names it; choose of any, land, air"),
        ("interoperability FRA GBR --half-life two", "--half-life 'two'; write a number and d, w, m or y"),
        ("interoperability FRA GBR --half-life 0d", "--half-life '0d'; write a number"),
        ("gaps FRA GBR --every 2", "--every '2'; write a number and d, w, m or y"),
        (f"gaps FRA GBR --programme {PROGRAMME} --soon 0", "give 1 slot or more"),
        ("exercises FRA", "name two nations or more"),
        ("exercises FRA GBR -o picture.gif", "a picture is written as .svg or .png"),
        ("standards FRA --standard X", "no standard 'X' is on record; there are: STANAG 1116, STANAG 2019"),
    ],
)
def test_wrong_input_is_one_line_that_says_what_to_do(asked: str, says: str) -> None:
    done = comity(*HERE, *asked.split())
    assert done.code == 2
    assert says in done.err
    assert len(done.err.splitlines()) == 1


@needs_data
def test_a_registers_book_for_a_ledger_keeps_what_the_ledger_says_and_adds_its_coverage(tmp_path: Path) -> None:
    ledger, out = ("--ledger", f"sqlite:///{tmp_path / 'all.db'}"), tmp_path / "mme"
    for words in (("init", "--origin", "desk.example/all"), ("import", HERE[1])):
        assert comity(*ledger, "ledger", *words).code == 0
    assert comity(*ledger, "registers", "book", "mme", str(out), "--from", str(DATA)).code == 0
    text = (out / "book.toml").read_text(encoding="utf-8")
    assert text.startswith((ROOT / "examples" / "interoperability" / "book.toml").read_text(encoding="utf-8"))
    assert text.count("[[coverage]]") == 3
    assert "through = 2010-12-31" in text
