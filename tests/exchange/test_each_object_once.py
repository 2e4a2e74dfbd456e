"""Paging while others write: whatever the page's size, however many objects at one instant, each comes once, and a repeated page is the same."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from pathlib import Path

from comity.exchange import Asked
from tests.exchange.small_nodes import BET, CLOSE, KEEPER, OPEN, SmallNode, thing

RUNS = int(os.environ.get("COMITY_PAGING", "40"))


def run(small: SmallNode, seed: int) -> None:
    """One walk through a collection that is written to meanwhile; asked with its cursors, and with added_after."""
    rng = random.Random(seed)
    frozen = datetime(2022, 1, 10, 12, tzinfo=UTC) if rng.random() < 0.5 else None
    if frozen is not None:
        small.clock.at = frozen
    before = rng.randrange(1, 200)
    size = rng.choice([n for n in (1, 2, 7, 50, 100, 1000, 10_000) if before / n <= 60])
    start = max((told.stamp for told in small.read(BET, limit=10_000).objects), default=0)

    def write(names: list[str]) -> None:
        small.put(*(thing(f"{seed}-{name}", CLOSE if name.startswith("no") else OPEN) for name in names))

    write([f"{'no' if rng.random() < 0.2 else 'yes'}-{n}" for n in range(before)])
    found, cursor, after, extra = list[str](), None, start, 0
    by_cursor = rng.random() < 0.6
    while True:
        asked = Asked(limit=size, after=start if by_cursor else after, cursor=cursor)
        page = small.node.read(BET, small.home, asked)
        if rng.random() < 0.2:
            again = small.node.read(BET, small.home, asked)
            assert again.objects[: len(page.objects)] == page.objects
        found += [told.id for told in page.objects]
        if rng.random() < 0.3 and extra < 40:
            extra += 5
            write([f"{'no' if rng.random() < 0.5 else 'yes'}-later-{extra}-{n}" for n in range(5)])
        elif not page.more:
            break
        if page.objects:
            after = page.objects[-1].stamp
        cursor = page.cursor if by_cursor and page.cursor is not None else None
        if by_cursor and cursor is None:
            by_cursor = False
    expected = [told.id for told in small.read(KEEPER, limit=10_000, after=start).objects if "-yes-" in told.id]
    assert found == expected


def test_each_object_comes_once(tmp_path: Path) -> None:
    first = int(os.environ.get("COMITY_SLICE", "0")) * RUNS
    small = SmallNode(f"sqlite:///{tmp_path / 'node.db'}")
    for seed in range(first, first + RUNS):
        if seed % 20 == 0:
            small = SmallNode(f"sqlite:///{tmp_path / f'node-{seed}.db'}")
        run(small, seed)
