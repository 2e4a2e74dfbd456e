"""The conditional logit beside statsmodels', on the data of Oneal and Russett 2001, each result beside what Stata printed of it.

Not run where COMITY_DATA is not set: the authors' data is theirs.
"""

from __future__ import annotations

import os
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.discrete.conditional_models import ConditionalLogit

from bench.page import machine
from comity.estimation import Estimate, Sample, conditional_logit

TERMS = ("smldep", "smldmat", "contigkb", "allies", "lcaprat2", "majpower")
STATA = {"log likelihood": "-2784.2654", "smldep": "-18.39399", "allies": "-.4364347"}
RUNS = 5


def section() -> list[str]:
    """The lines of the page."""
    folder = os.environ.get("COMITY_DATA")
    if not folder:
        return ["COMITY_DATA is not set."]
    sample = _sample(Path(folder, "research", "replication", "io_tbl1.dta"))
    ours, found = _timed(sample)
    lines = [
        f"{machine()}. Oneal and Russett 2001, table 1, column 2: {found.rows:,} rows of {found.pairs} pairs; Stata printed what the first line has.",
        "",
        "| | seconds | times Comity | log likelihood | smldep | allies |",
        "|---|---|---|---|---|---|",
        f"| Stata's log of 2001 | | | {STATA['log likelihood']} | {STATA['smldep']} | {STATA['allies']} |",
        f"| Comity (median of {RUNS}) | {ours:.2f} | | {found.log_likelihood:.4f} | {_of(found, 'smldep'):.5f} | {_of(found, 'allies'):.7f} |",
    ]
    for scale, said in ((1.0, "as the data has it"), (100.0, "smldep times 100")):
        took, likelihood, coefficients = _theirs(sample, scale)
        smldep, allies = coefficients[TERMS.index("smldep")], coefficients[TERMS.index("allies")]
        lines.append(f"| statsmodels ConditionalLogit, {said} | {took:.1f} | {took / ours:.0f} | {likelihood:.4f} | {smldep:.5f} | {allies:.7f} |")
    return [*lines, "", "All in one process, one after another. Comity also gives errors by pair and dyadic ones."]


def _sample(path: Path) -> Sample:
    """The rows that count, so that both are given the same."""
    frame = pd.read_stata(path)
    first, second = (frame[name].to_numpy(np.int64) for name in ("statea", "stateb"))
    frame = frame.assign(pair=1000 * first + second, first=first, second=second)
    of = frame.groupby("pair")["onset1"]
    frame = frame[(of.transform("count") > 19) & (of.transform("max") > of.transform("min"))].dropna(subset=["onset1", *TERMS])
    who = (frame[name].to_numpy(np.int64) for name in ("pair", "first", "second", "year"))
    return Sample(frame["onset1"].to_numpy(float), frame[list(TERMS)].to_numpy(float), TERMS, *who)


def _timed(sample: Sample) -> tuple[float, Estimate]:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        found = conditional_logit(sample)
        times.append(time.perf_counter() - begun)
    assert isinstance(found, Estimate)
    return sorted(times)[RUNS // 2], found


def _theirs(sample: Sample, scale: float) -> tuple[float, float, list[float]]:
    design = sample.design * np.where(np.array(TERMS) == "smldep", scale, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        begun = time.perf_counter()
        found = ConditionalLogit(sample.outcome, design, groups=sample.pair).fit(disp=0)
        took = time.perf_counter() - begun
    return took, float(found.llf), [float(one) * scale if name == "smldep" else float(one) for name, one in zip(TERMS, found.params, strict=True)]


def _of(found: Estimate, term: str) -> float:
    return float(found.coefficients[found.terms.index(term)])
