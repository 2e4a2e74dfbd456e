"""Which documents can be drafted, by what they do: the acts that have one, and what a depositary sends round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.agreements import Clause
from comity.agreements.allowances import Allowance, Release
from comity.agreements.clauses import Consent, Duration, EntryIntoForce, Suspension, Withdrawal


@dataclass(frozen=True, slots=True)
class DraftKind:
    """One document.

    ``wording``: its file of words; ``clause``: on which clause it rests, else ``vclt``: on which article of the Vienna Convention;
    ``brings``: what the act leads to, of which the day is worked out (blank: to nothing that has a day); ``by``: a party, or the depositary;
    ``act``: the acts on record of which one can be named.
    """

    name: str
    title: str | Promise
    wording: str
    clause: tuple[type[Clause], ...] = ()
    vclt: str = ""
    brings: str = ""
    by: str = "party"
    act: tuple[str, ...] = ()
    other: bool = False


CONSENTS = ("ratify", "accept", "approve", "accede", "confirm")
RECEIVED = (*CONSENTS, "succeed", "denounce", "reserve", "declare")
_PARTY, _DEPOSITARY = "party", "depositary"
_RESERVED, _PROPOSED = ("reserve",), ("propose-correction",)
_INSTRUMENTS = (
    DraftKind("ratify", _("Instrument of ratification"), "instrument", (Consent,), "14", "bound"),
    DraftKind("accept", _("Instrument of acceptance"), "instrument", (Consent,), "14(2)", "bound"),
    DraftKind("approve", _("Instrument of approval"), "instrument", (Consent,), "14(2)", "bound"),
    DraftKind("accede", _("Instrument of accession"), "instrument", (Consent,), "15", "bound"),
    DraftKind("confirm", _("Act of formal confirmation"), "instrument", (Consent,), "14", "bound"),
)
DRAFTS: Mapping[str, DraftKind] = {
    kind.name: kind
    for kind in (
        DraftKind("denounce", _("Note verbale: withdrawal"), "withdrawal", (Withdrawal,), "", "free"),
        DraftKind("object-renewal", _("Note verbale: notice against renewal"), "non-renewal", (Duration, Withdrawal), "", "free"),
        DraftKind("suspend", _("Note verbale: suspension"), "suspension", (Suspension,), "", "suspended"),
        DraftKind("resume", _("Note verbale: operation resumed"), "suspension", (Suspension,), "72", "bound"),
        DraftKind("object", _("Note verbale: objection to a reservation"), "objection", (), "20(4)(b)", "", _PARTY, _RESERVED, True),
        DraftKind("object-precluding", _("Note verbale: precluding objection"), "objection", (), "20(4)(b)", "", _PARTY, _RESERVED, True),
        DraftKind("declare", _("Note verbale: declaration"), "declaration"),
        DraftKind("notify-completion", _("Note verbale: internal procedures completed"), "completion", (EntryIntoForce, Consent), "", "bound"),
        *_INSTRUMENTS,
        DraftKind("full-powers", _("Full powers"), "full-powers"),
        DraftKind("consent-release", _("Note verbale: consent to a release"), "consent", (Release,), other=True),
        DraftKind("consent-activity", _("Note verbale: consent to an activity"), "consent", (Allowance,), other=True),
        DraftKind("circulate-instrument", _("Depositary notification: receipt"), "received", (Consent,), "77(1)(e)", "", _DEPOSITARY, RECEIVED),
        DraftKind("circulate-entry", _("Depositary notification: entry into force"), "in-force", (EntryIntoForce,), "24", by=_DEPOSITARY),
        DraftKind("circulate-correction", _("Depositary notification: correction"), "correction", (), "79(2)", by=_DEPOSITARY, act=_PROPOSED),
        DraftKind("rectification", _("Procès-verbal of rectification"), "rectification", (), "79(2)", by=_DEPOSITARY),
    )
}  # fmt: skip
DONE_BY: Mapping[str, str] = {**{name: name for name, kind in DRAFTS.items() if kind.by == "party"}, "sign": "full-powers"}
"""By which document an act is done that would change something."""
