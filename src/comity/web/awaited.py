"""Awaited: what procedures under way await of a party, or leave open to it, until when; what is late comes first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.awaited import PROCEDURES, Awaited, awaited, awaited_feed, awaited_to_plain
from comity.terms import BadInput
from comity.web.asking import Asked, page, party_code
from comity.web.forms import choices, filled_in, with_form
from comity.web.paging import part_of
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.upcoming import read_within
from comity.web.wording import word

FIELDS = ("party", "procedure", "required", "within")


def every_awaited(this: Asked) -> list[Awaited]:
    """What is awaited of all on the day, by the day until which; kept."""
    return this.ask("awaited", awaited)


def awaited_by(this: Asked, party: str, agreement: str) -> list[Awaited]:
    """What is awaited by a day, of a party (blank: of all) or under an agreement (blank: any or none)."""
    return [one for one in every_awaited(this) if one.until and party in ("", one.party) and agreement in ("", one.agreement)]


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom, in which procedures, how far ahead."""
    return {**choices(this), "given": filled_in(request, *FIELDS), "procedures": [(name, word(name, "procedure")) for name in PROCEDURES]}


def chosen(this: Asked, given: Mapping[str, str]) -> list[Awaited]:
    """Those that are asked for; BadInput or NotOnRecord say what is wrong with the question."""
    choose = _("%(given)s; choose one of %(known)s")
    if given["procedure"] and given["procedure"] not in PROCEDURES:
        raise BadInput(told(choose, given=f"procedure={given['procedure'][:40]!r}", known=", ".join(PROCEDURES)))
    if given["required"] not in ("", "1"):
        raise BadInput(told(choose, given=f"required={given['required'][:40]!r}", known="1"))
    party = party_code(this.record, given["party"]) if given["party"] else ""
    last = this.on + timedelta(days=read_within(given["within"]).days) if given["within"] else None
    return [
        one
        for one in every_awaited(this)
        if party in ("", one.party)
        and given["procedure"] in ("", one.procedure)
        and not (given["required"] and one.open)
        and (last is None or one.until is None or one.until <= last)
    ]


@with_form("awaited.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    found = chosen(this, form["given"])
    if request.GET.get("format") == "ics":
        return _feed(this, form["given"]["party"], found)
    if file := as_file(request, this, "awaited", lambda: [awaited_to_plain(one) for one in found]):
        return file
    return page(request, "awaited.html", {**form, "found": found, "part": part_of(request, found)})


def _feed(this: Asked, party: str, found: list[Awaited]) -> HttpResponse:
    whose = party_code(this.record, party) if party else ""
    made = awaited_feed(found, datetime.now(UTC), told(_("Awaited of %(whom)s"), whom=this.name(whose)) if whose else _("Awaited"))
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="awaited.ics"'
    return response
