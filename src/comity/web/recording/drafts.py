"""Drafts: what people have begun to record, each for the one who began it; and under which act what was a draft came on record.

They are kept in a file of their own, or in memory until the server stops; never in the ledger.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import StaticPool

from comity.terms import BadInput
from comity.web.recording.answers import Answers

MOST = 100
LARGEST = 24_000_000
"""So many drafts a person, and so many characters a draft."""
DOCUMENT = "document"
"""A document that was sent ahead of the act that it belongs to."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``kind``: act, rows or document. ``recorded``: the hashes of the acts under which it came on record, if it did, with blanks between."""

    id: str
    kind: str
    title: str
    content: str
    changed: str = ""
    recorded: str = ""

    @property
    def acts(self) -> Sequence[str]:
        """The hashes of the acts under which it came on record."""
        return self.recorded.split()


class Drafts(Protocol):
    """Where drafts are kept; everybody has their own."""

    @property
    def lasting(self) -> bool:
        """Are they there when the server is started again?"""
        ...

    def put(self, reader: str, draft: Draft) -> None:
        """Keep it in place of what it was; what came on record stays as it is. BadInput if there are too many."""
        ...

    @property
    def answers(self) -> Answers:
        """What was answered to programs that record."""
        ...

    def exchange(self, reader: str, draft: Draft, was: Draft | None) -> bool:
        """Keep it if what is kept is still ``was`` (None: nothing); was it? BadInput if there are too many."""
        ...

    def get(self, reader: str, draft_id: str) -> Draft | None: ...

    def list(self, reader: str) -> list[Draft]:
        """Those that are not on record, without documents; the latest first."""
        ...

    def drop(self, reader: str, draft_id: str) -> None: ...

    def claim(self, reader: str, draft_id: str, acts: Sequence[str]) -> None:
        """It comes on record under these acts; none: it did not come on record after all, and is as it was before."""
        ...

    def settle(self, reader: str, draft_id: str) -> None:
        """It is on record for good: what was in it need not be kept."""
        ...


_META = sa.MetaData()
_DRAFT = sa.Table(
    "draft",
    _META,
    sa.Column("reader", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),
    sa.Column("recorded", sa.Text, nullable=False),
)


def _now() -> datetime:
    return datetime.now(UTC)


