"""What was read of documents, and an index of the words in them: kept until the server stops, in a file of SQLite's own that nobody else can open.

Words are found however they are accented (``nearness``). Writing without spaces between words (Chinese, Japanese) is indexed sign by sign, so
that any run of signs is found; Korean, which has spaces, by how a word begins.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from comity.terms import BadInput
from comity.web.attached.reading import Text, read_apart
from comity.web.nearness import folded

_TABLES = """
CREATE TABLE document (sha256 TEXT PRIMARY KEY, count INTEGER, why TEXT, active TEXT, in_order INTEGER);
CREATE TABLE page (id INTEGER PRIMARY KEY, sha256 TEXT, number INTEGER, text TEXT);
CREATE INDEX page_of ON page (sha256, number);
CREATE VIRTUAL TABLE word USING fts5(folded, tokenize = 'unicode61 remove_diacritics 2');
"""
_SIGN = re.compile(r"([\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_QUOTES = re.compile(r"[“”„«»‟]")
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
FEWEST = 3
"""With fewer letters than that no document is looked through."""


class Term(NamedTuple):
    """Words that stand beside each other; ``begins``: the last of them may go on."""

    words: tuple[str, ...]
    begins: bool

    @property
    def asked(self) -> str:
        """As the index is asked."""
        return f'"{" ".join(self.words)}"{"*" if self.begins else ""}'


Load = Callable[[], tuple[bytes, str] | None]
"""Gives the bytes of a document, and of what type it is; None if it is kept no longer."""


class Hit(NamedTuple):
    """A page on which the words stand."""

    sha256: str
    number: int
    text: str


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
    _waiting: dict[str, Load] = field(default_factory=dict, repr=False)
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

    def text(self, sha256: str) -> Text | None:
        """What was read of a document; None if it was not read yet."""
        with self._lock:
            found = self._database.execute("SELECT count, why, active, in_order FROM document WHERE sha256 = ?", (sha256,)).fetchone()
            if found is None:
                return None
            pages = self._database.execute("SELECT text FROM page WHERE sha256 = ? ORDER BY number", (sha256,))
            return Text(tuple(text for (text,) in pages), *found)

    def read(self, sha256: str, content: bytes, media_type: str) -> Text:
        """What a document says, read if it was not read yet."""
        found = self.text(sha256)
        if found is None:
            found = read_apart(content, media_type)
            self._put(sha256, found)
        return found

    def _put(self, sha256: str, text: Text) -> None:
        with self._lock, self._database as database:
            if database.execute("SELECT 1 FROM document WHERE sha256 = ?", (sha256,)).fetchone():
                return
            database.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", (sha256, text.count, text.why, text.active, text.in_order))
            for number, page in enumerate(text.pages, 1):
                row = database.execute("INSERT INTO page (sha256, number, text) VALUES (?, ?, ?)", (sha256, number, page)).lastrowid
                database.execute("INSERT INTO word (rowid, folded) VALUES (?, ?)", (row, spaced(page)))

    def have_read(self, wanted: Mapping[str, Load], patience: float) -> list[str]:
        """Have these read in the background, if they were not; which of them are still to be read after so many seconds."""
        unread = self.unread(wanted)
        with self._news:
            self._waiting |= {one: wanted[one] for one in unread}
            if self._waiting and not self._working:
                self._working = True
                threading.Thread(target=self._read_on, name="documents", daemon=True).start()
            self._news.wait_for(lambda: not self._waiting.keys() & set(unread), patience)
            return [one for one in unread if one in self._waiting]

    def _read_on(self) -> None:
        """Read one after the other what waits, until nothing does."""
        while True:
            with self._news:
                if not self._waiting:
                    self._working = False
                    return
                sha256, load = next(iter(self._waiting.items()))
            try:
                if (found := load()) is not None:
                    self.read(sha256, *found)
            finally:
                with self._news:
                    self._waiting.pop(sha256, None)
                    self._working = self._working and bool(self._waiting)
                    self._news.notify_all()

    def unread(self, among: Iterable[str]) -> list[str]:
        """Which of these documents were not read yet."""
        with self._lock:
            return [one for one in among if self._database.execute("SELECT 1 FROM document WHERE sha256 = ?", (one,)).fetchone() is None]

    def find(self, terms: Collection[Term], among: Collection[str], most: int) -> list[Hit]:
        """The pages of these documents that hold all of it, in the order of the documents and their pages.

        Nothing else that is on the shelf has a bearing on which, or in which order.
        """
        if not terms or not among:
            return []
        asked = " AND ".join(term.asked for term in terms)
        wanted = "SELECT page.sha256, number, page.id FROM word JOIN page ON page.id = word.rowid WHERE word MATCH ?"
        places = {one: place for place, one in enumerate(among)}
        with self._lock:
            found = [row for row in self._database.execute(wanted, (asked,)) if row[0] in places]
            found.sort(key=lambda row: (places[row[0]], row[1]))
            text = "SELECT text FROM page WHERE id = ?"
            return [Hit(sha256, number, self._database.execute(text, (row,)).fetchone()[0]) for sha256, number, row in found[:most]]

    def forget_all_but(self, kept: Collection[str]) -> None:
        """Let go of documents that are kept no longer."""
        with self._lock, self._database as database:
            gone = [one for (one,) in database.execute("SELECT sha256 FROM document") if one not in kept]
            for one in gone:
                database.execute("DELETE FROM word WHERE rowid IN (SELECT id FROM page WHERE sha256 = ?)", (one,))
                database.execute("DELETE FROM page WHERE sha256 = ?", (one,))
                database.execute("DELETE FROM document WHERE sha256 = ?", (one,))
