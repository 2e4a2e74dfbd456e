"""Stories of exercises on the bundled book: what has to be notified of them by when, which limits they keep, where they stand.

Sources: the clauses of the agreements' files; NATO of Saber Strike 18 (15 June 2018, as told by UK Defence Journal): about 18,000 troops, 3 to 15
June, Poland gave its mandatory notice 42 days ahead; the Ministry of Defence of India of the ADMM-Plus working group on counter-terrorism (March
2025): a term of 2024 to 2027, its fourteenth meeting in New Delhi on 19 and 20 March 2025, exercises in Malaysia in 2026 and in India in 2027.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.about import Opened
from comity.duties import must
from comity.exercises import (
    Design,
    Life,
    LimitState,
    Notice,
    Notices,
    StepState,
    check_design,
    coverage_of,
    drafts,
    known_of,
    letter_of,
    life_of,
    notices_of,
    process_of,
)
from comity.exercises.design import HostSupport, Numbers, Participant, Product
from comity.standing import Record, Standing
from comity.terms import Verdict, parse_moment
from tests.duties.telling import after

VD = "vienna-document-2011"


@pytest.fixture(scope="module")
def record(bundled: Opened) -> Record:
    """The pacts that the stories are about, out of the bundled book: asking each of the others would tell the same, later."""
    whole = bundled.book.record
    kept = {VD, "admm", "admm-plus", "open-skies"}
    some = tuple(entry for entry in whole.entries if entry.act.agreement in kept)
    return Record(tuple(one for one in whole.agreements if one.id in kept), some, whole.register, whole.coverage, whole.title, whole.ladders)


def shield(
    troops: int | None = None, tanks: int | None = None, no_notice: bool = False, from_: str = "2028-06-01", until: str = "2028-06-14"
) -> Design:
    """An exercise in Latvia from 1 June 2028, of as many troops as said."""
    nations = tuple(Participant(nation=nation) for nation in ("LVA", "EST", "CAN"))
    return Design(
        id="Shield", title="Shield 28", host="LVA", from_=parse_moment(from_), until=parse_moment(until), participant=nations,
        numbers=Numbers(troops=troops, tanks=tanks, no_notice=no_notice),
    )  # fmt: skip


def brought(design: Design, standing: Standing) -> list[Notice]:
    """What the exercise itself makes due."""
    return [one for one in notices_of(design, standing).owed if one.row.brought_about_by is not None]


def owed(design: Design, standing: Standing) -> list[tuple[str, str | None, date | None]]:
    return [(one.row.duty, one.row.owed_by, one.row.due) for one in brought(design, standing)]


def announced(design: Design, standing: Standing) -> list[tuple[str, str | None, date | None, str]]:
    """What is announced year by year, and this exercise with it."""
    rows = [one.row for one in notices_of(design, standing).owed if one.row.brought_about_by is None]
    return [(row.duty, row.owed_by, row.due, str(row.state)) for row in rows]


def looked(record: Record, story: str = "", on: str = "2028-02-01") -> Standing:
    return after(record, story, on)


# -- the Vienna Document


def test_9000_troops_are_notified_42_days_ahead_and_8999_are_not(record: Record) -> None:
    assert owed(shield(troops=9000), looked(record)) == [("notification", "LVA", date(2028, 4, 20))]
    assert owed(shield(troops=8999), looked(record)) == []


def test_13000_troops_are_observed_too(record: Record) -> None:
    assert {duty for duty, *_ in owed(shield(troops=13000), looked(record))} == {"notification", "observers"}
    assert {duty for duty, *_ in owed(shield(troops=12999), looked(record))} == {"notification"}


def test_where_no_number_is_given_it_is_not_known_whether_it_must(record: Record) -> None:
    found = brought(shield(), looked(record))
    assert {(one.row.duty, str(one.row.state)) for one in found} == {("notification", "not known"), ("observers", "not known")}
    assert "gives none of the numbers that decide: troops, tanks" in found[0].row.because[-1].says


def test_which_numbers_are_taken_as_not_reached_is_told(record: Record) -> None:
    assert notices_of(shield(tanks=200), looked(record)).notes == (
        "Vienna Document 2011: not given, and so taken as not reached: troops, vehicles, artillery, sorties, landing",
    )
    assert notices_of(shield(), looked(record)).notes == (), "none is given: it is not known whether it must"


def test_an_exercise_without_notice_is_notified_when_it_begins(record: Record) -> None:
    found = owed(shield(troops=13000, no_notice=True), looked(record))
    assert found == [("notification-no-notice", "LVA", date(2028, 6, 1)), ("observers-no-notice", "LVA", date(2028, 6, 4))]


def test_a_day_that_is_partly_known_makes_a_span_and_says_what_is_missing(record: Record) -> None:
    (one,) = brought(shield(troops=9000, from_="2028-06", until="2028-06"), looked(record))
    assert (one.row.due, one.latest) == (date(2028, 4, 20), date(2028, 5, 19))
    assert one.missing == ("from is 2028-06: on which day it begins is not known",)
    letter = letter_of(one, shield(troops=9000, from_="2028-06", until="2028-06"))
    assert letter.by_when == "not known yet: a day from 2028-04-20 to 2028-05-19"
    assert {"First day", "Last day", "Battle tanks"} <= set(letter.lacking)


def test_where_the_last_day_has_perhaps_passed_it_is_told(record: Record) -> None:
    (one,) = brought(shield(troops=9000, from_="2028-06", until="2028-06"), looked(record, on="2028-05-01"))
    assert one.missing[-1] == "the last day to do it lies from 2028-04-20 to 2028-05-19"


def test_a_notifiable_exercise_stands_in_the_calendar_of_the_year_before(record: Record) -> None:
    early = looked(record, on="2027-06-01")
    assert announced(shield(troops=9000), early) == [("annual-calendar", "LVA", date(2027, 11, 15), "open")]
    assert announced(shield(troops=8999), early) == []
    assert announced(shield(troops=9000, no_notice=True), early) == [], "what nobody was told of stands in no calendar"
    told = f"LVA report {VD} 2027-11-01 subject='annual calendar'"
    assert announced(shield(troops=9000), looked(record, told)) == [("annual-calendar", "LVA", date(2027, 11, 15), "done")]
    assert announced(shield(troops=9000), looked(record)) == [("annual-calendar", "LVA", date(2027, 11, 15), "not known")]
    turn = shield(troops=9000, from_="2027-12-30/2028-01-03", until="2028-01-20")
    assert [due for _, _, due, _ in announced(turn, early)] == [date(2026, 11, 15), date(2027, 11, 15)]
    notice = next(one for one in notices_of(turn, early).owed if one.row.duty == "annual-calendar")
    assert notice.missing == ("from is 2027-12-30/2028-01-03: in which year it begins is not known",)
    assert (notice.row.article, notice.row.read, notice.act) == ("61", "memory", None)


def test_the_largest_exercises_are_announced_in_the_second_year_before(record: Record) -> None:
    early = looked(record, on="2026-06-01")
    largest = ("largest-activities", "LVA", date(2026, 11, 15), "open")
    calendar = ("annual-calendar", "LVA", date(2027, 11, 15), "open")
    assert announced(shield(troops=40001), early) == [largest, calendar]
    assert announced(shield(troops=40000), early) == [calendar]
    assert announced(shield(), early) == [largest, calendar], "of no number said, it may be"
    unsaid = next(one for one in notices_of(shield(), early).owed if one.row.duty == "largest-activities")
    assert unsaid.missing == ("it gives none of the numbers that decide: troops, tanks, vehicles, artillery",)
    (one,) = [one for one in notices_of(shield(troops=40001), early).owed if one.row.duty == "largest-activities"]
    assert (one.row.option, one.row.article, one.row.read) == (True, "68", "memory")
    told = f"LVA report {VD} 2026-11-02 subject='largest activities'"
    assert announced(shield(troops=40001), looked(record, told, on="2027-01-01"))[0][3] == "done"
    assert announced(shield(troops=40001), looked(record, on="2027-01-01"))[0][3] in ("lapsed", "not known")


def test_the_duties_list_tells_calendars_and_announcements(record: Record) -> None:
    rows = must(looked(record, on="2027-10-01"), "LVA", agreement=VD)
    told = {(row.duty, row.due, row.option) for row in rows if row.duty in ("annual-calendar", "largest-activities")}
    assert {("annual-calendar", date(2027, 11, 15), False), ("largest-activities", date(2027, 11, 15), True)} <= told


def test_poland_owed_notice_of_saber_strike_18_by_22_april_2018(record: Record) -> None:
    strike = Design(
        id="Saber Strike 18", title="Saber Strike 18", host="POL", from_=parse_moment("2018-06-03"), until=parse_moment("2018-06-15"),
        numbers=Numbers(troops=9000), participant=tuple(Participant(nation=nation) for nation in ("POL", "USA", "GBR")),
    )  # fmt: skip
    assert owed(strike, looked(record, on="2018-03-01")) == [("notification", "POL", date(2018, 4, 22))]
    none_told = replace(strike, numbers=Numbers())
    assert {str(one.row.state) for one in brought(none_told, looked(record, on="2018-03-01"))} == {"not known"}


def test_a_notice_on_record_discharges_it_though_the_plan_is_only_supposed(record: Record) -> None:
    told = "LVA notify-exercise vienna-document-2011 2028-01-10 activity=Shield"
    (one,) = brought(shield(troops=9000), looked(record, told))
    assert (str(one.row.state), one.supposed) == ("done", True)
    assert [entry.act.kind for entry in drafts(notices_of(shield(troops=9000), looked(record, told)), date(2028, 2, 1))] == ["plan"]


def test_the_plan_on_record_counts_and_where_the_design_says_other_that_is_told(record: Record) -> None:
    told = f"LVA plan {VD} 2028-01-10 what=exercise activity=Shield starts=2028-06-01 ends=2028-06-14 troops=8000 territory=LVA"
    found = notices_of(shield(troops=9000), looked(record, told))
    assert (found.owed, found.supposed) == ((), ())
    assert found.notes[:1] == ("the plan on record, act-1, says troops = 8000; the design says 9000: duties follow the record",)


def test_drafts_once_recorded_discharge_what_is_owed(record: Record) -> None:
    design = shield(troops=13000, tanks=20)
    first = notices_of(design, looked(record))
    entries = drafts(first, date(2028, 2, 1))
    assert [entry.act.kind for entry in entries] == ["plan", "notify-exercise", "invite-observers"]
    then = looked(record).what_if(entries)
    assert {str(one.row.state) for one in brought(design, then.on_day(date(2028, 3, 1)))} == {"done"}
    assert drafts(notices_of(design, then), date(2028, 3, 1)) == []


def test_a_viewer_gets_what_it_may_see(record: Record) -> None:
    hidden = "LVA notify-exercise vienna-document-2011 2028-01-10 activity=Shield hidden_from_all_but=LVA"
    whole, public = after(record, hidden, "2028-02-01"), after(record, hidden, "2028-02-01", viewer="public")
    assert [str(one.row.state) for one in brought(shield(troops=9000), whole)] == ["done"]
    assert [str(one.row.state) for one in brought(shield(troops=9000), public)] == ["open"]


# -- number and size over the years


def limits(found: Notices) -> dict[str, LimitState]:
    return {one.constraint.id: one.state for one in found.limits}


def large(number: int, start: str, troops: int = 14000, host: str = "LVA") -> str:
    return f"{host} plan {VD} 2027-01-01 what=exercise activity=Large{number} starts={start} ends={start} troops={troops}\n"


def test_one_activity_of_more_than_40000_troops_in_three_years(record: Record) -> None:
    story = large(1, "2026-05-01", 41000)
    assert limits(notices_of(shield(troops=41000), looked(record, story)))["one-in-three-years"] is LimitState.EXCEEDED
    assert limits(notices_of(shield(troops=40000), looked(record, story)))["one-in-three-years"] is LimitState.KEPT
    assert limits(notices_of(shield(troops=41000), looked(record, large(1, "2025-12-31", 41000))))["one-in-three-years"] is LimitState.KEPT
    assert limits(notices_of(shield(troops=41000), looked(record, large(1, "2026-05-01", 41000, "EST"))))["one-in-three-years"] is LimitState.KEPT


def test_six_a_year_and_three_at_once(record: Record) -> None:
    story = "".join(large(number, f"2028-0{number}-01") for number in range(1, 6))
    assert limits(notices_of(shield(troops=14000), looked(record, story)))["six-a-year"] is LimitState.KEPT
    more = story + large(7, "2028-11-01")
    assert limits(notices_of(shield(troops=14000), looked(record, more)))["six-a-year"] is LimitState.EXCEEDED
    unsure = story + large(7, "2028-11-01/2029-02-01")
    assert limits(notices_of(shield(troops=14000), looked(record, unsure)))["six-a-year"] is LimitState.NOT_KNOWN
    together = "".join(large(number, "2028-06-03") for number in range(3))
    assert limits(notices_of(shield(troops=14000), looked(record, together)))["three-at-once"] is LimitState.EXCEEDED


# -- the ADMM-Plus


def mission(from_: str, host: str = "IND") -> Design:
    """The field exercise of the working group on counter-terrorism, of which India and Malaysia have the chair."""
    nations = tuple(Participant(nation=nation) for nation in ("IND", "MYS", "SGP", "AUS"))
    return Design(
        id="CT FTX", title="Counter-terrorism field exercise", host=host, from_=parse_moment(from_), until=parse_moment(from_), process="admm-plus",
        body="counter-terrorism", participant=nations, product=(Product(name="work plan", owner="MYS", approver="IND"),),
    )  # fmt: skip


def flaws(design: Design, standing: Standing) -> set[str]:
    return {flaw.rule for flaw in check_design(design, process_of(design.process), known_of(design, standing))}


def test_an_exercise_of_a_working_group_is_held_in_the_third_year_of_its_term(record: Record) -> None:
    standing = looked(record, on="2025-04-01")
    assert flaws(mission("2027"), standing) == flaws(mission("2026-10-01", "MYS"), standing) == set()
    assert flaws(mission("2025-10-01"), standing) == flaws(mission("2028-02"), standing) == {"cycle"}


def stands(life: Life) -> str | None:
    return None if life.stands is None else life.stands.id


def test_a_working_group_passes_its_gates_by_its_plan_of_work_and_four_meetings(record: Record) -> None:
    design, process = mission("2027-05-10"), process_of("admm-plus")
    met = "IND meet admm-plus {} body=counter-terrorism\n".format
    story = f"""{met("2025-03-19/2025-03-20")}{met("2025-09-01")}{met("2026-03-01")}IND meet admm-plus 2023-03-01 body=counter-terrorism
    IND meet admm-plus 2025-05-01 body=military-medicine
    MYS approve-product admm-plus 2025-03-20 activity='CT FTX' 'product=work plan'"""
    before = life_of(design, process, looked(record, story, "2026-06-01"))
    assert stands(before) == "term", "the approver is India: an act of Malaysia's does not count"
    story += "\nIND approve-product admm-plus 2025-03-20 activity='CT FTX' 'product=work plan'\n"
    assert stands(life_of(design, process, looked(record, story, "2026-06-01"))) == "groundwork"
    story += met("2026-09-01")
    assert stands(life_of(design, process, looked(record, story, "2026-10-01"))) == "planning"
    story += "".join(
        f"IND confer admm-plus 2027-0{n}-01 activity='CT FTX' conference={kind}\n" for n, kind in enumerate(("initial", "main", "final"), 1)
    )
    assert stands(life_of(design, process, looked(record, story, "2027-04-01"))) == "conduct"
    story += "IND take-part admm-plus 2027-05-10 activity='CT FTX'"
    held = life_of(design, process, looked(record, story, "2027-06-01"))
    assert stands(held) is None
    assert {one.state for _, steps in held.stages for one in steps} == {StepState.DONE}


def test_an_act_that_was_retracted_counts_no_more_and_one_that_is_denied_is_contested(record: Record) -> None:
    design, process = shield(), process_of("bilateral")
    story = "LVA confer vienna-document-2011 2028-01-10 activity=Shield conference=initial\n"

    def initial(more: str = "", viewer: str | None = None, on: str = "2028-02-01") -> StepState:
        life = life_of(design, process, after(record, story + more, on, viewer=viewer))
        return next(one.state for _, steps in life.stages for one in steps if one.step.id == "initial")

    assert initial() is StepState.DONE
    assert initial(on="2028-01-09") is StepState.OPEN
    assert initial("LVA retract vienna-document-2011 2028-01-11 answers=act-1") is StepState.OPEN
    assert initial("EST deny vienna-document-2011 2028-01-11 answers=act-1") is StepState.CONTESTED
    hidden = "hidden_from_all_but=LVA"
    assert initial(f"LVA retract vienna-document-2011 2028-01-11 answers=act-1 {hidden}", "public") is StepState.DONE


# -- arrangements and cover


def test_host_support_rests_on_what_is_in_force_on_all_its_days(record: Record) -> None:
    given = HostSupport(what="fuel", provider="LVA", receiver="EST", arrangement=VD)

    def wrong(from_: str, until: str, arrangement: str = VD) -> set[str]:
        design = replace(shield(from_=from_, until=until), host_support=(replace(given, arrangement=arrangement),))
        return flaws(design, looked(record))

    assert wrong("2011-12-01", "2028-06-14") == set()
    assert wrong("2011-11-30", "2011-12-14") == {"arrangement"}, "in effect from 1 December 2011"
    assert wrong("2028-06-01", "2028-06-14", "none") == {"arrangement"}


def test_each_guest_is_covered_on_its_own_days(record: Record) -> None:
    design = replace(shield(), participant=(Participant(nation="LVA"), Participant(nation="EST", from_=parse_moment("2028-06-05"))))
    matrix = coverage_of(design, looked(record))
    assert [(need.what, need.by, need.towards) for need in matrix.needs] == [("entry", "EST", "LVA"), ("status", "EST", "LVA")]
    assert "from 2028-06-05 to 2028-06-14" in matrix.needs[0].answer.question
    assert matrix.verdict is not Verdict.YES
