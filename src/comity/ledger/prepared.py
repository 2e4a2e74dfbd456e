"""Statements that are asked at every turn, put into the database's own words once: to do so each time takes longer than they do."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.sql.compiler import SQLCompiler


class Prepared:
    """A statement whose open values are named parameters (``required=False``): the rows that it gives, as the driver has them."""

    def __init__(self, statement: sa.ClauseElement) -> None:
        self._statement = statement
        self._words: dict[str, _Words] = {}

    def __call__(self, connection: sa.Connection, **values: object) -> list[Any]:
        words = self._words.get(connection.dialect.name)
        if words is None:
            words = self._words[connection.dialect.name] = _Words(self._statement, connection.dialect)
        result = connection.exec_driver_sql(words.text, words.with_values(values))
        return list(result.cursor.fetchall()) if result.returns_rows else []

    def one(self, connection: sa.Connection, **values: object) -> Any:
        """The one row that there is; SQLAlchemy's NoResultFound if there is none."""
        for row in self(connection, **values):
            return row
        raise exc.NoResultFound("no row was found where one has to be")


class _Words:
    """A statement in the words of one database, with the values that it brings along."""

    def __init__(self, statement: sa.ClauseElement, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)
        self.text, self._brought, self._places = str(compiled), dict(compiled.params), compiled.positiontup

    def with_values(self, values: dict[str, object]) -> Any:
        every = self._brought | values
        return every if self._places is None else tuple(every[name] for name in self._places)
