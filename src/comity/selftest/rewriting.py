"""A ledger rewritten by somebody who may write its database: rows lost, exchanged, moved, put in twice, changed value by value; the end cut off.

A state of a ledger is its rows by table; each rule is a function that gives states which somebody could put in its place, each with what was
done to which row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Row = dict[str, object]
Rows = dict[str, list[Row]]


class Rewritten(NamedTuple):
    """What somebody did, of which kind, and the rows after it."""

    kind: str
    what: str
    rows: Rows


def rows_deleted(rows: Rows) -> Iterator[Rewritten]:
    for table, place, row in _each(rows):
        yield Rewritten("deleted rows", f"{_named(table, row)} deleted", {**rows, table: _without(rows[table], place)})


def rows_doubled(rows: Rows) -> Iterator[Rewritten]:
    for table, _, row in _each(rows):
        yield Rewritten("doubled rows", f"{_named(table, row)} put in twice", {**rows, table: [*rows[table], row]})


def values_changed(rows: Rows) -> Iterator[Rewritten]:
    """Each value becomes another row's, nothing at all, and one of another type."""
    for table, place, row in _each(rows):
        for column, value in row.items():
            others = [other[column] for other in rows[table] if other[column] != value]
            stranger: object = b"\x01" if isinstance(value, str) else "x"
            for new in dict.fromkeys((*others[:1], None, stranger)):
                if new != value:
                    what = f"{column} of {_named(table, row)} set to {new!r}"
                    yield Rewritten("changed values", what, {**rows, table: _with(rows[table], place, row | {column: new})})


def neighbours_exchanged(rows: Rows) -> Iterator[Rewritten]:
    for tables in (("leaf",), ("payload",), ("leaf", "payload")):
        for place in range(len(rows["leaf"]) - 1):
            order = [*range(place), place + 1, place, *range(place + 2, len(rows["leaf"]))]
            yield Rewritten("exchanged items", f"items {place} and {place + 1} exchanged in {' and '.join(tables)}", _in_order(rows, tables, order))


def moved_to_the_end(rows: Rows) -> Iterator[Rewritten]:
    for place in range(len(rows["leaf"]) - 1):
        order = [*_without(list(range(len(rows["leaf"]))), place), place]
        yield Rewritten("moved items", f"item {place} moved to the end", _in_order(rows, ("leaf", "payload"), order))


def put_in_again(rows: Rows) -> Iterator[Rewritten]:
    for place in range(len(rows["leaf"])):
        ends = {table: [*rows[table], rows[table][place] | {"seq": len(rows["leaf"])}] for table in ("leaf", "payload")}
        yield Rewritten("doubled items", f"item {place} put in again at the end", {**rows, **ends})


def payloads_under_another(rows: Rows) -> Iterator[Rewritten]:
    """The bytes of one item, its act's too, under each other one."""
    for place, row in enumerate(rows["payload"]):
        for other in _without(rows["payload"], place):
            under = {**rows, "payload": _with(rows["payload"], place, other | {"seq": row["seq"]})}
            yield Rewritten("payloads under another", f"the bytes of item {other['seq']} put under item {row['seq']}", under)


def cut_short(rows: Rows) -> Iterator[Rewritten]:
    """The last items taken away, and nothing else: at every size."""
    for size in range(len(rows["leaf"])):
        yield Rewritten("cut short", f"items from {size} on taken away", {**rows, **{table: rows[table][:size] for table in ("leaf", "payload")}})


Rule = Callable[[Rows], Iterator[Rewritten]]
RULES_ON_ROWS: tuple[Rule, ...] = (rows_deleted, rows_doubled, values_changed)
RULES_ON_ITEMS: tuple[Rule, ...] = (neighbours_exchanged, moved_to_the_end, put_in_again, payloads_under_another, cut_short)


def _each(rows: Rows) -> Iterator[tuple[str, int, Row]]:
    for table, held in rows.items():
        for place, row in enumerate(held):
            yield table, place, row


def _named(table: str, row: Row) -> str:
    return f"{table} {next(iter(row.values()))}"


def _in_order(rows: Rows, tables: tuple[str, ...], order: list[int]) -> Rows:
    """The rows of these tables in another order, each under the number of the place where it then stands."""
    return {**rows, **{table: [rows[table][old] | {"seq": new} for new, old in enumerate(order)] for table in tables}}


def _with(held: list[T], place: int, new: T) -> list[T]:
    return [*held[:place], new, *held[place + 1 :]]


def _without(held: list[T], place: int) -> list[T]:
    return [*held[:place], *held[place + 1 :]]
