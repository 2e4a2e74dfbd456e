"""May: what one may do with, or at, another; each test with its article, what is left to fill in, and the least that would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.agreements.allowances import Topic
from comity.permissions import ActivityQuestion, Permissions, ReleaseQuestion, Stationing, stationing_to_plain
from comity.questions import show
from comity.standing import Standing
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, NotOnRecord, Reason, Verdict, WouldChange
from comity.web.agreements import split_findings
from comity.web.asking import AXES, Asked, json_page, page, party_code, read_day, wants_json
from comity.web.charts.chart import Chart, as_chart
from comity.web.citing import Left, Line, left_open, lines_of
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.permission_fields import DOINGS, MARKS, MORE, Doing, offered
from comity.web.permission_periods import Stretch, picture, stretches
from comity.web.sentences import PERMISSIONS, sentence
from comity.web.telling import Words, told
from comity.web.wording import word

Question = ReleaseQuestion | ActivityQuestion
NEEDED = {"from": _("who does it"), "to": _("the other party"), "level": _("the level")}
CHANGES = {
    "consent-release": _("consent to its going there"),
    "consent-activity": _("consent to it"),
    "release-marking": _("mark it anew"),
    "conclude": _("conclude %(about)s"),
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
        known = ", ".join(doing.name for doing in DOINGS)
        raise BadInput(told(gettext("%(given)s; ask one of %(known)s"), given=f"do={name!r}", known=known))
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
        raise _lacking(missing)
    a, b = (party_code(this.record, given[name]) for name in ("from", "to"))
    if a == b:
        raise BadInput(told(gettext("%(party)s is named twice; name two different parties"), party=a))
    return _release(this, a, b, given) if doing.name == "release" else _activity(this, doing.name, a, b, given)


def _lacking(missing: Sequence[str | Promise]) -> BadInput:
    """What a question lacks, as one list."""
    fields = told(gettext(" and ").join(str(field) for field in missing))
    if len(missing) == 1:
        return BadInput(told(gettext("this question needs %(field)s; fill it in"), field=fields))
    return BadInput(told(gettext("this question needs %(fields)s; fill them in"), fields=fields))


def _release(this: Asked, giver: str, taker: str, given: dict[str, str]) -> ReleaseQuestion:
    policy = given["policy"] or None
    if policy is not None and policy.casefold() not in {ladder.policy.casefold() for ladder in this.record.ladders}:
        message = gettext("no classification policy %(policy)s is on record; choose one of %(known)s")
        raise NotOnRecord(told(message, policy=repr(policy), known=", ".join(ladder.policy for ladder in this.record.ladders)))
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
        until=read_day(gettext("until"), given["until"]) if given["until"] else None,
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    """Words with commas between them."""
    return tuple(word for part in text.split(",") if (word := " ".join(part.split())))


# -- the answer -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Permitted:
    """What a question comes to: one answer, or of forces two; what follows; of a release the periods before and after."""

    answers: tuple[tuple[str | Promise, Answer], ...]
    verdict: Verdict
    follows: tuple[Reason, ...] = ()
    periods: tuple[Stretch, ...] = ()
    stationing: Stationing | None = None


def permissions_of(this: Asked) -> Permissions:
    """What is allowed, as this reader may see it; with what was looked at, since many questions rest on the same."""
    return this.ask("permissions", Permissions)


def put(permissions: Permissions, question: Question) -> Permitted:
    """The answer to the question, as the viewer may see it."""
    standing = permissions.standing
    if isinstance(question, ReleaseQuestion):
        answer = _released(permissions, question)
        return Permitted((("", answer),), answer.verdict, periods=stretches(answer, lambda on: _released(permissions.on_day(on), question)))
    if question.activity == "station":
        found = show(permissions.station(question), standing.viewer)
        if _is_short(standing, question, found.verdict):
            found = replace(found, consequences=())
        both = ((_("Entry: may they be there?"), found.entry), (_("Status: by which rules are they there?"), found.status))
        return Permitted(both, found.verdict, found.consequences, stationing=found)
    answer = show(permissions.activity(question), standing.viewer)
    follows = () if _is_short(standing, question, answer.verdict) else permissions.consequences(question)
    return Permitted((("", answer),), answer.verdict, follows)


def _is_short(standing: Standing, question: ActivityQuestion, verdict: Verdict) -> bool:
    """Is it the short *no* of an outsider, from which what follows would tell *forbidden* and *not provided for* apart?"""
    return verdict is not Verdict.YES and standing.viewer not in (None, question.doer, question.counterpart)


def _released(permissions: Permissions, question: ReleaseQuestion) -> Answer:
    try:
        return show(permissions.release(question), permissions.standing.viewer)
    except BadInput as problem:
        raise BadInput(str(problem).replace(_TYPED, "choose the policy")) from None


def said(this: Asked, question: Question, verdict: Verdict) -> Words:
    """The question and its answer as one sentence."""
    if isinstance(question, ReleaseQuestion):
        kind, one, other, about = "release", question.giver, question.taker, _marked(question)
    else:
        kind, one, other, about = question.activity, question.doer, question.counterpart, _about(this, question)
    return sentence(PERMISSIONS[kind, str(verdict)], one=this.name(one), other=this.name(other), about=about)


def _marked(question: ReleaseQuestion) -> Words:
    to = [f"REL TO {', '.join(question.releasable_to)}"] if question.releasable_to else []
    policy = question.policy or ""
    level = question.level if question.level.casefold().startswith(policy.casefold()) else f"{policy} {question.level}"
    marking = " // ".join([level, *question.categories, *question.caveats, *to])
    if not question.purpose:
        return told("%(marking)s", marking=marking)
    return told(gettext("%(marking)s (purpose: %(purpose)s)"), marking=marking, purpose=question.purpose)


def _about(this: Asked, question: ActivityQuestion) -> Words:
    """Where, with what, for what and until when, in brackets after the sentence."""
    found = [
        told(gettext("on %(territory)s"), territory=this.name(question.territory)) if question.territory else None,
        told("%(things)s", things=", ".join(question.things)) if question.things else None,
        told(gettext("purpose: %(purpose)s"), purpose=question.purpose) if question.purpose else None,
        told(gettext("until %(day)s"), day=question.until) if question.until else None,
    ]
    given = {f"part{number}": part for number, part in enumerate(found) if part is not None}
    places = gettext("; ").join(f"%({name})s" for name in given)
    return told(f" ({places})" if given else "", **given)


# -- the page ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Who would have to do what, under which agreement on record (blank: none); ``act``: its kind, towards ``other``."""

    by: str
    what: Words
    agreement: str
    act: str
    other: str


