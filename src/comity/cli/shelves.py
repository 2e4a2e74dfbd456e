"""Where commands read tables of the world from: the store of ``comity sources``, or files below a folder, taken in as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from comity.sources import Store, source, where
from comity.terms import BadInput

if TYPE_CHECKING:
    import polars as pl

    from comity.panels import Shelf


@contextmanager
def shelf_of(folder: Path | None) -> Iterator[Shelf]:
    """The store; or the files below a folder, read as they are asked for."""
    if folder is None:
        yield Store(where())
        return
    with _of_this_run(folder) as store:
        yield _Files(folder, store)


@contextmanager
def store_of(folder: Path | None, sources: Iterable[str]) -> Iterator[Store]:
    """The store; or one for this run, with the files of these sources below a folder."""
    if folder is None:
        yield Store(where())
        return
    with _of_this_run(folder) as store:
        for name in sources:
            store.import_(name, folder, when=datetime.now(UTC))
        yield store


@contextmanager
def _of_this_run(folder: Path) -> Iterator[Store]:
    """An empty store, for files below a folder."""
    if not folder.is_dir():
        raise BadInput(f"--from {str(folder)!r} is no folder; give one with the tables' files (comity sources fetch gets them)")
    with TemporaryDirectory() as place:
        yield Store(Path(place))


class _Files:
    """Tables out of files as they were published."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        named, missing = source(source_id).table(table), self.store.missing(source_id, self.folder)
        if named in missing:
            what = source_id if len(missing) == len(source(source_id).tables) else f"{source_id} ({named.name})"
            raise BadInput(f"{str(self.folder)!r} holds no file of {what}; get it with: comity sources fetch {source_id}")
        if not self.store.held_of(source_id):
            self.store.import_(source_id, self.folder, when=datetime.now(UTC))
        return self.store.table(source_id, named.name)
