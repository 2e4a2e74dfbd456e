"""The pages' words for what the room of early warning names. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

Table = Mapping[str, str | Promise]

GROUNDS: Table = {
    "their own past": _of("ground of a forecast", "their own past"),
    "their disputes with others": _of("ground of a forecast", "their disputes with others"),
    "how near they are": _of("ground of a forecast", "how near they are"),
    "power": _of("ground of a forecast", "power"),
    "government, income and age": _of("ground of a forecast", "government, income and age"),
    "agreements, exercises and arms": _of("ground of a forecast", "agreements, exercises and arms"),
    "votes and organisations": _of("ground of a forecast", "votes and organisations"),
    "the region and the world": _of("ground of a forecast", "the region and the world"),
}
FORECASTERS: Table = {
    "ours": _of("forecaster", "ours"),
    "base rate": _of("forecaster", "base rate"),
    "recent base rate": _of("forecaster", "recent base rate"),
    "last value": _of("forecaster", "last value"),
    "logit": _of("forecaster", "logit"),
    "boosted trees alone": _of("forecaster", "boosted trees alone"),
}
SCORES: Table = {"Brier": _of("score of forecasts", "Brier"), "log": _of("score of forecasts", "log")}
TABLES_OF_WARNINGS: Mapping[str, Table] = {"ground": GROUNDS, "forecaster": FORECASTERS, "score": SCORES}
