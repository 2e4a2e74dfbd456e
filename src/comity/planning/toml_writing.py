"""Lines of TOML: tables and what stands in them, as every file of planning is written.

Source: TOML 1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

Value: TypeAlias = str | int | date | Iterable[str] | Iterable[int] | Mapping[str, int] | Mapping[str, str] | Mapping[str, tuple[int, ...]] | None
"""What can stand behind a key; None: the key is left out."""


def table_of(name: str, fields: Mapping[str, Value], more: Iterable[str] = ()) -> list[str]:
    """A table ``[[name]]`` after a blank line, with its keys and then more lines."""
    return ["", f"[[{name}]]", *fields_of(fields), *more]


def fields_of(fields: Mapping[str, Value]) -> Iterator[str]:
    """A line for each key that has a value."""
    return (f"{name} = {written(value)}" for name, value in fields.items() if value is not None)


def written(value: object) -> str:
    """The value as it stands behind its key: text in quotes, days without, lists and tables on one line."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{written(key)} = {written(inner)}" for key, inner in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
