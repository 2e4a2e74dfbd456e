"""What is to be granted, as it was written in a form or at the command line, read against the record; what is wrong with it in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from comity.agreements import Agreement
from comity.terms import BadInput, Ladder
from comity.web.people.granting import Grant
from comity.web.readers import Role


class Written(Protocol):
    """What a grant is read against."""

    def agreement(self, agreement_id: str) -> Agreement: ...

    def party(self, code: str) -> str: ...

    def ladder(self, policy: str) -> Ladder: ...


def words(text: str) -> list[str]:
    """Words with commas between them."""
    return [word.strip() for word in text.split(",") if word.strip()]


def grant_of(record: Written, roles: Iterable[str], party: str = "", agreements: str = "", cleared: str = "") -> Grant:
    """The grant that is written so; BadInput or NotOnRecord says what is wrong with it. ``agreements`` blank: confined to none in particular."""
    named = words(agreements)
    for one in named:
        record.agreement(one)
    if party and party != "public":
        party = record.party(party)
    levels = tuple(dict.fromkeys(_level(record, one) for one in words(cleared)))
    return Grant(frozenset(role_named(role) for role in roles), party or None, frozenset(named) if named else None, levels)


def role_named(text: str) -> Role:
    """The role of that name, with a blank or a dash in it; BadInput lists them."""
    wanted = text.strip().casefold().replace("-", " ")
    found = next((role for role in Role if role.value == wanted), None)
    if found is None:
        raise BadInput(f"no role {text!r}; choose among {', '.join(role.value.replace(' ', '-') for role in Role)}")
    return found


def _level(record: Written, text: str) -> str:
    policy, colon, level = text.partition(":")
    if not colon:
        raise BadInput(f"cleared for {text!r}: write POLICY:LEVEL, such as NATO:SECRET")
    ladder = record.ladder(policy.strip())
    return f"{ladder.policy}: {ladder.level(level.strip()).name}"


def told(levels: Sequence[str]) -> str:
    """Clearances as they are written."""
    return ", ".join(level.replace(": ", ":") for level in levels)
