"""Agreements: the list of them, one agreement's status table as depositaries print it, one clause beside its wording."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.acts import CONSENT, Act, kinds
from comity.agreements import Agreement, Clause
from comity.standing import Change, Coming, Record, Standing
from comity.standing.plain import answer_to_plain, change_to_plain
from comity.terms import Answer, BadInput, Moment, NotOnRecord, Reading, Verdict, describe, parse_moment
from comity.web.asking import Asked, asked, json_page, page, wants_json
from comity.web.drawing import BOUND, Bar, Row, bars_of, steps, timeline
from comity.web.holding import LONGEST, Fold, Status
from comity.web.linking import href
from comity.web.showing import show
from comity.web.texts import passages

LETTERS = {
    "ratify": ("r", "ratification"), "accept": ("A", "acceptance"), "approve": ("AA", "approval"), "accede": ("a", "accession"),
    "succeed": ("d", "succession"), "confirm": ("c", "formal confirmation"), "notify-completion": ("n", "notification of completion"),
    "exchange": ("x", "exchange of instruments"), "sign": ("s", "definitive signature"),
}
EXITS = ("denounce", "expel", "withdraw-consent")
MANY = 45


# -- the list of agreements -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One agreement in the list; ``answer`` None: could not be derived (``problem`` says why)."""

    agreement: Agreement
    answer: Answer | None
    bound: int = 0
    contested: bool = False
    state: str = "unknown"
    since: date | None = None
    problem: str = ""


def index_row(standing: Standing, agreement_id: str, status: Sequence[Status], problem: str = "") -> IndexRow:
    """One line: whether the agreement is in force, how many it binds, how fresh the record is."""
    agreement = standing.record.agreement(agreement_id, standing.known)
    if problem:
        return IndexRow(agreement, None, problem=problem)
    answer = show(standing.in_force(agreement_id), standing.viewer)
    bound = sum(1 for _, v, m in status if v is Verdict.YES and m in BOUND)
    contested = answer.verdict is Verdict.CONTESTED or any(v is Verdict.CONTESTED for _, v, _ in status)
    return IndexRow(agreement, answer, bound, contested, state_of(answer), answer.since)


def row_of(fold: Fold, on: date, agreement: str, longest: float = LONGEST) -> IndexRow:
    """The line of one agreement, kept."""
    return fold.ask(on, ("row", agreement), lambda s: index_row(s, agreement, fold.status(on, agreement), fold.broken.get(agreement, "")), longest)


def state_of(answer: Answer) -> str:
    """What to call it: in force, ended, not yet in force, contested, unknown."""
    if answer.verdict is Verdict.YES:
        return "in force"
    if answer.verdict is Verdict.NO:
        return "ended" if answer.since is not None else "not in force"
    return str(answer.verdict)


SORTS: dict[str, Any] = {
    "name": lambda r: r.agreement.short.casefold(),
    "form": lambda r: (r.agreement.form, r.agreement.short.casefold()),
    "concluded": lambda r: r.agreement.concluded,
    "state": lambda r: (r.state, r.since or date.max),
    "since": lambda r: r.since or date.max,
    "bound": lambda r: r.bound,
    "reach": lambda r: (r.answer and r.answer.reach) or date.min,
}
COLUMNS = (
    ("name", "Agreement"), ("form", "Form"), ("concluded", "Concluded"), ("state", "Standing"), ("since", "Since"), ("bound", "Bound"),
    ("reach", "Record complete to"),
)


