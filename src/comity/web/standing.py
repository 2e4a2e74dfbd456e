"""Questions: in force, bound, between; the answer with its reasons, from act to article, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.questions import show
from comity.standing import Standing
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput
from comity.web.agreements import split_findings
from comity.web.asking import AXES, Asked, asked, json_page, page, party_code, wants_json
from comity.web.forms import choices, filled_in
from comity.web.parties import pair
from comity.web.sentences import standing_said
from comity.web.telling import Words, told

QUESTIONS = (("bound", _("Does it bind a party?")), ("in-force", _("Is it in force?")), ("between", _("Is it in force between two?")))


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, as the URL says it."""

    kind: str
    agreement: str
    party: str = ""
    other: str = ""
    territory: str = ""


def put(standing: Standing, question: Question) -> Answer:
    """The answer to the question, as the viewer may see it."""
    if question.kind == "in-force":
        return show(standing.in_force(question.agreement), standing.viewer)
    if question.kind == "bound":
        return show(standing.bound(question.party, question.agreement, territory=question.territory or None), standing.viewer)
    return show(standing.between(question.party, question.other, question.agreement), standing.viewer)


def read(request: HttpRequest, this: Asked) -> Question | None:
    """The question in the URL; None if nothing is asked yet; BadInput says what is missing."""
    given = {n: request.GET.get(n, "").strip() for n in ("question", "agreement", "party", "other", "for")}
    kind = given["question"]
    if not kind:
        return None
    if kind not in dict(QUESTIONS):
        raise BadInput(told(gettext("%(given)s; ask one of %(known)s"), given=f"question={kind!r}", known=", ".join(dict(QUESTIONS))))
    needed = {"in-force": ("agreement",), "bound": ("party", "agreement"), "between": ("party", "other")}[kind]
    missing = [n for n in needed if not given[n]]
    if missing:
        raise _lacking(kind, missing)
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    used = {"in-force": (), "bound": ("party", "for"), "between": ("party", "other")}[kind]
    party, other, territory = (party_code(this.record, given[n]) if given[n] and n in used else "" for n in ("party", "other", "for"))
    if kind == "between" and party == other:
        raise BadInput(told(gettext("%(one)s and %(other)s are one party; name two"), one=party, other=other))
    return Question(kind, given["agreement"], party, other, territory)


def _lacking(kind: str, missing: list[str]) -> BadInput:
    """What a question lacks: one field, or two."""
    if len(missing) == 1:
        return BadInput(told(gettext("the question %(kind)s needs %(field)s; fill it in"), kind=repr(kind), field=missing[0]))
    message = gettext("the question %(kind)s needs %(one)s and %(other)s; fill them in")
    return BadInput(told(message, kind=repr(kind), one=missing[0], other=missing[1]))


def said(this: Asked, question: Question, answer: Answer) -> Words:
    """The question and its answer as one sentence."""
    short = this.record.agreement(question.agreement, this.known).short
    one, other, territory = (this.name(code) for code in (question.party, question.other, question.territory))
    kind = "bound for" if question.kind == "bound" and territory else question.kind
    return standing_said(kind, answer.verdict, agreement=short, party=one, other=other, territory=territory)


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """The fields of a question, with what can be chosen and what was filled in."""
    given = filled_in(request, "question", "agreement", "party", "other", "for", *AXES)
    return {**choices(this), "questions": QUESTIONS, "chosen": given["question"] or "bound", "given": given}


def ask(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    question = read(request, this)
    form = {"asked": this, **fields(request, this)}
    if question is None:
        return page(request, "ask.html", form)
    if not question.agreement:
        return pair(request, this, question.party, question.other)
    answer = this.ask(question, lambda s: put(s, question))
    if wants_json(request):
        return json_page(answer_to_plain(answer))
    context = {
        **form,
        "because": [r for r in answer.because if not (answer.readings and r.rule in ("contested", "partial-date"))],
        "question": question,
        "answer": answer,
        "said": said(this, question, answer),
        "findings": split_findings(answer),
        "agreement": this.record.agreement(question.agreement, this.known),
    }
    return page(request, "answer.html", context)
