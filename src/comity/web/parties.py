"""Parties: the list of them, what binds one, what is in force between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from comity.parties import Party
from comity.questions import show
from comity.standing import Coming, Standing, covered_timeline
from comity.standing.plain import answer_to_plain, coming_to_plain
from comity.terms import Answer, NotOnRecord, Verdict
from comity.web.acts import entries_by
from comity.web.asking import Asked, asked, json_page, page, party_code, wants_json
from comity.web.charts.chart import as_chart
from comity.web.charts.over_time import periods
from comity.web.drawing import BOUND, Bar, Row, bars_of, timeline
from comity.web.folds import Status
from comity.web.linking import href
from comity.web.scoping import concerning, statuses_of
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.upcoming import AHEAD, coming_up

KINDS = ("state", "organisation", "organ", "force", "agency", "territory")


# -- the list ---------------------------------------------------------------------------------------------------------


def bound_counts(statuses: Iterable[Iterable[Status]]) -> Counter[str]:
    """By how many agreements each party is bound."""
    return Counter(p for status in statuses for p, v, m in status if v is Verdict.YES and m in BOUND)


class PartyRow(NamedTuple):
    """One party in the list; ``gone``: why it does not exist on the day, if it does not."""

    party: Party
    name: str
    gone: str
    bound_by: int


def rows_of(this: Asked, words: str, kind: str) -> tuple[list[PartyRow], list[str]]:
    """Parties of a kind (blank: of any) that hold every word, and the agreements that are still to be counted."""
    statuses, pending = statuses_of(this)
    counts = this.ask("bound", lambda _: bound_counts(statuses.values()), pending=pending)
    wanted = words.casefold().split()
    fit = [p for p in this.record.register.parties.values() if (not kind or p.kind == kind) and all(w in _words(p) for w in wanted)]
    return [PartyRow(p, this.name(p.code), life(p, this.on), counts.get(p.code, 0)) for p in fit], pending


def row_to_plain(row: PartyRow) -> dict[str, object]:
    """The line as plain data."""
    return {"code": row.party.code, "kind": row.party.kind, "name": row.name, "exists": not row.gone, "bound_by": row.bound_by}


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "").strip()
    rows, pending = rows_of(this, words, kind)
    rows.sort(key=lambda r: (KINDS.index(r.party.kind), r.name.casefold()))
    if file := as_file(request, this, "parties", lambda: [row_to_plain(row) for row in rows], pending):
        return file
    kinds = Counter[str](p.kind for p in this.record.register.parties.values())
    groups = [(k, [r for r in rows if r.party.kind == k]) for k in KINDS]
    context = {
        "asked": this,
        "groups": [(k, g) for k, g in groups if g],
        "count": len(rows),
        "pending": pending,
        "q": words,
        "kind": kind,
        "kinds": [(k, kinds[k]) for k in KINDS if kinds[k]],
    }
    return page(request, "parties.html", context)


def life(party: Party, on: date) -> str:
    """When it ended or began, if it did not exist on the day; else nothing."""
    if party.exists_on(on):
        return ""
    ended = [span.end for span in party.exists if span.end is not None and span.end <= on]
    begins = [span.start for span in party.exists if span.start is not None and span.start > on]
    if ended:
        return told(gettext("until %(year)s"), year=max(ended).year)
    return told(gettext("from %(year)s"), year=min(begins).year) if begins else told(gettext("did not exist"))


def _words(party: Party) -> str:
    return " ".join((party.code, *(n.name for n in party.names), *(c.code for c in party.codes if c.scheme.startswith("iso")))).casefold()


# -- one party --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bond:
    """How one agreement stands for the party on the day asked about."""

    agreement: str
    short: str
    verdict: Verdict
    mode: str
    since: date | None
    until: date | None
    reach: date | None
    bars: tuple[Bar, ...] = field(repr=False)


def bonds(standing: Standing, party: str, agreements: Iterable[str]) -> list[Bond]:
    """Every agreement under which the party ever had a standing."""
    found = []
    for agreement in agreements:
        changes = [show(c, standing.viewer) for c in covered_timeline(standing, agreement, party)]
        if not changes:
            continue
        answer = show(standing.bound(party, agreement), standing.viewer)
        short = standing.record.agreement(agreement, standing.known).short
        found.append(Bond(agreement, short, answer.verdict, answer.mode or "none", answer.since, answer.until, answer.reach, bars_of(changes)))
    return sorted(found, key=lambda b: b.short.casefold())


def has_members(party: Party) -> bool:
    """Has it members, or might it have: is it an organisation, or a body with an agreement of its own?"""
    return party.kind == "organisation" or party.constituent is not None


def party_or_pair(request: HttpRequest, codes: str) -> HttpResponse:
    """``FIN`` is a party, and so is ``NATO/NAC``; ``FIN/SWE`` and ``NATO/NAC/FIN`` are two."""
    this = asked(request)
    parties = this.record.register.parties
    if codes in parties:
        return party(request, this, codes)
    splits = [(codes[:i], codes[i + 1 :]) for i, c in enumerate(codes) if c == "/"]
    for a, b in splits:
        if a in parties and b in parties:
            return pair(request, this, a, b)
    if len(splits) == 1:
        return pair(request, this, party_code(this.record, splits[0][0]), party_code(this.record, splits[0][1]))
    return party(request, this, party_code(this.record, codes))


def standing_of(this: Asked, code: str) -> tuple[list[Bond], list[Coming], list[str]]:
    """How agreements stand for the party, what is ahead of it, and the agreements that are still to be looked at."""
    concerned, pending = concerning(this, code)
    found = this.ask_in_words(("bonds", code, tuple(concerned)), lambda s: bonds(s, code, concerned))
    return found, coming_up(this, concerned, code, AHEAD), pending


def party_to_plain(this: Asked, code: str, found: Iterable[Bond], upcoming: Iterable[Coming], pending: list[str]) -> dict[str, object]:
    """The party's standing as plain data."""
    return {
        "party": code,
        "on": this.on.isoformat(),
        "pending": pending,
        "upcoming": [coming_to_plain(c) for c in upcoming],
        "agreements": [
            {"agreement": b.agreement, "verdict": str(b.verdict), "mode": b.mode, "since": b.since and b.since.isoformat()} for b in found
        ],
    }


