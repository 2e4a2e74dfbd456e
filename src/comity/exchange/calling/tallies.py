"""Tallies: how much of something each of many did lately, in bounded memory. What was counted leaks away, so nobody has to forget it in time.

Names are kept by a keyed hash of 16 bytes, however long they are. When there are too many, the one that was counted least recently goes: to push a
name out one has to be counted under as many others, each of which takes at least a request.

Source: the leaky bucket as a meter (ITU-T I.371, A.1, turned round).
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict


class Tallies:
    """A tally for each name, of at most ``limit``, of which ``leak`` a second are forgotten; of ``most`` names at once. Any thread may ask.

    Instants are seconds since 1970. A clock that is put back makes no tally leak, nor any of them last longer.
    """

    def __init__(self, limit: float, leak: float, most: int = 10_000) -> None:
        self.limit, self.leak, self.most = limit, leak, most
        self._tallies: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._key, self._lock = secrets.token_bytes(16), threading.Lock()

    def __len__(self) -> int:
        return len(self._tallies)

    def wait(self, name: str, now: float) -> float:
        """Seconds until one more fits in; 0 where it does now."""
        with self._lock:
            return self._wait(self._level(self._kept_by(name), now))

    def add(self, name: str, now: float) -> float:
        """Count one more: the seconds until yet another fits in."""
        with self._lock:
            return self._add(self._kept_by(name), now)

    def take(self, name: str, now: float) -> float:
        """Count one more if it fits in: 0; else the seconds until it does, and nothing is counted."""
        with self._lock:
            key = self._kept_by(name)
            wait = self._wait(self._level(key, now))
            if not wait:
                self._add(key, now)
            return wait

    def _kept_by(self, name: str) -> bytes:
        return hashlib.blake2b(name.encode(errors="replace"), digest_size=16, key=self._key).digest()

    def _level(self, key: bytes, now: float) -> float:
        level, at = self._tallies.get(key, (0.0, now))
        return max(0.0, level - self.leak * max(0.0, now - at))

    def _wait(self, level: float) -> float:
        return max(0.0, (level + 1 - self.limit) / self.leak)

    def _add(self, key: bytes, now: float) -> float:
        level = min(self.limit, self._level(key, now) + 1)
        self._tallies[key] = level, now
        self._tallies.move_to_end(key)
        if len(self._tallies) > self.most:
            self._tallies.popitem(last=False)
        return self._wait(level)
