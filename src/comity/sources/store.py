"""The store: a folder with a Parquet file for each table that was read, and beside them which source, form and checksum they came from.

A source goes in whole or not at all: its tables are read and checked first, then written under new names, and one renaming of the manifest
makes them the source's. A crash before that leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.sources.records import Form, Source, Table, source
from comity.terms import BadInput

if TYPE_CHECKING:
    import polars as pl
if sys.platform != "win32":
    import fcntl

MANIFEST, LOCK = "manifest.json", "importing.lock"
RESEARCH = "install what tables need with: pip install 'comity[research]'"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """A table in the store: out of which file it was read, and what became null there, by what stood in the cell.

    ``known`` is False where the file is another than the record names, taken because the user asked for any version.
    """

    source: str
    table: str
    version: str
    file: str
    checksum: str
    known: bool
    rows: int
    nulls: Mapping[str, Mapping[str, int]]
    when: str
    kept: str


def where(environment: Mapping[str, str] | None = None) -> Path:
    """The folder of the store: COMITY_SOURCES, else ``comity/sources`` in the user's cache."""
    environ = os.environ if environment is None else environment
    if given := environ.get("COMITY_SOURCES"):
        return Path(given)
    if sys.platform == "win32":
        cache = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "comity" / "sources"


class Store:
    """What was imported into a folder. The folder need not be there before something is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fetched(self, source_id: str) -> Path:
        """Where files go that were fetched for a source."""
        return self.folder / source_id / "fetched"

    def held(self) -> tuple[Imported, ...]:
        """Every table in the store, by source and name."""
        found = sorted(self.folder.glob(f"*/{MANIFEST}")) if self.folder.is_dir() else []
        return tuple(one for manifest in found for one in self._read(manifest).values())

    def held_of(self, source_id: str) -> Mapping[str, Imported]:
        """The tables of one source in the store, by name."""
        return self._read(self.folder / source_id / MANIFEST)

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        """A table, read when it is asked something; BadInput says what to run where it is not in the store."""
        named = source(source_id).table(table)
        found = self.held_of(source_id).get(named.name)
        kept = self.folder / source_id / found.kept if found is not None else None
        if kept is None or not kept.is_file():
            raise BadInput(f"{source_id} ({named.name}) is not in the store {str(self.folder)!r}; fetch it (comity sources fetch), then import it")
        try:
            import polars as pl
        except ImportError:
            raise BadInput(f"the table {named.name} of {source_id} cannot be read; {RESEARCH}") from None
        table_kept = pl.scan_parquet(kept)
        try:
            table_kept.collect_schema()
        except (OSError, pl.exceptions.PolarsError):
            raise BadInput(f"{str(kept)!r} is cut short or damaged; import {source_id} again: comity sources import {source_id}") from None
        return table_kept

    def missing(self, source_id: str, folder: Path) -> tuple[Table, ...]:
        """Tables of a source of which no form's file is below the folder."""
        return tuple(t for t in source(source_id).tables if find_form(t, folder) is None)

    def import_(
        self, source_id: str, place: Path, *, when: datetime, any_version: bool = False, progress: Progress | None = None
    ) -> tuple[Imported, ...]:
        """Read the files of a source's tables, found below a folder or one named itself, and put them in: all that were found, or none.

        BadInput says which file does not fit and why, or that there is none. ``any_version`` takes a file with another checksum, if it
        reads as the record says.
        """
        try:
            from comity.sources.reading import read_table
        except ImportError:
            raise BadInput(f"the tables of {source_id} cannot be read; {RESEARCH}") from None
        about = source(source_id)
        found = [(table, *pair) for table in about.tables if (pair := find_form(table, place)) is not None]
        if not found:
            raise BadInput(f"{str(place)!r} holds no file of {source_id} ({_names(about)}); fetch it with: comity sources fetch {source_id}")
        home = self.folder / source_id
        made: list[Imported] = []
        with self._alone(home):
            for table, path, form in found:
                if progress is not None:
                    progress(f"{source_id} {table.name}")
                checksum = sum_of(path)
                if checksum != form.sha256 and not any_version:
                    raise BadInput(
                        f"{str(path)!r} is not the file that the record of {source_id} names (its SHA-256 is {checksum[:12]}..., "
                        f"there {form.sha256[:12]}...); give that one, or take this with: --any-version"
                    )
                read = read_table(path, table, form)
                kept = _write(home, table.name, read.frame)
                made.append(
                    Imported(
                        source=source_id,
                        table=table.name,
                        version=about.version if checksum == form.sha256 else "another",
                        file=path.name,
                        checksum=checksum,
                        known=checksum == form.sha256,
                        rows=len(read.frame),
                        nulls=read.nulls,
                        when=when.isoformat(timespec="seconds"),
                        kept=kept,
                    )
                )
            self._commit(home, made)
        return tuple(made)

    def _commit(self, home: Path, made: list[Imported]) -> None:
        """The one step with which the new tables are the source's."""
        all_of_it = {**self._read(home / MANIFEST), **{one.table: one for one in made}}
        text = json.dumps({name: asdict(one) for name, one in sorted(all_of_it.items())}, indent=1, ensure_ascii=False)
        put(home / MANIFEST, text.encode())

    @contextmanager
    def _alone(self, home: Path) -> Iterator[None]:
        """A source's folder to oneself, and afterwards only what its manifest names in it. BadInput where another import is at it."""
        home.mkdir(parents=True, exist_ok=True)
        with only_one(home / LOCK, f"{home.name} is being imported into {str(self.folder)!r} already; wait until that is done"):
            try:
                yield
            finally:
                self._sweep(home)

    def _sweep(self, home: Path) -> None:
        """Files that no manifest names: of tables before, or of an import that was cut short."""
        named = {one.kept for one in self._read(home / MANIFEST).values()}
        for path in home.iterdir():
            if path.name.endswith((".parquet", ".new")) and path.name not in named:
                with suppress(OSError):
                    path.unlink()

    def _read(self, manifest: Path) -> dict[str, Imported]:
        if not manifest.is_file():
            return {}
        try:
            data: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))
            return {name: Imported(**one) for name, one in data.items()}
        except (ValueError, TypeError, AttributeError):
            raise BadInput(f"{str(manifest)!r} cannot be read; delete its folder and import {manifest.parent.name} again") from None


