"""Missions and plans of forces as files: written and read again the same; costs in another currency; the file to begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from comity.missions import DaySpan, ForcePlan, PlaceCover, Rotation, mission_remarks, unsound_mission
from comity.planning import (
    force_plan_text,
    mission_of,
    mission_text,
    new_mission_text,
    place_cover_text,
    read_force_plan,
    read_mission,
)
from comity.terms import BadInput
from tests.missions.made import made

EXAMPLE = Path(__file__).parents[2] / "examples" / "mission.toml"
BASE = "mission = 'm'\ncurrency = 'EUR'\nfirst = 2030-01-31\nmonths = 1\nrotations = 2\n[[line]]\nid = 'L'\ncapability = 'x'\n"


def test_a_mission_that_is_written_is_read_again_the_same() -> None:
    read = 0
    for seed in range(100):
        m, _ = made(seed)
        m = replace(m, title="Made", currency="EUR")
        if not unsound_mission(m):
            assert read_mission(mission_text(m), "m.toml").mission == m, seed
            read += 1
    assert read > 60


def test_a_plan_that_is_written_is_read_again_the_same() -> None:
    for seed in range(60):
        m, plan = made(seed)
        text = force_plan_text(replace(plan, total=7, bound=3), m, "m.toml", "ab")
        again = read_force_plan(text, "plan.toml")
        assert mission_of(text, "plan.toml") == ("m.toml", "ab")
        assert (again.total, again.bound, set(again.assigned)) == (7, 3, set(plan.assigned))
    assert "# 2028-01-01 to 2028-05-01, ITA" in EXAMPLE.with_name("mission-plan.toml").read_text(encoding="utf-8")


def test_rotations_follow_one_another_and_end_with_the_month() -> None:
    m = read_mission(BASE, "m.toml").mission
    assert m.rotations == (
        Rotation(name="R1", days=DaySpan(date(2030, 1, 31), date(2030, 2, 28))),
        Rotation(name="R2", days=DaySpan(date(2030, 2, 28), date(2030, 3, 31))),
    )


def test_costs_are_in_the_currency_of_the_mission_halves_up() -> None:
    pledge = "[[pledge]]\nid = 'P'\nparty = 'SWE'\nline = 'L'\ncost = 50\ncurrency = 'SEK'\n"
    m = read_mission(BASE + '[rates]\nSEK = "0.09"\n' + pledge, "m.toml").mission
    assert m.pledges[0].cost == 5
    with pytest.raises(BadInput, match=r'no rate is given for it; add \[rates\] SEK = "0.92"'):
        read_mission(BASE + pledge, "m.toml")
    for wrong, says in (("x", "write a number in quotes"), ("-1", "it is more than 0"), ("NaN", "it is more than 0")):
        with pytest.raises(BadInput, match=says):
            read_mission(BASE + f'[rates]\nSEK = "{wrong}"\n' + pledge, "m.toml")


def test_rotations_are_given_once() -> None:
    table = "[[rotation]]\nname = 'A'\nfrom = 2030-01-01\nuntil = 2030-02-01\n"
    with pytest.raises(BadInput, match="rotations are given twice"):
        read_mission(BASE + table, "m.toml")
    two = table + "[[rotation]]\nname = 'B'\nfrom = 2030-01-15\nuntil = 2030-02-15\n"
    with pytest.raises(BadInput, match="begins on 2030-01-15, before 'A' has ended"):
        read_mission("mission = 'm'\n[[line]]\nid = 'L'\ncapability = 'x'\n" + two, "m.toml")


def test_a_mandate_that_is_given_as_none_is_none_and_left_out_is_not_looked_at() -> None:
    assert read_mission(BASE, "m.toml").mission.mandate is None
    assert read_mission("mandate = []\n" + BASE, "m.toml").mission.mandate == ()


def test_the_file_to_begin_with_is_sound_and_has_what_it_tells() -> None:
    given = read_mission(new_mission_text("relief", date(2030, 1, 1)), "relief.toml")
    assert (given.mission.id, given.organ, len(given.mission.rotations)) == ("relief", "UN", 2)
    assert mission_remarks(given.mission) == ("caveat 'FRA 1' excludes the task 'crowd control', which no line has",)


def test_what_is_hardly_meant_is_remarked() -> None:
    text = BASE.replace("capability = 'x'", "capability = 'x'\nwhere = 'DJI'") + (
        "[[pledge]]\nid = 'P'\nparty = 'SWE'\ncapability = 'y'\n[[caveat]]\nid = 'C'\nparty = 'NOR'\nwhere = ['MLI']\ncommands = ['EU']\n"
    )
    assert mission_remarks(read_mission(text, "m.toml").mission) == (
        "no mandate is given: nothing is said of whether there is one on the days served",
        "no legal cover is given: nothing is said of whether forces may be where the lines send them",
        "pledge 'P' is 'y', which no line asks for",
        "no cost is said of 1 pledges (P); they count as 0",
        "NOR has a caveat and no pledge",
        "caveat 'C' excludes the territory 'MLI', which no line has",
        "caveat 'C' excludes the command 'EU', which no line has",
    )


def test_cover_is_written_to_be_put_into_the_file() -> None:
    text = place_cover_text([PlaceCover("FRA", "DJI", DaySpan(date(2030, 1, 1), date(2030, 2, 1)))])
    assert read_mission(BASE + text, "m.toml").mission.cover == (PlaceCover("FRA", "DJI", DaySpan(date(2030, 1, 1), date(2030, 2, 1))),)
    assert read_mission(place_cover_text([]) + BASE, "m.toml").mission.cover == ()


def test_an_empty_plan_is_a_plan() -> None:
    assert read_force_plan("", "plan.toml") == ForcePlan(assigned=())
