"""The gap map: each cell says what the room says; gaps in their order, with their acts; nobody learns of what they may not see."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

import comity
from comity.about import Opened
from comity.interoperability import ANY_CAPABILITY, CAPABILITIES, Training, TrainingMap, training_gaps, training_targets
from comity.planning import Calendar, read_programme
from comity.standing import Standing
from comity.web import training_maps
from comity.web.charts.fading import MEANT, SIGNS, look_of
from comity.web.holding import Held
from tests.web.conftest import client_of
from tests.web.exercised import exercised
from tests.web.refusals import AXES, LISTS, line_of

TODAY = date(2025, 6, 1)
MakeClient = Callable[[Held], Client]
NATIONS = ("NLD", "DEU", "BEL", "EST")
ADDED = (
    "".join(f'\n[[unit]]\nid = "{nation} brigade"\nnation = "{nation}"\n' for nation in ("NLD", "DEU", "BEL"))
    + """
[[exercise]]
id = "Polder"
capabilities = ["land"]
least = 2
open = ["all"]
[[exercise.way]]
host = "NLD"
starts = [4]
cost = 1
"""
)


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Held:
    return Held(exercised(tmp_path_factory.mktemp("exercised")), today=lambda: TODAY)


@pytest.fixture(scope="module")
def desk(holding: Held) -> Client:
    return client_of(holding)


def room(holding: Held, on: date = TODAY, viewer: str | None = None) -> TrainingMap:
    return TrainingMap(Standing(holding.opened.record, on=on, known=TODAY, viewer=viewer))


def rows(client: Client, query: str, name: str = "trained") -> dict[tuple[str, ...], Mapping[str, Any]]:
    found = client.get(f"/interoperability?{query}&list={name}&format=json").json()[name]
    return {(*row["nations"], row["capability"]): row for row in found}


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2025, 6, 1), date(2025, 7, 15)])
@pytest.mark.parametrize("viewer", [None, "BEL", "public"])
def test_each_pair_and_capability_is_told_as_the_room_tells_it(holding: Held, desk: Client, on: date, viewer: str | None) -> None:
    query = f"nations=NLD+DEU+BEL+EST&on={on}" + (f"&as={viewer}" if viewer else "")
    found, of = rows(desk, query), room(holding, on, viewer)
    capabilities = tuple(dict.fromkeys((ANY_CAPABILITY, *CAPABILITIES, *of.trained_by(combinations(NATIONS, 2)))))
    assert len(found) == 6 * len(capabilities)
    for pair in combinations(NATIONS, 2):
        for capability in capabilities:
            one = of.training(pair, capability)
            row = found[(*one.nations, capability)]
            assert row["state"] == one.state
            assert row["last"] == (one.last[0] and one.last[0].isoformat())
            assert row["acts"] == list(one.acts)
            assert row["fresh"] == str(of.fresh(pair, capability, 730))


def test_a_day_that_is_not_todays_fades_from_that_day_with_the_half_life_that_is_asked_for(holding: Held, desk: Client) -> None:
    (row,) = (r for key, r in rows(desk, "nations=NLD+DEU&on=2021-05-09&half=1y").items() if key[-1] == "land")
    assert row["left"] == pytest.approx(0.5 ** (1096 / 365.25), abs=1e-5)
    assert row["half_life"] == 365.25


def test_what_is_not_known_looks_otherwise_than_what_is_not_there(holding: Held, desk: Client) -> None:
    """Of the three the record is complete: none; of Estonia it is not: not known. No two looks have one sign."""
    page = desk.get("/interoperability?nations=NLD+DEU+BEL+EST&capability=air").content.decode()
    cells = re.findall(r'<td class="([^"]*)"><a href="[^"]*" title="([^"]*)"', page)
    assert sorted(look for look, _ in cells) == ["contested", "none", "none", "none", "unknown", "unknown"]
    assert all("none on record" in says for look, says in cells if look == "none")
    assert all("not known" in says for look, says in cells if look == "unknown")
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert SIGNS.keys() == MEANT.keys()
    assert set(re.findall(r'<symbol id="t-(\w+)"', page)) == SIGNS.keys()


@pytest.mark.parametrize(
    ("state", "last", "recency", "look"),
    [
        ("trained", TODAY, 0.75, "r4"),
        ("trained", TODAY, 0.74, "r3"),
        ("trained", TODAY, 0.5, "r3"),
        ("trained", TODAY, 0.25, "r2"),
        ("trained", TODAY, 0.01, "r1"),
        ("contested", TODAY, 0.9, "contested"),
        ("contested", None, 0.0, "contested"),
        ("none", None, 0.0, "none"),
        ("unknown", None, 0.0, "unknown"),
    ],
)
def test_a_shade_is_what_is_left_at_the_least(state: Any, last: date | None, recency: float, look: str) -> None:
    training = Training(
        nations=("A", "B"), capability="any", on=TODAY, state=state, last=(last, TODAY), first=(None, None), counts={},
        recency=(recency, 1.0), half_life=730.5,
    )  # fmt: skip
    assert look_of(training) == look


def test_gaps_are_told_in_the_rooms_order_and_lead_to_the_acts_of_the_last_exercise(holding: Held, desk: Client) -> None:
    of = room(holding)
    capabilities = (ANY_CAPABILITY, *CAPABILITIES, *(name for name in of.trained_by(combinations(NATIONS, 2)) if name not in CAPABILITIES))
    wanted = training_gaps(of, combinations(NATIONS, 2), capabilities, 730)
    found = desk.get("/interoperability?nations=NLD+DEU+BEL+EST&list=gaps&format=json").json()["gaps"]
    assert [(*row["nations"], row["capability"]) for row in found] == [(*gap.training.nations, gap.training.capability) for gap in wanted]
    page = desk.get("/interoperability?nations=NLD+DEU+BEL&capability=land&within=3m").content.decode()
    gaps = page[page.index('id="gaps-h"') :]
    link = re.search(r'<a href="(/acts/[^"]+)">Dune &lt;b&gt;2024&lt;/b&gt;</a>', gaps)
    assert link
    assert desk.get(link[1]).status_code == 200
    assert "<b>2024" not in page


def test_up_to_four_nations_stand_against_capabilities_and_more_against_each_other(desk: Client) -> None:
    few = desk.get("/interoperability?nations=NLD+DEU+BEL+EST").content.decode()
    assert few.count('class="code" href="/interoperability?nations=') == 7  # each pair, and all four at once
    assert 'class="faded"' in few
    one = desk.get("/interoperability?nations=NLD+DEU+BEL+EST&capability=sea").content.decode()
    assert 'class="faded triangle"' in one
    lengths = [row.count("<td") for row in re.findall(r"<tr>.*?</tr>", one[one.index("<tbody>") : one.index("</tbody>")])]
    assert lengths == [1, 2, 3]


def test_courses_and_posts_of_two_are_told_from_their_exercises(holding: Held, desk: Client) -> None:
    of, pair = room(holding), ("EST", "NLD")
    assert of.together(pair) == []
    listed = of.trained_in(pair)
    found = desk.get("/interoperability?nations=EST+NLD&list=courses-and-posts&format=json").json()["courses-and-posts"]
    assert [one["acts"][0] for one in found] == [held.act for held, _ in listed]
    page = desk.get("/interoperability?nations=EST+NLD&within=1d").content.decode()
    assert 'id="trained-in-h"' in page
    assert 'id="together-h"' not in page
    assert page.count('<span class="chip">course</span>') + page.count('<span class="chip">post</span>') > 0
    assert "not declared complete for courses and posts" in page
    assert {row["kind"] for row in rows(desk, "nations=EST+NLD").values()} <= {"course", "post", None}


def test_an_organisation_stands_for_its_members_of_the_day(desk: Client) -> None:
    found = rows(desk, "org=LEA&capability=sea")
    assert {key[:2] for key in found} == {("BEL", "DEU"), ("BEL", "NLD"), ("DEU", "NLD")}
    response = desk.get("/interoperability?org=LEA&on=1999-01-01")
    assert response.status_code == 404
    assert "LEA has no members on 1999-01-01" in response.content.decode()


def test_one_nation_stands_with_those_with_whom_it_trained(desk: Client) -> None:
    assert {key[:2] for key in rows(desk, "nations=EST")} == {("BEL", "EST"), ("DEU", "EST"), ("EST", "NLD")}
    two = desk.get("/interoperability?nations=Netherlands;Germany").content.decode()
    held = two[two.index('id="together-h"') :]
    assert held.index("2024-09-01") < held.index("2018-05-04")


def test_nobody_learns_of_exercises_that_they_may_not_see(tmp_path: Path, holding: Held, desk: Client) -> None:
    """The page, its gaps and its files are those of a record in which they never were."""
    without = client_of(Held(exercised(tmp_path, hidden=False), today=lambda: TODAY))
    for query in ("", "?nations=NLD+BEL", "?nations=NLD+BEL+DEU+EST", "?nations=NLD&list=exercises", "?nations=NLD+BEL&list=gaps&format=json"):
        joined = "&" if "?" in query else "?"
        for viewer in ("public", "EST"):
            url = f"/interoperability{query}{joined}as={viewer}"
            assert desk.get(url).content == without.get(url).content, url
    assert rows(desk, "nations=NLD+BEL&as=BEL")["BEL", "NLD", "cyber"]["what"] == "Silent 2025"
    assert rows(desk, "nations=NLD+BEL&as=EST")["BEL", "NLD", "cyber"]["what"] is None


def test_the_map_is_made_once_for_all_who_see_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str | None]()

    def counted(standing: Standing) -> TrainingMap:
        made.append(standing.viewer)
        return TrainingMap(standing)

    monkeypatch.setattr(training_maps, "TrainingMap", counted)
    client = client_of(Held(exercised(tmp_path), today=lambda: TODAY))
    for query in ("", "?nations=NLD+DEU&half=1y", "?on=2020-01-01", "?nations=NLD+DEU&within=3m", "?as=NLD&nations=NLD+DEU", "?as=BEL"):
        assert client.get(f"/interoperability{query}").status_code == 200
    assert made == [None]
    client.get("/interoperability?as=public")
    assert made == [None, "public"]


def test_a_correction_that_a_reader_may_not_see_changes_nothing_for_them(tmp_path: Path) -> None:
    exercised(tmp_path)
    head = "ref,kind,actor,made,replies_to,details,source,policy,classification,releasable_to,originator,nonce\n"
    acts = "TR-03,offer-course,EST,2025-01-15,,course=Signals; capability=radio; places=6,supposed,,,,,\n"
    acts += "TR-03-N,attend-course,NLD,2025-03-01,TR-03,persons=2,supposed,,,,,\n"
    acts += "TR-03-R,replace,NLD,2025-05-02,TR-03-N,made=2025-05-01,supposed,NATO,SECRET,NLD,NLD,00112233445566778899aabbccddee05\n"
    (tmp_path / "acts" / "more.csv").write_text(head + acts)
    client = client_of(Held(comity.open(tmp_path), today=lambda: TODAY))
    last = {as_: rows(client, f"nations=EST+NLD&capability=radio{as_}")["EST", "NLD", "radio"]["last"] for as_ in ("", "&as=NLD", "&as=BEL")}
    assert last == {"": "2025-05-01", "&as=NLD": "2025-05-01", "&as=BEL": "2025-03-01"}


def test_targets_are_those_of_the_room_in_a_file_that_a_programme_reads(holding: Held, desk: Client) -> None:
    query = "nations=NLD+DEU+BEL&capability=land&within=1y&first=2025-06-01&slot=month&slots=24&soon=3&weight=7"
    response = desk.get(f"/interoperability?{query}&format=toml")
    assert response["Content-Disposition"] == 'attachment; filename="targets-2025-06-01.toml"'
    programme = read_programme(response.content.decode() + ADDED, "targets.toml")
    calendar = Calendar(date(2025, 6, 1), "month", 24)
    wanted = training_targets(
        room(holding), combinations(("NLD", "DEU", "BEL"), 2), ["land"], 365,
        slot_of=lambda day: calendar.slot_of(day, "a day"), slots=24, soon=3, weight=7,
    )  # fmt: skip
    assert wanted
    assert programme.problem.slots == 24
    assert [(set(one.nations), one.capability, one.during, one.weight) for one in programme.problem.targets] == [
        (set(one.nations), one.capability, one.during, one.weight) for one in wanted
    ]


def test_the_picture_has_a_cell_for_each_pair_with_its_sign_and_words(desk: Client) -> None:
    drawn = desk.get("/interoperability?nations=NLD+DEU+BEL+EST&capability=sea&chart=trained&format=svg").content.decode()
    assert len(re.findall(r'<rect class="(r\d|none|unknown|contested)" x="[\d.]+" y="[\d.]+" width="30"', drawn)) == 6
    assert drawn.count('<g class="sign"') == 6 + len(MEANT)
    assert "longer ago than the target" in drawn
    assert "var(" not in drawn
    assert "color-mix" not in drawn


def test_standards_tell_who_uses_which_and_which_pairs_lack_one(desk: Client) -> None:
    page = desk.get("/interoperability?nations=NLD+DEU+BEL").content.decode()
    told = page[page.index('id="standards-h"') :]
    assert "<b>1</b> pair shares it:" in told
    assert "superseded" in told
    assert all(f">{ref}</a>" in told for ref in ("ST-1", "ST-2", "ST-4", "ST-7"))
    assert "with reservations of DEU" in told
    shared = desk.get("/interoperability?nations=NLD+DEU+BEL&list=shared&format=json").json()["shared"]
    assert {tuple(row["nations"]): row["shared"] for row in shared}["NLD", "DEU"] == "yes"


def test_the_feed_has_the_day_on_which_training_stops_being_in_time(desk: Client) -> None:
    """Dune ended on 2024-09-12; with a target of two years the next is due by 2026-09-12, and the day after it is a gap."""
    feed = icalendar.Calendar.from_ical(desk.get("/interoperability?nations=NLD+DEU+BEL&capability=sea&format=ics").content)
    days = {str(event["summary"]): event.decoded("dtstart") for event in feed.walk("VEVENT")}
    assert days == dict.fromkeys(("DEU – NLD: sea", "BEL – NLD: sea", "BEL – DEU: sea"), date(2026, 9, 13))
    gaps = "/interoperability?nations=NLD+DEU&capability=sea&list=gaps&format=json&on="
    assert [desk.get(f"{gaps}{day}").json()["gaps"] != [] for day in ("2026-09-12", "2026-09-13")] == [False, True]


@pytest.mark.parametrize("name", ["trained", "gaps", "editions", "positions", "shared", "exercises"])
def test_each_list_is_a_file_with_the_rows_of_its_json(desk: Client, name: str) -> None:
    url = f"/interoperability?nations=NLD+DEU&list={name}"
    found = desk.get(f"{url}&format=json").json()[name]
    assert found
    response = desk.get(f"{url}&format=csv")
    assert response["Content-Disposition"] == f'attachment; filename="{name}-{TODAY}.csv"'
    lines = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    assert len(lines) == len(found)
    assert list(lines[0]) == list(found[0])


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        *AXES,
        *LISTS,
        ("nations=NLD+XXX", 404, "no party"),
        ("org=NLD", 404, "name the nations instead"),
        ("org=Nobody", 404, "no party"),
        ("half=0y", 400, "half="),
        ("half=-2y", 400, "half="),
        ("within=soon", 400, "within="),
        ("within=%D9%A2y", 400, "within="),
        ("capability=spying", 400, "choose one of the list"),
        ("page=9", 400, "page="),
        ("nations=NLD+DEU&format=toml&slots=x", 400, "slots="),
        ("nations=NLD+DEU&format=toml&slot=day", 400, "slot="),
        ("nations=NLD+DEU&format=toml&first=soon", 400, "first day"),
        ("nations=NLD+DEU&format=toml&weight=-1", 400, "weight="),
    ],
)
def test_what_is_wrong_is_one_line(desk: Client, query: str, status: int, says: str) -> None:
    assert says in line_of(desk.get(f"/interoperability?{query}"), status)


def test_a_record_without_exercises_says_what_to_do(small: Opened) -> None:
    page = client_of(Held(small)).get("/interoperability")
    assert page.status_code == 200
    assert "record acts of taking part" in page.content.decode()


def test_a_party_that_trained_with_nobody_is_told_so(desk: Client) -> None:
    assert "Nobody trained with it" in desk.get("/interoperability?nations=LEA").content.decode()
