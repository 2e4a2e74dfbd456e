"""The pages of a large record under sixteen users with row permissions, beside a table browser over the same acts.

``python -m bench --only pages``. The book: a generated world, with the bundled cases beside it. Each user has an account: some act for a state,
some are confined to agreements, some cleared for levels; each asks a page, reads for a while, and asks the next.
"""

from __future__ import annotations

import csv
import http.client
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from bench.generated_book import write_book
from bench.page import machine
from comity.about import bundled_book
from comity.web.people import keeper_of
from comity.web.people.granting import Grant
from comity.web.readers import Role

AGREEMENTS, USERS, SECONDS, READING = 10_400, 16, 90.0, 2.0
"""So many generated agreements, so many users, for so long, who read for so many seconds on average before they go on."""
PORT, PEER_PORT = 8473, 8474
PASSWORD = "correct horse battery staple"
ALLIES = ("NLD", "DEU", "FRA", "GBR", "USA", "POL", "NOR", "TUR")
STATES = (*ALLIES, "S00", "S01", "S02", "S03")
WORDS = ("nato", "ctbt", "germany", "a12", "vienna", "treaty on", "fin", "status of")
_PEER = Path(__file__).parents[1] / ".peers" / "datasette" / "bin" / "datasette"


class User(NamedTuple):
    """Somebody with an account: for which state, confined to which agreements (empty: to none in particular), cleared for what."""

    name: str
    party: str = ""
    agreements: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()


class Took(NamedTuple):
    """Which kind of page, its status, and in how many seconds it came."""

    kind: str
    status: int
    seconds: float


