"""What the estimators assume, looked at: pre-trends, a placebo, how far from parallel trends may be.

Source: docs/explanation/how-effects-are-read.md, section 4; how-effects-are-estimated.md, section 6; Rambachan and Roth 2023.
"""

from __future__ import annotations

from math import isfinite

from comity.effects.answers import EffectCheck
from comity.effects.estimating import error_bars
from comity.effects.questions import EffectRules
from comity.effects.wording import P, told
from comity.estimation import AVERAGE, Bounds, EventStudy, JointTest, Refusal, Sample, event_study, honest_bounds, leads_test, placebo

STEPS = 5
"""So many periods before and after the treatment begins are looked at: a convention."""


def checks(sample: Sample, rules: EffectRules) -> tuple[EffectCheck, ...]:
    """Each check of the sample's first term, made, or with why it could not be made."""
    study = event_study(sample, sample.terms[0], STEPS, STEPS)
    if isinstance(study, Refusal):
        return (EffectCheck("pre-trends", "", None, why=study.why),)
    return (_pre_trends(study, rules), _placebo(sample, rules), _sensitivity(study, rules))


def _pre_trends(study: EventStudy, rules: EffectRules) -> EffectCheck:
    """The times before adoption, jointly: by the dyadic error, else by the widest that there is."""
    tests = leads_test(study)
    if isinstance(tests, Refusal):
        return EffectCheck("pre-trends", "", None, why=tests.why)
    made = [test for test in tests if test.chance is not None]
    if not made:
        return EffectCheck("pre-trends", "", None, why=tests[-1].why)
    return _of_test(made[-1], rules)


def _of_test(test: JointTest, rules: EffectRules) -> EffectCheck:
    assert test.chance is not None
    says = f"effects at {test.degrees} times before the treatment began, jointly"
    figures = ((P, test.chance), ("times tested", float(test.degrees)))
    return EffectCheck("pre-trends", says, test.chance < rules.level, figures, errors=test.errors)


def _placebo(sample: Sample, rules: EffectRules) -> EffectCheck:
    """The treatment dated earlier: does the interval of its average effect exclude zero?"""
    found = placebo(sample, sample.terms[0])
    if isinstance(found, Refusal):
        return EffectCheck("placebo", "", None, why=found.why)
    bars = [bar for bar in error_bars(found.estimate, AVERAGE) if bar.low is not None and bar.high is not None]
    if not bars:
        return EffectCheck("placebo", "", None, why="it has no error")
    bar, value = bars[-1], float(found.estimate.coefficients[-1])
    assert bar.low is not None
    assert bar.high is not None
    says = f"the treatment dated earlier seems to change the outcome by {told(value)} ({told(bar.low)} to {told(bar.high)})"
    return EffectCheck("placebo", says, bar.excludes_zero, (("estimate", value), ("low", bar.low), ("high", bar.high)), errors=bar.errors)


def _sensitivity(study: EventStudy, rules: EffectRules) -> EffectCheck:
    """How large steps after adoption may be, against the largest seen before, until the average includes zero."""
    found = honest_bounds(study)
    if isinstance(found, Refusal):
        return EffectCheck("sensitivity", "", None, why=found.why)
    if not found:
        return EffectCheck("sensitivity", "", None, why="the event study has no error")
    bounds = found[-1]
    if not isfinite(bounds.breakdown):
        return EffectCheck("sensitivity", "", None, why="nothing moved before adoption, so there is nothing to measure later steps by")
    if bounds.breakdown == 0:
        return EffectCheck("sensitivity", "", None, why="the event study's interval includes zero even if trends are exactly parallel")
    figures = (("breakdown", bounds.breakdown), ("drift", bounds.drift))
    return EffectCheck("sensitivity", _bounds_told(bounds), bounds.breakdown < rules.breakdown, figures, errors=bounds.errors)


def _bounds_told(bounds: Bounds) -> str:
    return (
        f"The event study's interval includes zero once pairs that adopt may depart from the others by {told(bounds.breakdown)} times the "
        f"largest step seen before adoption, or drift from them by {told(bounds.drift)} each period."
    )
