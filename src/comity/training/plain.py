"""Training as strings, lists and objects, as the schemas in docs/schemas have it.

Source: how-training-is-counted.md.
"""

from __future__ import annotations

from typing import Any

from comity.terms import Finding
from comity.training.courses import Count, CourseAccount, TrainingCourse
from comity.training.matching import MetNeed, TrainingSide
from comity.training.posts import Post
from comity.training.recency import TrainedTogether
from comity.training.visits import Visit


def course_to_plain(course: TrainingCourse) -> dict[str, Any]:
    """A course with its accounts."""
    return {
        "ref": course.offer.ref,
        "course": course.title,
        "capability": course.capability or None,
        "offered_by": course.offered_by,
        "open_to": list(course.open_to),
        "starts": None if course.starts is None else course.starts.written,
        "places": course.places,
        "together": _account(course.together),
        "nations": [{"nation": nation, **_account(account)} for nation, account in course.nations],
        "findings": _findings(course.findings),
    }


def post_to_plain(post: Post) -> dict[str, Any]:
    """A post, and whether it is filled."""
    return {
        "ref": post.act.ref,
        "post": post.title,
        "role": post.role,
        "nation": post.nation,
        "host": post.host,
        "persons": post.persons,
        "capability": post.capability or None,
        "from": post.from_.isoformat(),
        "until": None if post.until is None else post.until.isoformat(),
        "filled": str(post.filled),
        "findings": _findings(post.findings),
    }


def visit_to_plain(visit: Visit) -> dict[str, Any]:
    """A visit, and the leave for it."""
    details = visit.request.details
    return {
        "ref": visit.request.ref,
        "visit": visit.sort,
        "what": visit.what or None,
        "visitor": visit.visitor,
        "host": visit.host,
        "place": details.get("place"),
        "starts": visit.starts.isoformat(),
        "ends": details.get("ends"),
        "state": visit.state,
        "asked_in_time": None if visit.asked is None else str(visit.asked),
        "answered_in_time": visit.answered,
        "answer_by": visit.answer_by.isoformat(),
        "findings": _findings(visit.findings),
    }


def side_to_plain(side: TrainingSide) -> dict[str, Any]:
    """A need or an offer."""
    return {
        "ref": side.act.ref,
        "party": side.party,
        "capability": side.capability,
        "persons": side.persons,
        "from": side.from_.isoformat(),
        "until": None if side.until is None else side.until.isoformat(),
        "stands": str(side.stands),
        "open_to": list(side.open_to),
    }


def met_to_plain(met: MetNeed) -> dict[str, Any]:
    """A need that is matched with offers."""
    by = [{"ref": offer.act.ref, "party": offer.party, "persons": persons} for offer, persons in met.by]
    return {"need": side_to_plain(met.need), "by": by, "unmet": met.unmet, "why": met.why or None}


def trained_to_plain(row: TrainedTogether) -> dict[str, Any]:
    """When two were last trained together in a capability."""
    return {"parties": list(row.parties), "capability": row.capability, "last": row.last.written, "act": row.act.ref}


def _account(account: CourseAccount) -> dict[str, Any]:
    return {name: _count(getattr(account, name)) for name in ("nominated", "attended", "certified")}


def _count(count: Count) -> dict[str, Any]:
    return {"least": count.least, "most": count.most, "complete": count.complete}


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [{"code": one.code, "where": one.where, "says": one.says} for one in findings]
