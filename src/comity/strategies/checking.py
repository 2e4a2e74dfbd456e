"""Does a strategy keep its rules? Every one that it breaks, by name, where, and what to do: a plain list of functions; and what a reader may remark.

Source: how-strategies-are-checked.md, sections 2 and 3, which have the rules in this order.
"""

from __future__ import annotations

from comity.strategies import checking_chain as chain
from comity.strategies import checking_itself as itself
from comity.strategies import checking_measures as measures
from comity.strategies import checking_reviews as reviews
from comity.strategies import remarking
from comity.strategies.looking import Looked, Rule, StrategyKnown
from comity.strategies.strategy import Strategy
from comity.terms import Broken


def check_strategy(strategy: Strategy, known: StrategyKnown) -> tuple[Broken, ...]:
    """Every rule that the strategy breaks; empty: it contradicts nothing."""
    return _said(STRATEGY_RULES, Looked(strategy, known))


def remarks_on(strategy: Strategy, known: StrategyKnown) -> tuple[Broken, ...]:
    """What a reader may remark on, as a matter of judgement: no flaw."""
    return _said(REMARKS, Looked(strategy, known))


def _said(rules: tuple[Rule, ...], looked: Looked) -> tuple[Broken, ...]:
    return tuple(dict.fromkeys(flaw for rule in rules for flaw in rule(looked)))


STRATEGY_RULES: tuple[Rule, ...] = (
    itself.id_, itself.version, itself.dates, itself.twice, itself.named, itself.stakeholder, itself.party, itself.on_record, itself.role,
    itself.consultation,
    chain.specific, chain.measurable, chain.achievable, chain.relevant, chain.time_bound,
    chain.interest, chain.objective, chain.outcome, chain.initiative, chain.input_, chain.activity, chain.output, chain.indicator, chain.cycle,
    chain.order, chain.cost,
    measures.unit, measures.source, measures.window, measures.cadence, measures.target, measures.bounds,
    reviews.assumption, reviews.mitigation, reviews.sign, reviews.scale, reviews.bearing,
    reviews.review, reviews.evidence, reviews.finding, reviews.decision, reviews.change,
)  # fmt: skip
"""The rules, in the order of the text."""
REMARKS: tuple[Rule, ...] = (
    remarking.wording, remarking.no_change, remarking.tied, remarking.adoption, remarking.failed, remarking.cost_unknown,
)  # fmt: skip
"""What may be remarked, in the order of the text."""
