"""A report as data: JSON with everything in it, CSV of figures, of each table and of the acts, and the pictures, in one archive.

Source: docs/explanation/how-reports-are-made.md, section 6; docs/schemas/report.json.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from comity.reports.contents import Report
from comity.sheets import csv_bytes

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The time that every file in the archive bears, so that the same report gives the same bytes."""


def report_to_plain(report: Report) -> dict[str, Any]:
    """The report as strings, numbers, lists and objects."""
    plain: dict[str, Any] = _plain(asdict(report))
    plain["earlier"] = None if report.earlier is None else [day.isoformat() for day in report.earlier]
    plain["label"] |= {"public": report.label.public, "marking": report.label.marking}
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def to_bundle(report: Report) -> bytes:
    """The archive: report.json, figures.csv, acts.csv, a CSV for each table, an SVG for each picture.

    Of a report that is not public marking.txt comes first, and each CSV has its marking in a column of its own.
    """
    marking = report.label.marking
    figures = [
        (one.id, one.says, one.value, one.unit, one.before, one.of, one.unknown, one.least, one.most, one.reach, one.why,
         one.command, " ".join(one.acts), " ".join(one.acts_before))
        for one in report.figures
    ]  # fmt: skip
    heads = ("id", "what", "value", "unit", "before", "of", "not known", "least", "most", "reach", "why", "command", "acts", "acts before")
    acts = [(act.ref, act.kind, act.actor, act.agreement, act.made, act.source) for act in report.acts]
    parts = {"marking.txt": f"{marking}\n".encode()} if marking else {}
    parts |= {
        "report.json": (json.dumps(report_to_plain(report), ensure_ascii=False, indent=2) + "\n").encode(),
        "figures.csv": _csv(heads, figures, marking),
        "acts.csv": _csv(("ref", "kind", "actor", "agreement", "made", "source"), acts, marking),
    }
    for section in report.sections:
        parts |= {f"tables/{_file_name(one.id)}.csv": _csv(one.heads, one.rows, marking) for one in section.listings}
        parts |= {f"pictures/{_file_name(one.id)}.svg": one.svg.encode() for one in section.drawings}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]], marking: str) -> bytes:
    marked = (marking,) if marking else ()
    cells = (["" if cell is None else str(cell) for cell in (*row, *marked)] for row in rows)
    return csv_bytes((*heads, "marking") if marking else heads, cells)


def _file_name(id_: str) -> str:
    """The id as a name in the archive, whatever it was written with."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", id_)
