"""The Merkle tree of a log, read slowly: the recursive definitions of RFC 9162, 2.1, over lists of leaf data.

What proves and what does not is read from the same definitions backwards: a proof is right if the roots built up from it, cut as the
definition cuts, are the roots that were given.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

Hashes = list[bytes]


def mth(d: Sequence[bytes]) -> bytes:
    """MTH(D), the root hash of these leaves. Source: RFC 9162, 2.1.1."""
    n = len(d)
    if n == 0:
        return sha256(b"").digest()
    if n == 1:
        return sha256(bytes([0]) + d[0]).digest()
    k = largest_power_of_two_below(n)
    return above(mth(d[:k]), mth(d[k:]))


def path(m: int, d: Sequence[bytes]) -> Hashes:
    """PATH(m, D), the inclusion proof of leaf m. Source: RFC 9162, 2.1.3.1."""
    n = len(d)
    if n == 1:
        return []
    k = largest_power_of_two_below(n)
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def paths(ms: Sequence[int], d: Sequence[bytes]) -> Hashes:
    """What proves these leaves together: the roots of the largest parts in which none of them stands, cut as MTH cuts, from left to right."""
    n = len(d)
    if n == 0 or (n == 1 and ms):
        return []
    if not ms:
        return [mth(d)]
    k = largest_power_of_two_below(n)
    return [*paths([m for m in ms if m < k], d[:k]), *paths([m - k for m in ms if m >= k], d[k:])]


def proof(m: int, d: Sequence[bytes]) -> Hashes:
    """PROOF(m, D), that the first m leaves begin the log; 0 < m <= n. Source: RFC 9162, 2.1.4.1."""
    return subproof(m, d, True)


def subproof(m: int, d: Sequence[bytes], b: bool) -> Hashes:
    """SUBPROOF(m, D, b); b says that the root of the first m leaves is known to the verifier. Source: RFC 9162, 2.1.4.1."""
    n = len(d)
    if m == n:
        return [] if b else [mth(d)]
    k = largest_power_of_two_below(n)
    if m <= k:
        return [*subproof(m, d[:k], b), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def proves_inclusion(leaf: bytes, m: int, n: int, given: Sequence[bytes], root: bytes) -> bool:
    """Is ``given`` PATH(m, D) for some D of n leaves with this root, whose leaf m has this hash?"""
    return are_hashes(leaf, root, *given) and 0 <= m < n and _root_above(leaf, m, n, list(given)) == root


def _root_above(leaf: bytes, m: int, n: int, given: Hashes) -> bytes | None:
    if n == 1:
        return None if given else leaf
    if not given:
        return None
    k = largest_power_of_two_below(n)
    below = _root_above(leaf, m, k, given[:-1]) if m < k else _root_above(leaf, m - k, n - k, given[:-1])
    if below is None:
        return None
    return above(below, given[-1]) if m < k else above(given[-1], below)


def proves_consistency(m: int, n: int, first_root: bytes, second_root: bytes, given: Sequence[bytes]) -> bool:
    """Is ``given`` PROOF(m, D) for some D of n leaves with the second root, whose first m leaves have the first root?

    Of the empty log it is known which root it has, and nothing has to be proved.
    """
    if not are_hashes(first_root, second_root, *given) or not 0 <= m <= n or (n == 0 and second_root != mth([])):
        return False
    if m == 0:
        return not given and first_root == mth([])
    return _roots_above(m, n, first_root, list(given), True) == (first_root, second_root)


def proves_another_beginning(m: int, n: int, first_root: bytes, second_root: bytes, given: Sequence[bytes]) -> bool:
    """Is ``given`` PROOF(m, D) for some D of n leaves with the second root, whose first m leaves do not have the first root?"""
    if not are_hashes(first_root, second_root, *given) or not 0 < m <= n:
        return False
    if m == n:
        return first_root != second_root
    roots = _roots_above(m, n, first_root, list(given), True)
    return roots is not None and roots[1] == second_root and roots[0] != first_root


def _roots_above(m: int, n: int, known: bytes, given: Hashes, b: bool) -> tuple[bytes, bytes] | None:
    """The roots of the first m and of all n leaves of this part, built up from the proof."""
    if m == n:
        if b:
            return None if given else (known, known)
        return (given[0], given[0]) if len(given) == 1 else None
    if not given:
        return None
    k = largest_power_of_two_below(n)
    below = _roots_above(m, k, known, given[:-1], b) if m <= k else _roots_above(m - k, n - k, known, given[:-1], False)
    if below is None:
        return None
    if m <= k:
        return below[0], above(below[1], given[-1])
    return above(given[-1], below[0]), above(given[-1], below[1])


def are_hashes(*given: bytes) -> bool:
    """Is each as long as what HASH gives?"""
    return {len(h) for h in given} == {sha256().digest_size}


def largest_power_of_two_below(n: int) -> int:
    """k, the largest power of two smaller than n (n > 1)."""
    k = 1
    while k * 2 < n:
        k = k * 2
    return k


def above(left: bytes, right: bytes) -> bytes:
    """HASH(0x01 || left || right)."""
    return sha256(bytes([1]) + left + right).digest()
