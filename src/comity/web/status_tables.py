"""The status table of one agreement, as depositaries print it: who did what, when, and how each stands. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.acts import CONSENT, Act, kinds
from comity.agreements import Agreement
from comity.parties import Register
from comity.questions import show
from comity.standing import Change, CoveredChange, Standing, covered_timeline
from comity.terms import Answer, Moment, Reading, Verdict, parse_moment
from comity.web.drawing import BOUND, Bar, bars_of
from comity.web.telling import told

LETTERS = {
    "ratify": ("r", _("ratification")),
    "accept": ("A", _("acceptance")),
    "approve": ("AA", _("approval")),
    "accede": ("a", _("accession")),
    "succeed": ("d", _("succession")),
    "confirm": ("c", _("formal confirmation")),
    "notify-completion": ("n", _("notification of completion")),
    "exchange": ("x", _("exchange of instruments")),
    "sign": ("s", _("definitive signature")),
}
EXITS = ("denounce", "expel", "withdraw-consent")


@dataclass(frozen=True, slots=True)
class Done:
    """One act in the status table: its letter, what that stands for, the moment as written, the act."""

    letter: str
    title: str | Promise
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
    continues: str | None = None

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
    changes: tuple[CoveredChange, ...]
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
    changes = tuple(show(c, standing.viewer) for c in covered_timeline(standing, agreement_id))
    covered: dict[str, list[CoveredChange]] = defaultdict(list)
    for change in changes:
        covered[change.change.party or ""].append(change)
    by_party = defaultdict(list, {code: [c.change for c in found] for code, found in covered.items()})
    acts = current_acts(agreement_id, standing)
    done: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        done[act.attributed_to].append(act)
    status = {code: (_beyond(covered[code], standing.on) or verdict, mode) for code, verdict, mode in standing.status(agreement_id)}
    acted = {c for c, found in done.items() if any(kinds()[a.kind].group in ("signature", "consent") for a in found)}
    codes = sorted({*status, *acted}, key=lambda c: name_of(record.register, c, standing.on).casefold())
    continued = {s.successor: s.predecessor for s in record.register.successions if s.how == "continues" and s.predecessor in status}
    everyone = (
        replace(_participant(c, status.get(c, (Verdict.NO, "none")), done[c], by_party[c], standing.on), continues=continued.get(c)) for c in codes
    )
    people = tuple(p for p in everyone if p.acted or p.verdict is not Verdict.NO or p.mode != "none")
    rows = (("in force", bars_of(covered[""])), *((c, bars_of(covered[c])) for c in codes if bars_of(covered[c])))
    dates, contests = _key_dates(agreement, acts, by_party[""]), _contests(standing, agreement_id, by_party)
    return Table(agreement, answer, people, dates, changes, contests, rows, _counts(by_party))


def _beyond(changes: Sequence[CoveredChange], on: date) -> Verdict | None:
    """Unknown, where the record is not complete on the day and does not let the standing be presumed."""
    now = next((c for c in reversed(changes) if c.change.on <= on), None)
    short = now is not None and now.incomplete_from is not None and now.incomplete_from <= on
    return Verdict.UNKNOWN if now is not None and short and now.beyond is Verdict.UNKNOWN else None


def name_of(register: Register, code: str, on: date) -> str:
    party = register.parties.get(code)
    return party.name_on(on) if party is not None and party.names else code


def current_acts(agreement_id: str, standing: Standing) -> list[Act]:
    """The acts under the agreement that the viewer may see, without those taken back, as corrected, once each."""
    record, found = standing.record, dict[str, Act]()
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
        act,
        kind=correction.details.get("kind", act.kind),
        made=moments.get("made", act.made),
        received=moments.get("received", act.received),
        notified=moments.get("notified", act.notified),
        effect=moments.get("effect", act.effect),
    )


def _participant(code: str, status: tuple[Verdict, str], acts: Sequence[Act], changes: Sequence[Change], on: date) -> Participant:
    signed = [_done(a, a.done, "", "signature") for a in acts if a.kind == "sign"]
    binding = [a for a in acts if a.kind in CONSENT or (a.kind == "sign" and a.flag("definitive"))]
    consents = [_done(a, a.lodged, *LETTERS[a.kind]) for a in binding]
    exits = [_done(a, a.lodged, "", a.kind) for a in acts if a.kind in EXITS]
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
        code,
        status[0],
        status[1],
        since,
        _by_day(signed),
        _by_day(consents),
        tuple(entries),
        _by_day(exits),
        tuple(left),
        tuple(marks),
    )


def _done(act: Act, moment: Moment | None, letter: str, title: str | Promise) -> Done:
    return Done(letter, title, moment.written if moment else gettext("undated"), act.ref, moment.first if moment else date.max)


def _by_day(done: Iterable[Done]) -> tuple[Done, ...]:
    return tuple(sorted(done, key=lambda d: d.day))


_FORCE = {
    Verdict.YES: _("in force"),
    Verdict.NO: _("no longer in force"),
    Verdict.CONTESTED: _("contested whether in force"),
    Verdict.UNKNOWN: _("not known whether in force"),
}


def _key_dates(agreement: Agreement, acts: Sequence[Act], force: Sequence[Change]) -> tuple[tuple[date, str, str], ...]:
    """Concluded, opened, in force, contested, ended; each with the act, where there is one."""
    concluded = told(gettext("concluded at %(place)s"), place=agreement.place) if agreement.place else told(gettext("concluded"))
    dates = [(agreement.concluded, concluded, "")]
    for act in acts:
        moment = act.made or act.received
        if act.kind == "open" and moment is not None:
            dates.append((moment.first, told(gettext("opened for signature")), act.ref))
    before = Verdict.NO
    for change in force:
        if change.verdict is not before:
            dates.append((change.on, told(_FORCE[change.verdict]), ""))
        before = change.verdict
    return tuple(sorted(set(dates)))


def contests_on(standing: Standing, agreement_id: str) -> tuple[Contest, ...]:
    """The contested points of the day asked about, without the whole table."""
    codes = [code for code, verdict, _ in standing.status(agreement_id) if verdict is Verdict.CONTESTED]
    if standing.verdict_in_force(agreement_id) is Verdict.CONTESTED:
        codes.append("")
    changes = {code: [show(c, standing.viewer).change for c in covered_timeline(standing, agreement_id, code)] for code in codes if code}
    if "" in codes:
        every = (show(c, standing.viewer).change for c in covered_timeline(standing, agreement_id))
        changes[""] = [change for change in every if change.party is None]
    found = _contests(standing, agreement_id, changes)
    return tuple(one for one in found if one.start <= standing.on and (one.end is None or standing.on < one.end))


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
