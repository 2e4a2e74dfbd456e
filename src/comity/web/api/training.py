"""Training: courses, posts, visits, needs with the offers that could meet them, and who was last trained with whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Query, Router

from comity.acts import Act
from comity.training import course_to_plain, met_to_plain, post_to_plain, side_to_plain, trained_to_plain, visit_to_plain
from comity.web.api import shapes_of_procedures as shapes
from comity.web.api.cursors import LAST, part_of
from comity.web.api.parameters import Listed, begin, text
from comity.web.asking import party_code
from comity.web.training import Found, all_training, chosen

router = Router(by_alias=True, tags=["Record"])
Plain = dict[str, Any]
T = TypeVar("T")


class TrainingAsked(Listed):
    """Whose, and in what."""

    party: str = text("What one party gives, takes, asks for or grants only, by code or name.", "DEU")
    capability: str = text("In one capability only.", "bridging")


def _listed(
    request: HttpRequest,
    query: TrainingAsked,
    name: str,
    of: Callable[[Found], Iterable[T]],
    place: Callable[[T], tuple[str, ...]],
    to_plain: Callable[[T], Plain],
) -> Plain:
    this = begin(request, query)
    party = party_code(this.record, query.party.strip()) if query.party.strip() else ""
    found = chosen(all_training(this), party, query.capability.strip())
    part = part_of(request, this, of(found), place, query.limit)
    return {name: [to_plain(one) for one in part.items], "next": part.next, "total": part.total}


def _on(day: date | None, act: Act) -> tuple[str, ...]:
    return (day.isoformat() if day else LAST, act.ref, act.hash)


@router.get("/training/courses", response=shapes.Courses, summary="List courses")
def list_courses(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """Courses, with how many persons of which nation were nominated, attended and were certified."""
    return _listed(
        request, query, "courses", lambda f: f.courses, lambda one: _on(one.starts.first if one.starts else None, one.offer), course_to_plain
    )


@router.get("/training/posts", response=shapes.Posts, summary="List posts")
def list_posts(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """Posts with others, from when until when they are filled; no post names its holder."""
    return _listed(request, query, "posts", lambda f: f.posts, lambda one: _on(one.from_, one.act), post_to_plain)


@router.get("/training/visits", response=shapes.Visits, summary="List visits")
def list_visits(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """Visits and the leave for them; of no capability, so that there are none where one is asked for."""
    return _listed(request, query, "visits", lambda f: f.visits, lambda one: _on(one.starts, one.request), visit_to_plain)


@router.get("/training/needs", response=shapes.Needs, summary="List needs of training")
def list_needs(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """Needs that stand on the day, each with the offers that could meet it, and what stays unmet."""
    return _listed(request, query, "needs", lambda f: f.met, lambda one: _on(one.need.from_, one.need.act), met_to_plain)


@router.get("/training/offers", response=shapes.Offers, summary="List offers of training")
def list_offers(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """Offers that stand on the day."""
    return _listed(request, query, "offers", lambda f: f.offers, lambda one: _on(one.from_, one.act), side_to_plain)


@router.get("/training/trained", response=shapes.TrainedLast, summary="Who was last trained with whom")
def list_trained(request: HttpRequest, query: Query[TrainingAsked]) -> Plain:
    """When two were last trained together in a capability, on courses and in posts."""
    return _listed(request, query, "trained", lambda f: f.trained, lambda one: (*one.parties, one.capability), trained_to_plain)
