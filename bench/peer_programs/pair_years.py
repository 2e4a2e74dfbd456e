"""Directed pairs of states by year with alliances, disputes, major powers and capabilities, as an analyst writes it in pandas. Read by bench/panels.py.

Arguments: folder of Parquet files, one a table.
"""

import json
import resource
import sys
import time

import pandas as pd

folder = sys.argv[1]
until = 2025


def read(name: str) -> pd.DataFrame:
    return pd.read_parquet(f"{folder}/{name}.parquet")


spells = read("spells")
spells["first"], spells["last"] = pd.to_datetime(spells.start).dt.year, pd.to_datetime(spells.end).dt.year
spells.loc[spells["last"] == spells["last"].max(), "last"] = until
states = spells.assign(year=[list(range(a, b + 1)) for a, b in zip(spells["first"], spells["last"], strict=True)]).explode("year")[["ccode", "year"]]
states["year"] = states.year.astype("int64")
pairs = states.merge(states, on="year", suffixes=("1", "2"))
pairs = pairs[pairs.ccode1 != pairs.ccode2]
alliances = read("alliances").assign(atop_alliance=1)
pairs = pairs.merge(alliances, on=["ccode1", "ccode2", "year"], how="left")
obligations = [c for c in pairs.columns if c.startswith("atop_")]
covered = pairs.year <= 2018
pairs.loc[covered, obligations] = pairs.loc[covered, obligations].fillna(0)
pairs = pairs.merge(read("disputes"), on=["ccode1", "ccode2", "year"], how="left")
dispute = ["cowmidonset", "cowmidongoing"]
covered = pairs.year <= 2014
pairs.loc[covered, dispute] = pairs.loc[covered, dispute].fillna(0)
majors = read("majors")
majors.loc[majors.endyear == majors.endyear.max(), "endyear"] = until
majors = (
    majors.assign(year=[list(range(a, b + 1)) for a, b in zip(majors.styear, majors.endyear, strict=True)])
    .explode("year")[["ccode", "year"]]
    .drop_duplicates()
)
majors = majors.assign(cowmaj=1, year=majors.year.astype("int64"))
capabilities = read("capabilities")
for side in "12":
    for table, columns in ((majors, ["cowmaj"]), (capabilities, ["milex", "milper", "irst", "pec", "tpop", "upop", "cinc"])):
        named = table.rename(columns={"ccode": f"ccode{side}", **{c: f"{c}{side}" for c in columns}})
        pairs = pairs.merge(named, on=[f"ccode{side}", "year"], how="left")
    pairs[f"cowmaj{side}"] = pairs[f"cowmaj{side}"].fillna(0)
print(
    json.dumps(
        {
            "rows": len(pairs),
            "columns": pairs.shape[1],
            "alliances": int(pairs.atop_alliance.sum()),
            "onsets": int(pairs.cowmidonset.sum()),
            "cpu": time.process_time(),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
        }
    )
)
