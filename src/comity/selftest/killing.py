"""A process of its own that is killed (SIGKILL) after so long, and what it had said until then."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Life:
    """What a process said, line by line; how long it lived after the first; how it ended; and its last complaint."""

    said: list[str]
    seconds: float
    status: int
    complained: str

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def finished(self) -> bool:
        return self.status == 0


def live(program: Sequence[str], seconds: float | None) -> Life:
    """Run a program until so long after the first line that it says (None: to its end), and kill it, unless it has ended by itself."""
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 (this Python, and what the caller names)
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            first = process.stdout.readline()
            began = time.monotonic()
            if first:
                process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
        finally:
            process.kill()
        lived = time.monotonic() - began
        rest, complained = process.stdout.read(), process.stderr.read().strip().splitlines()
    said = (first + rest).split("\n")[:-1]  # what comes after the last line end was not said in full
    return Life(said, lived, process.returncode, complained[-1] if complained else "it said nothing")
