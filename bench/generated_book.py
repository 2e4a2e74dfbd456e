"""A generated world written as a book: a file for each agreement, acts in files of fifty thousand."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.world import world
from comity.agreements import Agreement
from comity.book import row_of, write_rows

ACTS_A_FILE = 50_000


def write_book(agreements: int, folder: Path) -> int:
    """Write a book with so many agreements, and about eight acts for each: how many acts."""
    generated = world(agreements)
    for sub in ("agreements", "acts"):
        (folder / sub).mkdir(parents=True)
    (folder / "book.toml").write_text('title = "A generated world"\nrecorded = "as made"\n', encoding="utf-8")
    register = generated.register
    parties = "\n".join(
        f'[[party]]\ncode = "{p.code}"\nkind = "state"\nnames = [{{ name = "{p.names[0].name}" }}]\n' for p in register.parties.values()
    )
    successions = "\n".join(
        f'[[succession]]\nsuccessor = "{s.successor}"\npredecessor = "{s.predecessor}"\nhow = "{s.how}"\non = {s.on}\n' for s in register.successions
    )
    (folder / "parties.toml").write_text(f"{parties}\n{successions}", encoding="utf-8")
    for name in generated.ids:
        (folder / "agreements" / f"{name}.toml").write_text(_toml(generated.agreement(name)), encoding="utf-8")
    entries = (entry for name in generated.ids for entry in generated.entries_of(name))
    count = 0
    for number in itertools.count():
        rows = [row_of(entry, None) for entry in itertools.islice(entries, ACTS_A_FILE)]
        if not rows:
            return count
        (folder / "acts" / f"acts-{number:03}.csv").write_text(write_rows(rows), encoding="utf-8", newline="")
        count += len(rows)
    return count


def _toml(agreement: Agreement) -> str:
    head = f'id = "{agreement.id}"\ntitle = "{agreement.title}"\nshort = "{agreement.short}"\nconcluded = {agreement.concluded}\n'
    head += f"negotiating = [{', '.join(map(_value, agreement.negotiating))}]\n" if agreement.negotiating else ""
    return head + "".join(
        "\n[[clause]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in _changed(clause)) for clause in agreement.clauses
    )


def _changed(value: object) -> Iterator[tuple[str, object]]:
    """The fields of a clause that are not left at what they are by default; its kind always."""
    assert dataclasses.is_dataclass(value)
    for field in dataclasses.fields(value):
        found = getattr(value, field.name)
        if field.name == "kind" or found not in (field.default, None, ()):
            yield field.name, found


def _value(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return "{ " + ", ".join(f"{name} = {_value(inner)}" for name, inner in _changed(value)) + " }"
