"""The kinds of act: one small data file each, in the folder ``kinds``.

A kind says what the act is called, what group it belongs to, what it needs, which typed details it may carry, and the
article it comes from. Adding a kind is adding a file; a rule that gives it an effect is added in the room of that law.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from comity.acts.signing import read_key
from comity.terms import BadInput, parse_day, parse_moment


@dataclass(frozen=True, slots=True)
class Detail:
    """One typed detail: ``type`` is text, day, moment, number, flag, list, choice, hash or key (a public key or its thumbprint)."""

    name: str
    type: str
    gloss: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act. ``past`` completes the sentence '<actor> ... <agreement>'."""

    name: str
    group: str
    past: str
    gloss: str
    source: str
    needs: tuple[str, ...]
    details: Mapping[str, Detail]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of act, by name."""
    found = {}
    for entry in sorted(files("comity.acts").joinpath("kinds").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            data = tomllib.loads(entry.read_text(encoding="utf-8"))
            details = {name: Detail(name, d["type"], d["gloss"], tuple(d.get("choices", ()))) for name, d in data.get("details", {}).items()}
            found[data["name"]] = Kind(
                data["name"], data["group"], data["past"], data["gloss"], data["source"], tuple(data["needs"]), MappingProxyType(details)
            )
    return MappingProxyType(found)


DESTRUCTION = "destroy-record"
"""The kind of act that destroys, in the ledger in which it is recorded, the bytes of the record whose hash it names."""
CONSENT = ("ratify", "accept", "approve", "accede", "succeed", "confirm", "notify-completion", "exchange")
"""The kinds that express consent to be bound (VCLT 11); a signature does only where the treaty says so, or it is definitive."""


_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def check_detail(kind: Kind, name: str, value: str) -> None:
    """Is this detail known to the kind and well written? BadInput says what is wrong."""
    detail = kind.details.get(name)
    if detail is None:
        known = ", ".join(kind.details) or "none"
        raise BadInput(f"{kind.name!r} has no detail {name!r}; it may carry: {known}")
    if detail.type == "day":
        parse_day(value)
    elif detail.type == "moment":
        parse_moment(value)
    elif detail.type == "key":
        read_key(value)
    elif detail.type == "flag" and value not in ("yes", "no"):
        raise BadInput(f"detail {name!r} is {value!r}; write yes or no")
    elif detail.type == "number" and not (value.isascii() and value.isdigit()):
        raise BadInput(f"detail {name!r} is {value!r}; write a whole number")
    elif detail.type == "hash" and not _HASH.fullmatch(value):
        raise BadInput(f"detail {name!r} is {value!r}; write sha256: and 64 hex digits")
    elif detail.type == "choice" and value not in detail.choices:
        raise BadInput(f"detail {name!r} is {value!r}; choose one of {', '.join(detail.choices)}")
