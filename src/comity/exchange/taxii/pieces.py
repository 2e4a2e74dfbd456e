"""Bodies in pieces: a page is joined from the bytes of its objects, and asked about again before each further piece."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

PIECE = 256 * 1024
"""About how many bytes leave between two questions whether the rest may."""


class BrokenOff(ConnectionAbortedError):
    """The rest of a body may not leave any more: what was announced does not come, and the connection has to be closed."""


def listed(head: bytes, items: Sequence[bytes], tail: bytes, still: Callable[[], bool]) -> tuple[int, Iterable[bytes]]:
    """A list in JSON between what stands before and after it: how many bytes in all, and the bytes in pieces."""
    ends = list(accumulate(map(len, items), initial=0))
    size = len(head) + ends[-1] + max(len(items) - 1, 0) + len(tail)
    if size <= PIECE:
        return size, (_joined(head, items, tail),)
    return size, _watched(_grouped(head, items, ends, tail), still)


def _watched(pieces: Iterator[bytes], still: Callable[[], bool]) -> Iterator[bytes]:
    yield next(pieces)
    for piece in pieces:
        if not still():
            raise BrokenOff("what was on its way may not leave any more")
        yield piece


def _grouped(head: bytes, items: Sequence[bytes], ends: Sequence[int], tail: bytes) -> Iterator[bytes]:
    """As many items at a time as fit into a piece; what is still larger than two pieces is one item, and is cut."""
    start, before = 0, head
    while start < len(items):
        stop = max(bisect_right(ends, ends[start] + PIECE) - 1, start + 1)
        piece = _joined(before, items[start:stop], b"," if stop < len(items) else tail)
        if len(piece) <= 2 * PIECE:
            yield piece
        else:
            yield from (piece[at : at + PIECE] for at in range(0, len(piece), PIECE))
        start, before = stop, b""


def _joined(before: bytes, items: Sequence[bytes], after: bytes) -> bytes:
    """All in one copy: most of what a page costs here is copying."""
    first, *others = items
    if not others:
        return before + first + after
    others[-1] += after
    return b",".join((before + first, *others))
