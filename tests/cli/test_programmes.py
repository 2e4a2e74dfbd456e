"""Programmes on the command line: the example is planned and checked; wrong input is one line; where there is no plan, why."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from icalendar import Calendar

from comity.sheets import write_workbook
from tests.cli.running import comity

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "programme.toml"
SCHEMAS = ROOT / "docs" / "schemas"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = tmp_path_factory.mktemp("programme") / "plan.toml"
    done = comity("programme", "solve", str(EXAMPLE), "--seconds", "20", "-o", str(plan))
    assert (done.code, done.err) == (0, "")
    assert "written: " in done.out
    return plan


def test_the_example_is_planned_and_the_plan_passes_the_checker(planned: Path) -> None:
    done = comity("programme", "check", str(planned))
    assert (done.code, done.err) == (0, "")
    assert "all 18 rules are kept" in done.out


def test_the_plan_that_ships_with_the_example_is_of_the_example_as_it_is() -> None:
    done = comity("programme", "check", str(EXAMPLE.with_name("programme-plan.toml")))
    assert (done.code, done.err) == (0, "")
    assert "was changed since" not in done.out


def test_a_plan_that_is_changed_by_hand_is_found_out(planned: Path) -> None:
    bad = planned.with_name("bad.toml")
    bad.write_text(re.sub(r"start = \d+", "start = 0", planned.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    done = comity("programme", "check", str(bad), "--json")
    assert done.code == 1
    jsonschema.validate(done.json, json.loads((SCHEMAS / "programme-check.json").read_text(encoding="utf-8")))
    assert done.json["ok"] is False
    assert {one["rule"] for one in done.json["broken"]} >= {"starts", "notice"}


def test_little_is_changed_where_the_plan_before_is_given(planned: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text("change = 3\n" + EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    done = comity("programme", "solve", str(later), "--before", str(planned), "--seconds", "20", "--json")
    assert done.code == 0, done
    jsonschema.validate(done.json, json.loads((SCHEMAS / "programme-solve.json").read_text(encoding="utf-8")))
    kept = [line for line in planned.read_text(encoding="utf-8").splitlines() if line.startswith(("exercise", "way", "start", "units"))]
    assert [line for line in done.json["plan"].splitlines() if line.startswith(("exercise", "way", "start", "units"))] == kept
    assert "gives no weight to change" in comity("programme", "solve", str(EXAMPLE), "--before", str(planned)).err


def test_where_there_is_no_plan_the_conflict_and_what_would_do_are_told(tmp_path: Path) -> None:
    tight = tmp_path / "tight.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('id = "Spring 2028"\n', 'id = "Spring 2028"\nrequired = true\n')
    tight.write_text(text + '[[budget]]\nnation = "EST"\nmost = 30\n[[budget]]\nnation = "LVA"\nmost = 30\n', encoding="utf-8")
    done = comity("programme", "solve", str(tight), "--seconds", "20")
    assert done.code == 1
    assert "there is no plan. These cannot be met together:" in done.out
    assert "- Spring 2028 must be held" in done.out
    assert "LVA spends 30 or less from slot 0 to 24: with 5 more there is a plan" in done.out
    told = comity("programme", "solve", str(tight), "--seconds", "20", "--json").json
    jsonschema.validate(told, json.loads((SCHEMAS / "programme-solve.json").read_text(encoding="utf-8")))
    assert told["none"] is True
    assert "LVA spends 30 or less from slot 0 to 24" in told["conflict"]


def test_cover_comes_from_the_record_and_says_what_lacks(bundled_once: None, tmp_path: Path) -> None:
    done = comity("programme", "cover", str(EXAMPLE), "--purpose", "exercise", "--json")
    schema = json.loads((SCHEMAS / "programme-cover.json").read_text(encoding="utf-8"))
    jsonschema.validate(done.json, schema)
    assert {one["because"] for one in done.json["bases"]} == {
        f"entry: it needs the consent of {host}, and none is on record" for host in ("EST", "LVA", "POL")
    }
    assert done.json["cover"] == ""
    tables = tmp_path / "cover.toml"
    asked = comity("programme", "cover", str(EXAMPLE), "--purpose", "exercise", "--invited", "-o", str(tables), "--json")
    jsonschema.validate(asked.json, schema)
    assert {(one["nation"], one["host"]) for one in asked.json["bases"] if one["verdict"] == "yes"} >= {("GBR", "EST"), ("POL", "LVA")}
    whole = tmp_path / "whole.toml"
    text, _, rest = EXAMPLE.read_text(encoding="utf-8").partition("[[cover]]")
    whole.write_text(text + tables.read_text(encoding="utf-8") + rest[rest.index("[[target]]") :], encoding="utf-8")
    assert comity("programme", "solve", str(whole), "--seconds", "20").code == 0


def test_cover_needs_days(tmp_path: Path) -> None:
    bare = tmp_path / "bare.toml"
    bare.write_text('slots = 4\n[[exercise]]\nid = "x"\n[[exercise.way]]\nhost = "EST"\nstarts = [1]\n', encoding="utf-8")
    assert "does not say on which day slot 0 begins" in comity("programme", "cover", str(bare)).err


def test_a_plan_is_drawn_and_comes_back_from_a_spreadsheet_the_same(planned: Path, tmp_path: Path) -> None:
    sheet, feed = tmp_path / "plan.xlsx", tmp_path / "plan.ics"
    shown = comity("programme", "show", str(planned), "--problem", str(EXAMPLE), "--xlsx", str(sheet), "--ics", str(feed))
    assert "Spring 2028" in shown.out
    assert "█" in shown.out
    assert "missed: EST and LVA, mine clearance" in shown.out
    told = comity("programme", "show", str(planned), "--problem", str(EXAMPLE), "--json").json
    jsonschema.validate(told, json.loads((SCHEMAS / "programme-show.json").read_text(encoding="utf-8")))
    again = comity("programme", "show", str(sheet), "--problem", str(EXAMPLE), "--json").json
    assert again == told | {"bound": None}
    events = list(Calendar.from_ical(feed.read_bytes()).walk("VEVENT"))
    assert [(str(event["summary"]), event.decoded("dtstart").isoformat()) for event in events] == [(h["exercise"], h["from"]) for h in told["held"]]


def test_a_sheet_that_breaks_a_rule_or_says_no_day_is_told_so(planned: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "plan.xlsx"
    sheet.write_bytes(write_workbook("plan", [("exercise", "held as", "begins", "units"), ("Spring 2028", "LVA", "next June", "EST; LVA")]))
    assert "plan.xlsx, line 2: begins 'next June' is no day" in comity("programme", "check", str(sheet), "--problem", str(EXAMPLE)).err
    sheet.write_bytes(write_workbook("plan", [("exercise", "held as", "begins", "units"), ("Spring 2028", "LVA", "2028-08-01", "EST; LVA")]))
    assert comity("programme", "check", str(sheet), "--problem", str(EXAMPLE)).code == 1
    assert "breaks a rule" in comity("programme", "show", str(sheet), "--problem", str(EXAMPLE)).err
    sheet.write_bytes(write_workbook("plan", [("exercise", "begins")]))
    assert "line 1: no column 'held as'" in comity("programme", "check", str(sheet), "--problem", str(EXAMPLE)).err
    assert "give it with --problem FILE" in comity("programme", "check", str(sheet)).err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("solve", "none.toml"), "'none.toml' cannot be read"),
        (("solve", str(EXAMPLE), "--seconds", "0"), "--seconds 0; give more than 0"),
        (("solve", str(EXAMPLE), "--seconds", "nan"), "--seconds nan; give more than 0"),
        (("check", str(EXAMPLE)), "stray key"),
        (("check", str(ROOT / "LICENSE")), "not TOML"),
    ],
)
def test_wrong_input_is_told_in_a_line(arguments: tuple[str, ...], says: str) -> None:
    done = comity("programme", *arguments)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_plan_of_a_problem_that_was_changed_since_is_checked_with_a_note(planned: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.toml"
    changed.write_text("# looked over\n" + EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    done = comity("programme", "check", str(planned), "--problem", str(changed))
    assert done.code == 0
    assert "changed.toml was changed since the plan was made" in done.out