@contextmanager
def only_one(file: Path, busy: str) -> Iterator[None]:
    """A lock that one process at a time can hold, by a file that stays; BadInput says ``busy`` where another holds it."""
    with file.open("ab") as lock:
        if sys.platform != "win32":  # there two at once are not kept apart
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BadInput(busy) from None
        yield


def find_form(table: Table, place: Path) -> tuple[Path, Form] | None:
    """The first form of a table of which there is a file: anywhere below a folder, or the file itself. Of several of one name: the one whose
    checksum is the form's, else the first.
    """
    for form in table.forms:
        found = [place] if place.is_file() and place.name == form.file else list(_below(place, form.file))
        if found:
            return next((p for p in found if len(found) > 1 and sum_of(p) == form.sha256), found[0]), form
    return None


def rows_as_written(source_id: str, table: str, place: Path) -> list[dict[str, Any]]:
    """The rows of a table as its file has them, nothing read into them: for whoever makes acts of them.

    BadInput if no file of it is below ``place``, or if it is cut or another than the record names.
    """
    path, form = _its_file(source_id, table, place)
    try:
        from comity.sources.opening import open_form
    except ImportError:
        raise BadInput(f"the tables of {source_id} cannot be read; {RESEARCH}") from None
    return open_form(path, form).to_dicts()


def columns_as_read(source_id: str, table: str, place: Path) -> dict[str, list[Any]]:
    """The columns of a table as its record types them, from its file below ``place``, whichever form that is: for whoever counts in it.

    BadInput as above, and where a cell does not fit the record.
    """
    named = source(source_id).table(table)
    path, form = _its_file(source_id, table, place)
    try:
        from comity.sources.reading import read_table
    except ImportError:
        raise BadInput(f"the tables of {source_id} cannot be read; {RESEARCH}") from None
    return read_table(path, named, form).frame.to_dict(as_series=False)


def _its_file(source_id: str, table: str, place: Path) -> tuple[Path, Form]:
    """The file of a table below ``place``, which is the one that the record names."""
    found = find_form(source(source_id).table(table), place)
    if found is None:
        raise BadInput(f"{str(place)!r} holds no file of {source_id} ({table}); fetch it with: comity sources fetch {source_id}, or give its folder")
    if sum_of(found[0]) != found[1].sha256:
        raise BadInput(f"{str(found[0])!r} is not the file that the record of {source_id} names: its SHA-256 is another; give that one")
    return found


def _below(place: Path, name: str) -> Iterator[Path]:
    return iter(sorted(p for p in place.rglob(name) if p.is_file())) if place.is_dir() else iter(())


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(about: Source) -> str:
    listed = [form.file for table in about.tables for form in table.forms]
    return ", ".join(listed[:4]) + (", ..." if len(listed) > 4 else "")


def _write(home: Path, name: str, frame: pl.DataFrame) -> str:
    """A table as a Parquet file, under a name that is its content's; on disk before anything names it."""
    new = home / f"{name}.new"
    frame.write_parquet(new, compression="zstd")
    _sync(new)
    kept = f"{name}-{sum_of(new)[:16]}.parquet"
    new.replace(home / kept)
    return kept


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: under another name, on disk, then renamed."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    _sync(new)
    new.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
