"""Pulling from a partner: a TAXII 2.1 client that goes on where it stopped, and cannot be held up.

1. Discovery tells the API roots, each of which tells its collections; those that may be read are read, one after the other.
2. Of each, pages of all versions of its objects, added after the last that was taken. What a page gives is handed on first; only then is it kept how
   far that went. So after any interruption something may come twice, and nothing is left out.
3. Where a server says that there is more and gives ``next``, that is sent along with the same query. Where it gives none, its last date added leads
   on, one microsecond before, so that of several objects with one date none is passed over; what comes twice changes nothing.
4. It ends, in one line, where a server does not get on: gives the same ``next`` again, more than a few empty pages, dates that stand still or lie
   far ahead, a body that is too large even for one object; and where a bound is reached (pages, objects, objects a day).
5. Objects that are too large, too deep, or without an id are refused one by one, and counted.

Source: TAXII 2.1, 3.4, 3.5, 4, 5.1 and 5.4; docs/explanation/how-exchange-works.md, section 10.1 and 10.3.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from comity.exchange.asking import Delivery
from comity.exchange.between.asking_partners import Answer, Bounds, Calls, Ended, KeptCursors, Partner, Send, TooLarge, quoted
from comity.exchange.between.raw_objects import deeper_than
from comity.terms import ComityError

Receive = Callable[[str, str, Sequence[bytes]], Delivery]
"""Takes objects that a partner gave, out of a collection of its (path and id); on disk when it returns."""
DISCOVERY = "/taxii2/"
_COLLECTION = re.compile(r"[A-Za-z0-9._~-]{1,200}")
_ID = re.compile(r"[a-z0-9-]{1,250}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_ADDED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\d*Z", re.ASCII)
_SPEAKS = re.compile(r"application/taxii\+json(;version=2\.1)?")
_MOST_NEXT = 4000
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PulledCollection:
    """What came out of one collection: objects that were given, taken, and refused (by us), why it ended early, and the first refusal."""

    path: str
    title: str = ""
    pages: int = 0
    given: int = 0
    taken: int = 0
    refused: int = 0
    says: str = ""
    first_refusal: str = ""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of pulling from a partner. ``says``: why it ended early, blank if it did not. ``again``: so many seconds later at the earliest."""

    party: str
    collections: tuple[PulledCollection, ...] = ()
    says: str = ""
    again: float | None = None

    @property
    def whole(self) -> bool:
        """Did everything come that there is?"""
        return not self.says and not any(one.says for one in self.collections)


class Puller:
    """Pulls from partners, one at a time. ``clock`` gives the instant, with its zone; ``wait`` lets seconds pass."""

    def __init__(
        self,
        send: Send,
        kept: KeptCursors,
        receive: Receive,
        wait: Callable[[float], None],
        clock: Callable[[], datetime],
        bounds: Bounds = Bounds(),
    ) -> None:
        self._send, self._kept, self._receive, self._wait, self._clock, self._bounds = send, kept, receive, wait, clock, bounds

    def pull(self, partner: Partner) -> Pulled:
        """Everything that is new, up to the bounds."""
        pull = _Pull(Calls(partner, self._send, self._wait, self._clock, self._bounds), self._kept, self._receive)
        try:
            for root in pull.roots():
                for collection_id, title in pull.collections(root):
                    pull.read(f"{root}collections/{collection_id}/", title)
        except Ended as problem:
            return Pulled(partner.party, tuple(pull.done), str(problem), problem.again)
        return Pulled(partner.party, tuple(pull.done))


class _Cursor(NamedTuple):
    """How far one collection has been read: added after which date (as the server writes it), and what it gave to go on with from there."""

    after: str | None = None
    next: str | None = None
    last: str | None = None

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        return (*((("added_after", self.after),) if self.after else ()), *((("next", self.next),) if self.next else ()))


