"""Values of a strategy in words, as a comparison of versions tells them; and what to bear in mind of a reading.

Source: how-strategies-are-checked.md, 4.7, 4.8 and 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from comity.strategies.looking import written
from comity.strategies.progress import MeasureProgress

NOTHING = ""


def reading_notes(one: MeasureProgress, on: date) -> Iterator[str]:
    """What to bear in mind of an indicator's reading on the day."""
    reading = one.seen.reading
    if one.due is not None:
        yield f"read {one.measure.cadence}: a reading was due on {one.due}"
    if reading is None:
        return
    if reading.simulated:
        yield "it rests on acts of a simulation"
    if reading.unknown:
        within = "" if reading.between is None else f"; it is from {reading.between[0]:.6g} to {reading.between[1]:.6g} whatever is not"
        yield f"of {reading.unknown} more it is not known{within}"
    if reading.value is not None and (reading.reach is None or reading.reach < on):
        yield "the record is nowhere declared complete for it" if reading.reach is None else f"the record is complete for it to {reading.reach} only"
    yield from reading.notes


def both(old: Any, new: Any) -> tuple[str, str]:
    """Two values in words, of things with ids or fields only what differs."""
    if isinstance(old, tuple) and isinstance(new, tuple) and all(hasattr(one, "id") for one in (*old, *new)):
        before, after = {one.id: one for one in old}, {one.id: one for one in new}
        names = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
        pairs = [both(before.get(name), after.get(name)) for name in names]
        if not names:
            return _row(before), _row(after)
        return _row(_named(names, [one for one, _ in pairs])), _row(_named(names, [one for _, one in pairs]))
    if isinstance(old, tuple) and isinstance(new, tuple):
        return told(tuple(one for one in old if one not in new)), told(tuple(one for one in new if one not in old))
    if is_dataclass(old) and is_dataclass(new) and type(old) is type(new) and not hasattr(old, "written"):
        differ = [one.name for one in fields(old) if getattr(old, one.name) != getattr(new, one.name)]
        pairs = [both(getattr(old, name), getattr(new, name)) for name in differ]
        return "; ".join(_named(differ, [one for one, _ in pairs])), "; ".join(_named(differ, [one for _, one in pairs]))
    return told(old), told(new)


def _named(names: list[str], said: list[str]) -> list[str]:
    return [f"{name.rstrip('_')} {one}" for name, one in zip(names, said, strict=True) if one]


def _row(some: Any) -> str:
    return ", ".join(some)


def told(value: Any) -> str:
    """A value of a strategy in words; blank: there is none."""
    if value is None:
        return NOTHING
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(told, value)))
    if isinstance(value, Fraction):
        return written(value)
    if not is_dataclass(value) or not fields(value) or hasattr(value, "written"):
        return str(value)
    for name in ("text", "statement", "title", "what"):
        if hasattr(value, name):
            return str(getattr(value, name))
    said = [f"{one.name.rstrip('_')} {told(getattr(value, one.name))}" for one in fields(value) if told(getattr(value, one.name))]
    return " ".join(said)
