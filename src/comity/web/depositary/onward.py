"""Where a line leads: to the document that does it, and to the form that records it, each filled in with what is known."""

from __future__ import annotations

from dataclasses import dataclass

from comity.acts import Act
from comity.agreements import Agreement
from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.depositary.instruments import Instrument
from comity.web.depositary.waiting import Waiting
from comity.web.documents.kinds_of_drafts import DRAFTS, RECEIVED
from comity.web.linking import href

TODAY = {"on": "", "known": "", "as_": "", "strict": ""}
"""What is recorded is recorded today, whatever day the page is about."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Addresses; blank where there is nothing to draft, or nothing that the depositary could record."""

    draft: str = ""
    record: str = ""


def onward_of(this: Asked, row: Waiting, keeper: str) -> Onward:
    """Of what waits. ``keeper``: the depositary who does it."""
    about = {"agreement": row.agreement}
    match row.what:
        case "not circulated":
            return Onward(circulation(this, row.agreement, row.act, row.kind), recording(this, "circulate", keeper, replies_to=row.act, **about))
        case "full powers":
            draft = href(this.carried, "draft", kind="full-powers", party=row.party, **about)
            return Onward(draft, recording(this, "full-powers", row.party, **about))
        case "objections" | "withdrawal":
            return Onward(circulation(this, row.agreement, row.act, row.kind))
        case "correction":
            over = row.due is not None and row.due < this.on
            kind = "rectification" if over else "circulate-correction"
            act = {} if over else {"act": row.act}
            record = recording(this, "correct", keeper, replies_to=row.act, **about) if over else ""
            return Onward(href(this.carried, "draft", kind=kind, **about, **act), record)
        case "entry into force":
            if row.act:
                return Onward(circulation(this, row.agreement, row.act, row.kind))
            return Onward(href(this.carried, "draft", kind="circulate-entry", **about) if row.due is not None and row.verdict is Verdict.YES else "")
        case "not derived":
            return Onward()
    return Onward("", recording(this, "register", keeper, **about))


def circulation(this: Asked, agreement: str, ref: str, kind: str) -> str:
    """The notification by which the others are told of an act, where there is a wording for its kind."""
    wanted = "circulate-instrument" if kind in RECEIVED else ""
    return href(this.carried, "draft", kind=DRAFTS[wanted].name, agreement=agreement, act=ref) if wanted else ""


def recording(this: Asked, kind: str, actor: str, **given: str) -> str:
    """The form that records an act, filled in."""
    return href(this.carried, "record-act", kind=kind, actor=actor, **{**TODAY, **given}) if actor else ""


def lodged(this: Asked, instrument: Instrument) -> list[tuple[str, str]]:
    """The forms that record an instrument, and the reservation in it, by their kinds."""
    day = instrument.on.isoformat()
    given = {"agreement": instrument.agreement, "made": day, "received": day}
    found = [(instrument.kind, recording(this, instrument.kind, instrument.party, **given))] if instrument.kind != "reserve" else []
    if instrument.reserves:
        details = {"d.articles": ", ".join(instrument.articles), "d.says": instrument.reservation}
        found.append(("reserve", recording(this, "reserve", instrument.party, **given, **details)))
    return found


def keeper_of(agreement: Agreement, wanted: str = "") -> str:
    """The depositary who acts: the one that is asked for, else the first."""
    return wanted if wanted in agreement.depositary else next(iter(agreement.depositary), "")


def circulating(this: Asked, act: Act, keeper: str) -> Onward:
    """Of an act that the others have not been told of."""
    agreement = act.agreement or ""
    return Onward(circulation(this, agreement, act.ref, act.kind), recording(this, "circulate", keeper, agreement=agreement, replies_to=act.ref))
