"""What AuthZEN gets for a question about a permission: true for a yes alone, and the reasons beside it.

A *contested* or *unknown* answer, and one that could not be worked out, is false. A yes that leaves something to be filled in says so
under ``obligations``; whoever acts on it does that first.

Source: AuthZEN Authorization API 1.0, "Decision" and "Decision Context"; "Access Evaluations API", "Evaluations semantics" and "Errors".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from comity.permissions import Permissions, ReleaseQuestion
from comity.questions import show
from comity.standing import Standing
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, NotOnRecord, Verdict
from comity.web.api.entities import Action, Context, Elsewhere, Question, Resource, Subject, question_of
from comity.web.api.problems import said as in_our_words
from comity.web.asking import Asked, read_day
from comity.web.permissions import said

Plain = dict[str, Any]
MOST_DAYS_OF_KNOWLEDGE = 3
"""Of so many the derived standing is kept; one request asks for no more."""
MOST_PAIRS = 100_000
"""Of two parties under one agreement."""


def at(this: Asked, context: Context) -> Asked:
    """The same, asked on the days that the context gives."""
    on, known = (context.get(name) for name in ("on", "known"))
    for name, value in (("on", on), ("known", known)):
        if value is not None and not isinstance(value, str):
            raise BadInput(f"context.{name} is no day; write it as YYYY-MM-DD")
    day = read_day("context.on", on) if on else this.on
    by = read_day("context.known", known) if known else this.known
    return replace(this, on=day, known=by, fold=this.held.fold(by, this.viewer, this.strict))


class _Looked:
    """What permissions rest on, kept with the standing of one day: pairs that were looked at once are answered quickly, and not too many kept."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._permissions = Permissions(standing)

    def permissions(self) -> Permissions:
        """Those that are kept, or where these have become too many, new ones."""
        if self._permissions.grounds.between.cache_info().currsize > MOST_PAIRS:
            self._permissions = Permissions(self._standing)
        return self._permissions


def decide(this: Asked, subject: Subject, action: Action, resource: Resource, context: Context | None) -> Plain:
    """The decision about one question, on the days that the context gives."""
    try:
        asked = at(this, context or {})
        question = question_of(asked, subject, action, resource, context or {})
        looked = asked.ask(("looked at",), _Looked)
        verdict, answers = asked.ask(("access", question), lambda _: answered(looked.permissions(), question))
    except Elsewhere as problem:
        return refused(404, str(problem))
    except (BadInput, NotOnRecord) as problem:
        return refused(404 if isinstance(problem, NotOnRecord) else 400, in_our_words(problem))
    return {"decision": verdict is Verdict.YES, "context": _context(asked, question, verdict, answers)}


def permits(this: Asked, subject: Subject, action: Action, resource: Resource, context: Context) -> bool:
    """Would the decision be true? What a release comes to is worked out without its reasons, and only a yes is asked again with them."""
    try:
        asked = at(this, context)
        question = question_of(asked, subject, action, resource, context)
        looked = asked.ask(("looked at",), _Looked)
        found = asked.ask(("permits", question), lambda _: _outcome(looked.permissions(), question))
    except (Elsewhere, BadInput, NotOnRecord):
        return False
    return found is Verdict.YES and bool(decide(this, subject, action, resource, context)["decision"])


def refused(status: int, says: str) -> Plain:
    """False, because the question could not be put."""
    told = {"en": says}
    return {"decision": False, "context": {"error": {"status": status, "message": says}, "reason_admin": told, "reason_user": told}}


def answered(permissions: Permissions, question: Question) -> tuple[Verdict, list[Answer]]:
    """The answer, or of forces two: whether they may be there, and by which rules."""
    viewer = permissions.standing.viewer
    if isinstance(question, ReleaseQuestion):
        answer = show(permissions.release(question), viewer)
        return answer.verdict, [answer]
    if question.activity == "station":
        found = show(permissions.station(question), viewer)
        return found.verdict, [found.entry, found.status]
    answer = show(permissions.activity(question), viewer)
    return answer.verdict, [answer]


def _outcome(permissions: Permissions, question: Question) -> Verdict:
    if isinstance(question, ReleaseQuestion):
        return permissions.decided(question)[1].outcome.verdict
    return answered(permissions, question)[0]


def _context(this: Asked, question: Question, verdict: Verdict, answers: list[Answer]) -> Plain:
    plains = [answer_to_plain(answer) for answer in answers]
    tests = [f"{'passed' if reason['holds'] else 'failed'}: {reason['says']} ({reason['rule']})" for plain in plains for reason in plain["because"]]
    return {
        "verdict": str(verdict),
        "on": this.on.isoformat(),
        "known": this.known.isoformat(),
        "reason_user": {"en": said(this, question, verdict)},
        "reason_admin": {"en": "; ".join(tests)},
        "because": [reason for plain in plains for reason in plain["because"]],
        "obligations": [each for plain in plains for each in plain.get("provided", [])],
        "would_change": [change for plain in plains for change in plain["would_change"]],
        "notes": list(dict.fromkeys(note for plain in plains for note in plain["notes"])),
    }
