"""The indicators, one definition each.

Source: docs/explanation/how-indicators-are-read.md, sections 2 to 14.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from comity.agreements.requirements import Doing
from comity.indicators.burdens import burden_share
from comity.indicators.commitments import commitments_ratified, days_to_ratify
from comity.indicators.evidence import Evidence, Found
from comity.indicators.information import REFUSALS, exchanges_balanced, refusals
from comity.indicators.kept_duties import duties_on_time, notices_given
from comity.indicators.procedures_ended import days_to_settle, disputes_settled, silence_broken
from comity.indicators.readings import Asked, Better
from comity.indicators.training_together import exercise_recency, gaps_closed, interoperability
from comity.interoperability import CAPABILITIES
from comity.terms import NotOnRecord

ANY_NAME = ("*",)
"""Of an indicator whose kinds are names that the record gives."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its name, the question that it answers, its unit, what it counts, and which way it is better.

    ``coverage``: for which kinds of act the record has to be declared complete, in words; blank: for none. ``kinds``: which kinds of thing can
    be asked about alone; ("*",): any name; none: it has no kinds. ``section``: where the text has it. ``reads``: the query.
    """

    id: str
    question: str
    unit: str
    counts: str
    coverage: str
    better: Better
    section: str
    reads: Callable[[Evidence, Asked], Found]
    kinds: tuple[str, ...] = ()


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "duties-on-time", "Are its duties kept on time?", "share", "duties of the party alone that fell due: done by the day, of all known",
        "the acts that discharge each duty", "higher", "2", duties_on_time, get_args(Doing),
    ),
    Indicator(
        "notices-given", "Are notices given in time?", "share", "notices that the party owed: given by the day, of all known",
        "the acts that discharge each notice", "higher", "3", notices_given,
    ),
    Indicator(
        "exchanges-balanced", "Do both sides give information?", "ratio", "objects released: the smaller of both directions over the larger",
        "release, or receive-information, in each direction", "higher", "4", exchanges_balanced,
    ),
    Indicator(
        "refusals", "How often does it refuse, and why?", "refusals", "refusals of information, of visits, of forces pledged",
        "refuse, refuse-visit, refuse-force by the party", "lower", "5", refusals, REFUSALS,
    ),
    Indicator(
        "exercise-recency", "How long ago was the last joint exercise?", "days", "days from the beginning of the last joint exercise",
        "take-part by both, since that exercise", "lower", "6", exercise_recency,
    ),
    Indicator(
        "interoperability", "How much of what can be trained is trained together?", "share", "capabilities trained together and not half faded",
        "take-part by both", "higher", "7", interoperability, CAPABILITIES,
    ),
    Indicator(
        "gaps-closed", "Are gaps in the legal cover of exercises closed?", "share", "guests without cover then: those whom the law now covers",
        "what binds guest and host", "higher", "8", gaps_closed,
    ),
    Indicator(
        "commitments-ratified", "Is what is signed ratified?", "share", "agreements signed: those consented to since",
        "consent to be bound, under each agreement", "higher", "9", commitments_ratified,
    ),
    Indicator(
        "days-to-ratify", "How long does ratification take?", "days", "days from signature to consent: the median, open ones counted as open",
        "consent to be bound, under each agreement", "lower", "10", days_to_ratify,
    ),
    Indicator(
        "silence-broken", "How often does it break silence?", "share", "proposals under silence on which it decides: those of which it broke it",
        "what each decision needs", "neither", "11", silence_broken,
    ),
    Indicator(
        "disputes-settled", "Are disputes settled?", "share", "disputes raised and not withdrawn: those settled or decided",
        "award, settle-dispute, withdraw-dispute, for those that are open", "higher", "12", disputes_settled,
    ),
    Indicator(
        "days-to-settle", "How long do disputes take?", "days", "days from raising to settlement: the median, open ones counted as open",
        "award, settle-dispute, withdraw-dispute, for those that are open", "lower", "13", days_to_settle,
    ),
    Indicator(
        "burden-share", "Does it bear its part?", "times its part in the key", "person-days deployed to missions, against a declared key",
        "", "higher", "14", burden_share, ANY_NAME,
    ),
)  # fmt: skip


def indicator(name: str) -> Indicator:
    """The indicator of that name; NotOnRecord where there is none."""
    for one in INDICATORS:
        if one.id == name:
            return one
    raise NotOnRecord(f"there is no indicator {name!r}; there are: {', '.join(one.id for one in INDICATORS)}")
