"""The tree of a log beside its slow reading: roots, proofs, and what is believed, for every size up to some."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from typing import Any

from comity.ledger.tree import (
    Frontier,
    consistency,
    denies,
    extends,
    includes,
    inclusion,
    inclusion_of_several,
    leaf_hash,
    node_hash,
    subtrees_of,
)
from comity.terms import BadInput
from oracles import merkle

MOST = 20
DATA = [f"act {i}".encode() for i in range(MOST)]
LEAVES = [leaf_hash(data) for data in DATA]


def agree() -> bool:
    """Does the tree say what the definitions say, of everything in small logs?"""
    return _roots() and _inclusion() and _several() and _consistency() and _other_beginnings() and _no_hashes()


@functools.cache
def _root(size: int) -> bytes:
    return merkle.mth(DATA[:size])


def _roots() -> bool:
    frontier = Frontier()
    for size in range(MOST + 1):
        again = Frontier.from_bytes(size, frontier.to_bytes())
        if frontier.root() != _root(size) or again != frontier:
            return False
        frontier = frontier.append(LEAVES[size]) if size < MOST else frontier
    return node_hash(LEAVES[0], LEAVES[1]) == _root(2)


def _inclusion() -> bool:
    of, rng = subtrees_of(LEAVES), random.Random(1)
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = inclusion(index, size, of)
            if proof != merkle.path(index, DATA[:size]):
                return False
            for given in (proof, *_spoilt(proof, rng)):
                for where, of_size in ((index, size), (index + 1, size), (index, size + 1), (size, size), (index, max(size - 1, 0)), (-1, size)):
                    believed = merkle.proves_inclusion(LEAVES[index], where, of_size, given, _root(size))
                    if includes(LEAVES[index], where, of_size, given, _root(size)) != believed:
                        return False
    return True


def _several() -> bool:
    """Any few leaves together; and those that are not there, not in order, or there twice, are refused."""
    of, rng = subtrees_of(LEAVES), random.Random(4)
    for size in range(MOST + 1):
        for count in range(size + 1):
            wanted = sorted(rng.sample(range(size), count))
            if inclusion_of_several(wanted, size, of) != merkle.paths(wanted, DATA[:size]):
                return False
    return all(_is_refused(functools.partial(inclusion_of_several, wrong, 5, of)) for wrong in ([5], [-1], [2, 1], [1, 1], [0, 2, 5]))


def _is_refused(misuse: Callable[[], object]) -> bool:
    try:
        misuse()
    except BadInput:
        return True
    return False


def _consistency() -> bool:
    of, rng = subtrees_of(LEAVES), random.Random(2)
    for second in range(MOST + 1):
        for first in range(second + 1):
            proof = consistency(first, second, of)
            if proof != (merkle.proof(first, DATA[:second]) if 0 < first < second else []):
                return False
            for given in (proof, *_spoilt(proof, rng)):
                for one, other in ((first, second), (first + 1, second), (first, second + 1), (second, first), (-1, second)):
                    believed = merkle.proves_consistency(one, other, _root(first), _root(second), given)
                    if extends(one, other, _root(first), _root(second), given) != believed:
                        return False
    return True


def _other_beginnings() -> bool:
    """Of two histories that part somewhere: what the proofs of either, and what is none, say of a root of the other."""
    rng = random.Random(3)
    for at in (0, 2, 5, 11):
        others = LEAVES[:at] + [leaf_hash(data + b" again") for data in DATA[at:]]
        of = subtrees_of(others)
        for second in range(MOST + 1):
            root = _root_over(others[:second])
            for first in range(second + 1):
                proof = consistency(first, second, of)
                for given in (proof, *_spoilt(proof, rng)):
                    for one, other in ((first, second), (first + 1, second), (first, second + 1), (second, first)):
                        believed = merkle.proves_another_beginning(one, other, _root(first), root, given)
                        if denies(one, other, _root(first), root, given) != believed:
                            return False
    return True


def _root_over(leaves: list[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier.root()


def _spoilt(proof: list[bytes], rng: random.Random) -> list[list[bytes]]:
    flipped = [bytes([p[0] ^ 1]) + p[1:] if i == rng.randrange(len(proof)) else p for i, p in enumerate(proof)]
    short = [p[:-1] for p in proof]
    return [flipped, [*proof, LEAVES[0]], proof[:-1], proof[::-1], proof[1:], short]


def _no_hashes() -> bool:
    """What is no hash, in any place, is not believed; nor is another root of the log without leaves."""
    of, short = subtrees_of(LEAVES), LEAVES[0][:-1]
    proof = inclusion(2, 5, of)
    for leaf, root in ((short, _root(5)), (LEAVES[2], _root(5)[:-1])):
        if includes(leaf, 2, 5, proof, root) != merkle.proves_inclusion(leaf, 2, 5, proof, root):
            return False
    if denies(3, 3, LEAVES[5], short, []) or denies(3, 3, LEAVES[5], _root(3), [short]):
        return False
    for first, second in ((0, 0), (0, 3), (3, 3), (1, 1)):
        for one, other in ((_root(first), _root(second)), (LEAVES[5], _root(second)), (LEAVES[5], LEAVES[5]), (short, short)):
            if extends(first, second, one, other, []) != merkle.proves_consistency(first, second, one, other, []):
                return False
    return True


def refuses() -> bool:
    """Is misuse refused: a frontier that does not fit, a subtree that is not complete; and does what is no bytes at all prove nothing?"""
    text: Any = "a text of thirty-two characters"
    of = subtrees_of(LEAVES[:5])
    misuses: tuple[Callable[[], object], ...] = (
        lambda: Frontier.from_bytes(-1, b""),
        lambda: Frontier.from_bytes(3, LEAVES[0]),
        lambda: of(0, 5),
        lambda: of(2, 1),
        lambda: of(-1, 0),
        lambda: of(0, -1),
    )
    if not all(map(_is_refused, misuses)):
        return False
    proof = [*inclusion(2, 5, of)[:-1], text]
    return of(0, 4) == LEAVES[4] and not includes(LEAVES[2], 2, 5, proof, _root(5)) and not extends(2, 5, _root(2), _root(5), [text, LEAVES[0]])
