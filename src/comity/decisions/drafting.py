"""Acts that begin a proposal or answer one, drafted to be put on record; nothing is put there by them.

Source: how-a-decision-is-followed.md, section 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from comity.acts import Act, Source, check_detail, kinds
from comity.agreements.decision_rules import Vote
from comity.decisions.proposals import AMEND, BREAK, DECISION_KINDS, PROPOSE, RESTORE, STATE, VOTE
from comity.procedures import kept_acts
from comity.standing import Standing
from comity.terms import BadInput, Moment
from comity.votes import NamedRule


def free_ref(standing: Standing, wanted: str) -> str:
    """The reference, or the first of those with a number after it, that no act about decisions on record has."""
    taken = {one.act.ref for one in kept_acts(standing, DECISION_KINDS)}
    number = 2
    ref = wanted
    while ref in taken:
        ref, number = f"{wanted}-{number}", number + 1
    return ref


def draft_proposal(rule: NamedRule, by: str, made: Moment, details: Mapping[str, str], ref: str, source: Source) -> Act:
    """A proposal under a rule; ``details``: those of the kind, blank ones left out. BadInput where one cannot be written in a row."""
    given = _given(PROPOSE, {"rule": rule.rule.id, **details})
    return Act(
        kind=PROPOSE, actor=by, ref=ref, agreement=rule.agreement.id, article=rule.rule.article, made=made, details=given, source=source
    )  # fmt: skip


def draft_vote(proposal: Act, by: str, vote: Vote, made: Moment, ref: str, source: Source) -> Act:
    """A vote on a proposal."""
    return _answer(VOTE, proposal, by, made, {"vote": vote}, ref, source)


def draft_break(proposal: Act, by: str, says: str, made: Moment, ref: str, source: Source) -> Act:
    """An objection to a silence, with its ground in one's own words (blank: without)."""
    return _answer(BREAK, proposal, by, made, {"says": says}, ref, source)


def draft_restore(proposal: Act, objection: Act, by: str, made: Moment, ref: str, source: Source) -> Act:
    """An objection taken back."""
    return _answer(RESTORE, proposal, by, made, {}, ref, source, to=objection)


def draft_amendment(proposal: Act, by: str, details: Mapping[str, str], made: Moment, ref: str, source: Source) -> Act:
    """Another text in the place of the one proposed; ``details``: those of the kind. BadInput where it says nothing of what is to change."""
    if not any(details.values()):
        raise BadInput("an amendment says what is to change: in words, or by the symbol of the new text")
    return _answer(AMEND, proposal, by, made, details, ref, source)


def draft_statement(proposal: Act, by: str, form: str, says: str, made: Moment, ref: str, source: Source) -> Act:
    """A statement that is attached to a proposal; ``form``: explanation, interpretative-statement or formal-reservation."""
    return _answer(STATE, proposal, by, made, {"as": form, "says": says}, ref, source)


def _answer(kind: str, proposal: Act, by: str, made: Moment, details: Mapping[str, str], ref: str, source: Source, to: Act | None = None) -> Act:
    return Act(
        kind=kind, actor=by, ref=ref, agreement=proposal.agreement, article=proposal.article, made=made,
        replies_to=(to or proposal).hash, details=_given(kind, details), source=source,
    )  # fmt: skip


def _given(kind: str, details: Mapping[str, str]) -> dict[str, str]:
    """The details that are not blank, each as it can stand in a row and as its kind wants it."""
    given = {name: _line(name, said) for name, said in details.items() if said}
    for name, said in given.items():
        check_detail(kinds()[kind], name, said)
    return given


def _line(name: str, said: str) -> str:
    """The detail as it can stand in a row."""
    if ";" in said or "\n" in said:
        raise BadInput(f"{name.replace('_', ' ')} {said!r} has a semicolon or a line break, which parts details in a row; write it with commas")
    return said.strip()
