"""A command of comity's as a node in a namespace runs it: as it is, by the node's own clock, with pages as small as is wished.

python -m tests.exchange.namespaces.command CLOCK PAGE --ledger sqlite:///node.db exchange pull BBB --url https://10.77.0.2:8443

CLOCK is a file with the seconds by which the node's clock is ahead; they may change at any moment.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from comity import about, cli
from comity.cli import exchange_links
from comity.exchange.between import Links
from tests.exchange.real_federations import BOUNDS

PULLS = replace(BOUNDS, pages=300, tries=3)


def read_clock(file: Path) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(file.read_text()))


def write_clock(file: Path, ahead: timedelta) -> None:
    """Whoever reads it meanwhile reads what was there, or what is."""
    new = file.with_suffix(".new")
    new.write_text(str(ahead.total_seconds()))
    new.replace(file)


def main() -> None:
    clock, page, *words = sys.argv[1:]
    sys.argv = ["comity", *words]
    linking = partial(Links, bounds=replace(PULLS, page_objects=int(page)))
    with patch.object(about, "clock", partial(read_clock, Path(clock))), patch.object(exchange_links, "Links", linking):
        cli.main()


if __name__ == "__main__":
    main()
