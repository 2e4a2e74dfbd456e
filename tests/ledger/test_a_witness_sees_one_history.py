"""A witness cosigns what goes on from all that it saw of a log, and nothing else; what it saw is on disk before it signs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger import Ledger, Refused, check, copy, create, read_submission, watch, watched, watching
from comity.ledger.notes import Checkpoint, SignatureType, Verifier, cosign, cosignature, read_note, verifier_key, verify
from comity.ledger.schema import log
from comity.ledger.submissions import Submission, write_submission
from comity.ledger.watching import cosign_submission
from comity.ledger.witnessing import Seen, Why, observe
from comity.terms import BadInput
from tests.ledger.conftest import Place
from tests.ledger.forging_logs import BODY, FORKED, HONEST, KEY, OTHER_KEY, REFUSED, SEEN, SIZE, UNREADABLE, Log
from tests.ledger.test_signed_notes import OTHER, WITNESS

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
KEY_TEXT = verifier_key(KEY.name, KEY.verifier().public_key)


# -- what may be cosigned


def test_a_log_that_grew_is_cosigned_and_one_that_stood_still_again() -> None:
    for old, size in ((0, 1), (0, SIZE), (SEEN, SIZE), (SEEN, SEEN), (4, 8), (8, 11)):
        checkpoint = observe(HONEST.seen(old), HONEST.hands_in(old, size))
        assert (checkpoint.size, checkpoint.root) == (size, HONEST.root(size))
    assert observe(HONEST.seen(0), HONEST.hands_in(0, 0)).size == 0


@pytest.mark.parametrize("defect", REFUSED)
def test_nothing_else_is_cosigned(defect: str) -> None:
    hand_in, why, seen = REFUSED[defect]
    with pytest.raises(Refused) as refused:
        observe(HONEST.seen(seen), hand_in())
    assert (refused.value.why, "\n" in str(refused.value)) == (why, False)
    assert bool(refused.value.evidence) == (why is Why.FORKED)
    if why in (Why.ELSEWHERE, Why.ROLLED_BACK):
        assert refused.value.size == seen
        assert f"{seen} were seen" in str(refused.value)


def test_a_log_that_is_not_watched_is_not_cosigned() -> None:
    with pytest.raises(Refused, match=r"log\.example\.org is not watched; if you trust its key: ledger watch KEY") as refused:
        observe(None, HONEST.hands_in(0, SIZE))
    assert refused.value.why is Why.UNKNOWN


@pytest.mark.parametrize("defect", UNREADABLE)
def test_what_is_no_submission_is_refused_in_one_line(defect: str) -> None:
    text, says = UNREADABLE[defect]
    with pytest.raises(BadInput, match=says) as refused:
        read_submission(text)
    assert "\n" not in str(refused.value)


def test_a_submission_is_read_as_it_was_written() -> None:
    assert write_submission(read_submission(BODY)) == BODY
    assert read_submission(BODY) == HONEST.hands_in(SEEN, SIZE)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_an_honest_log_that_grows_at_random_is_always_cosigned(steps: list[int]) -> None:
    whole, size = Log.of(sum(steps)), 0
    for step in steps:
        checkpoint = observe(whole.seen(size), read_submission(write_submission(whole.hands_in(size, size + step))))
        size += step
        assert (checkpoint.size, checkpoint.root) == (size, whole.root(size))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_another_history_than_the_one_seen_is_never_cosigned(data: st.DataObject) -> None:
    """Whatever is claimed as the old size, and with the proof of either history for any sizes."""
    whole = Log.of(data.draw(st.integers(1, 40)))
    seen = data.draw(st.integers(1, len(whole.leaves)))
    other = whole.forked(data.draw(st.integers(0, seen - 1)))
    size = data.draw(st.integers(0, len(whole.leaves)))
    upto = data.draw(st.one_of(st.just(size), st.integers(0, len(whole.leaves))))
    of = data.draw(st.one_of(st.just(min(seen, upto)), st.integers(0, upto)))
    proof = data.draw(st.sampled_from((whole, other))).proof(of, upto)
    handed_in = replace(other.hands_in(data.draw(st.one_of(st.just(min(seen, size)), st.integers(0, size))), size), proof=proof)
    with pytest.raises(Refused) as refused:
        observe(whole.seen(seen), handed_in)
    assert size >= seen or refused.value.why is Why.ROLLED_BACK


# -- the evidence


def _evidence(seen: int, size: int) -> str:
    with pytest.raises(Refused) as refused:
        observe(HONEST.seen(seen), FORKED.hands_in(seen, size))
    return refused.value.evidence


@pytest.mark.parametrize(("seen", "size"), [(SEEN, SEEN), (SEEN, SIZE), (6, 8), (11, 12)])
def test_a_fork_leaves_evidence_that_anybody_can_check(verifier: ModuleType, seen: int, size: int) -> None:
    assert verifier.fork(_evidence(seen, size), KEY_TEXT) == {"ledger": KEY.name, "since": seen, "items": size}


def test_two_witnesses_that_were_shown_two_histories_find_out(place: Place, verifier: ModuleType) -> None:
    one, other = (create(place(), f"witness-{number}.example.org", lambda: NOON) for number in (1, 2))
    for witness, shown, signer in ((one, HONEST, WITNESS), (other, FORKED, OTHER)):
        watch(witness, KEY_TEXT)
        cosign_submission(witness, signer, shown.hands_in(0, SEEN))
    (mine,), (theirs,) = ([found.seen for found in watched(witness)] for witness in (one, other))
    assert mine is not None
    assert theirs is not None
    assert (mine.size, mine.root) != (theirs.size, theirs.root)
    with pytest.raises(Refused) as refused:
        cosign_submission(other, OTHER, read_submission(f"old {mine.size}\n\n{mine.note}"))
    assert verifier.fork(refused.value.evidence, KEY_TEXT)["items"] == SEEN


# -- what was seen is on disk before anything is signed


@pytest.fixture
def witness(place: Place) -> Iterator[Ledger]:
    """A ledger that watches the log and has seen nothing of it yet."""
    made = create(place(), "witness.example.org", lambda: NOON)
    watch(made, KEY_TEXT)
    yield made
    made.close()


def _seen(witness: Ledger) -> Seen:
    (found,) = watched(witness)
    assert found.seen is not None
    return found.seen


def _is_cosigned(size: int, line: str, at: datetime = NOON) -> bool:
    by: Verifier = WITNESS.verifier(SignatureType.COSIGNATURE)
    return [(found.verifier, found.at) for found in verify(HONEST.note(size) + line, [by])] == [(by, at)]


def test_what_was_seen_is_kept_and_the_cosignature_holds(witness: Ledger) -> None:
    assert _seen(witness) == HONEST.seen(0)
    for old, size in ((0, SEEN), (SEEN, SEEN), (SEEN, SIZE)):
        assert _is_cosigned(size, cosign_submission(witness, WITNESS, HONEST.hands_in(old, size)))
        assert _seen(witness) == HONEST.seen(size)


def test_what_is_refused_changes_nothing(witness: Ledger) -> None:
    cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    for hand_in, _, seen in REFUSED.values():
        if seen == SEEN:
            with pytest.raises(Refused):
                cosign_submission(witness, WITNESS, hand_in())
    assert _seen(witness) == HONEST.seen(SEEN)


def test_nothing_is_signed_before_the_commit(witness: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []

    def signing(text: str, signer: object, at: datetime) -> str:
        happened.append(f"signed at {_seen(witness).size}")  # asked over another connection
        return cosignature(text, WITNESS, at)

    monkeypatch.setattr(watching, "cosignature", signing)
    sa.event.listen(witness.engine, "commit", lambda connection: happened.append("committed"))
    cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    assert happened[:2] == ["committed", f"signed at {SEEN}"]


def test_where_the_commit_fails_nothing_is_signed_and_nothing_was_seen(witness: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[str] = []
    monkeypatch.setattr(watching, "cosignature", lambda text, signer, at: signed.append(text))

    def broken(connection: sa.Connection) -> None:
        raise OSError("the disk is gone")

    sa.event.listen(witness.engine, "commit", broken)
    with pytest.raises(OSError, match="the disk is gone"):
        cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    sa.event.remove(witness.engine, "commit", broken)
    assert (signed, _seen(witness)) == ([], HONEST.seen(0))


def test_a_witness_that_ended_before_it_signed_is_asked_again(witness: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(text: str, signer: object, at: datetime) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(watching, "cosignature", ended)
        with pytest.raises(KeyboardInterrupt):
            cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    with pytest.raises(Refused) as refused:
        cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    assert (refused.value.why, refused.value.size) == (Why.ELSEWHERE, SEEN)
    assert _is_cosigned(SEEN, cosign_submission(witness, WITNESS, HONEST.hands_in(SEEN, SEEN)))


def test_of_two_that_are_handed_in_at_once_one_is_cosigned(witness: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is looked at before the other is done: what was seen never goes back."""
    start, told, steps = threading.Barrier(2), dict[int, str](), list[str]()

    def slowly(seen: Seen | None, submitted: Submission) -> Checkpoint:
        steps.append("begun")
        time.sleep(0.1)
        steps.append("done")
        return observe(seen, submitted)

    def hand_in(size: int) -> None:
        start.wait()
        try:
            told[size] = cosign_submission(witness, WITNESS, HONEST.hands_in(0, size))
        except Refused as refused:
            told[size] = refused.why

    monkeypatch.setattr(watching, "observe", slowly)
    both = [threading.Thread(target=hand_in, args=(size,)) for size in (SEEN, SIZE)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    (cosigned,) = (size for size in told if told[size].startswith("— "))
    assert (_seen(witness).size, steps) == (cosigned, ["begun", "done"] * 2)
    assert {told[size] for size in told if size != cosigned} <= {Why.ELSEWHERE, Why.ROLLED_BACK}


def test_its_times_never_go_back(witness: Ledger) -> None:
    cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    witness.clock = lambda: NOON - timedelta(days=1)
    assert _is_cosigned(SIZE, cosign_submission(witness, WITNESS, HONEST.hands_in(SEEN, SIZE)))


def test_what_others_added_to_the_note_is_not_kept(witness: Ledger) -> None:
    handed_in = HONEST.hands_in(0, SEEN)
    cosign_submission(witness, WITNESS, replace(handed_in, note=cosign(handed_in.note, OTHER, NOON)))
    assert len(read_note(_seen(witness).note or "").signatures) == 1


# -- which logs are watched


def test_a_log_is_watched_by_the_key_that_was_trusted_first(witness: Ledger) -> None:
    assert not watch(witness, KEY_TEXT)
    with pytest.raises(BadInput, match="is watched with another key"):
        watch(witness, verifier_key(OTHER_KEY.name, OTHER_KEY.verifier().public_key))
    with pytest.raises(BadInput, match="is a witness's, which cosigns them"):
        watch(witness, verifier_key("a", KEY.verifier().public_key, SignatureType.COSIGNATURE))
    with pytest.raises(BadInput, match="is this ledger itself"):
        watch(witness, verifier_key(witness.origin, KEY.verifier().public_key))
    with pytest.raises(BadInput, match="longer than 200 characters"):
        watch(witness, verifier_key("a" * 201, KEY.verifier().public_key))


def test_what_was_seen_is_in_a_backup(witness: Ledger, place: Place) -> None:
    cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    there = create(place(), "other.example.org", lambda: NOON)
    copy(witness, there)
    assert watched(there) == watched(witness)
    assert _is_cosigned(SIZE, cosign_submission(there, WITNESS, HONEST.hands_in(SEEN, SIZE)))


TOUCHED: dict[str, dict[str, object]] = {
    "no key": {"key": "log.example.org+00000000+AAAA"},
    "another key": {"key": verifier_key(OTHER_KEY.name, OTHER_KEY.verifier().public_key)},
    "the key of another log": {"key": verifier_key("other.example.org", KEY.verifier().public_key)},
    "another size": {"size": 3},
    "another root": {"root": FORKED.root(SEEN)},
    "no note": {"note": None},
    "a note that is none": {"note": "something"},
    "an older note": {"note": HONEST.note(3)},
    "no instant": {"seen": None},
    "an instant that is none": {"seen": "yesterday"},
    "a day without an hour": {"seen": "2026-11-26"},
}


@pytest.mark.parametrize("what", TOUCHED)
def test_what_is_damaged_is_shown_and_nothing_is_cosigned_on_it(witness: Ledger, what: str) -> None:
    cosign_submission(witness, WITNESS, HONEST.hands_in(0, SEEN))
    with witness.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(log.update().values(TOUCHED[what]))
    assert [(found.origin, found.seen) for found in watched(witness)] == [(KEY.name, None)]
    with pytest.raises(BadInput, match=r"what was seen of the log log\.example\.org is damaged") as refused:
        cosign_submission(witness, WITNESS, HONEST.hands_in(SEEN, SIZE))
    assert "\n" not in str(refused.value)
    assert check(witness).touched == ()
