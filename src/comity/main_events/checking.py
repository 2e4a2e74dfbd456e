"""Is a main events list fit to be played? Every rule that it breaks, by name, where and in words.

One function a rule, in one tuple; the numbers are those of the text.
Source: how-events-lists-are-checked.md, section 2, which has the rules in this order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from comity.main_events.injects import SORTS, STATES, EventsList, Frame, Inject
from comity.main_events.times import EXPECTED, read_when
from comity.terms import BadInput, Broken


@dataclass(frozen=True)
class Listed:
    """A list beside its exercise, with what is looked up again and again."""

    events: EventsList
    frame: Frame

    @cached_property
    def by_number(self) -> dict[str, Inject]:
        """The first row of each number."""
        return {row.number: row for row in reversed(self.events.rows) if row.number}

    @cached_property
    def played(self) -> tuple[Inject, ...]:
        return tuple(row for row in self.events.rows if row.played)

    @cached_property
    def in_time(self) -> tuple[tuple[datetime, Inject], ...]:
        """Those played at a minute that is known, in the order of time, else of the list."""
        exact = [(row.span.first, row) for row in self.played if row.span is not None and row.span.exact]
        return tuple(sorted(exact, key=lambda one: one[0]))

    def before(self, row: Inject) -> Iterator[Inject]:
        """Those on which it depends that are in the list."""
        yield from (self.by_number[number] for number in row.after if number in self.by_number)


Rule = Callable[[Listed], Iterator[Broken]]


def check_events(events: EventsList, frame: Frame) -> tuple[Broken, ...]:
    """Every rule that the list breaks; empty: it can be played as it is."""
    listed = Listed(events, frame)
    return tuple(broken for rule in EVENT_RULES for broken in rule(listed))


def _numbered(c: Listed) -> Iterator[Broken]:
    """1: every row has a number of its own."""
    for number, count in Counter(row.number for row in c.events.rows).items():
        if number and count > 1:
            yield Broken("numbered", number, f"{count} rows have this number; give each its own")
    for row in c.events.rows:
        if not row.number:
            yield Broken("numbered", row.where, f"{row.title or 'the row'} has no number")


def _titled(c: Listed) -> Iterator[Broken]:
    """2: every row has a title."""
    for row in c.events.rows:
        if not row.title:
            yield Broken("titled", row.where, "has no title")


def _sorts(c: Listed) -> Iterator[Broken]:
    """3: it is an event, an incident or an inject, and part of something larger that is in the list."""
    for row in c.events.rows:
        if row.sort not in SORTS:
            yield Broken("sorts", row.where, f"is {row.sort!r}; write {', '.join(SORTS)}")
        elif row.part_of:
            whole = c.by_number.get(row.part_of)
            if whole is None:
                yield Broken("sorts", row.where, f"is part of {row.part_of!r}, which is not in the list")
            elif whole.sort in SORTS and SORTS.index(whole.sort) >= SORTS.index(row.sort):
                yield Broken("sorts", row.where, f"is an {row.sort}, and cannot be part of {row.part_of}, an {whole.sort}")


def _states(c: Listed) -> Iterator[Broken]:
    """4: its state is one that there is."""
    for row in c.events.rows:
        if row.state not in STATES:
            yield Broken("states", row.where, f"its state is {row.state!r}; write {', '.join(STATES)}")


def _timed(c: Listed) -> Iterator[Broken]:
    """5: every inject has a time that can be read."""
    for row in c.played:
        if not row.when:
            yield Broken("timed", row.where, f"has no time; write {EXPECTED}")
        elif row.span is None:
            yield Broken("timed", row.where, _unreadable(row, c.frame))


def _unreadable(row: Inject, frame: Frame) -> str:
    try:
        read_when(row.when, frame)
    except BadInput as problem:
        return str(problem)
    return f"{row.when!r} was not read; read the list again"


def _within(c: Listed) -> Iterator[Broken]:
    """6: it is played within the exercise."""
    for row in c.played:
        if row.span is not None and c.frame.startex is not None and row.span.last < c.frame.startex:
            yield Broken("within", row.where, f"is played at {row.when}, before STARTEX")
        if row.span is not None and c.frame.endex is not None and row.span.first > c.frame.endex:
            yield Broken("within", row.where, f"is played at {row.when}, after ENDEX")


def _audiences(c: Listed) -> Iterator[Broken]:
    """7: it goes to somebody, and to those only who are trained."""
    for row in c.played:
        if not row.audiences:
            yield Broken("audiences", row.where, "goes to nobody; say which training audience")
        for one in _unknown(row.audiences, c.frame.audiences):
            yield Broken("audiences", row.where, f"goes to {one!r}, which is no training audience of this exercise")


def _played_by(c: Listed) -> Iterator[Broken]:
    """8: it is said by whom it is injected, and from which cell of those that there are."""
    for row in c.played:
        if not row.responsible and not row.cell:
            yield Broken("played by", row.where, "nobody is to inject it; say who, or which cell")
        for one in _unknown([row.cell] if row.cell else [], c.frame.cells):
            yield Broken("played by", row.where, f"the exercise has no cell {one!r}")


def _played_how(c: Listed) -> Iterator[Broken]:
    """9: it is said from whom it seems to come, and by which means it reaches them."""
    for row in c.played:
        for what, value in (("from whom it seems to come", row.sender), ("by which means it reaches them", row.means)):
            if not value:
                yield Broken("played how", row.where, f"it is not said {what}")


def _objectives(c: Listed) -> Iterator[Broken]:
    """10: it trains something that is to be trained."""
    for row in c.played:
        if not row.objectives:
            yield Broken("objectives", row.where, "trains no objective; say which, or leave it out")
        for one in _unknown(row.objectives, c.frame.objectives):
            yield Broken("objectives", row.where, f"trains {one!r}, which is no objective of this exercise")


def _trained(c: Listed) -> Iterator[Broken]:
    """11: every objective is trained by something."""
    trained = {one.casefold() for row in c.played for one in row.objectives}
    for objective in c.frame.objectives:
        if objective.casefold() not in trained:
            yield Broken("trained", objective, "no inject trains this objective")


def _expected(c: Listed) -> Iterator[Broken]:
    """12: it is said what those to whom it goes are expected to do."""
    for row in c.played:
        if not row.expected:
            yield Broken("expected", row.where, "no action is expected; say what the audience should do")


def _after(c: Listed) -> Iterator[Broken]:
    """13: what it depends on is played."""
    for row in c.played:
        for number in row.after:
            before = c.by_number.get(number)
            if before is None:
                yield Broken("after", row.where, f"depends on {number!r}, which is not in the list")
            elif before.state == "cancelled":
                yield Broken("after", row.where, f"depends on {number}, which is cancelled")


def _order(c: Listed) -> Iterator[Broken]:
    """14: it is not played before what it depends on."""
    for row in c.played:
        for before in c.before(row):
            if row.span is not None and before.span is not None and row.span.surely_before(before.span):
                yield Broken("order", row.where, f"is played at {row.when}, before {before.number} at {before.when}, on which it depends")


def _cycle(c: Listed) -> Iterator[Broken]:
    """15: nothing depends on itself, by however many steps."""
    for row in c.events.rows:
        found, todo = set[str](), [row]
        while todo:
            for before in c.before(todo.pop()):
                if before.number not in found:
                    found.add(before.number)
                    todo.append(before)
        if row.number in found:
            yield Broken("cycle", row.where, "depends on itself, through what it depends on")


def _injected(c: Listed) -> Iterator[Broken]:
    """16: what was injected comes after something that was."""
    for row in c.played:
        for before in c.before(row):
            if row.state == "injected" and before.state in ("draft", "ready"):
                yield Broken("injected", row.where, f"was injected, but {before.number}, on which it depends, was not")


def _apart(c: Listed) -> Iterator[Broken]:
    """17: nobody injects two at once, and nobody gets two at once."""
    for what, of in _KEYS:
        last = dict[str, tuple[datetime, Inject]]()
        for at, row in c.in_time:
            for plain, name in {one.casefold(): one for one in of(row)}.items():
                there = last.get(plain)
                if there is not None and at - there[0] < c.frame.gap:
                    yield Broken(
                        "apart", row.where, f"{what} {name} has {there[1].where} at {there[1].when} too, less than {_minutes(c.frame)} apart"
                    )
                last[plain] = at, row


def _minutes(frame: Frame) -> str:
    minutes = int(frame.gap.total_seconds()) // 60
    return "a minute" if minutes == 1 else f"{minutes} minutes"


def _dense(c: Listed) -> Iterator[Broken]:
    """18: no audience gets more within the window than it can take."""
    if c.frame.most == 0:
        return
    reaching = defaultdict[str, list[datetime]](list)
    for at, row in c.in_time:
        for name in dict.fromkeys(one.casefold() for one in row.audiences):
            reaching[name].append(at)
    for name, times in reaching.items():
        for number, at in enumerate(times):
            within = sum(at <= other < at + c.frame.window for other in times[number:])
            if within > c.frame.most:
                says = f"gets {within} injects from {at:%Y-%m-%d %H:%M} UTC within {int(c.frame.window.total_seconds()) // 60} minutes"
                yield Broken("dense", name, f"{says}; {c.frame.most} are all it can take")
                break


def _unknown(named: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those named that are not among those known, where any are; capital letters make no difference."""
    there = {one.casefold() for one in known}
    return [one for one in dict.fromkeys(named) if there and one.casefold() not in there]


def _responsible(row: Inject) -> tuple[str, ...]:
    return (row.responsible,) if row.responsible else ()


def _cell(row: Inject) -> tuple[str, ...]:
    return (row.cell,) if row.cell else ()


def _audience(row: Inject) -> tuple[str, ...]:
    return row.audiences


_KEYS: tuple[tuple[str, Callable[[Inject], tuple[str, ...]]], ...] = (("injector", _responsible), ("cell", _cell), ("audience", _audience))
EVENT_RULES: tuple[Rule, ...] = (
    _numbered, _titled, _sorts, _states, _timed, _within, _audiences, _played_by, _played_how, _objectives, _trained, _expected, _after, _order,
    _cycle, _injected, _apart, _dense,
)  # fmt: skip