def party(request: HttpRequest, this: Asked, code: str) -> HttpResponse:
    found, upcoming, pending = standing_of(this, code)
    rows = [Row(b.short, href(this.carried, "ask", question="bound", party=code, agreement=b.agreement), b.bars) for b in found if b.bars]
    drawn = timeline(rows, told(gettext("Timeline of %(name)s"), name=this.name(code)), this.on, this.today, "periods")
    if file := as_chart(request, this, {"standing": partial(periods, code, drawn, rows)}, pending):
        return file
    if wants_json(request):
        return json_page(party_to_plain(this, code, found, upcoming, pending))
    register = this.record.register
    binding = [b for b in found if b.verdict is not Verdict.NO]
    context = {
        "asked": this,
        "code": code,
        "has_members": has_members(register.parties[code]),
        "party": register.parties[code],
        "name": this.name(code),
        "pending": pending,
        "binding": binding,
        "bound": sum(b.verdict is Verdict.YES for b in binding),
        "unsettled": sum(b.verdict is not Verdict.YES for b in binding),
        "others": [b for b in found if b.verdict is Verdict.NO],
        "upcoming": upcoming,
        "drawn": drawn,
        "rows": rows,
        "predecessors": sorted(register.predecessors(code), key=lambda s: s.on),
        "successors": sorted((s for s in register.successions if s.predecessor == code), key=lambda s: s.on),
        "parts": [p for p in register.parties.values() if p.part_of == code],
        "neighbours": _neighbours(this, code),
        "exists": register.parties[code].exists_on(this.on),
        "acts": len(entries_by(this, code)),
    }
    return page(request, "party.html", context)


def _neighbours(this: Asked, code: str) -> list[tuple[str, str]]:
    """Other states and organisations, to look at the two together."""
    others = (p for p in this.record.register.parties.values() if p.code != code and p.kind in ("state", "organisation") and p.exists_on(this.on))
    return sorted(((p.code, this.name(p.code)) for p in others), key=lambda r: r[1].casefold())


# -- two parties ------------------------------------------------------------------------------------------------------


def between(standing: Standing, a: str, b: str, statuses: Mapping[str, Iterable[Status]]) -> list[tuple[str, str, Answer]]:
    """Every agreement that is in force, contested or unknown between the two, with its answer."""
    found = []
    for agreement, status in statuses.items():
        verdicts = {p: v for p, v, _ in status}
        if any(verdicts.get(p, Verdict.NO) is Verdict.NO for p in (a, b)):
            continue
        answer = show(standing.between(a, b, agreement), standing.viewer)
        if answer.verdict is not Verdict.NO:
            found.append((agreement, standing.record.agreement(agreement, standing.known).short, answer))
    return sorted(found, key=lambda f: f[1].casefold())


def found_between(this: Asked, a: str, b: str) -> tuple[list[tuple[str, str, Answer]], list[str]]:
    """What is between the two, and the agreements that are still to be looked at."""
    if a == b:
        raise NotOnRecord(told(gettext("%(one)s and %(other)s are one party; name two"), one=a, other=b))
    statuses, pending = statuses_of(this)
    (mine, _), (theirs, _) = concerning(this, a), concerning(this, b)
    both = {agreement: statuses[agreement] for agreement in sorted({*mine} & {*theirs}) if agreement in statuses}
    return this.ask(("pair", a, b), lambda s: between(s, a, b, both), pending=pending), pending


def pair_context(this: Asked, a: str, b: str) -> dict[str, object]:
    found, pending = found_between(this, a, b)
    return {"asked": this, "a": a, "b": b, "name_a": this.name(a), "name_b": this.name(b), "found": found, "pending": pending}


def pair(request: HttpRequest, this: Asked, a: str, b: str) -> HttpResponse:
    context = pair_context(this, a, b)
    if wants_json(request):
        found = context["found"]
        assert isinstance(found, list)
        return json_page({"agreements": [{"agreement": agreement, **answer_to_plain(answer)} for agreement, _, answer in found]})
    return page(request, "pair.html", context)
