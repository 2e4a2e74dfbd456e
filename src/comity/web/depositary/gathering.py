"""What the record holds of one agreement for its depositary: acts as last corrected, and what answers what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from comity.acts import CONSENT, Act
from comity.agreements import Agreement, Clause
from comity.agreements.clauses import Dependence
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.depositary.clocks import replies_by
from comity.web.depositary.consents import Before
from comity.web.depositary.instruments import day_of

C = TypeVar("C", bound=Clause)


@dataclass(frozen=True, slots=True)
class Folder:
    """One agreement, its acts, and the acts that answer each of them, by its reference. ``doubtful``: references of acts that somebody denies, or
    whose records differ.
    """

    agreement: Agreement
    acts: tuple[Act, ...]
    answers: dict[str, list[Act]] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()

    def answering(self, act: Act, *kinds: str) -> list[Act]:
        """What answers an act, of these kinds."""
        return [answer for answer in self.answers.get(act.ref, ()) if answer.kind in kinds]

    def of_kind(self, kind: str, party: str = "") -> list[Act]:
        """The acts of a kind, of everybody or of one party."""
        return [act for act in self.acts if act.kind == kind and (not party or party in (act.actor, act.on_behalf_of))]

    def clause(self, kind: type[C]) -> C | None:
        """The first clause of this type."""
        return next((clause for clause in self.agreement.clauses if isinstance(clause, kind)), None)

    def is_told(self, act: Act) -> bool:
        """Have the others been told of an act, undisputedly?"""
        return act.notified is not None or self.is_sure(self.answering(act, "circulate"))

    def circulations(self, act: Act) -> list[Act]:
        """By which acts the others were told of an act: those that nobody disputes, if there are any."""
        every = self.answering(act, "circulate")
        return [one for one in every if one.ref not in self.doubtful] or every

    def is_sure(self, acts: Sequence[Act]) -> bool:
        """Is one of these acts undisputed?"""
        return any(act.ref not in self.doubtful for act in acts)


def gather(standing: Standing, agreement: str) -> Folder:
    """What of it may be looked at, by whoever the standing is for."""
    record, current_acts = standing.record, standing.current_acts(agreement)
    acts = tuple(
        current.act if current.kind == current.act.kind else replace(current.act, kind=current.kind)
        for versions in current_acts
        for current in versions[:1]
    )
    doubtful = frozenset(current.act.ref for versions in current_acts for current in versions if current.denials or len(versions) > 1)
    refs = {e.act.hash: e.act.ref for e in record.visible(record.entries_of(agreement), standing.known, standing.viewer)}
    return Folder(record.agreement(agreement, standing.known), acts, replies_by(acts, refs), doubtful)


def before(standing: Standing, folder: Folder, party: str, on: date, without: Sequence[str] = ()) -> Before:
    """How the party stands on the standing's day, by what it did until ``on``; ``without``: references of acts that are not looked at."""
    done = [act for act in folder.acts if act.ref not in without and (day := day_of(act)) is not None and day <= on]
    own = [act for act in done if party in (act.actor, act.on_behalf_of)]
    signed = tuple(act for act in own if act.kind == "sign")
    consented = tuple(act for act in own if act.kind in CONSENT)
    first = min((day for act in consented if (day := day_of(act)) is not None), default=None)
    reserved = tuple(act for act in own if act.kind == "reserve" and signed and (first is None or (day_of(act) or first) < first))
    verdict, mode = standing.verdict_bound(party, folder.agreement.id)
    return Before(mode, signed, consented, reserved, any(act.kind == "sign" for act in done), verdict, folder.doubtful)


def lacking(standing: Standing, folder: Folder, party: str) -> list[tuple[Dependence, Verdict]]:
    """Each agreement that one has to be party to before this one binds, and whether the party is; not known of one that is not on record."""
    clauses = [c for c in folder.agreement.clauses if isinstance(c, Dependence) and c.effect == "needs-party"]
    on_record = {c.agreement for c in clauses if standing.record.has_agreement(c.agreement, standing.known)}
    return [(c, standing.verdict_bound(party, c.agreement)[0] if c.agreement in on_record else Verdict.UNKNOWN) for c in clauses]
