"""The slow reading of docs/explanation/how-effects-are-read.md, sections 2, 3, 5 and 6: row by row, and sentence by sentence.

It shares nothing with the fast path but types. What a row does not know is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from comity.effects.questions import Layout

Value = float | None


@dataclass(frozen=True)
class PlainRow:
    """One row: two states, a period, and what is known."""

    first: int
    second: int
    period: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Laid:
    """Section 3: whole rows with outcome and terms; counts by name; rows by reason; rows that lack each column."""

    whole: list[tuple[int, int, int, float, tuple[float, ...]]]
    counts: dict[str, int]
    reasons: dict[str, int]
    unknown: dict[str, int]


def laid(rows: Sequence[PlainRow], layout: Layout) -> Laid:
    """Sections 2 and 3."""
    reasons, unknown, whole, asked = dict[str, int](), dict[str, int](), list[tuple[int, int, int, float, tuple[float, ...]]](), 0
    for row in sorted(rows, key=lambda one: (one.first, one.second, one.period)):
        if row.period not in range(layout.since, layout.until + 1):
            continue
        asked += 1
        why = cut(row, layout)
        terms = terms_of(row, rows, layout)
        outcome = row.values[layout.outcome]
        if why is None:
            lacking = {name for name, value in [(layout.outcome, outcome), *terms] if value is None}
            for name in {"time since the last event" if name.startswith("peace") else name for name in lacking}:
                unknown[name] = unknown.get(name, 0) + 1
            if lacking:
                why = "something in them is not known"
        if why is not None:
            reasons[why] = reasons.get(why, 0) + 1
            continue
        assert outcome is not None
        whole.append((row.first, row.second, row.period, outcome, tuple(value for _, value in terms if value is not None)))
    return Laid(whole, {"asked": asked, **counted(whole)}, reasons, unknown)


def cut(row: PlainRow, layout: Layout) -> str | None:
    """2.3, reasons 1 to 4."""
    if layout.relevant:
        if row.values["relevant"] == 0:
            return "the pair is not relevant"
        if row.values["relevant"] is None:
            return "not known whether the pair is relevant"
    if layout.under_way is not None and layout.ongoing == "left out":
        under_way = row.values[layout.under_way]
        if under_way is None:
            return "not known whether the outcome was under way"
        if under_way != 0 and row.values[layout.outcome] == 0:
            return "the outcome was under way and did not begin"
    return None


def terms_of(row: PlainRow, rows: Sequence[PlainRow], layout: Layout) -> list[tuple[str, Value]]:
    """2.1 and 2.5."""
    same = [one for one in rows if (one.first, one.second) == (row.first, row.second)]
    before = [one for one in same if row.period - one.period == layout.lag]
    found: list[tuple[str, Value]] = [(layout.treatment, before[0].values[layout.treatment] if before else None)]
    found += [(name, row.values[name]) for name in layout.controls]
    if layout.peace:
        since = time_since(row, same, layout)
        tens = None if since is None else since / 10
        found += [(f"peace {power}", None if tens is None else tens**power) for power in (1, 2, 3)]
    return found


def time_since(row: PlainRow, same: Sequence[PlainRow], layout: Layout) -> int | None:
    """Go back from the row until the last event; what is not known on the way makes it unknown."""
    event = layout.outcome if layout.under_way is None else layout.under_way
    earlier = sorted((one for one in same if one.period < row.period), key=lambda one: one.period)
    for place in range(len(earlier) - 1, -1, -1):
        value = earlier[place].values[event]
        if value is None:
            return None
        if value != 0:
            return row.period - (earlier[place].period + 1)
    return row.period - min(one.period for one in same)


def counted(whole: Sequence[tuple[int, int, int, float, tuple[float, ...]]]) -> dict[str, int]:
    """Section 3."""
    pairs = dict[tuple[int, int], list[tuple[float, float]]]()
    for first, second, _, outcome, terms in whole:
        pairs.setdefault((first, second), []).append((terms[0], outcome))
    treated = {pair: [had for had, _ in of] for pair, of in pairs.items()}
    always = sum(1 for of in treated.values() if all(of))
    never = sum(1 for of in treated.values() if not any(of))
    return {
        "rows": len(whole),
        "treated": sum(1 for row in whole if row[4][0]),
        "events": sum(1 for row in whole if row[3] != 0),
        "pairs": len(pairs),
        "states": len({state for pair in pairs for state in pair}),
        "always": always,
        "never": never,
        "switching": sum(1 for of in treated.values() if any(of) and not all(of)),
        "changing": sum(1 for of in pairs.values() if len({outcome for _, outcome in of}) > 1),
        "first_period": min((row[2] for row in whole), default=-1),
        "last_period": max((row[2] for row in whole), default=-1),
    }


def cells(asked: Layout, has_relevant: bool, breadth: str) -> list[Layout]:
    """Section 5: the layouts of the grid, each once."""
    if breadth == "none":
        return []
    full = breadth == "full"
    found = list[Layout]()
    half = asked.since + (asked.until - asked.since) // 2
    spans = {(asked.since, asked.until)} | ({(asked.since, half), (half + 1, asked.until)} if full and half + 1 <= asked.until else set())
    sets = {((), False), ((), asked.peace), (asked.controls, asked.peace)}
    if not asked.controls:
        sets.discard((asked.controls, not asked.peace))
        sets |= {((), False)}
    if full and len(asked.controls) > 1:
        sets |= {(tuple(name for name in asked.controls if name != left), asked.peace) for left in asked.controls}
    for lag in {asked.lag, 1, 2} | ({0, 3} if full else set()):
        for controls, peace in sets:
            for ongoing in ("left out", "kept") if asked.under_way else (asked.ongoing,):
                for relevant in {asked.relevant} | ({True, False} if full and has_relevant else set()):
                    for since, until in spans:
                        one = replace(asked, lag=lag, controls=controls, peace=peace, relevant=relevant, since=since, until=until)
                        found.append(replace(one, ongoing="left out" if ongoing == "left out" else "kept"))
    return found
