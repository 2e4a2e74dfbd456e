"""What a record knows of a strategy, as its rules look at it; and where the agreements that its risks are tied to stand at home.

Source: how-strategies-are-checked.md, 2.8 and 4.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.acts import kinds
from comity.domestic import HomeStatus, home_status
from comity.indicators import INDICATORS, Asked, IndicatorReader, Reading
from comity.standing import Standing
from comity.strategies.looking import StrategyKnown
from comity.strategies.progress import ReadIndicator
from comity.strategies.strategy import AtStage, Strategy
from comity.terms import BadInput, NotOnRecord


def known_of_strategy(strategy: Strategy, standing: Standing) -> StrategyKnown:
    """What the standing's record holds, as its viewer sees it."""
    wanted = set(_acts(strategy))
    some = [entry for entry in standing.record.entries_of_kinds(kinds()) if entry.act.ref in wanted] if wanted else []
    seen = standing.record.visible(some, standing.known, standing.viewer)
    return StrategyKnown(
        parties=frozenset(standing.record.register.parties),
        agreements=frozenset(standing.known_agreements()),
        acts=frozenset(entry.act.ref for entry in seen),
        indicators={one.id: one.unit for one in INDICATORS},
    )


def _acts(strategy: Strategy) -> Iterator[str]:
    yield from [strategy.act] if strategy.act is not None else []
    yield from (met.act for one in strategy.stakeholder for met in one.consultation if met.act is not None)
    yield from (ref for one in strategy.initiative for ref in one.acts)


def record_reader(standing: Standing) -> ReadIndicator:
    """Reads indicators off the standing's record; one that cannot be asked is not known, and says why."""
    reader = IndicatorReader(standing)

    def read(name: str, asked: Asked) -> Reading:
        try:
            return reader(name, asked)
        except (NotOnRecord, BadInput) as problem:
            return Reading(name, asked, None, "", 0, why=str(problem))

    return read


def stages_of(strategy: Strategy, standing: Standing) -> dict[AtStage, HomeStatus | str]:
    """Where each agreement that a risk is tied to stands at home on the day; in words why not, where it cannot be asked."""
    found: dict[AtStage, HomeStatus | str] = {}
    for stage in dict.fromkeys(risk.stage for risk in strategy.risk if risk.stage is not None):
        try:
            standing.record.party(stage.state)
            standing.record.agreement(stage.agreement, standing.known)
            found[stage] = home_status(standing, stage.agreement, stage.state)
        except (NotOnRecord, BadInput) as problem:
            found[stage] = str(problem)
    return found
