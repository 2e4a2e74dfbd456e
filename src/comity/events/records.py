"""What is known of each data set of events before it is read: its columns, its classes, its words for parties; all of it data files.

A record stands in ``sources/ID.toml``. ``classes.toml`` holds the root classes of CAMEO and PLOVER, ``countries.csv`` which state
of the Correlates of War a name or code stands for, since when and until when, or that it stands for none.

Source: docs/explanation/how-panels-are-made.md, section 8.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

import polars as pl

from comity.terms import BadInput

HERE = Path(__file__).parent / "sources"
IDS = ("gdelt", "icews", "polecat")
COUNTRIES = {"scheme": pl.String, "code": pl.String, "cow": pl.Int32, "since": pl.Date, "until": pl.Date, "note": pl.String}
"""The columns of the map of parties: ``since`` and ``until`` half-open, null is open; ``cow`` null: no member of the state system."""


@dataclass(frozen=True, slots=True)
class EventSource:
    """A data set of events, as published.

    ``columns``: what the file's columns are called, all of them if it has a header, else those that it begins with; ``widths``: how
    many a row may have. ``nothing``: codes for nothing known. ``uses``: which column is the day, party1, party2, class, and, where the
    data set has them, root, quad, intensity and weight. ``parties``: the schemes of its words for parties, the first that knows one is
    taken. ``classes``: cameo or plover.
    """

    id: str
    name: str
    address: str
    cite: str
    note: str
    header: bool
    encoding: str
    nothing: tuple[str, ...]
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    uses: MappingProxyType[str, str]
    day_format: str
    parties: tuple[str, ...]
    classes: str


@cache
def event_source(named: str) -> EventSource:
    """The record of a data set."""
    if named not in IDS:
        raise BadInput(f"no data set of events is called {named!r}; there are {', '.join(IDS)}")
    plain = tomllib.loads((HERE / f"{named}.toml").read_text(encoding="utf-8"))
    reading, meaning = plain["reading"], plain["meaning"]
    return EventSource(
        id=plain["id"],
        name=plain["name"],
        address=plain["address"],
        cite=plain["cite"],
        note=plain["note"],
        header=reading["header"],
        encoding=reading["encoding"],
        nothing=tuple(reading["nothing"]),
        columns=tuple(reading["columns"]),
        widths=tuple(reading["widths"]),
        uses=MappingProxyType(plain["columns"]),
        day_format=meaning["day_format"],
        parties=tuple(meaning["parties"]),
        classes=meaning["classes"],
    )


def _roots() -> MappingProxyType[str, MappingProxyType[str, int]]:
    plain = tomllib.loads((HERE / "classes.toml").read_text(encoding="utf-8"))
    return MappingProxyType({scheme: MappingProxyType({code: root["quad"] for code, root in roots.items()}) for scheme, roots in plain.items()})


ROOTS = _roots()
"""The root classes of each codebook with their quad classes."""


def countries() -> pl.DataFrame:
    """The map of words for parties, with the columns of ``COUNTRIES``; one more row is one more word."""
    return pl.read_csv(HERE / "countries.csv", schema=COUNTRIES)


def lookup(words: pl.DataFrame, schemes: tuple[str, ...]) -> pl.DataFrame:
    """The map as it is joined with: ``code``, ``cow``, ``since``, ``until`` (neither null), ``note``; no day in two rows of one code."""
    if words.schema != COUNTRIES:
        raise BadInput(f"the map of parties has the columns {', '.join(COUNTRIES)} with their types; this one has {words.schema}")
    order = pl.col("scheme").replace_strict(list(schemes), list(range(len(schemes))), default=None, return_dtype=pl.Int32)
    used = words.with_columns(rank=order).filter(pl.col("rank").is_not_null())
    best = used.filter(pl.col("rank") == pl.col("rank").min().over("code"))
    found = best.with_columns(since=pl.col("since").fill_null(date.min), until=pl.col("until").fill_null(date.max)).sort("code", "since")
    clash = found.filter(pl.col("since") < pl.col("until").shift(1).over("code"))
    if len(clash):
        raise BadInput(f"the map of parties gives {clash['code'][0]!r} twice for one day ({clash['since'][0]})")
    return found.select("code", "cow", "since", "until", "note")
