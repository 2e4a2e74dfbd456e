"""In which language the pages speak: chosen by the reader, kept in a cookie, else the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from comity.terms import NotOnRecord
from comity.web.telling import told


def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Speak this language from now on, and go back to where the reader was."""
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        message = _("the pages don’t speak %(code)s; choose one of %(known)s")
        raise NotOnRecord(told(message, code=repr(code), known=", ".join(dict(settings.LANGUAGES))))
    back = request.GET.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, None):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def offered() -> list[tuple[str, str]]:
    """Each language by its code and its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _ in settings.LANGUAGES]


def direction() -> str:
    """Which way the language in use is written."""
    return "rtl" if get_language_bidi() else "ltr"
