"""What the tests of sources are given: a made-up source with its files, and the folder of real data, if there is one."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.sources import Form, Source, Table
from comity.sources.records import read_record

WHEN = datetime(2026, 11, 26, 12, tzinfo=UTC)
DATA = Path(os.environ["COMITY_DATA"]) if os.environ.get("COMITY_DATA") else None
needs_data = pytest.mark.skipif(DATA is None, reason="COMITY_DATA does not name a folder with the data of others (see docs/how-to)")

PACTS = """\
pact,state,code,when,strength,signYear,signMonth,signDay,held
p1,Aaa,2,2001-02-03,1.5,1980,1,xx,1
p2,Bbb,-88,2001-02-04,-9,1981,0,0,0
p2,Ccc,20,NA,2.25,1982,12,31,1
"""
RECORD = """
id = "pacts"
title = "Pacts that nobody made"
version = "1"
publisher = "Nobody"
address = "https://example.org/pacts"
licence = "not stated"
codebook = ""
yields = "both"
citations = [{ kind = "article", author = ["Body, No", "Else, Someone"], year = 2001, title = "Pacts & more", journal = "J", doi = "10.1/x" }]
coverage = [{ since = 1980-01-01, through = 2001-12-31, parties = "states" }]

[[tables]]
name = "pacts"
row = "a state in a pact"
key = ["pact", "state"]
absent = "0"
rows = 3
columns = [
  { name = "pact", type = "text", means = "Its number." },
  { name = "state", type = "text", means = "The state.", choices = ["Aaa", "Bbb", "Ccc"] },
  { name = "code", type = "int", means = "Its code.", low = 1, high = 999, codes = { "-88" = "not known" }, keeps = true },
  { name = "day", type = "day", means = "The day." },
  { name = "strength", type = "float", means = "How strong.", low = 0, codes = { "-9" = "not known" } },
  { name = "signed", type = "partial-day", means = "Signed.", parts = ["signYear", "signMonth", "signDay"] },
  { name = "held", type = "yes-no", means = "Did it hold?" },
]

[[tables.forms]]
file = "pacts.csv"
format = "csv"
sha256 = "%s"
size = %d
nothing = ["", "NA"]
names = { "day" = "when" }
"""


def made_up(content: str = PACTS) -> Source:
    """The source, its form being a file with that content."""
    raw = content.encode()
    return read_record("pacts.toml", RECORD % (hashlib.sha256(raw).hexdigest(), len(raw)))


def pacts() -> tuple[Table, Form]:
    table = made_up().table()
    return table, table.forms[0]
