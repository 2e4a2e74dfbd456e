"""What is known of each politically relevant pair at the end of a year, or of a month, and whether a dispute between the two began in the next.

Source: docs/explanation/how-warnings-are-made.md, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from comity.early_warning.happenings import SIDES, ByMonth, ByYear, DatedDisputes, Happenings, both_ways, dated_disputes, ended_disputes
from comity.early_warning.histories import Flags, Floats, Histories, Standing, Whole, low_high
from comity.early_warning.steps import MONTH, YEAR, WarningStep
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
    Add("contiguity", at="any day"), Add("majors", at="any day"), Add("gml-mids", ("gmlmidonset", "gmlmidongoing", "hostlev", "fatality", "dispnum")),
    Add("atop-dyads", ("atop_alliance",)),
)  # fmt: skip
_OF_RELEVANT = (
    "nmc:milper,tpop,cinc", "democracy:aeuds", "gdp:mrgdppc", "capitals", "ucdp:ucdpongoing", "igos", "ideal-points", "dcad:dca", "exercises", "arms",
    "atop-dyads:atop_defense,atop_nonagg,atop_neutral,atop_consul",
)  # fmt: skip
_EARTH, _SHIFT = 6371.0, 5


def features_of(step: WarningStep) -> dict[str, tuple[str, ...]]:
    """The features of forecasts by that step, by what they are about: reasons are told by group, in this order."""
    return {
        "their own past": (
            *(f"disputes_{half}" for half in step.half_lives), "quiet", "log_quiet", "ongoing", "all_disputes", "wars", "deadly_disputes",
        ),
        "their disputes with others": (
            *(f"others_{half}_{end}" for half in step.of_others for end in ("low", "high")), "common_foes", "friends_disputes",
            "neighbours_low", "neighbours_high", "civil_war_low", "civil_war_high",
        ),
        **_OF_YEARS,
    }  # fmt: skip


_OF_YEARS: dict[str, tuple[str, ...]] = {
    "how near they are": ("land", "sea", "contiguity", "log_distance", "same_region"),
    "power": ("power_ratio", "log_power", "log_lower_power", "majors", "power_shift", "soldiers_low", "soldiers_high"),
    "government, income and age": (
        "democracy_low", "democracy_high", "democracy_difference", "income_low", "income_high", "log_age_low", "log_age_high",
    ),
    "agreements, exercises and arms": ("defence", "non_aggression", "neutrality", "consultation", "cooperation", "exercises", "log_arms"),
    "votes and organisations": ("organisations", "distance_in_votes"),
    "the region and the world": ("region_low", "region_high", "world"),
}  # fmt: skip
GROUPS = tuple(features_of(YEAR))
"""What features are about: the same groups by year and by month."""


@dataclass(frozen=True)
class KnownPairs:
    """Rows of pairs and periods. ``period``: the one that is forecast, a year or a month; all else was known at the end of the one before.

    ``first``, ``second``: codes of the Correlates of War.   ``values``: (rows, features), null (NaN) where not known.
    ``outcome``: whether a dispute began, 1 or 0; NaN where that is not known: after the data's end, where one of the two was no longer a member,
    or where a dispute may have begun in this month or in another.
    ``outside``: by year, how many pairs (and months) were not relevant at the end of the year before, and in how many of them a dispute began.
    ``undated``: by year, how many rows are not known for the last of these reasons.
    """

    step: WarningStep
    first: Whole
    second: Whole
    period: Whole
    values: Floats
    outcome: Floats
    outside: Mapping[int, tuple[int, int]]
    undated: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.period)

    @property
    def year(self) -> Whole:
        """The year of each row."""
        found: Whole = self.period // self.step.in_year
        return found

    def where(self, wanted: Flags) -> KnownPairs:
        rows = replace(self, first=self.first[wanted], second=self.second[wanted], period=self.period[wanted])
        return replace(rows, values=self.values[wanted], outcome=self.outcome[wanted])

    def before(self, year: int, since: int) -> KnownPairs:
        """The rows from which forecasts of ``year`` may be learned: those of the years before, of which the outcome is known."""
        return self.where((self.year < year) & (self.year >= since) & ~np.isnan(self.outcome))

    def of(self, year: int) -> KnownPairs:
        return self.where(self.year == year)

    def feature(self, name: str) -> Floats:
        return self.values[:, [*names_of(self.step)].index(name)]


def names_of(step: WarningStep) -> tuple[str, ...]:
    """The features of forecasts by that step, in the order of their columns."""
    return tuple(name for names in features_of(step).values() for name in names)


def data_end() -> int:
    """The last year of which the data of disputes tell: the next year, or its first month, is the last that can be forecast."""
    return next(family.years("gmlmidonset")[1] for family in FAMILIES if family.name == "gml-mids")


def known_pairs(shelf: Shelf, step: WarningStep = YEAR) -> KnownPairs:
    """Every politically relevant pair for the periods from 1946 on, out of the tables on the shelf; BadInput names a table that is not there."""
    every = panel("dyad-year", since=SINCE, until=data_end(), shelf=shelf, add=_ALL_PAIRS)
    relevant: Panel = every.politically_relevant().add(*_OF_RELEVANT, shelf=shelf)
    if step is MONTH:
        return known_pairs_of(every.frame, relevant.frame, dated_disputes(shelf))
    return known_pairs_of(every.frame.join(ended_disputes(shelf), on="dispnum", how="left", maintain_order="left"), relevant.frame)


def known_pairs_of(every: pl.DataFrame, relevant: pl.DataFrame, dated: DatedDisputes | None = None) -> KnownPairs:
    """The same, of a table of all pairs by year, and of one of the relevant pairs with more columns: by month where disputes are dated.

    By year, the first also tells in which year the dispute of a row ``ended``, null where it has not, or there is none.

    BadInput where no pair is relevant.
    """
    if relevant.is_empty():
        raise BadInput("no pair of the panel is politically relevant: nothing can be forecast")
    codes = np.unique(every.select("ccode1", "ccode2").to_numpy()).astype(np.int64)
    worlds, tables = _by_year(every, codes), _by_year(relevant, codes)
    happenings: Happenings = ByYear(worlds, len(codes))
    step = YEAR
    if dated is not None:
        step = MONTH
        happenings = ByMonth(dated, codes, range(step.period_of(min(worlds)), step.period_of(max(worlds) + 1)))
    return _folded(codes, worlds, tables, happenings, step)


def _folded(
    codes: Whole, worlds: Mapping[int, pl.DataFrame], tables: Mapping[int, pl.DataFrame], happenings: Happenings, step: WarningStep
) -> KnownPairs:
    """Period by period: what is known at the end of one, and what came in the next."""
    histories, found, power = Histories(codes, step), list[KnownPairs](), dict[int, Floats]()
    outside, undated = dict[int, tuple[int, int]](), dict[int, int]()
    standing, of_year, at = _standing(None, len(codes)), dict[str, Floats](), None
    for period in happenings.periods:
        known, year = step.known_at_end(period), step.year_of(period + 1)
        if at != known:
            standing, at = _standing(worlds.get(known), len(codes)), known
            of_year = _of_year(tables[known], power, known, len(codes)) if known in tables else {}
        happened = happenings.at(period)
        histories.pass_(happened, standing)
        if known not in tables or year < FIRST:
            continue
        first, second = (tables[known][side].to_numpy() for side in SIDES)
        values = histories.of_pairs(first, second) | of_year
        then, lost = happenings.outcome(period + 1), happenings.undated(period + 1)
        others = then[np.triu(happened.present & ~standing.relevant & ~np.isnan(then))]
        pairs, began = outside.get(year, (0, 0))
        outside[year] = pairs + len(others), began + int(others.sum())
        undated[year] = undated.get(year, 0) + int(lost[first, second].sum())
        held = np.column_stack([values[name] for name in names_of(step)])
        found.append(KnownPairs(step, codes[first], codes[second], np.full(len(first), period + 1), held, then[first, second], {}, {}))
    return KnownPairs(
        step,
        np.concatenate([one.first for one in found]),
        np.concatenate([one.second for one in found]),
        np.concatenate([one.period for one in found]),
        np.concatenate([one.values for one in found]),
        np.concatenate([one.outcome for one in found]),
        outside,
        undated,
    )


def _by_year(table: pl.DataFrame, codes: Whole) -> dict[int, pl.DataFrame]:
    """By year, the rows, with the number of either state."""
    numbers = [pl.Series(side, np.searchsorted(codes, table[name].to_numpy())) for side, name in zip(SIDES, ("ccode1", "ccode2"), strict=True)]
    return {int(key[0]): part for key, part in table.with_columns(numbers).partition_by("year", as_dict=True, maintain_order=True).items()}


def _standing(table: pl.DataFrame | None, states: int) -> Standing:
    """How all pairs stood in a year; none of them near or allied in a year before the first."""
    if table is None:
        return Standing(*(np.zeros((states, states), bool) for _ in range(3)))
    contiguous, allied = pl.col("conttype") > 0, pl.col("atop_alliance") == 1
    relevant = contiguous | (pl.col("cowmaj1") == 1) | (pl.col("cowmaj2") == 1)
    return Standing(*(both_ways(table, holds, states) for holds in (relevant, allied, contiguous)))


def _of_year(table: pl.DataFrame, power: dict[int, Floats], year: int, states: int) -> dict[str, Floats]:
    """What the tables of a year say of its relevant pairs. ``power``: by year, of each state; the year's own is put in."""
    power[year] = _power(table, states)
    return _of_table(table) | _shift(power[year], power.get(year - _SHIFT), *(table[side].to_numpy() for side in SIDES))


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
    for side, one in zip(SIDES, _pair(table, "cinc"), strict=True):
        found[table[side].to_numpy()] = np.log(one + _NEAR_NONE)
    return found


def _shift(now: Floats, then: Floats | None, first: Whole, second: Whole) -> dict[str, Floats]:
    """How far the balance between the two has moved in five years, either way."""
    if then is None:
        return {"power_shift": np.full(len(first), np.nan)}
    return {"power_shift": np.abs((now[first] - then[first]) - (now[second] - then[second]))}
