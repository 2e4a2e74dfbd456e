"""The network that pairs of states make in each year, and its measures: how central, between whom, in which groups.

Pairs are a table with ``party1``, ``party2``, ``year`` and a value (above zero: tied, and how strongly; zero: not tied; null: not known), or
spells of ties (``pairs_of``). A network is undirected. Strength, constraint, communities and modularity take the value as weight;
betweenness, closeness, effective size and closure go by whether there is a tie at all.

Communities: greedy modularity (Clauset, Newman and Moore 2004), of equal gains the pair with the lowest parties first, so that the same
pairs give the same communities; numbered from the largest, of equal ones from that with the lowest party.

Source: docs/explanation/how-panels-are-made.md, section 9; Freeman 1977 and 1978; Wasserman and Faust 1994, ch. 5 and 6; Burt 1992,
Structural Holes, ch. 2; Borgatti 1997; Newman 2004.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import polars as pl
import rustworkx as rx
from numpy.typing import NDArray

from comity.terms import BadInput

PartyCode = int | str
Direction = Literal["either", "both"]
Matrix = NDArray[np.float64]
Network = rx.PyGraph[PartyCode, float]


class Tie(NamedTuple):
    """Two parties tied from ``since`` until the day before ``until`` (None: still), and how strongly."""

    party1: PartyCode
    party2: PartyCode
    since: date
    until: date | None = None
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class NetworkMeasures:
    """``states``: a row a party and year. ``years``: a row a year. What each column is: ``STATE_MEASURES`` and ``YEAR_MEASURES``."""

    states: pl.DataFrame
    years: pl.DataFrame


STATE_MEASURES = {
    "degree": "with how many it is tied",
    "strength": "the values of its ties together",
    "betweenness": "on what share of the shortest paths between two others it lies (mean over the pairs)",
    "closeness": "how near it is to those it reaches, times the share it reaches",
    "constraint": "how far its ties lead to those who are tied with one another (Burt); null without ties",
    "effective_size": "its ties, less the mean number of ties that those it is tied with have among themselves; null without ties",
    "community": "number of its community; null without ties",
}
YEAR_MEASURES = {
    "parties": "how many there are",
    "ties": "how many pairs are tied",
    "unknown": "of how many pairs it is not known; the other measures are of what is known, and null where nothing is",
    "density": "the share of the known pairs that are tied",
    "transitivity": "of the paths over two ties, the share whose ends are tied too; null without such paths",
    "components": "how many groups of parties that reach one another, of at least two",
    "largest": "how many parties the largest of them has",
    "isolates": "how many parties without a tie",
    "communities": "how many communities",
    "modularity": "the share of ties (by value) inside communities above what degrees alone would give; null without ties",
}
_STATE_TYPES = dict.fromkeys(STATE_MEASURES, pl.Float64) | {"degree": pl.Int64, "community": pl.Int64}
_YEAR_TYPES = {name: pl.Float64 if name in ("density", "transitivity", "modularity") else pl.Int64 for name in YEAR_MEASURES}


def pairs_of(ties: Iterable[Tie], years: Sequence[int]) -> pl.DataFrame:
    """The pairs tied on 1 January of each of the years; of several ties between two the strongest."""
    found: dict[tuple[PartyCode, PartyCode, int], float] = {}
    for tie in ties:
        low, high = sorted((tie.party1, tie.party2), key=lambda party: (str(type(party)), party))
        for year in years:
            day = date(year, 1, 1)
            if tie.since <= day and (tie.until is None or day < tie.until):
                found[low, high, year] = max(tie.value, found.get((low, high, year), 0.0))
    rows = [(*key, value) for key, value in found.items()]
    schema = ["party1", "party2", "year", "value"]
    return pl.DataFrame(rows, schema=schema, orient="row", schema_overrides={"year": pl.Int32, "value": pl.Float64})


def graph(pairs: pl.DataFrame, year: int, weight: str = "value", *, tied: Direction = "either", parties: Iterable[PartyCode] = ()) -> Network:
    """The network of one year: a node a party, in order; an edge for each pair tied, with its weight.

    ``pairs``: columns ``party1``, ``party2``, ``year`` and the one named by ``weight``. A pair that stands in both directions is tied if it is
    in ``either`` (with the greater value), or only if it is in ``both`` (with the lesser; one that stands in one direction alone is not tied).
    ``parties``: who is there besides those named in pairs of the year, tied with nobody.
    """
    return _graph(_known_pairs(pairs.filter(pl.col("year") == year), weight, tied), parties)


def measures(pairs: pl.DataFrame, weight: str = "value", *, tied: Direction = "either", parties: pl.DataFrame | None = None) -> NetworkMeasures:
    """The measures of every year that stands in the pairs. ``parties``: columns ``party`` and ``year``, who is there, tied or not."""
    states, years = [], []
    there = [] if parties is None else parties.group_by("year").agg("party").rows()
    present: dict[int, list[PartyCode]] = {year: list(held) for year, held in there}
    for (year,), held in sorted(pairs.partition_by("year", as_dict=True).items()):
        known = _known_pairs(held, weight, tied)
        network = _graph(known, present.get(int(year), ()))
        of_states, of_year = _measured(network, known["value"].null_count(), whole=not known["value"].is_null().all())
        states.append(of_states.insert_column(1, pl.lit(int(year), dtype=pl.Int32).alias("year")))
        years.append({"year": int(year), **of_year})
    if not years:
        raise BadInput("there are no pairs to make networks of")
    return NetworkMeasures(pl.concat(states, how="vertical_relaxed"), pl.DataFrame(years, schema={"year": pl.Int32, **_YEAR_TYPES}))


def _known_pairs(held: pl.DataFrame, weight: str, tied: Direction) -> pl.DataFrame:
    """The pairs of one year, each once, the lower party first, with ``value``: null where it is not known whether they are tied."""
    absent = sorted({"party1", "party2", "year", weight} - set(held.columns))
    if absent:
        raise BadInput(f"pairs have the columns party1, party2, year and {weight}; {', '.join(absent)} is not there")
    plain = held.select("party1", "party2", value=pl.col(weight).cast(pl.Float64))
    for wrong, rows in (
        ("a party of a pair is not named", plain.filter(pl.col("party1").is_null() | pl.col("party2").is_null())),
        ("a party is paired with itself", plain.filter(pl.col("party1") == pl.col("party2"))),
        ("a value is below zero or no number", plain.filter((pl.col("value") < 0) | ~pl.col("value").is_finite())),
        ("a pair stands twice in one direction and year", plain.filter(plain.select("party1", "party2").is_duplicated())),
    ):
        if rows.height:
            raise BadInput(f"{wrong}: {rows.row(0)}")
    value = pl.col("value")
    once = {
        "either": pl.when(value.max() > 0).then(value.max()).when(value.is_null().any()).then(None).otherwise(0.0),
        "both": pl.when((value.min() == 0) | (pl.len() < 2)).then(0.0).when(value.is_null().any()).then(None).otherwise(value.min()),
    }[tied]
    low, high = pl.min_horizontal("party1", "party2"), pl.max_horizontal("party1", "party2")
    if plain.schema["party1"] == pl.String:
        turned = pl.col("party1") > pl.col("party2")
        low = pl.when(turned).then("party2").otherwise("party1")
        high = pl.when(turned).then("party1").otherwise("party2")
    return plain.group_by(a=low, b=high).agg(value=once).sort("a", "b")


def _graph(known: pl.DataFrame, parties: Iterable[PartyCode]) -> Network:
    nodes = sorted({*known["a"].to_list(), *known["b"].to_list(), *parties})
    place = {party: number for number, party in enumerate(nodes)}
    network: Network = rx.PyGraph(multigraph=False)
    network.add_nodes_from(nodes)
    network.add_edges_from([(place[a], place[b], value) for a, b, value in known.filter(pl.col("value") > 0).iter_rows()])
    return network


def _measured(network: Network, unknown: int, *, whole: bool) -> tuple[pl.DataFrame, dict[str, float | int | None]]:
    """The measures of one network; ``whole``: something is known of it."""
    parties, weights = list(network.nodes()), weights_of(network)
    count, ties = len(parties), network.num_edges()
    year: dict[str, float | int | None] = dict.fromkeys(YEAR_MEASURES, None) | {"parties": count, "unknown": unknown}
    if not whole:
        none = pl.DataFrame({"party": parties}).with_columns(pl.lit(None, dtype=kind).alias(name) for name, kind in _STATE_TYPES.items())
        return none, year
    group = communities(weights)
    tied = weights > 0
    degree = tied.sum(axis=1)
    sizes = [len(found) for found in rx.connected_components(network) if len(found) > 1]
    states = {
        "party": parties,
        "degree": degree,
        "strength": weights.sum(axis=1),
        "betweenness": list(rx.betweenness_centrality(network).values()),
        "closeness": list(rx.closeness_centrality(network).values()),
        "constraint": _or_null(constraint(weights), degree),
        "effective_size": _or_null(_effective_size(tied), degree),
        "community": [number or None for number in group.tolist()],
    }
    pairs = count * (count - 1) // 2 - unknown
    year |= {
        "ties": ties,
        "density": ties / pairs if pairs else None,
        "transitivity": rx.transitivity(network) if (degree > 1).any() else None,
        "components": len(sizes),
        "largest": max(sizes, default=0),
        "isolates": int((degree == 0).sum()),
        "communities": int(group.max(initial=0)),
        "modularity": modularity(weights, group) if ties else None,
    }
    return pl.DataFrame(states, schema_overrides=_STATE_TYPES), year


def weights_of(network: Network) -> Matrix:
    """The weights between the nodes, in their order; zero where there is no tie."""
    weights = np.zeros((network.num_nodes(), network.num_nodes()))
    for a, b, value in network.weighted_edge_list():
        weights[a, b] = weights[b, a] = value
    return weights


def constraint(weights: Matrix) -> Matrix:
    """Burt's constraint of each node: over those it is tied with, (share of its ties that goes there, directly and over a third) squared."""
    total = weights.sum(axis=1, keepdims=True)
    share = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    found: Matrix = (np.where(weights > 0, share + share @ share, 0.0) ** 2).sum(axis=1)
    return found


