"""A reservation that comes with an instrument, or after it: is it permitted, does it come in its time, was it confirmed?

Whether it is permitted is asked of the law and told here; whether it agrees with object and purpose is not for a depositary to say.
Source: VCLT 19, 20, 23 and 77(2); Guide to Practice on Reservations to Treaties (2011), 2.2 and 2.3; Secretary-General's note verbale of
4 April 2000 on late reservations.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.agreements import CONTRACTING, PARTY, PROVISIONAL, SUSPENDED
from comity.agreements.clauses import Reservations
from comity.web.depositary.consents import Before
from comity.web.depositary.instruments import CONSENTING, Check, Instrument, Outcome

_BOUND = (PARTY, CONTRACTING, SUSPENDED, PROVISIONAL)


def reservation(instrument: Instrument, clause: Reservations | None, permitted: bool, binds: bool, before: Before) -> Iterator[Check]:
    """Each question about it. ``permitted``: what the law makes of it; ``binds``: does a signature bind by itself here?"""
    if instrument.reserves:
        yield _permitted(instrument, clause, permitted)
        yield _in_time(instrument, binds, before)
    if instrument.kind in CONSENTING and before.reserved:
        yield _confirmed(instrument, before)


def _permitted(instrument: Instrument, clause: Reservations | None, permitted: bool) -> Check:
    article = clause.article if clause is not None and clause.article != "-" else "VCLT 19"
    if not permitted:
        says = clause.says if clause is not None else "the agreement does not permit it"
        return Check("permitted", Outcome.FAIL, f"not permitted: ask the state to withdraw it. {says}", article)
    if not instrument.articles:
        return Check("permitted", Outcome.OPEN, "name the provisions that it touches: what is permitted goes by provision", "VCLT 2(1)(d)")
    if clause is None:
        says = "no clause forbids it; whether it agrees with object and purpose is for the other parties to say, not for a depositary"
        return Check("permitted", Outcome.PASSES, says, "VCLT 19(c)")
    return Check("permitted", Outcome.PASSES, f"the clause permits it. {clause.says}", article)


def _in_time(instrument: Instrument, binds: bool, before: Before) -> Check:
    if instrument.kind == "sign" and not binds:
        says = "made when signing: it has to be confirmed when the state consents to be bound, and counts from then"
        return Check("when reserved", Outcome.OPEN, says, "VCLT 23(2)")
    if instrument.kind != "reserve":
        return Check("when reserved", Outcome.PASSES, f"made {'when signing' if instrument.kind == 'sign' else 'with its consent'}", "VCLT 19")
    if before.unsure:
        says = f"how it stands is {before.unsure}: has it consented already? If so it is late, if not it comes with no instrument"
        return Check("when reserved", Outcome.OPEN, says, "VCLT 19")
    if before.mode in _BOUND:
        says = "late, after its consent: circulate it; the Secretary-General receives it unless one party objects within twelve months"
        return Check("when reserved", Outcome.OPEN, says, "VCLT 19")
    return Check("when reserved", Outcome.FAIL, "neither when signing nor with its consent: ask for it with the instrument", "VCLT 19")


def _confirmed(instrument: Instrument, before: Before) -> Check:
    """What became of a reservation made when signing."""
    refs = tuple(act.ref for act in before.reserved)
    if instrument.reserves:
        return Check("confirmed", Outcome.PASSES, "its reservation made when signing is made again, and counts from now", "VCLT 23(2)", refs)
    says = "it made a reservation when signing, and does not confirm it here: without that it is not made"
    return Check("confirmed", Outcome.OPEN, says, "VCLT 23(2)", refs)
