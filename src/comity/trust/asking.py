"""A forecast asked of the record: the duties of all that fell due before the day, and what is made of them.

Source: docs/explanation/how-trust-is-forecast.md, sections 1 and 2.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import get_args

from comity.agreements.requirements import Doing
from comity.duties import duties
from comity.procedures import nation_of, simulated_acts
from comity.standing import Standing
from comity.terms import BadInput
from comity.trust.forecasting import Forecast, forecast
from comity.trust.observations import Observed
from comity.trust.observing import observed
from comity.trust.rules import TrustRules

KINDS: tuple[str, ...] = get_args(Doing)
FIRST = date(1, 1, 1)


def observed_duties(standing: Standing) -> Observed:
    """The duties of all that fell due before the day asked about, and how they came out: the same for every forecast of that day."""
    rows = duties(standing, FIRST, standing.on - timedelta(days=1)) if standing.on > FIRST else []
    return observed(rows, standing.on, partial(nation_of, standing.record.register), simulated_acts(standing))


def trust(
    standing: Standing, party: str, partner: str, kind: str | None = None, rules: TrustRules | None = None, found: Observed | None = None
) -> Forecast:
    """The forecast for the day asked about, from what fell due before. ``found``: what ``observed_duties`` gave, where it was kept.

    Errors: NotOnRecord for a party that is not on record; BadInput for one party twice, or a kind that there is not.
    """
    person = partial(nation_of, standing.record.register)
    for code in (party, partner):
        standing.record.party(code)
    if person(party) == person(partner):
        raise BadInput(f"{party} and {partner} are one person; name two different parties")
    if kind is not None and kind not in KINDS:
        raise BadInput(f"no kind of duty {kind!r}; choose from: {', '.join(KINDS)}")
    return forecast(found or observed_duties(standing), person(party), person(partner), kind, standing.on, rules or TrustRules())
