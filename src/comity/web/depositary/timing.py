"""Did it come in its time? After the text was there and opened, before signature closed, not from a party that was none.

Source: VCLT 9, 10, 15 and 16, of a reservation 19 to 23, of a notice of withdrawal 65 to 68; the clause on signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.agreements.clauses import Consent
from comity.web.depositary.instruments import Check, Instrument, Outcome

_ABOUT = "time"
_ARTICLES = {"reserve": "VCLT 19 and 23", "denounce": "VCLT 65 and 67"}
"""Where the time of an instrument is told that is neither a signature nor a consent."""


def in_time(instrument: Instrument, concluded: date, opened: date | None, clause: Consent | None, exists: bool, unsure: str = "") -> Iterator[Check]:
    """Each question about its day. ``opened``: the day the text was opened, where that is on record, and ``unsure``: *contested*, where it is so
    whether it was; ``exists``: does the party then?
    """
    if not exists:
        yield Check("party", Outcome.FAIL, f"{instrument.party} does not exist on {instrument.on}", "VCLT 6")
    start, own = concluded if opened is None else opened, _ARTICLES.get(instrument.kind)
    if instrument.on < start:
        what = "concluded" if opened is None else "opened for signature"
        says = f"before the text was {what}, on {start}"
        yield Check(_ABOUT, Outcome.OPEN if unsure else Outcome.FAIL, f"{says}; that is {unsure}" if unsure else says, own or "VCLT 10")
    elif instrument.kind == "sign":
        yield _signature(instrument, clause)
    else:
        yield Check(_ABOUT, Outcome.PASSES, f"after the text was {'concluded' if opened is None else 'opened'}, on {start}", own or "VCLT 16")


def _signature(instrument: Instrument, clause: Consent | None) -> Check:
    article = clause.article if clause is not None and clause.article != "-" else "VCLT 10"
    if instrument.closes is None:
        words = f": {clause.says}" if clause is not None else ""
        return Check(_ABOUT, Outcome.OPEN, f"until when it is open for signature, no field on record says; read the clause{words}", article)
    if instrument.on > instrument.closes:
        return Check(_ABOUT, Outcome.FAIL, f"signature closed on {instrument.closes}: who comes later accedes", article)
    return Check(_ABOUT, Outcome.PASSES, f"open for signature until {instrument.closes}", article)
