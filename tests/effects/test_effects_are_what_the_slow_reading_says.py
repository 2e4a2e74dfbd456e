"""Rows, counts, grid and sentences: the room's and the slow reading's are the same on drawn worlds."""

from __future__ import annotations

from collections import Counter

from tests.effects import effects_drawn as drawn


def test_rows_and_counts_are_the_same() -> None:
    assert drawn.rows_agree()


def test_the_grid_has_the_same_cells() -> None:
    assert drawn.grids_agree()


def test_the_same_sentences_rest_on_the_same_figures() -> None:
    assert drawn.readings_agree()


def test_drawn_findings_come_to_every_sentence_and_every_conclusion_often() -> None:
    told = [one for seed in range(drawn.FINDINGS) for one in drawn._told(seed)]
    rules = Counter(rule for rule, _ in told)
    verdicts = Counter(figures["verdict"] for rule, figures in told if rule == "conclusion")
    assert len(rules) == 17
    assert min(rules.values()) > 60
    assert set(verdicts) == {"nothing", "not told from none", "hangs on choices", "goes together"}
    assert min(verdicts.values()) > 10
