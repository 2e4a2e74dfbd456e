"""What may be on a disk after a loss of power, given what a program did to its files?

What is assumed of a disk: 1. what a sync returned for is there, a folder's sync being for the names in it; 2. of everything since, each sector
of 512 bytes of each write is there as written or not at all, whatever else is, a later write over an earlier one; so too each change of a
file's length, and each name that came or went; 3. a write leaves what stands beside it as it is; 4. where a file grew and what was written
there is not, there are zeros or leftovers, though not those of an earlier journal.

Source: SQLite, "Atomic commit in SQLite", section 2 (hardware assumptions), and "Powersafe overwrite".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from comity.selftest.recording import Created, Event, Removed, Resized, Said, Synced, Wrote

SECTOR = 512
FOLDER = -1
"""Stands for the folder where a file's number does."""

Change = Wrote | Resized
Survives = Callable[[int], bool]
"""Did this one change of this file (by its number; or a name of the folder) reach the disk?"""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is surely on disk after a call, what may be, and how many lines were said. Files have numbers, since a name may come again."""

    names: Mapping[str, int] = field(default_factory=dict)
    came_and_went: tuple[tuple[str, int | None], ...] = ()
    content: Mapping[int, bytes] = field(default_factory=dict)
    changes: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    said: int = 0

    @property
    def unsynced(self) -> list[int]:
        """What may or may not be there: numbers of files, and the folder."""
        return [FOLDER] * bool(self.came_and_went) + [number for number, changes in self.changes.items() if changes]


def moments(events: Iterable[Event], files: Mapping[str, bytes] | None = None) -> Iterator[Moment]:
    """The moment after each event, from a folder that holds these files."""
    start = {} if files is None else files
    now = {name: number for number, name in enumerate(start)}
    moment = Moment(names=dict(now), content={now[name]: content for name, content in start.items()})
    for event in events:
        moment = _after(moment, event, now)
        yield moment


def _after(moment: Moment, event: Event, now: dict[str, int]) -> Moment:
    """The moment after one more event; ``now`` are the names as the program sees them."""
    match event:
        case Created(file):
            now[file] = number = max(moment.content, default=-1) + 1
            moment = replace(moment, content={**moment.content, number: b""})
            return replace(moment, came_and_went=(*moment.came_and_went, (file, number)))
        case Removed(file):
            del now[file]
            return replace(moment, came_and_went=(*moment.came_and_went, (file, None)))
        case Wrote(file) | Resized(file):
            number = now[file]
            return replace(moment, changes={**moment.changes, number: (*moment.changes.get(number, ()), event)})
        case Synced(""):
            kept = set(now.values())
            return replace(
                moment,
                names=dict(now),
                came_and_went=(),
                content={number: content for number, content in moment.content.items() if number in kept},
                changes={number: changes for number, changes in moment.changes.items() if number in kept},
            )
        case Synced(file):
            number = now[file]
            content = _changed(moment.content[number], moment.changes.get(number, ()), lambda: True, b"\0")
            left = {other: changes for other, changes in moment.changes.items() if other != number}
            return replace(moment, content={**moment.content, number: content}, changes=left)
        case Said():
            return replace(moment, said=moment.said + 1)


def files_after_loss(moment: Moment, survives: Survives, leftover: bytes) -> dict[str, bytes]:
    """The files that are there when the power comes back, if of what is not surely on disk this survives."""
    names = dict(moment.names)
    for name, number in moment.came_and_went:
        if not survives(FOLDER):
            continue
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number
    return {
        name: _changed(moment.content[number], moment.changes.get(number, ()), lambda number=number: survives(number), leftover)  # type: ignore[misc]
        for name, number in names.items()
    }


def _changed(content: bytes, changes: tuple[Change, ...], survives: Callable[[], bool], leftover: bytes) -> bytes:
    """A file with those of the changes that survive."""
    if not changes:
        return content
    found, longest = bytearray(content), len(content)
    for change in changes:
        match change:
            case Wrote(_, at, written):
                longest = max(longest, at + len(written))
                for start, end in _sectors(at, at + len(written)):
                    if survives():
                        _grow(found, start, leftover)
                        found[start:end] = written[start - at : end - at]
            case Resized(_, size) if survives():
                del found[size:]
                _grow(found, size, b"\0")
                longest = size
    if survives():
        _grow(found, longest, leftover)
    return bytes(found)


def _sectors(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a range, cut where a sector ends."""
    while start < end:
        cut = min(end, (start // SECTOR + 1) * SECTOR)
        yield start, cut
        start = cut


def _grow(content: bytearray, size: int, filling: bytes) -> None:
    """Make it so long, if it is shorter; with the filling, again and again."""
    lacking = size - len(content)
    if lacking > 0:
        content += (filling * (lacking // len(filling) + 1))[:lacking]
