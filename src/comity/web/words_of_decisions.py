"""The pages' words for what the rooms of votes, power and decisions name: states, votes, outcomes, reasons not to count. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

DECISIONS: Table = {
    "proposed": _of("decision", "proposed"),
    "under-silence": _of("decision", "under silence"),
    "broken": _of("decision", "silence broken"),
    "voting": _of("decision", "being voted on"),
    "deferred": _of("decision", "put off"),
    "adopted": _of("decision", "adopted"),
    "not-adopted": _of("decision", "not adopted"),
    "no-quorum": _of("decision", "no quorum"),
    "withdrawn": _of("decision", "withdrawn"),
    "lapsed": _of("decision", "lapsed"),
}
VOTES: Table = {
    "yes": _of("vote", "yes"),
    "no": _of("vote", "no"),
    "abstain": _of("vote", "abstain"),
    "constructive": _of("vote", "constructive abstention"),
    "absent": _of("vote", "absent"),
}
TO_ANSWER: Table = {
    "may break silence": _of("decision", "may break silence"),
    "may take back its objection": _of("decision", "may take back its objection"),
    "is asked to vote": _of("decision", "is asked to vote"),
}
STATEMENTS: Table = {
    "explanation": _of("statement", "explanation"),
    "interpretative-statement": _of("statement", "interpretative statement"),
    "formal-reservation": _of("statement", "formal reservation"),
}
LEFT_OUT: Table = {
    "suspended": _of("left out", "its rights are suspended"),
    "in-arrears": _of("left out", "in arrears"),
    "party-to-dispute": _of("left out", "party to the dispute"),
    "concerned": _of("left out", "concerned by it"),
    "not-participating": _of("left out", "does not take part"),
}
TABLES_OF_DECISIONS: Mapping[str, Table] = {
    "decision": DECISIONS, "vote": VOTES, "to answer": TO_ANSWER, "statement": STATEMENTS, "left out": LEFT_OUT,
}  # fmt: skip
