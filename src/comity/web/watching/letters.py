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
from comity.web.watching.kinds import Line
from comity.web.watching.outward import that_may_go

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
            "due": _told(digest, digest.due),
            "in_place": [(one, _told(digest, one.lines)) for one in digest.in_place],
            "groups": [(one, _told(digest, one.fresh)) for one in digest.news if one.fresh],
            "saved": reverse("saved"),
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


class Part(NamedTuple):
    """Some lines as a letter has them: how many ``more`` there are, and how many it does not tell, since not everybody may see them."""

    lines: list[Line]
    more: int
    untold: int


def _told(digest: Digest, lines: Sequence[Line]) -> Part:
    may_go = that_may_go(lines, digest.in_the_open)
    return Part(may_go[:MOST], max(len(may_go) - MOST, 0), len(lines) - len(may_go))


def subject_of(digest: Digest) -> str:
    """What there is, at a glance; nothing of the record stands in a subject."""
    parts = []
    if digest.falling_due:
        parts.append(ngettext("%(number)s due soon", "%(number)s due soon", digest.falling_due) % {"number": digest.falling_due})
    if digest.fresh:
        parts.append(ngettext("%(number)s new", "%(number)s new", digest.fresh) % {"number": digest.fresh})
    off = gettext("a webhook was turned off")
    return f"Comity: {', '.join(parts) or off}"
