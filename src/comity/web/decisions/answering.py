"""A proposal answered, from a telephone if need be: choose by a button, see for whom it binds and until when, then send it.

What is sent is an act like any other, made at the second at which it is sent; it is checked, approved and recorded as those of the form for acts are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from comity.acts import Act, Entry
from comity.agreements.decision_rules import Vote
from comity.decisions import Decision, DecisionState, draft_amendment, draft_break, draft_restore, draft_statement, draft_vote, free_ref, waiting
from comity.terms import BadInput, ComityError, Finding
from comity.votes import Roll
from comity.web.asking import Asked, asked_today, page, party_code
from comity.web.decisions.asking import decision_named, ends_of, is_open, states_of
from comity.web.decisions.drafts import Drafted, label_of, moment_of, put, rows_of, stated, told_by, would_be
from comity.web.decisions.instants import When, deadline, now_of
from comity.web.decisions.one import ways_of
from comity.web.decisions.prospects import electorate_of
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.linking import href
from comity.web.recording.approvals import Proposed
from comity.web.recording.faults import Row
from comity.web.recording.fields import new_token
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.pages import to_proposal
from comity.web.recording.putting import Recorded, recorded_before, token_in
from comity.web.telling import told

S = DecisionState
VOTES = ("yes", "no", "abstain", "constructive")
CHOICES = (*VOTES, "break", "restore", "amend", "explanation", "interpretative-statement", "formal-reservation")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """What was filled in: who answers, how, with which words, and with which text where it is amended."""

    party: str
    choice: str
    says: str = ""
    text: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it would be recorded now. ``after``: what the proposal would then come to; ``odd``: what is odd about the answer."""

    answer: Answer
    entries: tuple[Entry, ...]
    after: Decision | None
    odd: tuple[Finding, ...]
    to_approve: bool
    seal: str

    @property
    def states(self) -> list[str]:
        return [] if self.after is None else states_of(self.after)


def open_to(one: Decision, party: str) -> tuple[str, ...]:
    """The answers that have an effect as it stands; what else may be put on record comes after them."""
    states = {stand.state for stand in one.stands}
    found = list[str]()
    if S.VOTING in states:
        found += ["yes", "no", "abstain", *(["constructive"] if _knows_constructive(one) else [])]
    if S.SILENCE in states:
        found.append("break")
    if (S.BROKEN in states or S.SILENCE in states) and objections_of(one, party):
        found.append("restore")
    return (*found, *(["amend"] if is_open(one) else []))


def _knows_constructive(one: Decision) -> bool:
    return one.rule is not None and any("constructive" in bar.votes for bar in one.rule.bars)


def objections_of(one: Decision, party: str) -> list[Act]:
    """The party's own objections that hold, or may."""
    acts = dict.fromkeys(act for stand in one.stands for act in (*stand.objecting, *stand.perhaps))
    return [act for act in acts if act.attributed_to == party]


def drafted(this: Asked, ground: Ground, one: Decision, answer: Answer, at: datetime) -> list[Row]:
    """The rows of an answer that is given now; BadInput says what is wrong with it."""
    made, source, proposal = moment_of(at), told_by(ground), one.proposal

    def ref(what: str) -> str:
        wanted = f"{proposal.ref}-{answer.party}-{what}"
        return this.fold.ask(this.on, ("free", wanted), lambda standing: free_ref(standing, wanted), record=this.record, keep=False)

    if len(answer.says) > LONGEST:
        raise BadInput(told(_("the reason is longer than %(most)s characters; put the rest into a document"), most=LONGEST))
    says = " ".join(answer.says.split())
    found = list[Drafted]()

    def add(act: Act, answers: str = proposal.ref) -> None:
        found.append(Drafted(act, answers))

    def state(form: str) -> None:
        add(draft_statement(proposal, answer.party, form, says, made, ref(form), source))

    match answer.choice:
        case "break":
            add(draft_break(proposal, answer.party, says, made, ref("breaks"), source))
        case "restore":
            mine = objections_of(one, answer.party)
            if not mine:
                raise BadInput(told(_("%(party)s has no objection that could be taken back"), party=answer.party))
            add(draft_restore(proposal, mine[-1], answer.party, made, ref("takes-back"), source), mine[-1].ref)
            if says:
                state("explanation")
        case "amend":
            if not (says or answer.text):
                raise BadInput(told(_("say what is to change: in your own words, or by the symbol of the new text")))
            details = {"text": answer.text, "hash": answer.hash, "says": says}
            add(draft_amendment(proposal, answer.party, details, made, ref("amends"), source))
        case "explanation" | "interpretative-statement" | "formal-reservation":
            if not says:
                raise BadInput(told(_("write what is stated, in your own words")))
            state(answer.choice)
        case _:
            add(draft_vote(proposal, answer.party, cast(Vote, answer.choice), made, ref("vote"), source))
            if says:
                state("explanation")
    return rows_of(found, label_of(proposal))


