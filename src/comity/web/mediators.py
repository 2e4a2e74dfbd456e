"""Who might mediate between two states: ranked, with what stands in whose way, what speaks for whom, what is unknown and what is not looked at.

The tables are read from the store of sources; where one is not there, the page says so once, and answers from the record and the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict
from comity.web.asking import AXES, Asked, page, party_code, yes
from comity.web.forms import choices, filled_in, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.paging import part_of
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told
from comity.web.training_maps import named
from comity.web.world_tables import WorldTables, imported

if TYPE_CHECKING:
    from comity.mediators import Bar, Fact, MediatorCandidate, Mediators, Merit

FIELDS = ("a", "b", "candidates", "carry")
EACH = 40


@dataclass(frozen=True, slots=True)
class Question:
    """Between whom; of which candidates everything is told (none: all are listed); whether a table's last word is presumed to go on."""

    a: str
    b: str
    candidates: tuple[str, ...]
    carry: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. ``missing``: sources that are not in the store; ``pending``: agreements that are still being derived, and left out."""

    found: Mediators
    missing: tuple[str, ...]
    pending: tuple[str, ...]

    @property
    def reaches(self) -> list[tuple[str, str, date, date, bool]]:
        """What each table is asked for, its names, its first and last day, and whether it ends before the day asked about."""
        days = ((of, one.source, date.fromordinal(one.since), date.fromordinal(one.through)) for of, one in self.found.reaches)
        return [(*one, one[-1] < self.found.on) for one in days]


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate as a line. ``shown``: what speaks for it; ``distance``: from the sides in votes (None: unknown)."""

    one: MediatorCandidate

    @property
    def ranks(self) -> str:
        one = self.one
        return "" if one.best is None else f"{one.best}" if one.best == one.worst else f"{one.best}–{one.worst}"

    @property
    def bars(self) -> list[tuple[Bar, list[Fact]]]:
        """The bars that hold, each with what makes it so."""
        return [(bar, _once(fact for fact in bar.facts if fact.verdict is Verdict.YES)) for bar in self.one.bars if bar.verdict is Verdict.YES]

    @property
    def not_known(self) -> list[str]:
        """The bars of which it is not known whether they hold."""
        return [bar.name for bar in self.one.bars if bar.verdict is Verdict.UNKNOWN]

    @property
    def shown(self) -> list[tuple[Merit, list[Fact]]]:
        return [
            (merit, _once(fact for fact in merit.facts if fact.verdict is Verdict.YES))
            for merit in self.one.merits
            if merit.value and merit.name != "votes"
        ]

    @property
    def distance(self) -> str:
        value = self.one.merit("votes").value
        return "" if value is None else f"{value:.2f}"


def _once(facts: Iterable[Fact]) -> list[Fact]:
    return list({(fact.says, fact.source): fact for fact in facts}.values())


def room() -> ModuleType:
    """The room, on a machine that has what tables need; it is read when it is first asked, since that takes a moment."""
    try:
        import comity.mediators
    except ImportError:
        raise BadInput(_("mediators are ranked with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.mediators


# -- what is asked ----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Between whom, of which candidates, whether tables are presumed to go on."""
    return {"parties": choices(this)["parties"], "given": filled_in(request, *FIELDS, *AXES)}


def read(this: Asked, given: Mapping[str, str]) -> Question | None:
    """What is asked; None if nothing is yet; BadInput says what is missing."""
    carry = yes(given["carry"], "carry")
    if not any(given[name] for name in ("a", "b", "candidates")):
        return None
    for name, says in (("a", _("one side")), ("b", _("the other side"))):
        if not given[name]:
            raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(says)))
    a, b = party_code(this.record, given["a"]), party_code(this.record, given["b"])
    if a == b:
        raise BadInput(told(_("between %(a)s and %(b)s: name two different parties"), a=a, b=b))
    for code in (a, b):
        if this.record.register.parties[code].kind != "state":
            raise BadInput(told(_("%(party)s is no state; name two states"), party=code))
    return Question(a, b, tuple(dict.fromkeys(named(this, given["candidates"]))), carry)


