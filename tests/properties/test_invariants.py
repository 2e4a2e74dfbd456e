"""What holds of every record whatever is in it: order does not matter, the past of knowledge stands, who sees less learns no more.

On random small books; ``COMITY_BOOKS`` is their number (default 40 for each property).
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, given, settings

from comity.acts import Entry
from comity.standing import Record, Standing
from comity.standing import plain as plainly
from comity.terms import may_see
from tests.properties.books import Book, books
from tests.properties.drafting import ACTORS, FIRST_DAY

BOOKS = int(os.environ.get("COMITY_BOOKS", "40"))
LATER = date(2010, 1, 1)
DAYS = st.integers(0, 2400).map(lambda n: FIRST_DAY + timedelta(days=n))
LESS = st.sampled_from(("AAA", "BBB", "public"))
some_books = settings(max_examples=BOOKS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)


def standing(book: Book, on: date, known: date = LATER, viewer: str | None = None) -> Standing:
    agreements, entries, register = book
    return Standing(Record(tuple(agreements), tuple(entries), register), on=on, known=known, viewer=viewer)


def verdicts(asked: Standing) -> dict[str, object]:
    """What the acts yield for every agreement, party and a few pairs."""
    found: dict[str, object] = {}
    for agreement in asked.known_agreements():
        found[agreement] = asked.verdict_in_force(agreement)
        found[f"{agreement} who"] = asked.status(agreement)
        for a, b in (("AAA", "BBB"), ("AAA", "CCC"), ("BBB", "OLD")):
            found[f"{agreement} {a} {b}"] = asked.verdict_between(a, b, agreement)
    return found


def everything(asked: Standing) -> str:
    """Whole answers with their reasons, and the timelines, as the doors would print them."""
    found: list[object] = []
    for agreement in asked.known_agreements():
        found.append(plainly.answer_to_plain(asked.in_force(agreement)))
        found += [plainly.answer_to_plain(asked.bound(party, agreement)) for party in ACTORS[:4]]
        found.append(plainly.answer_to_plain(asked.between("AAA", "BBB", agreement)))
        found += [plainly.change_to_plain(change) for change in asked.timeline(agreement)]
    found += [plainly.coming_to_plain(c) for c in asked.upcoming()]
    found += [plainly.finding_to_plain(f) for f in asked.findings()]
    return json.dumps(found, sort_keys=True)


def shuffled(book: Book, seed: int) -> Book:
    agreements, entries, register = book
    agreements, entries = agreements[:], entries[:]
    Random(seed).shuffle(agreements)
    Random(seed).shuffle(entries)
    return agreements, entries, register


@some_books
@given(book=books(), on=DAYS, seed=st.integers(1, 1000))
def test_where_acts_and_agreements_stand_in_the_record_changes_nothing(book: Book, on: date, seed: int) -> None:
    """Files have an order, law has none: shuffle the record, and every word of every answer is the same."""
    assert everything(standing(shuffled(book, seed), on)) == everything(standing(book, on))


@some_books
@given(book=books(), on=DAYS, seed=st.integers(1, 1000))
def test_the_order_of_acts_of_one_day_does_not_matter(book: Book, on: date, seed: int) -> None:
    """Put all acts on few days, so that many meet; then turn their order round."""
    agreements, entries, register = book
    same = [Entry(replace(e.act, received=entries[n // 4 * 4].act.received), e.recorded) for n, e in enumerate(entries)]
    meeting = (agreements, same, register)
    wanted = verdicts(standing(meeting, on))
    assert verdicts(standing((agreements, same[::-1], register), on)) == wanted
    assert verdicts(standing(shuffled(meeting, seed), on)) == wanted


@some_books
@given(book=books(), more=books(), on=DAYS, known=DAYS)
def test_what_is_recorded_later_never_changes_what_was_known_before(book: Book, more: Book, on: date, known: date) -> None:
    """Append another book's acts, recorded the day after: the answer of that day of knowledge stands."""
    agreements, entries, register = book
    later = [Entry(e.act, known + timedelta(days=1)) for e in more[1]]
    assert everything(standing((agreements, [*entries, *later], register), on, known)) == everything(standing(book, on, known))


