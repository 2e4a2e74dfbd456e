"""Pictures of networks: the same pairs give the same picture, and what is on it can be read, on white and on black."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from comity.networks import graph, measures, measures_picture, network_picture, to_png, to_svg, years_picture
from comity.networks.measuring import communities, weights_of
from comity.networks.pictures import COLOURS, NEUTRAL, SHAPES, laid_out
from comity.terms import BadInput
from tests.networks.random_pairs import drawn

PAIRS = pl.DataFrame(
    [("AUT", "DEU", 1), ("AUT", "ITA", 1), ("DEU", "ITA", 1), ("FRA", "RUS", 1), ("GBR", "JPN", 1), ("GBR", "PRT", 1), ("SWE", "NOR", 0)],
    schema=["party1", "party2", "value"],
    orient="row",
).with_columns(year=pl.lit(1914))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("}text")]


def test_a_drawing_says_who_is_there_and_who_is_not() -> None:
    said = texts(to_svg(network_picture(graph(PAIRS, 1914), "Pacts, 1914", names={"AUT": "Austria-Hungary"})))
    assert {"Pacts, 1914", "8 states, 6 ties; 2 without a tie are not drawn", "Austria-Hungary", "RUS", "1 (3)", "2 (3)", "3 (2)"} <= set(said)
    assert "SWE" not in said


@pytest.mark.parametrize("seed", [3, 11, 23])
def test_the_same_pairs_give_the_same_drawing(seed: int) -> None:
    pairs = drawn(seed)
    once, again = (to_svg(network_picture(graph(some, 2000))) for some in (pairs, pairs.reverse()))
    assert once == again


def test_nothing_is_fetched_from_elsewhere() -> None:
    svg = to_svg(network_picture(graph(PAIRS, 1914)))
    assert not re.search(r"(?:href|src|url)\s*[=(]\s*[\"']?https?:", svg)
    assert to_png(network_picture(graph(PAIRS, 1914)), "white").startswith(b"\x89PNG")


def luminance(colour: str) -> float:
    """As in the Web Content Accessibility Guidelines 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_can_be_read_on_white_and_on_black() -> None:
    assert 1.05 / (luminance(NEUTRAL) + 0.05) >= 4.5
    assert (luminance(NEUTRAL) + 0.05) / 0.05 >= 4.5
    assert len(set(COLOURS)) == len(set(SHAPES)) == len(COLOURS)


@pytest.mark.parametrize("seed", range(10))
def test_nodes_lie_inside_and_apart(seed: int) -> None:
    network = graph(drawn(seed), 2000)
    weights = weights_of(network)
    place = laid_out(weights, communities(weights))
    assert ((place >= 0.05 - 1e-9) & (place <= 0.95 + 1e-9)).all()
    tied = np.flatnonzero(weights.sum(axis=1) > 0)
    apart = np.sqrt(((place[tied, None] - place[None, tied]) ** 2).sum(axis=2))
    assert len(tied) < 2 or apart[~np.eye(len(tied), dtype=bool)].min() > 0.01


def test_a_network_without_ties_is_drawn_as_what_it_is() -> None:
    nobody = PAIRS.with_columns(value=pl.lit(0))
    assert "0 states, 0 ties; 10 without a tie are not drawn" in texts(to_svg(network_picture(graph(nobody, 1914))))


def test_a_line_is_broken_where_nothing_is_known() -> None:
    """Known to 2001, nothing in 2002, no row at all for 2003, known again in 2004 and 2005, and in 2007 alone."""
    years = [drawn(seed, year) for seed, year in ((7, 2000), (8, 2001), (11, 2004), (23, 2005), (10, 2007))]
    unknown = drawn(3, 2002).with_columns(value=pl.lit(None, dtype=pl.Float64))
    svg = to_svg(measures_picture(measures(pl.concat([*years, unknown])).years, ["ties", "density"], "Drawn"))
    lines = re.findall(r'line mark" d="([^"]*)"', svg)
    assert [(line.count("M"), line.count("L")) for line in lines] == [(3, 2), (3, 2)]
    assert svg.count('roledescription="point"') == 2
    assert {"ties", "density", "Drawn", "2000", "2007"} <= set(texts(svg))


def test_a_measure_that_there_is_not_is_named() -> None:
    with pytest.raises(BadInput, match="beauty"):
        measures_picture(measures(drawn(3)).years, ["beauty"])


def test_years_and_kinds_are_drawn_with_their_numbers() -> None:
    counts = {(1980, "sea"): 3, (1980, "air"): 0, (1981, "sea"): 12, (1981, "air"): 1}
    svg = to_svg(years_picture(counts, ("sea", "air"), "What was trained", "by year"))
    said = texts(svg)
    assert {"What was trained", "by year", "1980", "1981", "sea", "air", "3", "12", "1"} <= set(said)
    assert "0" not in said
    assert svg == to_svg(years_picture(counts, ("sea", "air"), "What was trained", "by year"))
