"""Trust: how likely a party is to keep its next duty of a kind on time, out of those it kept and missed; scored on duties that came later.

This room owns: observed duties, the forecast with its interval and decay, its scores. It does not own: duties and whether they were kept (duties).
Text: docs/explanation/how-trust-is-forecast.md.
"""

from comity.trust.asking import KINDS, observed_duties, trust
from comity.trust.forecasting import Forecast, RestsOn
from comity.trust.intervals import beta_below, beta_quantile
from comity.trust.observations import Observation, Observed
from comity.trust.plain import forecast_to_plain
from comity.trust.rules import NEEDED, TrustRules
from comity.trust.scoring import Bin, Compared, Score

__all__ = [
    "Bin",
    "Compared",
    "Forecast",
    "KINDS",
    "NEEDED",
    "Observation",
    "Observed",
    "RestsOn",
    "Score",
    "TrustRules",
    "beta_below",
    "beta_quantile",
    "forecast_to_plain",
    "observed_duties",
    "trust",
]
