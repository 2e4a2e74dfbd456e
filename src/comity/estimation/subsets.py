"""The conditional likelihood: which of a pair's rows have the outcome, given how many of them do; exact, whatever their number.

Rows are gone through one by one, with how many outcomes are still to be placed. That is a Markov chain: the chance that the next row takes one is
known from the rows after it, and information is a sum over its steps of (chance)(1 - chance) times the square of what taking it changes.
Time and memory grow with rows times outcomes of a pair; nothing is enumerated, nothing overflows (sums are kept as logarithms).
Source: docs/explanation/how-effects-are-estimated.md, section 3.2; Howard 1972; Gail, Lubin and Rubinstein 1981.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.estimation.climbing import Curve
from comity.estimation.samples import Flags, Floats, Whole

MOST = 4_000_000
"""So many numbers are kept at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs of like size, side by side.

    ``design``: (rows, pairs, terms), of as many rows as the longest has; zero where there is none.   ``there``: (rows, pairs), 0, or minus infinity.
    ``taken``: (pairs, terms), the sum of the rows with the outcome.   ``number``: (pairs,), of these rows.   ``pairs``: (pairs,), which they are.
    Where more than half of a pair's rows have the outcome it is turned round: those without it are placed, with all terms' signs changed.
    """

    design: Floats
    there: Floats
    taken: Floats
    number: Whole
    pairs: Whole


def batches(design: Floats, outcome: Floats, starts: Whole) -> Iterator[Batch]:
    """Pairs put together by how many outcomes and rows they have.   ``starts``: (pairs,), the first row of each; rows stand by pair."""
    sizes = np.diff(starts, append=len(outcome))
    chosen = np.add.reduceat(outcome, starts).astype(np.int64)
    turned = 2 * chosen > sizes
    number = np.where(turned, sizes - chosen, chosen)
    like = np.ceil(np.log2(number))
    for these in (np.flatnonzero(like == one) for one in np.unique(like)):
        most = int(number[these].max() * sizes[these].max())
        for pairs in np.array_split(these, math.ceil(len(these) * most / MOST)):
            yield _batch(design, outcome, starts, sizes, turned, number, pairs)


def _batch(design: Floats, outcome: Floats, starts: Whole, sizes: Whole, turned: Flags, number: Whole, pairs: Whole) -> Batch:
    rows = np.arange(sizes[pairs].max())[:, None]
    there = rows < sizes[pairs]
    at = np.minimum(starts[pairs] + rows, len(outcome) - 1)
    sign = np.where(turned[pairs], -1.0, 1.0)[:, None]
    filled = np.where(there[..., None], design[at] * sign, 0.0)
    placed = (outcome[at] != turned[pairs]) & there
    return Batch(filled, np.where(there, 0.0, -np.inf), (filled * placed[..., None]).sum(axis=0), number[pairs], pairs)


def curve_of(batch: Batch, at: Floats) -> tuple[Curve, Floats]:
    """The batch's part of the log conditional likelihood, and each pair's slope: (pairs, terms)."""
    odds = batch.design @ at + batch.there
    before = _before(odds, batch.number)
    whole = before[-1, :, 0]
    after = np.full(before.shape[1:], -np.inf)  # (pairs, to place + 1): log of the sum over ways to place so many in the rows from here on
    after[:, 0] = 0.0
    ahead = np.zeros((*after.shape, len(at)))  # (pairs, to place + 1, terms): what the rows from here on that take one are expected to sum to
    information = np.zeros((len(at), len(at)))
    for row in reversed(range(len(odds))):
        takes, passes = odds[row][:, None] + after[:, :-1], after[:, 1:].copy()
        after[:, 1:] = np.logaddexp(takes, passes)
        possible = np.where(np.isfinite(after[:, 1:]), after[:, 1:], np.inf)
        taking = np.exp(takes - possible)
        spread = np.exp(before[row][:, 1:] + passes - whole[:, None]) * taking
        changes = batch.design[row][:, None, :] + ahead[:, :-1] - ahead[:, 1:]
        information += np.tensordot(spread[..., None] * changes, changes, axes=((0, 1), (0, 1)))
        ahead[:, 1:] += taking[..., None] * changes
    slopes = batch.taken - ahead[np.arange(len(whole)), batch.number]
    return Curve(float((batch.taken @ at - whole).sum()), slopes.sum(axis=0), information), slopes


def _before(odds: Floats, number: Whole) -> Floats:
    """(rows + 1, pairs, to place + 1): log of the sum over ways in which the rows before leave so many to place."""
    to_place = np.arange(number.max() + 1)
    ways = np.where(to_place == number[:, None], 0.0, -np.inf)
    found = [ways]
    for of in odds:
        ways = np.column_stack((np.logaddexp(ways[:, :-1], of[:, None] + ways[:, 1:]), ways[:, -1:]))
        found.append(ways)
    return np.array(found)
