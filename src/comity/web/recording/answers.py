"""What was answered to programs that record, by reader and key, so that a request that is sent again is not done again; kept with the drafts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

MOST_KEPT = 1000
KEPT_FOR = timedelta(days=7)
"""So many answers a reader, for so long; the oldest go first."""
_META = sa.MetaData()
_ANSWER = sa.Table(
    "answer",
    _META,
    sa.Column("reader", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("headers", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to the request with this digest."""

    digest: str
    status: int
    headers: Mapping[str, str]
    content: bytes


class Answers:
    """Answers in the database of the drafts."""

    def __init__(self, opened: Callable[[], AbstractContextManager[sa.Connection]], clock: Callable[[], datetime]) -> None:
        self._open, self._clock = opened, clock

    @staticmethod
    def make(connection: sa.Connection) -> None:
        """The table, if it is not there."""
        _META.create_all(connection)

    def get(self, reader: str, key: str) -> Answer | None:
        old = (self._clock() - KEPT_FOR).isoformat()
        wanted = sa.select(_ANSWER).where(_ANSWER.c.reader == reader, _ANSWER.c.key == key, _ANSWER.c.at >= old)
        with self._open() as connection:
            found = connection.execute(wanted).first()
        return None if found is None else Answer(found.digest, found.status, json.loads(found.headers), bytes(found.content))

    def keep(self, reader: str, key: str, answer: Answer) -> None:
        """Keep it, and let go of what is too old or too much."""
        now, mine = self._clock(), _ANSWER.c.reader == reader
        row = {"digest": answer.digest, "at": now.isoformat(), "status": answer.status, "headers": json.dumps(dict(answer.headers))}
        newest = sa.select(_ANSWER.c.key).where(mine).order_by(_ANSWER.c.at.desc()).limit(MOST_KEPT - 1)
        with self._open() as connection:
            gone = sa.or_(_ANSWER.c.at < (now - KEPT_FOR).isoformat(), _ANSWER.c.key == key, _ANSWER.c.key.not_in(newest))
            connection.execute(sa.delete(_ANSWER).where(mine, gone))
            connection.execute(sa.insert(_ANSWER).values(reader=reader, key=key, content=answer.content, **row))
