"""The slow reading of docs/explanation/how-effects-are-estimated.md, section 4: why a sample has no estimate, by exact fractions.

Only for small samples whose terms are small whole numbers or halves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations


@dataclass(frozen=True)
class Row:
    """One row of a sample."""

    outcome: float
    terms: tuple[float, ...]
    pair: int
    states: frozenset[int]
    period: int


def malformed(terms: Sequence[str], rows: Sequence[Row]) -> str:
    if not rows:
        return "there are no rows"
    if not terms:
        return "there are no terms"
    for j, name in enumerate(terms):
        wrong = len([row for row in rows if not math.isfinite(row.terms[j])])
        if wrong:
            return f"{name} is not a number in {wrong} of {len(rows)} rows"
    wrong = len([row for row in rows if row.outcome not in (0, 1)])
    return f"the outcome is neither 0 nor 1 in {wrong} of {len(rows)} rows" if wrong else ""


def unfit(terms: Sequence[str], rows: Sequence[Row]) -> str:
    """Of 3.1 and 3.3."""
    if len({row.outcome for row in rows}) == 1:
        return f"the outcome is {rows[0].outcome:.0f} in all {len(rows)} rows"
    for j, name in enumerate(terms):
        if len({row.terms[j] for row in rows}) == 1:
            return f"{name} is {rows[0].terms[j]:g} in all {len(rows)} rows"
    if len(rows) <= len(terms):
        return f"{len(rows)} rows do not tell {len(terms)} terms and a constant apart"
    columns = [[Fraction(row.terms[j]) for row in rows] for j in range(len(terms))]
    why = dependence(terms, columns, [[Fraction(1)] * len(rows)])
    if why:
        return why
    for j, name in enumerate(terms):
        having, without = ([row.terms[j] for row in rows if row.outcome == y] for y in (1, 0))
        if max(having) <= min(without):
            return f"{name} separates the outcomes: it is at most {max(having):g} with the outcome, and at least {min(without):g} without"
        if min(having) >= max(without):
            return f"{name} separates the outcomes: it is at least {min(having):g} with the outcome, and at most {max(without):g} without"
    signed = [[(1 if row.outcome == 1 else -1) * Fraction(value) for value in (*row.terms, 1.0)] for row in rows]
    return _together(terms, lambda kept: separable([[*(line[j] for j in kept), line[-1]] for line in signed]))


def unfit_within(terms: Sequence[str], pairs: Sequence[Sequence[Row]], number: int) -> str:
    """Of 3.2."""
    if number - len(pairs) < len(terms):
        return f"{number} rows of {len(pairs)} pairs do not tell {len(terms)} terms apart"
    columns = [[Fraction(row.terms[j]) - Fraction(pair[0].terms[j]) for pair in pairs for row in pair] for j in range(len(terms))]
    why = dependence(terms, columns, [])
    if why:
        return why
    differences = []
    for pair in pairs:
        for one in pair:
            differences += [
                [Fraction(a) - Fraction(b) for a, b in zip(one.terms, other.terms, strict=True)] for other in pair if one.outcome > other.outcome
            ]
    for j, name in enumerate(terms):
        for sign, said in ((1, "lower"), (-1, "higher")):
            if all(sign * line[j] >= 0 for line in differences):
                return f"{name} separates the outcomes: in no pair is it ever {said} with the outcome than without"
    return _together(terms, lambda kept: separable([[line[j] for j in kept] for line in differences]))


def _together(terms: Sequence[str], separated: Callable[[list[int]], bool]) -> str:
    kept = list(range(len(terms)))
    if not separated(kept):
        return ""
    for j in reversed(range(len(terms))):
        fewer = [i for i in kept if i != j]
        if fewer and separated(fewer):
            kept = fewer
    return f"{listed([terms[j] for j in kept])} together separate the outcomes"


def dependence(terms: Sequence[str], columns: Sequence[Sequence[Fraction]], before: list[list[Fraction]]) -> str:
    """The first column that the columns before it give exactly, and which of the terms have a part in it."""
    taken: list[list[Fraction]] = list(before)
    for j, name in enumerate(terms):
        if rank([*taken, columns[j]]) == len(taken):
            of = [i for i in range(j) if rank([*(c for k, c in enumerate(taken) if k != i + len(before)), columns[j]]) == len(taken)]
            return f"{name} can be worked out from {listed([terms[i] for i in of])}: leave one of them out"
        taken.append(list(columns[j]))
    return ""


def separable(lines: Sequence[Sequence[Fraction]]) -> bool:
    """Whether in some direction no line goes down and some go up: one at the edge of all such lies in so many lines' planes, one fewer than terms.

    Lines of full rank only, so that no direction leaves all of them where they are.
    """
    width = len(lines[0])
    distinct = [list(line) for line in {tuple(line) for line in lines} if any(line)]
    for some in combinations(distinct, width - 1):
        direction = at_right_angles(some, width)
        if direction is None:
            continue
        along = [sum((a * b for a, b in zip(line, direction, strict=True)), Fraction(0)) for line in distinct]
        if all(one >= 0 for one in along) or all(one <= 0 for one in along):
            return True
    return False


def at_right_angles(lines: Iterable[Sequence[Fraction]], width: int) -> list[Fraction] | None:
    """The one direction at right angles to all, where they leave just one."""
    reduced, leads = echelon(lines, width)
    if len(leads) != width - 1:
        return None
    free = next(j for j in range(width) if j not in leads)
    found = [Fraction(0)] * width
    found[free] = Fraction(1)
    for line, lead in zip(reduced, leads, strict=True):
        found[lead] = -line[free]
    return found


def rank(lines: Sequence[Sequence[Fraction]]) -> int:
    return len(echelon(lines, len(lines[0]))[1])


def echelon(lines: Iterable[Sequence[Fraction]], width: int) -> tuple[list[list[Fraction]], list[int]]:
    """Reduced row echelon form, without its empty lines, and the place of each line's leading one."""
    left = [list(line) for line in lines]
    done: list[list[Fraction]] = []
    leads: list[int] = []
    for j in range(width):
        pivot = next((line for line in left if line[j] != 0), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = [value / pivot[j] for value in pivot]
        left = [[a - line[j] * b for a, b in zip(line, pivot, strict=True)] for line in left]
        done = [[a - line[j] * b for a, b in zip(line, pivot, strict=True)] for line in done]
        done.append(pivot)
        leads.append(j)
    return done, leads


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
