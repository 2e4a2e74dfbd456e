"""A file of acts in pieces: its head, each row, each blank line. Put together again they are the file, byte for byte."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple


class Piece(NamedTuple):
    """Some lines of a file, as they are written, and the line on which they begin."""

    line: int
    text: bytes


def pieces_of(content: bytes) -> list[Piece]:
    """The pieces of a file that ``read_rows`` reads without a problem, in their order."""
    lines = list(io.StringIO(content.decode("utf-8"), newline=""))
    reader, found, done = csv.reader(iter(lines), strict=True), list[Piece](), 0
    for _ in reader:
        found.append(Piece(done + 1, "".join(lines[done : reader.line_num]).encode()))
        done = reader.line_num
    return found
