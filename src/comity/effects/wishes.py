"""Columns as they are asked for: of panels, of files, words of the record, and from which number on each is a yes.

Source: docs/explanation/how-effects-are-read.md, section 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from comity.panels import Family
from comity.terms import BadInput

RECORD = "standing"
"""The family of panels that asks the record itself."""
WORDS = "standing, defence, consultation, non-aggression, neutrality, cooperation, allows_release, allows_station and the like"
"""Some of its columns, for who looks for one."""
_YES = re.compile(r"^(?P<name>[^\s<>=]+)(?P<how>>=|==)(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<rest>(?: .*)?)$")


@dataclass(frozen=True, slots=True)
class Wish:
    """A column as it was asked for. ``how``, ``number``: which of its numbers are a yes, where that was said."""

    text: str
    how: str = ""
    number: float = 0.0

    def named(self, column: str) -> str:
        """What the column is called once it is yes or no."""
        return f"{column}{self.how}{self.number:g}" if self.how else column

    def yes(self, column: str) -> pl.Expr:
        """Whether it is a yes; null where it is not known."""
        of = pl.col(column).cast(pl.Float64).fill_nan(None)
        return (of >= self.number if self.how == ">=" else of == self.number).cast(pl.Int8)

    @property
    def means(self) -> str:
        """Which numbers are a yes, in words."""
        return f"{self.number:g} or more" if self.how == ">=" else f"just {self.number:g}"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a table is to have.

    ``treatment``, ``outcome``, ``controls``, ``under_way``: columns as they are asked for.   ``since``, ``until``: years, or None for all that
    treatment and outcome cover.   ``relevant``: whether it must be known which pairs are relevant.
    """

    treatment: str
    outcome: str
    controls: tuple[str, ...] = ()
    under_way: str | None = None
    since: int | None = None
    until: int | None = None
    relevant: bool = False


def wish(text: str) -> Wish:
    """``COLUMN``, ``COLUMN>=N`` or ``COLUMN==N``, with what a panel's column may have after it."""
    found = _YES.match(text.strip())
    if found is not None:
        return Wish(found["name"] + found["rest"], found["how"], float(found["number"]))
    if not text.strip() or any(sign in text.partition(" ")[0] for sign in "<>="):
        raise BadInput(f"{text!r}: write a column, or COLUMN>=N or COLUMN==N, such as exercises:exercises>=1, to say which numbers are a yes")
    return Wish(text.strip())


def is_of_record(text: str, families: Iterable[Family]) -> bool:
    """Does this ask the record, and no table of a source?"""
    return wish(text).text.partition(" ")[0].partition(":")[0] not in {family.name for family in families}


def of_record(text: str, families: Mapping[str, Family], yes: bool = True) -> Wish:
    """Words of the record are columns of its family; ``yes``: counts of agreements are a yes from the first on, unless it was said otherwise."""
    asked = wish(text)
    name, _, rest = asked.text.partition(" ")
    of_standing = {column.name for column in families[RECORD].columns} if RECORD in families else set[str]()
    if name == RECORD:
        asked = replace(asked, text=f"{RECORD}:agreements {rest}".strip())
    elif name.replace("-", "_") in of_standing:
        asked = replace(asked, text=f"{RECORD}:{name.replace('-', '_')} {rest}".strip())
    return replace(asked, how=">=", number=1.0) if yes and not asked.how and asked.text.startswith(f"{RECORD}:") else asked
