"""Budgets on the command line: the how-to's commands on the example, answers held to their schemas, wrong input in one line, why there is no plan."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.running import Done, comity

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "allocation.toml"
HOW_TO = ROOT / "docs" / "how-to" / "put-a-budget-where-it-helps.md"
SMALL = """title = "Two of three"
money = "thousand"
first = 2027
years = 2
budget = [100, 100]
[[outcome]]
id = "aim"
unit = "units"
target = 10
"""
COSTS = {"A": (60, 4, 2, 6), "B": (50, 3, 3, 3), "C": (40, 2, 1, 2)}
for _name, (_cost, _expected, _low, _high) in COSTS.items():
    SMALL += f'[[initiative]]\nid = "{_name}"\nkind = "exercise"\n[[initiative.level]]\nname = "all"\ncost = [{_cost}]\n'
    SMALL += f'[[initiative.level.effect]]\noutcome = "aim"\nexpected = {_expected}\nlow = {_low}\nhigh = {_high}\nsource = "estimate"\n'


@cache
def schema(name: str) -> Any:
    return json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("allocation")
    (made / "small.toml").write_text(SMALL, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def asked(folder: Path) -> Done:
    small = str(folder / "small.toml")
    return comity("allocate", small, "--frontier", "--cuts", "--more", "20", "--sensitivity", "-o", str(folder / "plan.toml"), "--json")


def test_all_that_can_be_asked_is_answered_as_the_schema_promises(asked: Done) -> None:
    assert (asked.code, asked.err) == (0, "")
    told = asked.json
    jsonschema.validate(told, schema("allocation"))
    assert (told["best"], told["cheapest"], told["bounds"], told["plan"]) == (True, True, [6_000], None)
    assert [one["initiative"] for one in told["allocation"]["funded"]] == ["A", "C"]
    assert [one["name"] for one in told["frontier"]] == [f"{percent} %" for percent in range(0, 151, 10)]
    assert [one["value"] for one in told["frontier"]][-1] == [9_000]
    cut = {one["name"]: one for one in told["cuts"]}
    assert (cut["A"]["value"], cut["A"]["comes"], cut["A"]["goes"]) == ([5_000], ["B (all)"], ["A (all)"])
    assert told["more"] == [told["more"][0] | {"name": "budget", "value": [7_000], "comes": ["B (all)"], "goes": ["C (all)"]}]
    ranges = {one["of"][0]: one for one in told["ranges"]}
    assert (ranges["A"]["lowest"], ranges["A"]["holds"]) == (4, False)
    assert ranges["C"]["holds"] is True
    assert [one["name"] for one in told["sizes"]] == ["low", "high"]


def test_the_plan_that_was_written_passes_the_checker_and_one_that_was_changed_does_not(asked: Done, folder: Path) -> None:
    small, plan = str(folder / "small.toml"), folder / "plan.toml"
    done = comity("allocate", small, "--check", str(plan))
    assert (done.code, done.err) == (0, "")
    assert "all 14 rules are kept" in done.out
    jsonschema.validate(comity("allocate", small, "--check", str(plan), "--json").json, schema("allocation-check"))
    bad = folder / "bad.toml"
    bad.write_text(re.sub(r"amount = \d+", "amount = 7", plan.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    done = comity("allocate", small, "--check", str(bad), "--json")
    assert done.code == 1
    jsonschema.validate(done.json, schema("allocation-check"))
    assert {one["rule"] for one in done.json["broken"]} == {"paid"}
    assert "A" in comity("allocate", small, "--check", str(bad)).out


def test_it_is_told_in_words(folder: Path) -> None:
    done = comity("allocate", str(folder / "small.toml"), "--cuts")
    assert done.code == 0
    for words in (
        "Two of three",
        "funded (thousand)",
        "not funded: B",
        "6 of 10 units",
        "60.0 %",
        "30.0 % to 80.0 %",
        "proved: no plan is worth more",
    ):
        assert words in done.out, words
    assert re.search(r"without A +-1,000 +aim -10.0 % +\+ B \(all\); - A \(all\)", done.out)


def test_where_there_is_no_plan_why_and_what_would_do_are_told(folder: Path) -> None:
    tight = folder / "tight.toml"
    tight.write_text(SMALL.replace('kind = "exercise"', 'kind = "exercise"\nmust = "all"').replace("[100, 100]", "[140, 140]"), encoding="utf-8")
    done = comity("allocate", str(tight), "--json")
    assert done.code == 1
    jsonschema.validate(done.json, schema("allocation"))
    assert done.json["none"] is True
    assert "there is 140 a year in budget" in done.json["conflict"]
    assert "there is 140 a year in budget: with 10 more in each year there is a plan" in done.json["would_do"]


def test_what_is_asked_wrongly_is_one_line(folder: Path) -> None:
    small = str(folder / "small.toml")
    for words, says in (
        (("nowhere.toml",), "'nowhere.toml' cannot be read"),
        ((small, "--seconds", "0"), "--seconds 0; give more than 0"),
        ((small, "--more", "0"), "--more 0; give 1 or more"),
        ((small, "-o", "plan.txt"), "-o plan.txt: give one file that ends in .toml for the plan, and one in .svg"),
        ((small, "--check", small, "--frontier"), "--check looks at a plan that is there; leave out --frontier"),
        ((small, "--check", small), "small.toml:1: the file has a stray key 'title'"),
    ):
        done = comity("allocate", *words)
        assert done.code == 2
        assert says in done.err


def test_the_commands_of_the_how_to_are_those_of_the_command_line() -> None:
    """The example takes a minute: here it is only looked whether each command is one that there is."""
    lines = re.findall(r"^ *\$ (comity .*)$", HOW_TO.read_text(encoding="utf-8"), re.M)
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line)[1:]
        assert words[:2] == ["allocate", "examples/allocation.toml"]
        done = comity(*words, "--seconds", "0")
        assert "--seconds 0; give more than 0" in done.err


def test_the_plan_that_ships_with_the_example_is_of_the_example_as_it_is() -> None:
    done = comity("allocate", str(EXAMPLE), "--check", str(EXAMPLE.with_name("allocation-plan.toml")))
    assert (done.code, done.err) == (0, "")
    assert "was changed since" not in done.out
