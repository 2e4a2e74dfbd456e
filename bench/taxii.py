"""A node's TAXII door beside OpenTAXII and medallion: the same load on each, one after another in one run, each server in a process of its own."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bench.page import machine
from bench.taxii_load import Took, added, ask_for_one, contents, envelopes, indicator, post, walk
from bench.taxii_node import CLASSES, OPEN, start_comity
from bench.taxii_peers import MEDALLION, OPENTAXII, Served, medallion, opentaxii, with_token
from tests.servers import postgresql, programs

MANY, FEW, PAGE, PAGES, CLIENTS = 100_000, 5_000, 1_000, 50, 16
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
    ours = _ours()
    return [
        f"`python -m bench --only taxii`, {machine()}. Indicators of some 460 bytes over HTTP on one machine, Basic credentials, one run. Each server and",
        "each client is a process of its own; a client keeps its connection where the server lets it. In brackets: milliseconds of the processor that the",
        "server had for a request (of PostgreSQL: without its own). Comity decides on each object, and has each page in its ledger, on disk, before it leaves;",
        "the others ask who may read the collection.",
        "",
        f"**Sent, {PAGE:,} to a request, and read back: each object as it was sent**",
        "",
        "| server | sent a second, one client | 16 clients | read back a second | asked for one, median and 99 of 100 |",
        "|---|---|---|---|---|",
        *_compared([(name, figures) for one in (*ours, PEER) for name, figures in _small(one)], len(ours)),
        *_medallion(),
        "",
        f"**{MANY:,} objects held that the client may see**; by Comity {len(CLASSES) - len(OPEN)} for each {len(OPEN)} of them that it may not",
        "",
        f"| server | walked a second, {PAGE:,} a page, one client | 16 clients | asked for one, median and 99 of 100 | 16 clients: a second |",
        "|---|---|---|---|---|",
        *_compared([(name, figures) for one in (*ours, PEER) for name, figures in _large(one)], len(ours)),
    ]


def large(objects: int) -> list[str]:
    """The lines of the page on a node alone, with so many objects: at the beginning, and near the end."""
    lines = [
        f"`python -m bench --only taxii --objects {objects}`, {machine()}. {objects:,} objects held, {len(OPEN)} of {len(CLASSES)} open to the client.",
        "",
        f"| server | made (s) | walked a second, {PAGES} pages from the beginning | from nine tenths on | asked for one | from nine tenths on |",
        "|---|---|---|---|---|---|",
    ]
    for contestant in _ours():
        begun = time.monotonic()
        with _running(contestant, objects * len(OPEN) // len(CLASSES)) as served:
            made = time.monotonic() - begun
            target = served.target
            late = _later(added(target), objects * 9 // 10)
            figures = [
                _measured(served, walk, pages=PAGES),
                _measured(served, walk, pages=PAGES, after=late),
                _measured(served, ask_for_one),
                _measured(served, ask_for_one, after=late),
            ]
        lines.append(f"| {contestant.name} | {made:,.0f} | {' | '.join(map(_cell, figures))} |")
    return lines


def _ours() -> list[Contestant]:
    """A node on each database that is here."""
    found = [Contestant("**Comity, SQLite**", lambda folder, seen: start_comity(folder, seen, f"sqlite:///{folder}/node.db"))]
    return found if programs() is None else [*found, Contestant("**Comity, PostgreSQL**", _on_postgresql)]


@contextmanager
def _on_postgresql(folder: Path, seen: int) -> Iterator[Served]:
    with postgresql(synced=True) as address, start_comity(folder, seen, f"{address}/postgres") as served:
        yield served


def _small(contestant: Contestant) -> Iterator[tuple[str, list[Figure]]]:
    """Nothing is held; what is sent is read back and compared."""
    with _running(contestant, 0) as served:
        target = served.target
        one = _measured(served, post, [envelopes(0, FEW, PAGE)])
        back = _measured(served, walk)
        if contents(target) != {told["id"]: told for told in map(indicator, range(FEW))}:
            raise RuntimeError(f"{contestant.name}: what was read back is not what was sent")
        asked = _measured(served, ask_for_one)
        bodies = [envelopes(FEW + client * PAGE, PAGE, PAGE) for client in range(CLIENTS)]
        yield contestant.name, [one, _measured(served, post, bodies), back, asked]


def _large(contestant: Contestant) -> Iterator[tuple[str, list[Figure]]]:
    """Many objects are held that the client may see."""
    with _running(contestant, MANY) as served:
        ways = [(contestant.name, served), *((name, way(served)) for name, way in contestant.ways)]
        for name, asked in ways:
            figures = _asked(asked)
            if figures[0].took.objects != MANY:
                raise RuntimeError(f"{name}: {figures[0].took.objects:,} objects were read of {MANY:,}")
            yield name, figures


def _asked(served: Served) -> list[Figure]:
    return [
        _measured(served, walk),
        _measured(served, walk, CLIENTS, pages=3),
        _measured(served, ask_for_one),
        _measured(served, ask_for_one, CLIENTS, requests=50),
    ]


def _medallion() -> list[str]:
    """medallion gets few: what it takes grows with their square."""
    rows = list[str]()
    for objects in (PAGE, FEW):
        with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder, medallion(Path(folder)) as served:
            sent = _measured(served, post, [envelopes(0, objects, PAGE)])
            back = _measured(served, walk)
            if back.took.objects != objects:
                raise RuntimeError(f"medallion: {back.took.objects:,} objects were read of {objects:,}")
            first = f"the first page {back.took.requests[0]:.1f} s"
        rows.append(f"| medallion 3.0.0, in memory, {objects:,} objects | {_cell(sent)} | | {back.took.rate:,.0f}: {first} | |")
    return rows


@contextmanager
def _running(contestant: Contestant, seen: int) -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder, contestant.start(Path(folder), seen) as served:
        print(f"  {contestant.name}, {seen:,} objects", file=sys.stderr, flush=True)
        yield served


def _measured(served: Served, run: Callable[..., Took], *given: Any, **more: Any) -> Figure:
    """A run on a server, and what it cost it."""
    before = served.processor()
    took = run(served.target, *given, **more)
    return Figure(took, served.processor() - before)


def _later(instant: str, microseconds: int) -> str:
    """An instant of TAXII so many microseconds later."""
    return f"{datetime.fromisoformat(instant) + timedelta(microseconds=microseconds):%Y-%m-%dT%H:%M:%S.%fZ}"


# -- told


def _compared(rows: Sequence[tuple[str, Sequence[Figure]]], ours: int) -> list[str]:
    """A row for each server, and under them how many times as much the first does of what each does that is none of ours."""
    lines = [f"| {name} | {' | '.join(map(_cell, figures))} |" for name, figures in rows]
    first = rows[0][1]
    for name, figures in rows[ours:]:
        ratios = (f"{_ratio(mine, theirs):.1f}" for mine, theirs in zip(first, figures, strict=True))
        lines.append(f"| ratio, SQLite to {name} | {' | '.join(ratios)} |")
    return lines


def _cell(figure: Figure) -> str:
    took, many = figure.took, figure.took.objects > len(figure.took.requests)
    if many:
        return f"{took.rate:,.0f} ({figure.each:,.0f})"
    if took.clients > 1:
        return f"{took.rate:,.0f}, 99 of 100 in {took.share(0.99) * 1e3:,.0f} ms ({figure.each:,.1f})"
    return f"{took.share(0.5) * 1e3:,.1f} and {took.share(0.99) * 1e3:,.1f} ms ({figure.each:,.1f})"


def _ratio(mine: Figure, theirs: Figure) -> float:
    """How many times as fast: by what comes out a second, of single requests one after another by their medians."""
    if mine.took.clients == 1 and mine.took.objects == len(mine.took.requests):
        return theirs.took.share(0.5) / mine.took.share(0.5)
    return mine.took.rate / theirs.took.rate
