"""The slow reading of docs/explanation/how-effects-are-read.md, section 6: which sentences the findings bear, and with which figures.

It shares nothing with the fast path but types, and asks nothing of their properties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from comity.effects.answers import EffectCheck, EffectFindings, EstimatorRow

Figures = dict[str, float | int | str]
Told = tuple[str, Figures]


def sentences(f: EffectFindings) -> list[Told]:
    """Rules 1 to 17, in order."""
    rules: list[Callable[[EffectFindings], Iterator[Told]]] = [
        rule_1, rule_2, rule_3, rule_4, rule_5, rule_6, rule_7, rule_8, rule_9, rule_10, rules_11_and_12, rule_13, rule_14, rule_15, rule_16, rule_17,
    ]  # fmt: skip
    return [told for rule in rules for told in rule(f)]


def value(row: EstimatorRow) -> float:
    assert row.value is not None
    return row.value


def given(f: EffectFindings) -> list[EstimatorRow]:
    return [row for row in f.rows if row.value is not None]


def interval(row: EstimatorRow, errors: str) -> tuple[float, float] | None:
    """The 95% interval by this kind of error, if there is one."""
    for bar in row.bars:
        if bar.errors == errors and bar.low is not None and bar.high is not None:
            return bar.low, bar.high
    return None


def without_zero(ends: tuple[float, float] | None) -> bool:
    return ends is not None and not ends[0] <= 0 <= ends[1]


def clear(f: EffectFindings) -> list[EstimatorRow]:
    """Those given whose dyadic interval has no zero in it."""
    return [row for row in given(f) if without_zero(interval(row, "dyadic"))]


def sign(number: float) -> str:
    return "positive" if number > 0 else "negative" if number < 0 else "neither"


def rule_1(f: EffectFindings) -> Iterator[Told]:
    lacking = [row for row in given(f) if interval(row, "dyadic") is None]
    counts = {"estimators": len(f.rows), "with a number": len(given(f)), "excluding zero": len(clear(f)), "without dyadic error": len(lacking)}
    yield "numbers", {**counts}


def rule_2(f: EffectFindings) -> Iterator[Told]:
    of = [sign(value(row)) for row in given(f)]
    if len(of) >= 2:
        agree = "yes" if len(set(of)) == 1 else "no"
        yield "signs", {"agree": agree, **{name: of.count(name) for name in ("positive", "negative", "neither")}}


def rule_3(f: EffectFindings) -> Iterator[Told]:
    for scale in unique([row.scale for row in given(f)]):
        of = [value(row) for row in given(f) if row.scale == scale]
        if len(of) < 2 or {sign(one) for one in of} not in ({"positive"}, {"negative"}):
            continue
        least, most = min(of, key=abs), max(of, key=abs)
        if abs(most) >= f.rules.ratio * abs(least):
            yield "sizes", {"scale": scale, "least": least, "most": most}


def rule_4(f: EffectFindings) -> Iterator[Told]:
    for row in given(f):
        dyadic = interval(row, "dyadic")
        if dyadic is None or without_zero(dyadic):
            continue
        figures: Figures = {"estimator": row.estimator}
        for errors, word in (("naive", "naive"), ("pair", "pair-clustered")):
            ends = interval(row, errors)
            if ends is not None and without_zero(ends):
                figures[f"{word} low"], figures[f"{word} high"] = ends
        if len(figures) > 1:
            figures["dyadic low"], figures["dyadic high"] = dyadic
            yield "errors", figures


def rule_5(f: EffectFindings) -> Iterator[Told]:
    scales = unique([row.scale for row in given(f)])
    if len(scales) >= 2:
        yield "scales", {f"scale {place + 1}": scale for place, scale in enumerate(scales)}


def rule_6(f: EffectFindings) -> Iterator[Told]:
    by_rows = sorted(given(f), key=lambda row: row.rows)
    if by_rows and by_rows[0].rows != by_rows[-1].rows:
        most = next(row for row in by_rows if row.rows == by_rows[-1].rows)
        fewest: Figures = {"fewest rows": by_rows[0].rows, "fewest pairs": by_rows[0].pairs}
        yield "samples", {**fewest, "most rows": most.rows, "most pairs": most.pairs}


def rule_7(f: EffectFindings) -> Iterator[Told]:
    switching, pairs = f.counts.switching, f.counts.pairs
    enough = switching >= f.rules.few_switching and Fraction(switching) >= Fraction(f.rules.share_switching) * pairs
    if not enough:
        yield "switching", {"switching": switching, "pairs": pairs}


def rule_8(f: EffectFindings) -> Iterator[Told]:
    if given(f) and f.counts.states < f.rules.few_states:
        yield "few states", {"states": f.counts.states}


def rule_9(f: EffectFindings) -> Iterator[Told]:
    terms = len([f.layout.treatment, *f.layout.controls, *(["t", "t2", "t3"] if f.layout.peace else [])])
    if given(f) and f.counts.events < terms * f.rules.events_per_term:
        yield "few events", {"events": f.counts.events, "terms": terms}


def made(f: EffectFindings, name: str) -> EffectCheck | None:
    """The check, if it came to anything."""
    found = [check for check in f.checks if check.name == name]
    return found[0] if found and found[0].fails in (True, False) else None


def rule_10(f: EffectFindings) -> Iterator[Told]:
    check = made(f, "pre-trends")
    yield "pre-trends", {"verdict": "not tested"} if check is None else of_check(check)


def rules_11_and_12(f: EffectFindings) -> Iterator[Told]:
    for name in ("placebo", "sensitivity"):
        check = made(f, name)
        if check is not None:
            yield name, of_check(check)


def of_check(check: EffectCheck) -> Figures:
    by: Figures = {} if check.errors is None else {"errors": check.errors}
    return {"verdict": "fails" if check.fails else "does not fail", **dict(check.figures), **by}


def rule_13(f: EffectFindings) -> Iterator[Told]:
    if not f.layout.lag:
        yield "timing", {"lag": 0}


def rule_14(f: EffectFindings) -> Iterator[Told]:
    reasons = {"not known whether the pair is relevant", "not known whether the outcome was under way", "something in them is not known"}
    out = sum(one.rows for one in f.counts.left_out if one.why in reasons)
    otherwise = f.counts.rows + out
    if otherwise and Fraction(out, otherwise) > Fraction(f.rules.unknown):
        yield "unknown", {"left out": out, "of": otherwise}


def rule_15(f: EffectFindings) -> Iterator[Told]:
    for column in f.columns:
        if column.covers is not None:
            first, last = column.covers
            if not (first <= f.layout.since and f.layout.until <= last):
                yield "coverage", {"column": column.name, "first": first, "last": last}


def rule_16(f: EffectFindings) -> Iterator[Told]:
    numbers, apart = grid(f)
    if numbers:
        yield (
            "grid",
            {
                "estimated": len(numbers),
                "declared": len(f.grid.cells),
                "positive": len([one for one in numbers if one > 0]),
                "negative": len([one for one in numbers if one < 0]),
                "excluding zero": len(apart),
                "above": len([one for one in apart if one > 0]),
                "below": len([one for one in apart if not one > 0]),
            },
        )


def grid(f: EffectFindings) -> tuple[list[float], list[float]]:
    """The numbers of all cells that have one, and of those whose interval has no zero in it."""
    cells = [(one.value, one.low, one.high) for one in f.grid.cells if one.value is not None]
    ends = [(number, (low, high) if low is not None and high is not None else None) for number, low, high in cells]
    return [number for number, _ in ends], [number for number, of in ends if without_zero(of)]


def rule_17(f: EffectFindings) -> Iterator[Told]:
    if not given(f):
        yield "conclusion", {"verdict": "nothing"}
    elif not clear(f):
        figures: Figures = {"verdict": "not told from none"}
        for row in given(f):
            ends = interval(row, "dyadic")
            if ends is not None:
                low, high = f"low in {row.scale}", f"high in {row.scale}"
                figures[low] = min(ends[0], float(figures.get(low, ends[0])))
                figures[high] = max(ends[1], float(figures.get(high, ends[1])))
        yield "conclusion", figures
    else:
        names, numbers = doubts(f)
        if names:
            yield "conclusion", {"verdict": "hangs on choices", **{f"doubt {place + 1}": name for place, name in enumerate(names)}, **numbers}
        else:
            yield "conclusion", {"verdict": "goes together", "sign": "higher" if value(given(f)[0]) > 0 else "lower"}


def doubts(f: EffectFindings) -> tuple[list[str], Figures]:
    """Rule 17's list, and the figures of those that have some."""
    names, figures = list[str](), Figures()
    if clear(f) != given(f):
        names.append("errors")
        figures |= {"excluding zero": len(clear(f)), "with a number": len(given(f))}
    if {"positive", "negative"} <= {sign(value(row)) for row in given(f)}:
        names.append("signs")
    names += [check.name for check in f.checks if check.fails is True]
    if made(f, "pre-trends") is None:
        names.append("not tested")
    if any(row.value is None for row in f.rows):
        names.append("refusals")
    if f.layout.lag == 0:
        names.append("timing")
    numbers, apart = grid(f)
    if not numbers:
        names.append("grid")
        return names, figures
    one_sign = max([sign(one) for one in numbers].count(name) for name in ("positive", "negative"))
    if one_sign < f.rules.one_sign * len(numbers):
        names.append("grid signs")
        figures |= {"specifications": len(numbers), "of one sign": one_sign}
    if len(apart) < f.rules.excluding * len(numbers):
        names.append("grid intervals")
        figures |= {"specifications": len(numbers), "apart from zero": len(apart)}
    return names, figures


def unique(names: Sequence[str]) -> list[str]:
    found = list[str]()
    for name in names:
        if name not in found:
            found.append(name)
    return found
