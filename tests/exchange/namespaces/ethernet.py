"""Network namespaces, and the switch between them: frames that it loses, gives twice, gives late and out of order, damages, keeps from one another.

Each namespace has one end of a link (``eth0``, a TAP device); the switch has the other ends. Where the kernel has no netem, that does its work. Needs
root, iproute2 and TUN in the kernel.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.terms import BadInput

_TUN = Path("/dev/net/tun")
_TUNSETIFF, _TAP, _BARE = 0x400454CA, 0x0002, 0x1000
_LARGEST = 65536


@dataclass(frozen=True, slots=True)
class Noise:
    """How likely each is for a frame: lost, given twice, so late that others overtake it, a bit of it turned. ``delay``: of all, in seconds."""

    lost: float = 0.0
    twice: float = 0.0
    late: float = 0.0
    damaged: float = 0.0
    delay: float = 0.0


QUIET = Noise()


class Namespace:
    """A network namespace with one link into the switch. ``file``: the switch's end."""

    def __init__(self, name: str, device: str, address: str) -> None:
        self.name, self.address = name, address
        self.file = os.open(_TUN, os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.file, _TUNSETIFF, struct.pack("16sH14x", device.encode(), _TAP | _BARE))
        ip("netns", "add", name)
        ip("link", "set", device, "netns", name, "name", "eth0")
        self.ip("addr", "add", f"{address}/24", "dev", "eth0")
        self.ip("link", "set", "lo", "up")
        self.up()

    def ip(self, *words: str) -> None:
        ip("-n", self.name, *words)

    def up(self) -> None:
        self.ip("link", "set", "eth0", "up")

    def down(self) -> None:
        self.ip("link", "set", "eth0", "down")

    def inside(self, *words: str) -> list[str]:
        """The command that runs these words in there."""
        return ["ip", "netns", "exec", self.name, *words]

    def close(self) -> None:
        os.close(self.file)
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True, check=False)


def ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadInput(f"ip {' '.join(words)}: {done.stderr.strip()}")


class Switch:
    """The switch between the ends of links, in a thread of its own. ``noise`` and ``cut`` (pairs of ends that do not hear one another) may be changed
    at any time. ``counts``: frames, and what became of them."""

    def __init__(self, ends: Sequence[int], rng: random.Random) -> None:
        self.ends, self.noise, self.counts = tuple(ends), QUIET, Counter[str]()
        self.cut: frozenset[frozenset[int]] = frozenset()
        self._rng, self._stop = rng, False
        self._places: dict[bytes, int] = {}
        self._late: list[tuple[float, int, int, bytes]] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop = True
        self._thread.join()

    def _run(self) -> None:
        poll = select.poll()
        for end in self.ends:
            poll.register(end, select.POLLIN)
        while not self._stop:
            until = max(0.0, self._late[0][0] - time.monotonic()) if self._late else 0.05
            for end, _ in poll.poll(min(until, 0.05) * 1000):
                self._take(end)
            while self._late and self._late[0][0] <= time.monotonic():
                _, _, end, frame = heapq.heappop(self._late)
                _write(end, frame)

    def _take(self, end: int) -> None:
        try:
            frame = os.read(end, _LARGEST)
        except OSError:  # its link is down
            return
        self._places[frame[6:12]] = end
        known = self._places.get(frame[:6])
        for other in self.ends if known is None else (known,):
            if other != end:
                self._send(end, other, frame)

    def _send(self, end: int, other: int, frame: bytes) -> None:
        noise, rng = self.noise, self._rng
        self.counts["frames"] += 1
        if frozenset((end, other)) in self.cut:
            self.counts["frames_cut"] += 1
            return
        if rng.random() < noise.lost:
            self.counts["frames_lost"] += 1
            return
        if rng.random() < noise.damaged:
            self.counts["frames_damaged"] += 1
            at, bit = rng.randrange(14, len(frame)), 1 << rng.randrange(8)
            frame = frame[:at] + bytes([frame[at] ^ bit]) + frame[at + 1 :]
        copies = 2 if rng.random() < noise.twice else 1
        self.counts["frames_twice"] += copies - 1
        for _ in range(copies):
            late = rng.random() < noise.late
            self.counts["frames_late"] += late
            wait = noise.delay * (rng.uniform(2, 6) if late else rng.uniform(0.8, 1.2))
            heapq.heappush(self._late, (time.monotonic() + wait, self.counts["frames"] * 2 + copies, other, frame))


def _write(end: int, frame: bytes) -> None:
    try:
        os.write(end, frame)
    except OSError as problem:
        if problem.errno not in (errno.EIO, errno.EAGAIN, errno.EINVAL):  # its link is down, or its queue is full: the frame is lost
            raise


@contextlib.contextmanager
def namespaces(names: Sequence[str]) -> Iterator[list[Namespace]]:
    """A namespace for each name, with the addresses 10.77.0.1, 2, ...; gone in the end. BadInput, in one line, where that cannot be had."""
    made = list[Namespace]()
    try:
        for number, name in enumerate(names, 1):
            made.append(_made(f"comity-{os.getpid()}-{name}", f"cmt{os.getpid() % 10**8}x{number}", f"10.77.0.{number}"))
        yield made
    finally:
        for one in made:
            one.close()


def _made(name: str, device: str, address: str) -> Namespace:
    try:
        return Namespace(name, device, address)
    except FileNotFoundError as problem:
        raise BadInput(f"{problem.filename} is not there: iproute2, and TUN in the kernel, are needed") from None
    except PermissionError:
        raise BadInput("root alone makes namespaces") from None