def answer(this: Asked, asked: Question) -> Answer:
    """Who might mediate, of those that were asked for; kept with the record until it or the store of tables changes."""
    mediators_room = room()
    waiting = {*this.pending()}
    looked_at = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]
    rules = mediators_room.MediatorRules(carry=asked.carry)

    def found(standing: Standing) -> tuple[Mediators, tuple[str, ...]]:
        shelf = WorldTables()
        result = mediators_room.mediators(Narrowed(standing, looked_at), asked.a, asked.b, shelf, rules)
        notes = tuple(note for note in result.notes if note not in shelf.refused)
        return replace(result, notes=notes), tuple(dict.fromkeys(shelf.missing))

    try:
        result, missing = this.ask(("mediators", asked.a, asked.b, rules, imported()), found, pending=waiting)
    except NotOnRecord as problem:
        says = _("%(problem)s; ask as of another day, or name who then had its place")
        raise NotOnRecord(told(says, problem=str(problem).partition(";")[0])) from None
    return Answer(_chosen(result, asked.candidates), missing, tuple(sorted(waiting)))


def _chosen(found: Mediators, codes: Sequence[str]) -> Mediators:
    """Those that were asked for alone; all, if none was."""
    by_code = {one.party: one for one in found.candidates}
    for code in codes:
        if code in found.sides:
            raise BadInput(told(_("%(party)s is one of the two sides; choose another candidate, or none"), party=code))
        if code not in by_code:
            raise NotOnRecord(told(_("%(party)s is no state on %(day)s; choose another candidate, or none"), party=code, day=found.on))
    return replace(found, candidates=tuple(by_code[code] for code in dict.fromkeys(codes))) if codes else found


# -- what is shown ----------------------------------------------------------------------------------------------------


@with_form("mediators.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    asked = read(this, form["given"])
    if asked is None:
        return page(request, "mediators.html", form)
    answered = answer(this, asked)
    found = answered.found
    lists = [
        List("mediators", _("Candidates"), lambda: rows(found)),
        List("facts", _("What each source says"), lambda: fact_rows(found)),
    ]
    if file := as_one_of(request, this, lists, answered.pending):
        return file
    by_verdict = {verdict: sum(one.barred is verdict for one in found.candidates) for verdict in (Verdict.NO, Verdict.UNKNOWN, Verdict.YES)}
    free, open_, barred = by_verdict.values()
    context = {
        **form,
        "question": asked,
        "answer": answered,
        "pending": answered.pending,
        "sides": found.sides,
        "part": part_of(request, [Line(one) for one in found.candidates], EACH),
        "free": free,
        "open": open_,
        "barred": barred,
        "plain": href(this.carried, "mediators", a=asked.a, b=asked.b, carry="1" if asked.carry else ""),
        "lists": lists,
    }
    return page(request, "mediators.html", context)


def rows(found: Mediators) -> list[dict[str, Any]]:
    """Each candidate as a line of a table: a bar is yes, no or unknown, a merit a number (None: unknown)."""
    plain = room().mediators_to_plain(found)["candidates"]
    return [
        {
            **{name: one[name] for name in ("party", "name", "barred", "best", "worst")},
            **{bar["name"]: bar["verdict"] for bar in one["bars"]},
            **{f"merit_{merit['name']}": merit["value"] for merit in one["merits"]},
            "barred_by": [bar["name"] for bar in one["bars"] if bar["verdict"] == "yes"],
            "unknown": one["unknown"],
        }
        for one in plain
    ]


def fact_rows(found: Mediators) -> list[dict[str, Any]]:
    """What each source says of each candidate, bar by bar and merit by merit."""
    plain = room().mediators_to_plain(found)["candidates"]
    return [
        {"party": one["party"], "sort": sort, "about": about["name"], **fact}
        for one in plain
        for sort, every in (("bar", one["bars"]), ("merit", one["merits"]))
        for about in every
        for fact in about["facts"]
    ]
