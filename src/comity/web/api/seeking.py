"""AuthZEN's searches: every candidate is asked about, in order, and those that are permitted are given.

What is searched through: the parties that exist on the day; the levels of the classification policies on record; the same parties as territories;
the things that clauses name. A part ends when it is full, or when the time that a request has is over: then its token goes on from there.

Source: AuthZEN Authorization API 1.0, "Search APIs" (Semantics, Pagination, Subject, Resource and Action Search).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from comity.terms import BadInput
from comity.web.api.cursors import opened, seal
from comity.web.api.deciding import at, permits
from comity.web.api.entities import ACTIONS, ANY, EVERY, Action, Context, Resource, Subject, TypeOnly
from comity.web.asking import Asked
from comity.web.permission_fields import offered
from comity.web.readers import reader_of

Plain = dict[str, Any]
USUAL, MOST = 100, 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part: after so many candidates, at most so many results; what its token is bound to."""

    start: int
    limit: int
    bound: list[Any]


def wanted(request: HttpRequest, told: Plain, token: str, limit: int | None) -> Wanted:
    """Which part is asked for; BadInput if its token is another question's, another reader's, or goes with another limit."""
    reader = reader_of(request)
    bound = [request.path, reader.name, reader.party, told]
    if not token:
        return Wanted(0, min(USUAL if limit is None else limit, MOST) or USUAL, bound)
    try:
        found = opened(token, lambda _: bound)
    except BadInput:
        raise BadInput("page.token: it is none of this search; leave everything as it was, or begin without a token") from None
    if limit is not None and min(limit, MOST) != found["limit"]:
        raise BadInput(f"page.limit: it was {found['limit']} when this search began; leave it as it was, or leave it out")
    return Wanted(found["start"], found["limit"], bound)


def subjects(this: Asked, subject: TypeOnly, action: Action, resource: Resource, context: Context, page: Wanted) -> Plain:
    """The parties that may."""
    candidates = [Subject(type="party", id=code) for code in _existing(this, context)] if subject.type == "party" else []
    return _permitted(this, candidates, page, lambda one: permits(this, one, action, resource, context))


def resources(this: Asked, subject: Subject, action: Action, resource: TypeOnly, context: Context, page: Wanted) -> Plain:
    """The resources of the type with which the party may."""
    candidates = list(_candidates(this, action.name, resource, context)) if action.name in ACTIONS.get(resource.type, ()) else []
    return _permitted(this, candidates, page, lambda one: permits(this, subject, action, one, context))


def actions(this: Asked, subject: Subject, resource: Resource, context: Context, page: Wanted) -> Plain:
    """What the party may do."""
    candidates = [Action(name=name) for name in EVERY if name in ACTIONS.get(resource.type, ())]
    return _permitted(this, candidates, page, lambda one: permits(this, subject, one, resource, context))


def _existing(this: Asked, context: Context) -> list[str]:
    """The parties that exist on the day."""
    on = at(this, context).on
    return sorted(party.code for party in this.record.register.parties.values() if party.exists_on(on))


def _candidates(this: Asked, action: str, resource: TypeOnly, context: Context) -> Iterable[Resource]:
    given = resource.properties or {}
    if resource.type == "territory":
        return (Resource(type="territory", id=code, properties=resource.properties) for code in _existing(this, context))
    if resource.type == "activity":
        return (Resource(type="activity", id=thing, properties=resource.properties) for thing in (ANY, *offered(this, action).things))
    return (
        Resource(type="information", id=f"{policy} {level}", properties={**given, "policy": policy, "level": level})
        for level, policy in sorted(offered(this, action).levels, key=lambda each: (each[1], each[0]))
        if given.get("policy", policy) == policy and given.get("level", level) == level
    )


def _permitted(this: Asked, candidates: list[Any], page: Wanted, fits: Callable[[Any], bool]) -> Plain:
    """Those of the candidates from the start of the part on that are permitted, until it is full or the time is over."""
    deadline = time.monotonic() + this.held.patience
    results: list[Plain] = []
    place = page.start
    while place < len(candidates) and len(results) < page.limit and (place == page.start or time.monotonic() < deadline):
        one = candidates[place]
        if fits(one):
            results.append(one.model_dump(exclude_none=True))
        place += 1
    token = seal(page.bound, {"start": place, "limit": page.limit}) if place < len(candidates) else ""
    return {"page": {"next_token": token, "count": len(results)}, "results": results}
