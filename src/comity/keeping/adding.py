"""Acts that come into a ledger by themselves, not with a book: all of a file, or none.

They stand in a file of acts of their own, ``acts/added.csv``; once the format has grown another column, in the next, ``acts/added-2.csv``. Those
that come from another record stand apart, in a file that the caller names.
Only what the new acts name is read of the ledger: their agreements, the parties, and the acts that they reply to.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from comity.acts import Entry, read_act
from comity.book import COLUMNS, Book, Problem, pieces_of, read_files, read_rows, row_of, write_rows
from comity.keeping.parts import PartedRecord
from comity.ledger import Item, Ledger
from comity.terms import BadInput

Row = dict[str, str]
_HASH = "sha256:"


def add_rows(ledger: Ledger, text: str, file: str, today: date) -> tuple[list[str], int]:
    """Append the acts of a CSV text with the columns of a book, all or none: their hashes, and how many of them were new.

    A blank ``recorded`` is ``today``: on that day the ledger's keeper learned of it. BadInput names ``file`` and the row.
    """
    full = [{**row, "recorded": row["recorded"] or today.isoformat()} for row in rows_of(text, file)]
    book, lines = _read(PartedRecord(ledger), full)
    entries = [book.rows.get((_FILE, line)) for line in lines]
    there = ledger.numbers_of(entry.act.hash for entry in entries if entry is not None)
    new = [n for n, entry in enumerate(entries) if entry is None or entry.act.hash not in there]
    refuse_problems(book, _FILE, {lines[n]: full[n] for n in new}, file)
    _append(ledger, [(full[n], entries[n]) for n in new])
    return [entry.act.hash for entry in entries if entry is not None], len(new)


def misread(record: PartedRecord, entries: Sequence[Entry]) -> dict[str, str]:
    """Which of these acts this record's book would not read as they are, by their hashes, and what it says of each.

    What they reply to need not be there: that is not looked at.
    """
    found, rows = dict[str, str](), list[tuple[Entry, Row]]()
    for entry in entries:
        row = row_of(entry, entry.act.replies_to)
        if comes_back(row):
            rows.append((entry, row))
        else:
            found[entry.act.hash] = "it holds characters that no file of acts can hold"
    book, lines = _read(record, [row for _, row in rows])
    says = {problem.line: problem.says for problem in reversed(book.problems) if problem.file == _FILE}
    for (entry, _), line in zip(rows, lines, strict=True):
        read = book.rows.get((_FILE, line))
        if line in says:
            found[entry.act.hash] = says[line]
        elif read is None or (read.act.hash, read.signature) != (entry.act.hash, entry.signature):
            found[entry.act.hash] = "written into a file of acts it would read as another act"
    return found


def add_entries(ledger: Ledger, entries: Sequence[Entry], file: str) -> int:
    """Append acts, none of which is ``misread``, to a file of acts of this name: how many were new."""
    there = ledger.numbers_of(entry.act.hash for entry in entries)
    new = [entry for entry in entries if entry.act.hash not in there]
    _append(ledger, [(row_of(entry, entry.act.replies_to), entry) for entry in new], file)
    return len(new)


def comes_back(row: Row) -> bool:
    """Does a row, once written, read as it was?"""
    problems = list[Problem]()
    try:
        text = write_rows([row], every=True)
        return [found for _, found in read_rows(_FILE, text, problems)] == [row] and not problems and len(pieces_of(text.encode())) == 2
    except (csv.Error, UnicodeEncodeError):
        return False


def rows_of(text: str, file: str) -> list[Row]:
    """The rows of a CSV text, each with every column; BadInput tells the first problem."""
    problems: list[Problem] = []
    rows = [{**dict.fromkeys(COLUMNS, ""), **row} for _, row in read_rows(file, text, problems)]
    if problems:
        raise BadInput(str(problems[0]))
    return rows


def refuse_problems(book: Book, name: str, rows: Mapping[int, Row], file: str) -> None:
    """BadInput, if the book has a problem with one of these rows, by their lines in its file ``name``; the person knows them as ``file``'s."""
    for problem in book.problems:
        if problem.file == name and problem.line in rows:
            raise BadInput(f"{file}: {problem.says} (act {rows[problem.line]['ref']!r})")


_FILE = "acts/added.csv"


def _read(record: PartedRecord, rows: Sequence[Row]) -> tuple[Book, list[int]]:
    """The rows as a book of their own, with as much of the ledger's as they need; and the line of each."""
    own = {row["ref"] for row in rows}
    return _read_resolved(record, [row if row["replies_to"] in own else {**row, "replies_to": _answered(record, row)} for row in rows])


def read_with(record: PartedRecord, rows: Sequence[Row]) -> Iterator[tuple[Row, Entry | None, str]]:
    """Each row, what it replies to looked up, with the entry that it reads as and the first thing that is wrong with it, if anything is."""
    book, lines = _read_resolved(record, rows)
    says = {problem.line: problem.says for problem in reversed(book.problems) if problem.file == _FILE}
    for row, line in zip(rows, lines, strict=True):
        yield row, book.rows.get((_FILE, line)), says.get(line, "")


def _read_resolved(record: PartedRecord, rows: Sequence[Row]) -> tuple[Book, list[int]]:
    named = {row["agreement"] for row in rows}
    files = {name: seq for agreement in sorted(named) for name, seq in record.files_of(agreement).items()}
    text = write_rows(list(rows), every=True).encode()
    book = read_files({**record.small.files, **record.ledger.read(files), _FILE: text}, record.ledger.shown_url)
    return book, [piece.line for piece in pieces_of(text)][1:]


def _answered(record: PartedRecord, row: Row) -> str:
    """The hash of the act with the reference that the row replies to; the reference itself if there is none (reading will say so)."""
    wanted = row["replies_to"]
    if not wanted or wanted.startswith(_HASH):
        return wanted
    for agreement in dict.fromkeys((row["agreement"], "")):
        found = {e.act.hash for e in record.acts_under(agreement) if e.act.ref == wanted}
        if found:
            break
    else:
        found = {leaf.act for leaf, act, _ in record.ledger.items() if act is not None and leaf.act is not None and read_act(act).ref == wanted}
    if len(found) > 1:
        raise BadInput(f"replies_to {wanted!r}: {len(found)} acts in the ledger have this ref (act {row['ref']!r}); give the hash of one")
    return next(iter(found), wanted)


def _append(ledger: Ledger, new: Sequence[tuple[Row, Entry | None]], file: str = _FILE) -> None:
    if new:
        ledger.append(items_for(ledger, new, file))


def items_for(ledger: Ledger, new: Sequence[tuple[Row, Entry | None]], file: str = _FILE) -> list[Item]:
    """The new rows as they were written, in the file of acts that has their columns; begun, if it is not there."""
    if not new:
        return []
    head, *pieces = pieces_of(write_rows([row for row, _ in new], every=True).encode())
    name = next(name for number in itertools.count(1) if ledger.head_of(name := _numbered(file, number)) in (None, head.text))
    rows = [Item(name, piece.text, entry) for piece, (_, entry) in zip(pieces, new, strict=True)]
    return [Item(name, head.text, head=True), *rows]


def _numbered(file: str, number: int) -> str:
    return file if number == 1 else file.removesuffix(".csv") + f"-{number}.csv"
