"""The expression that makes pairs of events, on Spark and on DuckDB over the same rows: equal, to the last digit. A part of ``make verify``.

Run with the Python of ``.spark`` (``make .spark/.done``). ``--master`` says where Spark runs; local-cluster[2,1,1024] is a master and
two workers, each a process of its own with one core and 1,024 MB. The last line printed is the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import duckdb
import ibis
import polars as pl

from bench.events import COVERAGE, generated
from comity.events import Events, finished, to_dyads
from comity.events.aggregating import Period

CLUSTER = "local-cluster[2,1,1024]"
NO_JAVA = "Spark needs Java 17 or later, which is not on this machine: install your distribution's package (default-jre-headless)"
ASKED: tuple[tuple[Period, tuple[str, ...] | None, bool], ...] = (
    ("month", None, True),
    ("year", None, False),
    ("month", ("material conflict",), True),
    ("year", ("04", "19", "072", "verbal conflict"), False),
)


def java() -> str | None:
    """The Java that Spark would run."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")


def compare(rows: int, master: str) -> dict[str, object]:
    """How many of the questions the two engines answer differently, and how large the answers are."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="comity-spark-") as folder:
        files = generated(Path(folder), rows, chunk=max(1, rows // 8))
        home = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
        spark = SparkSession.builder.master(master).appName("comity events").config(map=home | quiet).getOrCreate()
        try:
            spark.sparkContext.setLogLevel("ERROR")
            engine = ibis.pyspark.connect(spark)
            events = engine.read_parquet(str(Path(folder, "*.parquet")))
            sizes, differ, spent = [], 0, 0.0
            for by, classes, directed in ASKED:
                begun = time.perf_counter()
                found = pl.from_arrow(to_dyads(events, by, classes, directed).to_pyarrow())
                spent += time.perf_counter() - begun
                assert isinstance(found, pl.DataFrame)
                there = finished(found, COVERAGE, by, directed).table
                here = Events(files, COVERAGE).dyads(by, classes, directed).table
                differ += not there.equals(here)
                sizes.append(here.height)
            workers = spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
            versions = {"spark": spark.version, "duckdb": duckdb.__version__, "ibis": ibis.__version__}
        finally:
            spark.stop()
    found_rows = {"rows": rows, "master": master, "workers": len(workers) - 1, "asked": len(ASKED), "differ": differ, "pairs": sizes}
    return found_rows | {"seconds_on_spark": round(spent, 1)} | versions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--master", default=CLUSTER)
    given = parser.parse_args()
    if java() is None:
        raise SystemExit(NO_JAVA)
    print(json.dumps(compare(given.rows, given.master)))


if __name__ == "__main__":
    main()
