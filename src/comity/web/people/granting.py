"""What may be granted to whom, by whom: the rules for changing an account, listed, each with the line that it refuses with.

Nobody changes their own account; nobody grants more of the record than they see themselves; whoever gives out roles uses none of them; somebody
always administers. At the command line it is the keeper of the machine who changes accounts: only what holds for everybody holds there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.terms import Ladder
from comity.web.confining import covers
from comity.web.readers import RIGHTS, NotAllowed, Right, Role


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted to somebody; as in ``Reader``. ``in_use``: they have not been dismissed."""

    roles: frozenset[Role]
    party: str | None = None
    agreements: frozenset[str] | None = None
    cleared: tuple[str, ...] = ()
    in_use: bool = True

    def may(self, right: Right) -> bool:
        """Does it allow this?"""
        return self.in_use and any(right in RIGHTS[role] for role in self.roles)

    def plain(self) -> dict[str, Any]:
        """As it is kept in the log of changes."""
        agreements = None if self.agreements is None else sorted(self.agreements)
        roles = sorted(role.value for role in self.roles)
        return {"roles": roles, "party": self.party, "agreements": agreements, "cleared": list(self.cleared), "in_use": self.in_use}


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an account. ``by``: whose account makes it; None: the keeper, at the command line."""

    by: str | None
    whose: str
    after: Grant


Office = Mapping[str, Grant]
"""Everybody's grant, by name."""
Rule = Callable[[Office, Step, Sequence[Ladder]], str | None]


def by_an_administrator(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    if step.by is not None and (step.by not in office or not office[step.by].may(Right.ADMINISTER)):
        return f"{step.by} administers no accounts; ask somebody who does"
    return None


def not_ones_own(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    if step.by == step.whose:
        return "nobody changes what they may do themselves; ask another administrator"
    return None


def something(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    return None if step.after.roles else f"{step.whose} would have no role; choose one, or dismiss the account"


def two_persons(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    """Whoever administers accounts records, approves and releases nothing."""
    others = sorted(role.value for role in step.after.roles if RIGHTS[role] - {Right.READ, Right.ADMINISTER})
    if Role.ADMINISTRATOR in step.after.roles and others:
        return f"an administrator is nothing besides; give {' and '.join(others)} to another account"
    return None


def within_ones_party(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    if step.by is None or (own := office[step.by].party) is None:
        return None
    parties = {step.after.party, office[step.whose].party if step.whose in office else own}
    return None if parties <= {own, "public"} else f"{step.by} acts for {own}, and changes accounts of {own} only"


def within_ones_agreements(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    if step.by is None or (own := office[step.by].agreements) is None:
        return None
    asked = [step.after.agreements, *([office[step.whose].agreements] if step.whose in office else [])]
    if all(one is not None and one <= own for one in asked):
        return None
    return f"{step.by} is confined to {', '.join(sorted(own))}, and changes accounts that are confined to these only"


def within_ones_clearance(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    """What somebody was cleared for before stays; more is granted up to one's own only."""
    if step.by is None:
        return None
    known = {*office[step.by].cleared, *(office[step.whose].cleared if step.whose in office else ())}
    for one in step.after.cleared:
        policy, _, level = one.partition(":")
        if one not in known and not covers(office[step.by].cleared, policy.strip(), level.strip(), ladders):
            return f"{step.by} is not cleared for {one}, and clears nobody for it"
    return None


def somebody_administers(office: Office, step: Step, ladders: Sequence[Ladder]) -> str | None:
    after = {**office, step.whose: step.after}
    if any(one.may(Right.ADMINISTER) for one in office.values()) and not any(one.may(Right.ADMINISTER) for one in after.values()):
        return f"{step.whose} is the last who administers accounts; make another administrator first"
    return None


RULES: tuple[Rule, ...] = (
    by_an_administrator, not_ones_own, something, two_persons, within_ones_party, within_ones_agreements, within_ones_clearance,
    somebody_administers,
)  # fmt: skip


def allow(office: Office, step: Step, ladders: Sequence[Ladder]) -> None:
    """NotAllowed, with the line of the first rule that is against it."""
    for rule in RULES:
        if (line := rule(office, step, ladders)) is not None:
            raise NotAllowed(line)