def chosen(rows: Sequence[IndexRow], words: str, subject: str, sort: str) -> list[IndexRow]:
    """Rows that hold every word in id, name, title or subject, in the order asked for (``-name``: the other way round)."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS:
        raise BadInput(f"sort={sort!r}; sort by one of {', '.join(SORTS)}, with - before it for the other way round")
    wanted = words.casefold().split()

    def fits(row: IndexRow) -> bool:
        a = row.agreement
        text = " ".join((a.id, a.short, a.title, a.form, row.state, *a.subjects)).casefold()
        return all(w in text for w in wanted) and (not subject or subject in a.subjects)

    return sorted((r for r in rows if fits(r)), key=SORTS[key], reverse=down)


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    words, subject, sort = (request.GET.get(n, "").strip() for n in ("q", "subject", "sort"))
    chosen([], words, subject, sort or "name")
    this.pending(lambda a: row_of(this.fold, this.on, a))
    found_rows = this.fold.each(lambda a, longest: row_of(this.fold, this.on, a, longest), this.held.patience)
    rows, pending = list(found_rows.values()), [a for a in this.fold.wanted if a not in found_rows]
    found = chosen(rows, words, subject, sort or "name")
    if wants_json(request):
        return json_page({"agreements": [_row_to_plain(r) for r in found], "pending": pending})
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for s in row.agreement.subjects:
            counts[s] += 1
    sort = sort or "name"
    orders = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    heads = [(key, title, f"-{key}" if sort == key else key, orders.get(key, "none")) for key, title in COLUMNS]
    context = {
        "asked": this, "rows": found, "all": rows, "pending": pending, "q": words, "subject": subject, "heads": heads,
        "sort": "" if sort == "name" else sort,
        "subjects": sorted(counts.items()), "in_force": sum(r.state == "in force" for r in rows), "contested": sum(r.contested for r in rows),
    }
    return page(request, "index.html", context)


def _row_to_plain(row: IndexRow) -> dict[str, Any]:
    a, answer = row.agreement, row.answer
    return {
        "id": a.id, "short": a.short, "title": a.title, "form": a.form, "concluded": a.concluded.isoformat(), "state": row.state, "bound": row.bound,
        "contested": row.contested, "since": row.since and row.since.isoformat(),
        "reach": answer.reach.isoformat() if answer and answer.reach else None,
    }


# -- one agreement ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """One act in the status table: its letter, what that stands for, the moment as written, the act."""

    letter: str
    title: str
    written: str
    ref: str
    day: date


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the status table."""

    code: str
    verdict: Verdict
    mode: str
    since: date | None
    signed: tuple[Done, ...] = ()
    consents: tuple[Done, ...] = ()
    entries: tuple[tuple[date, str], ...] = ()
    exits: tuple[Done, ...] = ()
    left: tuple[date, ...] = ()
    marks: tuple[tuple[str, str, int], ...] = ()

    @property
    def acted(self) -> bool:
        return bool(self.signed or self.consents or self.entries or self.exits)


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested point: who is concerned, when, and the readings."""

    who: tuple[str, ...]
    start: date
    end: date | None
    question: tuple[str, str]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """All that the page of one agreement says."""

    agreement: Agreement
    answer: Answer
    participants: tuple[Participant, ...]
    dates: tuple[tuple[date, str, str], ...]
    changes: tuple[Change, ...]
    contests: tuple[Contest, ...]
    rows: tuple[tuple[str, tuple[Bar, ...]], ...] = field(repr=False)
    counts: tuple[tuple[date, int], ...] = field(repr=False)

    @property
    def bound(self) -> int:
        return sum(1 for p in self.participants if p.verdict is Verdict.YES and p.mode in BOUND)


def table(standing: Standing, agreement_id: str) -> Table:
    """The status of one agreement: who did what and how each stands."""
    record = standing.record
    agreement = record.agreement(agreement_id, standing.known)
    answer = show(standing.in_force(agreement_id), standing.viewer)
    changes = tuple(show(c, standing.viewer) for c in standing.timeline(agreement_id))
    by_party: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_party[change.party or ""].append(change)
    acts = current_acts(record, agreement_id, standing)
    done: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        done[act.on_behalf_of or act.actor].append(act)
    status = {code: (verdict, mode) for code, verdict, mode in standing.status(agreement_id)}
    acted = {c for c, found in done.items() if any(kinds()[a.kind].group in ("signature", "consent") for a in found)}
    codes = sorted({*status, *acted}, key=lambda c: name_of(record, c, standing.on).casefold())
    everyone = (_participant(c, status.get(c, (Verdict.NO, "none")), done[c], by_party[c], standing.on) for c in codes)
    people = tuple(p for p in everyone if p.acted or p.verdict is not Verdict.NO or p.mode != "none")
    rows = (("in force", bars_of(by_party[""])), *((c, bars_of(by_party[c])) for c in codes if bars_of(by_party[c])))
    dates, contests = _key_dates(agreement, acts, by_party[""]), _contests(standing, agreement_id, by_party)
    return Table(agreement, answer, people, dates, changes, contests, rows, _counts(by_party))


def name_of(record: Record, code: str, on: date) -> str:
    party = record.register.parties.get(code)
    return party.name_on(on) if party is not None and party.names else code


def current_acts(record: Record, agreement_id: str, standing: Standing) -> list[Act]:
    """The acts under the agreement that the viewer may see, without those taken back, as corrected, once each."""
    found: dict[str, Act] = {}
    for entry in record.visible(record.entries_of(agreement_id), standing.known, standing.viewer):
        act = entry.act
        if kinds()[act.kind].group == "record":
            continue
        replies = record.visible(record.replies_to(act.hash), standing.known, standing.viewer)
        corrections = [e for e in replies if e.act.kind in ("replace", "retract")]
        if corrections:
            last = max(corrections, key=lambda e: (e.recorded, e.act.ref)).act
            if last.kind == "retract":
                continue
            act = _corrected(act, last)
        found.setdefault(act.ref, act)
    return list(found.values())


def _corrected(act: Act, correction: Act) -> Act:
    moments = {n: parse_moment(correction.details[n]) for n in ("made", "received", "notified", "effect") if n in correction.details}
    return replace(
        act, kind=correction.details.get("kind", act.kind), made=moments.get("made", act.made), received=moments.get("received", act.received),
        notified=moments.get("notified", act.notified), effect=moments.get("effect", act.effect),
    )


def _participant(code: str, status: tuple[Verdict, str], acts: Sequence[Act], changes: Sequence[Change], on: date) -> Participant:
    signed = [_done(a, a.made or a.received or a.notified or a.effect, "", "signature") for a in acts if a.kind == "sign"]
    binding = [a for a in acts if a.kind in CONSENT or (a.kind == "sign" and a.flag("definitive"))]
    consents = [_done(a, a.received or a.made or a.notified or a.effect, *LETTERS[a.kind]) for a in binding]
    exits = [_done(a, a.received or a.made or a.notified or a.effect, "", a.kind) for a in acts if a.kind in EXITS]
    entries: list[tuple[date, str]] = []
    left, before = [], False
    for change in changes:
        bound = change.verdict is not Verdict.NO and change.mode in (*BOUND, "suspended")
        if bound and (not before or (entries and entries[-1][1] == "provisional" and change.mode == "party")):
            entries.append((change.on, "provisional" if change.mode == "provisional" else ""))
        if before and not bound and change.mode != "suspended":
            left.append(change.on)
        before = bound
    since = max((c.on for c in changes if c.on <= on), default=None)
    marks = []
    for letter, group in (("R", "reservation"), ("D", "declaration")):
        number = sum(1 for a in acts if kinds()[a.kind].group == group)
        if number:
            marks.append((letter, group, number))
    return Participant(
        code, status[0], status[1], since, _by_day(signed), _by_day(consents), tuple(entries), _by_day(exits), tuple(left), tuple(marks),
    )


def _done(act: Act, moment: Moment | None, letter: str, title: str) -> Done:
    return Done(letter, title, moment.written if moment else "undated", act.ref, moment.first if moment else date.max)


def _by_day(done: Iterable[Done]) -> tuple[Done, ...]:
    return tuple(sorted(done, key=lambda d: d.day))


_FORCE = {
    Verdict.YES: "in force", Verdict.NO: "no longer in force", Verdict.CONTESTED: "contested whether in force",
    Verdict.UNKNOWN: "not known whether in force",
}


def _key_dates(agreement: Agreement, acts: Sequence[Act], force: Sequence[Change]) -> tuple[tuple[date, str, str], ...]:
    """Concluded, opened, in force, contested, ended; each with the act, where there is one."""
    dates = [(agreement.concluded, "concluded" + (f" at {agreement.place}" if agreement.place else ""), "")]
    for act in acts:
        moment = act.made or act.received
        if act.kind == "open" and moment is not None:
            dates.append((moment.first, "opened for signature", act.ref))
    before = Verdict.NO
    for change in force:
        if change.verdict is not before:
            dates.append((change.on, _FORCE[change.verdict], ""))
        before = change.verdict
    return tuple(sorted(set(dates)))


def _contests(standing: Standing, agreement_id: str, by_party: Mapping[str, Sequence[Change]]) -> tuple[Contest, ...]:
    """Each contested period once, with its readings and everybody whom it concerns."""
    found: dict[tuple[Any, ...], Contest] = {}
    for code, changes in by_party.items():
        for index, change in enumerate(changes):
            if change.verdict is not Verdict.CONTESTED:
                continue
            end = next((c.on for c in changes[index + 1 :] if c.verdict is not Verdict.CONTESTED), None)
            if index and changes[index - 1].verdict is Verdict.CONTESTED:
                continue
            answer = show(standing.bound(code, agreement_id, change.on) if code else standing.in_force(agreement_id, change.on), standing.viewer)
            key = (change.on, end, tuple((r.by, r.source, r.value.partition(": ")[2]) for r in answer.readings))
            earlier = found.get(key)
            who = (*earlier.who, code) if earlier else (code,)
            found[key] = replace(earlier, who=who) if earlier else Contest(who, change.on, end, (code, change.on.isoformat()), answer.readings)
    return tuple(sorted(found.values(), key=lambda c: (c.start, c.who)))


def _counts(by_party: Mapping[str, Sequence[Change]]) -> tuple[tuple[date, int], ...]:
    """How many are bound (settled) from each day of change on."""
    moves: dict[date, int] = defaultdict(int)
    for code, changes in by_party.items():
        before = False
        for change in changes if code else ():
            bound = change.verdict is Verdict.YES and change.mode in BOUND
            moves[change.on] += bound - before
            before = bound
    total, counts = 0, []
    for day in sorted(moves):
        total += moves[day]
        counts.append((day, total))
    return tuple(counts)


def family(record: Record, agreement: Agreement, known: date) -> list[tuple[str, Agreement]]:
    """Agreements that this one stands with: parent, base, amendments, protocols, arrangements."""
    found: list[tuple[str, str]] = []
    for label, other in (("arrangement under", agreement.parent), ("protocol to", agreement.protocol_to), ("amends", agreement.amends)):
        if other:
            found.append((label, other))
    for one in (record.agreement(i) for i in record.ids):
        for label, base in (("has the arrangement", one.parent), ("has the protocol", one.protocol_to), ("amended by", one.amends)):
            if base == agreement.id:
                found.append((label, one.id))
    return [(label, record.agreement(i, known)) for label, i in found if i in record.ids and record.has_agreement(i, known)]


def drawing(this: Asked, found: Table) -> tuple[Any, Any]:
    """The drawing of everyone's standing, and for large agreements the number bound over time."""
    title = f"Timeline of {found.agreement.short}"
    rows = []
    for code, bars in found.rows:
        if code == "in force":
            rows.append(Row("the agreement", href(this.carried, "ask", question="in-force", agreement=found.agreement.id), bars))
        else:
            link = href(this.carried, "party", code) if code in this.record.register.parties else href(this.carried, "parties")
            rows.append(Row(this.name(code), link, bars))
    number = steps(found.counts, f"Number bound by {found.agreement.short} over time", this.on, this.today) if len(rows) > MANY else ""
    return timeline(rows, title, this.on, this.today), number


