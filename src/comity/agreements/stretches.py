"""From consent to exit: the stretches of one legal person, walked through its acts in the order of their days.

A legal person may bear several codes one after the other (SUN, then RUS): its *line*. The walk is one small state
machine: nothing, an open stretch, an open stretch with a notice pending.

Source: VCLT 11 to 18, 54 to 56, 65 to 68; 1978 Convention, 22 to 24, 34; how-standing-is-derived.md, sections 3 and 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from comity.acts import CONSENT
from comity.agreements.claims import Claim
from comity.agreements.clauses import Withdrawal
from comity.agreements.course import Cause, Line, Link, Stretch
from comity.agreements.days import BEGIN, EVER, Day, Days, clip, contains, union
from comity.agreements.deeds import Deed, rank
from comity.agreements.docket import Docket
from comity.agreements.ends import party_ends
from comity.agreements.entry import Entries
from comity.agreements.exits import Exit, exit_at_renewal, exit_by_notice
from comity.agreements.joining import Joining, later_joiners
from comity.parties import Succession
from comity.terms import Reading

_OF_ONES_PART = frozenset((*CONSENT, "sign", "withdraw-consent", "denounce", "revoke-denunciation", "suspend-denunciation", "object-renewal"))
"""The kinds of act by which one's own part in an agreement begins or ends."""


@dataclass(slots=True)
class Walk:
    """What the acts of one legal person come to: its stretches, signatures, and periods of suspended succession."""

    line: Line
    stretches: list[Stretch] = field(default_factory=list)
    signed: Days = field(default_factory=list)
    signed_as: dict[str, Days] = field(default_factory=dict)
    dormant: list[tuple[Day, Day, Cause]] = field(default_factory=list)
    agreement_ends: list[Exit] = field(default_factory=list)


class Held(NamedTuple):
    """What a predecessor held on the day before a succession."""

    consented: bool
    bound: bool
    signed: bool


class Walker:
    """Walks every line of a docket once; predecessors before successors."""

    def __init__(self, docket: Docket, entries: Entries, base: Day | None, claims: Sequence[Claim]) -> None:
        self.docket, self.entries, self.base, self.claims = docket, entries, base, claims
        self.joinings = later_joiners(docket, docket.agreement.amends) if docket.agreement.amends else []
        self._signatures = docket.signatory_days()
        self._walks: dict[Line, Walk] = {}
        self.signature_passed: set[str] = set()
        self.successions = False

    def walk(self, line: Line) -> Walk:
        if line not in self._walks:
            self._walks[line] = walk = Walk(line)
            self._signed(walk)
            _Machine(self, walk).run()
        return self._walks[line]

    def held_by(self, succession: Succession, heir: Walk) -> Held:
        """What the predecessor held on the day before, as the round before found."""
        self.successions = True
        day, line = succession.on.toordinal() - 1, self.docket.line_of(succession.predecessor)
        own = line == heir.line
        signed = contains((heir if own else self.walk(line)).signed, day)
        found = [self.docket.last_round.held_on(link.code, day) for link in line]
        return Held(any(consented for consented, _ in found), any(bound for _, bound in found), signed)

    def walks(self) -> list[Walk]:
        """Every line walked so far."""
        return list(self._walks.values())

    def _signed(self, walk: Walk) -> None:
        end = walk.line[-1].end
        for link in walk.line:
            if link.code in self._signatures:
                walk.signed = clip(union(walk.signed, self._signatures[link.code]), BEGIN, end)
            walk.signed_as[link.code] = walk.signed


