"""Lessons: drawn records as the slow reading has them, and each step of the procedure as a story."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.lessons import Lesson, LessonState, lesson_strays, lessons_of
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import Verdict, parse_moment
from tests.exercises.lessons_drawn import SECRET, agrees, covered_alike, said

KINDS = {
    "submit": "submit-observation",
    "accept": "accept-observation",
    "reject": "reject-observation",
    "identify": "identify-lesson",
    "plan": "plan-remedy",
    "complete": "complete-remedy",
    "learned": "validate-lesson",
    "not learned": "validate-lesson",
}


def told(story: str, on: str = "2028-12-31", *more: Act, coverage: tuple[Coverage, ...] = (), viewer: str | None = None) -> Lesson:
    """The one lesson after steps in a row, a step a day from 1 January on: ``submit, accept, identify until 2028-02-01``."""
    acts: list[Act] = []
    for number, step in enumerate(story.split(", ")):
        name, _, due = step.partition(" until ")
        details = {"confirmed": "no" if name.startswith("not") else "yes", "action": "x", "activity": "y", "title": "z"}
        acts.append(
            Act(
                kind=KINDS[name],
                actor="BBB" if name in ("plan", "complete") else "AAA",
                ref=f"{number} {name}",
                counterparty={"submit": ("OFF",), "identify": ("BBB",)}.get(name, ()),
                made=parse_moment(f"2028-01-{number + 1:02}"),
                replies_to=acts[-1].hash if acts else None,
                details=details | ({"due": due} if due else {}),
                source=Source("a story"),
            )
        )
    entries = tuple(Entry(act, date(2028, 1, 1)) for act in (*acts, *(more or ())))
    record = Record((), entries, Register({}, ()), coverage)
    return lessons_of(Standing(record, on=date.fromisoformat(on), known=date(2029, 1, 1), viewer=viewer))[0]


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for case in said()[part::10]:
        assert agrees(case)
    assert all(map(covered_alike, range(part, 200, 10)))


@pytest.mark.parametrize(
    ("story", "state", "who"),
    [
        ("submit", "submitted", ("OFF",)),
        ("submit, accept", "accepted", ("AAA",)),
        ("submit, reject", "rejected", ()),
        ("submit, reject, accept", "accepted", ("AAA",)),
        ("submit, accept, identify", "identified", ("BBB",)),
        ("submit, accept, identify, plan", "planned", ("BBB",)),
        ("submit, accept, identify, plan, complete", "completed", ("AAA",)),
        ("submit, accept, identify, plan, complete, learned", "learned", ()),
        ("submit, accept, identify, plan, complete, not learned", "identified", ("BBB",)),
        ("submit, accept, identify, plan, complete, learned, not learned", "identified", ("BBB",)),
    ],
)
def test_each_step_leads_on_and_says_who_is_next(story: str, state: str, who: tuple[str, ...]) -> None:
    lesson = told(story)
    assert (lesson.state, lesson.stage.who) == (LessonState(state), who)
    assert {one.code for one in lesson.findings} <= {"lesson-no-deadline"}


@pytest.mark.parametrize(
    ("story", "state", "code"),
    [
        ("submit, plan", "planned", "lesson-skipped"),
        ("submit, accept, identify, accept", "identified", "lesson-past"),
        ("submit, reject, identify", "rejected", "lesson-closed"),
        ("submit, accept, identify, plan, complete, learned, identify", "learned", "lesson-past"),
    ],
)
def test_what_comes_out_of_order_is_recorded_with_a_finding(story: str, state: str, code: str) -> None:
    lesson = told(story)
    assert lesson.state == state
    assert code in {one.code for one in lesson.findings}


def test_late_holds_only_where_the_record_is_complete() -> None:
    whole = Coverage(source="all", through=date(2028, 6, 30))
    story = "submit, accept, identify until 2028-05-01, plan"
    assert told(story, "2028-05-01", coverage=(whole,)).late is Verdict.NO
    assert told(story, "2028-05-02", coverage=(whole,)).late is Verdict.YES
    assert told(story, "2028-05-02").late is Verdict.UNKNOWN
    assert told(story, "2028-05-02", coverage=(Coverage(source="one party", through=date(2028, 6, 30), parties=("BBB",)),)).late is Verdict.UNKNOWN
    assert told(story + ", complete", "2028-05-02", coverage=(whole,)).late is Verdict.NO


def test_what_is_denied_is_contested_and_what_is_hidden_reads_as_absent() -> None:
    accept = Act(
        kind="accept-observation",
        actor="AAA",
        ref="a",
        made=parse_moment("2028-01-02"),
        replies_to=told("submit").observation.hash,
        source=Source("s"),
        label=SECRET,
        nonce="0" * 32,
    )
    denial = Act(kind="deny", actor="BBB", ref="d", made=parse_moment("2028-01-03"), replies_to=accept.hash, source=Source("s"))
    assert told("submit", "2028-02-01", accept).state is LessonState.ACCEPTED
    assert told("submit", "2028-02-01", accept, viewer="public").state is LessonState.SUBMITTED
    contested = told("submit", "2028-02-01", accept, denial)
    assert (contested.verdict, [stage.state for stage in contested.stages]) == (Verdict.CONTESTED, ["submitted", "accepted"])


def test_an_act_that_leads_to_no_observation_is_a_stray() -> None:
    act = Act(kind="plan-remedy", actor="AAA", ref="p", made=parse_moment("2028-01-02"), replies_to="sha256:" + "0" * 64, source=Source("s"))
    record = Record((), (Entry(act, date(2028, 1, 2)),), Register({}, ()))
    standing = Standing(record, on=date(2028, 1, 2) + timedelta(days=9), known=date(2028, 2, 1))
    assert lessons_of(standing) == []
    assert [(one.code, one.where) for one in lesson_strays(standing)] == [("lesson-stray", "p")]
