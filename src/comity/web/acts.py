"""Acts: the list of them, and one act with every field of its envelope, its hash and its canonical bytes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import Act, Entry, Kind, canonical_bytes, kinds, to_plain
from comity.book import COLUMNS, row_of
from comity.standing import Signed, entry_to_plain
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, asked, json_page, page, party_code, wants_json
from comity.web.attached.named import Named
from comity.web.depositary.instruments import is_lodged
from comity.web.paging import part_of
from comity.web.recording.approvals import APPROVALS, Approvals
from comity.web.recording.export import as_sheet, table_of
from comity.web.recording.ground import can_correct
from comity.web.tables import as_file
from comity.web.telling import told

PAGE = 200

ENVELOPE = (
    "on_behalf_of",
    "level",
    "as_named",
    "article",
    "counterparty",
    "territory",
    "made",
    "received",
    "notified",
    "effect",
    "depositary",
    "registration",
    "nonce",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as its page says it. ``number``: its place in the log, where it is kept in a ledger. ``approved``: by which proposal it came on
    record, where others had to approve it. ``correctable``: may the reader record what puts it right?
    """

    act: Act
    entry: Entry
    kind: Kind
    fields: tuple[tuple[str, str], ...]
    canonical: str
    replies_to: str | None
    replies: tuple[Act, ...]
    signed: Signed | None
    number: int | None
    approved: Mapping[str, Any] | None = None
    correctable: bool = False

    @property
    def lodged(self) -> bool:
        """Is it an instrument that a depositary receives?"""
        return self.act.agreement is not None and is_lodged(self.act.kind)

    @property
    def attachments(self) -> tuple[Named, ...]:
        """The documents that it names, as it calls them."""
        return tuple(Named(a.sha256, a.media_type, a.language, (a.title,), (self.act,), True) for a in self.act.attachments)

    @property
    def hex(self) -> str:
        """Its hash without the prefix, as it stands in an address."""
        return self.act.hash.removeprefix("sha256:")


def fields_of(act: Act) -> tuple[tuple[str, str], ...]:
    """The fields of the envelope that are filled, in the order in which a person reads them, without those shown apart."""
    plain = to_plain(act)
    found: list[tuple[str, str]] = []
    for name in ENVELOPE:
        value = plain.get(name)
        if value:
            found.append((name.replace("_", " "), ", ".join(value) if isinstance(value, list) else str(value)))
    return tuple(found)


def shown(this: Asked, entry: Entry) -> Shown:
    act = entry.act
    target = this.held.entry(act.replies_to) if act.replies_to else None
    seen = target is not None and bool(this.visible([target]))
    replies = tuple(e.act for e in this.visible(this.record.replies_to(act.hash)))
    canonical = canonical_bytes(act).decode()
    replied = target.act.ref if seen and target else None
    number = this.held.ledger.numbers_of([act.hash]).get(act.hash) if this.held.ledger is not None else None
    return Shown(act, entry, kinds()[act.kind], fields_of(act), canonical, replied, replies, signed_of(this, entry), number)


def signed_of(this: Asked, entry: Entry) -> Signed | None:
    """What the act's signature is worth, if it bears one."""
    return None if entry.signature is None else this.ask(("signed", entry.act.hash, entry.signature), lambda s: s.signers.signed(entry))


def entries_of(this: Asked, ref: str) -> list[Entry]:
    """The entries with this reference that the reader may see; NotOnRecord, with what is near, if there is none."""
    found = this.visible(this.held.entries(ref))
    if not found:
        raise _unknown(this, ref)
    return found


def as_row(entry: Entry) -> dict[str, str]:
    """The act as a line of a book's table of acts, which reads back as the same act: what it replies to by its hash."""
    row = row_of(entry, entry.act.replies_to)
    return {column: row[column] for column in COLUMNS}


def act(request: HttpRequest, ref: str) -> HttpResponse:
    this = asked(request)
    approvals: Approvals | None = request.META.get(APPROVALS)
    found = [shown(this, e) for e in entries_of(this, ref)]
    found = [replace(s, correctable=can_correct(request, s.entry)) for s in found]
    if approvals is not None:
        found = [replace(s, approved=approvals.approved(s.act.hash)) for s in found]
    if wants_json(request):
        return json_page({"acts": [entry_to_plain(s.entry, s.signed) for s in found]})
    file, line = this.held.opened.book.lines.get(ref, ("", 0))
    where = {"file": file if this.viewer is None else "", "line": line}
    return page(request, "act.html", {"asked": this, "ref": ref, "found": found, **where})


def _unknown(this: Asked, ref: str) -> NotOnRecord:
    seen = {e.act.ref for e in this.visible(this.record.entries)}
    close = difflib.get_close_matches(ref, sorted(seen), n=3, cutoff=0.7)
    if not close:
        return NotOnRecord(told(_("no act %(named)s is on record; look it up under Acts"), named=repr(ref)))
    return NotOnRecord(told(_("no act %(named)s is on record; did you mean %(near)s?"), named=repr(ref), near=", ".join(close)))


def entries_under(this: Asked, agreement: str) -> list[Entry]:
    """The entries under an agreement (blank: all) that the reader may see, in order of time."""
    if not agreement:
        return this.ask("acts", lambda _: _in_order(this.visible(this.record.entries)))
    this.record.agreement(agreement, this.known)
    return _in_order(this.visible(this.record.entries_of(agreement)))


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: (e.act.day or date.max, e.act.ref))


def chosen(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """Those of a kind (blank: of any); BadInput if there is no such kind."""
    if kind and kind not in kinds():
        close = difflib.get_close_matches(kind, kinds(), n=3, cutoff=0.6)
        if not close:
            raise BadInput(told(_("%(given)s is no kind of act; choose one from the list"), given=f"kind={kind!r}"))
        raise BadInput(told(_("%(given)s is no kind of act; did you mean %(near)s?"), given=f"kind={kind!r}", near=", ".join(close)))
    return [e for e in entries if e.act.kind == kind] if kind else list(entries)


def entries_of_both(this: Asked, agreement: str, party: str) -> list[Entry]:
    """Those under an agreement (blank: any) by a party (blank: whoever), in order of time."""
    if agreement:
        return [e for e in entries_under(this, agreement) if not party or party in (e.act.actor, e.act.on_behalf_of)]
    return entries_by(this, party) if party else entries_under(this, "")


def entries_by(this: Asked, party: str) -> list[Entry]:
    """Those that a party did, in whosever name, or that were done in its name, in order of time."""
    return this.ask("acts by party", lambda _: _by_party(entries_under(this, ""))).get(party, [])


def _by_party(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for party in dict.fromkeys(filter(None, (entry.act.actor, entry.act.on_behalf_of))):
            found.setdefault(party, []).append(entry)
    return found


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    agreement, party, kind = (request.GET.get(n, "").strip() for n in ("agreement", "party", "kind"))
    if party:
        party = party_code(this.record, party)
    entries = entries_of_both(this, agreement, party)
    found = chosen(entries, kind)
    wanted = request.GET.get("format", "html")
    if wanted in ("csv", "xlsx"):  # that come back as they were: see recording
        return as_sheet(f"acts-{this.on}", table_of(found), wanted)
    if file := as_file(request, this, "acts", lambda: [as_row(e) for e in found]):
        return file
    context = {
        "asked": this,
        "part": part_of(request, found),
        "agreement": agreement,
        "party": party,
        "kind": kind,
        "kinds": this.ask(("kinds of acts", agreement), lambda _: sorted({e.act.kind for e in entries_under(this, agreement)})),
    }
    return page(request, "acts.html", context)