class _Machine:
    """The state machine of one line."""

    def __init__(self, walker: Walker, walk: Walk) -> None:
        self.walker, self.walk = walker, walk
        self.docket, self.entries = walker.docket, walker.entries
        self.codes = {link.code for link in walk.line}
        self.born = {link.code: link.start for link in walk.line}
        self.claims = [c for c in walker.claims if c.party in self.codes and c.day >= self.born[c.party]]
        self.joinings = [j for j in walker.joinings if j.party in self.codes and j.day >= self.born[j.party]]
        self.open: Stretch | None = None
        self.pending: list[Exit] = []
        self.answered = False  # a notice was suspended, and that was read as a revocation
        self.held: list[str] = []  # notices whose effect their author suspended, under the reading that they take effect

    def run(self) -> None:
        end = self.walk.line[-1].end
        self._advance(end)  # what is done in the name of one that has ended has no effect
        if self.open is not None:
            self.walk.stretches.append(self.open)
        if end < EVER:
            self.walk.stretches = [s._replace(end=min(s.end, end), ended=_told_end(s, end)) for s in self.walk.stretches]

    def _advance(self, end: Day) -> None:
        """Take all that happens before ``end``."""
        events: list[tuple[Day, Link | Claim | Deed | Joining]] = [(link.start, link) for link in self.walk.line[1:]]
        events += [(claim.day, claim) for claim in self.claims]
        events += self._events()
        events += [(joining.day, joining) for joining in self.joinings]
        events.sort(key=lambda event: event[0])  # what falls on one day stays in this order
        for day, what in events:
            if day >= end:
                break
            self._pass(day)
            if isinstance(what, Deed):
                self._take(day, what)
            elif isinstance(what, Claim):
                self._claimed(what)
            elif isinstance(what, Joining):
                self._join(what)
            else:
                self._bring_in(day, what)
        self._pass(end - 1)

    def _bring_in(self, day: Day, link: Link) -> None:
        """On the day a new code takes the person on: what that code's own acts had given it, if the person has nothing."""
        if self.open is None:
            own = _Machine(self.walker, Walk(self.docket.line_of(link.code, continuous=False)))
            own._advance(day)
            self.open, self.pending, self.held = own.open and own.open._replace(since=day), own.pending, own.held

    def _claimed(self, claim: Claim) -> None:
        """On the day that a depositary claims for the start, or the end, of the person's part."""
        if claim.ends:
            if self.open is not None and self.open.start < claim.day:
                self._close(claim.day, claim.cause)
        elif self.open is None:
            self.open = Stretch(claim.day, claim.day, EVER, claim.cause, claim.cause, None)
        elif self.open.start > claim.day:
            self.open = self.open._replace(start=claim.day, started=claim.cause)

    def _join(self, joining: Joining) -> None:
        """On the day on which the amended agreement binds the person: whoever has a stretch open here starts, at the latest."""
        if self.open is None:
            self.open = Stretch(joining.day, joining.day, joining.until, joining.cause, joining.cause, joining.ended)
        elif self.open.start > joining.day:
            self.open = self.open._replace(start=joining.day, started=joining.cause)

    def _open(self, stretch: Stretch) -> None:
        """A stretch opens: it starts on its own day, or where a claim about it says so, on the claimed one."""
        claim = next((c for c in self.claims if not c.ends and c.about == stretch.consented), None)
        self.open = stretch if claim is None else stretch._replace(start=claim.day, started=claim.cause)

    def _kept_until(self, stretch: Stretch) -> Day:
        """The day until which a claim keeps the stretch from being ended by a notice or an expulsion."""
        return next((c.day for c in self.claims if c.ends and c.about == stretch.consented), BEGIN)

    def _events(self) -> list[tuple[Day, Deed]]:
        events: list[tuple[Day, int, str, Deed]] = []
        for deed in (d for code in self.codes for d in self.docket.by(code) if d.kind in _OF_ONES_PART):
            day = self._event_day(deed)
            if day is not None and day >= self.born[deed.actor]:  # what a code did before it bore this person is its own line's affair
                events.append((day, rank(deed.kind), deed.ref, deed))
        for deed in self.docket.of_kind("expel"):
            if self.codes & set(deed.act.counterparty) and self._may_expel(deed.actor):
                events.append((deed.takes_effect, rank(deed.kind), deed.ref, deed))
        events.sort(key=lambda e: e[:3])
        return [(day, deed) for day, _, _, deed in events]

    def _event_day(self, deed: Deed) -> Day | None:
        if deed.kind == "denounce":
            withdrawal = self.docket.clause(Withdrawal)
            return deed.on(withdrawal.date) if withdrawal is not None else deed.received
        if deed.kind == "succeed":
            return self._succession_day(deed)
        if self.docket.expresses_consent(deed):
            return self.docket.consent_day(deed)
        return deed.received

    def _pass(self, day: Day) -> None:
        """Let come what is due by that day: a pending notice takes effect, a part that hangs on the amended agreement ends with it."""
        if self.open is None:
            return
        due = min(self.pending, key=lambda e: e.day, default=None)
        if due is not None and due.day <= min(day, self.open.end):
            if due.ends_agreement:
                self.walk.agreement_ends.append(due)
            if due.day >= self._kept_until(self.open):
                self._close(due.day, due.cause)
            else:
                self.pending = [e for e in self.pending if e is not due]
        if self.open is not None and self.open.end <= day:
            self._close(self.open.end, self.open.ended)

    def _take(self, day: Day, deed: Deed) -> None:
        kind = deed.kind
        if kind == "succeed":
            self._succeed(day, deed)
        elif self.docket.expresses_consent(deed):
            self._consent(day, deed)
        elif kind == "withdraw-consent":
            self._take_back(day, deed)
        elif kind == "denounce":
            self._denounce(day, deed)
        elif kind == "revoke-denunciation":
            self._revoke(day, deed)
        elif kind == "suspend-denunciation":
            self._hold(day, deed)
        elif kind == "object-renewal":
            self._object_renewal(day, deed)
        elif kind == "expel" and self.open is not None and day >= self._kept_until(self.open):
            self._close(day, Cause("expulsion", None, (deed,), (day,)))

    # -- consent

    def _consent(self, day: Day, deed: Deed) -> None:
        self._end_before(day)
        if self.open is not None:
            return
        start, cause = self.entries.start(deed.actor, day, deed.kind)
        self._open(Stretch(day, start, EVER, Cause("consent", self.docket.consent, (deed,), (day,)), cause, None))

    def _end_before(self, day: Day) -> None:
        """Has what no act of its own brings about (a term not prolonged, the end of its part elsewhere) ended the open stretch?"""
        if self.open is not None:
            code = self.open.consented_as(self.codes, self.walk.line[0].code)
            ends = party_ends(self.docket, code, self.open.consented, self.walker.base)
            end, cause = min(ends, key=lambda e: e[0], default=(EVER, None))
            if end <= day:
                self._close(end, cause)

    def _held(self, deed: Deed) -> Held:
        """What the predecessor that a notification of succession speaks of held on the day before."""
        succession = self.docket.succession_of(deed)
        return Held(False, False, False) if succession is None else self.walker.held_by(succession, self.walk)

    def _succession_day(self, deed: Deed) -> Day | None:
        succession, notified = self.docket.succession_of(deed), self.docket.succession_notified(deed)
        if deed.act.details.get("to") == "signature":
            return notified
        held = self._held(deed)
        if succession is not None and held.bound:
            return succession.on.toordinal()
        if held.consented:
            return notified
        if held.signed:
            self.walker.signature_passed.add(deed.ref)
            return notified
        return self.docket.accession_day(deed.actor, notified)

    def _succeed(self, day: Day, deed: Deed) -> None:
        if self.open is not None or deed.act.details.get("to") == "signature" or deed.ref in self.walker.signature_passed:
            return
        succession, held = self.docket.succession_of(deed), self._held(deed)
        opened = Cause("succession", None, (deed,), (day,), says=succession.how if succession else "")
        if held.consented:
            start, cause = self.entries.start_of_successor(deed.actor, day)
            notified = self.docket.succession_notified(deed)
            if held.bound and succession is not None and succession.how == "decolonised":
                self.walk.dormant.append((start, notified, opened))
        else:
            start, cause = self.entries.start(deed.actor, day, "accede")
            self.docket.world.find(
                "succession-without-predecessor",
                f"{deed.actor} succeeds, but no predecessor's standing is on record; read as an accession on receipt",
                deed.ref,
                self.docket.agreement.id,
                "1978 Convention, 17",
            )
        self._open(Stretch(day, start, EVER, opened, cause, None))

    # -- taking back, leaving

    def _take_back(self, day: Day, deed: Deed) -> None:
        if self.open is None:
            return
        if day < self.open.start:
            self._close(day, Cause("consent-withdrawn", None, (deed,), (day,)))
        else:
            self.docket.world.find(
                "withdrawn-too-late", f"{deed.actor} took its consent back when it was already bound: no effect", deed.ref, self.docket.agreement.id
            )

    def _denounce(self, day: Day, deed: Deed) -> None:
        if self.open is None:
            self.docket.world.find(
                "notice-by-non-party", f"{deed.actor} gave notice of withdrawal without being bound", deed.ref, self.docket.agreement.id, "VCLT 54"
            )
            return
        if day < self.open.start:
            self._close(day, Cause("consent-withdrawn", None, (deed,), (day,)))
            return
        base = self.walker.base
        found = exit_by_notice(self.docket, deed, deed.actor, self.open.start if base is None else base)
        if found is not None:
            self.pending.append(found)
            self._pass(day)

    def _may_expel(self, actor: str) -> bool:
        party = self.docket.register.parties.get(actor)
        return actor in self.docket.agreement.depositary or (party is not None and party.kind == "organ")

    def _meant(self, deed: Deed) -> list[Exit]:
        """The pending notices that an act about a notice is about: the one it replies to, else all."""
        reply = deed.act.replies_to
        return [e for e in self.pending if reply is None or e.cause.deeds[0].act.hash == reply]

    def _revoke(self, day: Day, deed: Deed) -> None:
        meant = self._meant(deed)
        if meant:
            assert self.open is not None  # a notice is pending on an open stretch
            self.pending = [e for e in self.pending if e not in meant]
            cause = Cause(
                "revocable-notice", None, (meant[0].cause.deeds[0], deed), (day,), "a notice that was taken back before it took effect has none"
            )
            self.open = self.open._replace(besides=(*self.open.besides, cause))
        elif self.held and self.open is None:
            cause = Cause("revocable-notice", None, (deed,), (day,))
            self.open = Stretch(day, day, EVER, cause, cause, None)
        else:
            self._told_too_late(deed)
        self.held = []

    def _told_too_late(self, deed: Deed) -> None:
        if not self.answered:
            self.docket.world.find(
                "revoked-too-late",
                f"{deed.actor} revoked a notice that had taken effect, or none was pending: no effect",
                deed.ref,
                self.docket.agreement.id,
                "VCLT 68",
            )

    def _hold(self, day: Day, deed: Deed) -> None:
        meant = self._meant(deed)
        if not meant:
            return
        readings = (
            Reading("read as a revocation: the notice never takes effect", deed.actor, deed.act.source.citation),
            Reading("only a revocation stops a notice: it takes effect on its day", "VCLT 68, strictly read", "VCLT 68"),
        )
        if self.docket.world.choose(f"notice-suspended:{deed.ref}", readings, deed.ref) == 0:
            self.pending = [e for e in self.pending if e not in meant]
            self.answered = True
        else:
            self.held = [e.cause.deeds[0].ref for e in meant]

    def _object_renewal(self, day: Day, deed: Deed) -> None:
        base = self.walker.base
        if self.open is None or base is None or day < self.open.start:
            return
        found = exit_at_renewal(self.docket, deed, base)
        if found is not None:
            self.pending.append(found)
            self._pass(day)

    def _close(self, day: Day, cause: Cause | None) -> None:
        assert self.open is not None
        self.walk.stretches.append(self.open._replace(end=day, ended=cause))
        self.open = None
        self.pending = []


def _told_end(stretch: Stretch, end: Day) -> Cause | None:
    """What ended the stretch: at the latest, the end of its person."""
    return stretch.ended if stretch.end <= end else Cause("extinction", days=(end,))
