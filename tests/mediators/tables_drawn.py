"""Invented tables of a few states that change and inherit codes, and what each table says of two of them when every day is looked at in turn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import groupby, product
from typing import Any

import polars as pl

from comity.mediators.material import Material, TableName
from comity.mediators.persons import Persons
from comity.mediators.placing import placed
from comity.mediators.rules import OBLIGES, MediatorRules
from comity.mediators.tables import Rows, read_rows
from comity.parties import Coded, Named, Party, Register, Span, Succession
from tests.panels.invented import Invented

WORLDS = 120
ON = date(2012, 6, 1)
CODES = (2, 10, 20, 30, 50)
EDGES = tuple(date(*day) for day in ((2009, 12, 31), (2010, 1, 1), (2010, 12, 31), (2011, 1, 2), (2011, 7, 1), (2012, 1, 1), (2012, 6, 1)))
DAYS = tuple(sorted({edge + timedelta(by) for edge in EDGES for by in (-1, 0, 1)}))
YEARS = (2009, 2010, 2011, 2012)
GRID = tuple(sorted({*DAYS, *(date(year, *day) for year in YEARS for day in ((1, 1), (12, 31))), date(2018, 12, 31)}))
"""Nothing here begins, ends or is handed on but on one of these."""
WINDOWS = (
    *((day, day) for day in DAYS[::2]),
    (EDGES[0], EDGES[2]),
    (EDGES[1], EDGES[4]),
    (EDGES[2], EDGES[3]),
    (EDGES[3], EDGES[6]),
    (DAYS[0], DAYS[-1]),
)
PROMISES = {"defence": "defense", "offence": "offense", "neutrality": "neutral", "non-aggression": "nonagg", "consultation": "consul"}
Row = dict[str, Any]
SCHEMAS: dict[str, dict[str, Any]] = {
    "atop": {
        "atopid": pl.Int32, "member": pl.Int32, "entered_first": pl.Date, "entered_last": pl.Date, "left_first": pl.Date, "left_last": pl.Date,
        **dict.fromkeys(PROMISES.values(), pl.Boolean),
    },
    "gml-mids": {
        "dispnum": pl.Int32, "ccode": pl.Int32, "sidea": pl.Boolean, "started_first": pl.Date, "started_last": pl.Date, "ended_first": pl.Date,
        "ended_last": pl.Date,
    },
    "cow-mids": {"ccode1": pl.Int32, "ccode2": pl.Int32, "year": pl.Int32, "cowmidongoing": pl.Boolean},
    "rivalries": {
        "ccode1": pl.Int32, "ccode2": pl.Int32, "styear": pl.Int32, "endyear": pl.Int32, "type1": pl.String, "type2": pl.String, "type3": pl.String,
    },
    "dcad": {
        "ccode1": pl.Int32, "ccode2": pl.Int32, "signed_first": pl.Date, "signed_last": pl.Date, "endYearEstimate": pl.Int32, "type": pl.String,
    },
    "sipri": {"ccode1": pl.Int32, "ccode2": pl.Int32, "year": pl.Int32, "value": pl.Float64},
    "us-troops": {"ccode": pl.Int32, "year": pl.Int32, "troops_ad": pl.Int32},
    "ideal-points": {"ccode": pl.Int32, "session": pl.Int32, "ideal_point": pl.Float64},
    "cow-system": {"ccode": pl.Int32, "start": pl.Date, "end": pl.Date},
}  # fmt: skip


@dataclass(frozen=True)
class World:
    register: Register
    tables: dict[str, list[Row]]
    rules: MediatorRules
    borne: dict[tuple[int, date], frozenset[str]] = field(default_factory=dict)

    def shelf(self) -> Invented:
        return Invented({name: pl.DataFrame(rows, schema=SCHEMAS[name]) for name, rows in self.tables.items()})

    def bearers(self, code: int, day: date) -> frozenset[str]:
        """The states of the day asked about that bore a code on some day, under whatever name they then had."""
        if (code, day) not in self.borne:
            self.borne[code, day] = frozenset(self._bearers(code, day))
        return self.borne[code, day]

    def _bearers(self, code: int, day: date) -> Iterator[str]:
        for party in self.register.parties.values():
            if any(int(coded.code) == code and day in Span(coded.start, coded.end) for coded in party.codes if coded.scheme == "cow"):
                line = [party.code, *(s.successor for s in self.register.successions if s.predecessor == party.code)]
                yield from (name for name in line if self.register.parties[name].kind == "state" and self.register.parties[name].exists_on(ON))


def drawn(seed: int) -> World:
    """A world: A and B are the sides; OLD has gone and goes on as C; two states may bear one code, one after the other."""
    rng = random.Random(seed)
    codes = _handed_on(rng)
    parties = {code: Party(code, "state", (Named(code),), codes[code]) for code in "ABCD"}
    parties["OLD"] = Party("OLD", "state", (Named("OLD"),), (Coded("cow", "30", None, EDGES[3]), Coded("iso3", "OLD")), (Span(None, EDGES[3]),))
    parties["ORG"] = Party("ORG", "organisation", (Named("ORG"),), (Coded("cow", "10"),))
    register = Register(parties, (Succession("C", "OLD", "continues", EDGES[3]),))
    tables = {name: [_row(rng, name) for _ in range(rng.choice((0, 2, 4, 6)))] for name in SCHEMAS}
    tables["ideal-points"] = list({(row["ccode"], row["session"]): row for row in tables["ideal-points"]}.values())
    tables["cow-system"].append({"ccode": 2, "start": EDGES[0], "end": date(2016, 12, 31)})
    obligations = tuple(one for one in OBLIGES if rng.random() < 0.4) or ("defence",)
    return World(register, tables, MediatorRules(obligations=obligations))


def _handed_on(rng: random.Random) -> dict[str, tuple[Coded, ...]]:
    """Which state bears which code when: one may be handed on from A to D, and B may change its own."""
    edge, another = rng.choice(EDGES), rng.choice(EDGES)
    codes: dict[str, tuple[Coded, ...]] = {
        "A": (Coded("cow", "10"),),
        "B": (Coded("cow", "20"),),
        "C": (Coded("cow", "30", EDGES[3]),),
        "D": (Coded("cow", "2"),),
    }
    if rng.random() < 0.5:
        codes["A"] = (Coded("cow", "10", None, edge), Coded("cow", "40", edge))
        codes["D"] = (Coded("cow", "2", None, edge), Coded("cow", "10", edge))
        if rng.random() < 0.5:
            codes["C"] = (*codes["C"], Coded("cow", "2", edge))
    if rng.random() < 0.5:
        codes["B"] = (Coded("cow", "20", None, another), Coded("cow", "50", another), Coded("gw", "10"))
    elif rng.random() < 0.5:
        codes["B"] = (Coded("cow", "20", another + timedelta(1)), Coded("cow", "20", None, another))
    return codes


def _row(rng: random.Random, name: str) -> Row:
    made = {pl.Int32: (1, 2), pl.Boolean: (True, False), pl.Date: DAYS, pl.String: (None,), pl.Float64: (0.0, 5.0)}
    row: Row = {column: rng.choice(made[kind]) for column, kind in SCHEMAS[name].items()}
    for column in row:
        if column in ("member", "ccode", "ccode1", "ccode2"):
            row[column] = rng.choice(CODES)
        elif column in ("year", "styear", "endyear", "endYearEstimate"):
            row[column] = rng.choice(YEARS)
        elif column == "session":
            row[column] = rng.choice(YEARS) - 1945
    for first, last in (("entered", "left"), ("started", "ended"), ("signed", "")):
        if f"{first}_first" in row:
            _ordered(rng, row, [f"{name}_{end}" for name in (first, last) if name for end in ("first", "last")])
    if name == "dcad" and rng.random() < 0.2:
        row["signed_first"] = row["signed_last"] = None
    if name == "atop" and rng.random() < 0.3:
        row["left_first"] = row["left_last"] = None
    if name == "rivalries":
        row["styear"], row["endyear"] = sorted((row["styear"], row["endyear"]))
    if name == "cow-system":
        row["start"], row["end"] = sorted((row["start"], row["end"]))
    return row


def _ordered(rng: random.Random, row: Row, names: list[str]) -> None:
    """The days in turn, and half the time whole."""
    row |= dict(zip(names, sorted(row[name] for name in names), strict=True))
    if rng.random() < 0.5:
        for n in range(0, len(names), 2):
            row[names[n + 1]] = row[names[n]]


Says = dict[tuple[Any, ...], Any]
"""What is said, by what it is said of; of two on a day: surely or perhaps."""


def read(world: World) -> Rows:
    """The rows that ship reads of the shelf: in the process that forks others, since polars stands still in a forked one."""
    return read_rows(world.shelf(), world.rules, Persons(world.register, ON).codes_of(("A", "B")))


def fast(world: World, rows: Rows) -> Says:
    """What the material says, day by day."""
    material = Material(("A", "B"), ON.toordinal(), ("C", "D"))
    found = placed(material, rows, Persons(world.register, ON))
    codes = frozenset(Persons(world.register, ON).codes_of(material.sides))
    said: Says = {("missing",): found.missing, ("counted",): found.counted, ("codes",): codes}
    for spell in found.spells:
        for window in WINDOWS:
            since, day = (one.toordinal() for one in window)
            if spell.first_a <= day and spell.last_b >= since:
                key = (spell.of, spell.candidate, spell.side, window)
                said[key] = said.get(key, False) or (spell.first_b <= day and spell.last_a >= since)
    for party, spans in found.members.items():
        said |= {("member", party, day): True for day in DAYS for first, last in spans if first <= day.toordinal() <= last}
    said |= {("points", *key): value for key, value in found.points.items()}
    said |= {("delivered", *key): value for key, value in found.delivered.items()}
    said |= {("received", *key): value for key, value in found.received.items()}
    said |= {("stationed", *key): value for key, value in found.stationed.items()}
    ends = {table: (date.fromordinal(reach.since).year, date.fromordinal(reach.through)) for table, reach in found.reaches.items()}
    return said | {("reach", table): end for table, end in ends.items()}


def slow(world: World) -> Says:
    """The same, read from the rows."""
    codes = frozenset(code for code in (*CODES, 40) for day in GRID if world.bearers(code, day) & {"A", "B"})
    said: Says = {("missing",): (), ("counted",): world.bearers(2, ON), ("codes",): codes}
    for table, one, other, first, last in (row for row in _rows(world) if row[3][0] <= row[4][1]):
        for window in WINDOWS:
            days = [day for day in GRID if window[0] <= day <= window[1]]
            for candidate, side in product("CD", "AB"):
                runs = [run for pair in ((one, other), (other, one)) for run in _runs(world, *pair, candidate, side, days)]
                held = [any(begins <= run[-1] and ends >= run[0] for run in runs) for begins in first for ends in last]
                if any(held):
                    key = (table, candidate, side, window)
                    said[key] = said.get(key, False) or all(held)
    for day in DAYS:
        for row in world.tables["cow-system"]:
            if row["start"] <= day and (day <= row["end"] or row["end"] == date(2016, 12, 31)):
                said |= {("member", party, day): True for party in world.bearers(row["ccode"], day)}
    for row in world.tables["ideal-points"]:
        said |= {("points", party, row["session"] + 1945): row["ideal_point"] for party in _last(world, row["ccode"], row["session"] + 1945)}
    for row in world.tables["sipri"]:
        for receiver in _last(world, row["ccode2"], row["year"]) if row["value"] is not None else ():
            _add(said, ("received", receiver, row["year"]), row["value"])
            for giver in _last(world, row["ccode1"], row["year"]):
                _add(said, ("delivered", giver, receiver, row["year"]), row["value"])
    for row in world.tables["us-troops"]:
        for owner in world.bearers(2, ON):
            for host in _last(world, row["ccode"], row["year"]):
                _add(said, ("stationed", owner, host, row["year"]), row["troops_ad"])
    sessions = [row["session"] + 1945 for row in world.tables["ideal-points"]]
    ends: dict[TableName, tuple[int, int]] = {
        "alliance": (1815, 2018), "dispute": (1816, 2014), "rivalry": (1494, 2010), "agreements": (1980, 2010), "arms": (1970, 2014),
        "troops": (1950, 2024), "votes": (1946, max(sessions, default=2020)),
    }  # fmt: skip
    return said | {("reach", table): (since, date(through, 12, 31)) for table, (since, through) in ends.items()}


def _add(said: Says, key: tuple[Any, ...], value: float) -> None:
    said[key] = said.get(key, 0) + value


def _runs(world: World, one: int, other: int, candidate: str, side: str, days: list[date]) -> list[list[date]]:
    """The days on which the two bore these codes, those that follow one another together."""
    bore = [day for day in days if candidate in world.bearers(one, day) and side in world.bearers(other, day)]
    return [[day for _, day in run] for _, run in groupby(enumerate(bore), lambda numbered: GRID.index(numbered[1]) - numbered[0])]


def _rows(world: World) -> Iterator[tuple[TableName, int, int, tuple[date, date], tuple[date, date]]]:
    """Every two codes of which a table says something: between which days lies its first, and its last."""
    for one, other in product(world.tables["atop"], repeat=2):
        promised = any(one[PROMISES[obligation]] for obligation in world.rules.obligations)
        if promised and one["atopid"] == other["atopid"] and one["member"] != other["member"]:
            yield "alliance", one["member"], other["member"], *_both(one, other, "entered", "left")
    for one, other in product(world.tables["gml-mids"], repeat=2):
        if one["dispnum"] == other["dispnum"] and one["sidea"] and not other["sidea"]:
            yield "dispute", one["ccode"], other["ccode"], *_both(one, other, "started", "ended")
    for row in world.tables["cow-mids"]:
        if row["year"] > 2010:
            yield "dispute", row["ccode1"], row["ccode2"], _year(row["year"]), _year(row["year"])
    for row in world.tables["rivalries"]:
        yield "rivalry", row["ccode1"], row["ccode2"], _year(row["styear"]), _year(row["endyear"])
    for row in world.tables["dcad"]:
        first = row["signed_first"] or date.min, row["signed_last"] or date.max
        yield "agreements", row["ccode1"], row["ccode2"], first, _year(row["endYearEstimate"])


def _both(one: Row, other: Row, first: str, last: str) -> tuple[tuple[date, date], tuple[date, date]]:
    """Of two that are in it together: from when the later came, until when the earlier left."""
    begins = [max(row[f"{first}_{end}"] for row in (one, other)) for end in ("first", "last")]
    ends = [min(row[f"{last}_{end}"] or date(2018, 12, 31) for row in (one, other)) for end in ("first", "last")]
    return (begins[0], begins[1]), (ends[0], ends[1])


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _last(world: World, code: int, year: int) -> frozenset[str]:
    """Who bore a code on the last day of the year on which anybody did."""
    days = (date(year, 12, 31) - timedelta(by) for by in range(365))
    return next((found for day in days if (found := world.bearers(code, day))), frozenset())


@cache
def _slow() -> tuple[tuple[World, Rows, Says], ...]:
    return tuple((world, read(world), slow(world)) for world in map(drawn, range(WORLDS)))


def tables_agree() -> bool:
    """Do both have the same of every world?"""
    return all(fast(world, rows) == wanted for world, rows, wanted in _slow())
