"""Effects by the time since a treatment began: what was seen, less what rows that are not treated lead one to expect.

Source: docs/explanation/how-effects-are-estimated.md, section 5.4; Borusyak, Jaravel and Spiess 2024.
"""

from __future__ import annotations

import numpy as np

from comity.estimation.absorbing import Ways
from comity.estimation.estimates import Refusal
from comity.estimation.event_studies import EventStudy, Parts, study_of, timing_of
from comity.estimation.samples import Flags, Floats, Sample, Whole

NAME = "imputation"


def imputed(sample: Sample, treatment: str, lags: int = 5) -> EventStudy | Refusal:
    """By how much does the outcome of treated rows differ from what effects of pairs and periods, fitted to untreated rows alone, lead one to expect?

    ``treatment``: the term that is 1 where a row is treated; the other terms are not used. ``lags``: periods after the first one treated. It has
    no times before 0: those rows are what it is fitted to. Every treated row counts once.
    """
    timing = timing_of(sample, treatment, NAME)
    if isinstance(timing, Refusal):
        return timing
    rows, first = sample.kept(timing.kept), timing.first[timing.kept]
    since = rows.period - first
    untreated = since < 0
    pair, period = _numbered_by(rows.pair, untreated), _numbered_by(rows.period, untreated)
    joined = (pair >= 0) & (period >= 0)
    joined[joined] = _one_piece(pair, period, untreated, joined)
    fit = Ways(pair[untreated], period[untreated])
    of_pair, of_period = fit.fitted(rows.outcome[untreated, None])
    rest = rows.outcome - np.where(joined, of_pair[pair, 0] + of_period[period, 0], 0.0)
    times = np.arange(lags + 1)
    asked = since[:, None] == times
    own = asked & joined[:, None]
    parts = Parts(_adds(fit, (pair, period), untreated, rest, own), own, int((asked.any(axis=1) & ~joined).sum()))
    return study_of(NAME, rows, times.tolist(), parts, timing)


def _adds(fit: Ways, at: tuple[Whole, Whole], untreated: Flags, rest: Floats, own: Flags) -> Floats:
    """What each row adds: an untreated one by how much it moves what is expected of the treated ones, times what is left of it."""
    (pair, period), weights = at, own.astype(np.float64)
    there = own.any(axis=1)
    sums = [np.zeros((len(np.unique(one[untreated])), own.shape[1])) for one in at]
    for total, one in zip(sums, at, strict=True):
        np.add.at(total, one[there], weights[there])
    of_pair, of_period = fit.effects(*sums)
    moves = np.where(untreated[:, None], -(of_pair[pair] + of_period[period]), 0.0)
    return (moves + weights) * rest[:, None]


def _numbered_by(values: Whole, among: Flags) -> Whole:
    """(rows,): the number of each value among those rows; -1 where it is not there."""
    known = np.unique(values[among])
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[place] == values, place, -1)


def _one_piece(pair: Whole, period: Whole, untreated: Flags, asked: Flags) -> Flags:
    """(rows asked,): whether untreated rows join the row's pair with its period: through periods that pairs share."""
    of_pair = np.arange(len(np.unique(pair[untreated])))
    while True:
        of_period = np.full(len(np.unique(period[untreated])), len(of_pair))
        np.minimum.at(of_period, period[untreated], of_pair[pair[untreated]])
        found = of_pair.copy()
        np.minimum.at(found, pair[untreated], of_period[period[untreated]])
        if (found == of_pair).all():
            joins: Flags = of_pair[pair[asked]] == of_period[period[asked]]
            return joins
        of_pair = found