def looked_at(this: Asked, ground: Ground, one: Decision, answer: Answer, at: datetime) -> Shown:
    """The answer as it would be recorded now, and what would come of it."""
    rows = stated(ground, drafted(this, ground, one, answer, at))
    entries = tuple(row.entry for row in rows if row.entry is not None)
    after = would_be(this, entries, one.proposal.hash, at)
    refs = {entry.act.ref for entry in entries}
    odd = () if after is None else tuple(finding for finding in after.findings if finding.where in refs)
    return Shown(answer, entries, after, odd, ground.to_approve([row.previewed for row in rows]), seal_of(one))


def seal_of(one: Decision) -> str:
    """What somebody relied on who was shown how it stands: its states, the text that stands, until when."""
    told_of = [(str(stand.state), stand.text.hash, str(stand.until)) for stand in one.stands]
    return hashlib.sha256(repr(sorted(told_of)).encode()).hexdigest()[:16]


def read_answer(this: Asked, ground: Ground, given: QueryDict) -> Answer:
    """What was filled in; BadInput or NotOnRecord say in one line what is wrong with it."""
    wanted = ground.reader.party or given.get("party", "").strip()
    if not wanted:
        raise BadInput(told(_("for whom do you answer? Name the party")))
    party, choice = party_code(this.record, wanted), given.get("choice", "")
    if choice not in CHOICES:
        raise BadInput(told(_("choose an answer by one of the buttons")))
    text, digest = (" ".join(given.get(name, "").split()) for name in ("text", "hash"))
    return Answer(party, choice, given.get("says", "").strip(), text, digest)


@written_to
def index(request: HttpRequest, ref: str) -> HttpResponse:
    """The buttons; what a choice would come to; or, once it is sent, on to the decision."""
    ground, this = ground_of(request), asked_today(request)
    at = now_of(this)
    when = When(this, at, True)
    one = decision_named(when, ref)
    if request.method != "POST":
        return _page(request, this, ground, one, at, new_token(), {"party": ground.reader.party or request.GET.get("party", "").strip()})
    token = token_in(request.POST.get("token", ""))
    if recorded_before(ground, token):
        return _on(ref)
    given = {name: request.POST.get(name, "") for name in ("party", "choice", "says", "text", "hash")}
    try:
        answer = read_answer(this, ground, request.POST)
        shown = looked_at(this, ground, one, answer, at)
        if request.POST.get("do") != "send":
            return _page(request, this, ground, one, at, token, given, shown)
        if request.POST.get("seal", "") != shown.seal:
            says = told(_("it has changed since you were shown it: look at what would come of your answer now, and send it again"))
            return _page(request, this, ground, one, at, token, given, shown, says, 409)
        put(ground, token, lambda: drafted(this, ground, one, answer, now_of(this)))
    except Recorded:
        return _on(ref)
    except Proposed as proposed:
        return to_proposal(proposed.number)
    except ComityError as problem:
        return _page(request, this, ground, one, at, token, given, None, for_a_page(problem), STATUS.get(type(problem), 400))
    return _on(ref)


def _on(ref: str) -> HttpResponse:
    return HttpResponseRedirect(href({}, "decision", ref))


def _page(
    request: HttpRequest, this: Asked, ground: Ground, one: Decision, at: datetime, token: str, given: dict[str, str],
    shown: Shown | None = None, problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    party = shown.answer.party if shown is not None else given.get("party", "")
    effective = open_to(one, party)
    electorate = electorate_of(this, one)
    context = {
        "asked": this,
        "ground": ground,
        "decision": one,
        "ref": one.proposal.ref,
        "title": one.subject or one.proposal.ref,
        "states": states_of(one),
        "ends": deadline(ends_of(one), one.zone, at),
        "ways": ways_of(one, at),
        "open": is_open(one),
        "token": token,
        "given": given,
        "party": party if party in this.record.register.parties else "",
        "buttons": effective,
        "further": tuple(choice for choice in CHOICES if choice not in effective and _is_offered(one, choice)),
        "electors": [seat.code for seat in electorate.seats if seat.named] if electorate is not None else [],
        "stranger": electorate is not None and all(seat.named for seat in electorate.seats) and party in _others(this, electorate),
        "bound": () if electorate is None else electorate.seats,
        "waits": waiting(one),
        "shown": shown,
        "problem": problem,
    }
    return page(request, "decisions/answer.html", context, status)


def _others(this: Asked, electorate: Roll) -> set[str]:
    """Parties that have no seat."""
    return set(this.record.register.parties) - {seat.code for seat in electorate.seats}


def _is_offered(one: Decision, choice: str) -> bool:
    """May it be put on record though it has no effect as things stand?"""
    return choice not in ("restore", "constructive") or (choice == "constructive" and _knows_constructive(one))
