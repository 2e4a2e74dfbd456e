"""What an answer is said to rest on gives the same answer as the whole real record, to whoever asks; and it is little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from comity.about import Opened
from comity.answers import rests_on
from comity.questions import Put, answer
from comity.standing import Record
from comity.terms import NotOnRecord

QUESTIONS = 40


def small(record: Record, put: Put) -> Record:
    """The record of nothing but what the answer rests on."""
    resting = rests_on(record, put)
    agreements = tuple(a for a in record.agreements if a.id in resting.agreements)
    return Record(agreements, resting.entries, record.register, record.coverage, record.title, record.ladders)


def test_what_it_rests_on_gives_the_same_answer_as_the_whole_record(bundled: Opened) -> None:
    rng, record, sizes = Random(5), bundled.book.record, list[int]()
    for _ in range(QUESTIONS):
        put = _drawn(record, rng)
        try:
            found = answer(record, put)
        except NotOnRecord:  # not on record by that day
            continue
        less = small(record, put)
        assert answer(less, put) == found, put
        sizes.append(len(less.entries))
    assert len(sizes) > QUESTIONS / 2
    assert sorted(sizes)[len(sizes) // 2] < len(record.entries) / 20


def _drawn(record: Record, rng: Random) -> Put:
    agreement = rng.choice(record.ids)
    parties = sorted({e.act.actor for e in record.entries_of(agreement)} or {"USA"})
    on = date(1950, 1, 1) + timedelta(days=rng.randrange(28_000))
    a, b = rng.choice(parties), rng.choice(sorted(set(record.register.parties) - {"USA"}))
    known, viewer = on + timedelta(days=rng.choice((0, 20_000))), rng.choice((None, None, "public", a))
    put = Put("in-force", on, known, viewer, words={"agreement": agreement})
    which = rng.choice(("in-force", "bound", "between", "timeline", "findings"))
    more = {"bound": {"party": a}, "timeline": {"party": a}, "between": {"a": a, "b": b if b != a else "USA"}}.get(which, {})
    return replace(put, name=which, words={"agreement": agreement, **more})


def test_a_question_about_all_agreements_rests_on_the_whole_record(bundled: Opened) -> None:
    put = Put("upcoming", date(2020, 1, 1), date(2026, 1, 1))
    resting = rests_on(bundled.book.record, put)
    assert resting.agreements == set(bundled.book.record.ids)
    assert len(resting.entries) == len([e for e in bundled.book.record.entries if e.recorded <= put.known])


def test_an_agreement_brings_what_it_depends_on_what_amends_it_and_what_takes_its_place(bundled: Opened) -> None:
    put = Put("in-force", date(2020, 1, 1), date(2026, 1, 1), words={"agreement": "german-supplementary-agreement"})
    resting = rests_on(bundled.book.record, put)
    assert {"german-supplementary-agreement", "german-supplementary-agreement-1993", "nato-sofa"} <= resting.agreements
    assert len(resting.agreements) < 12
