"""What is wrong with a row, column by column: each with a line that says what to write instead. A row that reads well has none.

How a row reads is for ``book`` to say, which tells the first thing that is wrong; here all are told, each beside its field or cell.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from comity.acts import BASES, LEVELS, Kind, check_detail, kinds
from comity.parties import Register
from comity.terms import BadInput, parse_day, parse_moment

MOMENTS = ("made", "received", "notified", "effect")
PARTIES = ("actor", "counterparty", "territory", "on_behalf_of", "depositary")
NEEDED = ("kind", "actor", "ref", "source")
LABEL = ("policy", "classification", "categories", "releasable_to", "caveats", "originator")
Row = Mapping[str, str]


def faults_of(row: Row, register: Register, agreements: Iterable[str], offering: bool = True) -> dict[str, str]:
    """What is wrong, by column; a detail's by ``details.`` and its name. ``offering``: with what is near to what nobody knows."""
    kind, like = kinds().get(row["kind"]), near if offering else _nothing_near
    found: dict[str, str] = {name: "fill this in; every act needs it" for name in NEEDED if not row[name]}
    if row["kind"] and kind is None:
        found["kind"] = f"{row['kind']!r} is no kind of act{like(row['kind'], kinds())}"
    for name in MOMENTS:
        _note(found, name, row[name], parse_moment)
    _note(found, "recorded", row["recorded"], parse_day)
    for name, known in (("basis", BASES), ("level", LEVELS)):
        if row[name] and row[name] not in known:
            found[name] = f"{row[name]!r}: choose one of {', '.join(known)}"
    for name in PARTIES:
        if stray := [code for code in codes(row[name]) if code not in register.parties]:
            found[name] = f"{stray[0]!r} is not among the parties{like(stray[0].upper(), register.parties)}"
    agreements = set(agreements)
    if row["agreement"] and row["agreement"] not in agreements:
        found["agreement"] = f"no agreement {row['agreement']!r} is on record{like(row['agreement'], agreements)}"
    if is_labelled(row) and not re.fullmatch("[0-9a-f]{32}", row["nonce"]):
        found["nonce"] = "an act that is not public needs a nonce of 32 hex digits; leave it blank and one is made"
    if kind is not None:
        found |= _details(kind, row) | {name: says for name, says in _needs(kind, row) if name not in found}
    return found


def _note(found: dict[str, str], name: str, text: str, read: Callable[[str], object]) -> None:
    try:
        if text:
            read(text)
    except (BadInput, OverflowError) as problem:
        found[name] = str(problem)


def _details(kind: Kind, row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in row["details"].split(";"):
        name, sign, value = (word.strip() for word in part.partition("="))
        if part.strip() and not sign:
            found["details"] = f"{part.strip()!r} is not key=value; separate details by semicolons"
        elif part.strip():
            _note(found, f"details.{name}" if name in kind.details else "details", value or " ", partial(check_detail, kind, name))
    return found


def _needs(kind: Kind, row: Row) -> Iterable[tuple[str, str]]:
    """What an act of this kind lacks."""
    given = {part.partition("=")[0].strip() for part in row["details"].split(";")}
    for need in kind.needs:
        column, _, detail = need.partition(".")
        if not row[column] or (detail and detail not in given):
            yield (f"details.{detail}" if detail else column), f"an act of kind {kind.name!r} needs this; fill it in"
    if kind.group != "record" and not any(row[name] for name in MOMENTS):
        yield "made", "no date: fill in made, received, notified or effect (a partial one such as 1998-xx-xx will do)"


def detail_in(row: Row, wanted: str) -> str:
    """A detail that the row gives, as it stands there; blank if it gives none."""
    pairs = (part.partition("=") for part in row["details"].split(";"))
    return next((value.strip() for name, sign, value in pairs if sign and name.strip() == wanted), "")


def codes(text: str) -> list[str]:
    """The codes in a column that may hold several."""
    return [code for part in text.split(";") if (code := part.strip())]


def is_labelled(row: Row) -> bool:
    """Is the act that the row tells not public?"""
    return row["policy"] not in ("", "PUBLIC") or row["classification"] not in ("", "UNCLASSIFIED") or bool(row["releasable_to"] or row["caveats"])


def near(wanted: str, known: Iterable[str]) -> str:
    """What is near, as the end of a line."""
    close = difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.6)
    return f"; did you mean {', '.join(close)}?" if close else _nothing_near(wanted, known)


def _nothing_near(wanted: str, known: Iterable[str]) -> str:
    return "; look it up, or correct it"
