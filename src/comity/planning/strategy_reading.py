"""The file of a strategy: read whole, every problem in one line with where it stands.

Source: docs/reference/strategy-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity.book import FileKind
from comity.strategies import Strategy

STRATEGIES = FileKind(Strategy, "a strategy", "give the file of a strategy, or begin one with: comity strategy new FILE")


@dataclass(frozen=True, slots=True)
class StrategyRead:
    """A strategy with the hash of its file, as an act of kind *record-text* names it."""

    strategy: Strategy
    sha256: str


def read_strategy(path: Path) -> StrategyRead:
    """The strategy in the file; BadInput tells its problems, each with its line."""
    strategy, digest = STRATEGIES.read(path)
    return StrategyRead(strategy, f"sha256:{digest}")


def strategy_in(content: bytes, name: str) -> StrategyRead:
    """The strategy in a file of this name; BadInput tells its problems, each with its line."""
    strategy, digest = STRATEGIES.read_from(content, name)
    return StrategyRead(strategy, f"sha256:{digest}")
