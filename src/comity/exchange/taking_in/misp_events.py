"""Indicators out of events of MISP (its JSON), with a report that holds those of one event together.

1. An attribute that is for detection becomes an indicator; its comment, category and tags go along. What is not understood is left out and told.
2. TLP tags of the event and of the attribute: the strictest counts. One that TLP does not know closes to everybody.
3. Distribution to the own organisation only, or to a sharing group (whose members only MISP knows), closes to everybody; other levels say nothing
   that TLP does not, and are not read.
4. A value that is not what its type says is wrong, and with it the file.

Source: MISP core format (event, attribute, object, tag); distribution levels of MISP's own model; STIX 2.1, 4.7 and 4.16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from comity.exchange.envelopes import RawObject, ReadingLimits, TooLarge, read_json
from comity.exchange.markings import tlp_marking, to_nobody
from comity.exchange.taking_in.imported import Imported, Problem, each_once
from comity.exchange.taking_in.indicators import Observed, as_object, identity, indicator, report
from comity.exchange.taking_in.patterns import KINDS, pattern_of
from comity.exchange.timestamps import EPOCH, microseconds_of
from comity.labels import parse_instant
from comity.terms import BadInput

ORGANISATION, SHARING_GROUP, INHERIT = "0", "4", "5"
_STRICTEST_FIRST = tuple(tlp_marking(level) for level in ("red", "amber+strict", "amber", "green", "clear", "white"))
_LAST = 253_402_300_799  # seconds, of the year 9999


@dataclass(slots=True)
class _Notes:
    """What is found while an event is read."""

    wrong: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Event:
    """What of an event bears on its attributes. Times in microseconds since 1970; ``day``: its date."""

    where: str
    uuid: str
    maker: RawObject
    day: int
    changed: int
    tags: tuple[str, ...]
    distribution: str


def read_events(body: bytes, by: str, limits: ReadingLimits) -> Imported:
    """The events of a file; ``by``: the name of an identity where an event names none. Or all that is wrong with it."""
    notes = _Notes()
    objects: list[RawObject] = []
    try:
        for number, data in enumerate(_events(read_json(body, limits, "the file")), 1):
            objects += _read(data, f"event {number}", by, notes)
            if len(objects) > limits.objects:
                raise TooLarge(f"it makes more than {limits.objects} objects; send it in parts")
        found = each_once(objects)
    except BadInput as problem:
        return Imported(wrong=(*notes.wrong, Problem("the file", str(problem))), left_out=tuple(notes.left_out))
    return Imported(() if notes.wrong else found, tuple(notes.wrong), tuple(notes.left_out))


def is_misp(document: object) -> bool:
    """Does a JSON document look like one of MISP's?"""
    return isinstance(document, dict) and ("Event" in document or "response" in document)


def _events(document: Any) -> list[dict[str, Any]]:
    listed = document.get("response", [document]) if isinstance(document, dict) else document
    found = [one.get("Event") if isinstance(one, dict) else None for one in (listed if isinstance(listed, list) else [listed])]
    events = [event for event in found if isinstance(event, dict)]
    if not found or len(events) < len(found):
        raise BadInput('it has no event of MISP, or something else beside one; write {"Event": {...}} or {"response": [{"Event": {...}}]}')
    return events


def _read(data: dict[str, Any], where: str, by: str, notes: _Notes) -> list[RawObject]:
    """One event: who made it, its indicators, the marking that closes some of them, a report."""
    try:
        event = _event(data, where, by)
        published = _seconds(data["publish_timestamp"], "publish_timestamp") if data.get("publish_timestamp") not in (None, "", "0", 0) else event.day
        title = _text(data, "info") or f"MISP event {event.uuid}"
        marking = _marking(event.tags, (event.distribution,), where, notes)
    except BadInput as problem:
        notes.wrong.append(Problem(where, str(problem)))
        return []
    found: list[RawObject] = []
    for place, attribute, levels in _attributes(data, event, notes):
        try:
            one = _observed(attribute, event, place, levels, notes)
        except BadInput as problem:
            notes.wrong.append(Problem(place, str(problem)))
            continue
        if one is not None:
            found.append(indicator(one, event.maker.id))
    if not found:
        notes.left_out.append(Problem(where, "nothing in it becomes an indicator"))
        return []
    times = (min(event.day, event.changed), event.changed, published)
    about = sorted({one.id for one in found})
    found.append(report(event.uuid, event.maker.id, title, times, about, _labels(event.tags), marking))
    nobody = to_nobody()
    used = any(nobody["id"] in one.data.get("object_marking_refs", ()) for one in found)
    return [event.maker, *([as_object(nobody)] if used else []), *found]


def _event(data: dict[str, Any], where: str, by: str) -> _Event:
    maker = data.get("Orgc") if isinstance(data.get("Orgc"), dict) else {}
    name, uuid = _text(maker, "name") or by, _text(data, "uuid")
    if not uuid:
        raise BadInput("it has no uuid, by which it would be known again")
    changed = _seconds(data.get("timestamp"), "timestamp")
    day = microseconds_of(f"{data['date']}T00:00:00Z", "date") if data.get("date") else changed
    return _Event(where, uuid, identity(name, _text(maker, "uuid")), day, changed, _tags(data), _level(data.get("distribution", "")))


