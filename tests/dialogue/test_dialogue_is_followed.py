"""Dialogue: drawn records as the slow reading has them, meetings and actions as stories, the real meetings of the bundled book."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import comity
from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.dialogue import Meeting, actions_of, bodies_of, dialogue_strays, meetings_feed, meetings_of, silences_of
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import Verdict, parse_moment
from tests.dialogue.dialogue_drawn import agrees, said

ROOT = Path(__file__).parents[2]
TALKS = ROOT / "examples" / "dialogue-book"
WHOLE = (Coverage(source="all", through=date(2029, 1, 1)),)


def act(ref: str, kind: str, day: str, before: Act | None = None, who: tuple[str, ...] = (), **details: str) -> Act:
    made, source = parse_moment(day), Source("a story")
    replies = None if before is None else before.hash
    return Act(kind=kind, actor="AAA", ref=ref, agreement="pact", made=made, counterparty=who, replies_to=replies, details=details, source=source)


def standing(acts: list[Act], on: str, coverage: tuple[Coverage, ...] = WHOLE) -> Standing:
    record = Record((), tuple(Entry(one, date(2028, 1, 1)) for one in acts), Register({}, ()), coverage)
    return Standing(record, on=date.fromisoformat(on), known=date(2029, 6, 1))


def meeting(acts: list[Act], on: str, coverage: tuple[Coverage, ...] = WHOLE) -> Meeting:
    (found,) = meetings_of(standing(acts, on, coverage))
    return found


CALL = act("call", "call-meeting", "2028-01-10", body="council", starts="2028-03-01", ends="2028-03-02")


@pytest.mark.parametrize("part", range(10))
def test_the_room_says_what_the_slow_reading_says(part: int) -> None:
    for case in said()[part::10]:
        assert agrees(case)


def test_a_meeting_is_called_held_or_not_and_beyond_coverage_not_known() -> None:
    assert meeting([CALL], "2028-03-02").state == "called"
    assert meeting([CALL], "2028-03-03").state == "not held"
    assert meeting([CALL], "2028-03-03", ()).state == "not known"
    held = act("held", "meet", "2028-03-01", CALL, ("BBB", "CCC"), ends="2028-03-02")
    assert (meeting([CALL, held], "2028-03-03").state, meeting([CALL, held], "2028-03-03").took_part) == ("held", ("AAA", "BBB", "CCC"))


def test_a_later_call_moves_or_cancels_a_meeting() -> None:
    moved = act("moved", "call-meeting", "2028-02-01", CALL, body="council", starts="2028-06-01")
    assert (meeting([CALL, moved], "2028-04-01").state, str(meeting([CALL, moved], "2028-04-01").day)) == ("called", "2028-06-01")
    off = act("off", "call-meeting", "2028-02-09", moved, body="council", starts="2028-06-01", cancelled="yes")
    assert meeting([CALL, moved, off], "2028-04-01").state == "cancelled"


def test_a_partial_day_stays_partial_and_a_denied_meeting_is_contested() -> None:
    held = act("held", "meet", "2028-03-xx", CALL)
    assert (str(meeting([CALL, held], "2028-04-01").day), meeting([CALL, held], "2028-04-01").state) == ("2028-03-xx", "held")
    denied = act("no", "deny", "2028-04-01", held)
    contested = meeting([CALL, held, denied], "2028-05-01")
    assert (contested.verdict, [str(one) for one in contested.states]) == (Verdict.CONTESTED, ["held", "not held"])


def test_an_action_is_open_late_or_done_and_who_did_it_is_looked_at() -> None:
    held = act("held", "meet", "2028-03-01", CALL, ("BBB", "CCC"))
    agreed = act("agreed", "agree-action", "2028-03-02", held, ("BBB",), action="a list", due="2028-04-01")
    done = act("done", "complete-action", "2028-04-02", agreed)
    for acts, on, state in (([], "2028-04-01", "open"), ([], "2028-04-02", "overdue"), ([done], "2028-04-02", "done late")):
        (found,) = actions_of(standing([CALL, held, agreed, *acts], on))
        assert (found.state, found.owed_by, found.owed_to) == (state, ("BBB",), ("AAA", "CCC"))
    assert [one.code for one in found.findings] == ["dialogue-not-by-who-owes"]
    (unknown,) = actions_of(standing([CALL, held, agreed], "2028-04-02", ()))
    assert unknown.state == "not known"


def test_silence_is_sure_only_where_no_later_meeting_might_be_theirs() -> None:
    first = act("first", "meet", "2028-03-01", None, ("BBB", "CCC"))
    (pair,) = silences_of(standing([first], "2028-03-31"), ("BBB", "CCC"))
    assert (pair.at_least, pair.at_most, pair.sure) == (30, 30, Verdict.YES)
    (pair,) = silences_of(standing([first], "2028-03-31", ()), ("BBB", "CCC"))
    assert pair.sure is Verdict.UNKNOWN
    (pair,) = silences_of(standing([first, act("open", "meet", "2028-03-20")], "2028-03-31"), ("BBB", "CCC"))
    assert (pair.at_least, pair.sure) == (30, Verdict.UNKNOWN)
    (pair,) = silences_of(standing([act("x", "meet", "2028-02-xx", None, ("BBB", "CCC"))], "2028-03-31"), ("BBB", "CCC"))
    assert (pair.at_least, pair.at_most) == (31, 59)


def test_an_act_that_belongs_to_no_meeting_is_a_stray() -> None:
    nowhere = act("m", "record-minutes", "2028-03-01", CALL)
    assert [one.where for one in dialogue_strays(standing([nowhere], "2028-04-01"))] == ["m"]


def test_the_real_meetings_of_the_bundled_book_stand_by_body_with_what_is_due() -> None:
    opened = comity.open(comity.bundled_book())
    real = opened.standing(on=date(2026, 2, 1), known=date(2026, 11, 28))
    (npt,) = bodies_of(real, agreement="npt")
    assert (npt.name, len(npt.meetings), str(npt.last_met)) == ("review conference", 10, "2022-08-01")
    assert npt.next_due == date(2026, 3, 5)
    ministers = next(one for one in bodies_of(real, agreement="admm-plus") if one.name == "ministers")
    assert (len(ministers.meetings), str(ministers.last_met), ministers.next_due) == (12, "2025-11-01", date(2026, 12, 31))
    partial = [str(one.day) for one in ministers.meetings if not one.day.certain]
    assert partial == ["2024-11-20/2024-11-22"]


def test_the_feed_has_an_event_for_each_meeting_that_a_later_feed_replaces() -> None:
    example = comity.open(TALKS).standing(on=date(2026, 3, 1), known=date(2026, 11, 28))
    feed = meetings_feed(meetings_of(example), datetime(2026, 3, 1, tzinfo=UTC)).decode()
    assert feed.count("BEGIN:VEVENT") == 3
    assert "UID:meeting/ST-03@comity" in feed
    assert "DTSTART;VALUE=DATE:20260609" in feed
    assert "DTEND;VALUE=DATE:20260611" in feed
