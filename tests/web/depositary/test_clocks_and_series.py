"""Time that runs at a depositary, and numbers: VCLT 20(5), 77(1)(c), 79(2); nothing of it needs Django."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

from comity.terms import Verdict
from comity.web.depositary import clocks, series
from tests.web.depositary.conftest import act

PURE = (
    "checklist", "clocks", "consents", "gathering", "instruments", "leaving", "powers", "procedure", "registering", "reserving",
    "series", "timing", "waiting", "would",
)  # fmt: skip


def test_twelve_months_run_from_the_day_on_which_the_others_were_told() -> None:
    reserved = act("reserve", made="2000-01-15", notified="2000-02-29")
    (clock,) = clocks.objections(reserved, [])
    assert (clock.since, clock.due, clock.article) == (date(2000, 2, 29), date(2001, 2, 28), "VCLT 20(5)")
    assert clock.left(date(2001, 2, 27)) == 1
    assert clock.left(date(2001, 3, 1)) == -1


def test_from_a_day_that_is_not_sure_it_is_not_known_whether_time_runs() -> None:
    (clock,) = clocks.objections(act("reserve", made="2000-01-15", notified="2000-02-xx"), [])
    assert (clock.since, clock.due, clock.latest) == (date(2000, 2, 1), date(2001, 2, 1), date(2001, 2, 28))
    days = (date(2000, 1, 31), date(2000, 2, 10), date(2000, 3, 1), date(2001, 2, 1), date(2001, 2, 2), date(2001, 2, 28), date(2001, 3, 1))
    assert "".join(str(clock.runs(day))[0] for day in days) == "nuyyuun"
    proposed = clocks.correction(act("propose-correction", "DEP", "2001-01-xx"))
    assert proposed
    assert (proposed.due, proposed.latest, proposed.runs(date(2001, 4, 15))) == (date(2001, 4, 1), date(2001, 5, 1), Verdict.UNKNOWN)


def test_no_time_runs_before_anybody_was_told() -> None:
    assert clocks.objections(act("reserve"), []) == []


def test_each_party_has_twelve_months_from_its_own_notification() -> None:
    first = act("circulate", "DEP", "2001-02-01", ref="c1", counterparty=("BBB",))
    second = act("circulate", "DEP", "2001-06-01", ref="c2", counterparty=("CCC", "DDD"))
    found = clocks.objections(act("reserve"), [second, first])
    assert [(c.since, c.due, c.whom, c.acts) for c in found] == [
        (date(2001, 2, 1), date(2002, 2, 1), ("BBB",), ("c1",)),
        (date(2001, 6, 1), date(2002, 6, 1), ("CCC", "DDD"), ("c2",)),
    ]


def test_the_first_circulation_to_all_counts_unless_the_act_says_itself_when_they_were_told() -> None:
    sent = [act("circulate", "DEP", "2001-03-01", ref="c2"), act("circulate", "DEP", "2001-02-01", ref="c1")]
    assert [c.since for c in clocks.objections(act("reserve"), sent)] == [date(2001, 2, 1)]
    assert [c.since for c in clocks.objections(act("reserve", notified="2001-01-20"), sent)] == [date(2001, 1, 20)]


def test_a_correction_has_ninety_days_or_those_that_it_names() -> None:
    proposed = clocks.correction(act("propose-correction", "DEP", "2001-01-01"))
    named = clocks.correction(act("propose-correction", "DEP", "2001-01-01", details={"objection_until": "2001-02-01"}))
    assert proposed
    assert named
    assert (proposed.due, named.due) == (date(2001, 4, 1), date(2001, 2, 1))


ACTS = (
    act("ratify", "BBB", "2001-03-01"),
    act("accede", "AAA", "2001-01-01", received="2001-02-01"),
    act("sign", "AAA", "2000-01-01"),
    act("accede", "CCC", "2001-xx-xx"),
)


def test_ratifications_and_accessions_are_numbered_together_as_they_were_received() -> None:
    assert [series.number_of(ACTS, one) for one in ACTS] == [
        series.Place("instrument of consent", 3, "AAA-accede"),
        series.Place("instrument of consent", 2, "CCC-accede", 1),
        series.Place("signature", 1),
        series.Place("instrument of consent", 1, "", 2),
    ]


def test_the_next_number_is_the_one_after_those_that_came_until_then() -> None:
    assert series.next_number(ACTS, "ratify", date(2001, 12, 31)) == series.Place("instrument of consent", 4, "BBB-ratify")
    assert series.next_number(ACTS, "ratify", date(2001, 2, 15)) == series.Place("instrument of consent", 3, "AAA-accede", 1)
    assert series.next_number((), "denounce", date(2001, 1, 1)) == series.Place("notice of withdrawal", 1)


def test_what_is_looked_at_is_told_without_django() -> None:
    code = f"import sys; from comity.web.depositary import {', '.join(PURE)}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
