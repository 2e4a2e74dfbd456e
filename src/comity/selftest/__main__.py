"""The processes that a harness kills: ``python -m comity.selftest write URL NUMBER``, and the works that are interrupted."""

from __future__ import annotations

import sys

from comity.selftest.crashing import write_for_ever
from comity.selftest.works import bring_up, make_backup, restore_from, take_in

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", url, number]:
            write_for_ever(url, int(number))
        case ["import", url, folder]:
            take_in(url, folder)
        case ["back-up", url, file]:
            make_backup(url, file)
        case ["restore", file, url]:
            restore_from(file, url)
        case ["upgrade", url]:
            bring_up(url)