class _Pull:
    """One pull: what has been read so far, and how much more may be."""

    def __init__(self, calls: Calls, kept: KeptCursors, receive: Receive) -> None:
        self.calls, self.kept, self.receive = calls, kept, receive
        self.partner, self.bounds = calls.partner, calls.bounds
        self.done: list[PulledCollection] = []
        self.pages = self.objects = 0

    # -- 1. what there is

    def roots(self) -> list[str]:
        """The paths of the API roots, the one by default first."""
        if self.partner.roots:
            return [self.calls.path_of(root) for root in self.partner.roots]
        said = self.calls.get(DISCOVERY).fields
        told = said.get("api_roots")
        told = told if isinstance(told, list) else []
        first = [said["default"]] if isinstance(said.get("default"), str) and said["default"] in told else []
        roots = list(dict.fromkeys(self.calls.path_of(root) for root in [*first, *told][: self.bounds.roots + 1]))
        if not roots or len(roots) > self.bounds.roots:
            raise self.calls.ended(DISCOVERY, f"tells of {len(told)} API roots; it should be between 1 and {self.bounds.roots}")
        return roots

    def collections(self, root: str) -> list[tuple[str, str]]:
        """The collections of a root that may be read: id and title."""
        versions = self.calls.get(root).fields.get("versions")
        if not isinstance(versions, list) or not any(isinstance(one, str) and _SPEAKS.fullmatch(one.replace(" ", "")) for one in versions):
            raise self.calls.ended(root, f"speaks {quoted(versions)}, not TAXII 2.1")
        told = self.calls.get(f"{root}collections/").fields.get("collections", [])
        if not isinstance(told, list) or len(told) > self.bounds.collections:
            raise self.calls.ended(f"{root}collections/", f"lists more than {self.bounds.collections} collections, or none that can be read")
        found = list[tuple[str, str]]()
        for one in told:
            own = one.get("id") if isinstance(one, dict) else None
            if not isinstance(own, str) or not _COLLECTION.fullmatch(own) or set(own) == {"."}:
                raise self.calls.ended(f"{root}collections/", f"lists a collection with the id {quoted(own)}")
            if one.get("can_read") is True and (not self.partner.collections or own in self.partner.collections):
                found.append((own, str(one.get("title", ""))[:200]))
        return list(dict(found).items())

    # -- 2. to 4. one collection

    def read(self, path: str, title: str) -> None:
        """Everything new of one collection; what keeps one from getting on does not keep another."""
        done = PulledCollection(path, title)
        self.done.append(done)
        try:
            self._read_on(path)
        except Ended as problem:
            if problem.again is not None or problem.status == 401:
                raise
            self._tell(says=str(problem))

    def _read_on(self, path: str) -> None:
        key = f"pull {self.partner.party} {self.partner.url}{path}"
        cursor, resumed = _read_cursor(self.kept.get(key)), True
        limit, empty, seen = self.bounds.page_objects, 0, set[str]()
        while True:
            self._check_bounds(path)
            try:
                page = self.calls.get(f"{path}objects/", (*cursor.query, ("limit", str(limit)), ("match[version]", "all")))
            except TooLarge as problem:
                limit = self._smaller(limit, cursor, problem)
                continue
            except Ended as problem:
                if not (resumed and cursor.next is not None and problem.status in (400, 404)):
                    raise
                cursor, resumed = _Cursor(cursor.after), False  # what it gave to go on with is good no more: once more from where that began
                continue
            resumed, limit = False, min(limit * 2, self.bounds.page_objects)
            self._take(path, page.objects)
            last = self._last(path, page.response) if page.objects else None
            empty = 0 if page.objects else empty + 1
            cursor = cursor._replace(last=_later(cursor.last, last))
            if page.fields.get("more") is not True:
                self._keep(key, _Cursor(_later(cursor.after, cursor.last)))
                return
            cursor = self._going_on(path, cursor, page.fields.get("next"), empty, seen)
            self._keep(key, cursor)

    def _going_on(self, path: str, cursor: _Cursor, given: object, empty: int, seen: set[str]) -> _Cursor:
        """With what to ask for the next page; Ended if that leads nowhere."""
        if empty > self.bounds.empty_pages:
            raise self.calls.ended(path, f"says that there is more, {empty} times, and gives nothing")
        if given is not None:
            if not isinstance(given, str) or not 0 < len(given) <= _MOST_NEXT:
                raise self.calls.ended(path, f"gives {quoted(given)} to go on with")
            if given in seen:
                raise self.calls.ended(path, f"gives the same to go on with again ({quoted(given)}): it would go round in a circle")
            seen.add(given)
            return cursor._replace(next=given)
        if cursor.last is None:
            raise self.calls.ended(path, "says that there is more, and neither gives anything nor how to go on")
        before = _instant(cursor.after) if cursor.after is not None else None
        for instant in (_instant(cursor.last) - _MICROSECOND, _instant(cursor.last)):
            if before is None or instant > before:
                return _Cursor(_written(instant))
        raise self.calls.ended(path, f"does not get on: more is said to come after {cursor.after}, and what comes was not added after that")

    def _smaller(self, limit: int, cursor: _Cursor, problem: TooLarge) -> int:
        """A smaller page; where the query must stay as it was (it goes on with ``next``), too: its limit is no filter."""
        if limit == 1:
            raise Ended(f"{problem}, even of one object (after {cursor.after or 'the beginning'})")
        return max(1, limit // 8)

    def _last(self, path: str, response: Answer) -> str:
        """When the last object of a page was added, as the server says; Ended if it says it wrongly."""
        given = response.header("x-taxii-date-added-last") or ""
        instant = _instant(given) if _ADDED.fullmatch(given) else None
        if instant is None:
            raise self.calls.ended(path, f"gives objects without saying when the last was added (X-TAXII-Date-Added-Last: {quoted(given)})")
        if instant > self.calls.clock() + timedelta(days=self.bounds.days_ahead):
            raise self.calls.ended(path, f"says that objects were added on {given}, which lies ahead; compare the clocks")
        return given

    # -- what a page gives

    def _take(self, path: str, objects: Sequence[tuple[bytes, Any]]) -> None:
        self.pages += 1
        self.objects += len(objects)
        good, refused = list[bytes](), list[str]()
        for body, value in objects:
            if says := self._wrong(body, value):
                refused.append(says)
            else:
                good.append(body)
        taken = len(good)
        if good:
            try:
                delivery = self.receive(self.partner.party, path, good)
            except ComityError as problem:
                raise self.calls.ended(path, f"gave objects that could not be taken just now: {problem}") from problem
            taken -= len(delivery.refused)
            refused += [fate.says for fate in delivery.refused]
        self._count_today(len(objects))
        self._tell(pages=1, given=len(objects), taken=taken, refused=len(refused), first_refusal=refused[0] if refused else "")

    def _wrong(self, body: bytes, value: object) -> str:
        """What is wrong with an object, as far as is looked at here; blank if nothing is."""
        if not isinstance(value, dict):
            return f"{quoted(value)} is no STIX object"
        own, kind = value.get("id"), value.get("type")
        if not isinstance(own, str) or not isinstance(kind, str) or not _ID.fullmatch(own) or own.partition("--")[0] != kind:
            return f"the id {quoted(own)} does not fit the type {quoted(kind)}"
        if len(body) > self.bounds.object_bytes:
            return f"{own} has {len(body)} bytes; {self.bounds.object_bytes} are taken"
        if deeper_than(value, self.bounds.depth):
            return f"{own} is nested more than {self.bounds.depth} deep"
        return ""

    def _tell(self, says: str = "", first_refusal: str = "", **more: int) -> None:
        one = self.done[-1]
        counts = {name: getattr(one, name) + count for name, count in more.items()}
        self.done[-1] = replace(one, says=says or one.says, first_refusal=one.first_refusal or first_refusal, **counts)

    # -- bounds

    def _check_bounds(self, path: str) -> None:
        if self.pages >= self.bounds.pages or self.objects >= self.bounds.objects:
            raise self.calls.ended(path, f"gave {self.pages} pages and {self.objects} objects at once; the rest the next time")
        if self._today()[1] >= self.bounds.objects_a_day:
            raise self.calls.ended(path, f"gave {self.bounds.objects_a_day} objects today; the rest tomorrow", again=3600)

    def _count_today(self, more: int) -> None:
        if more:
            day, count = self._today()
            self.kept.put(f"day {self.partner.party}", f"{day} {count + more}")

    def _today(self) -> tuple[str, int]:
        today = self.calls.clock().date().isoformat()
        day, _, count = (self.kept.get(f"day {self.partner.party}") or "").partition(" ")
        return today, int(count) if day == today else 0

    def _keep(self, key: str, cursor: _Cursor) -> None:
        text = json.dumps(cursor._asdict())
        if self.kept.get(key) != text:
            self.kept.put(key, text)


def _read_cursor(text: str | None) -> _Cursor:
    return _Cursor() if text is None else _Cursor(**json.loads(text))


def _later(one: str | None, other: str | None) -> str | None:
    return max((date for date in (one, other) if date is not None), key=_instant, default=None)


def _instant(text: str) -> datetime:
    """A date added, to the microsecond. A day that is none, such as of a thirteenth month, is taken to be endlessly far ahead."""
    try:
        return datetime.fromisoformat(text[:26].rstrip("Z")).replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)


def _written(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
