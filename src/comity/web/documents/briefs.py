"""Briefs of two to four pages, to be read before a meeting: of a party, of two for a visit, of an agreement; of what the reader may see alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.asking import AXES, Asked, page, party_code
from comity.web.documents.agreement_briefs import agreement_brief
from comity.web.documents.grounds import Grounds
from comity.web.documents.handing_out import MEDIA, as_download
from comity.web.documents.pair_briefs import pair_brief
from comity.web.documents.papers import Paper
from comity.web.documents.party_briefs import party_brief
from comity.web.folds import Busy
from comity.web.forms import choices, filled_in, with_form
from comity.web.languages import direction


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of whom, or of what."""
    return {**choices(this), "given": filled_in(request, "agreement", "party", "other", *AXES)}


def brief(this: Asked, given: dict[str, str]) -> tuple[Paper, list[str], str] | None:
    """The brief, what had to be left out of it for now, and a name for its file; None if nothing is asked yet."""
    grounds = Grounds(this)
    party, other = (party_code(this.record, given[name]) if given[name] else "" for name in ("party", "other"))
    if given["agreement"] and party:
        raise BadInput("a brief is of a party, of two, or of an agreement: leave the party or the agreement out")
    if other and not party:
        raise BadInput("this brief needs party beside other; fill it in")
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
        title, blocks, pending = agreement_brief(this, grounds, given["agreement"])
    elif party:
        title, blocks, pending = pair_brief(this, grounds, party, other) if other else party_brief(this, grounds, party)
    else:
        return None
    paper = Paper(title, blocks, foot_of(this), lang=get_language() or "en", direction=direction(), marking=grounds.marking, look="brief")
    return paper, pending, "-".join(part for part in ("brief", given["agreement"], party, other, str(this.on)) if part)


def foot_of(this: Asked) -> str:
    """From which record, as of when, as known when, as seen by whom."""
    seen = _("the record’s keeper") if this.viewer is None else _("the public") if this.viewer == "public" else this.name(this.viewer)
    says = _("From the record “%(record)s” as of %(on)s, as known by the end of %(known)s (UTC), as seen by %(seen)s.")
    told = says % {"record": this.record.title, "on": this.on, "known": this.known, "seen": seen}
    return f"{told} {_('Strict: unknown where the record is not complete to the day.')}" if this.strict else told


@with_form("brief.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    found = brief(this, form["given"])
    if found is None:
        return page(request, "brief.html", form)
    paper, pending, name = found
    if pending and request.GET.get("format", "html") in MEDIA:
        raise Busy
    return as_download(request, paper, name) or page(request, "brief.html", {**form, "paper": paper, "pending": pending, "media": MEDIA})
