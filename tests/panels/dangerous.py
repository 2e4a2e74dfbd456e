"""The panel of Bremer's dangerous dyads, as the R package's vignette has it: 1816 to 2010, politically relevant pairs.

Source: Bremer 1992; Miller 2022. Dyads count from any day of the year, spells by rows, as there.
"""

from __future__ import annotations

import polars as pl

from comity.panels import Add, Panel, panel
from comity.sources import Store


def dangerous_dyads(store: Store) -> Panel:
    start = panel("dyad-year", since=1816, until=2010, shelf=store, add=[Add("contiguity", at="any day"), Add("majors", at="any day")])
    found = start.politically_relevant().with_column("prd", pl.lit(1, pl.Int8), "politically relevant", "yes or no")
    found = found.add("gml-mids:gmlmidonset,gmlmidongoing", shelf=store).with_spell("gmlmidspell", "gmlmidongoing", count="rows")
    found = found.add("nmc", "democracy:aeuds", "atop-dyads", "gdp:mrgdppc", shelf=store)
    major = (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
    found = found.with_column("landcontig", (pl.col("conttype") == 1).cast(pl.Int8), "contiguous by land", "yes or no")
    found = found.with_column("cowmajdyad", major.cast(pl.Int8), "one is a major power", "yes or no")
    for side in "12":
        found = found.with_column(f"milit{side}", pl.col(f"milper{side}") / pl.col(f"tpop{side}"), "military personnel per inhabitant")
    for name, of in (("minmilit", "milit"), ("mindemest", "aeuds"), ("minmgdppc", "mrgdppc")):
        found = found.with_pairwise(name, of, "lowest")
    return found.with_pairwise("cincprop", "cinc", "lower over higher")
