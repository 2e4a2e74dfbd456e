"""The slow reading of docs/explanation/how-forces-are-generated.md, section 9: what the acts about a mission come to, act by act.

What lasts is asked of day by day, and not put together into spans. It shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.missions.forces.missions import Acceptance, AcceptedGap, Capable, DaySpan, Line, Pledge, Rotation
from comity.terms import Moment, Verdict
from oracles.mission_counts import YES, Counts, Days, End, as_doubtful, doubt, end_by, from_days, there, until
from oracles.pools import months_after

# 9.1
ANSWERED = {
    "accept-force": "pledge-force", "refuse-force": "pledge-force", "withdraw-force": "pledge-force", "verify-force": "pledge-force",
    "caveat-force": "pledge-force", "deploy-force": "pledge-force", "lift-caveat": "caveat-force", "return-force": "deploy-force",
    "revoke-activity": "mandate",
}  # fmt: skip
OPENINGS = ["activate-mission", "require-force", "pledge-force", "accept-gap", "mandate", "caveat-force"]
KINDS = [*OPENINGS, *ANSWERED, "take-part"]
OWN_PARTYS = ("withdraw-force", "caveat-force", "lift-caveat", "revoke-activity")


Key = tuple[object, ...]
Lasting = tuple[Key, Callable[[date], Verdict | None]]


@dataclass
class Told:
    """A mission; what lasts, each with a question that can be put for any day; findings as the act and the rule of this text."""

    title: str = ""
    currency: str = ""
    rotations: list[Rotation] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pledges: list[Pledge] = field(default_factory=list)
    accepted: list[Acceptance] = field(default_factory=list)
    gaps: list[AcceptedGap] = field(default_factory=list)
    caveats: list[Lasting] = field(default_factory=list)
    deployed: list[Lasting] = field(default_factory=list)
    mandate: list[Lasting] | None = None
    mandates: list[tuple[str, str | None]] = field(default_factory=list)
    capable: list[Capable] = field(default_factory=list)
    findings: set[tuple[str, str]] = field(default_factory=set)


class Reading:
    """One mission read from the acts that count."""

    def __init__(self, acts: Sequence[Counts], name: str) -> None:
        self.name, self.told = name, Told()
        self.acts = [one for one in acts if not one.lacks]
        for one in acts:  # 9.5
            if one.lacks and one.text("mission") == name:
                self.find(one, "9.5")

    def find(self, one: Counts, rule: str) -> None:
        self.told.findings.add((one.act.ref, rule))

    def replied(self, one: Counts) -> Counts | None:
        return next((other for other in self.acts if other.id == one.act.replies_to), None)

    def of(self, one: Counts | None) -> str | None:
        if one is None:
            return None
        return one.text("mission") or self.of(self.replied(one))

    def openings(self, kind: str) -> list[Counts]:
        named = [one for one in self.acts if one.kind == kind and one.text("mission") == self.name]
        return [one for one in named if kind != "caveat-force" or one.act.replies_to is None]

    def answers(self, kind: str, effective: Sequence[Counts]) -> list[tuple[Counts, Counts]]:
        # 9.6, 9.7
        found = []
        for one in self.acts:
            if one.kind != kind or (kind in ("caveat-force", "revoke-activity") and one.act.replies_to is None):
                continue
            what = self.replied(one)
            fits = what is not None and what.kind == ANSWERED[kind] and what in effective and one.text("mission") in (None, self.name)
            if what is None or not fits:
                if self.name in (one.text("mission"), self.of(what)):
                    self.find(one, "9.6")
            elif kind in OWN_PARTYS and one.who != what.who:
                self.find(one, "9.7")
            else:
                found.append((one, what))
        return found

    def read(self) -> Told:
        told = self.told
        activation = self.activation()
        if activation is not None:
            told.title, told.currency = activation.text("title") or "", activation.text("currency") or ""
        told.lines = self.lines()
        self.rotations(activation)
        pledged = [one for one in self.openings("pledge-force") if self.capability(one) is not None]
        for one in self.openings("pledge-force"):
            if one not in pledged:
                self.find(one, "9.11")
        taken = [(one, what) for one, what in self.answers("accept-force", pledged) if self.has_line(one, one.text("line"))]
        self.pledges(pledged, [one for one, _ in taken])
        told.accepted = [self.acceptance(one, what) for one, what in taken]
        gaps = [one for one in self.openings("accept-gap") if self.has_line(one, one.text("line"))]
        told.gaps = [AcceptedGap(line=one.text("line") or "", days=self.stated(one), sure=one.sure) for one in gaps]
        self.caveats(pledged)
        self.deployed(pledged)
        self.mandate()
        self.capable()
        return told

    def stated(self, one: Counts) -> DaySpan:
        return DaySpan(one.date("from"), one.date("until"))

    # 9.9
    def activation(self) -> Counts | None:
        every = self.openings("activate-mission")
        for one in every:
            if one.sure is not YES:
                self.find(one, "9.9")
        sure = [one for one in every if one.sure is YES]
        return sure[-1] if sure else None

    def rotations(self, activation: Counts | None) -> None:
        spans = list[tuple[date, date]]()
        if activation is not None:
            first, months = activation.date("from"), activation.some("months", 0) or 1
            assert first is not None
            for n in range(activation.some("rotations", 0)):
                spans.append((months_after(first, months * n), months_after(first, months * (n + 1))))
        elif self.told.lines and not any(None in line.days for line in self.told.lines):
            starts = [line.days.start for line in self.told.lines if line.days.start is not None]
            ends = [line.days.end for line in self.told.lines if line.days.end is not None]
            spans = [(sorted(starts)[0], sorted(ends)[-1])]
        self.told.rotations = [Rotation(name=f"R{n}", days=DaySpan(*span)) for n, span in enumerate(spans, 1)]

    # 9.10
    def lines(self) -> list[Line]:
        stated = self.openings("require-force")
        found = []
        for name in dict.fromkeys(one.text("line") for one in stated):
            chosen: Counts | None = None
            for one in stated:
                if one.text("line") == name:
                    if chosen is not None and chosen.sure is YES and one.sure is not YES:
                        self.find(one, "9.10")
                    else:
                        chosen = one
            assert chosen is not None
            found.append(
                Line(
                    id=name or "",
                    capability=chosen.text("capability") or "",
                    number=chosen.some("number", 0),
                    readiness=chosen.whole("readiness", None),
                    level=chosen.some("level", 0),
                    days=self.stated(chosen),
                    territory=chosen.act.territory[0] if chosen.act.territory else None,
                    tasks=chosen.names("tasks"),
                    command=chosen.text("command"),
                    weight=chosen.some("weight", 1),
                    persons=chosen.some("persons", 0),
                    sure=chosen.sure,
                )
            )
        return found

    def has_line(self, one: Counts, line: str | None) -> bool:
        # 9.13
        if line is not None and any(other.id == line for other in self.told.lines):
            return True
        self.find(one, "9.13")
        return False

    # 9.11
    def capability(self, one: Counts) -> str | None:
        return one.text("capability") or next((line.capability for line in self.told.lines if line.id == one.text("line")), None)

    def pledges(self, pledged: Sequence[Counts], accepted: Sequence[Counts]) -> None:
        visits = self.answers("verify-force", pledged)
        refusals = [one for one, _ in self.answers("refuse-force", pledged)]
        gone = self.answers("withdraw-force", pledged)
        for one in pledged:
            cost = one.whole("cost", None)
            if cost is not None and one.text("currency") is not None and one.text("currency") != self.told.currency:
                self.find(one, "cost")
                cost = None
            claimed = one.some("level", 0)
            pledge = Pledge(
                id=one.act.ref, party=one.who, capability=self.capability(one) or "", number=one.some("number", 1), line=one.text("line"),
                persons=one.some("persons", 0), notice=one.whole("notice", None), level=claimed if claimed < 1 else 1, days=self.stated(one),
                rest=one.some("rest", 0), cost=cost, force=one.text("force") or "", sure=one.sure,
            )  # fmt: skip
            doubts = [one.sure]
            for visit, what in visits:
                if what is one:
                    if visit.sure is YES:
                        pledge = replace(pledge, level=visit.some("level", 0), level_until=visit.date("until"))
                        doubts = [one.sure]
                    else:
                        doubts.append(visit.sure)
            said = [other for other in self.acts if (other in refusals or other in accepted) and self.replied(other) is one]
            sure = [other for other in said if other.sure is YES]
            refused = bool(sure) and sure[-1].kind == "refuse-force"
            after = said[said.index(sure[-1]) + 1 :] if sure else said
            against = [other.sure for other in after if (other.kind == "refuse-force") is not refused]
            pledge = replace(pledge, refused=refused and not against, sure=as_doubtful(doubts + against))
            self.told.pledges += self.withdrawn(pledge, [end_by(back, back.act.meant) for back, what in gone if what is one])

    def withdrawn(self, pledge: Pledge, ends: list[End]) -> list[Pledge]:
        if not ends:
            return [pledge]
        surely = min((end.last for end in ends if end.last is not None), default=None)
        firsts = [end.first for end in ends if end.first is not None]
        can = min(firsts) if len(firsts) == len(ends) else None
        found = [] if can is not None and can == surely else [replace(pledge, withdrawn=surely, sure=doubt(pledge.sure, ends))]
        return found if can is None else [*found, replace(pledge, withdrawn=can)]

    # 9.12
    def caveats(self, pledged: Sequence[Counts]) -> None:
        on_one = {one.id: what for one, what in self.answers("caveat-force", pledged)}
        placed = [one for one in self.acts if one.id in on_one or one in self.openings("caveat-force")]
        lifted = self.answers("lift-caveat", placed)
        for one in placed:
            what = on_one.get(one.id)
            tasks, commands = one.names("tasks"), one.names("commands")
            key = (one.act.ref, one.who, what and what.act.ref, tasks, frozenset(one.act.territory), commands, one.whole("longest", None))
            ends = [*until(one), *(end_by(lift, lift.act.meant) for lift, of in lifted if of is one)]
            self.told.caveats.append((key, asker(from_days(one, None), one.sure, ends)))

    # 9.13
    def acceptance(self, one: Counts, what: Counts) -> Acceptance:
        number = one.some("number", what.some("number", 1))
        return Acceptance(pledge=what.act.ref, line=one.text("line") or "", number=number, days=self.stated(one), sure=one.sure)

    def deployed(self, pledged: Sequence[Counts]) -> None:
        sent = [(one, what, one.text("line") or what.text("line")) for one, what in self.answers("deploy-force", pledged)]
        sent = [(one, what, line) for one, what, line in sent if self.has_line(one, line)]
        home = self.answers("return-force", [one for one, _, _ in sent])
        for one, what, line in sent:
            ends = [*until(one), *(end_by(back, back.act.meant) for back, of in home if of is one)]
            self.told.deployed.append(((what.act.ref, line, one.some("number", 1)), asker(from_days(one, one.act.meant), one.sure, ends)))

    # 9.14
    def mandate(self) -> None:
        given = self.openings("mandate")
        own = [(back, one) for back, one in self.answers("revoke-activity", given)]
        for one in given:
            back = [
                other
                for other in self.acts
                if (other, one) in own or (other.kind == "revoke-activity" and other.act.replies_to is None and other.who == one.who)
            ]
            begin = leave_from(one)
            back = [other for other in back if (when := leave_from(other)) is None or begin is None or when.last >= begin.first]
            ends = [(end_by(other, leave_from(other)), other) for other in back]
            limit = one.date("until")
            able = [(end, other) for end, other in ends if end.first is None or limit is None or end.first < limit]
            able.sort(key=lambda two: "" if two[0].first is None else str(two[0].first))  # those of one day stay in the order of the acts
            revoked = able[0][1].act.ref if able else None
            self.told.mandates.append((one.act.ref, revoked))
            whole = [*until(one), *(end for end, _ in ends)]
            self.told.mandate = self.told.mandate or []
            self.told.mandate.append(((one.act.ref, revoked or ""), asker(from_days(one, begin), one.sure, whole)))

    # 9.15
    def capable(self) -> None:
        wanted = [line.capability for line in self.told.lines]
        found = list[Capable]()
        for one in self.acts:
            elsewhere = one.text("mission")
            if (
                one.kind == "pledge-force"
                and one.sure is YES
                and elsewhere is not None
                and elsewhere != self.name
                and one.text("capability") in wanted
            ):
                sent = any(other.kind == "deploy-force" and other.sure is YES and self.replied(other) is one for other in self.acts)
                found.append(Capable(one.who, one.text("capability") or "", f"{'deployed' if sent else 'pledged'} to {elsewhere}"))
        for one in self.acts:
            if one.kind == "take-part" and one.sure is YES:
                for purpose in one.act.listed("purposes"):
                    if purpose in wanted:
                        found.append(Capable(one.who, purpose, f"trained in {one.text('activity') or one.act.ref}"))
        self.told.capable = list(dict.fromkeys(found))


def leave_from(one: Counts) -> Moment | None:
    return next((m for m in (one.act.effect, one.act.received, one.act.made, one.act.notified) if m is not None), None)


def asker(begins: Days, sure: Verdict, ends: list[End]) -> Callable[[date], Verdict | None]:
    return lambda day: there(begins, sure, ends, day)


def missions(acts: Sequence[Counts]) -> list[str]:
    # 9.6
    return sorted({one.text("mission") or "" for one in acts if not one.lacks} - {""})


def mission(acts: Sequence[Counts], name: str) -> Told:
    return Reading(acts, name).read()
