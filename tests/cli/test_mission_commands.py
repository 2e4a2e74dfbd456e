"""Missions on the command line: the example is asked, filled, checked and put on record; wrong input is one line that says what to write."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.cli_page import cut
from tests.cli.running import comity

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "mission.toml"
PLAN = ROOT / "examples" / "mission-plan.toml"
SCHEMAS = ROOT / "docs" / "schemas"


def _valid(name: str, answer: Any) -> Any:
    jsonschema.validate(answer, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return answer


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of few agreements that has the example and a pool on record."""
    book = cut(tmp_path_factory.mktemp("few"))
    done = comity("mission", "acts", str(EXAMPLE), "--made", "2026-11-02", "-o", str(book / "acts" / "mission.csv"))
    assert done.code == 0, done
    assert "49 acts; shares, ceilings, cover and burdens are no acts and stay in the file" in done.out
    (book / "acts" / "pool.csv").write_bytes((ROOT / "examples" / "pool.csv").read_bytes())
    assert comity("--book", str(book), "check").code == 0
    return book


def test_what_new_writes_can_be_asked_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "relief.toml"
    assert comity("mission", "new", str(file), "--first", "2030-01-01").out == f"written: {file}\n"
    gaps = _valid("mission-gaps", comity("mission", "gaps", str(file), "--json").json)
    assert gaps["mission"] == "relief"
    assert [one["state"] for one in gaps["lines"]] == ["partly filled", "offered"]
    assert [ask["changes"] for ask in gaps["gaps"][0]["ask"]] == [["one more of it"], ["be there 30 days sooner", "verify it at level 2"]]
    again = comity("mission", "new", str(file))
    assert (again.code, "is there already" in again.err) == (2, True)


def test_gaps_say_why_and_whom_to_ask_for_the_least() -> None:
    done = comity("mission", "gaps", str(EXAMPLE), "--line", "UAS", "--line", "MINES")
    assert (done.code, done.err) == (0, "")
    assert "UAS lacks 1 in R1, R2, R3, R4" in done.out
    assert "ITA unmanned aircraft of ITA: needs 45 days' notice; 20 are given" in done.out
    assert "ask ITA, ITA unmanned aircraft: be there 25 days sooner" in done.out
    assert "ask BEL, deployed to a mission before" in done.out
    assert "nobody pledged such a thing" in done.out
    wrong = comity("mission", "gaps", str(EXAMPLE), "--line", "UAV")
    assert wrong.err.startswith("comity: --line 'UAV': there is no such line; there are: FHQ, FRIGATES")


