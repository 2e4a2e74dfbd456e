"""A book with exercises, standards, lessons and training in it, for the pages that show them: the example's, and a little more."""

from __future__ import annotations

import shutil
from pathlib import Path

import comity
from comity.about import Opened

EXAMPLE = Path(__file__).parents[2] / "examples" / "exercise-book"
PARTIES = """
[[party]]
code = "LEA"
kind = "organisation"
constituent = "league"
names = [{ name = "League" }]
"""
LEAGUE = """id = "league"
title = "Treaty of the League (supposed)"
short = "League"
concluded = 2000-01-01
negotiating = ["NLD", "BEL", "DEU"]

[[clause]]
kind = "entry-into-force"
article = "2"
says = "In force once two have ratified."
read = "text"
source = "supposed"
when = { kind = "consents", number = 2, acts = ["ratify"], by = { of = "negotiating" } }

[[coverage]]
from = 2000-01-01
through = 2025-12-31
source = "supposed"
"""
RATIFIED = """ref,kind,actor,agreement,made,source,basis
LEA-1,ratify,NLD,league,2001-01-01,supposed,text
LEA-2,ratify,BEL,league,2001-02-01,supposed,text
LEA-3,ratify,DEU,league,2001-03-01,supposed,text
"""
COVERED = """
[[coverage]]
from = 2015-01-01
through = 2025-06-30
parties = ["NLD", "DEU", "BEL"]
source = "three planning staffs"
kinds = ["take-part"]
"""
SECRET, NONCE = "supposed,NATO,SECRET", "00112233445566778899aabbccddee"
LABELLED = ",policy,classification,releasable_to,originator,nonce"
HELD = f"""ref,kind,actor,made,replies_to,details,source{LABELLED}
EX-1-N,take-part,NLD,2018-05-04,,activity=Polder 2018; starts=2018-05-04; ends=2018-05-09; domains=land; purposes=warfighting,supposed,,,,,
EX-1-D,take-part,DEU,2018-05-04,,activity=Polder 2018; starts=2018-05-04; ends=2018-05-09; domains=land; purposes=warfighting,supposed,,,,,
EX-2-N,take-part,NLD,2024-09-01,,"activity=Dune <b>2024</b>; starts=2024-09-01; ends=2024-09-12; domains=land,sea; purposes=warfighting",supposed,,,,,
EX-2-D,take-part,DEU,2024-09-01,,"activity=Dune <b>2024</b>; starts=2024-09-01; ends=2024-09-12; domains=land,sea; purposes=warfighting",supposed,,,,,
EX-2-B,take-part,BEL,2024-09-01,,"activity=Dune <b>2024</b>; starts=2024-09-01; ends=2024-09-12; domains=sea; purposes=warfighting",supposed,,,,,
EX-3-E,take-part,EST,2023-03-02,,activity=Frost 2023; starts=2023-03-02; domains=air; purposes=warfighting,supposed,,,,,
EX-3-D,take-part,DEU,2023-03-02,,activity=Frost 2023; starts=2023-03-02; domains=air; purposes=warfighting,supposed,,,,,
EX-3-X,deny,DEU,2023-04-02,EX-3-D,says=no aircraft of ours were there,supposed,,,,,
"""
HIDDEN = f"""EX-9-N,take-part,NLD,2025-02-01,,activity=Silent 2025; starts=2025-02-01; domains=cyber,{SECRET},BEL,NLD,{NONCE}01
EX-9-B,take-part,BEL,2025-02-01,,activity=Silent 2025; starts=2025-02-01; domains=cyber,{SECRET},NLD,BEL,{NONCE}02
HW-9,submit-observation,NLD,2025-05-12,,activity=Silent 2025; title=Nobody spoke; due=2025-06-01,{SECRET},BEL,NLD,{NONCE}03
TR-9,offer-course,NLD,2025-05-12,,course=Silence; capability=cyber; places=2,{SECRET},BEL,NLD,{NONCE}04
"""
"""What only two of them see."""
STANDARDS = """ref,kind,actor,made,details,source
ST-1,promulgate-standard,LEA,2010-01-01,"standard=LEASTAN 7; edition=1; title=Radio nets; capabilities=land",supposed
ST-2,promulgate-standard,LEA,2020-01-01,"standard=LEASTAN 7; edition=2; title=Radio nets; capabilities=land",supposed
ST-3,ratify-standard,NLD,2011-01-01,standard=LEASTAN 7; edition=1; choice=ratified,supposed
ST-4,ratify-standard,DEU,2011-01-01,standard=LEASTAN 7; edition=1; choice=ratified with reservation; reservation=not below brigade,supposed
ST-5,ratify-standard,BEL,2011-01-01,standard=LEASTAN 7; edition=1; choice=not ratifying,supposed
ST-6,ratify-standard,BEL,2021-01-01,standard=LEASTAN 7; edition=2; choice=future implementation,supposed
ST-7,implement-standard,NLD,2012-01-01,standard=LEASTAN 7; edition=1; service=army,supposed
ST-8,implement-standard,DEU,2013-01-01,standard=LEASTAN 7; edition=1; service=army,supposed
"""


def exercised(folder: Path, hidden: bool = True) -> Opened:
    """The book, made in this folder; not ``hidden``: without what only two of them see."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    with (folder / "parties.toml").open("a") as parties, (folder / "book.toml").open("a") as book:
        parties.write(PARTIES)
        book.write(COVERED)
    (folder / "agreements" / "league.toml").write_text(LEAGUE)
    (folder / "acts" / "held.csv").write_text(HELD + (HIDDEN if hidden else ""))
    (folder / "acts" / "standards.csv").write_text(STANDARDS)
    (folder / "acts" / "league.csv").write_text(RATIFIED)
    return comity.open(folder)