def _effective_size(tied: NDArray[np.bool_]) -> Matrix:
    """Ties less the mean number of ties among those tied with (Borgatti's form of Burt's measure)."""
    plain = tied.astype(np.float64)
    degree = plain.sum(axis=1)
    among = ((plain @ plain) * plain).sum(axis=1)
    found: Matrix = degree - np.divide(among, degree, out=np.zeros_like(degree), where=degree > 0)
    return found


def modularity(weights: Matrix, group: NDArray[np.int64]) -> float:
    """Newman's modularity of the groups; nodes of group 0 have no ties and count for nothing."""
    total = weights.sum()
    strength = weights.sum(axis=1)
    same = group[:, None] == group[None, :]
    return float((np.where(same, weights, 0.0).sum() - (np.where(same, np.outer(strength, strength), 0.0)).sum() / total) / total)


def communities(weights: Matrix) -> NDArray[np.int64]:
    """The number of each node's community, from 1; 0 for a node without ties. Two are joined as long as that raises modularity."""
    total, strength = weights.sum(), weights.sum(axis=1)
    group = np.zeros(len(weights), dtype=np.int64)
    if total == 0:
        return group
    members: list[list[int]] = [[n] if strength[n] > 0 else [] for n in range(len(weights))]
    between, share = weights / total, strength / total
    gain = np.where(between > 0, between - np.outer(share, share), -np.inf)
    while True:
        row, column = divmod(int(np.argmax(np.round(gain, 12))), len(weights))
        if gain[row, column] <= 1e-12:
            break
        _join(members, between, share, gain, min(row, column), max(row, column))
    ordered = sorted((found for found in members if found), key=lambda found: (-len(found), min(found)))
    for number, found in enumerate(ordered, 1):
        group[found] = number
    return group


def _join(members: list[list[int]], between: Matrix, share: Matrix, gain: Matrix, kept: int, gone: int) -> None:
    """Make one community of two, and say anew what joining it with the others would gain."""
    members[kept] += members[gone]
    members[gone] = []
    between[kept] += between[gone]
    between[:, kept] += between[:, gone]
    between[gone] = between[:, gone] = between[kept, kept] = 0.0
    share[kept] += share[gone]
    share[gone] = 0.0
    gain[gone] = gain[:, gone] = -np.inf
    gain[kept] = gain[:, kept] = np.where(between[kept] > 0, between[kept] - share[kept] * share, -np.inf)


def _or_null(values: Matrix, degree: NDArray[np.int64]) -> list[float | None]:
    return [float(value) if many else None for value, many in zip(values, degree, strict=True)]
