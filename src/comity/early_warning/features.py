"""What is known of each politically relevant pair at the end of a year, and whether a dispute between the two began in the next.

Source: docs/explanation/how-warnings-are-made.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from comity.early_warning.histories import HALF_LIVES, Flags, Floats, Histories, Whole, Year, low_high
from comity.panels import FAMILIES, Add, Panel, Shelf, panel
from comity.terms import BadInput

SINCE, FIRST = 1816, 1946
"""The year from which on the past is counted, and the first year that is learned from."""
SOURCES = (
    "atop-dyads", "cow-capitals", "cow-contiguity", "cow-igos", "cow-majors", "cow-nmc", "cow-system", "dcad", "democracy", "gdp", "gml-mids",
    "ideal-points", "mme", "sipri", "state-codes", "ucdp-acd",
)  # fmt: skip
"""Tables that a forecast is made of."""
_ALL_PAIRS = (
    Add("contiguity", at="any day"), Add("majors", at="any day"), Add("gml-mids", ("gmlmidonset", "gmlmidongoing", "hostlev", "fatality")),
    Add("atop-dyads", ("atop_alliance",)),
)  # fmt: skip
_OF_RELEVANT = (
    "nmc:milper,tpop,cinc", "democracy:aeuds", "gdp:mrgdppc", "capitals", "ucdp:ucdpongoing", "igos", "ideal-points", "dcad:dca", "exercises", "arms",
    "atop-dyads:atop_defense,atop_nonagg,atop_neutral,atop_consul",
)  # fmt: skip
_WAR = 5
"""The level of hostility that is a war, in the data of disputes."""
_EARTH, _SHIFT = 6371.0, 5
GROUPS: dict[str, tuple[str, ...]] = {
    "their own past": (
        *(f"disputes_{half}" for half in HALF_LIVES), "quiet_years", "log_quiet_years", "ongoing", "all_disputes", "wars", "deadly_disputes",
    ),
    "their disputes with others": (
        *(f"others_{half}_{end}" for half in HALF_LIVES[:3] for end in ("low", "high")), "common_foes", "friends_disputes",
        "neighbours_low", "neighbours_high", "civil_war_low", "civil_war_high",
    ),
    "how near they are": ("land", "sea", "contiguity", "log_distance", "same_region"),
    "power": ("power_ratio", "log_power", "log_lower_power", "majors", "power_shift", "soldiers_low", "soldiers_high"),
    "government, income and age": (
        "democracy_low", "democracy_high", "democracy_difference", "income_low", "income_high", "log_age_low", "log_age_high",
    ),
    "agreements, exercises and arms": ("defence", "non_aggression", "neutrality", "consultation", "cooperation", "exercises", "log_arms"),
    "votes and organisations": ("organisations", "distance_in_votes"),
    "the region and the world": ("region_low", "region_high", "world"),
}  # fmt: skip
"""The features, by what they are about: reasons are told by group, in this order."""
FEATURES = tuple(name for names in GROUPS.values() for name in names)


@dataclass(frozen=True)
class KnownPairs:
    """Rows of pairs and years. ``year``: the one that is forecast; all else was known at the end of the year before.

    ``first``, ``second``: codes of the Correlates of War.   ``values``: (rows, features), null (NaN) where not known.
    ``outcome``: whether a dispute began, 1 or 0; NaN where that is not known: after the data's end, or where one of the two was no longer a member.
    ``outside``: by year, how many pairs were not relevant at the end of the year before, and between how many of them a dispute began.
    """

    first: Whole
    second: Whole
    year: Whole
    values: Floats
    outcome: Floats
    outside: Mapping[int, tuple[int, int]]

    def __len__(self) -> int:
        return len(self.year)

    def where(self, wanted: Flags) -> KnownPairs:
        return KnownPairs(self.first[wanted], self.second[wanted], self.year[wanted], self.values[wanted], self.outcome[wanted], self.outside)

    def before(self, year: int, since: int) -> KnownPairs:
        """The rows from which a forecast of ``year`` may be learned: those of the years before, of which the outcome is known."""
        return self.where((self.year < year) & (self.year >= since) & ~np.isnan(self.outcome))

    def of(self, year: int) -> KnownPairs:
        return self.where(self.year == year)

    def feature(self, name: str) -> Floats:
        return self.values[:, FEATURES.index(name)]


def data_end() -> int:
    """The last year of which the data of disputes tell: the next is the last that can be forecast."""
    return next(family.years("gmlmidonset")[1] for family in FAMILIES if family.name == "gml-mids")


def known_pairs(shelf: Shelf) -> KnownPairs:
    """Every politically relevant pair for the years from 1946 on, out of the tables on the shelf; BadInput names a table that is not there."""
    every = panel("dyad-year", since=SINCE, until=data_end(), shelf=shelf, add=_ALL_PAIRS)
    relevant: Panel = every.politically_relevant().add(*_OF_RELEVANT, shelf=shelf)
    return known_pairs_of(every.frame, relevant.frame)


def known_pairs_of(every: pl.DataFrame, relevant: pl.DataFrame) -> KnownPairs:
    """The same, of a table of all pairs by year, and of one of the relevant pairs with more columns. BadInput where no pair is relevant."""
    if relevant.is_empty():
        raise BadInput("no pair of the panel is politically relevant: nothing can be forecast")
    codes = np.unique(every.select("ccode1", "ccode2").to_numpy()).astype(np.int64)
    worlds, tables = _by_year(every, codes), _by_year(relevant, codes)
    histories, found, power = Histories(codes), list[KnownPairs](), dict[int, Floats]()
    outside = dict[int, tuple[int, int]]()
    for number in sorted(worlds):
        year = _year(worlds[number], len(codes))
        histories.pass_(year)
        if number not in tables:
            continue
        table = tables[number]
        first, second = (table[side].to_numpy() for side in _SIDES)
        power[number] = _power(table, len(codes))
        if number + 1 < FIRST:
            continue
        values = histories.of_pairs(first, second) | _of_table(table) | _shift(power[number], power.get(number - _SHIFT), first, second)
        held = np.column_stack([values[name] for name in FEATURES])
        then = _outcomes(worlds.get(number + 1), len(codes))
        others = then[np.triu(year.present & ~year.relevant & ~np.isnan(then))]
        outside[number + 1] = len(others), int(others.sum())
        found.append(KnownPairs(codes[first], codes[second], np.full(len(first), number + 1), held, then[first, second], {}))
    return _together(found, outside)


def _together(found: Sequence[KnownPairs], outside: Mapping[int, tuple[int, int]]) -> KnownPairs:
    return KnownPairs(
        np.concatenate([one.first for one in found]),
        np.concatenate([one.second for one in found]),
        np.concatenate([one.year for one in found]),
        np.concatenate([one.values for one in found]),
        np.concatenate([one.outcome for one in found]),
        outside,
    )


def _by_year(table: pl.DataFrame, codes: Whole) -> dict[int, pl.DataFrame]:
    """By year, the rows, with the number of either state."""
    numbers = [pl.Series(side, np.searchsorted(codes, table[name].to_numpy())) for side, name in zip(_SIDES, ("ccode1", "ccode2"), strict=True)]
    return {int(key[0]): part for key, part in table.with_columns(numbers).partition_by("year", as_dict=True, maintain_order=True).items()}


def _year(table: pl.DataFrame, states: int) -> Year:
    first, second = (table[side].to_numpy() for side in _SIDES)

    def both_ways(holds: pl.Expr) -> Flags:
        made = np.zeros((states, states), bool)
        made[first, second] = made[second, first] = table.select(holds.fill_null(value=False)).to_series().to_numpy()
        return made

    began, contiguous = pl.col("gmlmidonset") == 1, pl.col("conttype") > 0
    return Year(
        present=both_ways(pl.lit(value=True) & pl.col("year").is_not_null()),
        relevant=both_ways(contiguous | (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)),
        began=both_ways(began),
        ongoing=both_ways(pl.col("gmlmidongoing") == 1),
        wars=both_ways(began & (pl.col("hostlev") == _WAR)),
        deadly=both_ways(began & (pl.col("fatality") > 0)),
        allied=both_ways(pl.col("atop_alliance") == 1),
        contiguous=both_ways(contiguous),
    )


def _outcomes(after: pl.DataFrame | None, states: int) -> Floats:
    """(states, states), the lower first: whether a dispute began in the year after; NaN where there is no such year, or they were no pair in it."""
    made = np.full((states, states), np.nan)
    if after is not None:
        made[after[_SIDES[0]].to_numpy(), after[_SIDES[1]].to_numpy()] = _numbers(after, "gmlmidonset")
    return made


def _of_table(table: pl.DataFrame) -> dict[str, Floats]:
    """What stands in the year's own row."""
    kind, found = _numbers(table, "conttype"), dict[str, Floats]()
    found |= {"land": (kind == 1).astype(float), "sea": (kind > 1).astype(float), "contiguity": np.where(kind == 0, _NOT_CONTIGUOUS, kind)}
    found["log_distance"] = np.log1p(_distance(*(np.radians(_numbers(table, f"capital_{what}{side}")) for side in "12" for what in ("lat", "lng"))))
    power, people = _pair(table, "cinc"), _pair(table, "tpop")
    lower, higher = np.minimum(*power), np.maximum(*power)
    found["power_ratio"] = _share(lower, higher)
    found |= {"log_power": np.log(lower + higher + _NEAR_NONE), "log_lower_power": np.log(lower + _NEAR_NONE)}
    found["majors"] = np.add(*_pair(table, "cowmaj"))
    found |= low_high("soldiers", *(np.log(1000 * _share(soldiers, of) + 0.1) for soldiers, of in zip(_pair(table, "milper"), people, strict=True)))
    governed, income = _pair(table, "aeuds"), _pair(table, "mrgdppc")
    found |= low_high("democracy", *governed) | {"democracy_difference": np.abs(np.subtract(*governed))}
    found |= low_high("income", *(np.log1p(one) for one in income)) | low_high("civil_war", *_pair(table, "ucdpongoing"))
    found |= {name: _numbers(table, column) for name, column in _AS_IT_IS.items()}
    found["log_arms"] = np.log1p(_numbers(table, "arms_transfers"))
    found["distance_in_votes"] = np.abs(np.subtract(*_pair(table, "ideal_point")))
    return found


