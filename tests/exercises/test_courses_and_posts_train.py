"""Courses and posts in the map of who has trained what together: stories with partial days, open ends, doubts, organisations and gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.interoperability import TrainingMap, gap_to_plain, held_to_plain, training_gaps, training_targets, training_to_plain, yearly
from comity.parties import Named, Party, PartyKind, Register
from comity.standing import Record, Standing
from comity.terms import Verdict, parse_moment

KINDS: dict[str, PartyKind] = {"AAA": "state", "BBB": "state", "CCC": "state", "ORG": "organisation", "AAA/army": "force"}
REGISTER = Register({code: Party(code, kind, (Named(code),), part_of="AAA" if "/" in code else None) for code, kind in KINDS.items()})
EXERCISES = Coverage(source="the desk's list", from_=date(1980, 1, 1), through=date(2010, 12, 31), kinds=("take-part",))
POSTS = Coverage(source="the list of posts", from_=date(2000, 1, 1), through=date(2003, 12, 31), kinds=("end-post",))
PAIR = ("AAA", "BBB")
DONE = (("attend-course", "18"), ("certify-course", "20"))


def act(kind: str, actor: str, made: str, to: Act | None = None, *, ref: str = "", whose: str = "", **said: str) -> Act:
    return Act(
        kind=kind,
        actor=actor,
        ref=ref or f"{kind}-{actor}-{made}",
        made=parse_moment(made),
        counterparty=(whose,) if whose else (),
        replies_to=None if to is None else to.hash,
        details=said,
        source=Source("s"),
    )


def course(actor: str = "AAA", **details: str) -> Act:
    given = {"course": "Mines", "places": "9", "capability": "sea", **details}
    return act("offer-course", actor, "2002-01-01", None, ref="course", **given)


def post(**details: str) -> Act:
    given = {"post": "Engineers", "role": "exchange", "capability": "land", "from": "2001-01-01", **details}
    return act("fill-post", "AAA", "2001-01-01", None, ref="post", whose="BBB", **given)


def of(*acts: Act, on: str = "2005-01-01", coverage: tuple[Coverage, ...] = (EXERCISES,)) -> TrainingMap:
    record = Record((), tuple(Entry(one, date(1980, 1, 1)) for one in acts), REGISTER, coverage)
    return TrainingMap(Standing(record, on=date.fromisoformat(on), known=date(2020, 1, 1)))


def test_who_offers_a_course_and_who_attended_it_were_trained_on_the_days_that_it_offers() -> None:
    offer = course(starts="2002-05-01", ends="2002-05-20")
    found = of(offer, act("certify-course", "BBB", "2002-06-01", offer, persons="2"))
    told = found.training(PAIR, "sea")
    assert (told.state, told.kind, told.what, told.last) == ("trained", "course", "Mines", (date(2002, 5, 20), date(2002, 5, 20)))
    assert told.acts == ("course", "certify-course-BBB-2002-06-01")
    assert told.counts == {"course": (1, 1)}
    assert found.training(PAIR, "sea", date(2002, 5, 10)).last[0] == date(2002, 5, 10), "it was going on"
    assert found.training(PAIR, "air").state == "none", "it trained the sea and nothing else"


def test_places_nominations_and_attendance_of_nobody_train_nobody() -> None:
    offer = course()
    others = (act("nominate", "BBB", "2002-02-01", offer, persons="2"), act("attend-course", "BBB", "2002-05-01", offer, persons="0"))
    assert of(offer, *others).training(PAIR).most == 0


def test_those_who_came_to_an_organisations_course_trained_with_one_another_and_it_is_no_nation() -> None:
    offer = course("ORG", starts="2002-05-xx", ends="2002-05-xx")
    came = [act("attend-course", "ORG", "2002-05-31", offer, ref=who, whose=who, persons="1") for who in ("AAA/army", "BBB")]
    found = of(offer, *came)
    assert found.pairs() == [PAIR]
    told = found.training(PAIR, "sea")
    assert told.last == (date(2002, 5, 1), date(2002, 5, 31)), "a partial day stays partial"
    assert told.acts == ("AAA/army", "BBB")


def test_a_course_that_does_not_say_when_it_ended_had_by_the_day_of_the_act() -> None:
    offer = course(starts="2002-05-01")
    told = of(offer, act("attend-course", "BBB", "2002-05-20", offer, persons="2")).training(PAIR, "sea")
    assert told.last == (date(2002, 5, 1), date(2002, 5, 20))


@pytest.mark.parametrize("named", ["Sea", " sea ", "SEA"])
def test_a_capability_is_taken_without_capitals_and_spaces(named: str) -> None:
    offer = course(capability=named)
    assert of(offer, act("attend-course", "BBB", "2002-05-20", offer, persons="2")).training(PAIR, "sea").state == "trained"


def test_what_is_not_said_to_be_trained_is_nothing_that_can_be_named() -> None:
    offer = act("offer-course", "AAA", "2002-01-01", ref="course", course="Staff", places="9")
    found = of(offer, act("attend-course", "BBB", "2002-05-20", offer, persons="2"))
    assert found.training(PAIR).state == "trained"
    assert found.training(PAIR, "sea").state == "none"
    assert found.capabilities == []


def test_a_post_trains_from_its_first_day_to_the_day_before_it_is_no_longer_filled() -> None:
    told = of(post(until="2003-01-01")).training(PAIR, "land")
    assert (told.kind, told.what, told.acts) == ("post", "Engineers", ("post",))
    assert (told.first, told.last) == ((None, date(2001, 1, 1)), (date(2002, 12, 31), date(2002, 12, 31)))


def test_a_post_of_which_nobody_noted_the_end_is_not_fresh_for_ever() -> None:
    within_coverage = of(post(), coverage=(EXERCISES, POSTS), on="2003-06-01")
    assert within_coverage.training(PAIR, "land").last == (date(2003, 6, 1), date(2003, 6, 1))
    after = of(post(), coverage=(EXERCISES, POSTS), on="2009-06-01")
    assert after.training(PAIR, "land").last == (date(2003, 12, 31), date(2009, 6, 1))
    assert after.fresh(PAIR, "land", 365) is Verdict.UNKNOWN
    assert of(post()).training(PAIR, "land").last == (date(2001, 1, 1), date(2005, 1, 1))


def test_an_attache_of_whom_it_is_not_said_what_he_trains_trains_nobody() -> None:
    quiet = act("fill-post", "AAA", "2001-01-01", ref="post", whose="BBB", post="Attaché", role="attache")
    assert of(quiet).pairs() == []
    assert of(replace(quiet, details={**quiet.details, "role": "mobile-team"})).pairs() == [PAIR]


def test_an_end_in_doubt_leaves_open_how_long_a_post_went_on_and_a_doubtful_post_is_contested() -> None:
    filled = post()
    end = act("end-post", "BBB", "2002-01-01", filled)
    denial = act("deny", "AAA", "2002-02-01", end)
    assert of(filled, end, denial).training(PAIR, "land").last == (date(2001, 1, 1), date(2005, 1, 1))
    assert of(filled, end).training(PAIR, "land").last == (date(2001, 12, 31), date(2001, 12, 31))
    assert of(filled, act("deny", "CCC", "2002-02-01", filled)).training(PAIR, "land").state == "contested"


def test_a_course_that_many_attended_and_passed_is_told_of_all_of_them_at_once() -> None:
    many = [f"X{n:02}" for n in range(30)]
    offer = course("ORG", starts="2002-05-01")
    told = [act(kind, "ORG", f"2002-05-{day}", offer, ref=f"{kind}-{who}", whose=who, persons="1") for who in many for kind, day in DONE]
    parties = {code: Party(code, "state", (Named(code),)) for code in many} | REGISTER.parties
    entries = tuple(Entry(one, date(1980, 1, 1)) for one in (offer, *told))
    asked = TrainingMap(Standing(Record((), entries, Register(parties)), on=date(2005, 1, 1), known=date(2020, 1, 1)))
    assert asked.training(many, "sea").last[0] == date(2002, 5, 1)


def test_gaps_and_targets_of_a_programme_follow_from_courses_and_posts() -> None:
    offer = course(starts="2004-05-01", ends="2004-05-20")
    without, found = of(), of(offer, act("attend-course", "BBB", "2004-05-20", offer, persons="2"))
    assert [str(gap.verdict) for gap in training_gaps(without, [PAIR], ("sea",), 730)] == ["no"]
    assert training_gaps(found, [PAIR], ("sea",), 730) == []
    stale = training_gaps(found, [PAIR], ("sea",), 100)
    assert gap_to_plain(stale[0])["stale_from"] == "2004-08-29"

    def targets(asked: TrainingMap) -> list[tuple[int, int]]:
        def slot(day: date) -> int:
            return (day - date(2005, 1, 1)).days // 30

        return [(t.during.start, t.during.end) for t in training_targets(asked, [PAIR], ("sea",), 730, slot_of=slot, slots=30, soon=2, weight=1)]

    assert (targets(without), targets(found)) == ([(0, 2), (2, 26)], [(0, 16)])


def test_plain_answers_tell_a_course_from_an_exercise_and_whether_more_may_be_off_the_record() -> None:
    offer = course(starts="2002-05-01", ends="2002-05-20")
    every = Coverage(source="the desk", from_=date(1980, 1, 1), through=date(2010, 12, 31))
    found = of(offer, act("attend-course", "BBB", "2002-05-20", offer, persons="2"), coverage=(every,))
    plain = training_to_plain(found.training(PAIR, "sea"))
    assert (plain["kind"], plain["courses_complete"]) == ("course", True)
    none = {"least": 0, "most": 0}
    assert plain["times"] == {"exercises": none, "courses": {"least": 1, "most": 1}, "posts": none, "other": none}
    assert not of(offer).training(PAIR, "sea").courses_complete
    assert not yearly(found, PAIR, ("sea",)), "exercises are counted by year, courses are not"
    assert [held_to_plain(*one) for one in found.trained_in(PAIR)] == [
        {
            "kind": "course",
            "what": "Mines",
            "capability": "sea",
            "starts": {"from": "2002-05-01", "to": "2002-05-01"},
            "by": "AAA",
            "with": ["BBB"],
            "acts": ["course", "attend-course-BBB-2002-05-20"],
        }
    ]
