"""What every page shares: the record that is served, and the axes (on, known, as, strict), which are read from the URL."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.acts import Entry
from comity.standing import CORRECTIONS, Record, Standing
from comity.terms import BadInput, NotOnRecord, parse_day
from comity.web.folds import Fold
from comity.web.holding import Held
from comity.web.languages import direction, offered
from comity.web.readers import reader_of
from comity.web.rooms import BESIDE, EXCHANGE, menu_of
from comity.web.telling import told

T = TypeVar("T")
HELD = "comity.held"
WHOLE = "comity.whole"
NODE = "comity.node"
CERTIFIER = "comity.certifier"
"""In a request: what is served; the node of the same ledger, if it is one; what certifies copies of the same ledger's record, if it has its key."""
NAMES_AS = "comity_names"
"""The cookie that says whose word stands beside names."""
AXES = ("on", "known", "as", "strict")
FORMATS = ("csv", "xlsx", "json", "parquet")
"""In which a list is to be had, beside the page."""
CHART_FORMATS = {"svg": "SVG", "png": "PNG", "csv": "CSV", "metadata": "metadata"}
"""In which a chart is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's question: as of ``on``, as known by the end of ``known``, as ``viewer`` may see it.

    ``names_as``: whose word is to stand beside names, as the cookie has it (``names.view_of`` says which view that is). ``named``: the parties so
    marked on the page so far.
    """

    held: Held
    fold: Fold
    on: date
    known: date
    viewer: str | None
    strict: bool
    today: date
    carried: Mapping[str, str]
    names_as: str = ""
    named: set[str] = field(default_factory=set, compare=False, repr=False)

    @property
    def record(self) -> Record:
        return self.held.opened.book.record

    def ask(self, key: Hashable, question: Callable[[Standing], T], about: str | None = None, pending: Collection[str] = ()) -> T:
        """What is asked of standing, kept; ``about``: the one agreement that it is about, if it is about one.

        ``pending``: agreements that it had to leave out as they are still being derived; if there are any, it isn't kept.
        """
        return self.fold.ask(self.on, key, question, about=about, record=self.record, keep=not pending)

    def ask_in_words(self, key: Hashable, question: Callable[[Standing], T]) -> T:
        """The same, of what comes in words of ours, which are kept for each language."""
        return self.fold.ask(self.on, (get_language(), key), question, record=self.record)

    def pending(self, first: Callable[[str], object] | None = None) -> list[str]:
        """Agreements not derived within the page's patience (a thread goes on with them, and does ``first`` for each)."""
        return self.fold.pending(self.held.patience, first)

    def visible(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that the reader may see: of what puts an act right, if they may see that act too."""
        return [entry for entry in self.record.visible(entries, self.known, self.viewer) if self._target_is_seen(entry)]

    def _target_is_seen(self, entry: Entry) -> bool:
        if entry.act.kind not in CORRECTIONS or entry.act.replies_to is None:
            return True
        target = (self.held.whole or self.held).entry(entry.act.replies_to)
        return target is None or (self.held.entry(target.act.hash) is not None and bool(self.visible([target])))

    def name(self, code: str) -> str:
        """The name of a party on the day asked about (its code if it is not among the parties)."""
        party = self.record.register.parties.get(code)
        return party.name_on(self.on) if party is not None and party.names else code


def asked(request: HttpRequest) -> Asked:
    """Read the axes from the URL; BadInput or NotOnRecord say what is wrong with them."""
    held: Held = request.META[HELD]
    today = held.today()
    given = {name: value for name in AXES if (value := request.GET.get(name, "").strip())}
    on = read_day(_("as of"), given["on"]) if "on" in given else today
    known = read_day(_("as known on"), given["known"]) if "known" in given else today
    reader = reader_of(request)
    viewer = given.get("as", reader.party)
    if viewer is not None and viewer != "public":
        try:
            viewer = party_code(held.opened.book.record, viewer)
        except NotOnRecord as problem:
            raise NotOnRecord(told(_("seen by: %(problem)s"), problem=problem.args[0])) from None
        if reader.party not in (None, viewer):
            message = _("seen by: %(name)s sees as %(party)s or as the public; write as=public, or leave it out")
            raise BadInput(told(message, name=reader.name, party=reader.party))
    strict = yes(given.get("strict", ""), "strict")
    if not strict:
        given.pop("strict", None)
    return Asked(held, held.fold(known, viewer, strict), on, known, viewer, strict, today, given, request.COOKIES.get(NAMES_AS, ""))


def whole(request: HttpRequest) -> Held:
    """All that is held, whatever the reader may see of it: what is written is written into that, and nothing of it is shown."""
    found: Held = request.META.get(WHOLE, request.META[HELD])
    return found


def asked_today(request: HttpRequest) -> Asked:
    """The same page as of today, as the reader may see it, whatever the URL says."""
    held: Held = request.META[HELD]
    today = held.today()
    viewer = reader_of(request).party
    return Asked(held, held.fold(today, viewer, False), today, today, viewer, False, today, {}, request.COOKIES.get(NAMES_AS, ""))


def read_day(name: str, text: str) -> date:
    """The day that a field gives; what is wrong with it names the field."""
    try:
        return parse_day(text)
    except BadInput as problem:
        raise BadInput(told(_("%(field)s: %(problem)s"), field=told(name), problem=problem.args[0])) from None


def read_number(text: str, most: int) -> int | None:
    """The whole number from 0 to ``most`` that is written in ASCII digits; None where none is, however long it is."""
    found = int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None
    return found if found is None or found <= most else None


def yes(value: str, name: str) -> bool:
    if value.lower() in ("1", "yes", "true", "on"):
        return True
    if value.lower() in ("", "0", "no", "false", "off"):
        return False
    message = _("%(given)s is neither yes nor no; write %(right)s, or leave it out")
    raise BadInput(told(message, given=f"{name}={value!r}", right=f"{name}=1"))


def party_code(record: Record, text: str) -> str:
    """The code of the party that ``text`` names, by code or by name; NotOnRecord offers what is near."""
    parties = record.register.parties
    if text in parties:
        return text
    wanted = text.casefold()
    if match := re.fullmatch(r"(.+) \(([^()]+)\)", text):
        if match[2] in parties:
            return match[2]
    found = [p.code for p in parties.values() if p.code.casefold() == wanted or any(n.name.casefold() == wanted for n in p.names)]
    if len(found) == 1:
        return found[0]
    names = {n.name.casefold(): p.code for p in parties.values() for n in p.names}
    close = [names[n] for n in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)] or found
    close += difflib.get_close_matches(text.upper(), parties, n=3, cutoff=0.6)
    offered = ", ".join(f"{c} ({parties[c].names[-1].name})" for c in list(dict.fromkeys(close))[:4])
    if not offered:
        raise NotOnRecord(told(_("no party %(named)s is on record; look it up under Parties"), named=repr(text)))
    raise NotOnRecord(told(_("no party %(named)s is on record; did you mean %(near)s?"), named=repr(text), near=offered))


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template, with what every page needs."""
    kept = [(k, v) for k, v in request.GET.items() if k not in AXES and v]
    asked = {"path": request.path, "kept": kept, "request_query": request.GET.urlencode(), "formats": FORMATS, "chart_formats": CHART_FORMATS.items()}
    return render(request, template, {**frame(request), **asked, **context}, status=status)


def frame(request: HttpRequest) -> dict[str, Any]:
    """What stands around a page: the menu, and the language that it speaks."""
    code = get_language() or settings.LANGUAGE_CODE
    tongues, node = dict(offered()), request.META.get(NODE)
    room = request.path.split("/")[1]
    reader = reader_of(request)
    desk = (EXCHANGE,) if node is not None and reader.party in (None, node.keeper) and reader.agreements is None else ()
    return {
        "room": BESIDE.get(room, room), "menu": (*menu_of(reader), *desk), "here": request.get_full_path(),
        "languages": tongues.items(), "language": code, "language_name": tongues.get(code, code), "direction": direction(),
    }  # fmt: skip


def json_page(data: object, status: int = 200) -> JsonResponse:
    return JsonResponse(data, safe=False, status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})


def wants_json(request: HttpRequest) -> bool:
    found = request.GET.get("format", "html")
    if found not in ("html", "json"):
        raise BadInput(told(_("%(given)s; write format=json, or leave it out"), given=f"format={found!r}"))
    return found == "json"