_AS_IT_IS = {
    "defence": "atop_defense", "non_aggression": "atop_nonagg", "neutrality": "atop_neutral", "consultation": "atop_consul", "cooperation": "dca",
    "exercises": "exercises", "organisations": "dyadigos",
}  # fmt: skip
_SIDES = ("number1", "number2")
_NOT_CONTIGUOUS, _NEAR_NONE = 6, 1e-5


def _numbers(table: pl.DataFrame, column: str) -> Floats:
    return table[column].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _pair(table: pl.DataFrame, of: str) -> tuple[Floats, Floats]:
    return _numbers(table, f"{of}1"), _numbers(table, f"{of}2")


def _share(part: Floats, whole: Floats) -> Floats:
    found: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return found


def _distance(lat1: Floats, lng1: Floats, lat2: Floats, lng2: Floats) -> Floats:
    """Between capitals, along the great circle, in kilometres."""
    chord = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lng2 - lng1) / 2) ** 2
    found: Floats = 2 * _EARTH * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return found


def _power(table: pl.DataFrame, states: int) -> Floats:
    """Of each state the logarithm of its share of the world's capabilities; NaN for one in no row."""
    found = np.full(states, np.nan)
    for side, one in zip(_SIDES, _pair(table, "cinc"), strict=True):
        found[table[side].to_numpy()] = np.log(one + _NEAR_NONE)
    return found


def _shift(now: Floats, then: Floats | None, first: Whole, second: Whole) -> dict[str, Floats]:
    """How far the balance between the two has moved in five years, either way."""
    if then is None:
        return {"power_shift": np.full(len(first), np.nan)}
    return {"power_shift": np.abs((now[first] - then[first]) - (now[second] - then[second]))}
