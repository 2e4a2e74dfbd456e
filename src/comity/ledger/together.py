"""Group commit: what several threads append at the same time is committed to disk once, for all of them.

Whoever finds nobody at work leads. In one transaction it appends its own, and then that of everybody who waits by then, in the order in which
they came, each to the log as the one before has left it; those who come later wait for the next transaction, which the first of them leads. Each
is answered after the commit that holds its items. What can't be appended fails alone, and nothing of it is written.

They wait here and not for the database: who waits for SQLite's lock looks again now and then, and of many, some would wait for seconds.

Source: docs/explanation/how-the-ledger-is-kept.md, section 2.
"""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

import sqlalchemy as sa

from comity.ledger import schema
from comity.ledger.prepared import Prepared
from comity.ledger.tree import Frontier
from comity.terms import BadInput

MOST = 64
"""So many are committed at once: the first waits for the last."""


class Head(NamedTuple):
    """How far a log goes, and its last instant."""

    frontier: Frontier
    logged: str


Append = Callable[[sa.Connection, Head], tuple[list[int], Head]]
"""Appends to the log that goes as far as this: the number of each item, and how far it goes then."""
_HEAD = sa.select(schema.head.c.size, schema.head.c.peaks, schema.head.c.logged)
_READ, _TAKEN = Prepared(_HEAD), Prepared(_HEAD.with_for_update())


def read_head(connection: sa.Connection, *, taken: bool = False) -> Head:
    """The head as it is now; ``taken``: and nobody else appends until the transaction ends."""
    size, peaks, logged = (_TAKEN if taken else _READ).one(connection)
    return Head(Frontier.from_bytes(size, peaks), logged)


class _Request:
    """One that waits; ``failed``: why nothing of it is there, or nobody knows whether it is."""

    def __init__(self, append: Append) -> None:
        self.append, self.answered = append, False
        self.numbers: list[int] = []
        self.failed: Exception | None = None

    def numbers_told(self) -> list[int]:
        """Its numbers, or what it failed by; this is let go of, with all that hangs on it."""
        failed, self.failed = self.failed, None
        try:
            if failed is not None:
                raise failed
            return self.numbers
        finally:
            del failed


class Together:
    """All who append to one ledger: one of them leads, the others wait."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._turn, self._at_work = engine, threading.Condition(), False
        self._waiting = deque[_Request]()

    def append(self, append: Append) -> list[int]:
        """The numbers that ``append`` gives, once they are on disk; it may be called in another thread, and is called at most once."""
        request = _Request(append)
        if self._is_to_lead(request):
            self._lead([request])
        return request.numbers_told()

    def _is_to_lead(self, request: _Request) -> bool:
        """Wait until it is answered, or nobody is at work and it is the first: then it leads."""
        with self._turn:
            self._waiting.append(request)
            try:
                self._turn.wait_for(lambda: request.answered or (not self._at_work and self._waiting[0] is request))
            except BaseException:  # interrupted: the next may be the first now
                self._turn.notify_all()
                raise
            finally:
                with suppress(ValueError):  # another who leads may have it
                    self._waiting.remove(request)
            if not request.answered:
                self._at_work = True
            return not request.answered

    def _lead(self, group: list[_Request]) -> None:
        """Append what is in the group, and whatever joins it; then another goes on, if more came meanwhile."""
        try:
            self._commit(group)
        except Exception as problem:
            _fail(group, problem)
        except BaseException:
            _fail(group, BadInput("the append was interrupted; it may be there or not: send it again"))
            raise
        finally:
            with self._turn:
                self._at_work = False
                for request in group:
                    request.answered = True
                self._turn.notify_all()

    def _commit(self, group: list[_Request]) -> None:
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            head = read_head(connection, taken=True)
            # the first is alone so far: what it fails by takes back all that there is
            group[0].numbers, head = group[0].append(connection, head)
            while self._one_joins(group):
                head = _append_after_others(group[-1], connection, head)
            # all of them are on disk when the block is left

    def _one_joins(self, group: list[_Request]) -> bool:
        with self._turn:
            if not self._waiting or len(group) >= MOST:
                return False
            group.append(self._waiting.popleft())
            return True


def _append_after_others(request: _Request, connection: sa.Connection, head: Head) -> Head:
    """What it fails by takes back nothing but its own; the head as it is then."""
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        request.numbers, head = request.append(connection, head)
    except Exception as problem:
        traceback.clear_frames(problem.__traceback__)  # what it was still reading would keep others from the database
        if not _is_taken_back(connection):
            raise
        request.failed = problem
    connection.exec_driver_sql("RELEASE SAVEPOINT one")
    return head


def _is_taken_back(connection: sa.Connection) -> bool:
    """Is what was written since the savepoint gone, and the rest still there? Of some errors SQLite takes back all; a server may be gone."""
    try:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one")
    except sa.exc.SQLAlchemyError:
        return False
    return True


def _fail(group: Sequence[_Request], problem: Exception) -> None:
    """All of a group, but for those that failed by themselves."""
    for request in group:
        request.failed = request.failed or problem
