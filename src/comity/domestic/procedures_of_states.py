"""The procedures of states between signature and consent to be bound: dated data with citations, a file for each state in ``procedures``.

Source: how-domestic-procedure-is-followed.md, section 1; the laws that each file cites.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from comity.terms import BadInput, NotOnRecord

Counted = Literal["sitting", "calendar"]
Follows = Literal["statement", "statement-and-scrutiny", "express-approval", "bars"]
Begins = Literal["lay-treaty", "notify-legislature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What a rule says in our own words, its article, and how it was read: ``read`` and ``source`` are the procedure's where it names none."""

    article: str
    says: str
    read: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrutiny(Provision):
    """For so many days, sitting or calendar, the houses may object."""

    days: int
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeObjection(Provision):
    """What follows if a house objects in that time."""

    house: str
    follows: Follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension(Provision):
    """By how many days at most the scrutiny can be made longer at a time."""

    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeApproval(Provision):
    """A house that has to approve; ``share``: so much of those present, or of the votes cast, has to be for it; None: that is not checked."""

    house: str
    share: Fraction | None
    of: Literal["present", "cast"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeProcedure:
    """One procedure of a state, in force from a day until another (that day not included)."""

    state: str
    legislature: str
    houses: Mapping[str, str]
    id: str
    title: str
    for_: str
    usual: bool
    from_: date
    until: date | None
    law: str
    read: str
    source: str
    who: str
    begins: Begins
    beginning: str
    scrutiny: Scrutiny | None
    objections: tuple[HomeObjection, ...]
    extension: Extension | None
    exception: Provision | None
    approvals: tuple[HomeApproval, ...]
    report: Provision | None

    def objection(self, house: str) -> HomeObjection | None:
        """What follows if that house objects; None: nothing does."""
        return next((one for one in self.objections if one.house == house), None)

    def approval(self, house: str) -> HomeApproval | None:
        """That the house has to approve; None: it does not."""
        return next((one for one in self.approvals if one.house == house), None)


@cache
def home_procedures() -> tuple[HomeProcedure, ...]:
    """Every procedure of every state, by state and in the order of its file."""
    found: list[HomeProcedure] = []
    for entry in sorted(files("comity.domestic").joinpath("procedures").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            data = tomllib.loads(entry.read_text(encoding="utf-8"))
            found += [_procedure(data, one) for one in data["procedure"]]
    return tuple(found)


def procedures_of(state: str, among: Sequence[HomeProcedure] | None = None) -> tuple[HomeProcedure, ...]:
    """The procedures of a state, of those that ship or of others; NotOnRecord names the states that there are."""
    every = home_procedures() if among is None else among
    found = tuple(one for one in every if one.state == state)
    if not found:
        known = ", ".join(sorted({one.state for one in every}))
        raise NotOnRecord(f"the procedure at home of {state!r} is not known here; known are those of {known}")
    return found


def versions_of(there: Sequence[HomeProcedure], name: str | None) -> tuple[HomeProcedure, ...]:
    """The versions of the procedure of this name, or of the usual one; BadInput names those that there are."""
    named = tuple(one for one in there if (one.usual if name is None else one.id == name))
    if not named:
        raise BadInput(f"{there[0].state} has no procedure {name!r}; choose one of {', '.join(dict.fromkeys(one.id for one in there))}")
    return named


def in_force(versions: Sequence[HomeProcedure], on: date) -> HomeProcedure:
    """Of the versions of one procedure the one of that day; NotOnRecord where none is known."""
    found = [one for one in versions if one.from_ <= on and (one.until is None or on < one.until)]
    if not found:
        first = min(one.from_ for one in versions)
        raise NotOnRecord(
            f"the procedure {versions[0].id!r} of {versions[0].state} is known from {first} on; what was the law on {on} is not told here"
        )
    return found[0]


def procedure_in_force(state: str, name: str | None, on: date) -> HomeProcedure:
    """The procedure of this name, or the usual one, in its version of that day."""
    return in_force(versions_of(procedures_of(state), name), on)


def _procedure(file: Mapping[str, Any], data: Mapping[str, Any]) -> HomeProcedure:
    default = {"read": data["read"], "source": data["source"]}
    extension, exception, scrutiny, report = (data.get(name) for name in ("extension", "exception", "scrutiny", "report"))
    return HomeProcedure(
        state=file["state"],
        legislature=file["legislature"],
        houses=MappingProxyType(dict(file["houses"])),
        id=data["id"],
        title=data["title"],
        for_=data["for"],
        usual=data.get("usual", False),
        from_=data["from"],
        until=data.get("until"),
        law=data["law"],
        who=data["who"],
        begins=data["begins"],
        beginning=data["beginning"],
        scrutiny=None if scrutiny is None else Scrutiny(**default | scrutiny),
        objections=tuple(HomeObjection(**default | one) for one in data.get("objection", ())),
        extension=None if extension is None else Extension(**default | extension),
        exception=None if exception is None else Provision(**default | exception),
        approvals=tuple(_approval(default | one) for one in data.get("approval", ())),
        report=None if report is None else Provision(**default | report),
        **default,
    )


def _approval(data: Mapping[str, Any]) -> HomeApproval:
    share = data.get("share")
    return HomeApproval(
        house=data["house"],
        share=None if share is None else Fraction(share),
        of=data.get("of", "cast"),
        article=data["article"],
        says=data["says"],
        read=data["read"],
        source=data["source"],
    )
