"""The Merkle tree of a log is that of RFC 9162, and what is not a proof proves nothing."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger.tree import (
    EMPTY_ROOT,
    HASH_BYTES,
    Frontier,
    Subtree,
    consistency,
    denies,
    extends,
    includes,
    inclusion,
    leaf_hash,
    node_hash,
    subtrees_of,
)
from comity.terms import BadInput
from oracles import merkle

MOST = 70
DATA = [f"act {i}".encode() for i in range(MOST)]
LEAVES = [leaf_hash(data) for data in DATA]
OF = subtrees_of(LEAVES)
Prover = Callable[[int, int, Subtree], list[bytes]]

# The leaves, roots and proofs that the reference implementation of Certificate Transparency tests itself with.
CT_DATA = [bytes.fromhex(d) for d in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_PROOFS: dict[tuple[Prover, int, int], str] = {
    (inclusion, 0, 8): """
        96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4""",
    (inclusion, 5, 8): """
        bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b
        ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0
        d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7""",
    (inclusion, 2, 3): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (consistency, 1, 1): "",
    (consistency, 1, 8): """
        96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4""",
    (consistency, 6, 8): """
        0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a
        ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0
        d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7""",
    (consistency, 2, 5): """
        5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e
        bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b""",
}


@functools.cache
def slow_root(size: int) -> bytes:
    return merkle.mth(DATA[:size])


def grown(leaves: list[bytes]) -> Frontier:
    return functools.reduce(Frontier.append, leaves, Frontier())


def flips(value: bytes) -> Iterator[bytes]:
    """The value with one bit changed, every bit in turn."""
    number = int.from_bytes(value, "big")
    return ((number ^ 1 << bit).to_bytes(len(value), "big") for bit in range(8 * len(value)))


def spoilt(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof cut short at either end, made longer at either end, doubled, in another order."""
    yield [*proof, LEAVES[0]]
    yield [LEAVES[0], *proof]
    if proof:
        yield proof[:-1]
        yield proof[1:]
        yield [*proof, proof[-1]]
        yield [proof[0], *proof]
    if len(proof) > 1:
        yield proof[::-1]


# --- roots


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert sha256(b"").digest() == EMPTY_ROOT == Frontier().root() == merkle.mth([])


def test_a_leaf_and_a_node_are_never_hashed_alike() -> None:
    assert leaf_hash(b"x") == sha256(b"\0x").digest()
    assert node_hash(LEAVES[0], LEAVES[1]) == sha256(b"\1" + LEAVES[0] + LEAVES[1]).digest() != leaf_hash(LEAVES[0] + LEAVES[1])


@pytest.mark.parametrize("size", range(9))
def test_the_roots_of_certificate_transparency(size: int) -> None:
    assert grown([leaf_hash(data) for data in CT_DATA[:size]]).root().hex() == CT_ROOTS[size] == merkle.mth(CT_DATA[:size]).hex()


@pytest.mark.parametrize("case", CT_PROOFS, ids=lambda case: f"{case[0].__name__} {case[1]} {case[2]}")
def test_the_proofs_of_certificate_transparency(case: tuple[Prover, int, int]) -> None:
    kind, one, size = case
    leaves = [leaf_hash(data) for data in CT_DATA]
    proof = [bytes.fromhex(found) for found in CT_PROOFS[case].split()]
    roots = [bytes.fromhex(found) for found in CT_ROOTS]
    if kind is inclusion:
        assert inclusion(one, size, subtrees_of(leaves)) == proof == merkle.path(one, CT_DATA[:size])
        assert includes(leaves[one], one, size, proof, roots[size])
    else:
        assert consistency(one, size, subtrees_of(leaves)) == proof == merkle.proof(one, CT_DATA[:size])
        assert extends(one, size, roots[one], roots[size], proof)


@pytest.mark.parametrize("size", range(MOST + 1))
def test_a_log_that_grew_leaf_by_leaf_has_the_root_of_all_its_leaves(size: int) -> None:
    frontier = grown(LEAVES[:size])
    assert frontier.size == size
    assert frontier.root() == slow_root(size)
    assert frontier == Frontier.from_bytes(size, frontier.to_bytes())
    assert len(frontier.to_bytes()) == HASH_BYTES * len(frontier.peaks) == HASH_BYTES * size.bit_count()