def _attributes(data: dict[str, Any], event: _Event, notes: _Notes) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Every attribute, those within objects too, with where it stands and the levels of distribution around it."""
    for number, one in enumerate(_list(data, "Attribute", event.where, notes), 1):
        yield f"{event.where}, attribute {number}", one, (event.distribution,)
    for number, one in enumerate(_list(data, "Object", event.where, notes), 1):
        where = f"{event.where}, object {number}"
        try:
            level = _level(one.get("distribution", INHERIT))
        except BadInput as problem:
            notes.wrong.append(Problem(where, str(problem)))
            continue
        if _is_set(one.get("deleted")):
            notes.left_out.append(Problem(where, "it was deleted"))
            continue
        for inner_number, inner in enumerate(_list(one, "Attribute", where, notes), 1):
            yield f"{where}, attribute {inner_number}", inner, (event.distribution, level)


def _observed(data: dict[str, Any], event: _Event, where: str, levels: tuple[str, ...], notes: _Notes) -> Observed | None:
    """An attribute as an indicator; None, and noted why, where it is none."""
    kind, value, own = _text(data, "type"), _text(data, "value"), _text(data, "uuid")
    why = (
        "it was deleted"
        if _is_set(data.get("deleted"))
        else f"values of the type {kind!r:.40} are not read"
        if kind not in KINDS
        else "it is not for detection (to_ids)"
        if not _is_set(data.get("to_ids", True))
        else None
    )
    if why is not None:
        notes.left_out.append(Problem(where, why))
        return None
    changed = _seconds(data.get("timestamp", event.changed // 1_000_000), "timestamp")
    tags = _tags(data)
    seen = data.get("first_seen")
    about = [f'misp:type="{kind}"', *([f'misp:category="{category}"'] if (category := _text(data, "category")) else []), *_labels(tags)]
    return Observed(
        key=own or f"{event.uuid} {kind} {value}",
        pattern=pattern_of(kind, value),
        created=min(event.day, changed),
        modified=changed,
        valid_from=changed if not seen else (parse_instant(str(seen), "first_seen").at - EPOCH) // timedelta(microseconds=1),
        name=f"{kind}: {value}",
        description=_text(data, "comment"),
        labels=tuple(dict.fromkeys(about)),
        markings=_marking((*event.tags, *tags), (*levels, _level(data.get("distribution", INHERIT))), where, notes),
    )


def _marking(tags: tuple[str, ...], levels: tuple[str, ...], where: str, notes: _Notes) -> tuple[str, ...]:
    """2. and 3. The marking, if any; nobody where the distribution or a tag asks it."""
    said = [tag for tag in tags if tag.casefold().startswith("tlp:")]
    strange = [tag for tag in said if tlp_marking(tag) is None]
    if strange:
        notes.left_out.append(Problem(where, f"the tag {strange[0]!r:.60} is no level of TLP; what bears it goes to nobody"))
    if strange or ORGANISATION in levels or SHARING_GROUP in levels:
        return (str(to_nobody()["id"]),)
    found = {tlp_marking(tag) for tag in said}
    return tuple(marking for marking in _STRICTEST_FIRST if marking is not None and marking in found)[:1]


def _labels(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tag for tag in tags if not tag.casefold().startswith("tlp:"))


def _tags(data: dict[str, Any]) -> tuple[str, ...]:
    listed = data.get("Tag", [])
    names = [one.get("name") if isinstance(one, dict) else None for one in listed] if isinstance(listed, list) else [None]
    if not all(isinstance(name, str) and name for name in names):
        raise BadInput('its tags are not a list of {"name": "..."}')
    return tuple(str(name).strip() for name in names)


def _level(value: object) -> str:
    level = "" if value is None else str(value)
    if level not in ("", *"012345"):
        raise BadInput(f"its distribution is {level!r:.40}; MISP has the levels 0 to 5")
    return level


def _is_set(value: object) -> bool:
    """MISP writes a flag as true, 1 or "1"."""
    return value in (True, 1, "1", "true")


def _seconds(value: object, name: str) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= _LAST):
        raise BadInput(f"its {name} is {text!r:.40}; MISP writes the seconds since 1970")
    return int(text) * 1_000_000


def _text(data: Any, name: str) -> str:
    value = data.get(name) if isinstance(data, dict) else None
    if value is not None and not isinstance(value, str):
        raise BadInput(f"its {name} is {value!r:.60}; write a text")
    return value or ""


def _list(data: dict[str, Any], name: str, where: str, notes: _Notes) -> list[dict[str, Any]]:
    listed = data.get(name) or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        notes.wrong.append(Problem(where, f"its {name} is no list of objects"))
        return []
    return listed
