"""A register's tables out of a folder, as their files have them.

Source: docs/explanation/how-panels-are-made.md, section 3.
"""

from __future__ import annotations

from pathlib import Path

from comity.registers.taking import Rows
from comity.registers.writing import REGISTERS
from comity.sources import rows_as_written
from comity.terms import BadInput


def read_tables(register: str, place: Path) -> dict[str, Rows]:
    """The tables of a register from the files below ``place``; BadInput names a file that is not there, or that cannot be read."""
    if register not in REGISTERS:
        raise BadInput(f"register {register!r}; choose one of {', '.join(REGISTERS)}")
    return {table: rows_as_written(register, table, place) for table in REGISTERS[register]}
