"""The file of a strategy: read whole, every problem in one line with where it stands.

Source: docs/reference/strategy-format.md.
"""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.book import Decoder
from comity.strategies import Strategy
from comity.terms import BadInput, Moment

LARGEST, SHOWN = 1_000_000, 8
"""How large a strategy may be, in bytes, and how many of its problems are shown at once."""
YEARS = 1900, 2200
"""In which years its days can be: another is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class StrategyRead:
    """A strategy with the hash of its file, as an act of kind *record-text* names it."""

    strategy: Strategy
    sha256: str


def read_strategy(path: Path) -> StrategyRead:
    """The strategy in the file; BadInput tells its problems, each with its line."""
    if not path.is_file():
        what = f"{str(path)!r} is a folder" if path.is_dir() else f"no file {str(path)!r}"
        raise BadInput(f"{what}; give the file of a strategy, or begin one with: comity strategy new FILE")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path.name}: a strategy of more than {LARGEST // 1_000_000} MB; give the file of one strategy")
    return strategy_in(path.read_bytes(), path.name)


def strategy_in(content: bytes, name: str) -> StrategyRead:
    """The strategy in a file of this name; BadInput tells its problems, each with its line."""
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as problem:
        raise BadInput(f"{name}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{name}: not TOML: {problem}; put the line right") from None
    decoder = Decoder(name, text)
    found = decoder.decode(Strategy, data)
    if found is None:
        lines = [str(problem) for problem in sorted(decoder.problems, key=lambda problem: problem.line)]
        more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        raise BadInput("\n".join([*lines[:SHOWN], *more]))
    for written, first, last in _days(found):
        if not YEARS[0] <= first.year <= last.year <= YEARS[1]:
            raise BadInput(f"{name}: {written} lies outside the years {YEARS[0]} to {YEARS[1]}; put the day right")
    return StrategyRead(found, f"sha256:{hashlib.sha256(content).hexdigest()}")


def _days(part: object) -> Iterator[tuple[str, date, date]]:
    """Every day in a strategy, however deep, as written and as the earliest and the latest that it can be."""
    if isinstance(part, Moment):
        yield part.written, part.first, part.last
    elif isinstance(part, date):
        yield part.isoformat(), part, part
    elif isinstance(part, tuple):
        yield from (day for one in part for day in _days(one))
    elif dataclasses.is_dataclass(part):
        yield from (day for field in dataclasses.fields(part) for day in _days(getattr(part, field.name)))
