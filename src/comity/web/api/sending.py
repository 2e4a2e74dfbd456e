"""What programs bring ahead of acts, and keep until they record: documents and drafts; and who may record at all.

A document is kept with the drafts until the act that names it comes on record: it comes into the ledger with that act, or not at all.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field

from comity.acts import Entry
from comity.book import COLUMNS
from comity.keeping import Document, document
from comity.terms import BadInput, NotOnRecord
from comity.web.api.edging import etag_of
from comity.web.api.parameters import refuse_unknown, text
from comity.web.api.problems import Refused
from comity.web.api.rows import EXAMPLE
from comity.web.api.shapes import told
from comity.web.api.writing import answered, demand_match
from comity.web.readers import Right, reader_of
from comity.web.recording.documents import language_in, media_type_of, title_in
from comity.web.recording.drafts import DOCUMENT, Draft
from comity.web.recording.fields import DETAIL, NAMES
from comity.web.recording.ground import Ground, ground_of

Plain = dict[str, Any]
SCOPES = "comity.scopes"
"""In a request: for what the token is, by which it was made; None: by a session in a browser; left out: there are no accounts."""
RECORD = "record"
LARGEST = 16 * 1024 * 1024


def may_write(request: HttpRequest) -> bool:
    """Is this request one by which something may be written? Cookies are not taken for that: no other site can send a token."""
    scopes = request.META.get(SCOPES, (RECORD,))
    if scopes is None:
        raise Refused(401, "nothing is recorded by a session; send a token: Authorization: Bearer", {"WWW-Authenticate": 'Bearer realm="comity"'})
    if RECORD not in scopes:
        scope = {"WWW-Authenticate": 'Bearer realm="comity", error="insufficient_scope", scope="record"'}
        raise Refused(403, "this token is for reading alone; make one for recording, under Me", scope)
    return True


def may_record(request: HttpRequest) -> bool:
    """The same, by somebody who may record."""
    may_write(request)
    reader_of(request).ask_for(Right.RECORD)
    return True


router = Router(by_alias=True, tags=["Recording"], auth=may_record)


# -- documents --------------------------------------------------------------------------------------------------------


class Named(BaseModel):
    """What the document is called, and in which language it is."""

    name: str = text("Its title.", "Note of denunciation")
    language: str = text("Its language; left out: not known.", "en")


class Kept(BaseModel):
    """A document that is kept until an act names it."""

    sha256: str = told("Its hash.")
    attachments: str = told("What to write in the act's column `attachments`.")


_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary", "example": "%PDF-1.7"}}}


@router.post(
    "/attachments", response={201: Kept}, summary="Send a document ahead", openapi_extra={"requestBody": {"content": _BYTES, "required": True}}
)
def send_document(request: HttpRequest, query: Query[Named]) -> HttpResponse:
    """Keep a document (at most 16 MB) until an act that names it is recorded. What it is is told by how it begins, not by its type or name."""
    refuse_unknown(request, query)
    ground = ground_of(request)
    content = request.read(LARGEST + 1)
    name, language = title_in(query.name), language_in(query.language)
    found = document(content, media_type_of(content, name), f"the document {name!r}")
    kept = Draft(_place_of(found.sha256), DOCUMENT, found.media_type, base64.b85encode(content).decode())
    ground.drafts.put(ground.reader.name, kept)
    return answered(201, {"sha256": found.sha256, "attachments": f"{found.sha256} {found.media_type} {language} {name}".strip()})


def _place_of(sha256: str) -> str:
    return f"document-{sha256.removeprefix('sha256:')}"


def named_by(entries: Iterable[Entry]) -> set[str]:
    """The documents that these acts name, by their hashes."""
    return {attached.sha256 for entry in entries for attached in entry.act.attachments}


def sent_ahead(ground: Ground, named: Collection[str]) -> list[Document]:
    """Those of the documents that this reader has sent ahead."""
    kept = (ground.drafts.get(ground.reader.name, _place_of(sha256)) for sha256 in sorted(named))
    return [Document(base64.b85decode(one.content), one.title) for one in kept if one is not None and one.content]


def forget(ground: Ground, named: Collection[str]) -> None:
    """They are in the ledger now, or with a proposal: what was sent ahead need not be kept."""
    for sha256 in named:
        ground.drafts.drop(ground.reader.name, _place_of(sha256))


# -- drafts -----------------------------------------------------------------------------------------------------------


class DraftSent(BaseModel):
    """What somebody has begun to record: one act, or a table of them; nothing is checked yet."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"kind": "act", "acts": [EXAMPLE]}})

    kind: Literal["act", "rows"] = Field(description="One act, or a table of acts.")
    acts: list[dict[str, str]] = Field(min_length=1, max_length=5000, description="By the columns of a table of acts; of one act, one.")


class DraftKept(BaseModel):
    """A draft."""

    id: str = told("Its number: 32 hex digits.")
    kind: Literal["act", "rows"] = told("One act, or a table of acts.")
    title: str = told("What it is, in a few words.")
    changed: str = told("When it was changed last.")
    acts: list[dict[str, str]] = told("By the columns of a table of acts.")


class Drafts(BaseModel):
    """One's drafts."""

    drafts: list[DraftKept] = told("The latest first.")
    lasting: bool = told("Are they there when the server is started again?")


