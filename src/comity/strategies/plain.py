"""A strategy as plain values for programs: what it is, how far, what is wrong with it, what its reviews found, what changed.

Source: docs/schemas/strategy.json, strategy-check.json, strategy-review.json, strategy-diff.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from comity.domestic import HomeStatus
from comity.strategies.progress import MeasureProgress, Seen, TargetProgress
from comity.strategies.strategy import AtStage, Initiative, Measure, Review, ReviewChange, ReviewDecision, ReviewFinding, Risk, Stakeholder, Strategy
from comity.strategies.versions import StrategyDiff, VersionDifference
from comity.strategies.wording import reading_notes
from comity.terms import Broken, Verdict

Plain = dict[str, object]
Stages = Mapping[AtStage, HomeStatus | str]


def strategy_to_plain(strategy: Strategy, progress: Sequence[MeasureProgress], stages: Stages, force: Mapping[str, Verdict], on: date) -> Plain:
    """The strategy with how far it is; ``force``: whether each agreement that it names is in force."""
    s = strategy
    return {
        "id": s.id,
        "title": s.title,
        "version": s.version,
        "from": s.from_.isoformat(),
        "until": s.until.isoformat(),
        "owner": s.owner,
        "adopted": _day(s.adopted),
        "act": s.act,
        "on": on.isoformat(),
        "stakeholders": [_stakeholder(one) for one in s.stakeholder],
        "interests": [{"id": one.id, "text": one.text} for one in s.interest],
        "objectives": [
            {
                "id": one.id, "statement": one.statement, "who": one.who, "serves": list(one.serves), "indicators": list(one.indicators),
                "due": _day(one.due),
            }
            for one in s.objective
        ],
        "outcomes": [{"id": one.id, "text": one.text, "serves": list(one.serves), "indicators": list(one.indicators)} for one in s.outcome],
        "initiatives": [_initiative(one, force) for one in s.initiative],
        "indicators": [_measure(one, on) for one in progress],
        "assumptions": [
            {
                "id": one.id, "text": one.text, "about": list(one.about), "test": one.test,
                "tested": [{"on": test.on.written, "holds": test.holds, "source": test.source} for test in one.tested],
            }
            for one in s.assumption
        ],
        "risks": [_risk(one, stages) for one in s.risk],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _stakeholder(one: Stakeholder) -> Plain:
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind,
        "role": one.role,
        "party": one.party,
        "consultations": [{"on": met.on.written, "act": met.act, "minutes": met.minutes} for met in one.consultation],
    }


def _initiative(one: Initiative, force: Mapping[str, Verdict]) -> Plain:
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind,
        "lead": one.lead,
        "from": _day(one.from_),
        "until": _day(one.until),
        "agreements": [{"id": name, "in_force": str(force[name]) if name in force else None} for name in one.agreements],
        "acts": list(one.acts),
        "depends_on": list(one.depends_on),
        "inputs": [{"id": part.id, "what": part.what, "by": part.by, "cost": part.cost, "currency": part.currency or None} for part in one.input],
        "activities": [{"id": part.id, "what": part.what, "uses": list(part.uses), "yields": list(part.yields)} for part in one.activity],
        "outputs": [{"id": part.id, "what": part.what, "leads_to": list(part.leads_to), "indicators": list(part.indicators)} for part in one.output],
    }


def _measure(one: MeasureProgress, on: date) -> Plain:
    measure, base = one.measure, one.measure.baseline
    return {
        "id": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "direction": measure.direction,
        "owner": measure.owner,
        "source": measure.source or None,
        "cadence": measure.cadence,
        "record": _asked(measure),
        "baseline": None if base is None else {"value": _number(base.value), "on": base.on.written},
        "latest": _seen(one.seen),
        "targets": [_target(target) for target in one.targets],
        "due": _day(one.due),
        "notes": list(reading_notes(one, on)),
    }


def _asked(measure: Measure) -> Plain | None:
    asked = measure.record
    if asked is None:
        return None
    return {
        "indicator": asked.indicator,
        "party": asked.party,
        "partner": asked.partner,
        "agreement": asked.agreement,
        "kind": asked.kind,
        "months": asked.months,
    }


def _seen(seen: Seen) -> Plain:
    reading = seen.reading
    return {
        "value": _number(seen.value),
        "least": _number(min(seen.ends, default=None)),
        "most": _number(max(seen.ends, default=None)),
        "unit": seen.unit or None,
        "from": _day(seen.first),
        "until": _day(seen.last),
        "why": seen.why or None,
        "source": seen.source or None,
        "rests_on": [] if reading is None else list(reading.rests_on),
        "simulated": reading is not None and reading.simulated,
    }


def _target(one: TargetProgress) -> Plain:
    return {
        "value": _number(one.target.value),
        "by": _day(one.target.by),
        "progress": str(one.progress),
        "why": one.why or None,
        "reading": _number(one.seen.value),
        "course": _number(one.course),
    }


def _risk(one: Risk, stages: Stages) -> Plain:
    return {
        "id": one.id,
        "text": one.text,
        "kind": one.kind,
        "likelihood": one.likelihood,
        "consequence": one.consequence,
        "shown_by": one.shown_by,
        "mitigation": one.mitigation,
        "owner": one.owner,
        "threatens": list(one.threatens),
        "stage": None if one.stage is None else _stage(one.stage, stages.get(one.stage, "")),
    }


def _stage(stage: AtStage, found: HomeStatus | str) -> Plain:
    return {
        "agreement": stage.agreement,
        "state": stage.state,
        "stands": [] if isinstance(found, str) else [str(one) for one in found.states],
        "why": found if isinstance(found, str) else None,
    }


def broken_to_plain(one: Broken) -> Plain:
    """A rule that is broken, a remark, or something odd."""
    return {"rule": one.rule, "where": one.where, "says": one.says}


def review_to_plain(review: Review) -> Plain:
    """A review: its findings, with the decisions on each, with the changes of each."""
    return {
        "id": review.id,
        "of": review.of,
        "on": review.on.isoformat(),
        "findings": [
            {
                **review_finding_to_plain(one),
                "decisions": [_decision(decided, review.change) for decided in review.decision if one.id in decided.findings],
            }
            for one in review.finding
        ],
    }


def review_finding_to_plain(one: ReviewFinding) -> Plain:
    """A finding of a review, or one that is proposed."""
    return {"id": one.id, "text": one.text, "about": list(one.about), "evidence": list(one.evidence)}


def _decision(one: ReviewDecision, changes: Sequence[ReviewChange]) -> Plain:
    return {
        "id": one.id,
        "text": one.text,
        "by": one.by,
        "on": _day(one.on),
        "unchanged": one.unchanged or None,
        "changes": [_change(change) for change in changes if change.decision == one.id],
    }


def _change(one: ReviewChange) -> Plain:
    return {"part": one.part, "id": one.id, "done": one.done, "field": one.field or None}


def strategy_diff_to_plain(found: StrategyDiff) -> Plain:
    """What changed from one version to the next."""
    return {
        "old": found.old,
        "new": found.new,
        "differences": [_difference(one) for one in found.differences],
        "not_carried_out": [{"review": review.id, "decision": change.decision, **_change(change)} for review, change in found.missing],
        "oddities": [broken_to_plain(one) for one in found.oddities],
    }


def _difference(one: VersionDifference) -> Plain:
    return {
        "part": one.part,
        "id": one.id,
        "done": one.done,
        "field": one.field or None,
        "old": one.old or None,
        "new": one.new or None,
        "decisions": [{"review": answer.review, "id": answer.decision.id, "text": answer.decision.text} for answer in one.answers],
    }
