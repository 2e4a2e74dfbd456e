"""The exercises that acts of taking part tell of, and who was in each.

Source: how-interoperability-is-told.md, sections 1 and 2.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from comity.acts import Act
from comity.interoperability.persons import Nations
from comity.interoperability.tellings import Sighting, TrainingPlace, choices
from comity.interoperability.training import ANY_CAPABILITY, DOMAINS, PURPOSES, TAKE_PART, DayWindow, ExercisePart, JointExercise
from comity.standing import Standing
from comity.terms import Moment, parse_moment

_ANY, _NONE = frozenset([ANY_CAPABILITY]), frozenset[str]()
_DOMAINS, _PURPOSES = frozenset(DOMAINS), frozenset(PURPOSES)


def exercises_held(standing: Standing) -> tuple[JointExercise, ...]:
    """The exercises on record, in the order of their acts, as known on the standing's day by its viewer."""
    return group(standing.acts_of((TAKE_PART,)), Nations(standing.record.register))


def acts_without_day(standing: Standing) -> int:
    """How many acts of taking part say nothing of when it was, and are left out."""
    return sum(_start(act) is None for act, _ in standing.acts_of((TAKE_PART,)))


def group(acts: Iterable[tuple[Act, bool]], nations: Nations) -> tuple[JointExercise, ...]:
    """The exercises that these acts tell of; each act with whether it is undisputed."""
    found: dict[tuple[str, str, str], list[tuple[Act, ExercisePart]]] = defaultdict(list)
    for act, undisputed in acts:
        start = _start(act)
        if start is None:
            continue
        name = " ".join(act.details.get("activity", "").split()).casefold()
        part = _part(act, start, nations, not undisputed)
        found[name or f"\n{act.hash}", start.written, act.details.get("place", "")].append((act, part))
    return tuple(
        JointExercise(activity=held[0][0].details.get("activity", ""), starts=starts, place=place, parts=tuple(part for _, part in held))
        for (_, starts, place), held in found.items()
    )


def exercise_place(held: JointExercise) -> TrainingPlace:
    """An exercise as nations are seen in it together."""
    parts: dict[str, list[Sighting]] = defaultdict(list)
    for part in held.parts:
        starts, starts_by, ends, ends_by = (day.toordinal() for day in (*part.start, *part.end))
        parts[part.nation].append(Sighting(starts, starts_by, ends, ends_by, part.named, part.named | part.open, part.doubtful, (part.act,)))
    return TrainingPlace("exercise", held.activity, frozenset(parts), lambda nations: _in_order(choices([parts[n] for n in nations], _both)))


def _both(one: Sighting, other: Sighting) -> Sighting:
    """Two nations' parts in one exercise (2.1): they start alike, but for what their own ends cut off."""
    return Sighting(
        one.starts,
        min(one.starts_by, other.starts_by),
        min(one.ends, other.ends),
        min(one.ends_by, other.ends_by),
        one.named & other.named,
        one.possible & other.possible,
        one.doubtful or other.doubtful,
        (*one.acts, *other.acts),
    )


def _in_order(seen: Iterable[Sighting]) -> list[Sighting]:
    """Those that do not end wholly before their start, with ends that are not before it (1.3)."""
    return [s._replace(ends=max(s.ends, s.starts)) for s in seen if s.starts <= s.ends_by]


def _start(act: Act) -> Moment | None:
    written = act.details.get("starts")
    return act.done if written is None else parse_moment(written)


def _part(act: Act, start: Moment, nations: Nations, doubtful: bool) -> ExercisePart:
    written = act.details.get("ends")
    end = start if written is None else parse_moment(written)
    if end.last < start.first:
        end = start
    named, left = _named(act.details.get("domains", ""), act.details.get("purposes", ""))
    return ExercisePart(
        nation=nations.of(act.attributed_to),
        start=DayWindow(start.first, min(start.last, end.last)),
        end=DayWindow(max(end.first, start.first), end.last),
        named=named,
        open=left,
        doubtful=doubtful,
        act=act.ref,
    )


@lru_cache(maxsize=4096)
def _named(domains: str, purposes: str) -> tuple[frozenset[str], frozenset[str]]:
    """What an act names, and what it leaves open."""
    given, meant = (frozenset(word.strip() for word in text.split(",") if word.strip()) for text in (domains, purposes))
    named = given | meant | _ANY
    return named, (_NONE if given else _DOMAINS - named) | (_NONE if meant else _PURPOSES - named)
