"""Everything that is measured of one question's material, year by year, and over windows.

Source: docs/explanation/how-stability-is-measured.md, sections 3 to 7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from comity.stability.counting import Counting
from comity.stability.lasting import recurrence
from comity.stability.material import DISPUTE_SOURCES, Bound, Material, Source, Stretch, Tie
from comity.stability.measures import (
    ConflictCount,
    CooperationYear,
    Count,
    DisputeYear,
    EventCount,
    Measured,
    Rate,
    RateChange,
    StabilityRules,
)
from comity.stability.rates import change, rate
from comity.stability.windows import Pair, Together, belonging, common, days_of, joined, length, of_two, pairs_together

DATED: Source = "gml-mids"
"""The source of disputes that tells their days."""
TIES: tuple[Tie, ...] = ("agreements", "exercises on record", "alliances", "defence agreements", "exercises reported")
AFTER = "the record says nothing of years after it was known"
NONE_ON_RECORD = "none is on record, which does not hold every one that there is"
NOBODY = "there were no two members"


def measured(material: Material, since: int, until: int, rules: StabilityRules, *, pair: bool, known: int) -> Measured:
    """What is measured from the first to the last year. ``pair``: of two states alone.   ``known``: the year in which the record was known."""
    together, years = pairs_together(material), range(since, until + 1)
    counted: dict[Source, Counting] = {source: Counting(material, source, together) for source in DISPUTE_SOURCES}
    rates, changes = list[Rate](), list[RateChange]()
    for source, counting in counted.items():
        rates.append(_rate(counting, source, years, rules))
        if rules.before is not None and rules.after is not None:
            before, after = (_rate(counting, source, range(first, last + 1), rules) for first, last in (rules.before, rules.after))
            changes.append(change(before, after, rules.level))
    reach = material.reaches.get(DATED)
    lasted = (
        ()
        if reach is None
        else tuple(recurrence(counted[DATED], reads, days_of(since)[0], days_of(min(until, reach[1]))[1], rules.level) for reads in ("short", "long"))
    )
    return Measured(
        tuple((source, tuple(_disputes(counting, source, years, pair=pair))) for source, counting in counted.items()),
        tuple(rates), tuple(changes), lasted, tuple(_conflicts(material, years)), tuple(_events(material, together, years)),
        tuple(_cooperation(material, years, known)),
    )  # fmt: skip


def _rate(counting: Counting, source: Source, years: range, rules: StabilityRules) -> Rate:
    reach = counting.material.reaches.get(source)
    covered = [year for year in years if _why(reach, year) is None]
    return rate(counting, source, covered, rules.level, _told_none(reach, years, covered))


def _told_none(reach: tuple[int, int] | None, years: range, covered: Sequence[int]) -> str:
    return "" if covered else _why(reach, years[0]) or ""


def _disputes(counting: Counting, source: Source, years: range, *, pair: bool) -> Iterable[DisputeYear]:
    reach = counting.material.reaches.get(source)
    peace = _peace(counting, reach) if pair else {}
    for year in years:
        why = _why(reach, year)
        if why is not None:
            yield DisputeYear(year, None, why=why)
            continue
        found = counting.year(year, dated=source == DATED)
        if year in peace and not found.why:
            lasted, open_ = peace[year]
            found = replace(found, peace=lasted, peace_open=open_)
        yield found


def _peace(counting: Counting, reach: tuple[int, int] | None) -> Mapping[int, tuple[Count, bool]]:
    """Years of peace of the two, from the first covered year in which they can be together. Source: section 3.5."""
    if reach is None:
        return {}
    first = min((first for pair in counting.together.values() for first, _ in pair.possible), default=None)
    if first is None:
        return {}
    return counting.peace(range(max(reach[0], date.fromordinal(first).year), reach[1] + 1))


def _why(reach: tuple[int, int] | None, year: int) -> str | None:
    """Why nothing is known of a year; None: it is covered."""
    if reach is None:
        return "the table is not in the store"
    return None if reach[0] <= year <= reach[1] else _told_reach(reach)


def _told_reach(reach: tuple[int, int]) -> str:
    return f"the table covers {reach[0]} to {reach[1]}"


def _told_part(covered: float) -> str:
    return "" if covered == 1 else "event data cover part of the year"


def _told_tie(why: str | None, *, pairs: bool) -> str:
    return why or ("" if pairs else NOBODY)


def _conflicts(material: Material, years: range) -> Iterable[ConflictCount]:
    """Source: section 6.1."""
    reach = material.reaches.get("ucdp-acd")
    surely, perhaps = ({party: belonging(material, party, sure=sure) for party in material.parties} for sure in (True, False))
    of_year = defaultdict[int, list[tuple[str, bool, bool, bool]]](list)
    for one in material.conflicts:
        parties = [one.party] if one.against is None else [one.party, one.against]
        if all(length(common(perhaps[party], [days_of(one.year)])) for party in parties):
            sure = all(_whole(surely[party], one.year) for party in parties)
            of_year[one.year].append((one.conflict, sure, one.war, one.against is not None))
    for year in years:
        why = _why(reach, year)
        if why is not None:
            yield ConflictCount(year, None, None, None, why)
            continue
        found = of_year[year]
        yield ConflictCount(
            year,
            _distinct((ref, sure) for ref, sure, _, between in found if not between),
            _distinct((ref, sure) for ref, sure, war, between in found if war and not between),
            _distinct((ref, sure) for ref, sure, _, between in found if between),
        )


def _distinct(found: Iterable[tuple[str, bool]]) -> Count:
    listed = list(found)
    return Count(len({ref for ref, sure in listed if sure}), len({ref for ref, _ in listed}))


def _whole(stretches: Sequence[Stretch], year: int) -> bool:
    return length(common(stretches, [days_of(year)])) == length([days_of(year)])


def _events(material: Material, together: Mapping[Pair, Together], years: range) -> Iterable[EventCount]:
    """Source: section 6.2."""
    for year in years:
        covered = length(common(material.events_covered, [days_of(year)])) / length([days_of(year)])
        if not covered:
            yield EventCount(year, 0.0, None, None, None, None, "no event data cover the year")
            continue
        if not any(common(pair.unlisted, [days_of(year)]) for pair in together.values()):
            yield EventCount(year, covered, None, None, None, None, NOBODY)
            continue
        low, high = [0, 0, 0, 0], [0, 0, 0, 0]
        for one in material.events:
            pair = together.get((one.a, one.b))
            if one.year == year and pair is not None and length(common(pair.unlisted, [days_of(year)])):
                high = [a + b for a, b in zip(high, one.counts, strict=True)]
                if _whole(pair.sure, year):
                    low = [a + b for a, b in zip(low, one.counts, strict=True)]
        cooperation, conflict = Count(low[0] + low[1], high[0] + high[1]), Count(low[2] + low[3], high[2] + high[3])
        sure, total = low == high, sum(high)
        yield EventCount(
            year, covered, cooperation, conflict, Count(low[3], high[3]),
            (cooperation.low - conflict.low) / total if sure and total else None, _told_part(covered),
        )  # fmt: skip


def _cooperation(material: Material, years: range, known: int) -> Iterable[CooperationYear]:
    """Source: section 7."""
    listless = pairs_together(material, listed=False)
    counted = {tie: Counting(material, tie, listless) for tie in TIES}
    by_tie: dict[Tie, Callable[[int], Count]] = {
        "agreements": _agreements(material),
        "exercises on record": lambda year: counted["exercises on record"].begun(year, year),
        "alliances": counted["alliances"].pairs,
        "defence agreements": counted["defence agreements"].pairs,
        "exercises reported": lambda year: counted["exercises reported"].begun(year, year),
    }
    on_record = ("agreements", "exercises on record")
    for year in years:
        pairs = any(common(one.possible, [days_of(year)]) for one in listless.values())
        ties = list[tuple[Tie, Count | None, str]]()
        for tie in TIES:
            why = (None if year <= known else AFTER) if tie in on_record else _why(material.reaches.get(tie), year)
            count = by_tie[tie](year) if why is None and pairs else None
            if count is not None and tie in on_record and not count.high:
                count, why = None, NONE_ON_RECORD
            ties.append((tie, count, _told_tie(why, pairs=pairs)))
        yield CooperationYear(year, tuple(ties))


def _agreements(material: Material) -> Callable[[int], Count]:
    """How many bind two members or more on a day of a year on which both belong. Source: section 7.1."""
    tied = {True: list[Sequence[Stretch]](), False: list[Sequence[Stretch]]()}
    by_agreement = defaultdict[str, list[Bound]](list)
    for one in material.bound:
        by_agreement[one.agreement].append(one)
    for sure, found in tied.items():
        belongs = {party: belonging(material, party, sure=sure) for party in material.parties}
        for of in by_agreement.values():
            held = {party: joined((one.first, one.last) for one in of if one.party == party and (one.sure or not sure)) for party in belongs}
            found.append(of_two(common(held[party], belongs[party]) for party in belongs))

    def in_year(year: int) -> Count:
        low, high = (sum(bool(common(stretches, [days_of(year)])) for stretches in tied[sure]) for sure in (True, False))
        return Count(low, high)

    return in_year
