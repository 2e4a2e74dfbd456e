"""What a desk finds under Today of what it follows: what is new in it, and what is due soon and not acknowledged."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from comity.web.asking import HELD
from comity.web.people.admitting import person_of
from comity.web.readers import Right, reader_of
from comity.web.watching.news import acknowledged, alerts_of, begin, due_in, news_of, telling_of

PATIENCE = 0.5
"""The page waits so many seconds, in all, for what is still being derived."""
MOST = 8


def followed(request: HttpRequest) -> dict[str, Any]:
    """For the page Today; nothing on any other, and nothing before the page knows whose desk it is."""
    match, person = request.resolver_match, person_of(request)
    if match is None or match.url_name != "today" or person is None or not reader_of(request).may(Right.READ):
        return {}
    held, telling, filters = request.META[HELD], telling_of(person), alerts_of(person)
    deadline = time.monotonic() + PATIENCE
    news = [one for saved in filters for one in news_of(replace(held, patience=max(0.0, deadline - time.monotonic())), reader_of(request), [saved])]
    begin(news, held.today())
    done = acknowledged(person)
    due = [line for line in due_in(news, held.today(), telling.lead) if line.key not in done]
    fresh = [one for one in news if one.fresh]
    unanswered = [one for one in news if one.answered.problem]
    shown = {"any": bool(filters), "fresh": fresh, "due": due[:MOST], "more": len(due) - MOST, "lead": telling.lead, "unanswered": unanswered}
    return {"followed": shown}
