"""Training: courses with their places, posts with others over time, visits and the leave for them, needs beside the offers that could meet them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.standing import Standing
from comity.terms import Finding, Verdict, parse_moment
from comity.training import (
    MetNeed,
    Post,
    TrainedTogether,
    TrainingCourse,
    TrainingSide,
    Visit,
    course_to_plain,
    courses_of,
    last_trained,
    met_needs,
    met_to_plain,
    needs_of,
    offers_of,
    post_to_plain,
    posts_of,
    side_to_plain,
    trained_to_plain,
    training_strays,
    visit_to_plain,
    visits_of,
)
from comity.web.asking import Asked, page, party_code
from comity.web.charts.chart import Chart, Key, as_chart
from comity.web.charts.places import keys as keys_of_places
from comity.web.charts.places import places, small
from comity.web.drawing import PERIODS, Bar, Drawing, Row, bar_to_plain, lasting, marks_of, timeline
from comity.web.feeds import Day, as_feed
from comity.web.forms import filled_in, with_form
from comity.web.linking import href
from comity.web.readers import reader_of
from comity.web.recording.ground import can_record
from comity.web.several_lists import List, as_one_of
from comity.web.telling import Words, told
from comity.web.wording import word

T = TypeVar("T")
SHOWN = 100
"""So many of a list are on the page; its files have all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the record has of training on the day, for a party and a capability where these are asked for."""

    courses: Sequence[TrainingCourse]
    posts: Sequence[Post]
    visits: Sequence[Visit]
    met: Sequence[MetNeed]
    offers: Sequence[TrainingSide]
    doubtful: Sequence[TrainingSide]
    trained: Sequence[TrainedTogether]
    strays: Sequence[Finding]

    @property
    def any(self) -> bool:
        return any((self.courses, self.posts, self.visits, self.met, self.offers, self.doubtful))


def all_training(this: Asked) -> Found:
    """All of it; kept."""
    return this.ask("training", _all)


def _all(standing: Standing) -> Found:
    needs, offers = needs_of(standing), offers_of(standing)
    return Found(
        courses_of(standing),
        posts_of(standing),
        visits_of(standing),
        met_needs(standing),
        [one for one in offers if one.stands is Verdict.YES],
        [one for one in (*needs, *offers) if one.stands is not Verdict.YES],
        last_trained(standing),
        training_strays(standing),
    )


def chosen(every: Found, party: str, capability: str) -> Found:
    """Of all of it what a party (blank: anybody) gives, takes, asks or grants, in a capability (blank: any)."""

    def is_of(*parties: str) -> bool:
        return not party or party in parties

    def is_in(name: str) -> bool:
        return not capability or name.casefold() == capability.casefold()

    return Found(
        [c for c in every.courses if is_of(c.offered_by, *(nation for nation, _account in c.nations)) and is_in(c.capability)],
        [p for p in every.posts if is_of(p.nation, p.host) and is_in(p.capability)],
        [v for v in every.visits if is_of(v.visitor, v.host) and not capability],
        [m for m in every.met if is_of(m.need.party, *(offer.party for offer, _number in m.by)) and is_in(m.need.capability)],
        [s for s in every.offers if is_of(s.party) and is_in(s.capability)],
        [s for s in every.doubtful if is_of(s.party) and is_in(s.capability)],
        [t for t in every.trained if is_of(*t.parties) and is_in(t.capability)],
        every.strays,
    )


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose, and in what."""
    every = all_training(this)
    named = {
        *(c.offered_by for c in every.courses), *(nation for c in every.courses for nation, _account in c.nations),
        *(code for p in every.posts for code in (p.nation, p.host)), *(code for v in every.visits for code in (v.visitor, v.host)),
        *(m.need.party for m in every.met), *(s.party for s in (*every.offers, *every.doubtful)),
    }  # fmt: skip
    skills = {c.capability for c in every.courses} | {p.capability for p in every.posts} | {m.need.capability for m in every.met}
    return {
        "given": filled_in(request, "party", "capability"),
        "parties": sorted(((code, this.name(code)) for code in named), key=lambda one: one[1].casefold()),
        "capabilities": sorted((skills | {s.capability for s in (*every.offers, *every.doubtful)}) - {""}, key=str.casefold),
    }


