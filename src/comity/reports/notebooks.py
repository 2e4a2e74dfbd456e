"""A report as a notebook: cells that open the record and ask each figure again with the library.

Source: docs/explanation/how-reports-are-made.md, section 6; the notebook format, version 4.5.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from comity.reports.contents import Figure, Report, number
from comity.reports.pages import UNSAID, printable

_READ = re.compile(r"[\\`*_{}\[\]<>#|!$&~]")
"""Signs that Markdown reads as more than words."""


def to_notebook(report: Report) -> str:
    """The notebook, as JSON; outputs are left out: running it gives them."""
    marking = [_words(f"**{_text(report.label.marking)}**")] if report.label.marking else []
    head = (
        f"# {_text(report.title)}\n\n{report.since} to {report.until}; as it stood on {report.on}, as known on {report.known}.\n\n"
        f"Made by {_set(report.command)}. Each cell asks one figure again."
    )
    cells = [*marking, _words(head), _code(report.opening)]
    for section in report.sections:
        says = f"\n\n{_text(section.says)}" if section.says else ""
        cells.append(_words(f"## {_text(section.title)}{says}\n{_listed(section.notes)}"))
        for figure in section.figures:
            cells += _figure(figure)
        cells += [_words(_table(one.caption, one.heads, one.rows)) for one in section.listings]
    missing = [f"{one.says} {one.why}" for one in report.not_known]
    cells += [_words(f"## What is not known\n{_listed([*missing, *report.notes])}"), *deepcopy(marking)]
    for place, cell in enumerate(cells):
        cell["id"] = hashlib.sha256(f"{place} {''.join(cell['source'])}".encode()).hexdigest()[:12]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    plain = {"cells": cells, "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _figure(one: Figure) -> Iterator[dict[str, Any]]:
    told = number(one.value, one.unit) + ("" if one.value is None or one.unit in UNSAID else f" {one.unit}") + (f": {one.why}" if one.why else "")
    behind = f" Acts behind it: {len(one.acts)}." if one.acts else ""
    yield _words(f"**{_text(one.says)}** {_text(told)}.{behind} {_set(one.command)}")
    yield _code(one.code)


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"\n- {_text(line)}" for line in lines)


def _table(caption: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    lines = [tuple(map(_text, heads)), tuple("---" for _ in heads), *(tuple(map(_text, row)) for row in rows)]
    return f"**{_text(caption)}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(words: str) -> str:
    """Words as words: nothing in them is read as Markdown, HTML or a formula."""
    return _READ.sub(r"\\\g<0>", " ".join(printable(words).split()))


def _set(command: str) -> str:
    """A command as it is typed, whatever is in it."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", command)), default=0))
    return f"{fence} {command} {fence}" if len(fence) > 1 else f"`{command}`"


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text.splitlines(keepends=True)}
