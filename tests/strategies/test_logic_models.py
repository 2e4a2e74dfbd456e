"""The picture of a logic model: nothing overlaps, nothing is cut off, every tie is drawn, every box tells its part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from xml.etree import ElementTree

from comity.strategies import Strategy, progress_of, strategy_svg
from comity.strategies.drawing import MARKS
from comity.strategies.layers import COLUMNS, LETTERS, TOP, layers_of, wide, wrapped
from comity.strategies.strategy import Interest
from tests.strategies.comparing import record
from tests.strategies.drawn import made
from tests.strategies.scrambled import scrambled

SEEDS = range(60)
SVG = "{http://www.w3.org/2000/svg}"


def strategies() -> list[Strategy]:
    """Some that keep every rule, and some that do not."""
    kept = [made(seed).strategy for seed in SEEDS]
    return kept + [scrambled(Random(seed), one, 10) for seed, one in enumerate(kept)]


def test_boxes_of_a_column_do_not_overlap_and_none_lies_outside() -> None:
    for strategy in strategies():
        layers = layers_of(strategy, progress_of(strategy, date(2026, 1, 1), record))
        for column in range(len(COLUMNS)):
            row = sorted((box for box in layers.boxes if box.column == column), key=lambda box: box.y)
            assert all(above.y + above.height < below.y for above, below in pairwise(row))
            assert all(box.y >= TOP and box.y + box.height < layers.height for box in row)
        assert all(above.y + above.height < below.y for above, below in pairwise(layers.bands))


def test_every_tie_between_parts_that_there_are_is_drawn() -> None:
    for seed in SEEDS:
        strategy = made(seed).strategy
        named = [len(set(one.serves)) for one in strategy.objective] + [len(set(one.serves)) for one in strategy.outcome]
        named += [len(set(one.leads_to)) for one in strategy.outputs()]
        named += [len(set(one.yields)) + len(set(one.uses)) for one in strategy.activities()]
        assert len(layers_of(strategy).ties) == sum(named)
        assert all(left.column + 1 == right.column for left, right in layers_of(strategy).ties)


def test_the_picture_is_well_formed_and_says_the_same_without_colours() -> None:
    for strategy in strategies()[::3]:
        progress = progress_of(strategy, date(2026, 1, 1), record)
        root = ElementTree.fromstring(strategy_svg(strategy, progress))
        ids = (root.get("aria-labelledby") or "").split()
        assert [one.get("id") for one in root[:2]] == ids
        groups = root.findall(f"{SVG}g")
        assert len(groups) == len(layers_of(strategy, progress).boxes)
        assert all(group.findtext(f"{SVG}title") for group in groups)
        marked = [text.text or "" for text in root.iter(f"{SVG}text") if text.get("class") in ("met", "not-met", "on-course", "behind", "unknown")]
        heads = [text for text in marked if text[:1] in MARKS.values()]
        assert all(text.split(":")[0][2:] in ("met", "not met", "on course", "behind", "unknown") for text in heads)


def test_text_is_wrapped_and_never_cut() -> None:
    for text in ("a b c", "word " * 40, "x" * 90, "transfers-without-a-licence-of-their-own", "東アジアの安全保障" * 6, "", "WWWW mmmm " * 9):
        lines = wrapped(text, LETTERS)
        assert all(wide(line) <= LETTERS for line in lines)
        assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_signs_that_markup_is_made_of_are_told_as_they_are() -> None:
    strategy = replace(made(1).strategy, title='A <b> & "c" \x0b', interest=(Interest(id="<i>", text="x < y & z"),))
    root = ElementTree.fromstring(strategy_svg(strategy))
    assert root.findtext(f"{SVG}title") == 'Logic model: A <b> & "c" \ufffd'
    assert "x < y & z" in [text.text for text in root.iter(f"{SVG}text")]


def test_a_strategy_with_nothing_in_it_has_a_picture() -> None:
    bare = Strategy(id="x", title="t", version=1, from_=date(2024, 1, 1), until=date(2025, 1, 1), owner="")
    assert ElementTree.fromstring(strategy_svg(bare)).findall(f"{SVG}g") == []