def test_the_peaks_are_the_complete_subtrees_from_the_largest_to_the_smallest() -> None:
    assert grown(LEAVES[:7]).peaks == (merkle.mth(DATA[:4]), merkle.mth(DATA[4:6]), LEAVES[6])


@pytest.mark.parametrize(("size", "length"), [(-1, 0), (0, 32), (1, 0), (3, 32), (3, 65), (4, 64), (7, 95)])
def test_bytes_that_do_not_fit_the_size_are_no_frontier(size: int, length: int) -> None:
    with pytest.raises(BadInput, match=f"{length} bytes are not the frontier of a log of {size} leaves"):
        Frontier.from_bytes(size, bytes(length))


@pytest.mark.parametrize("leaf", [b"", b"data", bytes(31), bytes(33), "a" * 32])
def test_data_is_not_appended_where_a_leaf_hash_is_wanted(leaf: bytes) -> None:
    with pytest.raises(BadInput, match="leaf hash of 32 bytes"):
        Frontier().append(leaf)


# --- proofs are those of the definition, and prove


@pytest.mark.parametrize("size", range(MOST + 1))
def test_every_leaf_has_the_inclusion_proof_of_the_definition_and_no_other_place(size: int) -> None:
    root = slow_root(size)
    for index in range(size):
        proof = inclusion(index, size, OF)
        assert proof == merkle.path(index, DATA[:size])
        assert [other for other in range(-2, size + 3) if includes(LEAVES[index], other, size, proof, root)] == [index]


@pytest.mark.parametrize("second", range(MOST + 1))
def test_every_beginning_has_the_consistency_proof_of_the_definition(second: int) -> None:
    for first in range(1, second + 1):
        proof = consistency(first, second, OF)
        assert proof == merkle.proof(first, DATA[:second])
        assert extends(first, second, slow_root(first), slow_root(second), proof)
        assert not extends(first, second, slow_root(first - 1), slow_root(second), proof)
        assert not extends(first, second, slow_root(first), slow_root(second - 1), proof)
    assert consistency(0, second, OF) == []
    assert extends(0, second, EMPTY_ROOT, slow_root(second), [])


def test_of_the_subtrees_only_those_are_asked_for_that_are_complete() -> None:
    for size in range(MOST + 1):
        of = subtrees_of(LEAVES[:size])
        for index in range(size):
            assert inclusion(index, size, of) == inclusion(index, size, OF)
        for first in range(size + 1):
            assert consistency(first, size, of) == consistency(first, size, OF)


@pytest.mark.parametrize(("level", "index"), [(-1, 0), (0, -1), (0, 5), (1, 2), (2, 1), (3, 0)])
def test_a_subtree_that_is_not_complete_has_no_hash(level: int, index: int) -> None:
    with pytest.raises(BadInput, match=f"no complete subtree {index} of level {level} over 5 leaves"):
        subtrees_of(LEAVES[:5])(level, index)


def test_subtrees_are_those_of_the_definition() -> None:
    for level, index in ((0, 0), (0, 4), (1, 1), (2, 0)):
        assert subtrees_of(LEAVES[:5])(level, index) == merkle.mth(DATA[index << level : (index + 1) << level])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (4, 3), (0, -1)])
def test_a_leaf_that_is_not_there_has_no_inclusion_proof(index: int, size: int) -> None:
    with pytest.raises(BadInput, match=f"no leaf {index} in a log of {size} leaves"):
        inclusion(index, size, OF)
    assert not includes(LEAVES[0], index, size, [], LEAVES[0])


@pytest.mark.parametrize(("first", "second"), [(-1, 3), (4, 3), (-2, -1), (1, 0)])
def test_a_log_never_begins_with_a_longer_one(first: int, second: int) -> None:
    with pytest.raises(BadInput, match=f"log of {first} leaves is not the beginning of a log of {second}"):
        consistency(first, second, OF)
    assert not extends(first, second, EMPTY_ROOT, EMPTY_ROOT, [])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5_000), st.data())
