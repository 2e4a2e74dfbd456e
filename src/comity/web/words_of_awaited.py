"""The pages' words for what procedures await. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

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
    "break silence": _of("awaited", "break silence"),
    "take back its objection": _of("awaited", "take back its objection"),
    "is asked to vote": _of("awaited", "is asked to vote"),
    "answer the request for": _of("awaited", "answer the request for"),
    "appoint its member for": _of("awaited", "appoint its member for"),
    "acknowledge it": _of("awaited", "acknowledge it"),
    "answer it": _of("awaited", "answer it"),
    "meet": _of("awaited", "meet"),
    "meet in": _of("awaited", "meet in"),
    "accept or reject it": _of("awaited", "accept or reject it"),
    "analyse it and identify the lesson": _of("awaited", "analyse it and identify the lesson"),
    "plan the remedial action": _of("awaited", "plan the remedial action"),
    "complete the remedial action": _of("awaited", "complete the remedial action"),
    "validate it": _of("awaited", "validate it"),
    "wait until the last day of the scrutiny has passed": _of("awaited", "wait until the last day of the scrutiny has passed"),
    "state why the state should be bound nevertheless, or leave it": _of("awaited", "state why the state should be bound nevertheless, or leave it"),
    "approve": _of("awaited", "approve"),
    "lay it again, or leave it": _of("awaited", "lay it again, or leave it"),
    "express consent to be bound": _of("awaited", "express consent to be bound"),
}
"""What a procedure awaits, in words of the program; what a law or the record says stands as it is said."""
TABLES_OF_AWAITED: Mapping[str, Table] = {"procedure": PROCEDURES, "waits": AWAITED}
