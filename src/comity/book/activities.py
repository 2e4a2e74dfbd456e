"""The file of an activity whose legal coverage is asked about: read whole, every problem in one line each."""

from __future__ import annotations

from pathlib import Path

from comity.book.whole_files import FileKind
from comity.permissions import Activity
from comity.terms import BadInput

ACTIVITIES = FileKind(Activity, "an activity", "give the file of an activity (docs/reference/activities.md)")


def read_activity(path: Path) -> Activity:
    """The activity in the file; BadInput tells its problems, each with its line."""
    found, _ = ACTIVITIES.read(path)
    if found.until < found.from_:
        raise BadInput(f"{path.name}: until {found.until} is before from {found.from_}; put the days right")
    return found
