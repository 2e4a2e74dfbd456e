"""The pages' words for what the room of mediators names. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

BARS: Table = {
    "alliance": _of("bar to mediating", "alliance"),
    "dispute": _of("bar to mediating", "dispute"),
    "rivalry": _of("bar to mediating", "rivalry"),
    "arms": _of("bar to mediating", "arms"),
    "troops": _of("bar to mediating", "troops"),
}
MERITS: Table = {
    "treaty": _of("merit of a mediator", "treaty"),
    "mediations": _of("merit of a mediator", "mediations"),
    "agreements": _of("merit of a mediator", "agreements"),
    "votes": _of("merit of a mediator", "votes"),
}
BARRED: Table = {
    "yes": _of("mediator", "barred"),
    "no": _of("mediator", "no bar"),
    "unknown": _of("mediator", "may be barred"),
}
"""By whether something stands in the way."""
TABLES_OF_MEDIATORS: Mapping[str, Table] = {"bar": BARS, "merit": MERITS, "barred": BARRED}
