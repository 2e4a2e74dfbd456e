"""Who may do it for the state: presumed authority, full powers, confirmation afterwards.

Source: VCLT 7, 8 and 67(2); for organisations VCLT-IO (1986) 7(3).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from comity.acts import Act
from comity.web.depositary.instruments import Check, Instrument, Outcome, day_of

ENTITLED = ("head of state", "head of government", "minister for foreign affairs")
"""Who represents a state by their functions, for all acts (7(2)(a))."""
ADOPTING = ("head of mission", "representative")
"""Who does so for adopting the text alone (7(2)(b) and (c)): of a diplomatic mission; at a conference or an organisation."""
TITLES = (*ENTITLED, *ADOPTING, "other")
_ABOUT = "authority"


def authority(instrument: Instrument, kind_of_party: str, form: str, powers: Sequence[Act], doubtful: Collection[str] = ()) -> Check:
    """Was whoever signed it entitled to? ``powers``: full powers of the party under the agreement that are on record; ``doubtful``: references of
    those that somebody denies, or whose records differ.
    """
    if form != "treaty":
        return Check(_ABOUT, Outcome.PASSES, "no treaty: the Convention asks for no full powers; your own rules say who may sign", "VCLT 2(1)(a)")
    if kind_of_party == "organisation":
        return _of_an_organisation(instrument, powers, doubtful)
    if instrument.title in ENTITLED:
        return Check(_ABOUT, Outcome.PASSES, f"a {instrument.title} represents the state without full powers", "VCLT 7(2)(a)")
    if (found := _held(instrument, powers, doubtful)) is not None:
        return found
    if instrument.confirmed:
        return Check(_ABOUT, Outcome.PASSES, "done without authority, and confirmed afterwards by the state", "VCLT 8")
    return _without(instrument)


def _held(instrument: Instrument, powers: Sequence[Act], doubtful: Collection[str]) -> Check | None:
    """What full powers on record come to; None if there are none that could be meant."""
    wanted = instrument.person.casefold()
    for act in powers:
        named, given = act.details.get("person", ""), day_of(act)
        if wanted and named and named.casefold() != wanted:
            continue
        who = named or instrument.person or "whoever signed"
        if given is not None and given > instrument.on:
            says = f"full powers for {who} were given on {given}, after the act: without effect unless the state confirms it"
            return Check(_ABOUT, Outcome.PASSES if instrument.confirmed else Outcome.OPEN, says, "VCLT 8", (act.ref,))
        if act.ref in doubtful:
            return Check(_ABOUT, Outcome.OPEN, f"full powers for {who} are on record, and contested", "VCLT 7(1)(a)", (act.ref,))
        if not wanted:
            return Check(_ABOUT, Outcome.OPEN, f"full powers for {who} are on record: was it they who signed?", "VCLT 7(1)(a)", (act.ref,))
        return Check(_ABOUT, Outcome.PASSES, f"full powers for {who} are on record", "VCLT 7(1)(a)", (act.ref,))
    return None


def _without(instrument: Instrument) -> Check:
    """Nothing on record empowers them."""
    if instrument.title in ADOPTING:
        where, article = (
            ("the head of a mission", "VCLT 7(2)(b)")
            if instrument.title == "head of mission"
            else ("a representative at a conference or an organisation", "VCLT 7(2)(c)")
        )
        return Check(_ABOUT, Outcome.FAIL, f"{where} represents the state for adopting the text alone: ask for full powers", article)
    if not instrument.title:
        return Check(_ABOUT, Outcome.OPEN, "say who signed it: it is presumed for three offices, all others need full powers", "VCLT 7(1) and 7(2)")
    who = instrument.person or "whoever signed"
    if instrument.kind == "denounce":
        says = f"{who} holds none of the three offices: full powers may be called for, and none are on record"
        return Check(_ABOUT, Outcome.OPEN, says, "VCLT 67(2)")
    says = f"no full powers for {who} are on record: ask for them, or for the state's confirmation (article 8)"
    return Check(_ABOUT, Outcome.FAIL, says, "VCLT 7(1)(a)")


def _of_an_organisation(instrument: Instrument, powers: Sequence[Act], doubtful: Collection[str]) -> Check:
    if (found := _held(instrument, powers, doubtful)) is not None:
        return Check(_ABOUT, found.outcome, found.says.replace("full powers", "powers"), "VCLT-IO 7(3)", found.acts)
    says = "an organisation's representative produces appropriate powers, or practice shows that none are asked for"
    return Check(_ABOUT, Outcome.OPEN, says, "VCLT-IO 7(3)")
