"""May somebody do this, and which rule says so? Every rule in order, each with its outcome in a line; the first that is against it decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comity.acts import Act
from comity.terms import Ladder, may_see
from comity.web.confining import is_cleared
from comity.web.people.granting import Grant
from comity.web.readers import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Case:
    """Whether ``name``, to whom ``grant`` is granted, may do ``right``: at all, under an agreement, or about an act."""

    name: str
    grant: Grant
    right: Right
    agreement: str | None = None
    act: Act | None = None
    ladders: Sequence[Ladder] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one rule says. ``allows`` None: the rule has nothing to say here."""

    rule: str
    allows: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, by which rule (None: nothing is against it), and what each rule says."""

    allowed: bool
    decided_by: Ruling | None
    rulings: tuple[Ruling, ...]


def account(case: Case) -> Ruling:
    used = case.grant.in_use
    return Ruling("account", used, f"{case.name} has an account that is in use" if used else f"the account of {case.name} was dismissed")


def role(case: Case) -> Ruling:
    able = sorted(one.value for one in case.grant.roles if case.right in RIGHTS[one])
    if able:
        return Ruling("role", True, f"{' and '.join(able)} may {case.right.value}")
    mine = ", ".join(one.value for one in Role if one in case.grant.roles) or "no role"
    return Ruling("role", False, f"{mine}: may not {case.right.value}; {' or '.join(r.value for r in Role if case.right in RIGHTS[r])} may")


def agreement(case: Case) -> Ruling:
    named = case.act.agreement if case.act is not None else case.agreement
    if named is None:
        return Ruling("agreement", None, "no agreement is asked about")
    own = case.grant.agreements
    if own is None:
        return Ruling("agreement", True, f"{case.name} is confined to no agreement in particular")
    return Ruling(
        "agreement", named in own, f"{case.name} is confined to {', '.join(sorted(own))}; {named} is {'' if named in own else 'not '}among these"
    )


def party(case: Case) -> Ruling:
    if case.act is None:
        return Ruling("party", None, "no act is asked about")
    whose = case.grant.party
    if whose is None:
        return Ruling("party", True, f"{case.name} is one of the record’s keeper, who may see every act")
    seen = may_see(case.act.label, whose)
    return Ruling("party", seen, f"{'the public' if whose == 'public' else whose} may {'' if seen else 'not '}see {case.act.ref}, by its label")


def clearance(case: Case) -> Ruling:
    if case.act is None:
        return Ruling("clearance", None, "no act is asked about")
    label = case.act.label
    cleared = is_cleared(label, case.grant.cleared, case.ladders)
    own = ", ".join(case.grant.cleared) or "nothing that is classified"
    return Ruling("clearance", cleared, f"{case.act.ref} is {label.policy} {label.classification}; {case.name} is cleared for {own}")


RULES: tuple[Callable[[Case], Ruling], ...] = (account, role, agreement, party, clearance)


def decide(case: Case) -> Decision:
    """The decision, with what each rule says."""
    rulings = tuple(rule(case) for rule in RULES)
    against = next((one for one in rulings if one.allows is False), None)
    return Decision(against is None, against, rulings)
