"""The rules that answers rest on: a page for each, from docs/rules where it is there."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

import comity
from comity import permissions, standing
from comity.terms import NotOnRecord
from comity.web.asking import asked, page
from comity.web.markdown import to_html
from comity.web.telling import told

RULES = standing.RULES | permissions.RULES
"""Of who is bound, and of what is allowed: every rule that a reason can name, with its source."""


@cache
def folder() -> Path | None:
    """Where the rules' pages are: in the package, else in the repository that it runs from."""
    package = Path(comity.__file__).parent
    return next((f for f in (package / "docs" / "rules", package.parents[1] / "docs" / "rules") if f.is_dir()), None)


def text_of(rule: str) -> str | None:
    """The Markdown of a rule's page (``rule`` is one of RULES, so that no path can be asked for)."""
    here = folder()
    if here is None or rule not in RULES:
        return None
    try:
        return (here / f"{rule}.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def no_such(rule: str) -> str:
    """That there is no such rule, with what is near."""
    close = difflib.get_close_matches(rule, RULES, n=3, cutoff=0.5)
    if not close:
        return told(_("no rule %(named)s; look it up under Rules"), named=repr(rule))
    return told(_("no rule %(named)s; did you mean %(near)s?"), named=repr(rule), near=", ".join(close))


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    return page(request, "rules.html", {"asked": this, "rules": sorted(RULES.items())})


def rule(request: HttpRequest, rule: str) -> HttpResponse:
    this = asked(request)
    if rule not in RULES:
        raise NotOnRecord(no_such(rule))
    text = text_of(rule)
    context = {"asked": this, "rule": rule, "source": RULES[rule], "text": to_html(text, RULES, this.carried) if text else None}
    return page(request, "rule.html", context)
