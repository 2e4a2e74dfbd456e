"""Does an agreement have to be registered, and was it? Asked of the duties on record; nothing is said of it where no agreement on record asks it.

Source: Charter of the United Nations, article 102(1), as the duty on record has it.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.duties import Registering, RegistrationDuty, State, registration_of
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.depositary.instruments import UNSURE

_UNSURE = {State.CONTESTED: Verdict.CONTESTED, State.NOT_KNOWN: Verdict.UNKNOWN}


def to_be_registered(standing: Standing, treaty: str, duties: Sequence[RegistrationDuty]) -> Registering | None:
    """How it stands with the registration of a treaty on the standing's day; None: nothing on record asks for it, or not yet."""
    found = (registration_of(standing, duty, treaty) for duty in duties)
    return next((one for one in found if one is not None), None)


def is_registered(found: Registering) -> Verdict:
    """Was it registered?"""
    return _UNSURE.get(found.outcome.state, Verdict.YES if found.outcome.state in (State.DONE, State.LATE) else Verdict.NO)


def says_of(found: Registering) -> str:
    """That it is, or why it is not or is not sure."""
    sure, says = is_registered(found), "; ".join(found.outcome.says)
    if sure is Verdict.NO:
        return "in force, and no registration is on record"
    return f"in force, and it is {UNSURE[sure]} whether it is registered: {says}" if sure in UNSURE else says
