"""May: what one may do with, or at, another; each test with its article, what is left to fill in, and the least that would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse

from comity.agreements.allowances import Topic
from comity.permissions import ActivityQuestion, Permissions, ReleaseQuestion, Stationing, stationing_to_plain
from comity.questions import show
from comity.standing import Standing
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, NotOnRecord, Reason, Verdict, WouldChange
from comity.web.agreements import split_findings
from comity.web.asking import AXES, Asked, json_page, page, party_code, read_day, wants_json
from comity.web.citing import Left, Line, left_open, lines_of
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.permission_fields import DOINGS, MARKS, MORE, Doing, offered
from comity.web.permission_periods import Stretch, picture, stretches

Question = ReleaseQuestion | ActivityQuestion
NEEDED = {"from": "who does it", "to": "the other party", "level": "the level"}
CHANGES = {
    "consent-release": "consent to its going there",
    "consent-activity": "consent to it",
    "release-marking": "mark it anew",
    "conclude": "conclude",
}
BESIDE = "Beside these"
"""What follows that is no topic of its own: pairwise exceptions, and what is not known."""
_TYPED = "say it with --policy (list them with: comity ladders)"


# -- the question -----------------------------------------------------------------------------------------------------


def doing_of(request: HttpRequest) -> Doing:
    """Which of the six kinds of question the URL asks; BadInput lists them."""
    name = request.GET.get("do", "").strip() or DOINGS[0].name
    found = next((doing for doing in DOINGS if doing.name == name), None)
    if found is None:
        raise BadInput(f"do={name!r}; ask one of {', '.join(doing.name for doing in DOINGS)}")
    return found


def read(request: HttpRequest, this: Asked) -> Question | None:
    """The question in the URL; None if nothing is asked yet; BadInput says what is missing."""
    doing = doing_of(request)
    given = filled_in(request, "from", "to", *MARKS, *MORE)
    if not any(given.values()):
        return None
    needed = ("from", "to", "level") if doing.name == "release" else ("from", "to")
    missing = [NEEDED[name] for name in needed if not given[name]]
    if missing:
        raise BadInput(f"this question needs {' and '.join(missing)}; fill {'it' if len(missing) == 1 else 'them'} in")
    a, b = (party_code(this.record, given[name]) for name in ("from", "to"))
    if a == b:
        raise BadInput(f"{a} is named twice; name two different parties")
    return _release(this, a, b, given) if doing.name == "release" else _activity(this, doing.name, a, b, given)


def _release(this: Asked, giver: str, taker: str, given: dict[str, str]) -> ReleaseQuestion:
    policy = given["policy"] or None
    if policy is not None and policy.casefold() not in {ladder.policy.casefold() for ladder in this.record.ladders}:
        raise NotOnRecord(f"no classification policy {policy!r} is on record; choose one of {', '.join(lad.policy for lad in this.record.ladders)}")
    return ReleaseQuestion(
        giver=giver, taker=taker, level=given["level"], policy=policy, categories=_listed(given["category"]), caveats=_listed(given["caveat"]),
        releasable_to=tuple(party_code(this.record, one) for one in _listed(given["rel"])),
        originator=party_code(this.record, given["originator"]) if given["originator"] else None,
        purpose=given["purpose"] or None, item=given["item"] or None,
    )  # fmt: skip


def _activity(this: Asked, activity: str, doer: str, counterpart: str, given: dict[str, str]) -> ActivityQuestion:
    return ActivityQuestion(
        activity=activity, doer=doer, counterpart=counterpart, things=_listed(given["thing"]), purpose=given["purpose"] or None,
        territory=party_code(this.record, given["for"]) if given["for"] else None,
        until=read_day("until", given["until"]) if given["until"] else None,
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    """Words with commas between them."""
    return tuple(word for part in text.split(",") if (word := " ".join(part.split())))


# -- the answer -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Permitted:
    """What a question comes to: one answer, or of forces two; what follows; of a release the periods before and after."""

    answers: tuple[tuple[str, Answer], ...]
    verdict: Verdict
    follows: tuple[Reason, ...] = ()
    periods: tuple[Stretch, ...] = ()
    stationing: Stationing | None = None


def put(standing: Standing, question: Question) -> Permitted:
    """The answer to the question, as the viewer may see it."""
    if isinstance(question, ReleaseQuestion):
        answer = _released(standing, question)
        return Permitted((("", answer),), answer.verdict, periods=stretches(standing, answer, lambda s: _released(s, question)))
    permissions = Permissions(standing)
    if question.activity == "station":
        found = show(permissions.station(question), standing.viewer)
        if _is_short(standing, question, found.verdict):
            found = replace(found, consequences=())
        both = (("Entry: may they be there?", found.entry), ("Status: by which rules are they there?", found.status))
        return Permitted(both, found.verdict, found.consequences, stationing=found)
    answer = show(permissions.activity(question), standing.viewer)
    follows = () if _is_short(standing, question, answer.verdict) else permissions.consequences(question)
    return Permitted((("", answer),), answer.verdict, follows)


def _is_short(standing: Standing, question: ActivityQuestion, verdict: Verdict) -> bool:
    """Is it the short *no* of an outsider, from which what follows would tell *forbidden* and *not provided for* apart?"""
    return verdict is not Verdict.YES and standing.viewer not in (None, question.doer, question.counterpart)


def _released(standing: Standing, question: ReleaseQuestion) -> Answer:
    try:
        return show(Permissions(standing).release(question), standing.viewer)
    except BadInput as problem:
        raise BadInput(str(problem).replace(_TYPED, "choose the policy")) from None


def said(this: Asked, question: Question, verdict: Verdict) -> str:
    """The question and its answer as one sentence."""
    if isinstance(question, ReleaseQuestion):
        one, other, does, about = question.giver, question.taker, "give", f" what is marked {_marked(question)}"
    else:
        does = next(doing.does for doing in DOINGS if doing.name == question.activity)
        one, other, about = question.doer, question.counterpart, _about(this, question)
    rest = f"{does} {this.name(other)}{about}"
    if verdict in (Verdict.YES, Verdict.NO):
        return f"{this.name(one)} may {'' if verdict is Verdict.YES else 'not '}{rest}."
    return f"It is {'contested' if verdict is Verdict.CONTESTED else 'not known'} whether {this.name(one)} may {rest}."


def _marked(question: ReleaseQuestion) -> str:
    to = [f"REL TO {', '.join(question.releasable_to)}"] if question.releasable_to else []
    policy = question.policy or ""
    level = question.level if question.level.casefold().startswith(policy.casefold()) else f"{policy} {question.level}"
    purpose = f" (purpose: {question.purpose})" if question.purpose else ""
    return " // ".join([level, *question.categories, *question.caveats, *to]) + purpose


def _about(this: Asked, question: ActivityQuestion) -> str:
    found = [
        f"on {this.name(question.territory)}" if question.territory else "",
        ", ".join(question.things),
        f"purpose: {question.purpose}" if question.purpose else "",
        f"until {question.until}" if question.until else "",
    ]
    told = "; ".join(part for part in found if part)
    return f" ({told})" if told else ""


# -- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Who would have to do what, under which agreement on record (blank: none); ``act``: its kind, towards ``other``."""

    by: str
    what: str
    agreement: str
    act: str
    other: str