@dataclass(frozen=True, slots=True)
class Side:
    """One answer, as the page shows it."""

    title: str | Promise
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
    found = this.ask_in_words(("may", question), lambda _: put(permissions_of(this), question))
    drawn = _drawn(this, question, found.periods)
    if drawn is not None and (file := as_chart(request, this, {"outcome": lambda: drawn})):
        return file
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
        "drawn": drawn.drawing if drawn else "",
        "versions": list(dict.fromkeys(v for _, answer in found.answers for v in answer.versions)),
    }
    return page(request, "may.html", context)


def _side(this: Asked, question: Question, title: str | Promise, answer: Answer) -> Side:
    lines = lines_of(this, answer.because)
    changes = list(dict.fromkeys(_change(this, question, change) for change in answer.would_change))
    return Side(title, answer, lines, left_open(answer.provided, lines), changes, split_findings(answer))


def _change(this: Asked, question: Question, change: WouldChange) -> Change:
    """``on`` is an agreement, or in words what would have to be concluded, and under which one."""
    about, agreement = change.on.rpartition(" under ")[::2]
    if agreement not in this.record.ids:
        about, agreement = change.on, ""
    done = told(CHANGES[change.act], about=about) if change.act in CHANGES else word(change.act, "act")
    other = next((party for party in _two(question) if party != change.by), "")
    if change.act == "conclude" or not about:
        return Change(change.by, told("%(done)s", done=done), agreement, change.act, other)
    return Change(change.by, told("%(done)s %(about)s", done=done, about=about), agreement, change.act, other)


def _two(question: Question) -> tuple[str, str]:
    """The other party first: to whom, or by whom, it is done."""
    return (question.taker, question.giver) if isinstance(question, ReleaseQuestion) else (question.doer, question.counterpart)


def _by_topic(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """What follows, topic by topic in the order in which the clauses know them; last what is of no topic."""
    topics: dict[str, list[Line]] = {topic: [] for topic in (*get_args(Topic), BESIDE)}
    for line in lines:
        topic, says = line.says.partition(": ")[::2]
        if topic in topics and says:
            topics[topic].append(replace(line, says=says))
        else:
            topics[BESIDE].append(line)
    return [(topic, found) for topic, found in topics.items() if found]


def _drawn(this: Asked, question: Question, periods: tuple[Stretch, ...]) -> Chart | None:
    if not isinstance(question, ReleaseQuestion):
        return None
    title = f"{this.name(question.giver)} → {this.name(question.taker)}"
    return picture(periods, title, href(this.carried, "party", f"{question.giver}/{question.taker}"), this.on, this.today)
