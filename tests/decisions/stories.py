"""Proposals as stories: a line an act, each with its moment, under a rule that is given; and where they stand."""

from __future__ import annotations

from datetime import date

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Agreement, Coverage
from comity.agreements.decision_rules import DecisionRule, Silence
from comity.agreements.requirements import Lead
from comity.decisions import Decision, decisions_of
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import parse_moment
from tests.decisions.lives_drawn import STATES, Given

KINDS = {
    "propose": "propose", "amend": "amend-proposal", "set": "set-silence", "extend": "extend-silence", "call": "call-vote", "state": "state-position",
    "break": "break-silence", "restore": "restore-silence", "vote": "vote", "defer": "defer-decision", "withdraw": "withdraw-proposal",
    "close": "close-vote", "decide": "decide", "deny": "deny",
}  # fmt: skip
WHOLE = Coverage(source="all", through=date(2029, 1, 1))
VOTERS = Given(frozenset(STATES), frozenset(), False, date(2030, 1, 1), True)


def acts_of(story: str) -> list[Act]:
    """``AAA propose 2028-03-20T09:00Z silence_until=...``: who, what, when, details; after ``>``, a reply to the act before."""
    found: list[Act] = []
    for number, line in enumerate(filter(None, (line.strip() for line in story.splitlines()))):
        words = line.removeprefix(">").split()
        to = None if not found else found[-1] if line.startswith(">") else found[0]
        details = dict(word.split("=", 1) for word in words[3:])
        if not found:
            details = {"rule": "council", "subject": "a text", **details}
        found.append(
            Act(
                kind=KINDS[words[1]], actor=words[0], ref=f"{number} {words[1]}", agreement="pact", made=parse_moment(words[2]),
                replies_to=None if to is None else to.hash, details=details, source=Source("a story"),
            )
        )  # fmt: skip
    return found


def told(
    story: str,
    at: str,
    *,
    coverage: tuple[Coverage, ...] = (WHOLE,),
    term: Lead | None = None,
    voters: Given = VOTERS,
    rule: bool = True,
    amendments: bool = False,
    zone: str | None = None,
) -> Decision:
    """The decision of a story at an instant, or at the end of a day."""
    silence = Silence(term=term, broken_by=("objection", "amendment") if amendments else ("objection",), zone=zone)
    clause = DecisionRule(kind="decision", article="1", says="s", id="council", body="pact", matters="all", silence=silence)
    pact = Agreement(id="pact", title="Pact", short="Pact", concluded=date(2020, 1, 1), clauses=(clause,) if rule else ())
    record = Record((pact,), tuple(Entry(act, date(2028, 1, 1)) for act in acts_of(story)), Register({}, ()), coverage)
    moment = parse_moment(at)
    return decisions_of(Standing(record, on=moment.last, known=date(2029, 1, 1)), voters, moment.instant)[0]
