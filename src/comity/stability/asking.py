"""The front door: how quiet a pair or a region was, year by year, as tables have it, beside what tied its members, as the record has it.

Source: docs/explanation/how-stability-is-measured.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from comity.events import Dyads
from comity.panels import Shelf
from comity.stability.material import Belonging, Material, Stretch
from comity.stability.measures import Region, Stability, StabilityRules
from comity.stability.measuring import measured
from comity.stability.records import agreements_of, exercises_of, labels_of
from comity.stability.regions import bearers, region_of
from comity.stability.tables import Tables, days_covered, events_of
from comity.stability.windows import days_of
from comity.standing import Standing
from comity.terms import PUBLIC, BadInput, join

NO_EFFECT = "cooperation stands beside stability; that the one brought about the other is not said here (comity effect asks that)"
FIRST_YEAR = 1946
"""From where two states are looked at unless it is said otherwise."""
EARLIEST = 1816


def stability(
    standing: Standing,
    whom: Sequence[str],
    shelf: Shelf,
    *,
    since: int | None = None,
    until: int | None = None,
    rules: StabilityRules | None = None,
    events: Dyads | None = None,
    agreements: Iterable[str] | None = None,
) -> Stability:
    """How quiet was a region, or a pair of states, in each year, and what tied its members?

    ``whom``: two states, or one region, organisation or agreement.   ``since``, ``until``: years, both in; from 1946, or from the first two members
    on, to the standing's day.   ``events``: events by year.
    ``agreements``: those that count as ties; all on record if it is left out. BadInput, NotOnRecord for what is no
    region, and for rules that cannot be.
    """
    rules = rules or StabilityRules()
    region, belongs = region_of(standing, whom)
    first, last = _years(standing, region, belongs, since, until)
    _check(rules, first, last)
    end = days_of(standing.on.year)[1]
    belongs = tuple(replace(one, last=min(one.last, end)) for one in belongs if one.first <= end)
    parties = tuple(sorted({one.party for one in belongs}))
    register = standing.record.register
    read = Tables(shelf, register, parties).all()
    exercises, acts = exercises_of(standing, parties)
    bound = tuple(agreements_of(standing, parties, agreements))
    material = Material(
        parties,
        belongs,
        listed=_listed(standing, parties),
        spells=(*read.spells, *exercises),
        bound=bound,
        conflicts=tuple(read.conflicts),
        events=() if events is None else tuple(events_of(events, register, parties)),
        events_covered=() if events is None else days_covered(events),
        reaches=read.reaches,
    )
    found = measured(material, first, last, rules, pair=region.pair, known=min(standing.known, standing.on).year)
    labels = labels_of(standing, bound, acts)
    return Stability(
        region, first, last, standing.known, rules,
        tuple((party, tuple(((one.first, one.last), one.sure) for one in belongs if one.party == party)) for party in parties),
        found.disputes, found.rates, found.changes, found.recurrence, found.conflicts, found.events if events is not None else (), found.cooperation,
        tuple(sorted(read.reaches.items())), _notes(standing, read.missing, any(rate.exposure is not None for rate in found.rates)),
        join(labels) if labels else PUBLIC,
    )  # fmt: skip


def _years(standing: Standing, region: Region, belongs: Sequence[Belonging], since: int | None, until: int | None) -> tuple[int, int]:
    second = sorted({party: min(one.first for one in belongs if one.party == party) for party in {one.party for one in belongs}}.values())[1]
    by_region = FIRST_YEAR if region.source == "the record" and region.pair else max(EARLIEST, date.fromordinal(second).year)
    first, last = by_region if since is None else since, standing.on.year if until is None else until
    if not EARLIEST <= first <= last <= standing.on.year:
        raise BadInput(f"years from {first} to {last}: write years from {EARLIEST} to {standing.on.year}, the first of them first")
    return first, last


def _check(rules: StabilityRules, since: int, until: int) -> None:
    if not 0 < rules.level < 1:
        raise BadInput(f"--level {rules.level}; write a level above 0 and below 1, such as 0.95")
    for window in (rules.before, rules.after):
        if window is not None and not since <= window[0] <= window[1] <= until:
            raise BadInput(f"the window {window[0]}-{window[1]} is not within {since} to {until}; write its first year first")
    if (rules.before is None) != (rules.after is None):
        raise BadInput("a change is between two windows; name both")
    if rules.before is not None and rules.after is not None and rules.before[1] >= rules.after[0]:
        raise BadInput("the windows overlap, or the later stands first; write the earlier first")


def _listed(standing: Standing, parties: Sequence[str]) -> dict[str, tuple[Stretch, ...]]:
    """When the tables of disputes list each as a state."""
    found = dict[str, tuple[Stretch, ...]]()
    for stretches in bearers(standing.record.register, parties, "cow").values():
        for stretch, party in stretches:
            found[party] = (*found.get(party, ()), stretch)
    return found


def _notes(standing: Standing, missing: Sequence[str], covered: bool) -> tuple[str, ...]:
    notes = [*missing, NO_EFFECT]
    if covered:
        notes.append("rates take disputes to come independently; where one brings another the intervals are too narrow")
    notes.append("agreements and exercises are those on record, which does not hold every one that there is")
    if standing.viewer is not None:
        notes.append(f"answered from what {standing.viewer} may see; one who sees more might get another answer")
    return tuple(notes)
