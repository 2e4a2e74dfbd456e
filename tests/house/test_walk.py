"""The picture test: which of our files a question walks through. More than is easy to hold in mind: redraw it."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

import comity
from comity.about import Opened
from comity.duties import must
from comity.permissions import Permissions, ReleaseQuestion
from tests.book.folders import folder
from tests.duties.scenes import scenes
from tests.permissions import told

SRC = Path(comity.__file__).parent
MOST = {"bound": 26, "may": 7, "must": 7, "act": 4, "reading": 11}
"""How many modules each walk touches at most today (STYLE.md asks for six): the numbers may only fall."""


@pytest.fixture(scope="module")
def permissions_book() -> Opened:
    return comity.open(told.HERE / "book")


def walked(what: object) -> list[str]:
    """The modules of ours in which something runs while ``what()`` is called."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(SRC)):
            found.add(Path(frame.f_code.co_filename).relative_to(SRC).as_posix())

    assert callable(what)
    before = sys.getprofile()
    gc.collect()
    gc.disable()  # what the collector ends of other tests is no part of the walk
    sys.setprofile(note)
    try:
        what()
    finally:
        sys.setprofile(before)
        gc.enable()
    return sorted(found)


def test_the_walk_of_bound(tmp_path: Path) -> None:
    """comity bound BBB pact, from the front door of standing to the answer."""
    standing = comity.open(folder(tmp_path, {})).standing(on=date(2005, 1, 1), known=date(2020, 1, 1))
    files = walked(lambda: standing.bound("BBB", "pact"))
    print(f"bound touches {len(files)} modules:", *files, sep="\n  ")
    assert files
    assert not [f for f in files if f.startswith(("book/", "cli/", "web/"))], "a question is answered without files or doors"
    assert len(files) <= MOST["bound"], files


def test_the_walk_of_may(permissions_book: Opened) -> None:
    """comity may release, over the invented book, from the front door of permissions to the answer; what standing does is its own walk."""
    permissions = Permissions(permissions_book.standing(on=date(2012, 1, 1), known=date(2026, 1, 1)))
    asked = ReleaseQuestion(giver="ALF", taker="BET", level="DEEP")
    files = of_room("permissions", walked(lambda: permissions.release(asked)))
    assert len(files) <= MOST["may"], files


def test_the_walk_of_must() -> None:
    """comity must, from the front door of duties to the rows; what standing does is its own walk."""
    scene = scenes()["in time only if the event was late"]
    files = of_room("duties", walked(lambda: must(scene.standing, everything=True)))
    assert len(files) <= MOST["must"], files


def of_room(room: str, files: list[str]) -> list[str]:
    """Those of the room itself."""
    assert not [f for f in files if f.startswith(("book/", "cli/", "web/"))], "a question is answered without files or doors"
    own = [f for f in files if f.startswith(room)]
    print(f"{room} touches {len(own)} modules of its own:", *own, sep="\n  ")
    assert own
    return own


def test_the_walk_of_one_act(tmp_path: Path) -> None:
    """One row of a file to one entry with its hash."""
    from comity.book.tables import entry_of

    row = {"ref": "a", "kind": "sign", "actor": "AAA", "agreement": "pact", "source": "s", "made": "2000-01-01", "details": "definitive=yes"}
    files = walked(lambda: entry_of(row, None, None).act.hash)
    print(f"one act touches {len(files)} modules:", *files, sep="\n  ")
    assert len(files) <= MOST["act"], files
    assert not [f for f in files if f.startswith(("agreements/", "standing/"))], "an act is read without any law"


def test_the_walk_of_reading_a_book(tmp_path: Path) -> None:
    where, opening = folder(tmp_path, {}), comity.open
    files = walked(lambda: opening(where))
    print(f"reading a book touches {len(files)} modules:", *files, sep="\n  ")
    assert len(files) <= MOST["reading"], files
    assert not [f for f in files if f in ("agreements/derive.py", "standing/worlds.py")], "reading derives nothing"
