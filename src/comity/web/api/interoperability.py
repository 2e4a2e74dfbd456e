"""Interoperability: what nations have trained together, the gaps, the standards that they share, the exercises of two of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.interoperability import (
    DayWindow,
    JointExercise,
    TrainingMap,
    edition_to_plain,
    exercise_to_plain,
    gap_to_plain,
    held_to_plain,
    position_to_plain,
    shared_to_plain,
    training_gaps,
    training_to_plain,
)
from comity.terms import BadInput
from comity.training import HeldTraining
from comity.web.api import shapes_of_procedures as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Listed, begin, text
from comity.web.asking import Asked
from comity.web.sharing_standards import names
from comity.web.training_maps import HALF_LIFE, WITHIN, Wanted, read, standards_of

router = Router(by_alias=True, tags=["Record"])
Plain = dict[str, Any]
T = TypeVar("T")


class NationsAsked(Listed):
    """Which nations."""

    nations: str = text("Which nations, by codes or names with commas between; those that trained most with others, if left out.", "DEU, NLD")
    org: str = text("And the members of an organisation, by its code or name.", "NATO")


class TrainingTogetherAsked(NationsAsked):
    """Which nations, in what, how fast it fades, how often it should be trained."""

    capability: str = text("In one capability only; in each of them, for a few nations, if left out.", "land")
    half: str = text(f"In how long half of it fades: a number and d, w, m or y; {HALF_LIFE} if left out.", "1y")
    within: str = text(f"Once in how long it should be trained, written alike; {WITHIN} if left out.", "18m")


class TwoAsked(Listed):
    """Which two nations."""

    nations: str = Field(description="Which two nations, by codes or names with a comma between.", json_schema_extra={"example": "DEU, NLD"})


def _asked(request: HttpRequest, query: Listed) -> tuple[Asked, Wanted, TrainingMap]:
    this = begin(request, query)
    given = {name: getattr(query, name, "").strip() for name in ("nations", "org", "capability", "half", "within")}
    return this, *read(this, given)


def _two(request: HttpRequest, query: TwoAsked, what: str) -> tuple[Asked, Wanted, TrainingMap]:
    this, wanted, of = _asked(request, query)
    if len(wanted.nations) != 2:
        raise BadInput(f"nations: {what} together are of two nations, and these are {len(wanted.nations)}; name two")
    return this, wanted, of


def _listed(
    request: HttpRequest,
    this: Asked,
    query: Listed,
    name: str,
    found: Iterable[T],
    place: Callable[[T], tuple[str, ...]],
    to_plain: Callable[[T], Plain],
) -> Plain:
    part = part_of(request, this, found, place, query.limit)
    return {name: [to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/interoperability/trained", response=shapes.TrainedTogether, summary="What nations have trained together")
def list_trained(request: HttpRequest, query: Query[TrainingTogetherAsked]) -> Plain:
    """When each pair last trained each capability together, and how much of it is left on the day."""
    this, wanted, of = _asked(request, query)
    found = [of.training(pair, name) for pair in wanted.pairs for name in wanted.capabilities]
    return _listed(request, this, query, "trained", found, lambda one: (*one.nations, one.capability), training_to_plain)


@router.get("/interoperability/gaps", response=shapes.Gaps, summary="What nations have not trained together in time")
def list_gaps(request: HttpRequest, query: Query[TrainingTogetherAsked]) -> Plain:
    """Pairs and capabilities that were not trained within the target, or not for sure."""
    this, wanted, of = _asked(request, query)
    found = training_gaps(of, wanted.pairs, wanted.capabilities, wanted.within)
    return _listed(request, this, query, "gaps", found, lambda one: (*one.training.nations, one.training.capability), gap_to_plain)


@router.get("/interoperability/exercises", response=shapes.HeldTogether, summary="Exercises of two nations together")
def list_exercises(request: HttpRequest, query: Query[TwoAsked]) -> Plain:
    """Exercises on record in which two nations took part together."""
    this, wanted, of = _two(request, query, "exercises")

    def place(one: JointExercise) -> tuple[str, ...]:
        return (one.starts, one.activity, *(part.act for part in one.parts))

    return _listed(request, this, query, "exercises", of.together(wanted.nations), place, exercise_to_plain)


@router.get("/interoperability/courses-and-posts", response=shapes.CoursesAndPosts, summary="Courses and posts of two nations together")
def list_courses_and_posts(request: HttpRequest, query: Query[TwoAsked]) -> Plain:
    """Courses and posts on record in which two nations were together."""
    this, wanted, of = _two(request, query, "courses and posts")

    def place(one: tuple[HeldTraining, DayWindow]) -> tuple[str, ...]:
        return (str(one[1].first), one[0].kind, one[0].act)

    return _listed(request, this, query, "courses-and-posts", of.trained_in(wanted.nations), place, lambda one: held_to_plain(*one))


@router.get("/interoperability/editions", response=shapes.Editions, summary="List editions of standards")
def list_editions(request: HttpRequest, query: Query[Listed]) -> Plain:
    """Editions of standards on record, and which of them are current on the day."""
    this = begin(request, query)
    found = standards_of(this).editions()
    return _listed(request, this, query, "editions", found, lambda one: (one.standard, one.edition), edition_to_plain)


@router.get("/interoperability/positions", response=shapes.Positions, summary="What nations do with standards")
def list_positions(request: HttpRequest, query: Query[NationsAsked]) -> Plain:
    """What each nation said of each edition, and whether it uses it."""
    this, wanted, _of = _asked(request, query)
    of = standards_of(this)
    found = [of.position(nation, edition) for edition in of.editions() for nation in wanted.nations]
    return _listed(request, this, query, "positions", found, lambda one: (one.standard, one.edition, one.nation), position_to_plain)


@router.get("/interoperability/shared", response=shapes.SharedStandards, summary="Which nations share which standard")
def list_shared(request: HttpRequest, query: Query[NationsAsked]) -> Plain:
    """Of each pair, whether both use the same edition of each standard."""
    this, wanted, _of = _asked(request, query)
    of = standards_of(this)
    found = [of.shared(a, b, name) for name in names(of) for a, b in itertools.combinations(wanted.nations, 2)]
    return _listed(request, this, query, "shared", found, lambda one: (one.standard, *one.nations), shared_to_plain)
