"""Agreements, parties, acts and rules, one by one and as lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity import agreements as law
from comity.acts import Entry
from comity.standing import covered_to_plain, entry_to_plain
from comity.standing.plain import answer_to_plain
from comity.terms import NotOnRecord
from comity.web import acts, agreements, clauses, parties, rules
from comity.web.api import shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, day, text
from comity.web.asking import Asked, party_code, read_day
from comity.web.scoping import Scope, agreements_in
from comity.web.status_tables import Done, Participant, Table, table

router = Router(by_alias=True)
Plain = dict[str, Any]


# -- agreements -------------------------------------------------------------------------------------------------------


class AgreementsAsked(Listed):
    """Which agreements."""

    q: str = text("Words, all of which stand in its id, names, form, standing or subjects.", "treaty")
    subject: str = text("What it is about.", "alliance")
    party: str = text("A party, by code or name, that has or had a standing under it.", "FIN")


@router.get("/agreements", response=shapes.Agreements, tags=["Record"], summary="List agreements")
def list_agreements(request: HttpRequest, query: Query[AgreementsAsked]) -> Plain:
    """The agreements on record, each with how it stands on the day, since when, how many it binds, and how far its record is complete."""
    this = begin(request, query)
    party = party_code(this.record, query.party) if query.party.strip() else ""
    rows, pending = agreements.rows_of(this)
    if party:
        of_party, unready = agreements_in(this, Scope(party=party))
        rows, pending = [row for row in rows if row.agreement.id in of_party], sorted({*pending, *unready})
    found = agreements.chosen(rows, query.q, query.subject.strip(), "name")
    part = part_of(request, this, found, lambda row: (row.agreement.id,), query.limit)
    return {"agreements": [agreements.row_to_plain(row) for row in part.items], "pending": pending, "next": part.next, "total": part.total}


@router.get("/agreements/{agreement_id}", response=shapes.Agreement, tags=["Record"], summary="One agreement")
def one_agreement(request: HttpRequest, agreement_id: str, query: Query[Axes]) -> Plain:
    """An agreement with its clauses, how it stands and why, its status table, and the acts for which its record is complete."""
    this = begin(request, query)
    found = _table(this, agreement_id)
    one = found.agreement
    return {
        "id": one.id, "short": one.short, "title": one.title, "form": one.form, "concluded": one.concluded.isoformat(), "place": one.place,
        "subjects": list(one.subjects), "official": clauses.safe_link(one.official), "registration": one.registration,
        "references": list(one.references), "authentic": list(one.authentic), "titles": dict(one.titles), "state": agreements.state_of(found.answer),
        "in_force": answer_to_plain(found.answer), "clauses": [_clause_to_plain(n, clause) for n, clause in enumerate(one.clauses, 1)],
        "coverage": [
            {"start": c.from_ and c.from_.isoformat(), "through": c.through.isoformat(), "source": c.source} for c in this.record.coverage_of(one)
        ],
        "family": [{"how": how, "agreement": other.id} for how, other in agreements.family(this.record, one, this.known)],
        "status": _status_to_plain(this, found), "acts": len(this.visible(this.record.entries_of(agreement_id))),
    }  # fmt: skip


@router.get("/agreements/{agreement_id}/clauses/{int:number}", response=shapes.Clause, tags=["Record"], summary="One clause")
def one_clause(request: HttpRequest, agreement_id: str, number: int, query: Query[Axes]) -> Plain:
    """A clause of an agreement, in our own words and field by field."""
    _, found = clauses.clause_of(begin(request, query), agreement_id, number)
    return _clause_to_plain(number, found)


@router.get("/agreements/{agreement_id}/status", response=shapes.Status, tags=["Record"], summary="Status table of an agreement")
def status(request: HttpRequest, agreement_id: str, query: Query[Axes]) -> Plain:
    """Who did what under the agreement, when, and how each party stands on the day, as depositaries print it."""
    this = begin(request, query)
    return _status_to_plain(this, _table(this, agreement_id))


class TimelineAsked(Axes):
    """Whose changes."""

    party: str = text("One party only, by code or name.", "FIN")


@router.get("/agreements/{agreement_id}/timeline", response=shapes.Timeline, tags=["Record"], summary="Timeline of an agreement")
def timeline(request: HttpRequest, agreement_id: str, query: Query[TimelineAsked]) -> Plain:
    """Every change of standing under the agreement, by day, with what made it and how far the record is complete for it."""
    this = begin(request, query)
    party = party_code(this.record, query.party) if query.party.strip() else ""
    changes = _table(this, agreement_id).changes
    return {"changes": [covered_to_plain(change) for change in changes if not party or change.change.party == party]}


def _table(this: Asked, agreement_id: str) -> Table:
    this.record.agreement(agreement_id, this.known)
    return this.ask(("table", agreement_id), lambda s: table(s, agreement_id))


def _clause_to_plain(number: int, clause: law.AnyClause) -> Plain:
    return {
        "number": number, "kind": clause.kind, "article": clause.article, "says": clause.says, "read": clause.read, "source": clause.source,
        "details": dict(clauses.details_of(clause)),
    }  # fmt: skip


def _status_to_plain(this: Asked, found: Table) -> Plain:
    people = [_participant_to_plain(one) for one in found.participants]
    days = {"on": this.on.isoformat(), "known": this.known.isoformat()}
    return {"agreement": found.agreement.id, **days, "bound": found.bound, "participants": people}


def _participant_to_plain(one: Participant) -> Plain:
    def doings(done: tuple[Done, ...]) -> list[Plain]:
        return [{"how": str(each.title), "when": each.written, "act": each.ref} for each in done]

    return {
        "party": one.code, "verdict": str(one.verdict), "mode": one.mode, "since": one.since and one.since.isoformat(),
        "signed": doings(one.signed), "consents": doings(one.consents), "exits": doings(one.exits),
        "entries": [entered.isoformat() for entered, _ in one.entries], "left": [left.isoformat() for left in one.left],
    }  # fmt: skip


# -- parties ----------------------------------------------------------------------------------------------------------


class PartiesAsked(Listed):
    """Which parties."""

    q: str = text("Words, all of which stand in its code, names or ISO codes.", "germ")
    kind: str = text("What it is: state, organisation, organ, force, agency or territory.", "state")


@router.get("/parties", response=shapes.Parties, tags=["Record"], summary="List parties")
def list_parties(request: HttpRequest, query: Query[PartiesAsked]) -> Plain:
    """Who can act: states, organisations and their organs, with the number of agreements by which each is bound on the day."""
    this = begin(request, query)
    rows, pending = parties.rows_of(this, query.q, query.kind.strip())
    part = part_of(request, this, rows, lambda row: (row.party.code,), query.limit)
    return {"parties": [parties.row_to_plain(row) for row in part.items], "pending": pending, "next": part.next, "total": part.total}


@router.get("/parties/{path:code}", response=shapes.Party, tags=["Record"], summary="One party")
def one_party(request: HttpRequest, code: str, query: Query[Axes]) -> Plain:
    """A party, by its code: the agreements under which it ever had a standing, and what is ahead of it."""
    this = begin(request, query)
    found = this.record.register.parties[party_code(this.record, code)]
    told = {"kind": found.kind, "name": this.name(found.code), "exists": found.exists_on(this.on)}
    return {**parties.party_to_plain(this, found.code, *parties.standing_of(this, found.code)), **told}


class BetweenAsked(Axes):
    """Between whom."""

    a: str = Field(description="One party, by code or name.", json_schema_extra={"example": "FIN"})
    b: str = Field(description="The other.", json_schema_extra={"example": "SWE"})


@router.get("/between", response=shapes.Between, tags=["Record"], summary="What is in force between two")
def between(request: HttpRequest, query: Query[BetweenAsked]) -> Plain:
    """Every agreement that is in force, contested or unknown between two parties, with the answer and its reasons."""
    this = begin(request, query)
    a, b = (party_code(this.record, given.strip()) for given in (query.a, query.b))
    found, pending = parties.found_between(this, a, b)
    return {"agreements": [{"agreement": agreement, **answer_to_plain(answer)} for agreement, _, answer in found], "pending": pending}


# -- acts -------------------------------------------------------------------------------------------------------------


class ActsAsked(Listed):
    """Which acts."""

    agreement: str = text("Under one agreement, by its id.", "nato-treaty")
    party: str = text("Of one party, by code or name.", "FIN")
    kind: str = text("Of one kind.", "accede")
    recorded_since: str = day("Those that came on record on this day or later.", "2020-01-01")


@router.get("/acts", response=shapes.Acts, tags=["Record"], summary="List acts")
def list_acts(request: HttpRequest, query: Query[ActsAsked]) -> Plain:
    """The acts on record that you may see, in the order in which they were done, each with its hash and the day it was recorded."""
    this = begin(request, query)
    party = party_code(this.record, query.party) if query.party.strip() else ""
    found = acts.chosen(acts.entries_of_both(this, query.agreement.strip(), party), query.kind.strip())
    if since := query.recorded_since.strip():
        first = read_day("recorded_since", since)
        found = [entry for entry in found if entry.recorded >= first]
    kept = "" if any(text.strip() for text in (query.agreement, query.party, query.kind, query.recorded_since)) else "acts"
    part = part_of(request, this, found, lambda e: ((e.act.day or date.max).isoformat(), e.act.ref, e.act.hash), query.limit, kept)
    return {"acts": [_act_to_plain(this, entry) for entry in part.items], "next": part.next, "total": part.total}


@router.get("/acts/{path:ref}", response=shapes.ActsOfOne, tags=["Record"], summary="One act")
def one_act(request: HttpRequest, ref: str, query: Query[Axes]) -> Plain:
    """Every entry with this reference that you may see: all fields of the act, its hash, and what its signature is worth."""
    this = begin(request, query)
    return {"acts": [_act_to_plain(this, entry) for entry in acts.entries_of(this, ref)]}


def _act_to_plain(this: Asked, entry: Entry) -> Plain:
    return entry_to_plain(entry, acts.signed_of(this, entry))


# -- rules ------------------------------------------------------------------------------------------------------------


@router.get("/rules", response=shapes.Rules, tags=["Reading"], summary="List rules")
def list_rules(request: HttpRequest, query: Query[Axes]) -> Plain:
    """Every rule that an answer can rest on, with its source."""
    begin(request, query)
    return {"rules": [{"rule": name, "source": source} for name, source in sorted(rules.RULES.items())]}


@router.get("/rules/{name}", response=shapes.Rule, tags=["Reading"], summary="One rule")
def one_rule(request: HttpRequest, name: str, query: Query[Axes]) -> Plain:
    """A rule with its source and its page: the article in our own words, the rule, a case."""
    begin(request, query)
    if name not in rules.RULES:
        raise NotOnRecord(rules.no_such(name))
    return {"rule": name, "source": rules.RULES[name], "text": rules.text_of(name)}
