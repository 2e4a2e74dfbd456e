"""The fold over very many agreements: who is bound by what on every day, as a table; and questions put by the million.

fold = Fold(record, known=...)
fold.run()                      every agreement derived once, in as many processes as asked for
fold.between(table)             a column of agreements, of a, of b, of days in; a column of verdicts out
fold.append(entry)              derives again only what depends on it
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.acts import Entry
from comity.agreements import Relations, intersect, subtract
from comity.standing.collecting import collector_paused
from comity.standing.columns import ColumnRecord
from comity.standing.merging import Views, changes
from comity.standing.record import Record, needs
from comity.standing.viewing import between_views, bound_views
from comity.standing.worlds import Case, Worlds
from comity.terms import Verdict

Ints = NDArray[np.int32]
Keys = NDArray[np.int64]
CODES: tuple[Verdict, ...] = (Verdict.NO, Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)
_CODE = {verdict: code for code, verdict in enumerate(CODES)}
_PAIRWISE = frozenset(("reserve", "exclude-relations", "suspend"))
_CHUNK = 256
_DAY_BITS = 22
_NEVER = (1 << _DAY_BITS) - 1


class Rows:
    """Periods in which a party is bound: agreement and party (indices), start and end (ordinals), verdict (index in CODES)."""

    def __init__(self) -> None:
        self._values = array("i")

    def add(self, agreement: int, party: int, start: int, end: int, code: int) -> None:
        self._values.extend((agreement, party, start, end, code))

    def table(self) -> NDArray[np.int32]:
        """The five columns as rows of one array."""
        return np.array(self._values, dtype=np.int32).reshape(-1, 5).T


class Bulk(NamedTuple):
    """The table of one fold, sorted for search, and the pairs whose standing is not that of their two parts."""

    key: Keys
    end: Ints
    code: Ints
    pair_key: Keys
    pair_end: Ints
    pair_code: Ints


class Fold:
    """Every agreement of a record, derived once, kept up to date act by act."""

    def __init__(self, record: Record | ColumnRecord, known: date, viewer: str | None = None) -> None:
        self.record, self.known, self.viewer = record, known, viewer
        self.ids = record.ids
        self.index = {agreement: i for i, agreement in enumerate(self.ids)}
        self.parties = sorted(record.register.parties)
        self.party_index = {code: i for i, code in enumerate(self.parties)}
        self.table: Bulk | None = None
        self._changed: dict[str, tuple[Rows, Rows]] = {}
        self._dependents: dict[str, set[str]] | None = None

    # -- the whole

    def run(self, processes: int = 1, progress: Callable[[int, int], None] | None = None) -> Bulk:
        """Derive everything. ``progress`` is called with agreements done and in all; interrupting leaves nothing behind."""
        chunks = [(start, min(start + _CHUNK, len(self.ids))) for start in range(0, len(self.ids), _CHUNK)]
        parts: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = []
        for number, part in enumerate(self._derive_all(chunks, processes)):
            parts.append(part)
            if progress is not None:
                progress(chunks[number][1], len(self.ids))
        self.table = self._sorted(np.concatenate([p for p, _ in parts], axis=1), np.concatenate([q for _, q in parts], axis=1))
        return self.table

    def _derive_all(self, chunks: Sequence[tuple[int, int]], processes: int) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        if processes <= 1:
            yield from map(self._chunk, chunks)
            return
        gc.collect()
        gc.freeze()
        with multiprocessing.get_context("fork").Pool(processes, _take_over, (self,)) as pool:
            yield from pool.imap(_fold_chunk, chunks, chunksize=4)
        gc.unfreeze()

    def _chunk(self, chunk: tuple[int, int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        worlds = Worlds(self.record, self.known, self.viewer)
        rows, pairs = Rows(), Rows()
        with collector_paused():
            for number in range(*chunk):
                self._derive(worlds, number, rows, pairs)
                if number % 32 == 31:
                    worlds.forget()
            worlds.forget()
        return rows.table(), pairs.table()

    def _derive(self, worlds: Worlds, number: int, rows: Rows, pairs: Rows) -> None:
        agreement = self.ids[number]
        cases = worlds.cases(agreement)
        course = cases[0].course
        if len(cases) == 1:
            for code in course.stages:
                for start, end in course.binding_days(code):
                    rows.add(number, self.party_index[code], start, end, 1)
            superseded = bool(self.record.superseding(agreement))
            special = set(course.stages) if superseded else {d.actor for kind in _PAIRWISE for d in cases[0].docket.of_kind(kind)}
            if special:
                self._barred(cases[0], number, pairs, special)
            return
        codes = sorted({code for case in cases for code in case.course.stages})
        for code in codes:
            self._segments(rows, number, self.party_index[code], bound_views(worlds, agreement, code))
        self._pairs(worlds, number, pairs, codes)

    def _barred(self, case: Case, number: int, pairs: Rows, special: set[str]) -> None:
        """Pairs between which something stands on days on which it binds both: their whole standing, written out."""
        relations = Relations(case.docket, case.course)
        binding = {p: days for p in sorted(case.course.stages) if (days := case.course.binding_days(p))}
        codes = list(binding)
        for i, a in enumerate(codes):
            for b in codes[i + 1 :]:
                if a not in special and b not in special:
                    continue
                both = intersect(binding[a], binding[b])
                if both and (days := subtract(both, relations.barred(a, b))) != both:
                    last, pair = 0, self._pair(a, b)
                    for start, end in [*days, (_NEVER, _NEVER)]:
                        pairs.add(number, pair, last, start, 0)
                        if start < _NEVER:
                            pairs.add(number, pair, start, end, 1)
                        last = end

    def _pairs(self, worlds: Worlds, number: int, pairs: Rows, codes: Sequence[str]) -> None:
        """Every pair of an agreement with several worlds: the verdict between two is not that of each alone."""
        for i, a in enumerate(codes):
            for b in codes[i + 1 :]:
                self._segments(pairs, number, self._pair(a, b), between_views(worlds, self.ids[number], a, b), everything=True)

    def _pair(self, a: str, b: str) -> int:
        return self.party_index[a] * len(self.parties) + self.party_index[b]

    def _segments(self, rows: Rows, number: int, party: int, views: Views, everything: bool = False) -> None:
        points = [*changes(views), (_NEVER, Verdict.NO)]
        for (start, verdict), (end, _) in itertools.pairwise(points):
            if everything or verdict is not Verdict.NO:
                rows.add(number, party, start, end, _CODE[Verdict(str(verdict))])

    def _sorted(self, rows: NDArray[np.int32], pairs: NDArray[np.int32]) -> Bulk:
        def arrange(table: NDArray[np.int32], width: int) -> tuple[Keys, Ints, Ints]:
            key = ((table[0].astype(np.int64) * width + table[1]) << _DAY_BITS) + table[2]
            order = np.argsort(key, kind="stable")
            return key[order], table[3][order], table[4][order]

        size = len(self.parties)
        return Bulk(*arrange(rows, size), *arrange(pairs, size * size))

    # -- questions by the million

    def bound(self, agreement: Ints, party: Ints, day: Ints) -> Ints:
        """For each row: does the agreement bind the party on the day? Index in CODES."""
        assert self.table is not None
        return _look_up(self.table.key, self.table.end, self.table.code, agreement, party, day, len(self.parties))[0]

    def between(self, agreement: Ints, a: Ints, b: Ints, day: Ints) -> Ints:
        """For each row: is the agreement in force between a and b on the day? Index in CODES."""
        assert self.table is not None
        first, second = self.bound(agreement, a, day), self.bound(agreement, b, day)
        result = np.where((first == 0) | (second == 0), 0, np.maximum(first, second)).astype(np.int32)
        if len(self.table.pair_key):
            size = len(self.parties)
            pair = np.minimum(a, b).astype(np.int64) * size + np.maximum(a, b)
            code, known = _look_up(self.table.pair_key, self.table.pair_end, self.table.pair_code, agreement, pair, day, size * size)
            result = np.where(known, code, result)
        return result

    # -- one act more

    def append(self, entry: Entry) -> list[str]:
        """Take one act in; derive again the agreement and those that depend on it. Returns which were derived."""
        if isinstance(self.record, ColumnRecord):
            self.record.append(entry)
        else:
            self.record = self.record.with_entries([entry])
        return self.derive_again([entry.act.agreement or ""])

    def derive_again(self, agreements: Iterable[str]) -> list[str]:
        """Derive these and all that depend on them, into the rows that stand before the table's."""
        todo, seen = list(agreements), set[str]()
        while todo:
            agreement = todo.pop()
            if agreement not in seen:
                seen.add(agreement)
                todo += self.dependents.get(agreement, ())
        worlds = Worlds(self.record, self.known, self.viewer)
        for agreement in sorted(seen):
            rows, pairs = Rows(), Rows()
            self._derive(worlds, self.index[agreement], rows, pairs)
            self._changed[agreement] = rows, pairs
        return sorted(seen)

    @property
    def dependents(self) -> dict[str, set[str]]:
        """Which agreements' standing depends on each."""
        if self._dependents is None:
            found: dict[str, set[str]] = defaultdict(set)
            for agreement in self.ids:
                for other in needs(self.record.agreement(agreement), (later for later, _ in self.record.superseding(agreement))):
                    found[other].add(agreement)
            self._dependents = dict(found)
        return self._dependents

    def merge(self) -> Bulk:
        """The table with what was derived again since."""
        assert self.table is not None
        if self._changed:
            stale = np.array(sorted(self.index[a] for a in self._changed), dtype=np.int64)
            size = len(self.parties)
            parts = []
            for key, end, code, width, which in (
                (self.table.key, self.table.end, self.table.code, size, 0),
                (self.table.pair_key, self.table.pair_end, self.table.pair_code, size * size, 1),
            ):
                keep = ~np.isin((key >> _DAY_BITS) // width, stale)
                rest = key[keep] >> _DAY_BITS
                old = np.stack([rest // width, rest % width, key[keep] & ((1 << _DAY_BITS) - 1), end[keep], code[keep]]).astype(np.int32)
                new = [found[which].table() for found in self._changed.values()]
                parts.append(np.concatenate([old, *new], axis=1))
            self.table = self._sorted(parts[0], parts[1])
            self._changed = {}
        return self.table


_taken_over: list[Fold] = []  # in a worker: the fold it works for, inherited by fork, never copied


def _take_over(fold: Fold) -> None:
    _taken_over[:] = [fold]


def _fold_chunk(chunk: tuple[int, int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    return _taken_over[0]._chunk(chunk)


def _look_up(
    key: Keys, end: Ints, code: Ints, agreement: Ints, party: NDArray[np.signedinteger], day: Ints, width: int
) -> tuple[Ints, NDArray[np.bool_]]:
    """For each row: the code of the period that covers its day (0 where none does), and whether one does."""
    if not len(key):
        return np.zeros(len(day), dtype=np.int32), np.zeros(len(day), dtype=np.bool_)
    wanted = agreement.astype(np.int64) * width + party
    place = np.searchsorted(key, (wanted << _DAY_BITS) + day, side="right") - 1
    place = np.maximum(place, 0)
    covered = (key[place] >> _DAY_BITS == wanted) & (key[place] & ((1 << _DAY_BITS) - 1) <= day) & (day < end[place])
    return np.where(covered, code[place], 0).astype(np.int32), covered
