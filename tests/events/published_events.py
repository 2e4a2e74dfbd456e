"""Files of events as the three data sets publish them, with invented rows; and the folder of real ones."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from comity.events import event_source

DATA = os.environ.get("COMITY_DATA")
needs_data = pytest.mark.skipif(DATA is None, reason="COMITY_DATA does not name a folder of real data")
DAY = {"icews": "Event Date", "gdelt": "Day", "polecat": "Event Date"}


def real(name: str) -> Path:
    assert DATA is not None
    return Path(DATA, "research", name)


def published(folder: Path, source: str, rows: Sequence[Mapping[str, str]], width: int | None = None) -> Path:
    """A file of the data set with these rows; what a row doesn't say is empty."""
    record = event_source(source)
    width = record.widths[0] if width is None else width
    lines = ["\t".join(record.columns)] if record.header else []
    for row in rows:
        cells = [row.get(column, "") for column in record.columns]
        lines.append("\t".join(cells + [""] * (width - len(cells))))
    path = folder / f"{source}.tab"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def icews(day: str, one: str, other: str, code: str, intensity: str = "0") -> dict[str, str]:
    """One event of ICEWS."""
    return {"Event Date": day, "Source Country": one, "Target Country": other, "CAMEO Code": code, "Intensity": intensity}
