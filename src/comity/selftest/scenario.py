"""What the writer does whose disk fails: a few dozen steps that are always the same, each acknowledged; and what a ledger holds after each.

Step 0 makes the ledger; the fifth of every ten makes a checkpoint; the others append one to five acts, in every third with one that is there already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from sqlalchemy import event, pool

from comity.ledger import Item, Ledger, create, make_checkpoint, new_signer, open_ledger, told
from comity.selftest.crashing import batch_of, now
from comity.terms import BadInput

ORIGIN, FILE = "selftest.invalid/disk", "ledger.db"
_MOST_ACTS = 5
GAVE_UP = 2


@dataclass(frozen=True, slots=True)
class Held:
    """What a ledger holds after a step: the texts of its items in order, and how many there were at the latest checkpoint."""

    texts: tuple[bytes, ...] = ()
    checkpoint: int = -1


def is_checkpoint(step: int) -> bool:
    return step % 10 == 4


def batch(step: int) -> list[Item]:
    """What a step appends."""
    new = batch_of(step)[: 1 + step % _MOST_ACTS]
    return [*batch_of(1)[:1], *new] if step > 1 and step % 3 == 0 else new


@cache
def held_after(step: int) -> Held:
    """What the ledger ought to hold once a step is done; after step 0 nothing."""
    if step <= 0:
        return Held()
    before = held_after(step - 1)
    if is_checkpoint(step):
        return Held(before.texts, len(before.texts))
    return Held(before.texts + tuple(item.text for item in batch(step) if item.text not in before.texts), before.checkpoint)


def writer(folder: str, steps: int, *pragmas: str) -> tuple[str, ...]:
    """The program that takes so many steps with the ledger in ``folder``, and prints the number of each once it is acknowledged.

    What the database refuses it tells on its error output, in a line, and tries once more; then it gives up with exit 2. ``pragmas``
    weaken its connections: so a harness shows that it can tell a ledger that is not safe.
    """
    return sys.executable, "-c", "from comity.selftest.scenario import play; play()", f"sqlite:///{folder}/{FILE}", str(steps), *pragmas


def play() -> None:
    """Take the steps that the command line asks for."""
    url, steps, *pragmas = sys.argv[1:]
    if pragmas:
        event.listen(pool.Pool, "checkout", lambda connection, *_: [connection.execute(f"PRAGMA {pragma}") for pragma in pragmas])
    _insist(url, 0, lambda: create(url, ORIGIN, now).close())
    try:
        ledger = open_ledger(url, now)
    except BadInput as problem:
        print(problem, file=sys.stderr, flush=True)
        raise SystemExit(GAVE_UP) from None
    for step in range(1, int(steps)):
        _insist(url, step, partial(take, ledger, step))


def take(ledger: Ledger, step: int) -> None:
    """One step after the first."""
    if is_checkpoint(step):
        make_checkpoint(ledger, new_signer(ORIGIN))
    else:
        ledger.append(batch(step))


def _insist(url: str, step: int, attempt: Callable[[], None]) -> None:
    """Take a step, and acknowledge it; once more if it is refused."""
    for _ in range(2):
        try:
            with told(url):
                attempt()
        except BadInput as problem:
            print(problem, file=sys.stderr, flush=True)
        else:
            sys.stdout.write(f"{step}\n")
            sys.stdout.flush()
            return
    raise SystemExit(GAVE_UP)