@router.get("/drafts", response=Drafts, summary="List drafts")
def list_drafts(request: HttpRequest) -> Plain:
    """What you have begun to record, here or through the pages, and not recorded yet."""
    refuse_unknown(request)
    ground = ground_of(request)
    return {"drafts": [_plain(one) for one in ground.drafts.list(ground.reader.name)], "lasting": ground.drafts.lasting}


@router.get("/drafts/{draft}", response=DraftKept, summary="One draft")
def one_draft(request: HttpRequest, draft: str) -> HttpResponse:
    """A draft of yours, with its ETag."""
    refuse_unknown(request)
    return _answered(200, _there(ground_of(request), draft))


@router.put("/drafts/{draft}", response={200: DraftKept, 201: DraftKept}, summary="Keep a draft")
def put_draft(request: HttpRequest, draft: str, body: Body[DraftSent]) -> HttpResponse:
    """Keep it in place of what it was, with `If-Match`; or a new one, with `If-None-Match: *` and 32 hex digits of your own choosing."""
    refuse_unknown(request)
    ground = ground_of(request)
    if not re.fullmatch(r"[0-9a-f]{32}", draft):
        raise BadInput("draft: the number of a draft is 32 hex digits; choose them by lot")
    was = ground.drafts.get(ground.reader.name, draft)
    made = _draft_of(draft, body)
    if was is not None and was.recorded:
        raise Refused(412, "it is on record already; begin another draft")
    if request.headers.get("If-None-Match", "").strip() == "*":
        if was is not None:
            raise Refused(412, "there is a draft with this number; read it, and send its ETag as If-Match", {"ETag": _tag(was)}, _versions(was, made))
    else:
        if was is None:
            raise NotOnRecord(f"no draft {draft} is kept for you; send If-None-Match: * to begin one")
        demand_match(request, _tag(was), _versions(was, made))
    if not ground.drafts.exchange(ground.reader.name, made, was):
        now = _there(ground, draft)
        raise Refused(412, "it was changed since you read it; read it again, and decide anew", {"ETag": _tag(now)}, _versions(now, made))
    return _answered(201 if was is None else 200, _there(ground, draft))


@router.delete("/drafts/{draft}", response={204: None}, summary="Drop a draft")
def drop_draft(request: HttpRequest, draft: str) -> HttpResponse:
    """Take a draft of yours away, with `If-Match`."""
    refuse_unknown(request)
    ground = ground_of(request)
    was = _there(ground, draft)
    demand_match(request, _tag(was), {"current": _plain(was)})
    ground.drafts.drop(ground.reader.name, draft)
    return HttpResponse(status=204)


def _there(ground: Ground, draft: str) -> Draft:
    found = ground.drafts.get(ground.reader.name, draft)
    if found is None or found.recorded or found.kind == DOCUMENT:
        raise NotOnRecord(f"no draft {draft[:40]!r} is kept for you; list them at /api/v1/drafts")
    return found


def _answered(status: int, draft: Draft) -> HttpResponse:
    return answered(status, _plain(draft), {"ETag": _tag(draft), **({"Location": f"/api/v1/drafts/{draft.id}"} if status == 201 else {})})


def _tag(draft: Draft) -> str:
    return etag_of(json.dumps([draft.kind, draft.title, draft.content]).encode())


def _versions(there: Draft, sent: Draft) -> Plain:
    return {"current": _plain(there), "sent": _plain(sent)}


def _plain(draft: Draft) -> Plain:
    content = json.loads(draft.content)
    acts = content["rows"] if draft.kind == "rows" else [_row_of(content)]
    told = [{name: said for name, said in row.items() if said} for row in acts]
    return {"id": draft.id, "kind": draft.kind, "title": draft.title, "changed": draft.changed, "acts": told}


def _row_of(values: dict[str, str]) -> dict[str, str]:
    """The values of a form, as a row: its details in one column."""
    row = {name: said for name, said in values.items() if not name.startswith(DETAIL)}
    details = "; ".join(f"{name.removeprefix(DETAIL)}={said}" for name, said in values.items() if name.startswith(DETAIL))
    return {**row, "details": details}


def _draft_of(number: str, body: DraftSent) -> Draft:
    if stray := sorted({name for row in body.acts for name in row} - {*COLUMNS}):
        raise BadInput(f"acts: no column of acts is called {stray[0][:40]!r} (they are: {', '.join(COLUMNS)})")
    if body.kind == "rows":
        table = [{**dict.fromkeys(COLUMNS, ""), **row} for row in body.acts]
        content: Plain = {"rows": table, "lines": list(range(1, len(body.acts) + 1))}
        return Draft(number, "rows", str(len(body.acts)), json.dumps(content, ensure_ascii=False))
    if len(body.acts) != 1:
        raise BadInput("acts: a draft of one act has one; write kind rows for many")
    (row,) = body.acts
    pairs = (part.partition("=") for part in row.get("details", "").split(";"))
    details = {f"{DETAIL}{name.strip()}": said.strip() for name, sign, said in pairs if sign}
    values = {**{name: row[name] for name in sorted(NAMES) if name in row}, **details}
    title = " ".join(values[name] for name in ("kind", "actor", "agreement") if values.get(name))
    return Draft(number, "act", title[:300], json.dumps(values, ensure_ascii=False))
