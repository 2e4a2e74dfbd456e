"""Small books out of stories: a few lines of text become the folder of a book.

A story has one act a line, ``ACTOR KIND DAY [column=value ...]``; the act's reference is ``<agreement>-<ACTOR>-<kind>`` unless given:

    AAA ratify 2000-02-01
    BBB denounce 2001-03-01 effect=2002-01-01 source="a note"
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import comity
from comity.about import Opened
from comity.book import COLUMNS, write_rows

STATES = ("AAA", "BBB", "CCC")
PARTIES = "".join(f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{code.title()}land" }}]\n\n' for code in STATES) + (
    '[[party]]\ncode = "ORG"\nkind = "organisation"\nnames = [{ name = "Organisation" }]\n\n'
    '[[party]]\ncode = "ORG/COUNCIL"\nkind = "organ"\npart_of = "ORG"\nnames = [{ name = "Council" }]\n'
)
ENTRY = """
[[clause]]
kind = "entry-into-force"
article = "5"
says = "In force when two states have ratified."
source = "the text"
when = { kind = "consents", number = 2, acts = ["ratify", "accede"] }
"""
LATER = """
[[clause]]
kind = "later-parties"
article = "6"
says = "Later parties are bound thirty days after their own deposit."
source = "the text"
delay = [{ days = 30 }]
"""
LEAVE = """
[[clause]]
kind = "withdrawal"
article = "7"
says = "A party may leave six months after its notice."
source = "the text"
notice = [{ months = 6 }]
"""
COVERED = """
[[coverage]]
from = 2000-01-01
through = 2010-12-31
source = "the depositary's list"
"""
SECRET = "policy=NATIONAL classification=SECRET originator=BBB nonce=00112233445566778899aabbccddeeff"


def agreement(*parts: str, name: str = "pact", head: str = "") -> str:
    """An agreement's file: its head, then the clauses and coverage given (the usual ones if none are)."""
    body = "".join(parts or (ENTRY, LATER, LEAVE, COVERED))
    return f'id = "{name}"\ntitle = "{name.title()} between states"\nshort = "{name.title()}"\nconcluded = 2000-01-01\n{head}{body}'


def rows(story: str, on: str = "pact") -> str:
    """The story's acts as CSV."""
    found = []
    for line in story.strip().splitlines():
        actor, kind, day, *more = shlex.split(line)
        row = dict.fromkeys(COLUMNS, "") | {"ref": f"{on}-{actor}-{kind}", "kind": kind, "actor": actor, "agreement": on, "made": day}
        row |= {"source": "the story"} | dict(word.partition("=")[::2] for word in more)
        found.append(row)
    return write_rows(found)


def folder(where: Path, files: Mapping[str, str | bytes]) -> Path:
    """A book's folder with these files; parties.toml, agreements/pact.toml and acts/pact.csv are the usual ones unless given."""
    usual: dict[str, str | bytes] = {
        "parties.toml": PARTIES,
        "agreements/pact.toml": agreement(),
        "acts/pact.csv": rows("AAA ratify 2000-02-01\nBBB ratify 2000-03-01"),
    }
    for name, content in {**usual, **files}.items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return where


def told(where: Path, story: str, pact: str = "", files: Mapping[str, str | bytes] | None = None) -> Opened:
    """The book of one pact in which this story's acts were done, opened; it must be without problems."""
    made = {"agreements/pact.toml": pact or agreement(), "acts/pact.csv": rows(story), **(files or {})}
    opened = comity.open(folder(where, made))
    assert not opened.book.problems, [str(p) for p in opened.book.problems]
    return opened