@dataclass(frozen=True, slots=True)
class Side:
    """One answer, as the page shows it."""

    title: str
    answer: Answer
    lines: list[Line]
    left: list[Left]
    changes: list[Change]
    findings: list[tuple[str, str]]


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """The fields of the form, with what can be chosen and what was filled in."""
    given = filled_in(request, "do", "from", "to", *MARKS, *MORE, *AXES)
    doing = next((doing for doing in DOINGS if doing.name == given["do"]), DOINGS[0])
    more = any(given[name] for name in ("category", "caveat", "rel", "originator", "item", "for", *AXES))
    return {**choices(this), "doings": DOINGS, "doing": doing, "given": given, "offered": offered(this, doing.name), "more": more}


@with_form("may.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    question = read(request, this)
    if question is None:
        return page(request, "may.html", {"asked": this, **fields(request, this)})
    found = this.ask(("may", question), lambda s: put(s, question))
    if wants_json(request):
        return json_page(stationing_to_plain(found.stationing) if found.stationing is not None else answer_to_plain(found.answers[0][1]))
    context = {
        "asked": this,
        **fields(request, this),
        "question": question,
        "verdict": found.verdict,
        "said": said(this, question, found.verdict),
        "sides": [_side(this, question, title, answer) for title, answer in found.answers],
        "follows": _by_topic(lines_of(this, found.follows)),
        "periods": found.periods,
        "drawn": _drawn(this, question, found.periods),
        "versions": list(dict.fromkeys(v for _, answer in found.answers for v in answer.versions)),
    }
    return page(request, "may.html", context)


def _side(this: Asked, question: Question, title: str, answer: Answer) -> Side:
    lines = lines_of(this, answer.because)
    changes = list(dict.fromkeys(_change(this, question, change) for change in answer.would_change))
    return Side(title, answer, lines, left_open(answer.provided, lines), changes, split_findings(answer))


def _change(this: Asked, question: Question, change: WouldChange) -> Change:
    """``on`` is an agreement, or in words what would have to be concluded, and under which one."""
    about, _, agreement = change.on.rpartition(" under ")
    if agreement not in this.record.ids:
        about, agreement = change.on, ""
    other = next((party for party in _two(question) if party != change.by), "")
    return Change(change.by, f"{CHANGES.get(change.act, change.act)} {about}".strip(), agreement, change.act, other)


def _two(question: Question) -> tuple[str, str]:
    """The other party first: to whom, or by whom, it is done."""
    return (question.taker, question.giver) if isinstance(question, ReleaseQuestion) else (question.doer, question.counterpart)


def _by_topic(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """What follows, topic by topic in the order in which the clauses know them; last what is of no topic."""
    topics: dict[str, list[Line]] = {topic: [] for topic in (*get_args(Topic), BESIDE)}
    for line in lines:
        topic, _, says = line.says.partition(": ")
        if topic in topics and says:
            topics[topic].append(replace(line, says=says))
        else:
            topics[BESIDE].append(line)
    return [(topic, found) for topic, found in topics.items() if found]


def _drawn(this: Asked, question: Question, periods: tuple[Stretch, ...]) -> str:
    if not isinstance(question, ReleaseQuestion):
        return ""
    title = f"{this.name(question.giver)} to {this.name(question.taker)}"
    return picture(periods, title, href(this.carried, "party", f"{question.giver}/{question.taker}"), this.on, this.today)