def agreement(request: HttpRequest, agreement_id: str) -> HttpResponse:
    this = asked(request)
    found = this.ask(("table", agreement_id), lambda s: table(s, agreement_id))
    if wants_json(request):
        changes = [change_to_plain(c) for c in found.changes]
        return json_page({"agreement": agreement_id, "in_force": answer_to_plain(found.answer), "timeline": changes})
    drawn, number = this.ask(("drawing", agreement_id, this.today, tuple(this.carried.items())), lambda s: drawing(this, found))
    letters = {d.letter: d.title for p in found.participants for d in p.consents if d.letter}
    context = {
        "asked": this, "table": found, "agreement": found.agreement, "answer": found.answer, "drawn": drawn, "number": number,
        "letters": sorted(letters.items()), "clauses": list(enumerate(found.agreement.clauses, 1)), "state": state_of(found.answer),
        "family": family(this.record, found.agreement, this.known), "coverage": this.record.coverage_of(found.agreement),
        "official": safe_link(found.agreement.official), "marked": _marked_acts(this, agreement_id), "upcoming": _upcoming(this, agreement_id),
        "findings": split_findings(found.answer), "has_text": this.held.texts is not None,
        "acts": len(this.visible(this.record.entries_of(agreement_id))),
    }
    return page(request, "agreement.html", context)


