"""Find anything: agreements, parties, exercises, missions, courses, lessons, decisions, disputes, bodies, acts, documents, rules and pages, by name,
id or code, and what may be asked of them; the words within documents; the keys of the keyboard.

Only what the reader may see is looked through, and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.agreements import Registered, registered, registrations_in
from comity.web.asking import Asked, asked, page
from comity.web.attached.finding import Place, failed_of, places_of, unread_of
from comity.web.attached.named import documents_of
from comity.web.attached.shelf import terms_of
from comity.web.linking import href
from comity.web.nearness import folded, rank
from comity.web.offering import offers
from comity.web.paging import part_of
from comity.web.rooms import MENU
from comity.web.rules import RULES
from comity.web.searching_procedures import named_in_procedures
from comity.web.tables import as_file

EACH = 8
"""So many of a kind where all kinds are shown."""
WITHIN = 99
"""How near what stands within a document is."""


class Found(NamedTuple):
    """Something that was looked for: its kind, what it is called, its id or code, its page; a lower rank is nearer. ``says``: the words around it,
    where it stands within a document, and ``number``: on which of its pages, or ``part``: in which part of what has no pages.
    """

    kind: str
    title: str
    code: str
    address: Callable[[], str]
    rank: int
    around: Callable[[], str] = str
    number: int | None = None
    part: int | None = None

    @property
    def says(self) -> str:
        """The words around it, read only where they are shown."""
        return self.around()

    @property
    def link(self) -> str:
        """The address of its page, written only where it is shown."""
        return self.address()

    def plain(self) -> dict[str, object]:
        """As plain data."""
        return {
            "kind": self.kind,
            "title": self.title,
            "code": self.code,
            "link": self.link,
            "rank": self.rank,
            "says": self.says,
            "number": self.number,
            "part": self.part,
        }


Registrations = Mapping[tuple[str, int | None, int | None], Sequence[tuple[str, Registered]]]
"""By series, number and volume, one of which is None."""


class _Thing(NamedTuple):
    kind: str
    title: str
    code: str
    place: tuple[str, ...]
    names: str
    query: tuple[tuple[str, str], ...] = ()
    at: str = ""


def index(request: HttpRequest) -> HttpResponse:
    """What matches ``q``; ``part=1``: the few nearest of each kind, as a piece of a page."""
    this, words = asked(request), request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "").strip()
    unread = unread_of(this, 0.0 if request.GET.get("part") else None) if words else []
    found = find(this, words) if words else []
    groups = _grouped(found, kind)
    if file := as_file(request, this, "found", lambda: [one.plain() for _, all_ in groups for one in all_]):
        return file
    part = part_of(request, groups[0][1] if kind and groups else [])
    shown = [(name, TITLES[name], part.items if kind else all_[:EACH], len(all_)) for name, all_ in groups]
    context = {
        "asked": this, "q": words, "kind": kind, "groups": shown, "part": part, "unread": len(unread), "terms": terms_of(words),
        "failed": failed_of(this) if words else [],
    }  # fmt: skip
    if request.GET.get("part"):
        return render(request, "_found.html", context)
    return page(request, "search.html", context)


def keys(request: HttpRequest) -> HttpResponse:
    """Which keys do what."""
    return page(request, "keys.html", {"asked": asked(request)})


def find(this: Asked, words: str) -> list[Found]:
    """What each of the words begins, or stands in, of its names and code, and what may be asked with them; the nearest first."""
    wanted = list(dict.fromkeys(folded(words).split()))
    found = [Found("question", offer.title, "", partial(str, offer.link), int(len(wanted) < 2)) for offer in offers(this, words)]
    pages = [_Thing("page", str(entry.title), "", (entry.name,), folded(f"{entry.title}\n{entry.name}")) for group in MENU for entry in group.entries]
    kept = this.ask("findable", lambda _: list(_things(this)))
    meant = _registered_as(this, words)
    for thing in (*_holding(wanted, pages), *_holding(wanted, kept)):
        near = rank(wanted, tuple(thing.names.split("\n")))
        if near is not None and not (thing.kind == "agreement" and thing.code in meant):
            found.append(_found(this, thing, near))
    found += [_found(this, thing, 0) for thing in kept if thing.kind == "agreement" and thing.code in meant] if meant else []
    found += _within_documents(this, words)
    return sorted(found, key=_order)


def _holding(wanted: Iterable[str], things: list[_Thing]) -> list[_Thing]:
    """Those in whose names each of the words stands."""
    for word in wanted:
        things = [thing for thing in things if word in thing.names]
    return things


def _found(this: Asked, thing: _Thing, near: int) -> Found:
    return Found(thing.kind, thing.title, thing.code, partial(_page_of, this, thing), near)


def _page_of(this: Asked, thing: _Thing) -> str:
    """The page of something, and where it stands on it."""
    return f"{href(this.carried, *thing.place, **dict(thing.query))}{thing.at and '#'}{thing.at}"


def _registered_as(this: Asked, words: str) -> set[str]:
    """The agreements whose registration the words name; where none has such a number, those that are printed in such a volume."""
    asked = registrations_in(words)
    if not asked:
        return set()
    held = this.ask("registrations", lambda _: _registrations(this))
    volumes = [Registered(one.series, volume=one.number) for one in asked if one.number is not None]
    return _meant(held, asked) or _meant(held, volumes)


def _meant(held: Registrations, asked: Iterable[Registered]) -> set[str]:
    keys = ((one, (one.series, one.number, one.volume if one.number is None else None)) for one in asked)
    return {agreement for one, key in keys for agreement, found in held.get(key, ()) if found.is_meant_by(one)}


def _registrations(this: Asked) -> Registrations:
    """Every agreement that is registered, by the number of its registration, and by the volume in which it is printed."""
    held: dict[tuple[str, int | None, int | None], list[tuple[str, Registered]]] = {}
    for agreement in this.fold.wanted:
        found = registered(this.record.agreement(agreement, this.known).registration)
        if found is not None:
            for place in {(found.series, found.number, None), (found.series, None, found.volume)}:
                held.setdefault(place, []).append((agreement, found))
    return held


def _within_documents(this: Asked, words: str) -> Iterator[Found]:
    """The pages of documents on which the words stand: further off than whatever is called so."""
    for place in places_of(this, words):
        one, numbers = place.document, (place.number, None) if place.paged else (None, place.number)
        yield Found("document", one.title, one.digest[:12], partial(_address, this, place, words), WITHIN, place.says, *numbers)


def _address(this: Asked, place: Place, words: str) -> str:
    return f"{href(this.carried, 'document', place.document.digest, page=place.number, q=words)}#page-{place.number}"


def _thing(kind: str, title: str, code: str, place: tuple[str, ...], *names: str) -> _Thing:
    return _Thing(kind, title, code, place, "\n".join(dict.fromkeys(folded(name) for name in (code, title, *names))))


@lru_cache(maxsize=400_000)
def _act(ref: str, title: str, registration: str | None) -> _Thing:
    """An act to be found; kept over what is appended, since there are many."""
    return _thing("act", title, ref, ("act", ref), *filter(None, (registration,)))


def _order(one: Found) -> tuple[int, int, int, str]:
    """The nearest first, of these by kind, of a kind the shortest; questions as they are offered."""
    kind = list(TITLES).index(one.kind)
    return (one.rank, kind, 0, "") if one.kind == "question" or one.rank == WITHIN else (one.rank, kind, len(one.title), one.title.casefold())


def _things(this: Asked) -> Iterator[_Thing]:
    """Everything on record that has a page, as the reader may see it."""
    for agreement_id in this.fold.wanted:
        one = this.record.agreement(agreement_id, this.known)
        cited = (*(one.registration or "").split("; "), *one.references)
        yield _thing("agreement", one.short, one.id, ("agreement", one.id), one.title, *one.titles.values(), *filter(None, cited))
    for party in this.record.register.parties.values():
        yield _thing("party", this.name(party.code), party.code, ("party", party.code), *(name.name for name in party.names))
    for named in named_in_procedures(this):
        thing = _thing(named.kind, named.title, named.code, (named.page, *named.place), *named.names)
        yield thing._replace(query=tuple(named.query.items()), at=named.at)
    for rule in RULES:
        yield _thing("rule", rule.replace("-", " "), rule, ("rule", rule))
    for held in this.visible(this.record.entries):
        act = held.act
        yield _act(act.ref, " ".join(filter(None, (act.actor, act.kind, act.agreement))), act.registration)
    for paper in documents_of(this).values():
        yield _thing("document", paper.title, paper.digest[:12], ("document", paper.digest), *paper.titles, paper.sha256)


TITLES: Mapping[str, Promise] = {
    "question": _("Questions"), "page": _("Pages"), "agreement": _("Agreements"), "party": _("Parties"),
    "exercise": _("Exercises"), "mission": _("Missions"), "pool": _("Pools"), "course": _("Courses"), "lesson": _("Lessons"),
    "dispute": _("Disputes"), "incident": _("Incidents and protests"), "body": _("Bodies that meet"), "home": _("At home"),
    "decision": _("Decisions"), "decision rule": _("Rules of decision"),
    "rule": _("Rules"), "act": _("Acts"), "document": _("Documents"),
}  # fmt: skip


def _grouped(found: list[Found], kind: str) -> list[tuple[str, list[Found]]]:
    """By kind, the kind of the nearest first; of one kind alone, if one is asked for."""
    groups: dict[str, list[Found]] = {}
    for one in found:
        if not kind or one.kind == kind:
            groups.setdefault(one.kind, []).append(one)
    return list(groups.items())
