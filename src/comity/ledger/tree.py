"""Which root do so many leaves have, is a leaf among them, and is a shorter log the beginning of a longer one?

Source: RFC 9162, 2.1 (the same tree as RFC 6962, 2.1), with SHA-256. A tree over the leaves D[0], D[1], ... is cut at the largest power
of two that is smaller than its size, so that it is made of complete subtrees; a complete subtree of 2**level leaves is named by its level and its
index, and holds the leaves from index * 2**level on. Its hash never changes once its last leaf is there.

Verification is cheap and never raises: what is not a proof does not prove.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from comity.terms import BadInput

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a log without leaves."""
Subtree = Callable[[int, int], bytes]
"""(level, index) to the hash of that complete subtree; only subtrees that lie wholly in the log are asked for."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf. Source: RFC 9162, 2.1.1."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two hashes. Source: RFC 9162, 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


class Frontier(NamedTuple):
    """All that is needed of a log to go on with it: its size and the hashes of its largest complete subtrees, from the largest to the smallest."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Frontier:
        """The log with one more leaf, given by its leaf hash; on average one hash is computed. Source: RFC 9162, 2.1.2."""
        if not _is_hash(leaf):
            raise BadInput(f"a leaf is appended by its leaf hash of {HASH_BYTES} bytes, not by its data")
        below, peaks, joined = self.size, list(self.peaks), leaf
        while below & 1:
            joined = node_hash(peaks.pop(), joined)
            below >>= 1
        return Frontier(self.size + 1, (*peaks, joined))

    def root(self) -> bytes:
        """The root hash of the log."""
        return _joined(self.peaks) if self.peaks else EMPTY_ROOT

    def to_bytes(self) -> bytes:
        """The peaks one after another, 32 bytes each."""
        return b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, size: int, data: bytes) -> Frontier:
        """The frontier of a log of ``size`` leaves, from what ``to_bytes`` gave."""
        if size < 0 or len(data) != HASH_BYTES * size.bit_count():
            raise BadInput(f"{len(data)} bytes are not the frontier of a log of {size} leaves")
        return cls(size, tuple(data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)))


def root_of(data: Sequence[bytes]) -> bytes:
    """The root over these, each hashed as a leaf. Source: RFC 9162, 2.1.1."""
    hashes = [sha256(b"\x00" + one).digest() for one in data]
    if not hashes:
        return EMPTY_ROOT
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2], strict=False)] + odd
    return hashes[0]


def inclusion(index: int, size: int, of: Subtree) -> list[bytes]:
    """The hashes, from the leaf's own height up, that prove leaf ``index`` to be in the log of ``size`` leaves. Source: RFC 9162, 2.1.3.1."""
    if not 0 <= index < size:
        raise BadInput(f"there is no leaf {index} in a log of {size} leaves (the first is leaf 0)")
    start, end, path = 0, size, list[bytes]()
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            path.append(_hash_of(middle, end, of))
            end = middle
        else:
            path.append(_hash_of(start, middle, of))
            start = middle
    return path[::-1]


def inclusion_of_several(indices: Sequence[int], size: int, of: Subtree) -> list[bytes]:
    """The hashes that prove these leaves, in rising order, to be in the log of ``size`` leaves, all together.

    They are those of the largest parts of the tree in which none of the leaves stands, from left to right, as the tree is cut (RFC 9162, 2.1.1): with
    them and the leaves the root can be worked out anew. For one leaf they are those of ``inclusion``, in another order.
    """
    wanted = list(indices)
    if wanted != sorted(set(wanted)) or not all(0 <= index < size for index in wanted):
        raise BadInput(f"give leaves of a log of {size} leaves in rising order, each once")

    def parts(start: int, end: int, first: int, last: int) -> Iterable[bytes]:
        if first == last:
            yield _hash_of(start, end, of)
        elif end - start > 1:
            middle = _middle(start, end)
            cut = bisect_left(wanted, middle, first, last)
            yield from parts(start, middle, first, cut)
            yield from parts(middle, end, cut, last)

    return list(parts(0, size, 0, len(wanted))) if size else []


