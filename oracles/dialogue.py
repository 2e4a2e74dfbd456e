"""The slow reading of docs/explanation/how-dialogue-is-followed.md: every reading of every meeting and action, literally as the text says.

It shares nothing with the fast path but types. The duties to meet (4.3) are told by the duties, and not read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from comity.acts import Entry
from comity.agreements.clauses import Coverage
from comity.terms import Verdict
from oracles.kept_acts import KeptAct, Reader

DAY = timedelta(days=1)
KINDS = ("call-meeting", "set-agenda", "submit-paper", "meet", "record-minutes", "agree-action", "complete-action")


@dataclass(frozen=True)
class Told:
    """A meeting on the day."""

    begun_by: str
    body: tuple[str | None, str]
    verdict: Verdict
    states: frozenset[str]
    absent: bool
    day: tuple[date, date]
    ends: date | None
    took_part: frozenset[str]
    invited: tuple[str, ...]
    agenda: tuple[str, ...]
    papers: tuple[str, ...]
    minutes: tuple[str, ...]
    acts: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldAction:
    """An action on the day."""

    agreed_by: str
    meeting: str
    verdict: Verdict
    states: frozenset[str]
    absent: bool
    owed_by: frozenset[str]
    owed_to: frozenset[str]
    due: date | None
    discharged_by: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToldSilence:
    """Two parties on the day."""

    parties: tuple[str, str]
    act: str | None
    at_least: int | None
    at_most: int | None
    sure: Verdict


@dataclass(frozen=True)
class Looking:
    """A record and who asks, on which day, as known on which."""

    entries: Sequence[Entry]
    declared: Sequence[Coverage]
    agreements: Mapping[str, Sequence[Coverage]]
    on: date
    known: date
    viewer: str | None

    def kept(self) -> list[KeptAct]:
        return Reader(self.entries, self.known, self.viewer).kept(KINDS)

    def coverage(self, name: str | None) -> list[Coverage]:
        if name is not None and name in self.agreements:
            here = [one for one in self.declared if not one.agreements or name in one.agreements]
            return [*self.agreements[name], *here]
        return [one for one in self.declared if not one.agreements]

    def covered(self, name: str | None, kind: str, start: date, end: date) -> bool:
        """On every day from one to another, by whomever, without parties named."""
        return all(any(covers(one, kind, day) for one in self.coverage(name)) for day in days(start, end))


def days(start: date, end: date) -> list[date]:
    return [start + n * DAY for n in range((end - start).days + 1)]


def covers(one: Coverage, kind: str, day: date) -> bool:
    return not one.parties and (not one.kinds or kind in one.kinds) and (one.from_ is None or one.from_ <= day) and day <= one.through


def beginning(act: KeptAct, acts: Sequence[KeptAct]) -> KeptAct | None:
    # 1.3
    answered = next((other for other in acts if other.id == act.act.replies_to), None)
    fits = False
    if answered is not None:
        if act.kind == "complete-action":
            fits = answered.kind == "agree-action"
        elif act.kind in ("call-meeting", "meet"):
            fits = answered.kind == "call-meeting"
        else:
            fits = answered.kind != "complete-action"
    if answered is not None and fits:
        return beginning(answered, acts)
    return act if act.kind in ("call-meeting", "meet") else None


def strays(looking: Looking) -> set[str]:
    acts = looking.kept()
    return {act.id for act in acts if beginning(act, acts) is None}


def in_turn(acts: Sequence[KeptAct], last: bool) -> list[KeptAct]:
    # 1.4
    return sorted(acts, key=lambda act: (act.last if last else act.first, KINDS.index(act.kind), act.act.ref, act.id))


def upto(acts: Sequence[KeptAct], on: date, last: bool) -> list[list[KeptAct]]:
    # 2.2 each act in doubt has effect or none, whatever the others do
    taken = [act for act in in_turn(acts, last) if (act.last if last else act.first) <= on]
    doubtful = [act.id for act in taken if act.doubtful]
    found = []
    for choice in product((True, False), repeat=len(doubtful)):
        gone = {name for name, holds in zip(doubtful, choice, strict=True) if not holds}
        found.append([act for act in taken if act.id not in gone])
    return found


def agreed(ways: Sequence[set[str | None]]) -> Verdict:
    if len(ways[0]) > 1 or len(ways[1]) > 1:
        return Verdict.CONTESTED
    return Verdict.YES if ways[0] == ways[1] else Verdict.UNKNOWN


def stated(act: KeptAct, name: str) -> date | None:
    return date.fromisoformat(act.act.details[name]) if name in act.act.details else None


def state(acts: Sequence[KeptAct], looking: Looking, agreement: str | None) -> str | None:
    # 2.1
    if [act for act in acts if act.kind == "meet"]:
        return "held"
    calls = [act for act in acts if act.kind == "call-meeting"]
    if not calls:
        return None
    if calls[-1].act.details.get("cancelled") == "yes":
        return "cancelled"
    starts = stated(calls[-1], "starts")
    assert starts is not None
    ends = stated(calls[-1], "ends") or starts
    if looking.on <= ends:
        return "called"
    return "not held" if looking.covered(agreement, "meet", starts, ends) else "not known"


def took_part(act: KeptAct) -> set[str]:
    # 2.4
    return {act.who, *act.act.counterparty} if act.act.counterparty else set()


def meetings(looking: Looking) -> list[Told]:
    acts = looking.kept()
    found = []
    for root in acts:
        own = [act for act in acts if (of := beginning(act, acts)) is not None and of.id == root.id]
        if root.id not in {act.id for act in own}:
            continue
        agreement = root.act.agreement
        ways = [{state(reading, looking, agreement) for reading in upto(own, looking.on, last)} for last in (False, True)]
        if ways == [{None}, {None}]:
            continue
        there = [act for act in in_turn(own, False) if act.first <= looking.on]
        calls, meets = [act for act in there if act.kind == "call-meeting"], [act for act in there if act.kind == "meet"]
        ids = {kind: tuple(act.id for act in there if act.kind == kind) for kind in KINDS}
        agendas = [act for act in there if act.kind == "set-agenda"]
        starts = None if meets else stated(calls[-1], "starts")
        findings = []
        if calls and calls[-1].act.counterparty:
            asked = {calls[-1].who, *calls[-1].act.counterparty}
            findings = [("dialogue-not-invited", meet.act.ref) for meet in meets if took_part(meet) - asked]
        found.append(
            Told(
                begun_by=root.id,
                body=(agreement, (root.act.details.get("body") or root.act.details.get("subject") or "the parties").casefold()),
                verdict=agreed(ways),
                states=frozenset(one for way in ways for one in way if one is not None),
                absent=any(None in way for way in ways),
                day=(meets[0].first, meets[0].last) if starts is None else (starts, starts),
                ends=stated(meets[0] if meets else calls[-1], "ends"),
                took_part=frozenset().union(*(took_part(meet) for meet in meets)),
                invited=calls[-1].act.counterparty if calls else (),
                agenda=tuple(item.strip() for item in agendas[-1].act.details["items"].split(",")) if agendas else (),
                papers=ids["submit-paper"],
                minutes=ids["record-minutes"],
                acts=tuple(act.id for act in there),
                findings=tuple(findings),
            )
        )
    return found


def progress(acts: Sequence[KeptAct], last: bool, due: date | None, looking: Looking, agreement: str | None) -> str | None:
    # 3.2
    agreeing = [act for act in acts if act.kind == "agree-action"]
    if not agreeing:
        return None
    done = sorted(act.last if last else act.first for act in acts if act.kind == "complete-action")
    if done:
        return "done late" if due is not None and done[0] > due else "done"
    if due is None or looking.on <= due:
        return "open"
    begun = agreeing[0].last if last else agreeing[0].first
    return "overdue" if looking.covered(agreement, "complete-action", begun, due) else "not known"


def actions(looking: Looking) -> list[ToldAction]:
    acts = looking.kept()
    found = []
    for one in acts:
        root = beginning(one, acts)
        if one.kind != "agree-action" or root is None:
            continue
        completions = [act for act in in_turn(acts, False) if act.kind == "complete-action" and act.act.replies_to == one.id]
        due = stated(one, "due")
        ways = [
            {progress(reading, last, due, looking, root.act.agreement) for reading in upto([one, *completions], looking.on, last)}
            for last in (False, True)
        ]
        if ways == [{None}, {None}]:
            continue
        there = [act for act in completions if act.first <= looking.on]
        meets = [act for act in acts if act.kind == "meet" and act.first <= looking.on and (of := beginning(act, acts)) is not None and of == root]
        others = frozenset(who for meet in meets for who in took_part(meet) if who not in one.act.counterparty)
        body = root.act.details.get("body") or root.act.details.get("subject") or "the parties"
        found.append(
            ToldAction(
                agreed_by=one.id,
                meeting=root.id,
                verdict=agreed(ways),
                states=frozenset(state for way in ways for state in way if state is not None),
                absent=any(None in way for way in ways),
                owed_by=frozenset(one.act.counterparty),
                owed_to=others or frozenset([body]),
                due=due,
                discharged_by=tuple(act.id for act in there),
                findings=tuple(("dialogue-not-by-who-owes", act.act.ref) for act in there if act.who not in one.act.counterparty),
            )
        )
    return found


def bodies(looking: Looking) -> dict[tuple[str | None, str], tuple[list[str], tuple[date, date] | None, date | None]]:
    """4.2: of each body that has a meeting, its meetings, when it last met, when it is next called."""
    found: dict[tuple[str | None, str], tuple[list[str], tuple[date, date] | None, date | None]] = {}
    told = meetings(looking)
    for key in {one.body for one in told}:
        own = [one for one in told if one.body == key]
        held = [one.day for one in own if one.verdict is Verdict.YES and one.states == {"held"}]
        called = [one.day[0] for one in own if one.verdict is Verdict.YES and one.states == {"called"}]
        latest = sorted(held, key=lambda day: (day[1], day[0]))[-1:]
        found[key] = (sorted(one.begun_by for one in own), latest[0] if latest else None, min(called, default=None))
    return found


def silence(looking: Looking, a: str, b: str, agreement: str | None) -> ToldSilence:
    # 5.1 to 5.4
    every = [act for act in looking.kept() if act.kind == "meet"]
    meets = [act for act in every if act.first <= looking.on and (agreement is None or act.act.agreement == agreement)]
    theirs = [act for act in meets if {a, b} <= took_part(act)]
    latest = None
    for act in theirs:
        if not act.doubtful and act.last <= looking.on:
            if latest is None or (act.last, act.act.ref, act.id) > (latest.last, latest.act.ref, latest.id):
                latest = act
    might = [act for act in meets if act is not latest and (act in theirs or not took_part(act)) and (latest is None or act.last > latest.last)]
    if latest is not None:
        silent = not might and looking.covered(agreement, "meet", latest.last + DAY, looking.on)
        return ToldSilence(
            (a, b), latest.id, (looking.on - latest.last).days, (looking.on - latest.first).days, Verdict.YES if silent else Verdict.UNKNOWN
        )
    # from the beginning of the record: covered without a first day, and from the last day of that on without a gap
    whole = [one for one in looking.coverage(agreement) if one.from_ is None and covers(one, "meet", one.through)]
    start = max((one.through for one in whole), default=None)
    silent = not might and start is not None and (start >= looking.on or looking.covered(agreement, "meet", start, looking.on))
    return ToldSilence((a, b), None, None, None, Verdict.YES if silent else Verdict.UNKNOWN)
