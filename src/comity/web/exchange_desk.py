"""The exchange desk: what a node let out to whom and on which basis, who would get what, what waits for a second pair of eyes, what was recalled.

Only the people of the node's keeper see it; to others it is not there. What it shows of objects is what the desk of the room gives
(``exchange.Desk``): it reads no object.

Source: docs/explanation/how-exchange-works.md, sections 3, 4 and 8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from comity.exchange import Caller, Desk, LabelKey, Left, Logged, Node, Would, changes, label_in_words, vouched, why_not, would_get
from comity.questions import show
from comity.terms import PUBLIC, Answer, BadInput, NotOnRecord
from comity.web.asking import NODE, Asked, asked, page, party_code
from comity.web.forms import choices, filled_in, with_form
from comity.web.guarding import written_to
from comity.web.linking import href
from comity.web.readers import Right, reader_of
from comity.web.tables import as_file

LATELY, MOST, SHOWN = 12, 1000, 200
LABEL = ("level", "policy", "rel", "category", "caveat", "originator")


@dataclass(frozen=True, slots=True)
class Line:
    """A collection as the desk sees it."""

    title: str
    alias: str
    id: str
    readers: tuple[str, ...]
    four_eyes: bool


def node_of(request: HttpRequest) -> Node:
    """The node that is served, to its keeper's people; NotOnRecord to everybody else, as where there is none."""
    node, reader = request.META.get(NODE), reader_of(request)
    if node is None or reader.party not in (None, node.keeper) or reader.agreements is not None:
        raise NotOnRecord("there is no page /exchange")
    found: Node = node
    return found


def index(request: HttpRequest) -> HttpResponse:
    """The node at a glance."""
    this, node = asked(request), node_of(request)
    desk = Desk(node)
    every = [node.named(one.id) for one in node.collections(_keeper(node))]
    recalls = desk.recalls()
    context = {
        "asked": this,
        "node": node,
        "collections": [Line(one.title, one.alias or "", one.id, node.partners(one.id), one.four_eyes) for one in every],
        "partners": [(code, vouched(node.gate.standing(), node.keeper, code)) for code in node.partners()],
        "waiting": len(desk.proposed()),
        "owed": [one for one in recalls if one.acknowledged is None],
        "recalls": len(recalls),
        "reads": named_reads(node, desk.log(most=LATELY)),
    }
    return page(request, "exchange.html", context)


# -- who would get it


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """The label that is asked about."""
    return {**choices(this), "given": filled_in(request, *LABEL), "ladders": this.record.ladders}


@dataclass(frozen=True, slots=True)
class Row:
    """What one partner would get, in words."""

    would: Would
    why: str
    changes: list[str]
    answers: list[Answer]


@with_form("exchange_would.html", fields)
def would(request: HttpRequest, this: Asked) -> HttpResponse:
    """Who would get what bears a label, on which basis; who not, and the least that would change it. Nothing is let out."""
    node, form = node_of(request), {"asked": this, **fields(request, this)}
    if not any(form["given"].values()):
        return page(request, "exchange_would.html", form)
    key = read_label(this, node, form["given"])
    found = would_get(node.gate, [key], node.partners())
    if file := as_file(request, this, "would-get", lambda: [would_to_plain(node, one) for one in found]):
        return file
    rows = [Row(one, why_not(one), changes(node, one), [show(answer, this.viewer) for answer in one.answers]) for one in found]
    yes = sum(row.would.opens for row in rows)
    return page(request, "exchange_would.html", {**form, "label": label_in_words(key), "rows": rows, "yes": yes, "no": len(rows) - yes})


def would_to_plain(node: Node, one: Would) -> dict[str, object]:
    """What one partner would get, as plain data."""
    told = {"partner": one.partner, "gets": one.opens, "first_time": one.unusual, "basis": list(one.basis)}
    return {**told, "why": why_not(one) or None, "would_change": changes(node, one)}


