"""Who asks for which objects, and what is answered: types alone, the same at every door.

Source: docs/explanation/how-exchange-works.md, sections 1, 5 and 6; TAXII 2.1, 3.4, 3.5, 4.3 and 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from comity.terms import ComityError

ACT_TYPE = "comity-act"
"""The type of the objects that carry acts."""


class Busy(ComityError):
    """It cannot be answered just now: the same may be asked again later."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking, once that is established: the client's name, the party that it acts for, what it may do.

    ``keeper``: one of the node's own people, who see all that it holds.
    """

    client: str
    party: str
    reads: bool = True
    writes: bool = False
    keeper: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """Which of the objects: each field that is not empty has to fit; of a field any one value.

    ``versions``: ``last``, ``first``, ``all``, or instants in microseconds since 1970. ``spec_versions``: of STIX, as written (``2.1``).
    """

    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str | int, ...] = ("last",)
    spec_versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One read of a collection. ``after``: stamps later than this one. ``cursor``: what the page before gave to go on with.

    ``bodies``: the objects themselves; else (a manifest, versions) only what is told of them. ``door``: through which it comes, for the log.
    """

    filters: Filters = Filters()
    after: int | None = None
    limit: int = 1000
    cursor: str | None = None
    bodies: bool = True
    door: str = "taxii"


class Told(NamedTuple):
    """One object version of a page. ``version`` and ``stamp``: microseconds since 1970. ``body``: its bytes, where they were asked for."""

    id: str
    version: int
    stamp: int
    spec_version: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """What leaves at once, in the order of stamps. ``cursor``: to go on with, where ``more`` is to come.

    ``holds``: does what lets it out still hold? To be asked before each further piece of it is sent.
    """

    objects: tuple[Told, ...] = ()
    more: bool = False
    cursor: str | None = None
    holds: Callable[[], bool] = field(default=_always, compare=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A collection as one caller gets to see it."""

    id: str
    title: str
    description: str = ""
    alias: str | None = None
    reads: bool = True
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one object of a delivery: its id and version as they were given (as far as they could be read), and why it was refused."""

    id: str
    version: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a delivery: ``id`` a UUID, ``at`` the instant of the request (ISO 8601, microseconds, Z)."""

    id: str
    at: str
    taken: tuple[Fate, ...] = ()
    refused: tuple[Fate, ...] = field(default=())
