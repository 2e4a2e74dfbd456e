"""The pages' words for what the room of effects names. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

ESTIMATORS: Table = {
    "pooled logit": _of("estimator", "pooled logit"),
    "conditional logit": _of("estimator", "conditional logit"),
    "GEE AR(1)": _of("estimator", "GEE AR(1)"),
    "linear two-way": _of("estimator", "linear two-way"),
    "event study": _of("estimator", "event study"),
}
ERRORS: Table = {
    "naive": _of("errors of an estimate", "naive"),
    "pair": _of("errors of an estimate", "by pair"),
    "dyadic": _of("errors of an estimate", "dyadic"),
}
SCALES: Table = {
    "log odds": _of("scale of an estimate", "log odds"),
    "probability": _of("scale of an estimate", "probability"),
    "units of the outcome": _of("scale of an estimate", "units of the outcome"),
}
CHECKS: Table = {
    "pre-trends": _of("check of an effect", "pre-trends"),
    "placebo": _of("check of an effect", "placebo"),
    "sensitivity": _of("check of an effect", "sensitivity"),
}
VERDICTS: Table = {
    "fails": _of("check of an effect", "fails"),
    "does not fail": _of("check of an effect", "does not fail"),
    "not made": _of("check of an effect", "not made"),
}
VARIED: Table = {
    "estimator": _of("varied in a grid", "estimator"),
    "lag": _of("varied in a grid", "lag"),
    "controls": _of("varied in a grid", "controls"),
    "rows under way": _of("varied in a grid", "rows under way"),
    "pairs": _of("varied in a grid", "pairs"),
    "periods": _of("varied in a grid", "periods"),
}
VALUES: Table = {
    "none": _of("value in a grid", "none"),
    "all": _of("value in a grid", "all"),
    "time since the last event": _of("value in a grid", "time since the last event"),
    "left out": _of("value in a grid", "left out"),
    "kept": _of("value in a grid", "kept"),
    "relevant": _of("value in a grid", "relevant"),
}
RULES: Table = {
    "numbers": _of("rule of the reading", "numbers"),
    "signs": _of("rule of the reading", "signs"),
    "sizes": _of("rule of the reading", "sizes"),
    "errors": _of("rule of the reading", "errors"),
    "scales": _of("rule of the reading", "scales"),
    "samples": _of("rule of the reading", "samples"),
    "switching": _of("rule of the reading", "switching"),
    "few states": _of("rule of the reading", "few states"),
    "few events": _of("rule of the reading", "few events"),
    "pre-trends": _of("rule of the reading", "pre-trends"),
    "placebo": _of("rule of the reading", "placebo"),
    "sensitivity": _of("rule of the reading", "sensitivity"),
    "timing": _of("rule of the reading", "timing"),
    "unknown": _of("rule of the reading", "unknown"),
    "coverage": _of("rule of the reading", "coverage"),
    "grid": _of("rule of the reading", "grid"),
    "conclusion": _of("rule of the reading", "conclusion"),
}
TABLES_OF_EFFECTS: Mapping[str, Table] = {
    "estimator": ESTIMATORS, "errors of an estimate": ERRORS, "scale of an estimate": SCALES, "check of an effect": CHECKS,
    "verdict of a check": VERDICTS, "varied in a grid": VARIED, "value in a grid": VALUES, "rule of the reading": RULES,
}  # fmt: skip
