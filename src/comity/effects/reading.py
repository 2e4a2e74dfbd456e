"""What may be said of the numbers, rule by rule; each sentence rests on figures that it carries, and none says more than they do.

Source: docs/explanation/how-effects-are-read.md, section 6; the numbers of the rules are those of its list.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.effects.answers import EffectCheck, EffectFindings, EffectSentence, EstimatorRow, Figure
from comity.effects.concluding import conclusion
from comity.effects.judging import excluding, numbers, of_check, of_signs, signs, with_dyadic
from comity.effects.wording import all_alike, between, differing, have, join, of_many, told, told_p


def reading(found: EffectFindings) -> tuple[EffectSentence, ...]:
    """Every sentence that the findings bear, in the order of the rules."""
    rules = (
        _numbers, _signs, _sizes, _errors, _scales, _samples, _switching, _few_states, _few_events, _pre_trends, _placebo, _sensitivity, _timing,
        _unknown, _coverage, _grid, conclusion,
    )  # fmt: skip
    return tuple(sentence for rule in rules for sentence in rule(found))


def _numbers(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.1: how many estimators give a number, and how many of those an interval without zero."""
    given, apart, bars = numbers(found), excluding(found), with_dyadic(found)
    says = f"{len(given)} of {len(found.rows)} estimators give a number; of these, {have(len(apart))} a dyadic-robust 95% interval without zero"
    if apart:
        says += f" ({join(row.estimator for row in apart)})"
    lacking = len(given) - len(bars)
    if lacking:
        says += f"; {have(lacking)} no dyadic-robust error"
    figures: tuple[tuple[str, Figure], ...] = (
        ("estimators", len(found.rows)), ("with a number", len(given)), ("excluding zero", len(apart)), ("without dyadic error", lacking),
    )  # fmt: skip
    yield EffectSentence("numbers", f"{says}.", figures)


