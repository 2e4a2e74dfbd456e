"""A digest as a letter: plain text and simple HTML, in the language of whom it is for, with a link to acknowledge each line that is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from comity.web.languages import direction
from comity.web.watching.digests import Digest
from comity.web.watching.lines import Line

MOST = 50
"""So many lines of a filter stand in a letter; the page has all."""


def message_id(sender: str) -> str:
    """A new one, of the sender's domain."""
    return make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or "localhost")


def letter_of(digest: Digest, today: date, sender: str, pages: str, message: str) -> EmailMessage:
    """``pages``: where the pages are, as in https://comity.example; ``message``: its id, the same however often it is sent."""
    with translation.override(digest.telling.language):
        context = {
            "digest": digest,
            "today": today,
            "pages": pages.rstrip("/"),
            "due": _shown(digest.due),
            "in_place": [(one, _shown(one.lines)) for one in digest.in_place],
            "groups": [(one.news.saved, _shown(one.lines)) for one in digest.parts if one.lines],
            "problems": [one for one in digest.parts if one.problem],
            "mine": reverse("saved"),
            "language": digest.telling.language,
            "direction": direction(),
        }
        letter = EmailMessage()
        letter["Subject"] = subject_of(digest)
        letter["From"], letter["To"] = sender, digest.telling.address
        letter["Date"], letter["Message-ID"] = format_datetime(datetime.now(UTC)), message
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(render_to_string("watching/digest.txt", context))
        letter.add_alternative(render_to_string("watching/digest.html", context), subtype="html")
    return letter


class Shown(NamedTuple):
    """Some lines as a letter has them, and in words how many more there are; blank: none."""

    lines: Sequence[Line]
    more: str


def _shown(lines: Sequence[Line]) -> Shown:
    more = len(lines) - MOST
    return Shown(lines[:MOST], ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more} if more > 0 else "")


def subject_of(digest: Digest) -> str:
    """What there is, at a glance; nothing of the record stands in a subject."""
    parts = []
    if digest.falling_due:
        parts.append(ngettext("%(number)s due soon", "%(number)s due soon", digest.falling_due) % {"number": digest.falling_due})
    if digest.fresh:
        parts.append(ngettext("%(number)s new", "%(number)s new", digest.fresh) % {"number": digest.fresh})
    other = gettext("a webhook was turned off") if digest.off else gettext("a saved filter has no answer")
    return f"Comity: {', '.join(parts) or other}"
