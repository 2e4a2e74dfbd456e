"""The pages' words for what a report names: its sections, figures, units and the heads of its tables. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

from comity.web.words_of_indicators import UNITS

Table = Mapping[str, str | Promise]

SECTIONS: Table = {
    "What it concluded": _of("report", "What it concluded"),
    "Duties": _of("report", "Duties"),
    "Commitments": _of("report", "Commitments"),
    "Exercises and training": _of("report", "Exercises and training"),
    "Exchange of information": _of("report", "Exchange of information"),
    "Decisions": _of("report", "Decisions"),
    "Disputes": _of("report", "Disputes"),
    "Burden": _of("report", "Burden"),
    "Trust": _of("report", "Trust"),
    "Stability": _of("report", "Stability"),
    "How far it is": _of("report", "How far it is"),
    "Indicators of outcomes and outputs": _of("report", "Indicators of outcomes and outputs"),
    "Risks": _of("report", "Risks"),
    "Acts of the period": _of("report", "Acts of the period"),
    "Indicators and targets": _of("report", "Indicators and targets"),
}
FIGURES: Table = {
    "signed": _of("report", "Signatures and initiallings, on record"),
    "consented": _of("report", "Ratifications, accessions and other consents to be bound, on record"),
    "left": _of("report", "Denunciations, withdrawals and what takes them back, on record"),
    "reserved": _of("report", "Reservations, objections and declarations, on record"),
    "trust": _of("report", "How likely is the next duty to be kept on time?"),
}
"""By the ids of the figures."""
MEASURES: Table = {**UNITS, "acts": _of("report", "acts"), "disputes": _of("report", "disputes")}
HEADS: Table = {
    "made": _of("report", "made"),
    "what": _of("report", "what"),
    "agreement": _of("report", "agreement"),
    "act": _of("report", "act"),
    "indicator": _of("report", "indicator"),
    "unit": _of("report", "unit"),
    "baseline": _of("report", "baseline"),
    "now": _of("report", "now"),
    "target": _of("report", "target"),
    "by": _of("report", "by"),
    "how far": _of("report", "how far"),
    "why": _of("report", "why"),
    "kind": _of("report", "kind"),
    "likely": _of("report", "likely"),
    "grave": _of("report", "grave"),
    "what is done": _of("report", "what is done"),
    "who": _of("report", "who"),
}
TABLES_OF_REPORTS: Mapping[str, Table] = {"report-section": SECTIONS, "report-figure": FIGURES, "report-unit": MEASURES, "report-head": HEADS}
