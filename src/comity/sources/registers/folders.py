"""A register's tables out of a folder that somebody has them in, found by the names that their files bear when they are fetched."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

from comity.sources.registers import atop, dcad, exercises, uk_treaties, un_treaties
from comity.terms import BadInput

FILES: Mapping[str, Mapping[str, str]] = {
    un_treaties.ID: {"acts": "un_treaties/acts.csv", "index": "un_treaties/index.csv"},
    uk_treaties.ID: {"records": "uk_treaties.csv"},
    atop.ID: {"alliances": "atop5_1a.csv", "members": "atop5_1m.csv"},
    dcad.ID: {"agreements": "DCAD-v1.0-main.csv"},
    exercises.ID: {"participants": "mme-v7-long.csv"},
}
"""The file of each table, plain or with .gz at its end."""


def read_tables(register: str, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a register from the files below ``folder``; BadInput names a file that is not there, or that cannot be read."""
    if register not in FILES:
        raise BadInput(f"register {register!r}; choose one of {', '.join(FILES)}")
    return {table: _read(_find(folder, name)) for table, name in FILES[register].items()}


def _find(folder: Path, name: str) -> Path:
    if not folder.is_dir():
        raise BadInput(f"no folder {str(folder)!r}; give one that holds {name} or {name}.gz")
    stem = Path(name).name
    for wanted in (name, f"{name}.gz"):
        found = sorted(path for path in folder.rglob(f"{stem}{'.gz' if wanted.endswith('.gz') else ''}") if path.as_posix().endswith(f"/{wanted}"))
        if found:
            return found[0]
    raise BadInput(f"no file {name} or {name}.gz below {str(folder)!r}; fetch the register first, or give the folder that holds it")


def _read(path: Path) -> list[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as problem:
        raise BadInput(f"{path.name} cannot be read as CSV ({problem}); fetch it again") from None
