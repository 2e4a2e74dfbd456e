"""The pages' words for what procedures await. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

from comity.lessons import NEXT_STEPS
from comity.web.words_of_decisions import TO_ANSWER
from comity.web.words_of_exercises import NEXT_ACTS

Table = Mapping[str, str | Promise]

PROCEDURES: Table = {
    "decision": _of("procedure", "decision"),
    "dispute": _of("procedure", "dispute"),
    "incident": _of("procedure", "incident"),
    "action": _of("procedure", "action"),
    "meeting": _of("procedure", "meeting"),
    "lesson": _of("procedure", "lesson"),
    "at home": _of("procedure", "at home"),
}
AWAITED: Table = {
    "is asked to vote": TO_ANSWER["is asked to vote"],
    **{says: NEXT_ACTS[state] for state, says in NEXT_STEPS.items() if says},
    "break silence": _of("awaited", "break silence"),
    "take back its objection": _of("awaited", "take back its objection"),
    "answer the request for": _of("awaited", "answer the request for"),
    "appoint a member for": _of("awaited", "appoint a member for"),
    "bring to an end:": _of("awaited", "bring to an end:"),
    "acknowledge it": _of("awaited", "acknowledge it"),
    "answer it": _of("awaited", "answer it"),
    "meet": _of("awaited", "meet"),
    "meet in": _of("awaited", "meet in"),
    "wait until the last day of the scrutiny has passed": _of("awaited", "wait until the last day of the scrutiny has passed"),
    "state why the state should be bound nevertheless, or leave it": _of("awaited", "state why the state should be bound nevertheless, or leave it"),
    "approve": _of("awaited", "approve"),
    "lay it again, or leave it": _of("awaited", "lay it again, or leave it"),
    "express consent to be bound": _of("awaited", "express consent to be bound"),
}
"""What a procedure awaits, in words of the program; what a law or the record says stands as it is said."""
TABLES_OF_AWAITED: Mapping[str, Table] = {"procedure": PROCEDURES, "waits": AWAITED}
