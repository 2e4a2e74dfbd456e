"""How the answer to one question about release changes over time: asked again where each answer ends, and drawn as a bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from comity.terms import Answer, Verdict
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import Bar, Row, lasting, marks_of, presumed, timeline
from comity.web.telling import told
from comity.web.wording import word

MOST = 12
"""How many changes before, and how many after, the day asked about are looked up."""
LOOKS = {Verdict.YES: "party", Verdict.CONTESTED: "contested", Verdict.UNKNOWN: "unknown"}
COLUMNS = {
    "from": "the first day; blank: no beginning on record",
    "until": "the first day after it; blank: no end on record",
    "verdict": "yes, no, contested or unknown",
    "outcome": "the same in the words of the law",
    "reach": "to which day the record is complete for it; blank: not said",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period [start, end) of one outcome; None: no such day on record. ``reach``: the record is complete to that day."""

    start: date | None
    end: date | None
    verdict: Verdict
    outcome: str
    reach: date | None


def stretches(answer: Answer, ask: Callable[[date], Answer]) -> tuple[Stretch, ...]:
    """The periods before and after the one that ``answer`` holds in, as the same viewer may see them, in order of time."""
    before = list(_walk(answer, ask, lambda a: a.since - _DAY if a.since is not None else None))
    after = list(_walk(answer, ask, lambda a: a.until))
    return tuple(_stretch(a) for a in (*reversed(before), answer, *after))


def _walk(answer: Answer, ask: Callable[[date], Answer], step: Callable[[Answer], date | None]) -> Iterator[Answer]:
    for _ in range(MOST):
        day = step(answer)
        if day is None:
            return
        answer = ask(day)
        yield answer


def _stretch(answer: Answer) -> Stretch:
    return Stretch(answer.since, answer.until, answer.verdict, answer.mode or str(answer.verdict), answer.reach)


def picture(found: tuple[Stretch, ...], title: str, link: str, on: date, today: date) -> Chart:
    """The periods as one bar, gaps where the answer is no; nothing to see where it never changes."""
    rows = [Row(title, link, _bars_of(found))] if len(found) > 1 else []
    return Chart(
        "outcome",
        gettext("May it be released? A gap: no. The broken line is the day asked about."),
        gettext("Days; the end is the first day after the period"),
        gettext("The question put anew on each day on which its answer ends, by the agreements then in force between the two."),
        timeline(rows, title, on, today, "stretches"),
        lambda: [_plain(one) for one in found],
        COLUMNS,
        tuple(_keys(rows)),
    )


def _bars_of(found: tuple[Stretch, ...]) -> tuple[Bar, ...]:
    first = min(edge for s in found for edge in (s.start, s.end) if edge is not None) - timedelta(days=730)
    return tuple(bar for s in found if s.verdict is not Verdict.NO for bar in _bars(s, first))


def _keys(rows: list[Row]) -> Iterator[Key]:
    looks = {bar.look for row in rows for bar in row.bars}
    words = {LOOKS[verdict]: word(str(verdict), "verdict") for verdict in LOOKS}
    for look, mark in marks_of(looks):
        yield Key(mark, words[look])


def _plain(one: Stretch) -> dict[str, object]:
    start, end = (edge and edge.isoformat() for edge in (one.start, one.end))
    return {"from": start, "until": end, "verdict": str(one.verdict), "outcome": one.outcome, "reach": one.reach and one.reach.isoformat()}


def _bars(stretch: Stretch, first: date) -> Iterator[Bar]:
    """The bar of a period (from ``first``, where no beginning is on record), paler from the day to which the record is complete."""
    start, look = stretch.start or first, LOOKS[stretch.verdict]
    outcome = word(stretch.outcome, "outcome")
    says = lasting(outcome, stretch.start, stretch.end) if stretch.start else _unbegun(outcome, stretch.end)
    cut = None if stretch.reach is None else max(start, stretch.reach + _DAY)
    if cut is None or (stretch.end is not None and cut >= stretch.end):
        yield Bar(start, stretch.end, look, says)
        return
    if cut > start:
        yield Bar(start, cut, look, says)
    yield Bar(cut, stretch.end, look, presumed(says, cut, stretch.reach), True)


def _unbegun(outcome: str, end: date | None) -> str:
    if end is None:
        return told(gettext("%(standing)s, no beginning on record to no end on record"), standing=outcome)
    return told(gettext("%(standing)s, no beginning on record to %(end)s"), standing=outcome, end=end)
