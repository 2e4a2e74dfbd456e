"""The kinds of work that are interrupted: what each process does, what must be so whenever it was killed, and once it has come to its end.

Each kind knows its own places, says what its process is to be told, and looks at what is there: after a kill nothing that was acknowledged is
lost and nothing stands there in part; after an end everything is there, and it begins again in a fresh place. The process says that it has
begun, and then how many items it acknowledges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from comity import about, keeping
from comity.book import read_book, read_files
from comity.keeping import items_of
from comity.ledger import FORMAT, Ledger, back_up, check, create, open_ledger, restore, upgrade, version_of
from comity.selftest.older import make_version_1, rows_of_version_1
from comity.selftest.places import fresh_place
from comity.selftest.specimens import ORIGIN, book_of
from comity.terms import BadInput

ACTS, AT_ONCE = 3000, 500
LOST, HALF_APPLIED, TOUCHED = "lost", "half_applied", "touched"


class Fault(NamedTuple):
    """One thing that is not as it must be, of one of the three kinds."""

    kind: str
    says: str


class Work(Protocol):
    """One kind of work, in its places."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def words(self) -> Sequence[str]:
        """What its process is told."""

    def after_kill(self, acknowledged: int) -> Iterator[Fault]:
        """What is wrong after the process was killed, having acknowledged so many items since it began."""

    def at_end(self) -> Iterator[Fault]:
        """What is wrong after it came to its end; then all begins again."""


class Importing:
    """A book is taken into a ledger; killed, it is taken in again, and goes on."""

    name = "import"

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.files, self.book = url, book_of(ACTS), folder / "book"
        read_files(self.files, "drawn").write(self.book)
        self._begin()

    def _begin(self) -> None:
        self.place, self.there = fresh_place(self.url, "imported"), 0
        create(self.place, ORIGIN, about.clock).close()
        self.words = ("import", self.place, str(self.book))

    def after_kill(self, acknowledged: int) -> Iterator[Fault]:
        ledger = open_ledger(self.place, about.clock)
        size, files = ledger.head().size, ledger.files()
        if size < self.there + acknowledged:
            yield Fault(LOST, f"{self.there + acknowledged} items were acknowledged, {size} are there")
        if size % AT_ONCE and files != self.files:
            yield Fault(HALF_APPLIED, f"{size} items are there, and {AT_ONCE} go in at once")
        for name, content in files.items():
            if not self.files[name].startswith(content):
                yield Fault(HALF_APPLIED, f"{name} is not the beginning of what was taken in")
        yield from _touched(ledger)
        self.there = size

    def at_end(self) -> Iterator[Fault]:
        ledger = open_ledger(self.place, about.clock)
        if ledger.files() != self.files:
            yield Fault(LOST, "what is exported is not the book that was taken in")
        yield from _touched(ledger)
        self._begin()


class BackingUp:
    """A backup is made of a ledger, which stays as it is."""

    name = "backup"

    def __init__(self, url: str, folder: Path) -> None:
        self.source, self.file = filled(fresh_place(url, "source")), folder / "made.db"
        self.before = self.source.head()
        self.words = ("back-up", self.source.url, str(self.file))

    def after_kill(self, acknowledged: int) -> Iterator[Fault]:
        if self.file.exists():  # all of it was done, but for saying so
            yield from self.at_end()
        if self.source.head() != self.before:
            yield Fault(LOST, "the ledger is not what it was before it was backed up")
        yield from _touched(self.source)

    def at_end(self) -> Iterator[Fault]:
        yield from self._whole() if self.file.exists() else [Fault(LOST, "there is no backup")]
        self.file.unlink(missing_ok=True)

    def _whole(self) -> Iterator[Fault]:
        backup = open_ledger(f"sqlite:///{self.file}", about.clock)
        if backup.head() != self.before:
            yield Fault(HALF_APPLIED, f"the backup holds {backup.head().size} items of {self.before.size}")
        yield from _touched(backup)


class Restoring:
    """A ledger is made from a backup; killed, it is made again in the same place."""

    name = "restore"

    def __init__(self, url: str, folder: Path) -> None:
        source = filled(f"sqlite:///{folder}/to-restore.db")
        self.url, self.backup, self.before, self.files = url, folder / "to-restore-from.db", source.head(), source.files()
        back_up(source, self.backup)
        source.close()
        self._begin()

    def _begin(self) -> None:
        self.place = fresh_place(self.url, "restored")
        self.words = ("restore", str(self.backup), self.place)

    def after_kill(self, acknowledged: int) -> Iterator[Fault]:
        try:
            ledger = open_ledger(self.place, about.clock)
        except BadInput:  # not made yet; if it can't be made any more, the next run says so
            return
        size = ledger.head().size
        if size == self.before.size:  # all of it was done, but for saying so
            yield from self.at_end()
            return
        if size:
            yield Fault(HALF_APPLIED, f"{size} items of {self.before.size} are restored")
        yield from _touched(ledger)

    def at_end(self) -> Iterator[Fault]:
        ledger = open_ledger(self.place, about.clock)
        if (ledger.head(), ledger.files()) != (self.before, self.files):
            yield Fault(LOST, "what was restored is not what was backed up")
        yield from _touched(ledger)
        self._begin()


class Upgrading:
    """A ledger of version 1 is brought up; killed, it is of version 1 as it was, and is brought up again."""

    name = "upgrade"

    def __init__(self, url: str, folder: Path) -> None:
        book = read_files(book_of(ACTS), url)
        self.url, self.items = url, [item for name in book.files for item in items_of(book, name)]
        self._begin()

    def _begin(self) -> None:
        self.place = fresh_place(self.url, "upgraded")
        self.root = make_version_1(self.place, ORIGIN, self.items)
        self.rows = rows_of_version_1(self.place)
        self.words = ("upgrade", self.place)

    def after_kill(self, acknowledged: int) -> Iterator[Fault]:
        version = version_of(self.place)
        if version == FORMAT:  # all of it was done, but for saying so
            yield from self.at_end()
        elif rows_of_version_1(self.place) != self.rows:
            yield Fault(LOST, f"the ledger of version {version} is not what it was")

    def at_end(self) -> Iterator[Fault]:
        ledger = open_ledger(self.place, about.clock)
        if ledger.head().root() != self.root:
            yield Fault(LOST, "what was brought up is not what it was")
        yield from _touched(ledger)
        self._begin()


WORKS: tuple[Callable[[str, Path], Work], ...] = (Importing, BackingUp, Restoring, Upgrading)


def filled(url: str) -> Ledger:
    """A ledger that holds the book."""
    ledger = create(url, ORIGIN, about.clock)
    keeping.take_in(read_files(book_of(ACTS), url), ledger)
    return ledger


def _touched(ledger: Ledger) -> Iterator[Fault]:
    yield from (Fault(TOUCHED, f"{one.where}: {one.says}") for one in check(ledger).touched)
    ledger.close()


# -- what the processes do


def take_in(url: str, folder: str) -> None:
    book, ledger = read_book(Path(folder)), open_ledger(url, about.clock)
    print("begun", flush=True)
    keeping.take_in(book, ledger, _acknowledged, AT_ONCE)


def make_backup(url: str, file: str) -> None:
    ledger = open_ledger(url, about.clock)
    print("begun", flush=True)
    back_up(ledger, Path(file))


def restore_from(file: str, url: str) -> None:
    print("begun", flush=True)
    restore(Path(file), url, about.clock)


def _acknowledged(done: int, of: int) -> None:
    print(done, flush=True)


def bring_up(url: str) -> None:
    print("begun", flush=True)
    upgrade(url, about.clock)
