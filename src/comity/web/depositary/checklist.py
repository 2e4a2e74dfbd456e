"""The whole checklist of an instrument, and what comes after it: every question once, in the order in which a desk asks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.agreements.clauses import Consent, EntryIntoForce, LaterParties, NoWithdrawal, Reservations, Withdrawal
from comity.duties import RegistrationDuty
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.depositary import powers, series
from comity.web.depositary.consents import form_of, open_to
from comity.web.depositary.gathering import Folder, before, gather, lacking
from comity.web.depositary.instruments import UNSURE, Check, Instrument, Outcome, day_of
from comity.web.depositary.leaving import leaving
from comity.web.depositary.registering import is_registered
from comity.web.depositary.reserving import reservation
from comity.web.depositary.series import Place
from comity.web.depositary.timing import in_time
from comity.web.depositary.would import Would, effects, would


@dataclass(frozen=True, slots=True)
class Checklist:
    """How an instrument came out: line by line, what would follow, and its number."""

    instrument: Instrument
    checks: tuple[Check, ...]
    effect: tuple[Check, ...]
    would: Would
    place: Place

    @property
    def register(self) -> bool:
        """Would it bring the agreement into force, which would have to be registered then?"""
        found = self.would.registration
        return found is not None and is_registered(found) is not Verdict.YES

    @property
    def outcome(self) -> Outcome:
        """The worst of its lines."""
        found = {check.outcome for check in (*self.checks, *self.effect)}
        return next((outcome for outcome in (Outcome.FAIL, Outcome.OPEN) if outcome in found), Outcome.PASSES)


def checklist(standing: Standing, instrument: Instrument, duties: Sequence[RegistrationDuty]) -> Checklist:
    """Everything that is asked of an instrument which is lodged on the standing's day. ``duties``: to register treaties."""
    folder = gather(standing, instrument.agreement)
    follows = would(standing, instrument, duties)
    consent, entry = folder.clause(Consent), folder.clause(EntryIntoForce)
    later = folder.clause(LaterParties) if follows.entry is None else None
    ruling = later or entry
    article = ruling.article if ruling is not None and ruling.article != "-" else "VCLT 24"
    place = series.next_number(folder.acts, instrument.kind, instrument.on)
    needed = open_to(instrument, consent, lacking(standing, folder, instrument.party), follows.follows)
    checks = (_addressed(folder), *examined(standing, folder, instrument, permitted=follows.permitted), *needed)
    return Checklist(instrument, checks, tuple(effects(instrument, follows, article)), follows, place)


def examined(standing: Standing, folder: Folder, instrument: Instrument, *, permitted: bool, without: Sequence[str] = ()) -> list[Check]:
    """Is it in due and proper form (VCLT 77(1)(d))? ``without``: acts that are not looked at, as the instrument itself, once it is on record."""
    party, consent = standing.record.register.parties[instrument.party], folder.clause(Consent)
    stood = before(standing, folder, instrument.party, instrument.on, without)
    opened, opening = min(((day, act.ref) for act in folder.of_kind("open") if (day := day_of(act)) is not None), default=(None, ""))
    unsure = UNSURE[Verdict.CONTESTED] if opening in folder.doubtful else ""
    binds = consent is not None and consent.signature_binds
    return [
        powers.authority(instrument, party.kind, folder.agreement.form, folder.of_kind("full-powers", instrument.party), folder.doubtful),
        *form_of(instrument, party.kind == "organisation", consent, stood),
        *leaving(instrument, folder.clause(Withdrawal) or folder.clause(NoWithdrawal), stood),
        *in_time(instrument, folder.agreement.concluded, opened, consent, party.exists_on(instrument.on), unsure),
        *reservation(instrument, folder.clause(Reservations), permitted, binds, stood),
    ]


def _addressed(folder: Folder) -> Check:
    """Is there a depositary to lodge it with?"""
    agreement = folder.agreement
    if not agreement.depositary:
        says = "no depositary is on record: instruments go to the other parties, or are exchanged"
        return Check("depositary", Outcome.OPEN, says, "VCLT 76 and 78(a)")
    return Check("depositary", Outcome.PASSES, f"lodged with {' or '.join(agreement.depositary)}", "VCLT 76")
