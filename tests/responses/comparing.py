"""What the slow reading has of small worlds of obligations, kept to be asked of the shipped one again and again."""

from __future__ import annotations

import functools
from typing import Any

from tests.responses.made import fast_lines, fast_record, slow_lines, slow_record

LINES, RECORDS = 2_500, 700


@functools.cache
def _lines() -> tuple[Any, ...]:
    return tuple(slow_lines(seed) for seed in range(LINES))


@functools.cache
def _records() -> tuple[Any, ...]:
    return tuple(slow_record(seed) for seed in range(RECORDS))


def responses_agree() -> bool:
    """Do both have the same of every world?"""
    return all(fast_lines(seed) == wanted for seed, wanted in enumerate(_lines())) and all(
        fast_record(seed) == wanted for seed, wanted in enumerate(_records())
    )