def read_label(this: Asked, node: Node, given: dict[str, str]) -> LabelKey:
    """The label key of the fields; BadInput says which cannot be read."""
    releasable = tuple(party_code(this.record, one) for one in _listed(given["rel"]))
    originator = party_code(this.record, given["originator"]) if given["originator"] else node.keeper
    level, policy = given["level"] or PUBLIC.classification, given["policy"] or None
    if level.upper() == PUBLIC.classification:
        return LabelKey(originator=originator, releasable_to=releasable, limited=bool(releasable))
    if policy is None:
        owned = [ladder.policy for ladder in this.record.ladders if ladder.owner == originator]
        if len(owned) != 1:
            raise BadInput(f"under which policy is {level!r}? {originator} owns {', '.join(owned) or 'none on record'}: choose it")
        policy = owned[0]
    ladder = next((one for one in this.record.ladders if one.policy == policy), None)
    if ladder is None:
        raise NotOnRecord(f"no classification policy {policy!r} is on record; choose one of {', '.join(one.policy for one in this.record.ladders)}")
    return LabelKey(
        originator=originator, policy=policy, level=ladder.level(level).name, categories=_listed(given["category"]),
        caveats=_listed(given["caveat"]), releasable_to=releasable, limited=bool(releasable),
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(",") if (word := " ".join(part.split())))


# -- what left


@dataclass(frozen=True, slots=True)
class Read:
    """A read of the access log, with the name of the collection."""

    log: Logged
    collection: str


def named_reads(node: Node, found: tuple[Logged, ...]) -> list[Read]:
    """Reads, each with the title of its collection."""
    names = {one.id: one.title for one in node.collections(_keeper(node))}
    return [Read(one, names.get(str(one.asked.get("collection")), str(one.asked.get("collection", "")))) for one in found]


def reads(request: HttpRequest) -> HttpResponse:
    """The access log: every read that was answered or turned away, the newest first."""
    this, node = asked(request), node_of(request)
    partner = request.GET.get("partner", "").strip()
    code = party_code(this.record, partner) if partner else None
    found = named_reads(node, Desk(node).log(code, MOST))
    if file := as_file(request, this, "reads", lambda: [read_to_plain(one) for one in found]):
        return file
    context = {"asked": this, "node": node, "reads": found, "partner": code or "", "partners": node.partners(), "most": MOST}
    return page(request, "exchange_reads.html", context)


def read_to_plain(one: Read) -> dict[str, object]:
    """A read as plain data."""
    log = one.log
    told = {"read": log.number, "at": log.at, "client": log.client, "partner": log.partner, "door": log.door, "collection": one.collection}
    return {**told, "objects": log.count, "outcome": log.outcome, "root": log.root, "acts": list(log.acts)}


def left_to_plain(one: Left) -> dict[str, object]:
    """An object on a page, as plain data."""
    return {"id": one.id, "version": one.version_written, "sha256": one.digest.hex(), "here": one.here}


def read(request: HttpRequest, number: int) -> HttpResponse:
    """What was on the page of one read, put together again and held beside its release acts."""
    this, node = asked(request), node_of(request)
    try:
        found = Desk(node).page(number)
    except NotOnRecord:
        raise NotOnRecord(f"no read has the number {number}; look it up under Exchange") from None
    (named,) = named_reads(node, (found.read,))
    if file := as_file(request, this, f"read-{number}", lambda: [left_to_plain(one) for one in found.left]):
        return file
    same = found.holds and all(act.holds for act in found.acts)
    context = {"asked": this, "node": node, "found": found, "shown": found.left[:SHOWN], "collection": named.collection, "same": same}
    return page(request, "exchange_read.html", context)


# -- a second pair of eyes


@written_to
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a second person; who may release approves it or turns it away."""
    this, node, reader = asked(request), node_of(request), reader_of(request)
    desk = Desk(node)
    if request.method == "POST":
        reader.ask_for(Right.RELEASE)
        number = request.POST.get("number", "")
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise BadInput(f"number={number!r} is none of the queue's")
        if request.POST.get("does") == "approve":
            desk.approve(int(number), reader.name)
        elif request.POST.get("does") == "dismiss":
            desk.dismiss(int(number))
        else:
            raise BadInput("say whether it is approved or turned away")
        return HttpResponseRedirect(href(this.carried, "exchange-queue"))
    waiting = [(one, node.named(one.collection).title, label_in_words(one.label) if one.label else "", len(one.body)) for one in desk.proposed()]
    context = {"asked": this, "node": node, "waiting": waiting, "may": reader.may(Right.RELEASE), "who": reader.name}
    return page(request, "exchange_queue.html", context)


def _keeper(node: Node) -> Caller:
    return Caller("desk", node.keeper, writes=True, keeper=True)
