"""Decisions: proposals and where they stand; rules of decision, what votes come to under them, and what each vote can do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from ninja import Query, Router

from comity.decisions import DecisionState, decision_to_plain
from comity.power import chances_to_plain, coalitions_to_plain, power_to_plain
from comity.votes import NamedRule, result_to_plain, rule_to_plain
from comity.web.api import shapes_of_decisions as shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.decisions import coalitions, listing, rules
from comity.web.decisions.asking import Line, decision_named
from comity.web.decisions.instants import when_asked

router = Router(by_alias=True)
Plain = dict[str, Any]
AT = "At this instant, with its zone; now if left out, or the end of the day asked about."


class DecisionsAsked(Listed):
    """In which state, of which body, waiting for whom, at which instant."""

    state: str = text(f"In one state only: open (not over), {', '.join(DecisionState)}.", "open")
    body: str = text("Of one body only, as its rule names it.", "NATO/NAC")
    party: str = text("Where this party may still answer, or is asked to: by code or name.", "BEL")
    at: str = text(AT, "2003-02-10T12:05+01:00")


class DecisionAsked(Axes):
    """At which instant."""

    at: str = text(AT, "2003-02-10T12:05+01:00")


class RulesAsked(Listed):
    """Of which body or agreement."""

    of: str = text("Of one body or agreement only.", "UN/SC")


class VotesAsked(Axes):
    """How members vote; whoever is not named votes as `rest` says, or has not voted."""

    yes: str = text("Who votes yes: codes or names, commas between.", "FRA,GBR,USA")
    no: str = text("Who votes no.", "RUS")
    abstain: str = text("Who abstains.", "CHN")
    constructive: str = text("Who abstains and declares so formally.", "HUN")
    absent: str = text("Who is not there.", "IND")
    rest: str = text("How everybody else votes; left out: they have not voted.", "yes")
    suspended: str = text("Whose rights are suspended, where the rule asks.", "HUN")
    in_arrears: str = text("Who is in arrears, where the rule asks.", "HUN")
    party_to_dispute: str = text("Who is party to the dispute, where the rule asks.", "RUS")
    concerned: str = text("Whom it concerns, where the rule asks.", "HUN")
    not_participating: str = text("Who does not take part, where the rule asks.", "DNK")


@router.get("/decisions", response=shapes.FollowedDecisions, tags=["Record"], summary="List proposals")
def list_decisions(request: HttpRequest, query: Query[DecisionsAsked]) -> Plain:
    """Proposals on record and where each stands at an instant: under silence, voted on, adopted; until when, and whose answer is awaited."""
    when = when_asked(request, begin(request, query))
    found = listing.chosen(when, {name: getattr(query, name).strip() for name in ("state", "body", "party")})
    if when.live and when.at is not None:  # all parts answer as of one instant
        named = request.GET.copy()
        named["at"] = f"{when.at:%Y-%m-%dT%H:%M:%SZ}"
        request.GET = QueryDict(named.urlencode())
    part = part_of(request, when.this, found, _place, query.limit)
    return {"decisions": [decision_to_plain(one.decision) for one in part.items], "next": part.next, "total": part.total}


def _place(one: Line) -> tuple[str, ...]:
    return ("0" if one.open else "1", LAST if one.ends is None else one.ends.iso, one.ref, one.decision.proposal.hash)


@router.get("/decisions/{path:proposal_ref}", response=shapes.FollowedDecision, tags=["Record"], summary="One proposal")
def one_decision(request: HttpRequest, proposal_ref: str, query: Query[DecisionAsked]) -> Plain:
    """Where one proposal stands at an instant, its acts, votes, texts and statements, and whose answer is awaited."""
    return decision_to_plain(decision_named(when_asked(request, begin(request, query)), proposal_ref))


@router.get("/decision-rules", response=shapes.DecisionRules, tags=["Record"], summary="List rules of decision")
def list_rules(request: HttpRequest, query: Query[RulesAsked]) -> Plain:
    """By which rules bodies decide on a day: what suffices, what defeats, with article and source."""
    this = begin(request, query)
    part = part_of(request, this, rules.chosen(this, query.of.strip()), _name, query.limit)
    return {"decision-rules": [rule_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


def _name(one: NamedRule) -> tuple[str, ...]:
    return (one.name,)


@router.get("/decision-rules/{agreement_id}/{decision_rule}", response=shapes.RuleExplored, tags=["Questions"], summary="Votes under a rule")
def one_rule(request: HttpRequest, agreement_id: str, decision_rule: str, query: Query[VotesAsked]) -> Plain:
    """What votes come to under a rule, what can still come of it, who carries it and who stops it, and what each vote can do."""
    this = begin(request, query)
    given = {name.replace("_", "-"): str(value).strip() for name, value in query.model_dump().items()}
    found = coalitions.explored(this, f"{agreement_id}/{decision_rule}", given)
    return {
        "result": result_to_plain(found.result),
        "chances": None if found.chances is None else chances_to_plain(found.chances),
        "winning": None if found.winning is None else coalitions_to_plain(found.winning),
        "blocking": None if found.blocking is None else coalitions_to_plain(found.blocking),
        "power": None if found.power is None else power_to_plain(found.power),
        "problem": found.problem or None,
    }
