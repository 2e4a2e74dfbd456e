"""What the exchange desk shows, for programs: who would get what, the access log, what was on a page; to the people of the node's keeper alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from comity.exchange import Desk, label_in_words, would_get
from comity.terms import NotOnRecord
from comity.web import exchange_desk
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.api.shapes import Part, told
from comity.web.asking import party_code

router = Router(by_alias=True)
Plain = dict[str, Any]
MOST = 100_000


class Would(BaseModel):
    """What one partner would get."""

    partner: str = told("Its code.")
    gets: bool = told("Would it get it?")
    first_time: bool = told("Was it never given anything that bears this label?")
    basis: list[str] = told("The agreements on which it rests; empty of what is unclassified, or its own.")
    why: str | None = told("Why not; null: it gets it.")
    would_change: list[str] = told("The least that would change it.")


class WouldGet(BaseModel):
    """Who would get what bears a label."""

    label: str = told("The label in words.")
    partners: list[Would] = told("By code.")


class Read(BaseModel):
    """One read in the access log."""

    read: int = told("Its number.")
    at: str = told("When (UTC).")
    client: str = told("By which client.")
    partner: str = told("For which party.")
    door: str = told("Through which door.")
    collection: str = told("Of which collection.")
    objects: int = told("How many objects left.", ge=0)
    outcome: str = told("What became of it.")
    root: str | None = told("The Merkle root (RFC 9162) over what left; null: no bytes did.")
    acts: list[str] = told("The release acts.")


class Reads(Part):
    """The access log."""

    reads: list[Read] = told("The newest first.")


class Left(BaseModel):
    """An object on a page."""

    id: str = told("Its STIX id.")
    version: str = told("Its version.")
    sha256: str = told("Of its bytes.")
    here: bool = told("Is it still there as it was?")


class Page(BaseModel):
    """What was on the page of a read."""

    read: Read = told("The read.")
    holds: bool = told("Do the log and the release acts say just this?")
    objects: list[Left] = told("In their order.")


class WouldAsked(Axes):
    """The label."""

    level: str = text("The level; UNCLASSIFIED if left out.", "SECRET")
    policy: str = text("Under which policy; the originator's if left out.", "NATO")
    rel: str = text("Releasable to these only, with commas between.", "FRA, DEU")
    category: str = text("Special categories, with commas between.")
    caveat: str = text("Caveats, with commas between.")
    originator: str = text("Whose information it is; the keeper's if left out.", "NLD")


@router.get("/would", response=WouldGet, tags=["Exchange"], summary="Who would get it?")
def who_would(request: HttpRequest, query: Query[WouldAsked]) -> Plain:
    """Of what bears a label: each partner, on which basis, or why not and the least that would change it. Nothing is let out."""
    node, this = exchange_desk.node_of(request), begin(request, query)
    key = exchange_desk.read_label(this, node, {name: getattr(query, name).strip() for name in exchange_desk.LABEL})
    partners = [exchange_desk.would_to_plain(node, one) for one in would_get(node.gate, [key], node.partners())]
    return {"label": label_in_words(key), "partners": partners}


class ReadsAsked(Listed):
    """Whose reads."""

    partner: str = text("Of one partner only, by code or name.", "SWE")


@router.get("/reads", response=Reads, tags=["Exchange"], summary="The access log")
def list_reads(request: HttpRequest, query: Query[ReadsAsked]) -> Plain:
    """Every read that was answered or turned away, the newest first."""
    node, this = exchange_desk.node_of(request), begin(request, query)
    partner = party_code(this.record, query.partner.strip()) if query.partner.strip() else None
    found = exchange_desk.named_reads(node, Desk(node).log(partner, MOST))
    part = part_of(request, this, found, lambda one: (f"{10**15 - one.log.number:016}",), query.limit)
    return {"reads": [exchange_desk.read_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/reads/{int:number}", response=Page, tags=["Exchange"], summary="What was on a page")
def one_read(request: HttpRequest, number: int, query: Query[Axes]) -> Plain:
    """What was on the page of a read, put together again and held beside its release acts."""
    node, _ = exchange_desk.node_of(request), begin(request, query)
    try:
        found = Desk(node).page(number)
    except NotOnRecord:
        raise NotOnRecord(f"no read has the number {number}") from None
    (named,) = exchange_desk.named_reads(node, (found.read,))
    return {
        "read": exchange_desk.read_to_plain(named), "holds": found.holds and all(act.holds for act in found.acts),
        "objects": [exchange_desk.left_to_plain(one) for one in found.left],
    }  # fmt: skip
