"""Acts: the list of them, and one act with every field of its envelope, its hash and its canonical bytes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from comity.acts import Act, Entry, Kind, canonical_bytes, kinds, to_plain
from comity.standing import Signed, entry_to_plain
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, asked, json_page, page, party_code, wants_json
from comity.web.recording.ground import can_record

PAGE = 200


_FIELDS = (
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
    """One entry as its page says it. ``number``: its place in the log, where it is kept in a ledger."""

    act: Act
    entry: Entry
    kind: Kind
    fields: tuple[tuple[str, str], ...]
    canonical: str
    replies_to: str | None
    replies: tuple[Act, ...]
    signed: Signed | None
    number: int | None

    @property
    def hex(self) -> str:
        """Its hash without the prefix, as it stands in an address."""
        return self.act.hash.removeprefix("sha256:")


def fields_of(act: Act) -> tuple[tuple[str, str], ...]:
    """The fields of the envelope that are filled, in the order in which a person reads them, without those shown apart."""
    plain = to_plain(act)
    found: list[tuple[str, str]] = []
    for name in _FIELDS:
        value = plain.get(name)
        if value:
            found.append((name.replace("_", " "), ", ".join(value) if isinstance(value, list) else str(value)))
    return tuple(found)


def shown(this: Asked, entry: Entry) -> Shown:
    act = entry.act
    target = this.held.entry(act.replies_to) if act.replies_to else None
    seen = target is not None and bool(this.visible([target]))
    replies = tuple(e.act for e in this.visible(this.record.replies_to(act.hash)))
    signed = None if entry.signature is None else this.ask(("signed", act.hash, entry.signature), lambda s: s.signers.signed(entry))
    canonical = canonical_bytes(act).decode()
    number = this.held.ledger.numbers_of([act.hash]).get(act.hash) if this.held.ledger is not None else None
    return Shown(act, entry, kinds()[act.kind], fields_of(act), canonical, target.act.ref if seen and target else None, replies, signed, number)


def act(request: HttpRequest, ref: str) -> HttpResponse:
    this = asked(request)
    found = [shown(this, e) for e in this.visible(this.held.entries(ref))]
    if not found:
        raise NotOnRecord(f"no act {ref!r} is on record{_near(this, ref)}")
    if wants_json(request):
        return json_page({"acts": [entry_to_plain(s.entry, s.signed) for s in found]})
    file, line = this.held.opened.book.lines.get(ref, ("", 0))
    where = {"file": file if this.viewer is None else "", "line": line, "can_record": can_record(request)}
    return page(request, "act.html", {"asked": this, "ref": ref, "found": found, **where})


def _near(this: Asked, ref: str) -> str:
    seen = {e.act.ref for e in this.visible(this.record.entries)}
    close = difflib.get_close_matches(ref, sorted(seen), n=3, cutoff=0.7)
    return f"; did you mean {', '.join(close)}?" if close else "; look it up under Acts"


def when(act: Act) -> date:
    moment = act.made or act.received or act.notified or act.effect
    return moment.first if moment else date.max


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    agreement, party, kind = (request.GET.get(n, "").strip() for n in ("agreement", "party", "kind"))
    if agreement:
        this.record.agreement(agreement, this.known)
    if party:
        party = party_code(this.record, party)
    if kind and kind not in kinds():
        close = difflib.get_close_matches(kind, kinds(), n=3, cutoff=0.6)
        near = f"did you mean {', '.join(close)}?" if close else "choose one from the list"
        raise BadInput(f"kind={kind!r} is no kind of act; {near}")
    entries = this.visible(this.record.entries_of(agreement) if agreement else this.record.entries)
    found = [e for e in entries if (not party or party in (e.act.actor, e.act.on_behalf_of)) and (not kind or e.act.kind == kind)]
    found.sort(key=lambda e: (when(e.act), e.act.ref))
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:9]) <= max(1, -(-len(found) // PAGE)):
        raise BadInput(f"page={number!r}; choose one between 1 and {max(1, -(-len(found) // PAGE))}")
    start = (int(number) - 1) * PAGE
    context = {
        "asked": this,
        "entries": found[start : start + PAGE],
        "count": len(found),
        "start": start + 1,
        "end": min(start + PAGE, len(found)),
        "agreement": agreement,
        "party": party,
        "kind": kind,
        "kinds": sorted({e.act.kind for e in entries}),
        "before": int(number) - 1 or None,
        "after": int(number) + 1 if start + PAGE < len(found) else None,
    }
    return page(request, "acts.html", context)
