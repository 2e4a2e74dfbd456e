"""What witnesses send back is verified and kept with the checkpoint that it is about; proofs carry it from then on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
import sqlalchemy as sa

from comity.ledger import Ledger, Signer, add_cosignature, check, create, inclusion_file, latest_checkpoint, make_checkpoint, new_signer
from comity.ledger.notes import SignatureType, cosignature, read_checkpoint, read_note, verifier_key
from comity.ledger.schema import checkpoint
from comity.ledger.submissions import growth_file, read_submission
from comity.ledger.tree import Frontier, leaf_hash
from comity.ledger.witnessing import Seen, observe
from comity.terms import BadInput, NotOnRecord
from tests.ledger.conftest import ORIGIN, Place
from tests.ledger.test_a_ledger_holds_a_book import item
from tests.ledger.test_signed_notes import OTHER, WITNESS

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
BY, BY_OTHER = (signer.verifier(SignatureType.COSIGNATURE) for signer in (WITNESS, OTHER))
KEY = new_signer(ORIGIN)


@pytest.fixture
def signed(place: Place) -> Iterator[Ledger]:
    """A ledger with checkpoints at 5 and at 20 items, and a few items more."""
    made = create(place(), ORIGIN, lambda: AT)
    for upto in (5, 20, 24):
        made.append([item(number) for number in range(made.head().size, upto)])
        if upto <= 20:
            make_checkpoint(made, KEY)
    yield made
    made.close()


def _notes(ledger: Ledger) -> dict[int, str]:
    with ledger.engine.connect() as connection:
        return {row.size: row.note for row in connection.execute(sa.select(checkpoint))}


def _line(note: str, signer: Signer = WITNESS, seconds: int = 0) -> str:
    return cosignature(read_note(note).text, signer, AT + timedelta(seconds=seconds))


def test_a_proof_carries_the_cosignatures_of_its_checkpoint(signed: Ledger, verifier: ModuleType) -> None:
    for signer, by in ((WITNESS, BY), (OTHER, BY_OTHER)):
        assert add_cosignature(signed, _line(latest_checkpoint(signed)[1], signer), by) == (20, AT)
    act = signed.leaves(7, 8)[0].act
    assert act is not None
    log, *witnesses = (verifier_key(by.name, by.public_key, by.type) for by in (KEY.verifier(), BY, BY_OTHER))
    found = verifier.inclusion(inclusion_file(signed, act), log, witnesses, 2)
    assert (found["act"], set(found["cosigned"].values())) == (act, {int(AT.timestamp())})
    assert check(signed).touched == ()


def test_a_cosignature_of_an_earlier_checkpoint_goes_where_it_belongs(signed: Ledger) -> None:
    before = _notes(signed)
    assert add_cosignature(signed, _line(before[5]), BY) == (5, AT)
    assert _notes(signed) == {5: before[5] + _line(before[5]), 20: before[20]}


def test_of_two_of_one_witness_the_later_is_kept(signed: Ledger) -> None:
    note = _notes(signed)[20]
    for seconds in (10, 20, 5):
        add_cosignature(signed, _line(note, WITNESS, seconds), BY)
        add_cosignature(signed, _line(note, OTHER, seconds), BY_OTHER)
    assert sorted(_notes(signed)[20].removeprefix(note).splitlines()) == sorted((_line(note, WITNESS, 20) + _line(note, OTHER, 20)).splitlines())


def test_lines_of_others_are_left_out(signed: Ledger) -> None:
    note = _notes(signed)[20]
    add_cosignature(signed, _line(note, OTHER) + _line(note), BY)
    assert _notes(signed)[20] == note + _line(note)


def test_what_is_no_cosignature_of_this_ledgers_is_refused(signed: Ledger) -> None:
    note = _notes(signed)[20]
    elsewhere = _line(note.replace(ORIGIN, "other.example.org", 1))
    for lines, says in (
        (elsewhere, "cosigned no checkpoint that the ledger"),
        (_line(note, OTHER), "none of the 1 signatures is of witness.example/w1"),
        (note.rpartition("\n\n")[2], "none of the 1 signatures is of"),
        ("", "signature lines, each with a line end"),
        ("something\n", "a signature line is a dash"),
    ):
        with pytest.raises(BadInput, match=says) as refused:
            add_cosignature(signed, lines, BY)
        assert "\n" not in str(refused.value)
    assert _notes(signed)[20] == note


def test_a_checkpoint_that_can_not_be_read_is_passed_over(signed: Ledger) -> None:
    note = _notes(signed)[5]
    with signed.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(checkpoint.update().where(checkpoint.c.size == 20).values(note="none"))
    assert add_cosignature(signed, _line(note), BY) == (5, AT)


# -- what is handed to a witness


def test_what_is_handed_in_shows_that_the_log_only_grew(signed: Ledger) -> None:
    leaves = [leaf_hash(found.to_bytes()) for found in signed.leaves(0, 20)]
    frontier, note = Frontier(), _notes(signed)[20]
    for size in range(21):
        if size in (0, 1, 5, 8, 15, 16, 17, 20):
            body = growth_file(signed, size, frontier.root())
            seen = Seen(KEY.verifier(), size, frontier.root(), note, "2026-11-26T12:00:00.000000Z") if size else Seen(KEY.verifier())
            assert body.endswith(note)
            assert observe(seen, read_submission(body)) == read_checkpoint(read_note(note).text)
        frontier = frontier.append(leaves[size]) if size < 20 else frontier


def test_growth_from_what_the_log_never_was_is_refused(signed: Ledger, place: Place) -> None:
    with pytest.raises(BadInput, match="had another root at 7 items than that note says"):
        growth_file(signed, 7, Frontier().root())
    with pytest.raises(BadInput, match="covers 20 items, fewer than 21: make a new one, or find out what was lost"):
        growth_file(signed, 21)
    with pytest.raises(NotOnRecord, match="has no checkpoint yet"):
        growth_file(create(place(), ORIGIN, lambda: AT), 0)
