"""The garbage collector, paused while much is derived at once: nearly all of that stays, and looking through it again and again costs a third."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let nobody look for garbage meanwhile; it runs again afterwards if it did before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
