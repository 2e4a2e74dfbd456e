"""Exercises on the command line: events lists, lessons and training as their examples have them, and wrong input, which is one line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests.cli.running import Done, comity

ROOT = Path(__file__).parents[2]
LIST, FRAME = ROOT / "examples" / "events.csv", ROOT / "examples" / "events-frame.toml"
BOOK = ROOT / "examples" / "exercise-book"
DAY = ("--on", "2025-11-15")


def valid(done: Done, schema: str) -> Done:
    jsonschema.validate(done.json, json.loads((ROOT / "docs" / "schemas" / f"{schema}.json").read_text(encoding="utf-8")))
    return done


def of_the_book(*words: str) -> Done:
    return comity("--book", str(BOOK), *words, *DAY)


def test_the_example_book_has_no_problems() -> None:
    assert "0 problems" in comity("--book", str(BOOK), "check").out


def test_the_example_list_is_fit_to_be_played_and_is_drawn() -> None:
    done = comity("exercise", "events", str(LIST), "--design", str(FRAME))
    assert (done.code, done.err) == (0, "")
    assert "12 rows, 7 injects to be played; one mark is 1 hour" in done.out
    assert "all 18 rules are kept" in done.out
    assert valid(comity("exercise", "events", str(LIST), "--design", str(FRAME), "--json"), "exercise-events").json["ok"] is True


def test_a_list_goes_through_a_workbook_and_a_calendar_and_stays_what_it_is(tmp_path: Path) -> None:
    whole = comity("exercise", "events", str(LIST), "--design", str(FRAME), "--json").json["rows"]
    before = LIST
    for name in ("list.xlsx", "list.ics", "again.csv"):
        assert comity("exercise", "events", str(before), "--design", str(FRAME), "-o", str(tmp_path / name)).code == 0
        before = tmp_path / name
        rows = comity("exercise", "events", str(before), "--design", str(FRAME), "--json").json["rows"]
        assert [{**row, "line": 0} for row in rows] == [{**row, "line": 0} for row in whole]
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]][-1] == "Map sheet"
    assert [cell.value for cell in sheet[4]][-1] == "7042"


def test_what_is_wrong_with_a_list_is_told_rule_by_rule(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(LIST.read_text(encoding="utf-8").replace("D+0 10:00", "D-1 10:00").replace("TO-4", "TO-3"), encoding="utf-8")
    done = valid(comity("exercise", "events", str(bad), "--design", str(FRAME), "--json"), "exercise-events")
    assert done.code == 1
    told = {(one["rule"], one["where"]) for one in done.json["broken"]}
    assert told == {("within", "1.1.2"), ("order", "1.1.2"), ("trained", "TO-4")}
    dense = comity("exercise", "events", str(LIST), "--design", str(FRAME), "--most", "1", "--window", "120", "--gap", "120")
    assert dense.code == 1
    assert "injector Controller 1 has 1.1.1 at D+0 08:30 too, less than 120 minutes apart" in dense.out
    assert "gets 2 injects from 2025-05-08 06:30 UTC within 120 minutes; 1 are all it can take" in dense.out


def test_a_list_without_a_design_is_checked_for_what_is_known(tmp_path: Path) -> None:
    table = tmp_path / "small.csv"
    table.write_text("No;Inject;DTG;From;To;Method;TO;Expected action;OPR\n1;Flood;031400ZJUN28;Police;Staff;radio;A;report;Two\n", encoding="utf-8")
    done = comity("exercise", "events", str(table))
    assert done.code == 1
    assert "STARTEX or ENDEX is not known" in done.out
    assert comity("exercise", "events", str(table), "--from", "2028-06-01", "--until", "2028-06-03").code == 1, "TO is read as the recipient"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("none.csv",), "'none.csv' cannot be read"),
        ((str(ROOT / "LICENSE"),), "LICENSE is none of .xlsx, .csv, .ics"),
        ((str(ROOT / "examples" / "acts.csv"),), "acts.csv has no column 'Number'"),
        ((str(LIST), "--design", str(LIST)), "events.csv is not TOML"),
        ((str(LIST), "--zone", "Mars"), "'Mars' is no zone"),
        ((str(LIST), "--from", "2028-05-xx"), "which is no one day"),
        ((str(LIST), "--from", "2028-05-03", "--until", "2028-05-01"), "ENDEX (2028-05-01) is before STARTEX (2028-05-03)"),
        ((str(LIST), "--design", str(FRAME), "--until", "2025-01-01"), "ENDEX is before STARTEX"),
        ((str(LIST), "--window", "0"), "--window 0; give 1 or more"),
        ((str(LIST), "-o", "list.pdf"), "list.pdf is none of .xlsx, .csv, .ics"),
    ],
)
def test_wrong_input_about_a_list_is_told_in_a_line(arguments: tuple[str, ...], says: str) -> None:
    done = comity("exercise", "events", *arguments)
    assert done.code == 2
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_the_board_of_lessons_has_what_is_late_first() -> None:
    done = of_the_book("exercise", "lessons", "high water 2025")
    assert (done.code, done.err) == (0, "")
    assert "submitted (1)" in done.out
    assert "LATE since 2025-10-01, by 45 days" in done.out
    told = valid(of_the_book("exercise", "lessons", "--json"), "exercise-lessons").json
    states = {one["ref"]: (one["state"], one["late"]) for one in told["lessons"]}
    assert states == {
        "HW-01": ("planned", "yes"),
        "HW-02": ("learned", "no"),
        "HW-03": ("submitted", "yes"),
        "HW-04": ("rejected", "no"),
        "HW-05": ("planned", "no"),
    }


def test_lessons_are_chosen_by_state_and_by_who_has_to_act() -> None:
    assert [one["ref"] for one in of_the_book("exercise", "lessons", "--state", "learned", "--json").json["lessons"]] == ["HW-02"]
    assert [one["ref"] for one in of_the_book("exercise", "lessons", "--body", "DEU/ENG", "--json").json["lessons"]] == ["HW-01"]


def test_an_earlier_day_and_an_uncertain_date() -> None:
    told = comity("--book", str(BOOK), "exercise", "lessons", "--on", "2025-07-10", "--json").json["lessons"]
    five = next(one for one in told if one["ref"] == "HW-05")
    assert (five["verdict"], five["state"]) == ("contested", None)
    assert list(dict.fromkeys(stage["state"] for stage in five["stages"])) == ["submitted", "identified", "planned"]


def test_where_the_record_is_not_complete_late_is_unknown_and_there_may_be_more(tmp_path: Path) -> None:
    done = comity("--book", str(BOOK), "exercise", "lessons", "--on", "2026-01-15", "--json").json
    assert next(one["late"] for one in done["lessons"] if one["ref"] == "HW-05") == "unknown"
    assert done["notes"] == ["the record is not declared complete for observations on 2026-01-15: there may be more"]


def test_the_board_is_written_as_a_workbook(tmp_path: Path) -> None:
    assert of_the_book("exercise", "lessons", "-o", str(tmp_path / "board.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "board.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["Column", "Reference", "Title"]
    assert rows[1][1] == "HW-03"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("exercise", "lessons", "Low Water"), "no observation about 'Low Water' is on record; there are some about: High Water 2025"),
        (("exercise", "lessons", "--state", "done"), "--state 'done'; give one of submitted"),
        (("exercise", "lessons", "--body", "XXX"), "no party 'XXX' is on record"),
        (("exercise", "lessons", "-o", "board.pdf"), "board.pdf is neither .xlsx nor .csv"),
        (("training", "courses", "--party", "XXX"), "no party 'XXX' is on record"),
    ],
)
def test_wrong_input_about_a_record_is_told_in_a_line(arguments: tuple[str, ...], says: str) -> None:
    done = of_the_book(*arguments)
    assert done.code == 2
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_courses_posts_and_visits_are_told() -> None:
    courses = valid(of_the_book("training", "courses", "--json"), "training-courses").json["courses"]
    first = courses[0]
    assert [first["together"][name]["least"] for name in ("nominated", "attended", "certified")] == [6, 6, 5]
    assert [one["code"] for one in first["findings"]] == ["training-nominated-late"]
    assert "comes after nominations closed on 2025-03-01" in of_the_book("training", "courses").out
    posts = valid(of_the_book("training", "posts", "--all", "--json"), "training-posts").json["posts"]
    assert [(one["ref"], one["filled"], one["until"]) for one in posts] == [
        ("PO-01", "yes", "2027-02-01"),
        ("PO-02", "no", "2025-08-15"),
        ("PO-03", "no", "2025-06-21"),
    ]
    assert "PO-02" not in of_the_book("training", "posts").out
    visits = valid(of_the_book("training", "visits", "--json"), "training-visits").json["visits"]
    assert [(one["state"], one["asked_in_time"], one["answered_in_time"]) for one in visits] == [
        ("granted", "no", "yes"),
        ("requested", "yes", "open"),
    ]


def test_needs_are_met_the_most_urgent_first() -> None:
    needs = valid(of_the_book("training", "needs", "--json"), "training-needs").json["needs"]
    told = {one["need"]["ref"]: ([(by["party"], by["persons"]) for by in one["by"]], one["unmet"]) for one in needs}
    assert told == {
        "NE-02": ([("DEU/ENG", 3)], 0),
        "NE-03": ([("EST", 8)], 4),
        "NE-01": ([("NLD", 1), ("DEU/ENG", 2)], 1),
    }
    assert "all that is offered is taken" in of_the_book("training", "needs").out


def test_who_was_last_trained_with_whom() -> None:
    rows = valid(of_the_book("training", "last", "--party", "BEL", "--json"), "training-last").json["trained"]
    assert {(*one["parties"], one["last"]) for one in rows} == {
        ("BEL", "DEU", "2025-04-25"),
        ("BEL", "EST", "2025-06-20"),
        ("BEL", "NLD", "2025-04-25"),
    }
    assert "no training together is on record" in of_the_book("training", "last", "--capability", "chess").out
