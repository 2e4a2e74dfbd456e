"""Any leaves of a log are proved together by the fewest hashes, and the verifier works out the root from nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import ModuleType

import pytest

from comity.ledger.tree import EMPTY_ROOT, Frontier, inclusion, inclusion_of_several, leaf_hash, subtrees_of
from comity.terms import BadInput

LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]


def root(size: int) -> bytes:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier = frontier.append(leaf)
    return frontier.root()


def test_any_leaves_lead_to_the_root_and_no_others_do(checker: ModuleType) -> None:
    rng = random.Random(1)
    for size in [*range(1, 34), 63, 64, 65, 255, 256, 257, 300]:
        of, whole = subtrees_of(LEAVES[:size]), root(size)
        for count in {0, 1, 2, size // 3, size - 1, size}:
            wanted = sorted(rng.sample(range(size), min(count, size)))
            proof = inclusion_of_several(wanted, size, of)
            known = [(index, LEAVES[index]) for index in wanted]
            assert checker.root_of(known, size, proof) == whole, (size, wanted)
            for wrong in _changed(known, proof, rng):
                assert checker.root_of(wrong[0], size, wrong[1]) != whole, (size, wanted)


def _changed(known: list[tuple[int, bytes]], proof: list[bytes], rng: random.Random) -> Iterator[tuple[list[tuple[int, bytes]], list[bytes]]]:
    other = b"\x07" * 32
    if proof:
        at = rng.randrange(len(proof))
        yield known, [*proof[:at], other, *proof[at + 1 :]]
        yield known, proof[:-1]
    yield known, [*proof, other]
    if known:
        at = rng.randrange(len(known))
        yield [*known[:at], (known[at][0], other), *known[at + 1 :]], proof
        yield [*known[:at], *known[at + 1 :]], proof


def test_one_leaf_needs_the_hashes_that_a_proof_of_one_has() -> None:
    for size in (1, 2, 7, 64, 100):
        of = subtrees_of(LEAVES[:size])
        for index in range(size):
            assert sorted(inclusion_of_several([index], size, of)) == sorted(inclusion(index, size, of))


def test_all_leaves_need_no_hash_and_none_needs_the_root() -> None:
    of = subtrees_of(LEAVES[:100])
    assert inclusion_of_several(range(100), 100, of) == []
    assert inclusion_of_several([], 100, of) == [root(100)]
    assert (inclusion_of_several([], 0, of), EMPTY_ROOT) == ([], root(0))


@pytest.mark.parametrize("wanted", [[1, 0], [0, 0], [-1], [5]])
def test_leaves_that_are_not_there_or_not_in_order_are_refused(wanted: list[int]) -> None:
    with pytest.raises(BadInput, match="give leaves of a log of 5 leaves in rising order"):
        inclusion_of_several(wanted, 5, subtrees_of(LEAVES[:5]))
