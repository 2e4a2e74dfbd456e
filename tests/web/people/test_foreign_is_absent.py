"""A census: every page, for every kind of reader, says the same of what they may not see as if it had never been; in status, and byte for byte.

The other world is made by hand: a record without it, to which nobody is confined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, get_resolver

from comity.about import Opened
from comity.acts import Entry, kinds
from comity.book import Book
from comity.standing import Record
from comity.web.holding import Held
from comity.web.readers import Role
from tests.web.papers import digest
from tests.web.people.conftest import FOREIGN, PAPERS, SEEN, accounts_on, answer, signed_in

with accounts_on("sqlite:///never-opened.db"):
    from comity.web.people.models import Person
    from comity.web.watching import saving

Make = Callable[..., None]
WORDS = f"q={FOREIGN}", "q=isl", "q=treaty", "q=vault", "q=UNTS", "q=secret+words"
PATHS: dict[str, tuple[str, ...]] = {
    "today": ("/", "/?party=DEU", "/?format=json", "/?as=public"),
    "agreements": ("/agreements", "/agreements?format=json", f"/agreements?q={FOREIGN}"),
    "agreement": (f"/agreements/{SEEN}", f"/agreements/{FOREIGN}", f"/agreements/{SEEN}?format=json", f"/agreements/{FOREIGN}?format=json"),
    "clause": (f"/agreements/{SEEN}/clauses/1", f"/agreements/{FOREIGN}/clauses/1"),
    "parties": ("/parties", "/parties?format=json"),
    "party": ("/parties/ISL", "/parties/ISL?format=json", "/parties/ISL/DEU", "/parties/ISL?on=1950-01-01"),
    "ask": ("/ask", f"/ask?question=in-force&agreement={FOREIGN}", f"/ask?question=bound&party=ISL&agreement={SEEN}&on=1949-08-24"),
    "may": ("/may", "/may?do=release&from=DEU&to=ISL&level=SECRET"),
    "must": ("/must", f"/must?agreement={FOREIGN}", "/must?party=ISL", "/must?whole=1&format=json"),
    "obliged": (
        "/obliged", "/obliged?attacked=ISL&on=1955-01-01", "/obliged?attacked=ISL&by=DEU&on=1955-01-01&format=json",
        "/obliged?attacked=ISL&on=1955-01-01&chart=bonds&format=csv", "/obliged?attacked=ISL&format=ics",
    ),
    "what-if": ("/what-if", f"/what-if?act=denounce+ISL+{FOREIGN}+2027-01-01", f"/what-if?act=denounce+ISL+{SEEN}+2027-01-01"),
    "differences": ("/differences", "/differences?whole=1&from=1949-01-01&to=2020-01-01", f"/differences?agreement={FOREIGN}"),
    "upcoming": ("/upcoming", "/upcoming?whole=1", "/upcoming?party=ISL&format=json"),
    "findings": ("/findings", "/findings?whole=1", f"/findings?agreement={FOREIGN}", "/findings?whole=1&format=json"),
    "acts": (
        "/acts", "/acts?party=ISL", f"/acts?agreement={FOREIGN}", f"/acts?agreement={SEEN}&page=2", "/acts?kind=ratify", "/acts?format=csv",
        f"/acts?agreement={FOREIGN}&format=csv",
    ),
    "act": ("/acts/{seen}", "/acts/{secret}", "/acts/{foreign}", "/acts/{secret}?format=json", "/acts/{foreign}?format=json"),
    "rules": ("/rules",),
    "rule": ("/rules/in-force", "/rules/none-such"),
    "book": ("/book", "/book?format=json"),
    "search": tuple(f"/search?{word}{more}" for word in WORDS for more in ("", "&format=json", "&part=1", "&kind=act")),
    "cooperation": (
        "/cooperation", "/cooperation?party=ISL&on=1955-07-01", "/cooperation?format=json",
        "/cooperation?view=network&chart=network&format=svg", "/cooperation?chart=map&format=metadata",
    ),
    "interoperability": ("/interoperability", "/interoperability?nations=ISL+DEU+NOR", "/interoperability?nations=ISL+DEU&list=gaps&format=json"),
    "awaited": ("/awaited", "/awaited?party=ISL&on=1949-05-01", "/awaited?format=json", "/awaited?format=ics"),
    "disputes": ("/disputes", "/disputes?party=ISL", "/disputes?format=json", "/disputes?format=ics", f"/disputes?agreement={FOREIGN}"),
    "dispute": ("/disputes/none", "/disputes/{secret}", "/disputes/{foreign}", "/disputes/{foreign}?format=json"),
    "settlement": ("/settlement", "/settlement?a=ISL&b=DEU", f"/settlement?a=ISL&b=DEU&agreement={FOREIGN}"),
    "dialogue": ("/dialogue", "/dialogue?party=ISL", f"/dialogue?agreement={FOREIGN}", "/dialogue?format=json", "/dialogue?format=ics"),
    "body": (f"/dialogue/{SEEN}/council", f"/dialogue/{FOREIGN}/council"),
    "domestic": ("/domestic", "/domestic?state=USA", f"/domestic?state=USA&agreement={FOREIGN}", "/domestic?format=json"),
    "mediators": ("/mediators", "/mediators?a=ISL&b=DEU&on=1955-01-01", "/mediators?a=ISL&b=DEU&on=1955-01-01&list=facts&format=json"),
    "indicators": (
        "/indicators", "/indicators?indicator=commitments-ratified&party=ISL&since=1940-01-01&until=1960-01-01",
        "/indicators?indicator=duties-on-time&party=ISL&list=acts&format=json", f"/indicators?indicator=refusals&party=ISL&agreement={FOREIGN}",
    ),
    "trust": ("/trust", "/trust?a=ISL&b=DEU", "/trust?a=ISL&b=DEU&list=trust&format=json"),
    "strategies": ("/strategies", "/strategies?example=small-state", "/strategies?example=small-state&list=indicators&format=json"),
    "allocations": ("/allocations", "/allocations?example=example"),
    "reports": (
        "/reports?party=ISL&period=1949", "/reports?party=ISL&period=1949&list=figures&format=json", "/reports?party=ISL&period=1949&file=json",
        "/reports?example=small-state",
    ),
    "stability": ("/stability?whom=ISL,DEU&until=1960", "/stability?whom=ISL,DEU&chart=stability&format=csv", f"/stability?whom={FOREIGN}"),
    "warning": ("/warning", "/warning?a=ISL&b=DEU&format=json"),
    "effects": (
        "/effects", f"/effects?treatment=defence&outcome=gml-mids:gmlmidonset&agreement={FOREIGN}",
        f"/effects?treatment=standing&outcome=gml-mids:gmlmidonset&agreement={SEEN}",
    ),
    "lessons": ("/lessons", "/lessons?view=list", "/lessons?format=json", "/lessons?format=ics"),
    "decisions": ("/decisions", "/decisions?at=2003-02-10T09:00%2B01:00", "/decisions?format=json", "/decisions?format=ics"),
    "decision": ("/decisions/none", "/decisions/none?list=votes&format=json"),
    "decision-answer": ("/answer/none",),
    "decision-propose": ("/propose",),
    "decision-rules": ("/decision-rules", "/decision-rules?of=NATO/NAC&format=json"),
    "decision-rule": ("/decision-rules/nato-treaty/council?no=ISL", "/decision-rules/nato-treaty/council?chart=power&format=svg"),
    "training": ("/training", "/training?list=courses&format=json", "/training?format=ics"),
    "organisations": ("/organisations", "/organisations?format=json"),
    "organisation": ("/organisations/NATO", "/organisations/NATO?format=json", "/organisations/ISL"),
    "missions": ("/missions", "/missions?format=json"),
    "mission": ("/missions/none", "/missions/none?table=gaps&format=json"),
    "pool": ("/pools/none", "/missions/pools/none"),
    "registers": ("/registers", "/registers?format=json"),
    "register": ("/registers/uk-treaties", "/registers/none"),
    "conflicts": ("/conflicts", f"/conflicts?agreement={FOREIGN}", "/conflicts?party=ISL", "/conflicts?format=json"),
    "names": ("/names", "/names?format=json"),
    "names-as": ("/names/ISL", "/names/neutral"),
    "calendar": ("/calendar", f"/calendar?agreement={FOREIGN}", "/calendar?party=ISL&month=1949-08", f"/calendar?agreement={SEEN}&format=json"),
    "exercises": ("/exercises", "/exercises?format=json", "/exercises?party=ISL", "/exercises?format=ics"),
    "exercise": ("/exercises/none", "/exercises/none?format=json"),
    "exercise-check": ("/designs/check", "/exercises/check"),
    "brief": ("/brief", f"/brief?agreement={FOREIGN}", f"/brief?agreement={SEEN}", "/brief?party=ISL"),
    "depositary": ("/depositary", f"/depositary?agreement={FOREIGN}", "/depositary?within=99999&on=1956-01-01&format=json", "/depositary?for=USA"),
    "depositary-receive": (
        "/depositary/receive", f"/depositary/receive?agreement={FOREIGN}&by=ISL&kind=ratify",
        f"/depositary/receive?agreement={SEEN}&by=ISL&kind=ratify&format=json",
    ),
    "depositary-act": (
        "/depositary/acts/{seen}", "/depositary/acts/{secret}", "/depositary/acts/{foreign}", "/depositary/acts/{foreign}?format=json",
    ),
    "draft": ("/draft", f"/draft?kind=denounce&agreement={FOREIGN}&party=ISL", f"/draft?kind=denounce&agreement={SEEN}&party=ISL"),
    "certified": (f"/agreements/{SEEN}/certified", f"/agreements/{FOREIGN}/certified"),
    "api": ("/api",),
    "exchange": ("/exchange",),
    "exchange-would": ("/exchange/would",),
    "exchange-reads": ("/exchange/reads",),
    "exchange-read": ("/exchange/reads/1",),
    "exchange-queue": ("/exchange/queue",),
    "documents": ("/documents", "/documents?q=note", "/documents?format=csv"),
    "document": tuple(f"/documents/{digest(PAPERS[paper])}{more}" for paper in PAPERS for more in ("", "?q=vault", "?format=json")),
    "document-content": tuple(f"/documents/{digest(PAPERS[paper])}/content" for paper in PAPERS),
    "record": ("/record",),
    "record-act": ("/record/act", f"/record/act?agreement={FOREIGN}&party=ISL"),
    "record-table": ("/record/table",),
    "record-rows": ("/record/table/none",),
    "record-correct": ("/record/correct/none",),
    "record-drop": ("/record/drop/none",),
    "record-empty": ("/record/empty",),
    "keys": ("/keys",),
    "named": ("/named?agreement=treaty", f"/named?agreement={FOREIGN}", f"/named?agreement={SEEN}"),
    "language": ("/language/none",),
    "static": ("/static/comity.css", "/static/none"),
    "me": ("/me?format=json",),
    "invited": ("/sign-in/set/none",),
    "people-events": ("/people-events", "/people-events?format=json"),
    "people": ("/people", "/people?format=json"),
    "person": ("/people/keeper", "/people/nobody"),
    "permissions": (
        f"/permissions?right=read&agreement={FOREIGN}", "/permissions?right=read&act={secret}", "/permissions?right=read&act={foreign}&format=json",
    ),
    "demands": ("/approvals", "/approvals?format=json"),
    "tokens": ("/me/tokens",),
    "proposals": ("/proposals", "/proposals?format=json"),
    "proposal": ("/proposals/1", "/proposals/999"),
    "saved": ("/saved", "/saved?format=json"),
    "saved-one": ("/saved/1", "/saved/999"),
    "feed": ("/saved/feed/none",),
    "due": ("/saved/due", "/saved/due?format=json"),
    "due-one": ("/saved/due/none",),
    "told": ("/saved/told",),
    "webhooks": ("/saved/webhooks",),
    "webhook": ("/saved/webhooks/1",),
}  # fmt: skip
ENTRANCE = re.compile(r"account_|mfa_|openid_connect_|sessions$")
"""Pages of allauth, which hold nothing of the record; they are asked for in the other files."""


class Case(NamedTuple):
    """A reader, by what is granted, and whether an entry is there for them at all."""

    granted: dict[str, Any]
    there: Callable[[Entry], bool]


CASES = {
    "confined": Case({"agreements": frozenset({SEEN}), "cleared": ("NATO: SECRET",)}, lambda e: e.act.agreement == SEEN or _about_keys(e)),
    "of a party, confined": Case(
        {"party": "DEU", "agreements": frozenset({SEEN})}, lambda e: (e.act.agreement == SEEN or _about_keys(e)) and not _is_secret(e)
    ),
    "of a party, not cleared": Case({"party": "DEU"}, lambda e: not _is_secret(e)),
    "of the public": Case({"party": "public"}, lambda e: not _is_secret(e)),
    "of the keeper, not cleared": Case({}, lambda e: not _is_secret(e)),
}


def _is_secret(entry: Entry) -> bool:
    return entry.act.label.classification == "SECRET"


def _about_keys(entry: Entry) -> bool:
    return entry.act.agreement is None and kinds()[entry.act.kind].group == "key"


def without(held: Held, case: Case) -> Held:
    """A world in which nothing of what this reader may not see ever was."""
    book, own = held.opened.book, case.granted.get("agreements")
    record = book.record
    agreements = tuple(a for a in record.agreements if own is None or a.id in own)
    entries = tuple(e for e in record.entries if case.there(e))
    rest = Record(agreements, entries, record.register, record.coverage, record.title, record.ladders)
    rows = {place: entry for place, entry in book.rows.items() if case.there(entry)}
    named = {f"attachments/{a.sha256.removeprefix('sha256:')}" for e in entries for a in e.act.attachments}
    files = {name: content for name, content in book.files.items() if name in named}
    return Held(Opened(Book("", rest, (), files, rows)), patience=20.0)


def paths(held: Held) -> Iterator[str]:
    entries = held.opened.book.record.entries
    names = {
        "secret": next(e.act.ref for e in entries if _is_secret(e)),
        "seen": next(e.act.ref for e in entries if e.act.agreement == SEEN and not _is_secret(e)),
        "foreign": next(e.act.ref for e in entries if e.act.agreement == FOREIGN),
    }
    for group in PATHS.values():
        yield from (path.format(**names) for path in group)


@pytest.fixture
def keeper(people: Make) -> Make:
    people("keeper", Role.LEGAL_ADVISER, cleared=("NATO: COSMIC TOP SECRET", "NATO: SECRET"))
    for agreement in (SEEN, FOREIGN):
        saving.save(Person.objects.get(user__username="keeper"), f"Acts of {agreement}", "/acts", f"agreement={agreement}", shared=True)
    return people


@pytest.mark.parametrize("name", CASES)
def test_foreign_is_absent(keeper: Make, labelled: Held, name: str) -> None:
    keeper("reader", Role.DESK_OFFICER, **CASES[name].granted)
    here, there = signed_in(labelled, "reader"), signed_in(without(labelled, CASES[name]), "reader")
    differing = [path for path in paths(labelled) if answer(here, path) != answer(there, path)]
    assert differing == []


def test_the_keeper_sees_what_the_others_do_not(keeper: Make, labelled: Held) -> None:
    """So that the census could fail: each world differs from the whole."""
    whole = signed_in(labelled, "keeper")
    found = {path: answer(whole, path) for path in paths(labelled)}
    assert [path for path in found if FOREIGN in path.partition("?")[0]]
    assert all(
        status == 200
        for path, (status, _) in found.items()
        if path.startswith((f"/agreements/{FOREIGN}", "/acts/")) and not path.endswith("/certified")
    )
    secret = next(path for path in found if path.startswith("/acts/") and "ISL" in path)
    for number, (name, case) in enumerate(CASES.items()):
        keeper(f"reader-{number}", Role.DESK_OFFICER, **case.granted)
        client = signed_in(labelled, f"reader-{number}")
        assert answer(client, secret)[0] == (200 if name == "confined" else 404)
        assert answer(client, f"/agreements/{FOREIGN}")[0] == (404 if "agreements" in case.granted else 200)
        seen = {paper: answer(client, f"/documents/{digest(PAPERS[paper])}/content")[0] for paper in PAPERS}
        assert seen == {"seen": 200, "secret": 200 if name == "confined" else 404, "foreign": 404 if "agreements" in case.granted else 200}


def test_every_page_is_in_the_census(people: Make) -> None:
    named = {pattern.name for pattern in get_resolver().url_patterns if isinstance(pattern, URLPattern)}
    assert {name for name in named if name and not ENTRANCE.match(name)} == set(PATHS)


def test_the_axis_as_never_widens(keeper: Make, labelled: Held) -> None:
    keeper("reader", Role.VIEWER, party="DEU", cleared=("NATO: SECRET",))
    client = signed_in(labelled, "reader")
    assert client.get("/acts?as=ISL").status_code == 400
    assert client.get("/acts?as=public").status_code == 200
    assert client.get("/acts?as=DEU").status_code == 200
