"""May what bears a label leave for a partner on a day? A slow, literal second reading of docs/explanation/how-exchange-works.md, 2.6 and 3.

Whether a release is allowed is asked of the slow readings of permissions and of standing; nothing is shared with ``comity.exchange``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from comity.acts import Act
from comity.agreements import Agreement
from comity.permissions.lines import Lines, Membership, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Ladder, Verdict
from oracles import lines as line_by_line
from oracles import releases
from oracles.record import Record, corrected
from oracles.standing import between, bound

YES, NO = Verdict.YES, Verdict.NO
NOTHING = ("UNCLASSIFIED", "UNMARKED")
"""Names of levels that are no classification (permissions, section 2)."""
CONSENTS, PARTNERS = ("consent-release", "revoke-release"), ("admit-partner", "dismiss-partner")


class Key(NamedTuple):
    """2.6: what is asked of a label. ``closed``: it is open to nobody. ``limited``: without addressees to the originator alone."""

    originator: str
    policy: str | None = None
    level: str = "UNCLASSIFIED"
    categories: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    limited: bool = True
    closed: bool = False


class Vouched(NamedTuple):
    """3.4: what the keeper vouches for of a partner: ``cleared`` up to a level of a policy, purposes, briefings into categories."""

    cleared: tuple[tuple[str, str], ...] = ()
    purposes: tuple[str, ...] = ()
    briefed: tuple[str, ...] = ()


class Ruling(NamedTuple):
    """``basis``: the agreements on which it rests. ``outcome`` and ``rule``: the first refusal, blank where there is none."""

    opens: bool
    basis: tuple[str, ...] = ()
    outcome: str = ""
    rule: str = ""


@dataclass
class Law:
    """What a record allows one keeper. What was known counts as of the end of the day asked about."""

    record: Record
    ladders: Sequence[Ladder]
    keeper: str

    def __post_init__(self) -> None:
        self._between: dict[tuple[str, str, str, date], Verdict] = {}
        self._bound: dict[tuple[str, str, date], Verdict] = {}
        self._lines: dict[tuple[str, str, date], list[ReleaseLine]] = {}
        self._consents: dict[tuple[str, date], list[ReleaseConsent]] = {}
        self._acts: dict[date, list[tuple[Act, bool]]] = {}
        self._ruled: dict[tuple[Key, str, date], Ruling] = {}

    # -- 3: the gate

    def rule_class(self, keys: Iterable[Key], partner: str, day: date) -> Ruling:
        """3.5: it opens if every key does."""
        basis: set[str] = set()
        for key in sorted(keys, key=repr):
            ruled = self.rule(key, partner, day)
            if not ruled.opens:
                return ruled
            basis |= set(ruled.basis)
        return Ruling(True, tuple(sorted(basis)))

    def rule(self, key: Key, partner: str, day: date) -> Ruling:
        """3.1 to 3.4, for one key."""
        if (key, partner, day) not in self._ruled:
            self._ruled[key, partner, day] = self._rule(key, partner, day)
        return self._ruled[key, partner, day]

    def _rule(self, key: Key, partner: str, day: date) -> Ruling:
        if partner == key.originator:
            return Ruling(True)
        if key.closed:
            return Ruling(False, (), "marking unknown")
        vouched = self.vouched(partner, day)
        refused = Ruling(False)
        for purpose in (*vouched.purposes, None):
            refused = self._for_purpose(key, partner, day, purpose, vouched)
            if refused.opens:
                return refused
        return refused

    def _for_purpose(self, key: Key, partner: str, day: date, purpose: str | None, vouched: Vouched) -> Ruling:
        asked = self.asked(key, partner, day, purpose)
        if asked is None:
            return Ruling(False, (), str(Outcome.UNKNOWN), "not on record")
        lines = self.lines(key, asked, day)
        outcome = releases.may_release(asked, lines)
        if outcome is not Outcome.ALLOWED:
            return Ruling(False, (), str(outcome), releases.failed(asked, lines))
        ways = [line for sure, line in releases.ways_of(asked, lines) if sure is YES]
        told = min(ways, key=lambda line: _told(line, purpose))
        if told is None:
            return Ruling(True, self._membership(asked, lines))
        lacking = self._lacking(told, asked, vouched)
        if lacking:
            return Ruling(False, (), "not vouched for", lacking)
        return Ruling(True, (told.agreement, *(a for a in self._membership(asked, lines) if a != told.agreement)))

    def _lacking(self, line: ReleaseLine, asked: ReleaseAsked, vouched: Vouched) -> str:
        """3.4: what the line asks for and nobody vouches for."""
        if line.cleared:
            ladder = self.ladder(line.policy)
            assert ladder is not None
            up_to = [level.rank for policy, name in vouched.cleared if policy == line.policy for level in ladder.levels if level.is_called(name)]
            if not any(rank >= ladder.level(line.level).rank for rank in up_to):
                return "clearance"
        if line.purposes and asked.purpose is None and not any(purpose in line.purposes for purpose in vouched.purposes):
            return "purpose"
        return "briefing" if any(category not in vouched.briefed for category in asked.categories) else ""

    def _membership(self, asked: ReleaseAsked, lines: Lines) -> tuple[str, ...]:
        """The constituent agreement by which the partner is among the addressees, where it is not one itself."""
        if not asked.releasable or asked.taker in asked.releasable:
            return ()
        for group in sorted(asked.releasable):
            if releases.belongs(group, asked.taker, asked.day, lines.memberships) is YES:
                return (self.record.register.parties[group].constituent or "",)
        return ()

    def vouched(self, partner: str, day: date) -> Vouched:
        """3.4: by the keeper's latest act about the partner, unless that dismissed it or is denied."""
        said = [(act, sure) for act, sure in self.acts(day) if act.kind in PARTNERS and act.actor == self.keeper and partner in act.counterparty]
        come = [(_from(act), act.kind == "dismiss-partner", sure, act) for act, sure in said if _from(act) <= day]
        if not come:
            return Vouched()
        _, dismissed, sure, act = max(come, key=lambda one: one[:2])
        if dismissed or not sure:
            return Vouched()
        cleared = [tuple(text.split(":", 1)) for text in act.listed("cleared")]
        return Vouched(tuple((policy, level) for policy, level in cleared), act.listed("purposes"), act.listed("briefed"))

    # -- the question of release, in the words of the record (permissions, section 2)

    def asked(self, key: Key, partner: str, day: date, purpose: str | None) -> ReleaseAsked | None:
        """The question about a key; None where its policy, level or a party stands on no record."""
        known = self.record.register.parties
        if any(code not in known for code in (*key.releasable_to, key.originator, partner)):
            return None
        ladder = self.ladder(key.policy)
        if key.policy is not None and ladder is None:
            return None
        nothing = key.level.strip().upper() in NOTHING
        found = [level for level in ladder.levels if level.is_called(key.level)] if ladder is not None else []
        if not nothing and not found:
            return None
        effects = {None if caveat is None else caveat.effect for caveat in (ladder.caveat(name) if ladder else None for name in key.caveats)}
        special = frozenset(name for name in (self._special(ladder, category) for category in key.categories) if name)
        releasable = frozenset(key.releasable_to) or (frozenset({key.originator}) if key.limited else frozenset())
        return ReleaseAsked(
            self.keeper, partner, ladder.policy if ladder else "", key.level if nothing else found[0].name, key.originator, day.toordinal(),
            special, releasable, purpose, "national" in effects, "originator" in effects, None in effects, nothing or found[0].rank == 0,
        )  # fmt: skip

    @staticmethod
    def _special(ladder: Ladder | None, name: str) -> str:
        category = None if ladder is None else ladder.category(name)
        if category is None:
            return name
        return category.name if category.type == "restrictive" else ""

    def ladder(self, policy: str | None) -> Ladder | None:
        return next((ladder for ladder in self.ladders if ladder.policy == policy), None)

    # -- what it is put to

    def lines(self, key: Key, asked: ReleaseAsked, day: date) -> Lines:
        """The lines, consents and memberships of the day."""
        found = list(self._of_giver(self.keeper, asked.taker, day))
        if key.originator != self.keeper:
            found += self._of_giver(key.originator, asked.taker, day)
        start, end = asked.day, asked.day + 1
        members = []
        for group in asked.releasable:
            constituent = self.record.register.parties[group].constituent
            if constituent is not None:
                members.append(Membership(group, asked.taker, start, end, self.bound(asked.taker, constituent, day)))
        for agreement in sorted({line.agreement for line in found if line.opens}):
            members.append(Membership(agreement, key.originator, start, end, self.bound(key.originator, agreement, day)))
        return Lines(tuple(found), tuple(self._of_originator(key.originator, day)), tuple(members))

    def _of_giver(self, giver: str, taker: str, day: date) -> list[ReleaseLine]:
        if (giver, taker, day) not in self._lines:
            owners = {ladder.policy: ladder.owner for ladder in self.ladders}
            agreements = self._agreements(day)
            lines = line_by_line.release_lines(agreements, self.ladders, giver, taker, lambda a, b, name: self.between(a, b, name, day))
            start = day.toordinal()
            self._lines[giver, taker, day] = [
                ReleaseLine(agreement, clause, giver, taker, policy, level, owners[policy], under, as_, start, start + 1, verdict, *more)
                for agreement, clause, policy, level, under, as_, verdict, *more in lines
            ]
        return self._lines[giver, taker, day]

    def _agreements(self, day: date) -> list[Agreement]:
        return sorted(self.record.view(day, None).agreements.values(), key=lambda agreement: agreement.id)

    def _of_originator(self, originator: str, day: date) -> list[ReleaseConsent]:
        if (originator, day) not in self._consents:
            acts = [(act, sure) for act, sure in self.acts(day) if act.kind in CONSENTS]
            start = day.toordinal()
            self._consents[originator, day] = [
                ReleaseConsent(originator, holders, takers, policy, levels, categories, item, start, start + 1, verdict, ref)
                for ref, holders, takers, policy, levels, categories, item, verdict in line_by_line.release_consents(
                    acts, self.ladders, originator, day
                )
            ]
        return self._consents[originator, day]

    def acts(self, day: date) -> list[tuple[Act, bool]]:
        """Every act of consent or about a partner that was known by the end of the day; and whether nobody denies it."""
        if day not in self._acts:
            kept = corrected([entry for entry in self.record.entries if entry.recorded <= day])
            denied = {item.act.replies_to for item in kept if item.act.kind == "deny" and item.moments()}
            self._acts[day] = [(item.act, not denied & {item.id, item.act.ref}) for item in kept if item.act.kind in (*CONSENTS, *PARTNERS)]
        return self._acts[day]

    def between(self, a: str, b: str, agreement: str, day: date) -> Verdict:
        one, other = sorted((a, b))
        if (one, other, agreement, day) not in self._between:
            self._between[one, other, agreement, day] = between(self.record, one, other, agreement, day, day, None)[0]
        return self._between[one, other, agreement, day]

    def bound(self, party: str, agreement: str, day: date) -> Verdict:
        if (party, agreement, day) not in self._bound:
            self._bound[party, agreement, day] = bound(self.record, party, agreement, day, day, None)[0]
        return self._bound[party, agreement, day]


def _told(line: ReleaseLine | None, purpose: str | None) -> tuple[bool, bool, str, int]:
    """Permissions, 4.6: the line that leaves least to be filled in, then the first."""
    return (False, False, "", 0) if line is None else (purpose is None and bool(line.purposes), line.cleared, line.agreement, line.clause)


def _from(act: Act) -> date:
    moment = act.effect or act.received or act.made
    return date.max if moment is None else moment.last