def test_the_example_is_filled_and_the_plan_passes_the_checker(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    told = _valid("mission-fill", comity("mission", "fill", str(EXAMPLE), "--seconds", "60", "-o", str(plan), "--json").json)
    assert told["plan"] is None
    assert told["total"] == told["bound"] == told["costs"] + told["missing"] + told["burden"]
    assert {gap["line"] for gap in told["gaps"]} >= {"UAS", "MINES"}
    done = comity("mission", "check", str(plan))
    assert (done.code, done.err) == (0, "")
    assert f"all 18 rules are kept; it costs {told['total']:,}" in done.out


def test_the_plan_that_ships_is_of_the_example_as_it_is_and_one_changed_by_hand_is_found_out(tmp_path: Path) -> None:
    assert _valid("mission-check", comity("mission", "check", str(PLAN), "--json").json) == {"ok": True, "broken": []}
    bad = tmp_path / "bad.toml"
    bad.write_text(PLAN.read_text(encoding="utf-8").replace('"ITA headquarters"', '"ESP headquarters"', 1), encoding="utf-8")
    done = comity("mission", "check", str(bad), "--mission", str(EXAMPLE), "--json")
    assert done.code == 1
    assert {one["rule"] for one in _valid("mission-check", done.json)["broken"]} >= {"kept", "strength", "figures"}
    nameless = tmp_path / "nameless.toml"
    nameless.write_text('[[serves]]\npledge = "x"\nline = "y"\nrotation = "R1"\n', encoding="utf-8")
    assert "does not name the mission" in comity("mission", "check", str(nameless)).err


def test_who_bears_how_much_of_what() -> None:
    told = _valid("mission-burden", comity("mission", "burden", str(EXAMPLE), "--of", str(PLAN), "--json").json)
    assert abs(sum(one["part"] for one in told["shares"]) - 1) < 1e-9
    assert 0.5 < told["index"] < 1
    assert [one["rotation"] for one in told["over_time"]] == ["R1", "R2", "R3", "R4"]
    each = [one["person_days"] for spell in told["over_time"] for one in spell["parties"] if one["party"] == "FRA"]
    assert sum(each) == next(one["person_days"] for one in told["parties"] if one["party"] == "FRA")
    page = comity("mission", "burden", str(EXAMPLE), "--of", str(PLAN), "--over-time").out
    assert "R4 from 2029-01-01" in page
    first = _valid("mission-burden", comity("mission", "burden", str(EXAMPLE), "--from", "2028-01-01", "--until", "2028-05-01", "--json").json)
    assert {one["party"] for one in first["parties"]} == {"FRA", "ITA"}
    assert "fair-share index" in comity("mission", "burden", str(EXAMPLE), "--of", "pledged").out
    none = comity("mission", "burden", str(EXAMPLE), "--of", "deployed")
    assert "how fair it is cannot be said" in none.out
    assert "choose one of pledged, accepted, deployed" in comity("mission", "burden", str(EXAMPLE), "--of", "planned").err
    assert "ends before it has begun" in comity("mission", "burden", str(EXAMPLE), "--from", "2029-01-01", "--until", "2028-01-01").err


def test_the_same_mission_on_record_is_in_the_same_states(recorded: Path) -> None:
    file = comity("mission", "gaps", str(EXAMPLE), "--json").json
    record = _valid(
        "mission-gaps",
        comity("--book", str(recorded), "mission", "gaps", "Safe Passage", "--on", "2026-11-20", "--known", "2026-11-20", "--json").json,
    )

    def place(one: dict[str, Any]) -> tuple[str, str]:
        return one["line"], one["rotation"]

    assert sorted(record["lines"], key=place) == sorted(file["lines"], key=place)
    early = comity("--book", str(recorded), "mission", "gaps", "Safe Passage", "--on", "2026-01-01")
    assert early.err == "comity: no mission 'Safe Passage' is on record by 2026-01-01; there are: none (a mission's file ends in .toml)\n"
    wrong = comity("--book", str(recorded), "mission", "gaps", "Safe Pasage", "--on", "2026-11-20")
    assert wrong.err == "comity: no mission 'Safe Pasage' is on record by 2026-11-20; there are: Safe Passage (a mission's file ends in .toml)\n"


def test_the_accounts_of_a_pool_sum_to_zero_and_say_what_is_overdue(recorded: Path) -> None:
    told = comity("--book", str(recorded), "mission", "pool", "flying hours", "--on", "2026-03-01", "--json").json
    accounts = {one["member"]: one for one in _valid("mission-pool", told)["accounts"]}
    assert {name: one["balance"] for name, one in accounts.items()} == {"BEL": -12, "DEU": 30, "FRA": 60, "GRC": -17, "flying hours": -61}
    assert (accounts["GRC"]["overdue"], accounts["BEL"]["overdue"]) == (5, 12)
    assert told["too_much"] == [{"act": "hours-4", "member": "GRC", "day": "2025-03-05", "over": 7}]
    unsure = comity("--book", str(recorded), "mission", "pool", "flying hours", "--on", "2025-09-10", "--json").json
    greece = next(one for one in unsure["accounts"] if one["member"] == "GRC")
    assert (greece["balance"], greece["least"], greece["most"]) == (-27, -27, -17)
    page = comity("--book", str(recorded), "mission", "pool", "flying hours", "--on", "2026-03-01", "--member", "GRC").out
    assert "hours-4: GRC owes more than it may, by 7, from 2025-03-05" in page
    assert "no pool 'hours'" in comity("--book", str(recorded), "mission", "pool", "hours").err
    assert "it neither gave" in comity("--book", str(recorded), "mission", "pool", "flying hours", "--member", "SWE").err


def test_with_cover_whoever_has_no_basis_on_record_cannot_serve_there(bundled_once: None) -> None:
    told = _valid("mission-gaps", comity("mission", "gaps", str(EXAMPLE), "--line", "AIRLIFT", "--cover", "--json").json)
    assert {one["state"] for one in told["lines"]} == {"shortfall"}
    gap = told["gaps"][0]
    assert gap["reasons"] == ["DEU airlift of DEU: has no legal basis in DJI on 2028-01-01"]
    assert gap["ask"] == [{"party": "DEU", "pledge": "DEU airlift", "changes": ["a legal basis of DEU in DJI from 2028-01-01"]}]
    assert told["notes"] == []


def test_cover_comes_from_the_record_and_says_what_lacks(bundled_once: None) -> None:
    told = _valid("mission-cover", comity("mission", "cover", str(EXAMPLE), "--json").json)
    assert {one["territory"] for one in told["bases"]} == {"DJI"}
    assert {one["party"] for one in told["bases"]} >= {"DEU", "ESP", "FRA", "ITA"}


WRONG = {
    "mission = 'm'\nfirst = 2030-01-01\nrotations = 0": "rotations are whole numbers, 1 or more",
    "mission = 'm'\nrotations = 2": "no first day; add first = 2027-07-01",
    "mission = 'm'\nfirst = 2030-01-01\nrotations = 1": "no line is given; add a [[line]] with id, capability and number",
    "mission = 'm'\n[[line]]\nid = 'L'\ncapability = 'x'": "no rotation is given; add first, months and rotations at the top",
    "mission = 'm'\nfirst = 2030-01-01\nrotations = 1\n[[line]]\nid = 'L'": "line 1 lacks 'capability'; add it",
    "mission = 'm'\nfist = 2030-01-01": "stray key 'fist'; did you mean 'first'?",
    "mission = 'm'\nfirst = '2030-01-01'": "it must be a day, written 2024-03-07 without quotes",
    "title = 'm'": "the file lacks 'mission'; add it",
    "mission = = 3": "not TOML",
}
BASE = (
    "mission = 'm'\ncurrency = 'EUR'\nfirst = 2030-01-01\nrotations = 1\n[[line]]\nid = 'L'\ncapability = 'x'\n[[pledge]]\nid = 'P'\nparty = 'FRA'\n"
)
WRONG |= {
    BASE: "pledge 'P' says neither what it can do nor for which line it is; add capability = ...",
    BASE + "line = 'K'\ncapability = 'x'": "pledge 'P' is for the line 'K', which is not given; there are: L",
    BASE + "line = 'L'\nnumber = 0": "pledge 'P', number is 0; it cannot be less than 1",
    BASE + "line = 'L'\ncost = 3\ncurrency = 'USD'": 'no rate is given for it; add [rates] USD = "0.92"',
    BASE + "line = 'L'\n[[pledge]]\nid = 'P'\nparty = 'DEU'\nline = 'L'": "pledge 'P' stands 2 times",
    BASE + "line = 'L'\nfrom = 2031-01-01\nuntil = 2030-01-01": "it ends before it has begun; put the later day last",
    BASE + "line = 'L'\n[[caveat]]\nid = 'C'\nparty = 'DEU'\npledge = 'P'": "a caveat is on a pledge of one's own",
    BASE + "line = 'L'\n[[accept]]\npledge = 'Q'": "the acceptance of 'Q' does not say for which line",
    BASE + "line = 'L'\n[[accept]]\npledge = 'P'\nnumber = 2": "what is accepted cannot all be carried out: L in R1: 2 of P were accepted; 1 serve",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_in_a_file_is_one_line_that_says_what_to_write(tmp_path: Path, text: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")
    done = comity("mission", "gaps", str(file))
    assert done.code == 2
    assert done.err.startswith("comity: m.toml")
    assert WRONG[text] in done.err


def test_other_misuse_says_what_to_do(tmp_path: Path) -> None:
    assert "--seconds 0; give more than 0" in comity("mission", "fill", str(EXAMPLE), "--seconds", "0").err
    assert "cannot be read" in comity("mission", "gaps", str(tmp_path / "none.toml")).err
    assert "cannot be written" in comity("mission", "new", str(tmp_path / "none" / "m.toml")).err
    file = tmp_path / "m.toml"
    file.write_text(EXAMPLE.read_text(encoding="utf-8").replace('organ = "EU"\n', ""), encoding="utf-8")
    assert 'add organ = "EU" at its top' in comity("mission", "acts", str(file)).err


def test_a_mandate_is_cited_with_its_act_and_ends_when_it_is_revoked(recorded: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    book = shutil.copytree(recorded, tmp_path / "book")
    given = "ref,kind,actor,agreement,territory,made,details,replies_to,source,basis\n"
    given += 'resolution 1,mandate,UNSC,un-charter,DJI,2027-01-01,"mission=Safe Passage",,supposed,memory\n'
    (book / "acts" / "mandate.csv").write_text(given, encoding="utf-8")
    asked = ("--known", "2028-12-31", "--on", "2028-12-31")
    done = comity("--book", str(book), "mission", "gaps", "Safe Passage", *asked)
    assert "mandate by resolution 1: 2027-01-01 to ...\n" in done.out, done
    assert comity("--book", str(book), "mission", "fill", "Safe Passage", "--seconds", "5", *asked, "-o", str(plan)).code == 0
    check = ("mission", "check", str(plan), "--mission", "Safe Passage", *asked)
    assert "all 18 rules are kept" in comity("--book", str(book), *check).out
    given += "resolution 2,revoke-activity,UNSC,,,2028-06-01,,resolution 1,supposed,memory\n"
    (book / "acts" / "mandate.csv").write_text(given, encoding="utf-8")
    told = _valid("mission-gaps", comity("--book", str(book), "mission", "gaps", "Safe Passage", *asked, "--json").json)
    assert told["mandate"] == [{"act": "resolution 1", "from": "2027-01-01", "until": "2028-06-01", "verdict": "yes", "revoked_by": "resolution 2"}]
    assert any("there is no mandate on 2028-06-01; resolution 1 was revoked by resolution 2" in why for gap in told["gaps"] for why in gap["reasons"])
    broken = _valid("mission-check", comity("--book", str(book), *check, "--json").json)["broken"]
    assert {one["rule"] for one in broken} >= {"mandate"}
