"""The file of an activity whose legal coverage is asked about: read whole, every problem in one line each."""

from __future__ import annotations

import tomllib
from pathlib import Path

from comity.book.decoding import Decoder
from comity.permissions import Activity
from comity.terms import BadInput

LARGEST = 1_000_000


def read_activity(path: Path) -> Activity:
    """The activity in the file; BadInput tells its first problem, and how many more there are."""
    if not path.is_file():
        what = f"{str(path)!r} is a folder" if path.is_dir() else f"no file {str(path)!r}"
        raise BadInput(f"{what}; give the file of an activity (docs/reference/activities.md)")
    if path.stat().st_size > LARGEST:
        raise BadInput(f"{path.name}: an activity of more than {LARGEST // 1_000_000} MB; give the file of one activity")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as problem:
        raise BadInput(f"{path.name}: byte {problem.start} is not UTF-8; save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise BadInput(f"{path.name}: not TOML: {problem}; put the line right") from None
    decoder = Decoder(path.name, text)
    found = decoder.decode(Activity, data)
    if found is None:
        first, *more = sorted(decoder.problems, key=lambda p: p.line)
        raise BadInput(f"{first}{f' (and {len(more)} more)' if more else ''}")
    if found.until < found.from_:
        raise BadInput(f"{path.name}: until {found.until} is before from {found.from_}; put the days right")
    return found
