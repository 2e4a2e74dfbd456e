"""Drafts: the document by which an act is done that would change something, with what the record knows filled in and the rest left blank."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from comity.acts import Act
from comity.terms import BadInput
from comity.web.asking import AXES, Asked, page, party_code, read_day
from comity.web.clauses import safe_link
from comity.web.documents.facts import Drafting, Telling, Told
from comity.web.documents.grounds import said_of
from comity.web.documents.handing_out import MEDIA, as_download
from comity.web.documents.kinds_of_drafts import DRAFTS, DraftKind
from comity.web.documents.papers import Block, Grid, Line, Paper, Paragraph, Piece, text_of, words
from comity.web.documents.wordings import Wording, languages_of
from comity.web.forms import choices, filled_in, with_form
from comity.web.languages import offered
from comity.web.linking import href

MOST = 12
"""Acts that a draft lists one by one."""
FIELDS = ("kind", "agreement", "party", "other", "act", "day", "language")


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """What can be chosen, and what was filled in."""
    given = filled_in(request, *FIELDS, *AXES)
    chosen = DRAFTS.get(given["kind"])
    tongues = dict(offered())
    able = languages_of(chosen.wording) if chosen else tuple(tongues)
    return {**choices(this), "drafts": DRAFTS.values(), "given": given, "tongues": [(code, tongues[code]) for code in able]}


def read(request: HttpRequest, this: Asked) -> Drafting | None:
    """What the URL asks to be drafted; None if nothing yet; BadInput says what is missing."""
    given = filled_in(request, *FIELDS)
    if not given["kind"]:
        return None
    if given["kind"] not in DRAFTS:
        raise BadInput(f"kind={given['kind']!r}; draft one of {', '.join(DRAFTS)}")
    kind = DRAFTS[given["kind"]]
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    missing = [name for name in _needed(kind) if not given[name]]
    if missing:
        raise BadInput(f"this draft needs {' and '.join(missing)}; fill {'it' if len(missing) == 1 else 'them'} in")
    party, other = (party_code(this.record, given[name]) if given[name] else "" for name in ("party", "other"))
    if party and party == other:
        raise BadInput(f"{party} is named twice; name two different parties")
    if kind.by == "party" and this.record.register.parties[party].kind != "state":
        raise BadInput(f"drafts are worded for states, and {party} is none; write its document by hand")
    day = read_day("day", given["day"]) if given["day"] else this.on
    return Drafting(kind, given["agreement"], party, other, given["act"], day)


def _needed(kind: DraftKind) -> tuple[str, ...]:
    if kind.by == "depositary":
        return ("agreement",)
    return ("party",) if kind.wording == "consent" else ("agreement", "party")


def language_of(request: HttpRequest, kind: DraftKind) -> str:
    """The language asked for, else that of the page if there is a wording in it."""
    asked_for = request.GET.get("language", "").strip()
    spoken = get_language() or "en"
    return asked_for or (spoken if spoken in languages_of(kind.wording) else "en")


def drafted(this: Asked, drafting: Drafting, language: str) -> tuple[Paper, Told]:
    """The draft, and the facts that it was made from."""
    wording = Wording(drafting.kind.wording, language, drafting.kind.name)
    told = Telling(this, drafting, wording).told()
    paragraphs = wording.paragraphs(told.facts)
    subject = next((text_of(p.line) for p in paragraphs if p.look == "subject"), wording.subject())
    about = drafting.agreement and this.record.agreement(drafting.agreement, this.known).short
    title = f"{subject}: {about}" if about else subject
    paper = Paper(title, paragraphs, _foot(this, wording), _annex(this, drafting, wording, told), language, wording.direction, told.label.marking)
    return paper, told


def _foot(this: Asked, wording: Wording) -> str:
    below = wording.common["below"]
    seen = {None: below["keeper"], "public": below["public"]}.get(this.viewer) or this.name(this.viewer or "")
    record = str(wording.common["quoted"]).format(words=this.record.title)
    says = str(below["foot"]).format(record=record, on=wording.day(this.on), known=wording.day(this.known), viewer=seen)
    return f"{says} {below['strict']}" if this.strict else says


def _annex(this: Asked, drafting: Drafting, wording: Wording, told: Told) -> tuple[Block, ...]:
    """The acts on which it rests, each with the hash of its record; those of others, where there are many, under one."""
    below = wording.common["below"]
    if not told.entries:
        return (Paragraph((Piece(below["none"]),), "note"),)
    concerned = {drafting.party, drafting.other}
    own = sorted(told.entries, key=lambda e: concerned.isdisjoint({e.act.actor, e.act.on_behalf_of}))[:MOST]
    rows = [_row(this, entry.act) for entry in told.entries if entry in own]
    if others := sorted(entry.act.hash for entry in told.entries if entry not in own):
        rows.append((words(str(below["others"]).format(n=len(others))), (), words(hash_of(others))))
    return (Grid(below["rests"], tuple(below["columns"]), tuple(rows), "hashes"),)


def _row(this: Asked, act: Act) -> tuple[Line, Line, Line]:
    return words(Piece(act.ref, href(this.carried, "act", act.ref))), words(Piece(said_of(this, act), lang="en")), words(act.hash)


def hash_of(hashes: list[str]) -> str:
    """One hash over several, a line each."""
    told = "".join(f"{one}\n" for one in hashes)
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


@with_form("draft.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    drafting = read(request, this)
    if drafting is None:
        return page(request, "draft.html", form)
    paper, told = drafted(this, drafting, language_of(request, drafting.kind))
    if file := as_download(request, paper, f"draft-{drafting.kind.name}-{drafting.agreement or drafting.party}-{drafting.day}"):
        return file
    about = this.record.agreement(drafting.agreement, this.known) if drafting.agreement else None
    context = {
        **form,
        "drafting": drafting,
        "paper": paper,
        "media": MEDIA,
        "told": told,
        "supposed": f"{drafting.kind.name} {drafting.party} {drafting.agreement} {drafting.day}",
        "about": about,
        "official": safe_link(about.official) if about else None,
        "blanks": sum(piece.blank for block in paper.blocks if isinstance(block, Paragraph) for piece in block.line),
    }
    return page(request, "draft.html", context)
