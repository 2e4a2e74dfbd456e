"""What left on each page, as the access log keeps it: every object by its stamp, and under which release act; and so to whom an object was released.

Of an object that has another stamp now, or is no longer there, what it was stays on record: its id, version and the digest of its bytes.

Source: docs/explanation/how-exchange-works.md, sections 4 and 8.1.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.holdings import Row, chunks
from comity.exchange.timestamps import timestamp_of
from comity.ledger import root_of

SERVED = "served"
NOTHING_ON_IT = (0, None, None, None, None, None, None)
"""What the access log keeps of a page without objects."""
_EACH = 8 + 2


class Released(NamedTuple):
    """What a release act says of a page: the basis, how many, the root over their digests, their first and last stamp for the partner."""

    basis: tuple[str, ...]
    number: int
    root: bytes
    first: int
    last: int


def page_for_record(rows: Sequence[Row], basis: Sequence[tuple[str, ...]], *, bodies: bool) -> tuple[list[Released], tuple[object, ...]]:
    """What each release act of a page says, and what the access log keeps of it. ``basis``: of each row; none: no act is about them."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row, one in zip(rows, basis, strict=bool(basis)):
        groups.setdefault(one, []).append(row)
    whole = root_of([row.digest for row in rows]) if bodies and rows else None
    released = [
        Released(one, len(some), whole if len(groups) == 1 and whole else root_of([row.digest for row in some]), some[0].seen, some[-1].seen)
        for one, some in groups.items()
    ]
    if not rows:
        return released, NOTHING_ON_IT
    place, own = {one: n for n, one in enumerate(groups)}, [row.stamp for row in rows]
    under = [place[one] for one in basis] or [0] * len(rows)
    return released, (len(rows), rows[0].seen, rows[-1].seen, min(own), max(own), packed(own, under), whole)


class Left(NamedTuple):
    """An object on a page. ``act``: the place of its release act among those of the page; ``digest``: of its bytes (SHA-256)."""

    stamp: int
    act: int
    id: str
    version: int
    digest: bytes
    here: bool

    @property
    def version_written(self) -> str:
        """Its version as STIX writes an instant."""
        return timestamp_of(self.version)


def packed(stamps: Sequence[int], acts: Sequence[int]) -> bytes:
    """The node's own stamps of what is on a page, in its order, and of each the place of its release act: as they are kept."""
    apart = map(sub, stamps, (0, *stamps))
    return zlib.compress(struct.pack(f"<{len(stamps)}q{len(acts)}H", *apart, *acts), 1)


def unpacked(kept: bytes) -> list[tuple[int, int]]:
    """Stamps, and of each the place of its release act."""
    raw = zlib.decompress(kept)
    number = len(raw) // _EACH
    values = struct.unpack(f"<{number}q{number}H", raw)
    return list(zip(accumulate(values[:number]), values[number:], strict=True))


def left_on(connection: sa.Connection, kept: bytes) -> list[Left]:
    """What was on a page, of whatever is packed so, in its order."""
    on_page, of, past = unpacked(kept), schema.object_.c, schema.past.c
    found: dict[int, tuple[str, int, bytes, bool]] = {}
    for some in chunks([stamp for stamp, _ in on_page]):
        for here, table in ((False, past), (True, of)):
            asked = sa.select(table.stamp, table.id, table.version, table.digest).where(table.stamp.in_(some))
            found |= {stamp: (name, version, bytes(digest), here) for stamp, name, version, digest in connection.execute(asked)}
    return [Left(stamp, act, *found[stamp]) for stamp, act in on_page]


def holders(connection: sa.Connection, object_id: str, keeper: str) -> tuple[str, ...]:
    """The partners to whom some version of an object was released: on whose pages it was."""
    of, past, read = schema.object_.c, schema.past.c, schema.read.c
    stamps = {stamp for table in (of, past) for stamp in connection.execute(sa.select(table.stamp).where(table.id == object_id)).scalars()}
    found = set[str]()
    for stamp in sorted(stamps):
        others = read.partner.not_in([keeper, *sorted(found)])
        asked = sa.select(read.partner, read.stamps).where(read.lowest <= stamp, read.highest >= stamp, read.outcome == SERVED, others)
        found |= {who for who, kept in connection.execute(asked) if _has(kept, stamp)}
    return tuple(sorted(found))


def keep(connection: sa.Connection, stamp: int) -> None:
    """Put on record what has this stamp, before it has another or is gone."""
    of = schema.object_.c
    had = sa.select(of.stamp, of.id, of.version, of.digest).where(of.stamp == stamp)
    connection.execute(sa.insert(schema.past).from_select(["stamp", "id", "version", "digest"], had))


def _has(kept: bytes, stamp: int) -> bool:
    return any(one == stamp for one, _ in unpacked(kept))