def _signs(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.2: do they agree in sign?"""
    groups = dict(zip(("positive", "negative", "neither"), signs(found), strict=True))
    had = [name for name, rows in groups.items() if rows]
    given = len(numbers(found))
    if given < 2:
        return
    agree = len(had) == 1
    says = all_alike(given, had[0]) if agree else f"They do not agree in sign: {differing((name, groups[name]) for name in had)}."
    counts = ((name, len(rows)) for name, rows in groups.items())
    yield EffectSentence("signs", says, (("agree", "yes" if agree else "no"), *counts))


def _sizes(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.3: on one scale and with one sign, do they agree in size?"""
    for scale in dict.fromkeys(row.scale for row in numbers(found)):
        values = [row.value for row in numbers(found) if row.scale == scale and row.value is not None]
        least, most = min(values, key=abs), max(values, key=abs)
        one_sign = all(value > 0 for value in values) or all(value < 0 for value in values)
        if len(values) > 1 and one_sign and abs(most) >= found.rules.ratio * abs(least):
            says = f"They do not agree in size: in {scale}, from {told(least)} to {told(most)}."
            yield EffectSentence("sizes", says, (("scale", scale), ("least", least), ("most", most)))


def _errors(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.4: where an interval excludes zero only because rows are counted as if they were apart."""
    for row in numbers(found):
        dyadic = row.bar("dyadic")
        if dyadic is None or dyadic.low is None or dyadic.high is None or dyadic.excludes_zero:
            continue
        bars = [(word, bar) for word, bar in (("naive", row.bar("naive")), ("pair-clustered", row.bar("pair"))) if bar is not None]
        narrow = [(word, bar) for word, bar in bars if bar.excludes_zero and bar.low is not None and bar.high is not None]
        if narrow:
            figures = [(f"{word} {end}", value) for word, bar in narrow for end, value in (("low", bar.low), ("high", bar.high)) if value is not None]
            which = join(f"the {word} interval ({between(bar)})" for word, bar in narrow)
            says = (
                f"Under {row.estimator} {which} {of_many('excludes', narrow)} zero and the dyadic-robust one "
                f"({between(dyadic)}) does not: rows that share a state go together, and the narrower errors count them as if they did not."
            )
            ends = (("dyadic low", dyadic.low), ("dyadic high", dyadic.high))
            yield EffectSentence("errors", says, (("estimator", row.estimator), *figures, *ends))


def _scales(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.5: may their sizes be compared?"""
    scales = tuple(dict.fromkeys(row.scale for row in numbers(found)))
    if len(scales) > 1:
        says = f"They stand on different scales ({join(scales)}): compare signs and intervals, not sizes."
        yield EffectSentence("scales", says, tuple((f"scale {n}", scale) for n, scale in enumerate(scales, 1)))


def _samples(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.6: do they rest on the same rows?"""
    given = numbers(found)
    if len({row.rows for row in given}) < 2:
        return
    least, most = min(given, key=_rows), max(given, key=_rows)
    says = (
        f"They rest on different rows: {least.estimator} on {least.rows:,} rows of {least.pairs:,} pairs, {most.estimator} on {most.rows:,} of "
        f"{most.pairs:,}. What holds of the fewer need not hold of the others."
    )
    figures = (("fewest rows", least.rows), ("fewest pairs", least.pairs), ("most rows", most.rows), ("most pairs", most.pairs))
    yield EffectSentence("samples", says, figures)


def _switching(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.7: does the treatment change within pairs?"""
    counts, rules = found.counts, found.rules
    if counts.switching < rules.few_switching or counts.switching < rules.share_switching * counts.pairs:
        says = (
            f"The treatment hardly switches: in {counts.switching:,} of {counts.pairs:,} pairs it is there in some rows and not in others. "
            "Estimators that compare a pair with itself rest on these alone."
        )
        yield EffectSentence("switching", says, (("switching", counts.switching), ("pairs", counts.pairs)))


def _few_states(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.8: are there enough states for the dyadic error?"""
    if found.counts.states < found.rules.few_states and numbers(found):
        says = f"There are {found.counts.states} states: with so few the dyadic-robust error tends to be too small."
        yield EffectSentence("few states", says, (("states", found.counts.states),))


def _few_events(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.9: are there enough rows with the outcome for so many terms?"""
    counts, terms = found.counts, 1 + len(found.layout.controls) + 3 * found.layout.peace
    if counts.events < found.rules.events_per_term * terms and numbers(found):
        says = f"There are {counts.events:,} rows with the outcome for {terms} terms: with so few, estimates lean away from zero."
        yield EffectSentence("few events", says, (("events", counts.events), ("terms", terms)))


def _pre_trends(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.10."""
    check = of_check(found, "pre-trends")
    if check is None or check.fails is None:
        why = f" ({check.why})" if check is not None and check.why else ""
        says = f"Whether pairs that came to be treated differed before is not tested{why}."
        yield EffectSentence("pre-trends", says, (("verdict", "not tested"),))
    elif check.fails:
        says = (
            f"Pre-trends fail{told_p(check)}: pairs that came to be treated moved otherwise than the others before they were. "
            "The event study and the linear two-way estimate do not show what the treatment did."
        )
        yield EffectSentence("pre-trends", says, (("verdict", "fails"), *figures_of(check)))
    else:
        says = f"Pre-trends do not show{told_p(check)}: this does not prove that there are none."
        yield EffectSentence("pre-trends", says, (("verdict", "does not fail"), *figures_of(check)))


def _placebo(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.11."""
    check = of_check(found, "placebo")
    if check is not None and check.fails:
        says = f"The placebo fails{told_p(check)}: dated earlier than it was, the treatment seems to do something too, which it cannot have done."
        yield EffectSentence("placebo", says, (("verdict", "fails"), *figures_of(check)))
    elif check is not None and check.fails is not None:
        says = f"The placebo does not fail{told_p(check)}."
        yield EffectSentence("placebo", says, (("verdict", "does not fail"), *figures_of(check)))


def _sensitivity(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.12: in the words of the check itself, which carry its figures."""
    check = of_check(found, "sensitivity")
    if check is not None and check.fails is not None:
        yield EffectSentence("sensitivity", check.says, (("verdict", "fails" if check.fails else "does not fail"), *figures_of(check)))


def _timing(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.13: is it known which came first?"""
    if found.layout.lag == 0:
        says = "Treatment and outcome are of the same period: which of the two came first is not known from these rows."
        yield EffectSentence("timing", says, (("lag", 0),))


def _unknown(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.14: are many rows left out for what is not known?"""
    counts = found.counts
    out = sum(one.rows for one in counts.left_out if "not known" in one.why)
    whole = counts.rows + out
    if out > found.rules.unknown * whole:
        says = f"{out:,} of {whole:,} rows are left out because something in them is not known. They need not be like the others."
        yield EffectSentence("unknown", says, (("left out", out), ("of", whole)))


def _coverage(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.15: which columns do not reach over the periods asked about?"""
    for column in found.columns:
        if column.covers is not None and (column.covers[0] > found.layout.since or column.covers[1] < found.layout.until):
            first, last = column.covers
            says = f"{column.name} is known from {first} to {last}; rows that need it for other years are left out, never taken for zero."
            yield EffectSentence("coverage", says, (("column", column.name), ("first", first), ("last", last)))


def _grid(found: EffectFindings) -> Iterator[EffectSentence]:
    """6.16: the whole grid, of which none is picked."""
    cells = found.grid.estimated
    if not cells:
        return
    positive, negative = of_signs(found)
    apart = [cell for cell in cells if cell.excludes_zero]
    up = sum(1 for cell in apart if cell.value is not None and cell.value > 0)
    down = len(apart) - up
    says = (
        f"Of {len(cells):,} specifications estimated (of {len(found.grid.cells):,} declared), {positive:,} are positive and {negative:,} negative; "
        f"{have(len(apart))} a dyadic-robust interval that excludes zero: {up:,} above it, {down:,} below."
    )
    figures = (
        ("estimated", len(cells)), ("declared", len(found.grid.cells)), ("positive", positive), ("negative", negative),
        ("excluding zero", len(apart)), ("above", up), ("below", down),
    )  # fmt: skip
    yield EffectSentence("grid", says, figures)


def figures_of(check: EffectCheck) -> tuple[tuple[str, Figure], ...]:
    """A check's figures, and by which errors it was made."""
    return (*check.figures, *((("errors", check.errors),) if check.errors is not None else ()))


def _rows(row: EstimatorRow) -> int:
    return row.rows
