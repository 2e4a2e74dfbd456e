"""Missions on record, what lacks in them and who bears how much; pools and their accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.missions import Gap, pools_on_record
from comity.web import burdens, missions, pools, requirements
from comity.web.api import shapes_of_missions as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin
from comity.web.charts.mission_times import span_to_plain, spans_of

router = Router(by_alias=True)
Plain = dict[str, Any]
ACCEPTED = burdens.Measure("accepted", "person-days", ())


@router.get("/missions", response=shapes.Missions, tags=["Record"], summary="List missions")
def list_missions(request: HttpRequest, query: Query[Listed]) -> Plain:
    """Missions on record, and how much of what is required for each is filled."""
    this = begin(request, query)
    part = part_of(request, this, missions.lines_of(this), lambda line: (line.name,), query.limit)
    return {"missions": [missions.line_to_plain(line) for line in part.items], "next": part.next, "total": part.total}


@router.get("/missions/{path:mission}", response=shapes.Mission, tags=["Record"], summary="One mission")
def one_mission(request: HttpRequest, mission: str, query: Query[Axes]) -> Plain:
    """Each line of its statement of requirements in each rotation, what lacks and whom to ask, pledges, days, burdens, legal bases."""
    this = begin(request, query)
    found = missions.found_of(this, mission)
    whole = found.mission
    bases, pending, unasked = missions.bases_of(this, whole)
    borne = [burdens.borne_to_plain(one, ()) for one in burdens.in_all(whole, ACCEPTED)]
    return {
        "mission": whole.id,
        "title": whole.title or None,
        "currency": whole.currency or None,
        "mandate": str(requirements.mandated(whole.mandate, missions.today_of(this))),
        "mandates": [one.act.ref for one in found.told_of.mandates],
        "requirements": [requirements.state_to_plain(one) for one in found.states],
        "gaps": [_gap(one) for one in found.gaps],
        "pledges": [requirements.offer_to_plain(one) for one in requirements.offers_of(whole)],
        "time": [span_to_plain(one) for one in spans_of(whole)],
        "burden": [{name: value for name, value in one.items() if name != "share"} for one in borne],
        "bases": None if unasked else [missions.basis_to_plain(one) for one in bases],
        "notes": list(found.told_of.findings),
        "pending": pending,
    }


def _gap(one: Gap) -> Plain:
    asks = [{"party": ask.party, "pledge": ask.pledge, "changes": list(ask.changes)} for ask in one.asks]
    return {**requirements.gap_to_plain(one), "ask": asks, "capable": [{"party": able.party, "how": able.how} for able in one.capable]}


@router.get("/pools", response=shapes.Pools, tags=["Record"], summary="List pools")
def list_pools(request: HttpRequest, query: Query[Listed]) -> Plain:
    """Pools on record, in which members give to one another and take from one another."""
    this = begin(request, query)
    part = part_of(request, this, this.ask("pools", pools_on_record), lambda name: (name,), query.limit)
    return {"pools": [{"pool": name} for name in part.items], "next": part.next, "total": part.total}


@router.get("/pools/{path:pool}", response=shapes.Pool, tags=["Record"], summary="The accounts of a pool")
def one_pool(request: HttpRequest, pool: str, query: Query[Axes]) -> Plain:
    """What each member gave and took by the end of the day, its balance, what it owes and what of that is overdue."""
    found = pools.kept_of(begin(request, query), pool)
    whole = found.told_of.pool
    return {
        "pool": whole.id,
        "item": whole.item or None,
        "accounts": [pools.account_to_plain(one, None if one.member == pool else whole.limit(one.member)) for one in found.accounts],
        "too_much": [{"act": one.ref, "member": one.member, "day": one.day.isoformat(), "over": one.over} for one in found.over],
        "notes": list(found.told_of.findings),
    }
