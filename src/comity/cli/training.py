"""Commands about training one another's people: courses and their accounts, posts, visits, needs and who could meet them.

comity --book examples/exercise-book training courses --on 2025-11-15
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from comity import training
from comity.cli.asking import Asked, question
from comity.cli.rendering import console, print_json, show_notes, show_table
from comity.standing import Standing
from comity.terms import Finding, Verdict
from comity.training import MetNeed, Visit

Party = Annotated[str | None, typer.Option("--party", metavar="PARTY", help="Only what this party gives, takes, asks or grants.")]
Capability = Annotated[str | None, typer.Option("--capability", metavar="NAME", help="Only in this capability.")]


@question(without=("strict",))
def courses(asked: Asked, party: Party = None, capability: Capability = None) -> None:
    """Places offered, persons nominated, attended and certified, by course and nation; where these do not add up."""
    standing = _standing(asked, party)
    every = training.courses_of(standing)
    found = [c for c in every if party in (None, c.offered_by, *(n for n, _ in c.nations)) and _is(capability, c.capability)]
    if asked.as_json:
        print_json({"courses": [training.course_to_plain(one) for one in found], "strays": _plain(training.training_strays(standing))})
        return
    rows = []
    for course in found:
        accounts = [("together", course.together), *((n, a) for n, a in course.nations if party in (None, n, course.offered_by))]
        for number, (nation, account) in enumerate(accounts):
            head = (course.offer.ref, course.title, course.offered_by, course.places) if number == 0 else ("", "", "", "")
            rows.append((*head, nation, account.nominated, account.attended, account.certified))
    _table(("offer", "course", "offered by", "places", "of", "nominated", "attended", "certified"), rows, "no course on record that was asked for")
    _odd([*(f for course in found for f in course.findings), *training.training_strays(standing)])
    if any(not count.complete for course in found for count in (course.together.nominated, course.together.attended, course.together.certified)):
        show_notes([f"where it says at least, the record is not declared complete up to {standing.on}"])


@question(without=("strict",))
def posts(
    asked: Asked,
    party: Party = None,
    past: Annotated[bool, typer.Option("--all", help="Those that are no longer, or not yet, filled too.")] = False,
) -> None:
    """Exchange officers, attachés, liaison officers, instructors and mobile teams: which posts with whom are filled. No post names its holder."""
    standing = _standing(asked, party)
    found = [p for p in training.posts_of(standing) if party in (None, p.nation, p.host) and (past or p.filled is not Verdict.NO)]
    if asked.as_json:
        print_json({"posts": [training.post_to_plain(one) for one in found]})
        return
    rows = [(p.act.ref, p.role, p.title, p.nation, p.host, p.persons, p.capability, p.from_, p.until or "", p.filled) for p in found]
    _table(("act", "role", "post", "of", "with", "persons", "capability", "from", "until", "filled"), rows, "no post is filled that was asked for")
    _odd(finding for one in found for finding in one.findings)


@question(without=("strict",))
def visits(asked: Asked, party: Party = None) -> None:
    """Visits and port calls with their clearances: asked for, granted or refused, and whether in time."""
    standing = _standing(asked, party)
    found = [v for v in training.visits_of(standing) if party in (None, v.visitor, v.host)]
    if asked.as_json:
        print_json({"visits": [training.visit_to_plain(one) for one in found]})
        return
    rows = [(v.request.ref, v.sort, v.what, v.visitor, v.host, v.starts, v.state, "" if v.asked is None else v.asked, _answered(v)) for v in found]
    _table(("request", "sort", "what", "of", "to", "starts", "state", "asked in time", "answered in time"), rows, "no visit that was asked for")
    _odd(finding for one in found for finding in one.findings)


@question(without=("strict",))
def needs(asked: Asked, party: Party = None, capability: Capability = None) -> None:
    """What training is needed, who could give it, and what stays unmet: as many are matched as can be, the most urgent first."""
    standing = _standing(asked, party)
    met = [
        m for m in training.met_needs(standing) if party in (None, m.need.party, *(o.party for o, _ in m.by)) and _is(capability, m.need.capability)
    ]
    told = [side for side in [*training.needs_of(standing), *training.offers_of(standing)] if _is(capability, side.capability)]
    doubtful = [side for side in told if side.stands is not Verdict.YES and party in (None, side.party)]
    if asked.as_json:
        offers = [
            training.side_to_plain(one) for one in training.offers_of(standing) if one.stands is Verdict.YES and _is(capability, one.capability)
        ]
        print_json(
            {"needs": [training.met_to_plain(one) for one in met], "offers": offers, "doubtful": [training.side_to_plain(o) for o in doubtful]}
        )
        return
    rows = [(m.need.act.ref, m.need.party, m.need.capability, m.need.persons, m.need.until or "", _by(m), m.unmet or "", m.why) for m in met]
    _table(("need", "of", "in", "persons", "until", "could be trained by", "unmet", "as"), rows, "no need is on record that was asked for")
    show_notes(f"{one.act.ref}: whether it stands is {one.stands}; it is not matched" for one in doubtful)


@question(without=("strict",))
def last(asked: Asked, party: Party = None, capability: Capability = None) -> None:
    """Who was trained with whom in what, and when last: on courses and in posts; of exercises ask elsewhere."""
    standing = _standing(asked, party)
    found = [r for r in training.last_trained(standing) if party in (None, *r.parties) and _is(capability, r.capability)]
    if asked.as_json:
        print_json({"trained": [training.trained_to_plain(one) for one in found]})
        return
    _table(("two", "in", "last", "by"), [(" ".join(r.parties), r.capability, r.last, r.act.ref) for r in found], "no training together is on record")


def _standing(asked: Asked, party: str | None) -> Standing:
    standing = asked.standing()
    if party is not None:
        standing.record.party(party)
    return standing


def _is(wanted: str | None, capability: str) -> bool:
    return wanted is None or wanted.casefold() == capability.casefold()


def _answered(visit: Visit) -> str:
    return f"open, by {visit.answer_by}" if visit.answered == "open" else visit.answered


def _by(met: MetNeed) -> str:
    return ", ".join(f"{persons} by {offer.party} ({offer.act.ref})" for offer, persons in met.by)


def _table(heads: tuple[str, ...], rows: Sequence[Sequence[object]], none: str) -> None:
    if rows:
        show_table(heads, rows)
    else:
        console().print(none)


def _odd(findings: Iterable[Finding]) -> None:
    rows = [(one.where, one.says) for one in findings]
    if rows:
        show_table(("act", "what is odd about it"), rows)


def _plain(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"code": one.code, "where": one.where, "says": one.says} for one in findings]


group = typer.Typer(name="training", no_args_is_help=True, help="Courses, posts, visits, needs and offers of training, from the acts on record.")


def add_to(app: typer.Typer) -> None:
    for command in (courses, posts, visits, needs, last):
        group.command(command.__name__)(command)
    app.add_typer(group)
