"""Tables of the world as the pages read them: out of the store of sources on this machine, each once for the process, until another is imported.

What a reader is told of a table that is not there names no folder of the server.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from comity.sources import Store, where
from comity.terms import BadInput

if TYPE_CHECKING:
    import polars as pl

Kept = dict[tuple[str, str | None], tuple[str, "pl.DataFrame"]]
_KEPT: Kept = {}
_READING = Lock()


def imported() -> tuple[tuple[str, str, str], ...]:
    """Which tables are in the store: source, name, and the file in which each is kept, another one after each import. Empty: none can be read."""
    try:
        return tuple((one.source, one.table, one.kept) for one in Store(where()).held())
    except BadInput:
        return ()


class WorldTables:
    """A shelf for one question. ``missing``: the sources that were asked for and are not in the store; ``refused``: what was said of each."""

    def __init__(self) -> None:
        self.store = Store(where())
        self.missing: list[str] = []
        self.refused: list[str] = []

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        """A table, as it was read first; BadInput where it is not in the store."""
        try:
            return self._kept(source_id, table).lazy()
        except BadInput:
            self.missing.append(source_id)
            self.refused.append(f"{source_id} is not in the store; fetch it, then import it: comity sources fetch {source_id}")
            raise BadInput(self.refused[-1]) from None

    def _kept(self, source_id: str, table: str | None) -> pl.DataFrame:
        """Read under a lock, so that two who ask at once do not read it twice."""
        files = {one.table: one.kept for one in self.store.held_of(source_id).values()}
        frame = self.store.table(source_id, table)
        mark = f"{self.store.folder}: {sorted(files.items())}"
        with _READING:
            found = _KEPT.get((source_id, table))
            if found is None or found[0] != mark:
                found = mark, frame.collect()
                _KEPT[source_id, table] = found
        return found[1]
