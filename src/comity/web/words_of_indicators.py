"""The pages' words for what the rooms of indicators and of trust name. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

QUESTIONS: Table = {
    "duties-on-time": _of("indicator", "Are its duties kept on time?"),
    "notices-given": _of("indicator", "Are notices given in time?"),
    "exchanges-balanced": _of("indicator", "Do both sides give information?"),
    "refusals": _of("indicator", "How often does it refuse, and why?"),
    "exercise-recency": _of("indicator", "How long ago was the last joint exercise?"),
    "interoperability": _of("indicator", "How much of what can be trained is trained together?"),
    "gaps-closed": _of("indicator", "Are gaps in the legal cover of exercises closed?"),
    "commitments-ratified": _of("indicator", "Is what is signed ratified?"),
    "days-to-ratify": _of("indicator", "How long does ratification take?"),
    "silence-broken": _of("indicator", "How often does it break silence?"),
    "disputes-settled": _of("indicator", "Are disputes settled?"),
    "days-to-settle": _of("indicator", "How long do disputes take?"),
    "burden-share": _of("indicator", "Does it bear its part?"),
}
"""What each indicator asks, in its own words."""
UNITS: Table = {
    "share": _of("unit", "share"),
    "ratio": _of("unit", "ratio"),
    "days": _of("unit", "days"),
    "refusals": _of("unit", "refusals"),
    "times its part in the key": _of("unit", "times its part in the key"),
}
BETTER: Table = {
    "higher": _of("indicator", "more is better"),
    "lower": _of("indicator", "less is better"),
    "neither": _of("indicator", "neither is better"),
}
CAME_OUT: Table = {
    "kept": _of("duty that fell due", "kept on time"),
    "late": _of("duty that fell due", "done late"),
    "missed": _of("duty that fell due", "missed"),
}
TABLES_OF_INDICATORS: Mapping[str, Table] = {"indicator": QUESTIONS, "unit": UNITS, "better": BETTER, "came-out": CAME_OUT}
