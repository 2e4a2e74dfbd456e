"""The last sentence of the reading: what this data can tell and what it cannot. It never says that a treatment causes anything.

Source: docs/explanation/how-effects-are-read.md, section 6.17.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.effects.answers import CheckName, EffectFindings, EffectSentence, Figure
from comity.effects.judging import excluding, numbers, of_check, of_signs, signs, with_dyadic
from comity.effects.wording import join, told

FAILS: dict[CheckName, str] = {
    "pre-trends": "pre-trends fail",
    "placebo": "the placebo fails",
    "sensitivity": "a small departure from parallel trends would undo it",
}


def conclusion(found: EffectFindings) -> Iterator[EffectSentence]:
    """Nothing, not told from none, hangs on choices, or goes together."""
    of, on = found.layout.treatment, found.layout.outcome
    apart, doubts = excluding(found), doubts_of(found)
    if not numbers(found):
        says = f"Nothing can be said of an effect of {of} on {on}: no estimator gives a number."
        yield EffectSentence("conclusion", says, (("verdict", "nothing"),))
    elif not apart:
        ends, reach = _reach(found)
        says = f"This data cannot tell an effect of {of} on {on} from none: {reach}."
        yield EffectSentence("conclusion", says, (("verdict", "not told from none"), *ends))
    elif doubts:
        says = f"This data does not settle whether {of} changes {on}: {'; '.join(doubt.says for doubt in doubts)}."
        named = ((f"doubt {n}", doubt.name) for n, doubt in enumerate(doubts, 1))
        yield EffectSentence("conclusion", says, (("verdict", "hangs on choices"), *named, *(one for doubt in doubts for one in doubt.figures)))
    else:
        sign = "higher" if signs(found)[0] else "lower"
        says = (
            f"Where {of} holds, {on} is {sign}, by every estimator here and in most specifications. This is an association, not proof "
            "that the one brings the other about: whatever is not among the controls and changes with both would look the same."
        )
        yield EffectSentence("conclusion", says, (("verdict", "goes together"), ("sign", sign)))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why what some estimators show is not settled: its name, in words, and the figures in these."""

    name: str
    says: str
    figures: tuple[tuple[str, Figure], ...] = ()


def doubts_of(found: EffectFindings) -> tuple[Doubt, ...]:
    """None if all say the same and no check fails."""
    given, apart = numbers(found), excluding(found)
    positive, negative, _ = signs(found)
    trends = of_check(found, "pre-trends")
    doubts = list[Doubt]()
    if len(apart) < len(given):
        says = f"the dyadic-robust interval excludes zero under {len(apart)} of {len(given)} estimators only"
        doubts.append(Doubt("errors", says, (("excluding zero", len(apart)), ("with a number", len(given)))))
    if positive and negative:
        doubts.append(Doubt("signs", "estimators differ in sign"))
    doubts += [Doubt(check.name, FAILS[check.name]) for check in found.checks if check.fails]
    if trends is None or trends.fails is None:
        doubts.append(Doubt("not tested", "pre-trends are not tested"))
    if len(given) < len(found.rows):
        doubts.append(Doubt("refusals", f"no number from {join(row.estimator for row in found.rows if row.value is None)}"))
    if found.layout.lag == 0:
        doubts.append(Doubt("timing", "which came first is not known"))
    return (*doubts, *_doubts_of_grid(found))


def _doubts_of_grid(found: EffectFindings) -> Iterator[Doubt]:
    cells, rules = found.grid.estimated, found.rules
    if not cells:
        yield Doubt("grid", "no other specification was estimated")
    most = max(of_signs(found))
    apart = sum(1 for cell in cells if cell.excludes_zero)
    if most < rules.one_sign * len(cells):
        figures: tuple[tuple[str, Figure], ...] = (("specifications", len(cells)), ("of one sign", most))
        yield Doubt("grid signs", f"of {len(cells):,} specifications {most:,} have one sign", figures)
    if apart < rules.excluding * len(cells):
        figures = (("specifications", len(cells)), ("apart from zero", apart))
        yield Doubt("grid intervals", f"of {len(cells):,} specifications the interval of {apart:,} excludes zero", figures)


def _reach(found: EffectFindings) -> tuple[tuple[tuple[str, Figure], ...], str]:
    """How far the dyadic intervals of each scale reach together, and that in words."""
    figures, words = list[tuple[str, Figure]](), list[str]()
    for scale in dict.fromkeys(row.scale for row in with_dyadic(found)):
        bars = [bar for row in with_dyadic(found) if row.scale == scale and (bar := row.bar("dyadic")) is not None]
        low, high = min(bar.low for bar in bars if bar.low is not None), max(bar.high for bar in bars if bar.high is not None)
        figures += [(f"low in {scale}", low), (f"high in {scale}", high)]
        words.append(f"from {told(low)} to {told(high)} in {scale}")
    says = f"the dyadic-robust intervals together reach {join(words)}" if words else "no dyadic-robust error could be worked out"
    return tuple(figures), says
