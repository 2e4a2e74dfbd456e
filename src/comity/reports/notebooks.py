"""A report as a notebook: cells that open the record and ask each figure again with the library.

Source: docs/explanation/how-reports-are-made.md, section 6; the notebook format, version 4.5.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from comity.reports.contents import Figure, Report, number


def to_notebook(report: Report) -> str:
    """The notebook, as JSON; outputs are left out: running it gives them."""
    cells = [_words(f"# {report.title}\n\n{report.since} to {report.until}; as it stood on {report.on}, as known on {report.known}.\n\n"
                    f"Made by `{report.command}`. Each cell asks one figure again."), _code(report.opening)]  # fmt: skip
    for section in report.sections:
        says = f"\n\n{section.says}" if section.says else ""
        cells.append(_words(f"## {section.title}{says}" + "".join(f"\n- {note}" for note in section.notes)))
        for figure in section.figures:
            cells += _figure(figure)
        cells += [_words(_table(one.caption, one.heads, one.rows)) for one in section.listings]
    cells.append(
        _words(
            "## What is not known\n" + "".join(f"\n- {one.says} {one.why}" for one in report.not_known) + "".join(f"\n- {n}" for n in report.notes)
        )
    )
    for place, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{place} {''.join(cell['source'])}".encode()).hexdigest()[:12]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    plain = {"cells": cells, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _figure(one: Figure) -> Iterator[dict[str, Any]]:
    told = number(one.value, one.unit) + ("" if one.value is None or one.unit == "share" else f" {one.unit}") + (f": {one.why}" if one.why else "")
    behind = f" Acts behind it: {len(one.acts)}." if one.acts else ""
    yield _words(f"**{one.says}** {told}.{behind} `{one.command}`")
    yield _code(one.code)


def _table(caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return f"**{caption}**\n\n" + "\n".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in lines)


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text.splitlines(keepends=True)}