def split_findings(answer: Answer) -> list[tuple[str, str]]:
    """Each finding as where (an act's reference) and what."""
    return [(where, says) for where, _, says in (f.partition(": ") for f in answer.findings)]


def _upcoming(this: Asked, agreement_id: str) -> list[Coming] | None:
    """What is ahead within two years (None: not known, since other agreements are still being derived or cannot be)."""
    if not this.settled():
        return None
    everything = this.ask("upcoming", lambda s: [show(c, s.viewer) for c in s.upcoming(within=timedelta(days=731))])
    return [c for c in everything if c.agreement == agreement_id]


def _marked_acts(this: Asked, agreement_id: str) -> list[Act]:
    """Reservations, objections, declarations and notices, in order of time."""
    groups = ("reservation", "declaration", "territory", "suspension")
    found = [e.act for e in this.visible(this.record.entries_of(agreement_id)) if kinds()[e.act.kind].group in groups]
    return sorted(found, key=lambda a: (_first(a), a.ref))


def _first(act: Act) -> date:
    moment = act.made or act.received or act.notified or act.effect
    return moment.first if moment else date.max


def safe_link(address: str | None) -> str | None:
    """An official address, if it is one that a browser should follow."""
    return address if address and re.match(r"https?://", address) else None


# -- one clause -------------------------------------------------------------------------------------------------------


