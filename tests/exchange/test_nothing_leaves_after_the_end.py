"""A permission ends while it is made use of: in the log no release stands after its end, and no further piece is sent."""

from __future__ import annotations

import os
from pathlib import Path

from tests.exchange.ending_reads import OBJECTS, EndedReads, drawn

MANY = int(os.environ.get("COMITY_ENDINGS", "150"))


def test_not_one_byte_after(tmp_path: Path) -> None:
    reads = EndedReads(f"sqlite:///{tmp_path / 'node.db'}")
    came = [reads.walk(*drawn(seed)) for seed in range(MANY)]
    assert [one.leaked for one in came if one.leaked] == []
    assert sum(one.midway for one in came) > MANY // 3, "in many of them the end comes midway"
    assert OBJECTS in {one.left for one in came}, "and some are read to the last"


def test_no_release_stands_after_the_act_that_ended_it(tmp_path: Path) -> None:
    for at in range(1, 40, 3):
        reads = EndedReads(f"sqlite:///{tmp_path / f'node-{at}.db'}")
        assert reads.walk("dismissal", at, 5).leaked == ()
        assert reads.releases_after_the_last("dismiss-partner") == []
