"""Is it the form of consent that the agreement asks of this party? Which means it allows, to whom, and whether it was signed before.

Source: VCLT 11 to 16; VCLT-IO (1986) 14; Vienna Convention on Succession of States in respect of Treaties (1978), 17.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.acts import Act
from comity.agreements import CONTRACTING, PARTY, SUSPENDED
from comity.agreements.clauses import Consent, Dependence
from comity.terms import Verdict
from comity.web.depositary.instruments import CONSENTING, UNSURE, Check, Instrument, Outcome, outcome_of

NOUNS = {
    "sign": "signature", "ratify": "ratification", "accept": "acceptance", "approve": "approval", "accede": "accession",
    "confirm": "formal confirmation", "succeed": "succession", "notify-completion": "notification of completion",
    "exchange": "exchange of instruments", "reserve": "reservation", "denounce": "notice of withdrawal",
}  # fmt: skip
_AFTER_SIGNATURE = ("ratify", "accept", "approve")
_DONE = (PARTY, CONTRACTING, SUSPENDED)
VCLT_11 = "VCLT 11"


@dataclass(frozen=True, slots=True)
class Before:
    """How the party stood when it came: its mode (blank: the readings differ), its signatures and consents; and whether anybody's signature is on
    record. ``verdict``: was it bound? ``doubtful``: references of acts that somebody denies, or whose records differ.
    """

    mode: str = "none"
    signed: tuple[Act, ...] = ()
    consented: tuple[Act, ...] = ()
    reserved: tuple[Act, ...] = ()
    anybody_signed: bool = False
    verdict: Verdict = Verdict.NO
    doubtful: frozenset[str] = frozenset()

    @property
    def unsure(self) -> str:
        """*contested* or *not known*, where it is so how it stood; else blank."""
        return UNSURE.get(self.verdict, "" if self.mode else UNSURE[Verdict.CONTESTED])

    def is_sure(self, acts: Sequence[Act]) -> bool:
        """Is one of these acts undisputed?"""
        return any(act.ref not in self.doubtful for act in acts)


def form_of(instrument: Instrument, organisation: bool, clause: Consent | None, before: Before) -> Iterator[Check]:
    """Each question about the form of a signature or a consent."""
    if instrument.kind not in ("sign", *CONSENTING):
        return
    yield _means(instrument, organisation, clause)
    if instrument.kind in CONSENTING:
        yield _signed(instrument, clause, before)
    yield _once(instrument, before)


def open_to(instrument: Instrument, clause: Consent | None, needed: Sequence[tuple[Dependence, Verdict]], follows: Verdict) -> Iterator[Check]:
    """Is it open to this party? ``needed``: what it has to be party to, and whether it is; ``follows``: does its consent lead to anything?"""
    if instrument.kind not in CONSENTING:
        return
    for other, bound in needed:
        says = f"{instrument.party} is {'' if bound is Verdict.YES else 'not '}bound by {other.agreement}, as it has to be"
        if bound in UNSURE:
            says = f"it is {UNSURE[bound]} whether {instrument.party} is bound by {other.agreement}, as it has to be"
        yield Check("open to", outcome_of(bound), f"{says}. {other.says}", VCLT_11 if other.article == "-" else other.article)
    if instrument.kind == "accede" and clause is not None and clause.accession_needs is not None:
        says = f"what has to come before an accession is {'' if follows is Verdict.YES else 'not '}on record"
        if follows in UNSURE:
            says = f"it is {UNSURE[follows]} whether what has to come before an accession is there"
        yield Check("open to", outcome_of(follows), f"{says}. {clause.says}", _cited(clause, "VCLT 15"))


def _means(instrument: Instrument, organisation: bool, clause: Consent | None) -> Check:
    """Does the agreement allow this means, to this sort of party?"""
    noun, kind = NOUNS[instrument.kind], instrument.kind
    if kind == "confirm" and not organisation:
        return Check("form", Outcome.FAIL, "formal confirmation is an organisation's ratification; a state ratifies", "VCLT-IO 14")
    if kind == "ratify" and organisation:
        return Check("form", Outcome.FAIL, "an organisation does not ratify: it confirms formally", "VCLT-IO 14")
    if clause is None:
        return Check("form", Outcome.OPEN, "no clause on the means of consent is on record: any that was agreed will do; read the text", VCLT_11)
    if kind == "sign":
        says = "signature binds by itself here" if clause.signature_binds else "signature does not bind yet: consent comes by another act"
        return Check("form", Outcome.PASSES, f"{says}. {clause.says}", _cited(clause, "VCLT 10 and 12"))
    if kind in clause.acts or kind == "succeed":
        article = "VCST 17" if kind == "succeed" and kind not in clause.acts else _cited(clause, VCLT_11)
        return Check("form", Outcome.PASSES, f"{noun} is a means of consent here. {clause.says}", article)
    allowed = _listed([NOUNS.get(one, one) for one in clause.acts]) or "signature alone"
    return Check("form", Outcome.FAIL, f"{noun} is no means of consent here, but {allowed}. {clause.says}", _cited(clause, VCLT_11))


def _signed(instrument: Instrument, clause: Consent | None, before: Before) -> Check:
    """Was it signed before, as those who ratify do, or not, as those who accede?"""
    noun, refs = NOUNS[instrument.kind], tuple(act.ref for act in before.signed)
    if instrument.kind in _AFTER_SIGNATURE:
        if before.signed and not before.is_sure(before.signed):
            return Check("signed", Outcome.OPEN, f"its signature is contested: {noun} is for signatories", "VCLT 14", refs)
        if before.signed:
            return Check("signed", Outcome.PASSES, f"signed before: {noun} is for signatories", "VCLT 14", refs)
        if instrument.kind == "ratify" and clause is not None and "accede" in clause.acts:
            return Check("signed", Outcome.FAIL, "no signature is on record: who did not sign accedes", "VCLT 14 and 15")
        if not before.anybody_signed:
            return Check("signed", Outcome.PASSES, "nobody's signature is on record: none is waited for", "VCLT 14")
        return Check("signed", Outcome.OPEN, f"no signature of it is on record: is {noun} open to those who did not sign?", "VCLT 14")
    if instrument.kind == "accede" and before.signed and clause is not None and set(_AFTER_SIGNATURE) & set(clause.acts):
        means = _listed([NOUNS[kind] for kind in _AFTER_SIGNATURE if kind in clause.acts])
        return Check("signed", Outcome.OPEN, f"it has signed: {means} is for signatories; is accession open to them too?", "VCLT 15", refs)
    return Check("signed", Outcome.PASSES, f"{noun} asks for no signature before it", "VCLT 15" if instrument.kind == "accede" else VCLT_11, refs)


def _once(instrument: Instrument, before: Before) -> Check:
    """Has it done so already?"""
    if instrument.kind == "sign" and before.signed and not before.is_sure(before.signed):
        says = "it is contested whether it has signed already"
        return Check("once", Outcome.OPEN, says, "VCLT 10", tuple(act.ref for act in before.signed))
    if instrument.kind == "sign" and before.signed:
        return Check("once", Outcome.FAIL, "it has signed already", "VCLT 10", tuple(act.ref for act in before.signed))
    if before.unsure:
        says = f"how it stands is {before.unsure}: has it consented already?"
        return Check("once", Outcome.OPEN, says, VCLT_11, tuple(act.ref for act in before.consented))
    if before.mode in _DONE:
        says = f"it stands as {before.mode} already: a second consent changes nothing"
        return Check("once", Outcome.FAIL, says, VCLT_11, tuple(act.ref for act in before.consented))
    return Check("once", Outcome.PASSES, "the first of its kind from this party", "VCLT 10" if instrument.kind == "sign" else VCLT_11)


def _listed(words: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _cited(clause: Consent, otherwise: str) -> str:
    return otherwise if clause.article == "-" else clause.article