@some_books
@given(book=books(), on=DAYS, hidden=st.sets(st.integers(0, 13), max_size=5), viewer=LESS)
def test_who_sees_less_is_answered_as_if_the_rest_were_not_there(book: Book, on: date, hidden: set[int], viewer: str) -> None:
    """Classify a few acts; take them out: a viewer who may not see them cannot tell the difference, in any word that is shown to him."""
    agreements, entries, register = book
    marked = [_classified(e, n) if n in hidden else e for n, e in enumerate(entries)]
    seen = [e for e in marked if may_see(e.act.label, viewer)]
    assume(len(seen) < len(marked))
    whole, rest = (everything(standing((agreements, found, register), on, viewer=viewer)) for found in (marked, seen))
    assert whole == rest
    refs = {e.act.ref for e in marked} - {e.act.ref for e in seen}
    assert not [ref for ref in refs if f'"{ref}"' in whole]


def _classified(entry: Entry, number: int) -> Entry:
    label = replace(entry.act.label, policy="NATIONAL", classification="SECRET", originator="CCC", releasable_to=())
    return Entry(replace(entry.act, label=label, nonce=f"{number:032x}"), entry.recorded)


@some_books
@given(book=books(), on=DAYS)
def test_supposing_acts_is_having_them_on_record(book: Book, on: date) -> None:
    agreements, entries, register = book
    half = len(entries) // 2
    supposed = standing((agreements, entries[:half], register), on).what_if(entries[half:])
    assert verdicts(supposed) == verdicts(standing(book, on))


@some_books
@given(book=books(), on=DAYS)
def test_asking_twice_or_in_another_order_gives_the_same(book: Book, on: date) -> None:
    """Worlds are derived once and kept: what was asked first leaves no trace in what is asked next."""
    fresh = standing(book, on)
    wanted = {a: plainly.answer_to_plain(fresh.in_force(a)) for a in fresh.known_agreements()}
    used = standing(book, on)
    everything(used)
    assert {a: plainly.answer_to_plain(used.in_force(a)) for a in reversed(used.known_agreements())} == wanted


@some_books
@given(book=books(), on=DAYS)
def test_a_verdict_holds_unchanged_from_since_until_until(book: Book, on: date) -> None:
    """``since`` and ``until`` bound the days with the same verdict: the day before and the day itself differ."""
    asked = standing(book, on)
    for agreement in asked.known_agreements():
        answer = asked.in_force(agreement)
        if answer.since is not None and answer.since > FIRST_DAY:
            assert asked.verdict_in_force(agreement) is standing(book, answer.since).verdict_in_force(agreement)
            assert standing(book, answer.since - timedelta(days=1)).verdict_in_force(agreement) is not asked.verdict_in_force(agreement)
        if answer.until is not None:
            assert standing(book, answer.until - timedelta(days=1)).verdict_in_force(agreement) is asked.verdict_in_force(agreement)
            assert standing(book, answer.until).verdict_in_force(agreement) is not asked.verdict_in_force(agreement)


@some_books
@given(book=books(), on=DAYS)
def test_in_force_between_two_only_if_it_binds_both_and_the_same_both_ways(book: Book, on: date) -> None:
    asked = standing(book, on)
    for agreement in asked.known_agreements():
        for a, b in (("AAA", "BBB"), ("BBB", "OLD"), ("AAA", "NEW")):
            verdict, text, exceptions = asked.verdict_between(a, b, agreement)
            assert (verdict, text, exceptions) == asked.verdict_between(b, a, agreement)
            if verdict == "yes":
                assert [asked.verdict_bound(p, agreement)[0] for p in (a, b)] == ["yes", "yes"]
