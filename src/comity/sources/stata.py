"""Files of Stata up to version 12 (formats 105 to 115), read as the format's description says, with the standard library alone.

Source: Stata's own description of its file formats (help dta). Numbers keep the width that they have there only until they are read:
a state's code of 16 bits, multiplied by 1000, would run over without a word.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import polars as pl

from comity.terms import BadInput

OLDEST, NEWEST = 105, 115
INTEGERS = {"b": (1, 100, 127), "h": (2, 32740, 32767), "i": (4, 2147483620, 2147483647)}
"""Width, and the largest number that is one: since format 113, and before (when only the very last stood for nothing)."""


@dataclass(slots=True)
class _Bytes:
    """What is left of a file, taken from the front."""

    where: str
    content: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.content):
            raise BadInput(f"{self.where!r} is cut off: its Stata file ends too early; fetch it again")
        self.at += count
        return self.content[self.at - count : self.at]

    def number(self, order: str, code: str) -> int:
        return int(struct.unpack(order + code, self.take(struct.calcsize(order + code)))[0])


def read_dta(where: str, content: bytes) -> pl.DataFrame:
    """The table in a Stata file: whole numbers as 64 bits, others as floats, texts; what Stata has as missing is null."""
    left = _Bytes(where, content)
    version, byte_order = left.take(1)[0], left.take(1)[0]
    if not OLDEST <= version <= NEWEST or byte_order not in (1, 2):
        raise BadInput(f"{where!r} is not a Stata file of version 12 or before; save it so in Stata (saveold), or give the file as published")
    order = ">" if byte_order == 1 else "<"
    left.take(2)
    count, rows = left.number(order, "H"), left.number(order, "I")
    left.take(81 if version >= 108 else 32)
    left.take(18)
    wide = version >= 110
    types = [_kind(where, byte, version) for byte in left.take(count)]
    names = [_text(left.take(33 if wide else 9)) for _ in range(count)]
    left.take(2 * (count + 1) + count * (49 if version >= 114 else 12) + count * (33 if wide else 9) + count * (81 if version >= 108 else 32))
    while (kind := left.take(1)[0]) | (length := left.number(order, "i" if wide else "h")):  # characteristics, which end with zeros
        if kind == 0:
            raise BadInput(f"{where!r} is not a Stata file as its version says; give the file as published")
        left.take(length)
    row = struct.Struct(order + "".join(types))
    cells = list(row.iter_unpack(left.take(row.size * rows)))
    columns = zip(*cells, strict=True) if cells else ([] for _ in names)
    return pl.DataFrame([_column(n, t, list(c), version) for n, t, c in zip(names, types, columns, strict=True)])


def _kind(where: str, byte: int, version: int) -> str:
    """The type of a column as ``struct`` spells it."""
    if version >= 111:
        found = {251: "b", 252: "h", 253: "i", 254: "f", 255: "d"}.get(byte) or (f"{byte}s" if 0 < byte <= 244 else None)
    else:
        found = {ord("b"): "b", ord("i"): "h", ord("l"): "i", ord("f"): "f", ord("d"): "d"}.get(byte)
        found = found or (f"{byte - 127}s" if byte > 127 else None)
    if found is None:
        raise BadInput(f"{where!r} has a column of a type ({byte}) that its version does not know; give the file as published")
    return found


def _text(raw: bytes) -> str:
    return raw.partition(b"\0")[0].decode("cp1252", errors="replace")


def _column(name: str, kind: str, cells: list[object], version: int) -> pl.Series:
    if kind.endswith("s"):
        return pl.Series(name, [_text(c) for c in cells if isinstance(c, bytes)], dtype=pl.String)
    series = pl.Series(name, cells, dtype=pl.Int64 if kind in INTEGERS else pl.Float64)
    if kind in INTEGERS:
        _, largest, last = INTEGERS[kind]
        fits = series <= largest if version >= 113 else series < last
    else:
        fits = series < (2.0**127 if kind == "f" else 2.0**1023)
    return pl.select(pl.when(fits).then(series).alias(name)).to_series()
