"""A dispute, or a step of one, as acts to be put on record by whoever does them. Nothing is put there from here.

Source: how-disputes-are-followed.md, sections 2 to 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.acts import Act, Source, kinds
from comity.disputes.concerning import places_of
from comity.disputes.openings import suppose_raised
from comity.disputes.stages import ASK, RAISE, Dispute, StepStanding
from comity.standing import Standing
from comity.terms import BadInput, Moment, Verdict


@dataclass(frozen=True, slots=True)
class DisputeDraft:
    """The acts, the step that they ask for (None: none, or one that the clause does not know), and what to bear in mind."""

    acts: tuple[Act, ...]
    step: StepStanding | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """What is to be said: the subject, the clause, the means and the body asked for, when it is done, where it is told."""

    subject: str
    made: Moment
    source: str
    clause: str | None = None
    means: str | None = None
    body: str | None = None


def draft_dispute(standing: Standing, by: str, against: str, agreement: str, words: DisputeWords, within: Dispute | None = None) -> DisputeDraft:
    """The acts by which ``by`` raises a dispute with ``against``, or goes on in one (``within``), and asks for a means if one is named."""
    _check(standing, by, against, agreement, words)
    raised: tuple[Act, ...] = ()
    if within is None:
        details = {"subject": words.subject} | ({} if words.clause is None else {"clause": words.clause})
        raised = (_act(RAISE, by, against, agreement, words, None, details),)
    elif not within.between(by, against) or within.agreement != agreement:
        raise BadInput(f"{within.ref} is a dispute of {', '.join(within.sides)} under {within.agreement}; name those")
    elif words.means is None:
        raise BadInput(f"{within.ref} is on record already; say which means is asked for in it, with --means")
    dispute = within if within is not None else suppose_raised(standing, by, against, agreement, words.clause)
    step = None if dispute is None or words.means is None else _step(dispute.steps, words)
    root = raised[0] if raised else None if within is None else within.raised
    asked: tuple[Act, ...] = ()
    if words.means is not None:
        details = {"means": words.means} | ({} if words.body is None else {"body": words.body})
        asked = (_act(ASK, by, against, agreement, words, root, details),)
    return DisputeDraft((*raised, *asked), step, tuple(_notes(words, step)))


def _check(standing: Standing, by: str, against: str, agreement: str, words: DisputeWords) -> None:
    standing.record.party(by)
    standing.record.party(against)
    if by == against:
        raise BadInput(f"a dispute of {by} with {against}: name two different parties")
    clauses = dict.fromkeys(place.clause.id for place in places_of(standing.record.agreement(agreement, standing.known)))
    if words.clause is not None and words.clause not in clauses:
        raise BadInput(f"{agreement} has no settlement clause {words.clause!r}; it has {', '.join(clauses) or 'none'}")
    choices = kinds()[ASK].details["means"].choices
    if words.means is not None and words.means not in choices:
        raise BadInput(f"{words.means!r} is no means of settlement; give one of {', '.join(choices)}")
    for name, text in (("subject", words.subject), ("body", words.body or "")):
        if any(letter in ";\n\r" for letter in text):
            raise BadInput(f"the {name} {text!r} has a semicolon or a line break, which part the details of an act; write it without")


def _act(kind: str, by: str, against: str, agreement: str, words: DisputeWords, to: Act | None, details: dict[str, str]) -> Act:
    name = {RAISE: "dispute", ASK: words.means or ""}[kind]
    return Act(
        kind=kind, actor=by, ref=f"{agreement}-{by}-{against}-{name}-{words.made}", agreement=agreement, counterparty=(against,), made=words.made,
        replies_to=None if to is None else to.hash, details=details, source=Source(words.source, "memory"),
    )  # fmt: skip


def _step(steps: Sequence[StepStanding], words: DisputeWords) -> StepStanding | None:
    fitting = (one for one in steps if one.place.step.means == words.means and words.body in (None, one.place.step.body))
    return next(fitting, None)


def _notes(words: DisputeWords, step: StepStanding | None) -> list[str]:
    if words.means is None:
        return []
    if step is None:
        return [f"no clause knows {words.means} here: both are free to take it, and it moves none of the steps"]
    found = [] if step.open is Verdict.YES else [f"whether {words.means} ({step.place.step.article}) is open: {step.open}"]
    found += [reason.says for reason in step.because if not reason.holds and step.open is not Verdict.YES]
    if step.place.step.begun_by == "both":
        found.append(f"{words.means} ({step.place.step.article}) needs the agreement of all sides: the act proposes it")
    if step.place.step.begun_by == "organ":
        found.append(f"{words.means} ({step.place.step.article}) is for {step.who[0]} to begin: the act suggests it")
    return found
