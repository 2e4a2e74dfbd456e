"""Procedure at home: drawn records as the slow reading has them, real laws as stories, a real treaty to its exact last day, wrong tables refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import comity
from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.domestic import (
    HOME_KINDS,
    HomeStatus,
    SittingDays,
    clock_end,
    home_procedures,
    home_status,
    next_steps,
    procedure_in_force,
    read_sittings,
)
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import BadInput, NotOnRecord, parse_moment
from tests.domestic.domestic_drawn import agrees, said

ROOT = Path(__file__).parents[2]
HOUSES = ("commons", "lords")
WHOLE = (Coverage(source="all", kinds=HOME_KINDS, through=date(2031, 1, 1)),)
EVERY_DAY = read_sittings(b"house,from,through,sits,source\nboth,2028-01-01,2029-01-01,mon tue wed thu,supposed\n", "s.csv", HOUSES)
KINDS = {"laid": "lay-treaty", "extended": "extend-scrutiny", "resolved": "resolve-against", "stated": "state-reasons", "approved": "approve-treaty",
         "demanded": "demand-approval", "told": "notify-legislature", "signed": "sign", "ratified": "ratify"}  # fmt: skip


def told(
    state: str, story: str, on: str, sittings: SittingDays = EVERY_DAY, procedure: str | None = None, coverage: tuple[Coverage, ...] = WHOLE
) -> HomeStatus:
    """Where it stands after steps such as ``laid 2028-01-03, resolved 2028-01-10 house=lords``."""
    acts = []
    for number, step in enumerate(story.split(", ") if story else []):
        name, day, *rest = step.split()
        details = dict(one.split("=") for one in rest)
        acts.append(
            Act(kind=KINDS[name], actor=state, ref=f"{number}", agreement="pact", made=parse_moment(day), details=details, source=Source("s"))
        )
    pact = Agreement(id="pact", title="Pact", short="Pact", concluded=date(2028, 1, 1), coverage=coverage)
    record = Record((pact,), tuple(Entry(act, date(2028, 1, 1)) for act in acts), Register({}, ()))
    return home_status(Standing(record, on=date.fromisoformat(on), known=date(2031, 1, 1)), "pact", state, sittings, procedure)


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for case in said()[part::10]:
        assert agrees(case)


@pytest.mark.parametrize(
    ("story", "on", "state", "may"),
    [
        ("", "2028-01-20", "not laid", "no"),
        ("laid 2028-01-03", "2028-02-08", "scrutiny running", "no"),
        ("laid 2028-01-03", "2028-02-09", "clear", "yes"),
        ("laid 2028-01-03, extended 2028-01-10 days=5", "2028-02-09", "scrutiny running", "no"),
        ("laid 2028-01-03, resolved 2028-02-08 house=commons", "2028-03-01", "objected to", "no"),
        ("laid 2028-01-03, resolved 2028-02-09 house=commons", "2028-03-01", "clear", "yes"),
        ("laid 2028-01-03, resolved 2028-01-10 house=commons, stated 2028-01-11 reason=nevertheless", "2028-02-16", "scrutiny running", "no"),
        ("laid 2028-01-03, resolved 2028-01-10 house=commons, stated 2028-01-11 reason=nevertheless", "2028-02-17", "clear", "yes"),
        ("laid 2028-01-03, resolved 2028-01-10 house=lords", "2028-03-01", "objected to", "no"),
        ("laid 2028-01-03, resolved 2028-01-10 house=lords, stated 2028-01-11 reason=nevertheless", "2028-02-08", "scrutiny running", "no"),
        ("laid 2028-01-03, resolved 2028-01-10 house=lords, stated 2028-01-11 reason=nevertheless", "2028-02-09", "clear", "yes"),
        ("stated 2028-01-04 reason=exception", "2028-01-04", "clear", "yes"),
        ("laid 2028-01-03, resolved 2028-01-10 house=lords, stated 2028-01-11 reason=exception", "2028-01-12", "objected to", "no"),
    ],
)
def test_the_act_of_2010_is_followed_section_by_section(story: str, on: str, state: str, may: str) -> None:
    status = told("GBR", story, on)
    assert (status.stands, str(status.may_consent)) == (state, may)


@pytest.mark.parametrize(
    ("state", "procedure", "story", "on", "stands", "may"),
    [
        ("NLD", None, "laid 2028-01-03", "2028-02-02", "scrutiny running", "no"),
        ("NLD", None, "laid 2028-01-03", "2028-02-03", "clear", "yes"),
        ("NLD", None, "laid 2028-01-03, demanded 2028-02-02 house=eerste-kamer", "2028-03-01", "awaiting approval", "no"),
        (
            "NLD",
            None,
            "laid 2028-01-03, approved 2028-03-01 house=tweede-kamer, approved 2028-03-09 house=eerste-kamer",
            "2028-03-09",
            "clear",
            "yes",
        ),
        ("USA", None, "laid 2028-01-03, approved 2028-03-01 house=senate for=66 present=100", "2028-03-02", "awaiting approval", "no"),
        ("USA", None, "laid 2028-01-03, approved 2028-03-01 house=senate for=67 present=100", "2028-03-02", "clear", "yes"),
        ("USA", None, "laid 2028-01-03, resolved 2028-03-01 house=senate", "2028-03-02", "refused", "no"),
        ("USA", "arms-sale", "told 2028-01-03", "2028-02-02", "scrutiny running", "no"),
        ("USA", "arms-sale", "told 2028-01-03, resolved 2028-01-30 house=congress", "2028-03-02", "refused", "no"),
        ("USA", "arms-sale-close", "told 2028-01-03", "2028-01-19", "clear", "yes"),
        ("DEU", None, "laid 2028-01-03, approved 2028-03-01 house=bundestag", "2028-03-02", "awaiting approval", "no"),
        ("FRA", "simple", "", "2028-03-02", "clear", "yes"),
    ],
)
def test_other_states_go_through_their_own_steps(state: str, procedure: str | None, story: str, on: str, stands: str, may: str) -> None:
    status = told(state, story, on, procedure=procedure)
    assert (status.stands, str(status.may_consent)) == (stands, may)


def test_that_nobody_objected_is_known_only_where_the_record_names_such_acts() -> None:
    blanket = (Coverage(source="acts between states", through=date(2031, 1, 1)),)
    assert str(told("GBR", "laid 2028-01-03", "2028-03-01", coverage=blanket).may_consent) == "unknown"
    assert str(told("GBR", "", "2028-03-01", coverage=()).may_consent) == "unknown"


def test_what_is_next_names_who_may_delay_it() -> None:
    (step,) = next_steps(told("GBR", "laid 2028-01-03", "2028-01-20"))
    assert step.whose == ("House of Commons", "House of Lords")
    assert [part.partition(" may ")[0] for part in step.may_delay] == ["House of Commons", "House of Lords", "a Minister of the Crown"]
    (lacking,) = next_steps(told("DEU", "laid 2028-01-03, approved 2028-03-01 house=bundestag", "2028-03-02"))
    assert lacking.whose == ("Bundesrat",)
    (done,) = next_steps(told("GBR", "laid 2028-01-03, ratified 2028-03-01", "2028-03-02"))
    assert done.whose == ()


def test_consent_before_the_end_is_a_finding_and_a_report_to_congress_is_due_by_the_end_of_the_next_month() -> None:
    early = told("GBR", "laid 2028-01-03, ratified 2028-01-20", "2028-03-01")
    assert [(one.code, one.where) for one in early.findings] == [("domestic-consent-early", "1")]
    report = told("USA", "signed 2028-01-31", "2028-03-01", procedure="executive-agreement").report
    assert report is not None
    assert (report.due, [str(one) for one in report.states]) == (date(2028, 2, 29), ["overdue"])


def test_the_amendment_of_2024_could_be_confirmed_after_the_day_on_which_parliament_said_it_could() -> None:
    """Laid on 26 July 2024, the last day for objections was 23 October; both gave notice on 14 November."""
    opened = comity.open(comity.bundled_book())
    sittings = read_sittings((ROOT / "examples/sittings-gbr-2024.csv").read_bytes(), "sittings", HOUSES)
    days = {"2024-07-25": "not laid", "2024-07-26": "scrutiny running", "2024-10-23": "scrutiny running", "2024-10-24": "clear"}
    for day, stands in days.items():
        on = date.fromisoformat(day)
        status = home_status(opened.standing(on=on, known=date(2026, 11, 28)), "uk-us-mda-2024", "GBR", sittings)
        assert status.stands == stands
        if stands == "scrutiny running":
            assert status.ends is not None
            assert status.ends.exact == date(2024, 10, 23)
    standing = opened.standing(on=date(2024, 11, 30), known=date(2026, 11, 28))
    assert home_status(standing, "uk-us-mda-2024", "GBR", sittings).findings == ()
    assert home_status(standing, "nato-protocol-fin", "GBR").stands == "clear"


def test_beyond_what_is_known_the_last_day_is_the_earliest_that_it_can_be() -> None:
    law = procedure_in_force("GBR", None, date(2028, 12, 1))
    end = clock_end(law, EVERY_DAY, date(2028, 12, 20))
    assert end is not None
    assert (end.exact, end.earliest, end.latest) == (None, date(2029, 1, 16), None)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "is empty"),
        ("house,from,through,sits\n", "no column 'source'"),
        ("house,from,through,sits,source\ncrown,2028-01-01,2028-01-02,all,x\n", "line 2: house is 'crown'; write one of commons, lords, both"),
        ("house,from,through,sits,source\nlords,2028-01-xx,2028-01-02,all,x\n", "line 2: '2028-01-xx' is not a day"),
        ("house,from,through,sits,source\nlords,2028-01-05,2028-01-02,all,x\n", "line 2: from 2028-01-05 through 2028-01-02 is backwards"),
        ("house,from,through,sits,source\nlords,2028-01-01,2028-01-02,perhaps,x\n", "line 2: sits is 'perhaps'"),
        ("house,from,through,sits,source\nlords,2028-01-01,2028-01-02,all,\n", "line 2: source is blank"),
        (
            "house,from,through,sits,source\nboth,2028-01-01,2028-01-02,all,x\nlords,2028-01-02,2028-01-02,none,x\n",
            "line 3: an earlier row says otherwise",
        ),
    ],
)
def test_a_table_of_sitting_days_that_cannot_be_read_says_where_and_why(rows: str, says: str) -> None:
    with pytest.raises(BadInput, match=says.replace("(", r"\(")):
        read_sittings(rows.encode(), "s.csv", HOUSES)


def test_every_procedure_is_cited_and_a_state_or_day_without_one_is_said() -> None:
    for law in home_procedures():
        assert law.source
        assert law.read in ("text", "secondary", "memory")
        assert {one.house for one in law.objections} | {one.house for one in law.approvals} <= set(law.houses)
        rules = [*law.objections, *law.approvals, *(one for one in (law.scrutiny, law.extension, law.exception, law.report) if one is not None)]
        assert all(rule.article and rule.says.endswith(".") for rule in rules)
    assert {one.state for one in home_procedures() if one.usual} == {one.state for one in home_procedures()}
    with pytest.raises(NotOnRecord, match="known from 2010-11-11 on"):
        procedure_in_force("GBR", None, date(2010, 11, 10))
    with pytest.raises(NotOnRecord, match="known are those of DEU, FRA"):
        procedure_in_force("POL", None, date(2020, 1, 1))
    with pytest.raises(BadInput, match="choose one of laid"):
        procedure_in_force("GBR", "swift", date(2020, 1, 1))
