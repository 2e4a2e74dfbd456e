"""Votes that were taken, read as their file has them and counted under the rules of their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from comity.votes import Outcome, ReplayedVote, replay, replay_report, replay_to_plain, spans_of
from tests.decisions.bundled import rolled, standing
from tests.decisions.replays_drawn import drawn, quickly, slowly
from tests.decisions.taken_votes import MEMBERS, Cast, cast, read, row

ORDINARY, IMPORTANT = RULES = ("un-charter/general-assembly", "un-charter/general-assembly-important")


def members(day: str) -> list[tuple[str, str | None]]:
    """All members on a day, by the codes of their names in the file."""
    register = standing(day).record.register
    found = []
    for seat in rolled(ORDINARY, day).seats:
        party = register.parties[seat.code]
        iso = next((c.code for c in party.codes if c.scheme == "iso2"), None)
        found.append((party.names[-1].name, iso))
    return found


def replayed(*taken: tuple[dict[str, Any], list[Cast]]) -> list[ReplayedVote]:
    return list(replay(standing("2026-11-28"), RULES, read(*taken).calls))


def split(day: str, yes: int, no: int) -> list[Cast]:
    """So many members for it, so many against, and all others abstaining."""
    there = members(day)
    return cast(there[:yes], there[yes : yes + no], there[yes + no :])


@pytest.mark.parametrize(
    ("yes", "no", "under_one", "under_both"),
    [
        (60, 40, Outcome.ADOPTED, None),
        (66, 34, Outcome.ADOPTED, None),
        (67, 33, Outcome.ADOPTED, Outcome.ADOPTED),
        (2, 1, Outcome.ADOPTED, Outcome.ADOPTED),
        (50, 50, Outcome.NOT_ADOPTED, Outcome.NOT_ADOPTED),
        (40, 60, Outcome.NOT_ADOPTED, Outcome.NOT_ADOPTED),
        (0, 0, Outcome.NOT_ADOPTED, Outcome.NOT_ADOPTED),
    ],
)
def test_a_majority_without_two_thirds_is_known_only_where_the_question_is(yes: int, no: int, under_one: Outcome, under_both: Outcome | None) -> None:
    (vote,) = replayed((row(5000, 60, "2006-03-15"), split("2006-03-15", yes, no)))
    assert vote.outcomes(ORDINARY) == (under_one,)
    assert vote.outcome is under_both
    assert vote.differs is (under_both is None)


@pytest.mark.parametrize(
    ("number", "outcome"), [(929, Outcome.ADOPTED), (1120, Outcome.NOT_ADOPTED), (433, Outcome.ADOPTED), (88, Outcome.NOT_ADOPTED)]
)
def test_the_kind_of_question_decides_where_it_is_known(number: int, outcome: Outcome) -> None:
    """That two thirds are needed; who represents China; what the Assembly had decided not to need them; trusteeship."""
    (vote,) = replayed((row(number, 25, "1970-11-06"), split("1970-11-15", 51, 49)))
    assert (vote.differs, vote.outcome) == (True, outcome)
    assert vote.call.why


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"unres": "R/58/195"}, True),
        ({"unres": "A/RES/58/247"}, True),
        ({"unres": "R/58/77H"}, True),
        ({"unres": "R/57/77H"}, None),
        ({"unres": "R/58/196", "para": True}, None),
        ({"unres": "R/58/196", "amend": True}, None),
        ({"unres": "R/58/196", "descr": "The Acting President: I shall now put to the vote paragraph 4."}, None),
        ({"unres": "R/58/196", "descr": ""}, None),
        ({"unres": "ESS/10/3"}, None),
        ({"unres": None}, None),
        ({"unres": "R/30/3379", "session": 30}, None),
    ],
)
def test_what_has_the_number_of_a_resolution_as_a_whole_was_adopted(more: dict[str, Any], told: bool | None) -> None:
    (vote,) = replayed((row(5000, 58, "2003-12-22") | more, split("2003-12-22", 60, 40)))
    assert vote.call.adopted is told
    assert vote.outcome is (Outcome.ADOPTED if told else None)
    (lost,) = replayed((row(5000, 58, "2003-12-22") | more, split("2003-12-22", 40, 60)))
    assert (lost.outcome, lost.contradicts) == (Outcome.NOT_ADOPTED, told is True)


@pytest.mark.parametrize(
    ("session", "day", "first", "last"),
    [
        (30, "1975-11-01", "1975-11-01", "1975-11-30"),
        (55, "2000-12-07", "2000-12-01", "2000-12-31"),
        (55, "2000-12-19", "2000-12-19", "2000-12-19"),
        (58, "2003-11-04", "2003-11-04", "2003-11-04"),
        (30, "1976-02-07", "1976-02-01", "1976-02-29"),
    ],
)
def test_a_number_that_is_no_day_of_the_month_leaves_the_month(session: int, day: str, first: str, last: str) -> None:
    (call,) = read((row(1, session, day), cast(MEMBERS))).calls
    assert (f"{call.first}", f"{call.last}") == (first, last)
    assert call.day == (first if first == last else first[:7])


@pytest.mark.parametrize(
    ("name", "code", "session", "day", "party"),
    [
        ("Russia", "RU", 30, "1975-11-01", "SUN"),
        ("Taiwan", "TW", 25, "1970-11-01", "CHN"),
        ("Taiwan", "TW", 26, "1971-10-07", "CHN"),
        ("China", "CN", 26, "1971-11-03", "CHN"),
        ("Federal Republic of Germany", None, 45, "1990-12-06", "DEU"),
        ("Yugoslavia", "YU", 30, "1975-11-01", "YUG"),
        ("Yugoslavia", "YU", 74, "2019-12-12", "SRB"),
        ("Congo - Kinshasa", "CD", 30, "1975-11-01", "COD"),
        ("Yemen Arab Republic", None, 45, "1990-12-06", "YEM"),
        ("Zanzibar", None, 18, "1963-12-03", "EAZ"),
        ("Namibia", "NA", 60, "2005-12-08", "NAM"),
    ],
)
def test_a_name_of_today_is_who_it_was_then(name: str, code: str | None, session: int, day: str, party: str) -> None:
    (call,) = read((row(1, session, day), [*cast(MEMBERS), (name, code, "yes")])).calls
    assert party in call.ballots
    assert len(call.ballots) == len(MEMBERS) + 1


def test_a_name_that_is_nobodys_is_listed_and_not_counted() -> None:
    there = read(
        (row(1, 60, "2006-03-15"), [*cast(MEMBERS), ("Atlantis", "XX", "yes"), ("Atlantis", "XX", "yes")]), (row(2, 60, "2006-03-16"), cast(MEMBERS))
    )
    (lost,) = there.not_named
    assert (lost.name, lost.code, lost.votes, lost.first, lost.last) == ("Atlantis", "XX", 2, date(2006, 3, 15), date(2006, 3, 15))
    assert "Atlantis" in lost.why
    assert [len(call.ballots) for call in there.calls] == [6, 6]


def test_who_came_in_the_month_of_the_vote_is_counted_both_ways() -> None:
    """Israel was admitted on 11 May 1949; a vote of that month was before, or after."""
    there = [who for who in members("1949-05-12") if who[1] != "IL"]
    israel: tuple[str, str | None] = ("Israel", "IL")
    (vote,) = replayed((row(140, 3, "1949-05-02"), cast([*there[:20], israel], there[20:40], there[40:])))
    assert (vote.perhaps, vote.unseated) == (("ISR",), ())
    assert set(vote.outcomes(ORDINARY)) == {Outcome.ADOPTED, Outcome.NOT_ADOPTED}
    assert vote.outcome is None
    (clear,) = replayed((row(140, 3, "1949-05-02"), cast([*there[:40], israel], there[40:])))
    assert (clear.perhaps, clear.outcome) == (("ISR",), Outcome.ADOPTED)


def test_a_vote_without_a_seat_is_told_and_not_counted() -> None:
    """Switzerland was no member until 2002."""
    there = members("1985-06-15")
    (vote,) = replayed((row(2800, 39, "1985-06-15"), cast([*there[:75], ("Switzerland", "CH")], there[75:150])))
    assert vote.unseated == ("CHE",)
    assert (vote.outcomes(ORDINARY), vote.outcome) == ((Outcome.NOT_ADOPTED,), Outcome.NOT_ADOPTED)
    assert len(vote.silent) == len(there) - 150


def test_too_few_votes_settle_nothing_unless_it_is_told_that_it_was_adopted() -> None:
    few = cast(members("2006-03-15")[:50])
    (vote,) = replayed((row(5000, 60, "2006-03-15", unres="ESS/10/3"), few))
    assert (vote.outcomes(ORDINARY), vote.outcome) == ((Outcome.NO_QUORUM,), None)
    (told,) = replayed((row(5000, 60, "2006-03-15", unres="R/60/3"), few))
    assert told.outcome is Outcome.ADOPTED


def test_a_report_counts_by_decade_and_names_who_is_missing_from_whole_sessions() -> None:
    def without(day: str, code: str, yes: int, no: int) -> list[Cast]:
        return [one for one in split(day, yes, no) if one[1] != code]

    votes = replayed(
        (row(5000, 54, "1999-12-15"), without("1999-12-15", "FR", 60, 40)),
        (row(5001, 60, "2006-03-15"), without("2006-03-15", "FR", 90, 40)),
        (row(5002, 60, "2006-03-16"), split("2006-03-16", 50, 50)),
        (row(5003, 61, "2006-12-20"), without("2006-12-20", "FR", 40, 60)),
    )
    report = replay_report(votes)
    assert [(one.of, one.calls, one.adopted, one.not_adopted, one.unknown) for one in report.decades] == [(1990, 1, 0, 0, 1), (2000, 3, 1, 2, 0)]
    assert (report.whole.ties, report.whole.differing, report.whole.by_question, report.whole.as_told) == (1, 1, 0, 0)
    assert [(one.code, one.sessions, one.calls) for one in report.silent if one.code == "FRA"] == [("FRA", (54, 61), 2)]
    assert (report.unseated, report.contradictions) == ((), ())
    plain = replay_to_plain(report, votes[:1])
    assert plain["all"]["roll_calls"] == 4
    assert [one["number"] for one in plain["roll_calls"]] == [5000]


@pytest.mark.parametrize(("sessions", "told"), [((1,), "1"), ((1, 2), "1 to 2"), ((13, 14, 15, 19), "13 to 15, 19"), ((), "")])
def test_sessions_are_told_in_stretches(sessions: Sequence[int], told: str) -> None:
    assert spans_of(sessions) == told


def test_replays_are_what_the_slow_reading_says_day_by_day() -> None:
    assert [number for number, (one, told) in enumerate(zip(drawn(), slowly(), strict=True)) if quickly(one) != told] == []


def test_what_is_drawn_for_replays_is_not_all_the_same() -> None:
    told = [one for several in slowly() for one in several]
    assert min(sum(one.came_to == what for one in told) for what in ("adopted", "not-adopted", None)) > 100
    for what in ("unseated", "perhaps", "silent", "differs", "contradicts"):
        assert sum(bool(getattr(one, what)) for one in told) > 20, what
