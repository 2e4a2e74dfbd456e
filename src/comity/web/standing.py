"""Questions: in force, bound, between; the answer with its reasons, from act to article, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.questions import show
from comity.standing import Standing
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, Verdict
from comity.web.agreements import split_findings
from comity.web.asking import AXES, Asked, asked, json_page, page, party_code, wants_json
from comity.web.forms import choices, filled_in
from comity.web.parties import pair

QUESTIONS = (("bound", "Does it bind a party?"), ("in-force", "Is it in force?"), ("between", "Is it in force between two?"))


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
        raise BadInput(f"question={kind!r}; ask one of {', '.join(k for k, _ in QUESTIONS)}")
    needed = {"in-force": ("agreement",), "bound": ("party", "agreement"), "between": ("party", "other")}[kind]
    missing = [n for n in needed if not given[n]]
    if missing:
        raise BadInput(f"the question {kind!r} needs {' and '.join(missing)}; fill {'it' if len(missing) == 1 else 'them'} in")
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    used = {"in-force": (), "bound": ("party", "for"), "between": ("party", "other")}[kind]
    party, other, territory = (party_code(this.record, given[n]) if given[n] and n in used else "" for n in ("party", "other", "for"))
    if kind == "between" and party == other:
        raise BadInput(f"{party} and {other} are one party; name two")
    return Question(kind, given["agreement"], party, other, territory)


def with_article(short: str) -> str:
    """'the North Atlantic Treaty', but 'CFE-1A'."""
    nouns = ("Treaty", "Convention", "Agreement", "Protocol", "Charter", "Pact", "Statute", "Declaration", "GSOMIA")
    return f"the {short}" if short.partition(" (")[0].endswith(nouns) and not short.startswith(("The ", "the ")) else short


def said(this: Asked, question: Question, answer: Answer) -> str:
    """The question and its answer as one sentence."""
    short = with_article(this.record.agreement(question.agreement, this.known).short)
    a, b = this.name(question.party), this.name(question.other)
    territory = f" for {this.name(question.territory)}" if question.territory else ""
    if question.kind == "in-force":
        claim, denial = f"{short} is in force", f"{short} is not in force"
    elif question.kind == "bound":
        claim, denial = f"{a} is bound by {short}{territory}", f"{a} is not bound by {short}{territory}"
    else:
        claim, denial = f"{short} is in force between {a} and {b}", f"{short} is not in force between {a} and {b}"
    if answer.verdict in (Verdict.YES, Verdict.NO):
        sentence = claim if answer.verdict is Verdict.YES else denial
        return f"{sentence[0].upper()}{sentence[1:]}."
    return f"It is {'contested' if answer.verdict is Verdict.CONTESTED else 'not known'} whether {claim}."


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