def details_of(clause: Clause) -> list[tuple[str, str]]:
    """The typed fields of a clause in words, without those that every clause has or that are left as they are by default."""
    found = []
    for f in fields(clause):
        value = getattr(clause, f.name)
        default = f.default_factory() if f.default_factory is not MISSING else f.default
        if f.name in ("article", "says", "read", "source", "kind") or value == default:
            continue
        found.append((f.name.rstrip("_").replace("_", " "), words_of(value)))
    return found


def words_of(value: object) -> str:
    """A condition, delay or list in plain words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and value and type(value[0]).__name__ == "Step":
        return describe(value)
    if isinstance(value, tuple):
        return ", ".join(words_of(v) for v in value)
    if is_dataclass(value):
        name = getattr(value, "kind", None) or getattr(value, "of", None) or type(value).__name__
        given = [(f.name, getattr(value, f.name)) for f in fields(value) if f.name not in ("kind", "of") or name != getattr(value, f.name)]
        parts = [f"{field_name.rstrip('_').replace('_', ' ')} {words_of(inner)}" for field_name, inner in given if inner not in (None, (), False)]
        return f"{name} ({'; '.join(parts)})" if parts else str(name)
    return str(value)


def clause(request: HttpRequest, agreement_id: str, number: int) -> HttpResponse:
    this = asked(request)
    agreement = this.record.agreement(agreement_id, this.known)
    if not 1 <= number <= len(agreement.clauses):
        raise NotOnRecord(f"{agreement_id} has no clause {number}; it has clauses 1 to {len(agreement.clauses)}")
    found = agreement.clauses[number - 1]
    context = {
        "asked": this, "agreement": agreement, "number": number, "clause": found, "details": details_of(found),
        "official": safe_link(agreement.official),
        "passages": passages(this.held.texts, agreement.texts, found.article), "has_text": this.held.texts is not None,
        "before": number - 1 or None, "after": number + 1 if number < len(agreement.clauses) else None,
    }
    return page(request, "clause.html", context)