class StoredDrafts:
    """Drafts in a database of SQLite; safe between threads."""

    def __init__(self, engine: sa.Engine, lasting: bool, clock: Callable[[], datetime] = _now) -> None:
        self._engine, self._lasting, self._clock = engine, lasting, clock
        self._turn, self._made = threading.RLock(), False
        self._answers = Answers(self._open, clock)

    @property
    def answers(self) -> Answers:
        return self._answers

    @property
    def lasting(self) -> bool:
        return self._lasting

    @contextmanager
    def _open(self) -> Iterator[sa.Connection]:
        with self._turn:
            try:
                with self._engine.begin() as connection:
                    if not self._made:
                        _META.create_all(connection)
                        Answers.make(connection)
                        self._made = True
                    yield connection
            except exc.SQLAlchemyError as problem:
                raise BadInput(f"the drafts cannot be kept ({getattr(problem, 'orig', problem)}); look at the file that --drafts names") from None

    def put(self, reader: str, draft: Draft) -> None:
        with self._open() as connection:
            there = connection.execute(sa.select(_DRAFT.c.recorded).where(_DRAFT.c.reader == reader, _DRAFT.c.id == draft.id)).scalar()
            if there is None:
                self._insert(connection, reader, draft)
            elif not there:
                self._update(connection, reader, draft, sa.true())

    def exchange(self, reader: str, draft: Draft, was: Draft | None) -> bool:
        with self._open() as connection:
            if was is not None:
                same = sa.and_(_DRAFT.c.kind == was.kind, _DRAFT.c.title == was.title, _DRAFT.c.content == was.content, _DRAFT.c.recorded == "")
                return self._update(connection, reader, draft, same)
            there = connection.execute(sa.select(_DRAFT.c.id).where(_DRAFT.c.reader == reader, _DRAFT.c.id == draft.id)).scalar()
            if there is None:
                self._insert(connection, reader, draft)
            return there is None

    def _row(self, draft: Draft) -> dict[str, str]:
        if len(draft.content) > LARGEST:
            raise BadInput(f"a draft has {LARGEST:,} characters at most; record fewer acts at once")
        return {"kind": draft.kind, "title": draft.title, "content": draft.content, "changed": self._clock().isoformat(timespec="seconds")}

    def _insert(self, connection: sa.Connection, reader: str, draft: Draft) -> None:
        waiting = sa.and_(_DRAFT.c.reader == reader, _DRAFT.c.recorded == "")
        if connection.execute(sa.select(sa.func.count()).select_from(_DRAFT).where(waiting)).scalar_one() >= MOST:
            raise BadInput(f"{MOST} drafts are kept for you already; drop those that you do not need, under Record")
        connection.execute(sa.insert(_DRAFT).values(reader=reader, id=draft.id, recorded="", **self._row(draft)))

    def _update(self, connection: sa.Connection, reader: str, draft: Draft, same: sa.ColumnElement[bool]) -> bool:
        this = sa.and_(_DRAFT.c.reader == reader, _DRAFT.c.id == draft.id, same)
        return connection.execute(sa.update(_DRAFT).where(this).values(**self._row(draft))).rowcount == 1

    def get(self, reader: str, draft_id: str) -> Draft | None:
        with self._open() as connection:
            found = connection.execute(sa.select(_DRAFT).where(_DRAFT.c.reader == reader, _DRAFT.c.id == draft_id)).first()
        return None if found is None else _draft(found)

    def list(self, reader: str) -> list[Draft]:
        shown = sa.and_(_DRAFT.c.reader == reader, _DRAFT.c.recorded == "", _DRAFT.c.kind != DOCUMENT)
        wanted = sa.select(_DRAFT).where(shown).order_by(_DRAFT.c.changed.desc(), _DRAFT.c.id)
        with self._open() as connection:
            return [_draft(row) for row in connection.execute(wanted)]

    def drop(self, reader: str, draft_id: str) -> None:
        with self._open() as connection:
            connection.execute(sa.delete(_DRAFT).where(_DRAFT.c.reader == reader, _DRAFT.c.id == draft_id, _DRAFT.c.recorded == ""))

    def claim(self, reader: str, draft_id: str, acts: Sequence[str]) -> None:
        this = sa.and_(_DRAFT.c.reader == reader, _DRAFT.c.id == draft_id)
        now = self._clock().isoformat(timespec="seconds")
        with self._open() as connection:
            claimed = " ".join(acts)
            if not connection.execute(sa.update(_DRAFT).where(this).values(recorded=claimed)).rowcount:
                empty = {"kind": "act", "title": "", "content": "", "changed": now}
                connection.execute(sa.insert(_DRAFT).values(reader=reader, id=draft_id, recorded=claimed, **empty))
            if not acts:
                connection.execute(sa.delete(_DRAFT).where(this, _DRAFT.c.content == ""))

    def settle(self, reader: str, draft_id: str) -> None:
        with self._open() as connection:
            connection.execute(sa.update(_DRAFT).where(_DRAFT.c.reader == reader, _DRAFT.c.id == draft_id).values(content=""))

    def close(self) -> None:
        self._engine.dispose()


def _draft(row: sa.Row[Any]) -> Draft:
    return Draft(row.id, row.kind, row.title, row.content, row.changed, row.recorded)


def in_memory() -> StoredDrafts:
    """Drafts that are gone when the server stops."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    return StoredDrafts(engine, lasting=False)


def in_file(path: Path) -> StoredDrafts:
    """Drafts in a file, which is made if it is not there; BadInput if it cannot be used."""
    drafts = StoredDrafts(sa.create_engine(f"sqlite:///{path}"), lasting=True)
    drafts.list("")
    return drafts
