"""The verifier in one file tells whether a log only grew, and whether it was forked; it blames no honest log, and believes no touched file."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from comity.ledger.notes import Checkpoint, SignatureType, Signer, cosign, sign, verifier_key
from comity.ledger.submissions import Submission, write_submission
from comity.ledger.witnessing import fork_file
from oracles import merkle
from tests.ledger.forging_logs import BODY, EMPTY_FORGED, FORKED, HONEST, KEY, OTHER_KEY, REFUSED, SEEN, SIZE, UNREADABLE
from tests.ledger.test_signed_notes import OTHER, WITNESS

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def _key(signer: Signer, kind: SignatureType = SignatureType.COSIGNATURE) -> str:
    return verifier_key(signer.name, signer.verifier().public_key, kind)


ELSEWHERE = sign(Checkpoint("other.example.org", SEEN, FORKED.root(SEEN)), KEY)
LOG, ONE, TWO = _key(KEY, SignatureType.ED25519), _key(WITNESS), _key(OTHER)


def _why(verifier: ModuleType, *given: object) -> str:
    with pytest.raises(verifier.NotProved) as not_proved:
        verifier.consistency(*given)
    return str(not_proved.value)


# -- growth


def test_it_agrees_with_the_definition_on_every_small_log(verifier: ModuleType) -> None:
    data, rng, proved = [b"item %d" % number for number in range(9)], random.Random(1), 0
    for first in range(1, 9):
        for second in range(first, 10):
            proof, one, two = list(HONEST.proof(first, second)), merkle.mth(data[:first]), merkle.mth(data[:second])
            for given in (proof, proof[1:], proof[:-1], [*proof, one], proof[::-1], rng.sample(proof, len(proof))):
                for m, n in ((first, second), (first + 1, second + 1), (first, second + 1)):
                    believed = verifier.roots_from(m, n, one, given) == (one, two)
                    assert believed == merkle.proves_consistency(m, n, one, two, given)
                    proved += believed
    assert proved > 44


def test_a_log_that_grew_is_proved_to_have_grown(verifier: ModuleType) -> None:
    for old, size in ((0, 0), (0, 5), (4, 8), (SEEN, SEEN), (SEEN, SIZE)):
        found = verifier.consistency(HONEST.note(old), write_submission(HONEST.hands_in(old, size)), LOG)
        assert found == {"ledger": KEY.name, "since": old, "items": size, "cosigned": {}}


@pytest.mark.parametrize("defect", REFUSED)
def test_what_a_witness_refuses_is_not_proved(verifier: ModuleType, defect: str) -> None:
    hand_in, _, seen = REFUSED[defect]
    assert _why(verifier, HONEST.note(seen), write_submission(hand_in()), LOG)


@pytest.mark.parametrize("defect", UNREADABLE)
def test_what_can_not_be_read_is_not_proved(verifier: ModuleType, defect: str) -> None:
    assert _why(verifier, HONEST.note(SEEN), UNREADABLE[defect][0], LOG)


def test_it_says_why_it_is_not(verifier: ModuleType) -> None:
    assert "starts from 7 items, the older checkpoint covers 5" in _why(verifier, HONEST.note(5), BODY, LOG)
    assert "do not show that the 12 items go on from the 7" in _why(verifier, FORKED.note(SEEN), BODY, LOG)
    assert "not signed by log.example.org" in _why(verifier, HONEST.note(SEEN), BODY, _key(OTHER_KEY, SignatureType.ED25519))
    assert "covers 3 items, fewer than the 7" in _why(verifier, HONEST.note(SEEN), f"old 7\n\n{HONEST.note(3)}", LOG)
    assert "is a log's; give a witness's" in _why(verifier, HONEST.note(SEEN), BODY, LOG, [LOG])
    assert "is a witness's; give a log's" in _why(verifier, HONEST.note(SEEN), BODY, ONE)
    assert "at most 63 hashes" in _why(verifier, HONEST.note(SEEN), UNREADABLE["64 hashes"][0], LOG)
    assert "is about 'other.example.org', not about log.example.org" in _why(verifier, HONEST.note(SEEN), f"old 7\n\n{ELSEWHERE}", LOG)
    assert "such a log cannot have" in _why(verifier, EMPTY_FORGED, BODY, LOG)


def test_no_proof_of_growth_that_was_touched_is_believed(verifier: ModuleType) -> None:
    rng, old, believed = random.Random(3), HONEST.note(SEEN), []
    for at in range(0, len(BODY), 2):
        touched = BODY[:at] + rng.choice([c for c in "Aa0+/=\n x" if c != BODY[at]]) + BODY[at + 1 :]
        try:
            verifier.consistency(old, touched, LOG)
        except verifier.NotProved:
            continue
        believed.append((at, touched[at]))
    assert believed == []


# -- witnesses


def _cosigned(*signers: Signer) -> str:
    note = HONEST.note(SIZE)
    for number, signer in enumerate(signers):
        note = cosign(note, signer, AT + timedelta(seconds=number))
    return write_submission(Submission(SEEN, HONEST.proof(SEEN, SIZE), note))


def test_all_witnesses_must_have_cosigned_or_a_quorum_of_them(verifier: ModuleType) -> None:
    old, by_one, by_both = HONEST.note(SEEN), _cosigned(WITNESS), _cosigned(WITNESS, OTHER)
    for body, quorum, count in ((by_both, None, 2), (by_both, 1, 2), (by_one, 1, 1)):
        assert len(verifier.consistency(old, body, LOG, [ONE, TWO], quorum)["cosigned"]) == count
    assert "not cosigned by witness.example/w2" in _why(verifier, old, by_one, LOG, [ONE, TWO])
    assert "by 1 of the 2 witnesses; 2 are asked for" in _why(verifier, old, by_one, LOG, [ONE, TWO], 2)
    assert "by 1 of the 1 witnesses; 2 are asked for" in _why(verifier, old, by_one, LOG, [ONE, ONE], 2), "a witness counts once"
    assert "by 0 of the 0 witnesses" in _why(verifier, old, by_both, LOG, [], 1)


def test_a_witness_is_told_with_its_latest_time(verifier: ModuleType) -> None:
    found = verifier.consistency(HONEST.note(SEEN), _cosigned(OTHER, WITNESS, OTHER), LOG, [TWO])["cosigned"]
    assert found == {"+".join(TWO.split("+", 2)[:2]): int(AT.timestamp()) + 2}


def test_a_cosignature_that_is_wrong_spoils_the_note(verifier: ModuleType) -> None:
    line = cosign(HONEST.note(SEEN), WITNESS, AT).splitlines()[-1]
    assert "signature of witness.example/w1 on the checkpoint is wrong" in _why(
        verifier, HONEST.note(SEEN), f"{_cosigned(OTHER)}{line}\n", LOG, [ONE, TWO], 1
    )
    assert len(verifier.consistency(HONEST.note(SEEN), f"{_cosigned(OTHER)}{line}\n", LOG, [TWO])["cosigned"]) == 1, (
        "who is not asked is not looked at"
    )


# -- forks


@pytest.mark.parametrize(("seen", "size"), [(SEEN, SEEN), (8, 8), (SEEN, SIZE), (6, 7), (9, SIZE)])
def test_two_histories_are_proved(verifier: ModuleType, seen: int, size: int) -> None:
    evidence = fork_file(HONEST.seen(seen), FORKED.hands_in(seen, size))
    assert verifier.fork(evidence, LOG) == {"ledger": KEY.name, "since": seen, "items": size}


def test_no_honest_log_is_blamed(verifier: ModuleType) -> None:
    """Whatever its checkpoints are put together with: proofs for other sizes, cut, turned round, of another history."""
    rng = random.Random(5)
    for _ in range(80):
        seen, size = sorted(rng.choices(range(1, SIZE + 1), k=2))
        old, upto = sorted(rng.choices(range(SIZE + 1), k=2))
        proof = [*rng.choice((HONEST, FORKED)).proof(*rng.choice(((seen, size), (old, upto))))]
        proof = rng.choice((proof, proof[1:], proof[:-1], proof[::-1], [*proof, HONEST.leaves[0]]))
        with pytest.raises(verifier.NotProved):
            verifier.fork(fork_file(HONEST.seen(seen), Submission(0, tuple(proof), HONEST.note(size))), LOG)


def test_two_notes_that_may_both_be_true_prove_nothing(verifier: ModuleType) -> None:
    for seen, handed_in in (
        (4, HONEST.forked(3).hands_in(4, SIZE)),  # the root of 4 items is not in the proof
        (SEEN, Submission(SEEN, HONEST.proof(SEEN, SIZE), FORKED.note(SIZE))),
        (3, FORKED.hands_in(3, SIZE)),
        (SEEN, Submission(SEEN, (), ELSEWHERE)),  # the same key, for another log
    ):
        with pytest.raises(verifier.NotProved):
            verifier.fork(fork_file(HONEST.seen(seen), handed_in), LOG)
    with pytest.raises(verifier.NotProved, match="covers nothing, or more than the second: both may be true"):
        verifier.fork(f"comity fork 1\n\n{HONEST.note(SEEN)}\nold 5\n\n{HONEST.note(5)}", LOG)


def test_no_evidence_that_was_touched_or_that_another_key_signed_is_believed(verifier: ModuleType) -> None:
    evidence, rng, believed = fork_file(HONEST.seen(SEEN), FORKED.hands_in(SEEN, SIZE)), random.Random(4), []
    for at in range(0, len(evidence), 5):
        touched = evidence[:at] + rng.choice([c for c in "Aa+/=\n x" if c != evidence[at]]) + evidence[at + 1 :]
        try:
            verifier.fork(touched, LOG)
        except verifier.NotProved:
            continue
        believed.append((at, touched[at]))
    assert believed == []
    for wrong in (_key(OTHER_KEY, SignatureType.ED25519), ONE):
        with pytest.raises(verifier.NotProved):
            verifier.fork(evidence, wrong)
    for wrong in ("", "comity fork 1\n\n", HONEST.note(3), BODY):
        with pytest.raises(verifier.NotProved):
            verifier.fork(wrong, LOG)
