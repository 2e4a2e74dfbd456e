"""What was read of documents, and an index of the words in them: kept until the server stops, in a file of SQLite's own that nobody else can open.

Words are found however they are accented (``nearness``). Writing without spaces between words (Chinese, Japanese) is indexed sign by sign, so
that any run of signs is found; Korean, which has spaces, by how a word begins.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from comity.terms import BadInput
from comity.web.attached.reading import PDF, Text, read_apart
from comity.web.folds import problem_of
from comity.web.nearness import folded

_TABLES = """
CREATE TABLE document (
    id INTEGER PRIMARY KEY, sha256 TEXT, media_type TEXT, count INTEGER, why TEXT, active TEXT, in_order INTEGER, UNIQUE (sha256, media_type)
);
CREATE TABLE page (id INTEGER PRIMARY KEY, document INTEGER, number INTEGER, text TEXT);
CREATE INDEX page_of ON page (document, number);
CREATE VIRTUAL TABLE word USING fts5(folded, tokenize = 'unicode61 remove_diacritics 2');
"""
_SIGN = re.compile(r"([\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_QUOTES = re.compile(r"[“”„«»‟]")
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
FEWEST = 3
"""With fewer letters than that no document is looked through."""
AGAIN = 60.0
_LOG = logging.getLogger(__name__)


class Term(NamedTuple):
    """Words that stand beside each other; ``begins``: the last of them may go on."""

    words: tuple[str, ...]
    begins: bool

    @property
    def asked(self) -> str:
        """As the index is asked."""
        return f'"{" ".join(self.words)}"{"*" if self.begins else ""}'


class Paper(NamedTuple):
    """What is read: the bytes with this hash, as a document of this type; of another type they say something else, and may do something else."""

    sha256: str
    media_type: str


Load = Callable[[], bytes | None]
"""Gives the bytes of a document; None if it is kept no longer."""


class Hit(NamedTuple):
    """A page on which the words stand."""

    paper: Paper
    number: int
    row: int


def spaced(text: str) -> str:
    """Folded, with every sign of a writing without spaces by itself."""
    return _SIGN.sub(r" \1 ", folded(text))


def is_sign(word: str) -> bool:
    """Is it one sign of a writing without spaces?"""
    return _SIGN.fullmatch(word) is not None


def terms_of(words: str) -> list[Term]:
    """What is looked for: each word, by how it begins; what stands in quotes, as it stands there."""
    found = []
    for exact, word in _PIECE.findall(_QUOTES.sub('"', words)):
        if pieces := tuple(re.findall(r"\w+", spaced(exact or word))):
            found.append(Term(pieces, begins=not exact and not is_sign(pieces[-1])))
    return found


def is_enough(terms: Collection[Term]) -> bool:
    """Are these words enough to look through documents?"""
    words = [word for term in terms for word in term.words]
    return any(len(word) >= FEWEST or is_sign(word) for word in words)


@dataclass
class Shelf:
    """The texts that were read so far; safe between threads."""

    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _made: sqlite3.Connection | None = None
    _news: threading.Condition = field(default_factory=threading.Condition, repr=False)
    _waiting: dict[Paper, Load] = field(default_factory=dict, repr=False)
    _failed: dict[Paper, float] = field(default_factory=dict, repr=False)
    _working: bool = False

    @property
    def _database(self) -> sqlite3.Connection:
        if self._made is None:
            made = sqlite3.connect("", check_same_thread=False)
            try:
                made.executescript(_TABLES)
            except sqlite3.OperationalError as problem:
                raise BadInput(f"the SQLite of this Python cannot index words ({problem}); use a Python whose SQLite has FTS5") from None
            self._made = made
        return self._made

    def text(self, paper: Paper) -> Text | None:
        """What was read of a document; None if it was not read yet."""
        if paper in self._failed:
            return Text(why="failed", active="unknown" if paper.media_type == PDF else "")
        with self._lock:
            wanted = "SELECT id, count, why, active, in_order FROM document WHERE sha256 = ? AND media_type = ?"
            found = self._database.execute(wanted, paper).fetchone()
            if found is None:
                return None
            pages = self._database.execute("SELECT text FROM page WHERE document = ? ORDER BY number", found[:1])
            return Text(tuple(text for (text,) in pages), *found[1:])

    def read(self, paper: Paper, content: bytes) -> Text:
        """What a document says, read if it was not read yet."""
        found = self.text(paper) if paper not in self._failed else None
        if found is None:
            found = read_apart(content, paper.media_type)
            self._put(paper, found)
        return found

    def _put(self, paper: Paper, text: Text) -> None:
        with self._lock, self._database as database:
            told = "INSERT OR IGNORE INTO document (sha256, media_type, count, why, active, in_order) VALUES (?, ?, ?, ?, ?, ?)"
            put = database.execute(told, (*paper, text.count, text.why, text.active, text.in_order))
            for number, page in enumerate(text.pages, 1) if put.rowcount else ():
                row = database.execute("INSERT INTO page (document, number, text) VALUES (?, ?, ?)", (put.lastrowid, number, page)).lastrowid
                database.execute("INSERT INTO word (rowid, folded) VALUES (?, ?)", (row, spaced(page)))

    def have_read(self, wanted: Mapping[Paper, Load], patience: float) -> list[Paper]:
        """Have these read in the background, if they were not; which of them are still to be read after so many seconds.

        One that could not be fetched or read says so as its text, and is tried again after ``AGAIN`` seconds.
        """
        unread = self.unread(wanted)
        with self._news:
            self._waiting |= {one: wanted[one] for one in unread}
            if self._waiting and not self._working:
                self._working = True
                threading.Thread(target=self._read_on, name="documents", daemon=True).start()
            self._news.wait_for(lambda: not self._waiting.keys() & set(unread), patience)
            return [one for one in unread if one in self._waiting]

    def _read_on(self) -> None:
        """Read one after the other what waits, until nothing does; whatever goes wrong with one, the others are read."""
        while True:
            with self._news:
                paper, load = next(iter(self._waiting.items()), (None, None))
                if paper is None or load is None:
                    self._working = False
                    return
            problem = problem_of(partial(self._fetch, paper, load))
            with self._news:
                if problem:
                    _LOG.error("the document %s (%s) was not read: %s", *paper, problem)
                    self._failed[paper] = time.monotonic() + AGAIN
                else:
                    self._failed.pop(paper, None)
                self._waiting.pop(paper, None)
                self._news.notify_all()

    @property
    def failed(self) -> Collection[Paper]:
        """What could not be fetched or read just now."""
        with self._news:
            return frozenset(self._failed)

    def _fetch(self, paper: Paper, load: Load) -> None:
        if (content := load()) is not None:
            self.read(paper, content)

    def unread(self, among: Iterable[Paper]) -> list[Paper]:
        """Which of these documents are to be read: those that were not yet, and that did not fail just now."""
        wanted, now = "SELECT 1 FROM document WHERE sha256 = ? AND media_type = ?", time.monotonic()
        with self._lock:
            return [one for one in among if self._failed.get(one, 0) < now and self._database.execute(wanted, one).fetchone() is None]

    def find(self, terms: Collection[Term], among: Collection[Paper]) -> list[Hit]:
        """The pages of these documents that hold all of it, in the order of the documents and their pages.

        Nothing else that is on the shelf has a bearing on which, or in which order.
        """
        if not terms or not among:
            return []
        asked = " AND ".join(term.asked for term in terms)
        wanted = (
            "SELECT sha256, media_type, number, page.id FROM word JOIN page ON page.id = word.rowid JOIN document ON document.id = page.document"
            " WHERE word MATCH ?"
        )
        places = {one: place for place, one in enumerate(among)}
        with self._lock:
            rows = ((Paper(*row[:2]), *row[2:]) for row in self._database.execute(wanted, (asked,)))
            return sorted((Hit(*row) for row in rows if row[0] in places), key=lambda hit: (places[hit.paper], hit.number))

    def page(self, row: int) -> str:
        """The text of a page that was found; blank if its document was let go of since."""
        with self._lock:
            found = self._database.execute("SELECT text FROM page WHERE id = ?", (row,)).fetchone()
        return str(found[0]) if found is not None else ""

    def forget_all_but(self, kept: Collection[str]) -> None:
        """Let go of documents that are kept no longer; ``kept``: by their hashes."""
        with self._lock, self._database as database:
            gone = [row for row, sha256 in database.execute("SELECT id, sha256 FROM document") if sha256 not in kept]
            self._failed = {paper: until for paper, until in self._failed.items() if paper.sha256 in kept}
            for one in gone:
                database.execute("DELETE FROM word WHERE rowid IN (SELECT id FROM page WHERE document = ?)", (one,))
                database.execute("DELETE FROM page WHERE document = ?", (one,))
                database.execute("DELETE FROM document WHERE id = ?", (one,))
