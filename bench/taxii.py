"""A node's TAXII door beside OpenTAXII and medallion: the same load on each, one after another in one run, each server in a process of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.page import machine
from bench.taxii_load import Took, ask_for_one, contents, envelopes, indicator, post, walk
from bench.taxii_peers import MEDALLION, OPENTAXII, Served, medallion, opentaxii, with_token

MANY, FEW, PAGE, CLIENTS = 100_000, 5_000, 1_000, 16
Start = Callable[[Path, int], AbstractContextManager[Served]]
"""Starts a server that already holds so many objects that its caller may see, in a folder of its own."""


class Figure(NamedTuple):
    """What one run on one server came to. ``processor``: seconds that the server's processes had meanwhile."""

    took: Took
    processor: float

    @property
    def each(self) -> float:
        """Milliseconds of the processor for a request."""
        return self.processor / len(self.took.requests) * 1e3


class Contestant(NamedTuple):
    """A server to be measured. ``ways``: further ways to ask it, by what they are called."""

    name: str
    start: Start
    ways: tuple[tuple[str, Callable[[Served], Served]], ...] = ()


PEER = Contestant("OpenTAXII 0.10.0b1, SQLite, gunicorn -w 1", opentaxii, (("the same, asked with its token", with_token),))


def section() -> list[str]:
    """The lines of the page."""
    print("taxii", file=sys.stderr, flush=True)
    if not OPENTAXII.exists() or not MEDALLION.exists():
        return ["Not run: OpenTAXII and medallion are not installed here: make peers"]
    contestants = [PEER]
    return [
        f"`python -m bench --only taxii`, {machine()}. Indicators of some 460 bytes over HTTP on one machine; Basic credentials; a connection that the",
        "client keeps where the server lets it; each client a process of its own. In brackets: milliseconds of the processor that the server had for a request.",
        "",
        f"**Sent, {PAGE:,} to a request, and read back: each object as it was sent**",
        "",
        "| server | sent a second, one client | sent a second, 16 clients | read back a second | asked for one of 5,000 |",
        "|---|---|---|---|---|",
        *_compared([(name, figures) for one in contestants for name, figures in _small(one)]),
        *_medallion(),
        "",
        f"**{MANY:,} objects held**",
        "",
        f"| server | walked a second, {PAGE:,} a page, one client | 16 clients | asked for one, median and 99 of 100 | the same, 16 clients |",
        "|---|---|---|---|---|",
        *_compared([(name, figures) for one in contestants for name, figures in _large(one)]),
    ]


def _small(contestant: Contestant) -> Iterator[tuple[str, list[Figure]]]:
    with _running(contestant, 0) as served:
        target, share = served.target, FEW // 5
        figures = [_measured(served, lambda: post(target, [envelopes(0, FEW, PAGE)]))]
        figures.append(_measured(served, lambda: walk(target)))
        if contents(target) != {one["id"]: one for one in map(indicator, range(FEW))}:
            raise RuntimeError(f"{contestant.name}: what was read back is not what was sent")
        figures.append(_measured(served, lambda: ask_for_one(target)))
        bodies = [envelopes(FEW + client * share, share, PAGE) for client in range(CLIENTS)]
        figures.insert(1, _measured(served, lambda: post(target, bodies)))
        yield contestant.name, figures


def _large(contestant: Contestant) -> Iterator[tuple[str, list[Figure]]]:
    with _running(contestant, MANY) as served:
        for name, way in ((contestant.name, lambda same: same), *contestant.ways):
            asked = way(served)
            target = asked.target
            figures = [_measured(asked, lambda target=target: walk(target))]
            if figures[0].took.objects != MANY:
                raise RuntimeError(f"{name}: {figures[0].took.objects:,} objects were read of {MANY:,}")
            figures.append(_measured(asked, lambda target=target: walk(target, CLIENTS, pages=3)))
            figures.append(_measured(asked, lambda target=target: ask_for_one(target)))
            figures.append(_measured(asked, lambda target=target: ask_for_one(target, CLIENTS, requests=50)))
            yield name, figures
