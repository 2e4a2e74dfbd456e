"""Indicators out of a table (CSV): a row each, its columns in any order, one line for whatever is wrong.

Columns: type and value (``patterns.KINDS``), valid_from; and where wanted valid_until, created, modified (else both are valid_from), name,
description, confidence (0 to 100), labels and marking (ids of marking definitions), several with ; between them, tlp.

A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab) is refused, unless a ' stands before it, which is taken off:
that is how such a cell is written safely.

Source: RFC 4180; STIX 2.1, 4.7.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from comity.exchange.envelopes import RawObject, ReadingLimits, is_id
from comity.exchange.markings import tlp_marking
from comity.exchange.taking_in.imported import Imported, Problem, each_once
from comity.exchange.taking_in.indicators import Observed, identity, indicator
from comity.exchange.taking_in.patterns import KINDS, pattern_of
from comity.exchange.timestamps import EPOCH
from comity.labels import parse_instant
from comity.terms import BadInput

NEEDED = ("type", "value", "valid_from")
COLUMNS = (*NEEDED, "valid_until", "created", "modified", "name", "description", "confidence", "labels", "tlp", "marking")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch
T = TypeVar("T")


def read_table(body: bytes, by: str, limits: ReadingLimits) -> Imported:
    """The indicators of a table, made by an identity of the name ``by``; or all that is wrong with it."""
    maker = identity(by)
    wrong: list[Problem] = []
    objects: list[RawObject] = [maker]
    lines: dict[str, int] = {}
    try:
        for line, cells in _rows(body, limits):
            if isinstance(cells, Problem):
                wrong.append(cells)
                continue
            observed = _observed(_Row(line, cells, wrong))
            if observed is None:
                continue
            if (before := lines.setdefault(observed.key, line)) != line:
                wrong.append(Problem(f"line {line}", f"the same type and value as in line {before}; one line each"))
            objects.append(indicator(observed, maker.id))
    except BadInput as problem:
        return Imported(wrong=(*wrong, Problem("the table", str(problem))))
    return Imported(wrong=tuple(wrong)) if wrong else Imported(each_once(objects))


def _rows(body: bytes, limits: ReadingLimits) -> Iterator[tuple[int, dict[str, str] | Problem]]:
    """Each row with the number of its last line; BadInput where the table as a whole cannot be read."""
    if len(body) > limits.octets:
        raise BadInput(f"it has {len(body)} bytes; at most {limits.octets} are read at once, send it in parts")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"it is not UTF-8 (byte {problem.start + 1}); save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip().casefold() for name in next(reader, [])]
        _check_head(head)
        for number, cells in enumerate((cells for cells in reader if cells), 1):
            if number > limits.objects:
                raise BadInput(f"more than {limits.objects} rows; send it in parts")
            if len(cells) == len(head):
                yield reader.line_num, dict(zip(head, (cell.strip(" ") for cell in cells), strict=True))
            else:
                at = f"line {reader.line_num}"
                yield reader.line_num, Problem(at, f"it has {len(cells)} cells, and the head {len(head)}; put a cell with a comma into quotes")
    except csv.Error as problem:
        raise BadInput(f"line {reader.line_num} is not CSV: {problem}") from None


def _check_head(head: list[str]) -> None:
    for sign, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(head) == 1 and sign in head[0]:
            raise BadInput(f"line 1: its columns are parted by {called}; part them by commas")
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise BadInput(f"line 1: the column {unknown[0]!r:.60} is not known; there are {', '.join(COLUMNS)}")
    for name in NEEDED:
        if name not in head:
            raise BadInput(f"line 1: the column {name} is missing; add it")
    if len(set(head)) < len(head):
        raise BadInput("line 1: a column stands there twice; which of the two is meant?")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one line, and where to put what is wrong with them."""

    line: int
    cells: dict[str, str]
    wrong: list[Problem]

    def read(self, name: str, how: Callable[[str], T], otherwise: T) -> T:
        """What a cell says; ``otherwise`` where it is empty and may be, or wrong (which is noted)."""
        try:
            text = _plain(self.cells.get(name, ""))
            return how(text) if text or name in NEEDED else otherwise
        except BadInput as problem:
            self.say(name, str(problem))
            return otherwise

    def say(self, name: str, says: str) -> None:
        self.wrong.append(Problem(f"line {self.line}, {name}", says))


def _observed(row: _Row) -> Observed | None:
    """The row as an indicator; None, and one more that is wrong for each cell that is, where it is none."""
    before = len(row.wrong)
    kind = row.read("type", _kind, "")
    pattern = row.read("value", lambda text: pattern_of(kind, text), "") if kind else ""
    start = row.read("valid_from", _instant, 0)
    until = row.read("valid_until", _instant, None)
    created = row.read("created", _instant, start)
    modified = row.read("modified", _instant, max(start, created))
    none: tuple[str, ...] = ()
    markings = (*row.read("tlp", _tlp, none), *row.read("marking", _markings, none))
    observed = Observed(
        key=pattern, pattern=pattern, created=created, modified=modified, valid_from=start, valid_until=until, name=row.read("name", str, ""),
        description=row.read("description", str, ""), confidence=row.read("confidence", _confidence, None),
        labels=row.read("labels", _several, none), markings=tuple(dict.fromkeys(markings)),
    )  # fmt: skip
    if len(row.wrong) == before and until is not None and until <= start:
        row.say("valid_until", "it is not later than valid_from")
    if len(row.wrong) == before and modified < created:
        row.say("modified", "it is before created")
    return observed if len(row.wrong) == before else None


def _plain(text: str) -> str:
    """The cell as it was meant, without the sign that keeps a spreadsheet from running it."""
    if text.startswith("'") and text[1:].startswith(_FORMULA):
        return text[1:]
    if text.startswith(_FORMULA):
        raise BadInput(f"{text!r:.60} begins as a formula does; write a ' before it")
    return text


def _kind(text: str) -> str:
    kind = text.casefold()
    if kind not in KINDS:
        raise BadInput(f"values of the type {text!r:.40} are not read; there are {', '.join(KINDS)}")
    return kind


def _instant(text: str) -> int:
    try:
        instant = parse_instant(f"{text}T00:00:00Z" if _DAY(text) else text)
    except BadInput:
        instant = None
    if instant is None or not instant.zoned:
        raise BadInput(f"{text!r:.60} is no instant with its zone; write it as 2026-11-22T12:00:00Z, or as a day, 2026-11-22")
    return (instant.at - EPOCH) // timedelta(microseconds=1)


def _confidence(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 100:
        raise BadInput(f"{text!r:.60} is no confidence; write a whole number from 0 to 100")
    return int(text)


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _tlp(text: str) -> tuple[str, ...]:
    marking = tlp_marking(text)
    if marking is None:
        raise BadInput(f"{text!r:.60} is no level of TLP; write CLEAR, GREEN, AMBER, AMBER+STRICT or RED")
    return (marking,)


def _markings(text: str) -> tuple[str, ...]:
    for one in _several(text):
        if not is_id(one) or not one.startswith("marking-definition--"):
            raise BadInput(f"{one!r:.80} is no id of a marking definition; write it as marking-definition--UUID")
    return _several(text)