def test_large_logs_too_have_the_proofs_of_the_definition(size: int, draw: st.DataObject) -> None:
    index, first = draw.draw(st.integers(0, size - 1)), draw.draw(st.integers(1, size))
    data = [number.to_bytes(3, "big") for number in range(size)]
    leaves = [leaf_hash(d) for d in data]
    of, begun, root = subtrees_of(leaves), grown(leaves[:first]), merkle.mth(data)
    whole = functools.reduce(Frontier.append, leaves[first:], Frontier.from_bytes(first, begun.to_bytes()))
    assert whole.root() == root
    assert inclusion(index, size, of) == merkle.path(index, data)
    assert consistency(first, size, of) == merkle.proof(first, data)
    assert includes(leaves[index], index, size, inclusion(index, size, of), root)
    assert extends(first, size, begun.root(), root, consistency(first, size, of))


# --- what is not a proof


def test_no_bit_of_an_inclusion_proof_can_be_changed() -> None:
    for size in (*range(1, 18), 32, 70):
        for index in {*range(min(size, 9)), size - 2, size - 1} & {*range(size)}:
            leaf, proof, root = LEAVES[index], inclusion(index, size, OF), slow_root(size)
            assert not any(includes(wrong, index, size, proof, root) for wrong in flips(leaf))
            assert not any(includes(leaf, index, size, proof, wrong) for wrong in flips(root))
            for at, right in enumerate(proof):
                assert not any(includes(leaf, index, size, [*proof[:at], wrong, *proof[at + 1 :]], root) for wrong in flips(right))


def test_no_bit_of_a_consistency_proof_can_be_changed() -> None:
    for first, second in [*itertools.combinations_with_replacement(range(1, 18), 2), (13, 32), (6, 70), (32, 64), (63, 70), (64, 70)]:
        proof, one, two = consistency(first, second, OF), slow_root(first), slow_root(second)
        assert not any(extends(first, second, wrong, two, proof) for wrong in flips(one))
        assert not any(extends(first, second, one, wrong, proof) for wrong in flips(two))
        for at, right in enumerate(proof):
            assert not any(extends(first, second, one, two, [*proof[:at], wrong, *proof[at + 1 :]]) for wrong in flips(right))


def test_no_proof_can_be_cut_or_made_longer() -> None:
    for size in range(1, 40):
        for index in range(size):
            for proof in spoilt(inclusion(index, size, OF)):
                assert not includes(LEAVES[index], index, size, proof, slow_root(size))
        for first in range(size + 1):
            for proof in spoilt(consistency(first, size, OF)):
                assert not extends(first, size, slow_root(first), slow_root(size), proof)


