"""A ledger's file damaged: every bit flipped, every page lost, blank, exchanged or put back to what it was, the file cut short."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from comity.selftest.crashing import drawn
from comity.selftest.judging import Judge, Mutations
from comity.selftest.specimens import PAGE_SIZE, Specimen

_TOGETHER = 1000
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 (every run makes a folder of its own there)
"""A folder in memory, where there is one."""


@dataclass(frozen=True, slots=True)
class _Flips:
    """Some bits of one file, to be flipped one at a time."""

    name: str
    content: bytes
    held: tuple[str, ...]
    bits: Sequence[int]


def flipped(specimen: Specimen, number: int | None, seed: int, progress: Callable[[int, int], None] = lambda done, of: None) -> Mutations:
    """Flip so many bits of the ledger's file and of its backup's, one at a time; or every one."""
    files = {"ledger": specimen.ledger, "backup": specimen.backup}
    sizes = {name: len(content) * 8 for name, content in files.items()}
    parts = [
        _Flips(name, content, specimen.held, bits[start : start + _TOGETHER])
        for name, content in files.items()
        for bits in [_bits(sizes, name, number, seed)]
        for start in range(0, len(bits), _TOGETHER)
    ]
    found, of = Mutations(), sum(len(part.bits) for part in parts)
    for score in _each(parts):
        found.add([score])
        progress(sum(found.tried.values()), of)
    return found


def _bits(sizes: dict[str, int], name: str, number: int | None, seed: int) -> Sequence[int]:
    """Which bits of one of the files: all, or its share of those that are drawn."""
    if number is None:
        return range(sizes[name])
    before = sum(size for other, size in sizes.items() if other < name)
    every = {int(drawn(f"flip {seed}", count) * sum(sizes.values())) - before for count in range(number)}
    return sorted(bit for bit in every if 0 <= bit < sizes[name])


def _each(parts: list[_Flips]) -> Iterator[Mutations]:
    """The score of each part; many of them by as many processes as there are processors."""
    if len(parts) <= 2:
        yield from map(_flip, parts)
        return
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        yield from processes.map(_flip, parts)


def _flip(part: _Flips) -> Mutations:
    def every() -> Iterator[tuple[str, bytes]]:
        content = bytearray(part.content)
        for bit in part.bits:
            content[bit >> 3] ^= 1 << (bit & 7)
            yield f"bit {bit & 7} of byte {bit >> 3} of the {part.name}'s file flipped", bytes(content)
            content[bit >> 3] ^= 1 << (bit & 7)

    return _tried("flipped bits", part.content, part.held, every())


def damaged(specimen: Specimen) -> Mutations:
    """Everything else that can become of the file: page by page, and cut short."""
    return _tried("damaged pages", specimen.ledger, specimen.held, _damages(specimen))


def _damages(specimen: Specimen) -> Iterator[tuple[str, bytes]]:
    content, older = specimen.ledger, specimen.older
    yield "the file of an older backup put in place of the ledger's", older
    for at in range(0, len(content), PAGE_SIZE):
        page = f"page {at // PAGE_SIZE + 1}"
        before, this, after = content[:at], content[at : at + PAGE_SIZE], content[at + PAGE_SIZE :]
        yield f"the file cut before {page}", before
        yield f"the file cut in the middle of {page}", before + this[: PAGE_SIZE // 2]
        yield f"{page} deleted", before + after
        yield f"{page} made blank", before + bytes(PAGE_SIZE) + after
        yield f"{page} exchanged with the one after", before + after[:PAGE_SIZE] + this + after[PAGE_SIZE:]
        yield f"{page} put back to what it was half-way", before + older[at : at + PAGE_SIZE].ljust(PAGE_SIZE, b"\0") + after


def _tried(kind: str, content: bytes, held: tuple[str, ...], damages: Iterable[tuple[str, bytes]]) -> Mutations:
    found = Mutations()
    with tempfile.TemporaryDirectory(prefix="comity-selftest-", dir=MEMORY) as folder:
        path = Path(folder, "damaged.db")
        path.write_bytes(content)
        judge = Judge(f"sqlite:///{path}", held)
        for what, damage in damages:
            path.write_bytes(damage)
            found.count(kind, what, judge.verdict())
    return found
