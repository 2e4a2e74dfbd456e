"""A book of the bundled agreements that make members of organisations, so that what looks at every agreement is quick."""

from __future__ import annotations

import shutil
from pathlib import Path

import comity

AGREEMENTS = ("asean-declaration-1967", "asean-charter", "uk-us-mda", "tac-protocol-2010", "nato-treaty")


def cut(folder: Path) -> Path:
    """The book in ``folder``."""
    whole = comity.bundled_book()
    for name in ("book.toml", "parties.toml"):
        shutil.copy(whole / name, folder / name)
    shutil.copytree(whole / "ladders", folder / "ladders")
    for part, ending in (("agreements", "toml"), ("acts", "csv")):
        (folder / part).mkdir()
        for agreement in AGREEMENTS:
            shutil.copy(whole / part / f"{agreement}.{ending}", folder / part)
    return folder