@with_form("training.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    party = party_code(this.record, given["party"]) if given["party"] else ""
    found = chosen(all_training(this), party, given["capability"])
    rows = _rows(this, found.posts)
    charts = {"places": partial(_places, this, found), "posts": partial(_posts, this, rows)}
    lists = _lists(found)
    if request.GET.get("format") == "ics":
        return as_feed(_days(found), _("Training"), "-".join(part for part in ("training", party) if part))
    if file := as_chart(request, this, charts) or as_one_of(request, this, lists):
        return file
    context = {
        **form,
        "found": found,
        "any": all_training(this).any,
        "courses": [(one, small(one)) for one in found.courses[:SHOWN]],
        "places_keys": keys_of_places(),
        "posts": found.posts[:SHOWN],
        "posts_drawn": _drawn(this, rows[:SHOWN]),
        "posts_keys": _keys(rows),
        "visits": [_visit(this, one) for one in found.visits[:SHOWN]],
        "met": found.met[:SHOWN],
        "offers": [(one, *_given(found, one)) for one in found.offers[:SHOWN]],
        "trained": found.trained[:SHOWN],
        "findings": [*_findings(found), *found.strays],
        "shown": SHOWN,
        "lists": lists,
        "records": _records(request),
    }
    return page(request, "training.html", context)


def _records(request: HttpRequest) -> list[tuple[str, str]]:
    """The forms that begin something of one's own, for who may record."""
    reader = reader_of(request)
    if not can_record(request) or reader.party is None:
        return []
    kinds = ("offer-course", "state-need", "offer-training", "fill-post", "request-visit")
    return [(kind, href({}, "record-act", kind=kind, actor=reader.party)) for kind in kinds]


# -- courses, posts, visits, needs ------------------------------------------------------------------------------------


def _places(this: Asked, found: Found) -> Chart:
    """The courses as a chart."""
    title = told(_("Places on courses, and who took them, by %(day)s"), day=this.on)
    return Chart(
        "places",
        _("The frame is the places offered; within it persons nominated, attended and certified."),
        _("Number of persons"),
        _("From acts of offering, nominating, attending and certifying on record; what is paler is not sure."),
        places(found.courses, title, "courses"),
        lambda: [course_to_plain(one) for one in found.courses],
        {"course": "which course", "offered_by": "by whom", "places": "places offered", "together": "persons of all nations, at least and at most"},
        keys_of_places(),
    )


def _rows(this: Asked, posts: Sequence[Post]) -> list[Row]:
    """The posts as rows of a timeline."""
    return [Row(_row_label(post), href(this.carried, "act", post.act.ref), (_bar(post),)) for post in posts]


def _row_label(post: Post) -> Words:
    return told(_("%(who)s with %(host)s: %(post)s"), who=post.nation, host=post.host, post=post.title)


def _bar(post: Post) -> Bar:
    look = "in-force" if post.filled in (Verdict.YES, Verdict.NO) else str(post.filled)
    says = told(_("%(role)s: %(post)s"), role=told(word(post.role, "post")), post=post.title)
    until = post.until if post.until is None or post.until > post.from_ else post.from_ + timedelta(days=1)
    return Bar(post.from_, until, look, lasting(says, post.from_, post.until))


def _drawn(this: Asked, rows: Sequence[Row]) -> Drawing:
    return timeline(rows, told(_("Posts with others on %(day)s"), day=this.on), this.on, this.today, "posts")


def _keys(rows: Sequence[Row]) -> list[tuple[Any, str]]:
    says = {"in-force": _("filled"), "contested": word("contested", "verdict"), "unknown": word("unknown", "verdict")}
    return [(mark, says[look]) for look, mark in marks_of({bar.look for row in rows for bar in row.bars})]


def _posts(this: Asked, rows: Sequence[Row]) -> Chart:
    """The posts as a chart."""
    return Chart(
        "posts",
        _("From when until when posts with others are filled; the broken line is the day asked about."),
        _("Days; the end is the first day after the period"),
        _("From acts of filling and ending posts on record. No post names its holder."),
        _drawn(this, rows),
        lambda: [bar_to_plain(row, bar) for row in rows for bar in row.bars],
        {**PERIODS, "row": "whose post, with whom", "standing": "in-force: filled; contested or unknown"},
        tuple(Key(mark, says) for mark, says in _keys(rows)),
    )


def _visit(this: Asked, visit: Visit) -> tuple[Visit, int | None]:
    """A visit, and in how many days it is to be answered, where it still is."""
    return visit, (visit.answer_by - this.on).days if visit.answered == "open" else None


def _given(found: Found, offer: TrainingSide) -> tuple[int, list[tuple[str, int]]]:
    """How many persons of an offer could be taken by needs, and of whose."""
    taken = [(met.need.party, number) for met in found.met for side, number in met.by if side.act.hash == offer.act.hash]
    return sum(number for _party, number in taken), taken


def _findings(found: Found) -> Iterable[Finding]:
    several: tuple[Sequence[TrainingCourse | Post | Visit], ...] = (found.courses, found.posts, found.visits)
    return (finding for some in several for one in some for finding in one.findings)


# -- to be taken elsewhere --------------------------------------------------------------------------------------------


def _lists(found: Found) -> list[List]:
    return [
        List("courses", _("Courses"), lambda: [row for one in found.courses for row in _course_rows(one)]),
        List("posts", _("Posts"), lambda: [_told(post_to_plain(one)) for one in found.posts]),
        List("visits", _("Visits"), lambda: [_told(visit_to_plain(one)) for one in found.visits]),
        List("needs", _("Needs"), lambda: [_need_row(one) for one in found.met]),
        List("offers", _("Offers"), lambda: [side_to_plain(one) for one in found.offers]),
        List("trained", _("Trained with whom"), lambda: [trained_to_plain(one) for one in found.trained]),
    ]


def _course_rows(course: TrainingCourse) -> list[dict[str, Any]]:
    """A row for all nations together, and one for each."""
    plain = course_to_plain(course)
    head = {name: plain[name] for name in ("ref", "course", "capability", "offered_by", "open_to", "starts", "places")}
    accounts: list[Mapping[str, Any]] = [{"nation": None, **plain["together"]}, *plain["nations"]]
    return [{**head, "nation": one["nation"], **_counts(one)} for one in accounts]


def _counts(account: Mapping[str, Any]) -> dict[str, Any]:
    names = ("nominated", "attended", "certified")
    return {f"{name}_{end}": account[name][end] for name in names for end in ("least", "most", "complete")}


def _told(plain: dict[str, Any]) -> dict[str, Any]:
    """What is odd about it as words alone."""
    return {**plain, "findings": [one["says"] for one in plain["findings"]]}


def _need_row(met: MetNeed) -> dict[str, Any]:
    plain = met_to_plain(met)
    by = [f"{one['persons']} {one['party']} {one['ref']}" for one in plain["by"]]
    return {**plain["need"], "by": by, "unmet": plain["unmet"], "why": plain["why"]}


def _days(found: Found) -> list[Day]:
    """The days on which something begins, and those by which leave is to be answered."""
    days = []
    for course in found.courses:
        starts = course.starts
        if starts is not None and starts.first == starts.last:
            ends = course.offer.details.get("ends")
            last = parse_moment(ends).last if ends else None
            says = _("%(course)s (%(number)s places, offered by %(who)s)")
            words = says % {"course": course.title, "number": course.places, "who": course.offered_by}
            days.append(Day(_key("course", course.offer.hash), starts.first, course.title, words, course.offer.label, last))
    for visit in found.visits:
        what = f"{visit.visitor} → {visit.host}: {visit.what or told(word(visit.sort, 'visit'))}"
        days.append(Day(_key("visit", visit.request.hash), visit.starts, what, told(word(visit.state, "leave")), visit.request.label))
        if visit.answered == "open":
            answer = told(_("%(who)s is to answer"), who=visit.host)
            days.append(Day(_key("answer", visit.request.hash), visit.answer_by, f"{answer}: {what}", visit.request.ref, visit.request.label))
    return days


def _key(sort: str, act: str) -> str:
    return f"{sort}-{act.removeprefix('sha256:')[:32]}"
