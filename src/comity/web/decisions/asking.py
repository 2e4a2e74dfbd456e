"""Which decisions a reader may see, and what each of them comes to at the instant asked about: kept where it is asked about a day."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.decisions import DECISION_KINDS, CountingOnRecord, Decision, decision_strays, decisions_of, proposals_on_record, waiting
from comity.procedures import kept_acts
from comity.standing import Standing
from comity.terms import Finding, NotOnRecord, parse_moment
from comity.web.asking import Asked
from comity.web.decisions.instants import Deadline, When, deadline, instant_of
from comity.web.telling import told


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in the list: when what runs ends, and who may or is asked to answer by then."""

    decision: Decision
    ends: Deadline | None
    waits: tuple[tuple[str, datetime | None, tuple[str, ...]], ...]

    @property
    def ref(self) -> str:
        return self.decision.proposal.ref

    @property
    def body(self) -> str:
        return body_of(self.decision)

    @property
    def states(self) -> list[str]:
        return states_of(self.decision)

    @property
    def who(self) -> list[str]:
        """Whose answer is awaited, or may still be given."""
        return list(dict.fromkeys(who for _what, _until, listed in self.waits for who in listed))

    @property
    def open(self) -> bool:
        """Can something still change it?"""
        return is_open(self.decision)


def every_decision(when: When) -> list[Decision]:
    """Every proposal that is there at the instant, by reference."""
    this, at = when.this, when.at
    if at is None:
        return this.ask("decisions", lambda standing: decisions_of(standing, _counting(this)))
    lately: Lately = this.ask("decisions lately", lambda standing: Lately(turns_of(standing)))
    if when.live and (found := lately.found_at(at)) is not None:
        return found
    found = this.fold.ask(
        this.on, ("decisions", at), lambda standing: decisions_of(standing, _counting(this), at), record=this.record, keep=False
    )  # fmt: skip
    if when.live:
        lately.kept = at, found
    return found


class Lately:
    """What decisions came to when they were last asked about as of now: it holds until something turns.

    Nothing turns between two instants unless an act or a deadline is of one in between, a silence or a vote ends there, or a day of some zone
    does, and days begin at full quarters of an hour.
    """

    def __init__(self, turns: Sequence[datetime]) -> None:
        self.turns = turns
        self.kept: tuple[datetime, list[Decision]] | None = None

    def found_at(self, at: datetime) -> list[Decision] | None:
        """The same at a later instant; None: something may have turned since."""
        if self.kept is None:
            return None
        then, found = self.kept
        ends = (stand.until for one in found for stand in one.stands if stand.until is not None)
        if not then <= at or _quarter(then) != _quarter(at) or any(then < turn <= at for turn in (*self.turns, *ends)):
            return None
        return [replace(one, at=at) for one in found]


def _quarter(at: datetime) -> int:
    return int(at.timestamp()) // 900


def turns_of(standing: Standing) -> list[datetime]:
    """The instants of all acts about decisions, and of the deadlines that they set."""
    found = set[datetime]()
    for one in kept_acts(standing, DECISION_KINDS):
        act = one.act
        texts = (act.details.get(name) for name in ("silence_until", "until", "vote_by", "lapses"))
        moments = [act.made, act.received, act.notified, act.effect, *(parse_moment(text) for text in texts if text)]
        found.update(moment.instant for moment in moments if moment is not None and moment.instant is not None)
    return sorted(found)


def _counting(this: Asked) -> CountingOnRecord:
    """The electorates looked at so far."""
    return this.ask("electorates", CountingOnRecord)


def strays_of(this: Asked) -> tuple[Finding, ...]:
    """Acts about decisions that lead to none."""
    return this.ask("decision strays", decision_strays)


def decision_named(when: When, ref: str) -> Decision:
    """The proposal of that reference; NotOnRecord where it is not there at the instant, or the reader may not see it."""
    found = next((one for one in every_decision(when) if one.proposal.ref == ref), None)
    if found is None:
        there = [act.ref for act in when.this.ask("proposals", proposals_on_record)]
        near = difflib.get_close_matches(ref, [other for other in there if other != ref], n=3, cutoff=0.6)
        if ref in there:
            message = _("the proposal %(named)s was not made yet at that time; ask as of a later day")
            raise NotOnRecord(told(message, named=repr(ref)))
        if near:
            raise NotOnRecord(told(_("no proposal %(named)s is on record; did you mean %(near)s?"), named=repr(ref), near=", ".join(near)))
        raise NotOnRecord(told(_("no proposal %(named)s is on record; look it up under Decisions"), named=repr(ref)))
    return found


def line_of(when: When, one: Decision) -> Line:
    """A proposal as the list has it."""
    return Line(one, deadline(ends_of(one), one.zone, instant_of(when, one.zone)), tuple(waiting(one)))


def ends_of(one: Decision) -> datetime | None:
    """When the silence or the vote that runs ends, the first that it can."""
    return min((stand.until for stand in one.stands if stand.until is not None), default=None)


def body_of(one: Decision) -> str:
    """Which body decides; blank where the rule is not on record."""
    return "" if one.rule is None else one.rule.body


def states_of(one: Decision) -> list[str]:
    """The states that it can be in."""
    return list(dict.fromkeys(str(stand.state) for stand in one.stands))


def is_open(one: Decision) -> bool:
    """Can something still change it, in some reading?"""
    return any(not stand.state.final for stand in one.stands)


def line_to_plain(line: Line) -> dict[str, Any]:
    """A proposal of the list as plain data."""
    one, proposal = line.decision, line.decision.proposal
    return {
        "ref": line.ref,
        "subject": one.subject or None,
        "body": line.body or None,
        "rule": one.rule_name,
        "states": line.states,
        "verdict": str(one.verdict),
        "until": None if line.ends is None else line.ends.iso,
        "day": None if line.ends is None else line.ends.at.astimezone(UTC).date().isoformat(),
        "zone": one.zone,
        "proposed_by": proposal.attributed_to,
        "proposed": None if proposal.done is None else proposal.done.written,
        "awaited": line.who,
    }


def in_order(lines: Sequence[Line]) -> list[Line]:
    """What ends soonest first, then what is open without an end, then what is over, the latest first."""
    over = sorted((one for one in lines if not one.open), key=lambda one: (_proposed(one), one.ref), reverse=True)
    going = sorted((one for one in lines if one.open), key=lambda one: (one.ends is None, "" if one.ends is None else one.ends.iso, one.ref))
    return [*going, *over]


def _proposed(line: Line) -> str:
    done = line.decision.proposal.done
    return "" if done is None else f"{done.instant or done.first}"
