"""The picture test: which of our files a question walks through. More than is easy to hold in mind: redraw it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import FrameType

import comity
from tests.book.folders import folder

SRC = Path(comity.__file__).parent
MOST = {"bound": 26, "act": 9, "reading": 12}
"""How many modules each walk touches at most today (STYLE.md asks for six): the numbers may only fall."""


def walked(what: object) -> list[str]:
    """The modules of ours in which something runs while ``what()`` is called."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(SRC)):
            found.add(Path(frame.f_code.co_filename).relative_to(SRC).as_posix())

    assert callable(what)
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        what()
    finally:
        sys.setprofile(before)
    return sorted(found)


def test_the_walk_of_bound(tmp_path: Path) -> None:
    """comity bound BBB pact, from the front door of standing to the answer."""
    standing = comity.open(folder(tmp_path, {})).standing(on=date(2005, 1, 1), known=date(2020, 1, 1))
    files = walked(lambda: standing.bound("BBB", "pact"))
    print(f"bound touches {len(files)} modules:", *files, sep="\n  ")
    assert files
    assert not [f for f in files if f.startswith(("book/", "cli/", "web/"))], "a question is answered without files or doors"
    assert len(files) <= MOST["bound"], files


def test_the_walk_of_one_act(tmp_path: Path) -> None:
    """One row of a file to one entry with its hash."""
    from comity.book.tables import entry_of

    row = {"ref": "a", "kind": "sign", "actor": "AAA", "agreement": "pact", "source": "s", "made": "2000-01-01", "details": "definitive=yes"}
    files = walked(lambda: entry_of(row, None, None).act.hash)
    print(f"one act touches {len(files)} modules:", *files, sep="\n  ")
    assert len(files) <= MOST["act"], files
    assert not [f for f in files if f.startswith(("agreements/", "standing/"))], "an act is read without any law"


def test_the_walk_of_reading_a_book(tmp_path: Path) -> None:
    where = folder(tmp_path, {})
    files = walked(lambda: comity.open(where))
    print(f"reading a book touches {len(files)} modules:", *files, sep="\n  ")
    assert len(files) <= MOST["reading"], files
    assert not [f for f in files if f in ("agreements/derive.py", "standing/worlds.py")], "reading derives nothing"