def section() -> list[str]:
    """Measure, and tell it as lines of the page of benchmarks."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        made(book)
        rows, ids = acts_of(book), [file.stem for file in sorted((book / "agreements").glob("*.toml")) if "@" not in file.name]
        users = users_of(ids)
        with serving(book, Path(folder), users) as began:
            opened = waited(PORT, "/sign-in", began)
            cookies = [signed_in(user) for user in users]
            first = [took for user, cookie in zip(users, cookies, strict=True) for took in once(user, cookie, ids)]
            told = under_load(PORT, [(pages_for(user, ids), cookie) for user, cookie in zip(users, cookies, strict=True)])
        return [*_ours(len(ids), rows, opened, first, told), *_beside(book, Path(folder), told)]


def made(book: Path) -> None:
    """The generated world, with the bundled book in it."""
    write_book(AGREEMENTS, book)
    bundled = bundled_book()
    for file in (file for file in bundled.rglob("*") if file.is_file() and file.name != "book.toml"):
        to = book / file.relative_to(bundled)
        to.parent.mkdir(exist_ok=True)
        if to.exists():
            to.write_text(to.read_text(encoding="utf-8") + "\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
        else:
            shutil.copy(file, to)


def acts_of(book: Path) -> int:
    return sum(1 for file in (book / "acts").glob("*.csv") for _ in csv.DictReader(file.open(encoding="utf-8", newline="")))


def users_of(ids: list[str]) -> list[User]:
    """Twelve act for a state, two are confined to a fifth of the agreements each, two are cleared for a level."""
    beside = [User("confined1", agreements=tuple(ids[0::5])), User("confined2", agreements=tuple(ids[1::5]))]
    cleared = [User("cleared1", cleared=("NATO: SECRET",)), User("cleared2", cleared=("NATO: RESTRICTED",))]
    return [*(User(f"of{state.lower()}", state) for state in STATES), *beside, *cleared][:USERS]


@contextmanager
def serving(book: Path, folder: Path, users: list[User]) -> Iterator[float]:
    """The pages with an account for each user; when they were started."""
    url = f"sqlite:///{folder / 'people.db'}"
    comity = [sys.executable, "-m", "comity"]
    keeper = keeper_of(url)
    keeper.add("keeper", Grant(frozenset({Role.ADMINISTRATOR})), PASSWORD)
    for user in users:
        confined = frozenset(user.agreements) or None
        keeper.add(user.name, Grant(frozenset({Role.VIEWER}), user.party or None, confined, user.cleared), PASSWORD)
    began = time.perf_counter()
    server = subprocess.Popen([*comity, "--book", str(book), "serve", "--port", str(PORT), "--people", url], stdout=subprocess.DEVNULL)
    try:
        yield began
    finally:
        server.terminate()
        server.wait()


def waited(port: int, path: str, began: float) -> float:
    """The seconds until a page came."""
    while True:
        try:
            if asked(port, path, "")[0] == 200:
                return time.perf_counter() - began
        except ConnectionError:
            time.sleep(0.05)


def asked(port: int, path: str, cookie: str, body: str | None = None) -> tuple[int, bytes, list[str]]:
    """A page in a connection of its own: its status, its bytes, and the cookies that it sets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if body is None else "POST", path, body, headers)
    response = connection.getresponse()
    found = response.read()
    cookies = [value.partition(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return response.status, found, cookies


def signed_in(user: User) -> str:
    """The cookies of somebody who has signed in."""
    _, page, cookies = asked(PORT, "/sign-in", "")
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    form = urlencode({"login": user.name, "password": PASSWORD, "csrfmiddlewaretoken": token[1].decode()})
    status, _, more = asked(PORT, "/sign-in", "; ".join(cookies), form)
    assert status == 302, f"{user.name} could not sign in: {status}"
    return "; ".join({cookie.partition("=")[0]: cookie for cookie in (*cookies, *more)}.values())


Page = tuple[str, str]
"""A kind of page, and its path."""


def pages_for(user: User, ids: list[str]) -> Callable[[random.Random], Page]:
    """What somebody asks next: mostly about their own state, and agreements of which they may know."""
    own = list(user.agreements) or ids
    weights = {kind: weight for kind, (weight, _) in KINDS.items()}

    def following(rng: random.Random) -> Page:
        kind = rng.choices(list(weights), list(weights.values()))[0]
        return kind, KINDS[kind][1](rng, user.party or rng.choice(STATES), rng.choice(own))

    return following


def _path(path: str, **query: object) -> str:
    return f"{path}?{urlencode(query)}" if query else path


KINDS: dict[str, tuple[int, Callable[[random.Random, str, str], str]]] = {
    "today": (14, lambda rng, who, what: _path("/", party=who)),
    "agreements": (6, lambda rng, who, what: _path("/agreements", page=rng.randint(1, 10))),
    "agreements by words": (6, lambda rng, who, what: _path("/agreements", q=rng.choice(WORDS))),
    "agreement": (20, lambda rng, who, what: f"/agreements/{what}"),
    "ask": (10, lambda rng, who, what: _path("/ask", question="bound", party=who, agreement=what)),
    "may": (
        4,
        lambda rng, who, what: (
            _path("/may", do="release", to=rng.choice([s for s in ALLIES if s != who]), policy="NATO", level="SECRET")
            + f"&from={who if who in ALLIES else 'CAN'}"
        ),
    ),
    "must": (8, lambda rng, who, what: _path("/must", party=who)),
    "acts": (4, lambda rng, who, what: _path("/acts", party=who)),
    "acts of one": (8, lambda rng, who, what: _path("/acts", agreement=what)),
    "party": (5, lambda rng, who, what: f"/parties/{who}"),
    "pair": (4, lambda rng, who, what: f"/parties/{who}/{rng.choice([s for s in STATES if s != who])}"),
    "upcoming": (4, lambda rng, who, what: _path("/upcoming", party=who)),
    "calendar": (4, lambda rng, who, what: _path("/calendar", party=who)),
    "finder": (10, lambda rng, who, what: _path("/search", part=1, q=rng.choice(WORDS))),
    "field": (6, lambda rng, who, what: _path("/named", agreement=rng.choice(WORDS))),
    "cooperation": (2, lambda rng, who, what: _path("/cooperation", party=who)),
}
"""Kinds of pages, how often each is asked for, and its path for a state and an agreement."""


def once(user: User, cookie: str, ids: list[str]) -> list[Took]:
    """Every kind of page for the first time."""
    rng, own = random.Random(user.name), list(user.agreements) or ids
    return [_timed(PORT, (kind, path(rng, user.party or STATES[0], rng.choice(own))), cookie) for kind, (_, path) in KINDS.items()]


def _timed(port: int, page: Page, cookie: str) -> Took:
    start = time.perf_counter()
    status, _, _ = asked(port, page[1], cookie)
    return Took(page[0], status, time.perf_counter() - start)


def under_load(port: int, users: list[tuple[Callable[[random.Random], Page], str]], seconds: float = SECONDS, reading: float = READING) -> list[Took]:
    """All at once for a while: each asks, reads, and asks the next."""
    found: list[Took] = []

    def work(number: int) -> None:
        following, cookie = users[number]
        rng, until = random.Random(number), time.perf_counter() + seconds
        time.sleep(rng.random() * reading)
        while time.perf_counter() < until:
            found.append(_timed(port, following(rng), cookie))
            time.sleep(rng.expovariate(1 / reading))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(users))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def share(seconds: list[float], of: float) -> float:
    """The milliseconds within which this share came."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * of), len(ordered) - 1)] * 1000


def _ours(agreements: int, acts: int, opened: float, first: list[Took], told: list[Took]) -> list[str]:
    broken = sum(took.status >= 400 for took in (*first, *told))
    assert not broken, f"{broken} pages were none: {sorted({(t.kind, t.status) for t in (*first, *told) if t.status >= 400})}"
    by = defaultdict[str, list[float]](list)
    for took in told:
        by[took.kind].append(took.seconds)
    every = [took.seconds for took in told]
    head = (
        f"{machine()}. {agreements:,} agreements, {acts:,} acts; {USERS} users with accounts, of whom 12 act for a state, 2 are confined to a "
        f"fifth of the agreements and 2 are cleared for a level; each reads for {READING:g} seconds on average between two pages, for {SECONDS:g} "
        f"seconds. Server and users share the machine's cores. From start to the first page {opened:.1f} s; the very first time that each user asks "
        f"for each kind of page p50 {share([t.seconds for t in first], 0.5):.0f} ms, p95 {share([t.seconds for t in first], 0.95):.0f} ms."
    )
    lines = [head, "", "| page | asked | p50 (ms) | p95 (ms) | p99 (ms) |", "|---|---|---|---|---|"]
    lines += [f"| {kind} | {len(by[kind])} | {share(by[kind], 0.5):.0f} | {share(by[kind], 0.95):.0f} | {share(by[kind], 0.99):.0f} |" for kind in by]
    return [*lines, f"| **all** | {len(every)} | {share(every, 0.5):.0f} | **{share(every, 0.95):.0f}** | {share(every, 0.99):.0f} |", ""]


# -- beside a table browser


def _beside(book: Path, folder: Path, told: list[Took]) -> list[str]:
    """Datasette over the same acts: its table of an agreement's acts and of all, under as many users."""
    file = folder / "acts.db"
    with sqlite3.connect(file) as database:
        fill(database, book)
    wanted = {
        "acts": lambda rng: f"/acts/acts?_size=200&_sort=ref&_nofacet=1&actor={rng.choice(STATES)}",
        "acts of one": lambda rng: f"/acts/acts?_size=200&_nofacet=1&agreement=a{rng.randrange(AGREEMENTS)}",
    }

    def following(rng: random.Random) -> Page:
        kind = rng.choice(list(wanted))
        return kind, wanted[kind](rng)

    peer = subprocess.Popen(
        [str(_PEER), "serve", "-i", str(file), "--port", str(PEER_PORT), "--setting", "default_page_size", "200", "--setting", "max_returned_rows", "1000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        waited(PEER_PORT, "/", time.perf_counter())
        theirs = under_load(PEER_PORT, [(following, "")] * USERS, SECONDS / 3)
    finally:
        peer.terminate()
        peer.wait()
    lines = ["The same acts as a table in Datasette (no permissions, no law), under as many users:", "",
             "| table | Comity p50 (ms) | Datasette p50 (ms) | ratio | Comity p95 (ms) | Datasette p95 (ms) | ratio |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    for kind in wanted:
        ours, peers = ([took.seconds for took in one if took.kind == kind] for one in (told, theirs))
        half, most = (share(peers, of) / share(ours, of) for of in (0.5, 0.95))
        lines.append(
            f"| {kind} | {share(ours, 0.5):.0f} | {share(peers, 0.5):.0f} | {half:.1f} x | {share(ours, 0.95):.0f} | {share(peers, 0.95):.0f} | {most:.1f} x |"
        )
    return lines


def fill(database: sqlite3.Connection, book: Path) -> None:
    """The acts of the book as one table, with the indexes that the questions want."""
    columns: list[str] = []
    for file in sorted((book / "acts").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as text:
            reader = csv.reader(text)
            head = next(reader)
            if not columns:
                columns = head
                database.execute(f"CREATE TABLE acts ({', '.join(columns)})")
            place = [head.index(column) if column in head else None for column in columns]
            rows = ([None if at is None else row[at] for at in place] for row in reader)
            database.executemany(f"INSERT INTO acts VALUES ({', '.join('?' * len(columns))})", rows)
    for column in ("agreement", "actor", "ref"):
        database.execute(f"CREATE INDEX by_{column} ON acts ({column})")
