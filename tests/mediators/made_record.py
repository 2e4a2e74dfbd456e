"""A small record of treaties and acts between four states, and an empty shelf, for questions about mediators."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

import comity
from comity.mediators import MediatorRules, Mediators, mediators
from comity.standing import Standing
from comity.terms import BadInput

PARTIES = "".join(
    f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{code}land" }}]\n\n' for code in ("AAA", "BBB", "CCC", "DDD", "EEE")
)
ORGANISATION = '[[party]]\ncode = "ORG"\nkind = "organisation"\nnames = [{ name = "The Organisation" }]\n'
AGREEMENT = """id = "{id}"
title = "{id}"
short = "{id}"
concluded = {signed}
negotiating = [{parties}]

[[clause]]
kind = "consent"
article = "1"
says = "Signature binds."
read = "text"
source = "made"
signature_binds = true
acts = []

[[clause]]
kind = "entry-into-force"
article = "1"
says = "On signature by all."
read = "text"
source = "made"
when = {{ kind = "consents", number = "all", acts = ["sign"], by = {{ of = "negotiating" }} }}
"""
DEFENCE = """
[[clause]]
kind = "obligation"
article = "2"
says = "Each helps the other."
read = "text"
source = "made"
type = "defence"
upon = "attack"
{more}
"""
SETTLEMENT = """
[[clause]]
kind = "settlement"
id = "means"
article = "5"
says = "Disputes are settled with the help of CCC."
read = "text"
source = "made"
disputes = "all of it"
steps = [{{ means = "mediation", article = "5", body = "{body}", says = "They settle it with help." }}]
"""
HEAD = "ref,kind,actor,agreement,made,counterparty,replies_to,details,source"


class EmptyShelf:
    """A store in which there is nothing."""

    def table(self, source_id: str, table: str | None = None) -> pl.LazyFrame:
        raise BadInput(f"{source_id} is not in the store")


class Book:
    """A book in a folder, filled piece by piece."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.acts = folder, list[str]()
        for name in ("agreements", "acts"):
            (folder / name).mkdir(parents=True)
        (folder / "book.toml").write_text('title = "made"\nrecorded = "as made"\n', encoding="utf-8")
        (folder / "parties.toml").write_text(PARTIES + ORGANISATION, encoding="utf-8")

    def agreement(self, id_: str, parties: str, clauses: str = "", signed: str = "2000-01-01") -> None:
        listed = ", ".join(f'"{party}"' for party in parties.split())
        text = AGREEMENT.format(id=id_, parties=listed, signed=signed) + clauses
        (self.folder / "agreements" / f"{id_}.toml").write_text(text, encoding="utf-8")
        for party in parties.split():
            self.act(f"{id_}-{party}-sign", "sign", party, id_, signed)

    def act(self, ref: str, kind: str, actor: str, agreement: str, made: str, to: str = "", replies: str = "", details: str = "") -> None:
        self.acts.append(f"{ref},{kind},{actor},{agreement},{made},{to},{replies},{details},made")

    def ask(self, on: str, rules: MediatorRules | None = None, known: str = "2020-01-01", sides: tuple[str, str] = ("AAA", "BBB")) -> Mediators:
        (self.folder / "acts" / "acts.csv").write_text("\n".join([HEAD, *self.acts]) + "\n", encoding="utf-8")
        opened = comity.open(self.folder)
        assert not opened.problems, opened.problems
        standing = Standing(opened.record, on=date.fromisoformat(on), known=date.fromisoformat(known))
        return mediators(standing, *sides, EmptyShelf(), rules)
