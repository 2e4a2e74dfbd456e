"""Names and borders: whose view of names stands beside them, kept in a cookie; what is disputed on record; that no border is drawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from comity.terms import NotOnRecord
from comity.web.asking import NAMES_AS, Asked, asked, page
from comity.web.names import NEUTRAL, UN, charter_of, in_words, sayings, sayings_to_plain, speaking, view_of
from comity.web.tables import as_file
from comity.web.telling import told


def views(this: Asked) -> list[tuple[str, str, str]]:
    """The views that the record has: each by its code, its name, and what it puts beside names."""
    found = [(NEUTRAL, _("Neutral"), _("Names as the record has them on the day; whatever somebody disputes is marked, and who does is told."))]
    if charter_of(this):
        found.append(
            (
                UN,
                _("United Nations"),
                _("Beside a state that is no member of the United Nations on the day, or of which that is contested or not known, it says so."),
            )
        )
    says = _("Beside a state whose recognition, treaty relations or consent it denies by its acts on record, it says so.")
    return [*found, *((code, this.name(code), says) for code in speaking(this))]


def choose(request: HttpRequest, view: str) -> HttpResponse:
    """Show names in this view from now on, and go back to where the reader was."""
    this = asked(request)
    known = [code for code, _, _ in views(this)]
    if view not in known:
        raise NotOnRecord(told(_("there is no view %(given)s on record; choose one of %(known)s"), given=repr(view), known=", ".join(known)))
    back = request.GET.get("back", "/")
    response = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, None) else "/")
    response.set_cookie(NAMES_AS, view, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    if file := as_file(request, this, "names", lambda: sayings_to_plain(this)):
        return file
    context = {
        "asked": this,
        "views": views(this),
        "chosen": view_of(this) or NEUTRAL,
        "back": request.GET.get("back", "/names"),
        "said": [(code, [(one, in_words(this, one)) for one in found]) for code, found in sayings(this).items()],
        "states_speak": bool(speaking(this)),
    }
    return page(request, "names.html", context)