def consistency(first: int, second: int, of: Subtree) -> list[bytes]:
    """The hashes that prove the log of ``first`` leaves to be the beginning of that of ``second``. Source: RFC 9162, 2.1.4.1.

    The empty log is the beginning of every log and every log is its own: nothing needs to be shown.
    """
    if not 0 <= first <= second:
        raise BadInput(f"a log of {first} leaves is not the beginning of a log of {second}")
    if first == 0:
        return []
    start, end, path = 0, second, list[bytes]()
    while end != first:
        middle = _middle(start, end)
        if first <= middle:
            path.append(_hash_of(middle, end, of))
            end = middle
        else:
            path.append(_hash_of(start, middle, of))
            start = middle
    if start:  # else the rest is the whole first log, whose root the verifier has
        path.append(_hash_of(start, end, of))
    return path[::-1]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Does ``proof`` show that the leaf with this leaf hash is leaf ``index`` of the log of ``size`` leaves with this root?

    The size is bound to the root by the signed checkpoint, not by the proof: some proofs fit more than one size.
    Source: RFC 9162, 2.1.3.2; the numbers are those of its steps.
    """
    if not all(map(_is_hash, (leaf, root, *proof))):
        return False
    if not 0 <= index < size:  # 1
        return False
    fn, sn = index, size - 1  # 2
    r = leaf  # 3
    for p in proof:  # 4
        if sn == 0:  # 4a
            return False
        if fn & 1 or fn == sn:  # 4b
            r = node_hash(p, r)  # 4b i
            while not fn & 1:  # 4b ii; fn is not 0, for it is odd or equal to sn, and sn is not 0
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)  # 4b, otherwise
        fn, sn = fn >> 1, sn >> 1  # 4c
    return sn == 0 and r == root  # 5


def extends(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Does ``proof`` show that the log of ``first`` leaves with its root is the beginning of that of ``second`` leaves with its root?

    Where there is nothing to show the proof is empty; the empty log has one root only, and logs of one size have the same.
    Source: RFC 9162, 2.1.4.2, whose steps are for 0 < first < second.
    """
    if not all(map(_is_hash, (first_root, second_root, *proof))) or not 0 <= first <= second:
        return False
    if first == second and first_root != second_root:
        return False
    if first in (0, second):
        return not proof and (first > 0 or first_root == EMPTY_ROOT)
    return _roots(first, second, first_root, proof) == (first_root, second_root)


def denies(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Does ``proof`` show that the log of ``second`` leaves with its root began with other leaves than those of the first root?

    Its hashes lead to the second root, and to another root than the first over the first leaves: who signed both roots signed two histories.
    What merely fails to prove anything shows nothing. Two roots of one size need no proof.
    """
    if not all(map(_is_hash, (first_root, second_root, *proof))) or not 0 < first <= second:
        return False
    if first == second:
        return first_root != second_root
    roots = _roots(first, second, first_root, proof)
    return roots is not None and roots[0] != first_root and roots[1] == second_root


def _roots(first: int, second: int, first_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots over the first and over all leaves that a proof leads to, 0 < first < second; None if it does not fit these sizes.

    Source: RFC 9162, 2.1.4.2, steps 1 to 6.
    """
    if not proof:  # 1
        return None
    path = [first_root, *proof] if first.bit_count() == 1 else list(proof)  # 2
    fn, sn = first - 1, second - 1  # 3
    while fn & 1:  # 4
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]  # 5
    for c in path[1:]:  # 6
        if sn == 0:  # 6a
            return None
        if fn & 1 or fn == sn:  # 6b
            fr, sr = node_hash(c, fr), node_hash(c, sr)  # 6b i, ii
            while not fn & 1:  # 6b iii; fn is not 0, as above
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)  # 6b, otherwise
        fn, sn = fn >> 1, sn >> 1  # 6c
    return (fr, sr) if sn == 0 else None


def subtrees_of(leaves: Sequence[bytes]) -> Subtree:
    """The complete subtrees over these leaf hashes, each computed once: for small logs that are held in memory."""
    held = tuple(leaves)

    @functools.cache
    def of(level: int, index: int) -> bytes:
        if min(level, index) < 0 or (index + 1) << level > len(held):
            raise BadInput(f"there is no complete subtree {index} of level {level} over {len(held)} leaves")
        return held[index] if level == 0 else node_hash(of(level - 1, 2 * index), of(level - 1, 2 * index + 1))

    return of


def _is_hash(value: object) -> bool:
    return isinstance(value, bytes) and len(value) == HASH_BYTES


def _middle(start: int, end: int) -> int:
    """Where the tree over the leaves from start to end is cut: after the largest power of two that is smaller than its size."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _hash_of(start: int, end: int, of: Subtree) -> bytes:
    """The hash of the tree over the leaves from start to end, one of those that the cutting gives."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(of(level, start >> level))
        start += 1 << level
    return _joined(parts)


def _joined(parts: Iterable[bytes]) -> bytes:
    """The hash above complete subtrees that stand side by side, the largest first."""
    return functools.reduce(lambda right, left: node_hash(left, right), reversed(tuple(parts)))
