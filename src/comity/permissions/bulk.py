"""Questions about release by the million: a table of questions in, a column of outcomes out.

Everything is a number: names by their place in a vocabulary, sets of categories and purposes as bits. Verdicts are ranked
no < unknown < contested < yes, so that *or* is the greatest; *and* is looked up in a table.

Source: docs/explanation/how-permissions-are-derived.md, section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.permissions.lines import Lines, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import BadInput, Verdict

Column = NDArray[np.int64]
OUTCOMES: tuple[Outcome, ...] = (Outcome.NOT_PROVIDED, Outcome.UNKNOWN, Outcome.CONTESTED, Outcome.ALLOWED, Outcome.FORBIDDEN)
"""A column of outcomes holds places in this list."""

_RANK = {Verdict.NO: 0, Verdict.UNKNOWN: 1, Verdict.CONTESTED: 2, Verdict.YES: 3}
_UNKNOWN, _CONTESTED, _YES, _FORBIDDEN = 1, 2, 3, 4
_AND = np.array([[0, 0, 0, 0], [0, 1, 2, 1], [0, 2, 2, 2], [0, 1, 2, 3]], dtype=np.int64)
_ANY = -1
_NONE = -2
_BITS = 62


class Questions(NamedTuple):
    """A table of questions: a column for each field of ``ReleaseAsked``, a row for each question.

    Names stand as places in the vocabularies of the ``Bulk`` that made the table (purpose and item 0: not said; addressees 0: not
    limited), ``categories`` as bits, ``day`` as an ordinal, the flags as 0 or 1.
    """

    giver: Column
    taker: Column
    policy: Column
    level: Column
    originator: Column
    day: Column
    categories: Column
    releasable: Column
    purpose: Column
    national: Column
    controlled: Column
    strange: Column
    unclassified: Column
    item: Column


class _Words(dict[object, int]):
    """A vocabulary: words get places in the order in which they are first met."""

    def __missing__(self, word: object) -> int:
        if len(self) >= 1 << 15:
            raise BadInput(f"more than {1 << 15} different names in one table; put the questions in several tables")
        self[word] = len(self)
        return self[word]


class _Sorted(NamedTuple):
    """Rows sorted by their first column, for search."""

    key: Column
    start: Column
    end: Column
    rank: Column
    rest: NDArray[np.int64]

    def hits(self, wanted: Column, day: Column) -> tuple[Column, Column]:
        """The rows with the wanted key that hold on the day: places of questions, and of the rows beside them."""
        first = np.searchsorted(self.key, wanted, "left")
        count = np.searchsorted(self.key, wanted, "right") - first
        asked = np.repeat(np.arange(len(wanted)), count)
        row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        held = (self.start[row] <= day[asked]) & (day[asked] < self.end[row])
        return asked[held], row[held]


class Bulk:
    """The lines as columns."""

    def __init__(self, lines: Lines) -> None:
        self._parties, self._policies, self._levels, self._categories = _Words(), _Words(), _Words(), _Words()
        self._purposes, self._items, self._addressees = _Words({None: 0}), _Words({None: 0}), _Words({frozenset(): 0})
        self._release = _sorted(self._release_row(line) for line in lines.release)
        self._consents = _sorted(row for consent in lines.consents for row in self._consent_rows(consent))
        self._held = _sorted((self._parties[m.group] << 15 | self._parties[m.party], m.start, m.end, _RANK[m.verdict]) for m in lines.memberships)

    def table(self, asked: Iterable[ReleaseAsked]) -> Questions:
        """The questions as a table."""
        party = self._parties
        rows = [
            (
                party[a.giver], party[a.taker], self._policies[a.policy], self._levels[a.level], party[a.originator], a.day, self._bits(a.categories),
                self._addressees[a.releasable], self._purposes[a.purpose], a.national, a.controlled, a.strange, a.unclassified, self._items[a.item],
            )
            for a in asked
        ]  # fmt: skip
        return Questions(*np.array(rows, dtype=np.int64).reshape(-1, len(Questions._fields)).T)

    def _bits(self, words: Iterable[str]) -> int:
        return _bits((self._categories[word] for word in words), "special categories")

    def _release_row(self, line: ReleaseLine) -> tuple[int, ...]:
        party = self._parties
        key = _key(party[line.giver], party[line.taker], self._policies[line.policy], self._levels[line.level])
        purposes = _bits((self._purposes[purpose] for purpose in line.purposes), "purposes") or _ANY
        more = (self._bits(line.categories), self._bits(line.only), purposes, line.opens, party[line.owner], party[line.agreement])
        return (key, line.start, line.end, _RANK[line.verdict], *more)

    def _consent_rows(self, consent: ReleaseConsent) -> Iterator[tuple[int, ...]]:
        """One row for each holder, taker and level; ``_ANY`` where it does not matter who or which, ``_NONE`` where no level is meant."""
        categories = _ANY if consent.categories is None else self._bits(consent.categories)
        policy = _ANY if consent.policy is None else self._policies[consent.policy]
        of_one = (
            self._parties[consent.originator],
            consent.start,
            consent.end,
            _RANK[consent.verdict],
            categories,
            policy,
            self._items[consent.item],
        )
        for level in (_ANY,) if consent.levels is None else [self._levels[name] for name in consent.levels] or [_NONE]:
            for holder in [self._parties[name] for name in consent.holders] or [_ANY]:
                for taker in [self._parties[name] for name in consent.takers] or [_ANY]:
                    yield (*of_one, level, holder, taker)

    # -- outcomes

    def decide(self, q: Questions) -> NDArray[np.int8]:
        """The outcome of each question, as places in ``OUTCOMES``."""
        # 1. marking, 2. caveats
        before = _AND[self._marking(q), np.where(q.national == 1, 0, np.where(q.strange == 1, 1, _YES))]
        # 3. originator, 4. agreement
        ways, fits = self._ways(q)
        together = _AND[before, ways]
        no = np.where((before == 0) | fits | (q.unclassified == 1), _FORBIDDEN, 0)
        outcome = np.where(together > 0, together, no)
        # 0. its own
        return np.where(q.taker == q.originator, _YES, outcome).astype(np.int8)

    def _marking(self, q: Questions) -> Column:
        """The rank of the first test: whether the taker, or a group to which it belongs, is among the addressees."""
        sets = [sorted(self._parties[str(name)] for name in named) for named in self._addressees if isinstance(named, frozenset)]
        size = np.array([len(one) for one in sets])
        flat = np.array([place for one in sets for place in one], dtype=np.int64)
        count = size[q.releasable]
        asked = np.repeat(np.arange(len(count)), count)
        group = flat[np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat((np.cumsum(size) - size)[q.releasable], count)]
        rank = np.where(q.releasable == 0, _YES, 0)
        rank[asked[group == q.taker[asked]]] = _YES
        at, row = self._held.hits(group << 15 | q.taker[asked], q.day[asked])
        np.maximum.at(rank, asked[at], self._held.rank[row])
        return rank

    def _ways(self, q: Questions) -> tuple[Column, NDArray[np.bool_]]:
        """The rank of the best way, and whether any line fits at all."""
        own = q.giver == q.originator
        consent, contested = self._consent(q)
        consent, contested = np.where(own, 0, consent), contested & ~own
        ways = np.where(q.unclassified == 0, 0, np.where((q.controlled == 1) & ~own, consent, _YES))
        fits = np.zeros(len(own), dtype=np.bool_)
        for giver, of_giver in ((q.giver, True), (q.originator, False)):
            asked, row = self._release.hits(_key(giver, q.taker, q.policy, q.level), q.day)
            fitting = self._fit(q, asked, row) & (of_giver | ~own[asked])
            asked, row = asked[fitting], row[fitting]
            fits[asked] = True
            rank, mine = self._release.rank[row], own[asked]
            np.maximum.at(ways, asked, _AND[rank, np.where(mine, _YES, consent[asked])])
            np.maximum.at(ways, asked, np.where((rank == _UNKNOWN) & contested[asked], _CONTESTED, 0))
            if of_giver:
                opened = self._opened(q, asked, row)
                np.maximum.at(ways, asked, _AND[rank, opened])
        return ways, fits

    def _fit(self, q: Questions, asked: Column, row: Column) -> NDArray[np.bool_]:
        categories, only, purposes, *_ = self._release.rest
        bears = q.categories[asked]
        unlisted, purpose = bears & ~categories[row], q.purpose[asked]
        fits: NDArray[np.bool_] = (unlisted == 0) & ((only[row] == 0) | (only[row] & bears != 0))
        fits &= (purpose == 0) | (purposes[row] >> np.minimum(purpose, _BITS) & 1 == 1)
        return fits

    def _opened(self, q: Questions, asked: Column, row: Column) -> Column:
        """The rank of the way through a line that opens to what others originated."""
        _, _, _, opens, owner, agreement = self._release.rest
        originator = q.originator[asked]
        rank = np.where(originator == owner[row], _YES, 0)
        at, held = self._held.hits(agreement[row] << 15 | originator, q.day[asked])
        np.maximum.at(rank, at, self._held.rank[held])
        return np.where((opens[row] == 1) & (q.controlled[asked] == 0) & (q.giver[asked] != originator), rank, 0)

    def _consent(self, q: Questions) -> tuple[Column, NDArray[np.bool_]]:
        """The rank of the best consent of the originator that covers each question; and whether one that is contested does.

        With an unknown line a contested consent makes a contested way, a sure one an unknown way: the best consent isn't the best way.
        """
        asked, row = self._consents.hits(q.originator, q.day)
        categories, policy, item, level, holder, taker = (column[row] for column in self._consents.rest)
        covers = (categories == _ANY) | (q.categories[asked] & ~categories == 0)
        for column, wanted in ((policy, q.policy), (holder, q.giver), (taker, q.taker)):
            covers &= (column == _ANY) | (column == wanted[asked])
        covers &= (item == 0) | (item == q.item[asked])
        covers &= (level == _ANY) | (q.unclassified[asked] == 1) | (level == q.level[asked])
        rank = np.zeros(len(q.giver), dtype=np.int64)
        given = self._consents.rank[row[covers]]
        np.maximum.at(rank, asked[covers], given)
        contested = np.zeros(len(rank), dtype=np.bool_)
        contested[asked[covers][given == _CONTESTED]] = True
        return rank, contested


def _key(giver: Any, taker: Any, policy: Any, level: Any) -> Any:
    """One number for the four, of a row or of whole columns."""
    return giver << 45 | taker << 30 | policy << 15 | level


def _bits(places: Iterable[int], what: str) -> int:
    """A set as bits; BadInput where there are too many for one number."""
    bits = 0
    for place in places:
        if place >= _BITS:
            raise BadInput(f"more than {_BITS} different {what} in one table; put the questions in several tables")
        bits |= 1 << place
    return bits


def _sorted(rows: Iterable[tuple[int, ...]]) -> _Sorted:
    listed = sorted(rows)
    table = np.array(listed, dtype=np.int64).T if listed else np.zeros((10, 0), dtype=np.int64)
    return _Sorted(table[0], table[1], table[2], table[3], table[4:])