def test_of_the_empty_log_there_is_one_root_and_nothing_to_prove() -> None:
    assert extends(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not extends(0, 0, LEAVES[0], LEAVES[0], [])
    assert not extends(0, 3, LEAVES[0], slow_root(3), [])
    assert not extends(0, 3, EMPTY_ROOT, slow_root(3), [LEAVES[0]])
    assert not extends(3, 3, slow_root(3), slow_root(3), [LEAVES[0]])


def test_a_proof_given_for_other_numbers_proves_what_the_definition_says_and_no_more() -> None:
    """Some proofs fit another size as well (leaf 0 of 3 leaves is proved as leaf 0 of 4); whatever fits, fits by the definition too."""
    fitted = 0
    for size, index in ((s, i) for s in range(1, 14) for i in range(s)):
        proof, root = inclusion(index, size, OF), slow_root(size)
        for other, place in itertools.product(range(-1, 18), range(-1, 18)):
            found = includes(LEAVES[index], place, other, proof, root)
            assert found == merkle.proves_inclusion(LEAVES[index], place, other, proof, root)
            fitted += found
    for first, second in itertools.combinations_with_replacement(range(12), 2):
        proof, one, two = consistency(first, second, OF), slow_root(first), slow_root(second)
        for m, n in itertools.product(range(-1, 15), range(-1, 15)):
            found = extends(m, n, one, two, proof)
            assert found == merkle.proves_consistency(m, n, one, two, proof), (first, second, m, n)
            fitted += found
    assert fitted > 91 + 78, "there are proofs that fit more than one size"


def test_any_few_hashes_prove_what_the_definition_says() -> None:
    """Proofs put together from the hashes that belong to a small log, in any way."""
    rng = random.Random(9162)
    fitted = 0
    for _ in range(50_000):
        size = rng.randrange(9)
        near = [OF(0, i) for i in range(size)] + [OF(1, i) for i in range(size // 2)] + [slow_root(size), EMPTY_ROOT]
        proof = rng.choices(near, k=rng.randrange(4))
        m, n, one, two = rng.randrange(-1, 9), rng.randrange(-1, 9), rng.choice(near), rng.choice(near)
        assert includes(one, m, n, proof, two) == merkle.proves_inclusion(one, m, n, proof, two)
        found = extends(m, n, one, two, proof)
        assert found == merkle.proves_consistency(m, n, one, two, proof)
        assert denies(m, n, one, two, proof) == merkle.proves_another_beginning(m, n, one, two, proof)
        fitted += found
    assert fitted


def test_another_beginning_is_proved_by_its_own_log_and_never_of_an_honest_one() -> None:
    """Where the shorter log is a complete subtree, its root is not in the proof, and nothing is shown."""
    others = [*LEAVES[:3], *map(leaf_hash, LEAVES[3:])]
    of, rng = subtrees_of(others), random.Random(2026)
    for first, second in itertools.combinations_with_replacement(range(1, 24), 2):
        one, two, root = slow_root(first), slow_root(second), functools.reduce(Frontier.append, others[:second], Frontier()).root()
        proof = consistency(first, second, of)
        parts = first > 3 and (first == second or first.bit_count() > 1)
        assert denies(first, second, one, root, proof) == parts, (first, second)
        honest = consistency(first, second, OF)
        for given_ in (honest, proof, rng.sample(honest, len(honest)), *spoilt(honest)):
            assert not denies(first, second, one, two, given_)


@pytest.mark.parametrize("wrong", [b"", bytes(31), bytes(33), "a" * 32, None, 7, bytearray(32)])
def test_what_is_not_a_hash_proves_nothing_and_breaks_nothing(wrong: bytes) -> None:
    proof, one, two = inclusion(2, 5, OF), slow_root(3), slow_root(5)
    for at in range(len(proof)):
        spoiled = [*proof[:at], wrong, *proof[at + 1 :]]
        assert not includes(LEAVES[2], 2, 5, spoiled, two)
        assert not extends(3, 5, one, two, spoiled)
        assert not denies(3, 5, two, two, spoiled)
    assert not denies(1, 1, LEAVES[0], wrong, [])
    assert not includes(wrong, 0, 1, [], wrong)
    assert not extends(1, 1, wrong, wrong, [])
    assert not extends(3, 5, one, wrong, consistency(3, 5, OF))


def test_a_hash_that_reaches_into_its_neighbour_is_refused() -> None:
    """The bytes hashed are the same if only the border between left and right moves; no proof of up to two such hashes gets through."""
    left, right = LEAVES[0] + LEAVES[1][:1], LEAVES[1][1:]
    assert node_hash(left, right) == slow_root(2)
    near, proved = [LEAVES[0], LEAVES[1], LEAVES[2], slow_root(2), slow_root(3), left, right], set()
    for one, two, length in itertools.product(near, near, range(3)):
        for hashes, (m, n) in itertools.product(itertools.product(near, repeat=length), itertools.product(range(4), repeat=2)):
            proof = list(hashes)
            found = includes(one, m, n, proof, two), extends(m, n, one, two, proof)
            assert found == (merkle.proves_inclusion(one, m, n, proof, two), merkle.proves_consistency(m, n, one, two, proof))
            proved |= {one, two, *proof} if any(found) else set()
    assert proved == set(near) - {left, right}
