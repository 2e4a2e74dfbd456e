"""What if: a question as things are, and had some acts been done too, side by side with the reasons of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import Act, Kind, kinds
from comity.standing import Standing, suppose
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, Reason
from comity.web.agreements import split_findings
from comity.web.asking import Asked, json_page, page, wants_json
from comity.web.forms import with_form
from comity.web.standing import Question, put, read, said
from comity.web.standing import fields as question_fields
from comity.web.telling import told

MOST_ACTS = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two answers, as the page shows it."""

    title: str
    said: str
    answer: Answer
    because: tuple[Reason, ...]
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """One supposed act and its kind."""

    act: Act
    kind: Kind


def lines(request: HttpRequest) -> tuple[str, ...]:
    """The supposed acts in the URL, a line each; blank ones are left out."""
    return tuple(line for text in request.GET.getlist("act") if (line := " ".join(text.split())))


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """The fields of the form: the acts with one blank line more, and the question."""
    acts = lines(request)[:MOST_ACTS]
    offered = [k for k in kinds().values() if not set(k.needs) - {"agreement", "counterparty"} and k.group != "record"]
    return {**question_fields(request, this), "acts": [*acts, *[""] * max(1, 2 - len(acts))], "kinds": offered}


def answers(standing: Standing, acts: tuple[str, ...], question: Question) -> tuple[tuple[Act, ...], Answer, Answer]:
    """The supposed acts, the answer as things are, and the answer had they been done."""
    entries = suppose(acts, standing)
    return tuple(e.act for e in entries), put(standing, question), put(standing.what_if(entries), question)


def supposing(this: Asked, acts: tuple[str, ...], question: Question | None) -> tuple[Question, tuple[Act, ...], Answer, Answer]:
    """The question, the supposed acts, and both answers; BadInput says what is missing."""
    if not acts:
        message = _("no act is supposed; write at least one: KIND ACTOR AGREEMENT DAY, for instance %(line)s")
        raise BadInput(told(message, line="ratify USA ctbt 2027-01-01"))
    if len(acts) > MOST_ACTS:
        raise BadInput(told(_("acts supposed: %(number)s; this page takes %(most)s at most"), number=len(acts), most=MOST_ACTS))
    if question is None:
        raise BadInput(told(_("no question is asked; choose one below the acts")))
    if not question.agreement:
        raise BadInput(told(_("what if is asked of one agreement; choose it")))
    return (question, *this.ask(("what-if", acts, question), lambda s: answers(s, acts, question)))


def both_to_plain(before: Answer, after: Answer) -> dict[str, Any]:
    """The answer had the acts been done, and the one as things are, as plain data."""
    return {**answer_to_plain(after), "before": answer_to_plain(before)}


@with_form("what_if.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    question, acts = read(request, this), lines(request)
    form = {"asked": this, **fields(request, this)}
    if question is None and not acts:
        return page(request, "what_if.html", form)
    question, supposed, before, after = supposing(this, acts, question)
    if wants_json(request):
        return json_page(both_to_plain(before, after))
    context = {
        **form,
        "question": question,
        "agreement": this.record.agreement(question.agreement, this.known),
        "supposed": [Supposed(act, kinds()[act.kind]) for act in supposed],
        "supposed_refs": {act.ref for act in supposed},
        "later": [act for act in supposed if _first(act) > this.on],
        "changed": _gist(before) != _gist(after),
        "sides": [_side(this, question, _("As things are"), before), _side(this, question, _("Had these acts been done"), after)],
    }
    return page(request, "what_if.html", context)


def _side(this: Asked, question: Question, title: str, answer: Answer) -> Side:
    because = tuple(r for r in answer.because if not (answer.readings and r.rule in ("contested", "partial-date")))
    return Side(title, said(this, question, answer), answer, because, tuple(split_findings(answer)))


def _gist(answer: Answer) -> tuple[object, ...]:
    return answer.verdict, answer.since, answer.until, answer.mode, answer.text, answer.exceptions


def _first(act: Act) -> date:
    moment = act.effect or act.made
    return moment.first if moment is not None else date.min
