"""A record held as columns: for worlds of millions of acts, where an object for each would not fit.

The same questions as of a ``Record`` can be put to it: agreements and acts are made into objects only when looked at.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.acts import Act, Entry, Source
from comity.agreements import Agreement, Coverage, Supersedes
from comity.parties import Register
from comity.terms import Ladder, Moment, NotOnRecord

Ints = NDArray[np.int32]
BLANK = 0
_NO_DETAILS: Mapping[str, str] = {}
_PLAIN: Mapping[str, object] = vars(Act("", "", "", details=_NO_DETAILS, source=Source("columns", "register")))
"""The fields of an act as they are in every row; its label is public, so that nothing is left to check row by row."""


@dataclass(slots=True)
class Columns:
    """Acts as columns, one row an act, sorted by agreement.

    ``agreement`` (index), ``kind`` and ``actor`` (indices into ``kinds`` and ``actors``), ``made`` / ``received`` /
    ``effect`` (ordinals; 0 is blank), ``recorded`` (ordinal), ``replies_to`` (row; -1 is none). ``details``: for the rows
    that have any. ``starts``: the first row of each agreement, and one past the last.
    """

    kinds: tuple[str, ...]
    actors: tuple[str, ...]
    agreement: Ints
    kind: Ints
    actor: Ints
    made: Ints
    received: Ints
    effect: Ints
    recorded: Ints
    replies_to: Ints
    starts: Ints
    details: dict[int, dict[str, str]] = field(default_factory=dict)
    counterparty: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.agreement)


class ColumnRecord:
    """The record that columns and a list of agreements come to; entries are made when asked for."""

    def __init__(self, agreements: Sequence[Agreement], columns: Columns, register: Register) -> None:
        self.agreements, self.columns, self.register = agreements, columns, register
        self._index = {a.id: i for i, a in enumerate(agreements)}
        self._added: dict[str, list[Entry]] = {}
        self._later: dict[str, list[tuple[str, Supersedes]]] = {}
        for agreement in agreements:
            for clause in agreement.clauses:
                if isinstance(clause, Supersedes):
                    self._later.setdefault(clause.agreement, []).append((agreement.id, clause))

    @property
    def ids(self) -> list[str]:
        return list(self._index)

    @property
    def answered(self) -> bool:
        return False

    def holds(self, agreement_id: str) -> bool:
        return agreement_id in self._index

    def agreement(self, agreement_id: str, known: date | None = None) -> Agreement:
        return self.agreements[self._index[agreement_id]]

    def has_agreement(self, agreement_id: str, known: date) -> bool:
        return agreement_id in self._index

    def visible(self, entries: Iterable[Entry], known: date, viewer: str | None) -> list[Entry]:
        return [e for e in entries if e.recorded <= known]

    def entries_of(self, agreement_id: str) -> list[Entry]:
        index = self._index[agreement_id]
        start, end = int(self.columns.starts[index]), int(self.columns.starts[index + 1])
        return [*self.entries(agreement_id, start, end), *self._added.get(agreement_id, [])]

    def entries_of_kinds(self, kinds: Container[str]) -> list[Entry]:
        return [e for agreement in self._index for e in self.entries_of(agreement) if e.act.kind in kinds]

    def signed_entries(self) -> list[Entry]:
        """Columns hold no signatures; what was added beside them may bear one."""
        return [e for entries in self._added.values() for e in entries if e.signature is not None]

    def entries(self, agreement_id: str, start: int, end: int) -> Iterator[Entry]:
        """The rows from ``start`` to ``end``, all of that agreement, as entries."""
        c = self.columns
        named = (c.kind, c.actor, c.made, c.received, c.effect, c.recorded, c.replies_to)
        rows = zip(range(start, end), *(column[start:end].tolist() for column in named), strict=True)
        for row, kind, actor, made, received, effect, recorded, reply in rows:
            act = object.__new__(Act)
            vars(act).update(
                _PLAIN, kind=c.kinds[kind], actor=c.actors[actor], ref=f"{agreement_id}-{row}", agreement=agreement_id,
                made=_day(made), received=_day(received), effect=_day(effect),
            )  # fmt: skip
            if row in c.details:
                vars(act)["details"] = c.details[row]
            if row in c.counterparty:
                vars(act)["counterparty"] = c.counterparty[row]
            if reply >= 0:
                vars(act)["replies_to"] = self._hash_of(reply)
            yield Entry(act, date.fromordinal(recorded))

    def _hash_of(self, row: int) -> str:
        agreement = self.agreements[self.columns.agreement[row]].id
        return next(self.entries(agreement, row, row + 1)).act.hash

    def replies_to(self, act_hash: str) -> list[Entry]:
        return []  # corrections and denials come as entries of their own, not in columns

    def superseding(self, agreement_id: str) -> list[tuple[str, Supersedes]]:
        return self._later.get(agreement_id, [])

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        return ()

    def coverage_of(self, agreement: Agreement) -> list[Coverage]:
        return list(agreement.coverage)

    def amendments_of(self, agreement_id: str) -> list[str]:
        return []

    def party(self, code: str) -> str:
        return code

    @property
    def ladders(self) -> list[Ladder]:
        return []

    def ladder(self, policy: str) -> Ladder:
        raise NotOnRecord(f"no classification ladder of a policy {policy!r} is on record: columns hold none")

    def with_entries(self, more: Iterable[Entry]) -> ColumnRecord:
        """The same columns with entries beside them (for what-if)."""
        other = ColumnRecord(self.agreements, self.columns, self.register)
        other._added = {agreement: list(entries) for agreement, entries in self._added.items()}
        for entry in more:
            other.append(entry)
        return other

    def append(self, entry: Entry) -> None:
        """Add one act beside the columns."""
        self._added.setdefault(entry.act.agreement or "", []).append(entry)


_days: dict[int, Moment] = {}


def _day(ordinal: int) -> Moment | None:
    if ordinal == BLANK:
        return None
    found = _days.get(ordinal)
    if found is None:
        day = date.fromordinal(ordinal)
        found = _days[ordinal] = Moment(day.isoformat(), day, day)
    return found
