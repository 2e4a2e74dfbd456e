"""Due: what falls due soon in what one follows, and in what those follow for whom one stands in; acknowledged here, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.terms import NotOnRecord
from comity.web.asking import HELD, asked_today, json_page, page, wants_json, whole
from comity.web.guarding import written_to
from comity.web.people.models import Person
from comity.web.readers import reader_of
from comity.web.watching.lines import Line
from comity.web.watching.models import Acknowledged
from comity.web.watching.news import acknowledged, alerts_of, begin, due_in, news_of, telling_of
from comity.web.watching.pages import whose
from comity.web.watching.standing_in import for_whom


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is due, of whom, and who has acknowledged it."""

    line: Line
    whose: Person
    mine: bool
    days: int
    done: Acknowledged | None


def rows_of(request: HttpRequest, person: Person, today: date) -> tuple[list[Row], bool]:
    """What is due to somebody, and to those for whom they stand in; and whether something is still to come."""
    telling = telling_of(person)
    news = news_of(request.META[HELD], reader_of(request), alerts_of(person))
    begin(news, today)
    done = acknowledged(person)
    rows = [Row(line, person, True, _days(line, today), done.get(line.key)) for line in due_in(news, today, telling.lead)]
    in_place = for_whom(whole(request), person, today)
    for one in in_place:
        rows += [Row(line, one.whose, False, _days(line, today), None) for line in one.lines]
    return rows, any(one.answered.pending for one in news) or any(one.pending for one in in_place)


def _days(line: Line, today: date) -> int:
    return (line.on - today).days if line.on else 0


def index(request: HttpRequest) -> HttpResponse:
    """Everything that is due."""
    this, person = asked_today(request), whose(request)
    rows, pending = rows_of(request, person, this.today)
    if wants_json(request):
        return json_page({"due": [_plain(row) for row in rows], "pending": pending})
    context = {
        "asked": this,
        "open": [row for row in rows if row.done is None],
        "done": [row for row in rows if row.done is not None],
        "telling": telling_of(person),
        "follows": bool(alerts_of(person)),
        "waits": pending,
    }
    return page(request, "watching/due.html", context)


def _plain(row: Row) -> dict[str, object]:
    by = {"by": row.done.by.name, "at": row.done.at.isoformat(timespec="seconds")} if row.done else None
    line = row.line
    return {
        "key": line.key, "on": line.on and line.on.isoformat(), "what": line.says, "agreement": line.agreement, "party": line.party,
        "of": row.whose.name, "acknowledged": by,
    }  # fmt: skip


@written_to
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One line, where a mail leads: seen by whoever signs in, acknowledged by a button."""
    this, person = asked_today(request), whose(request)
    rows, _pending = rows_of(request, person, this.today)
    found = [row for row in rows if row.line.key == key]
    if not found:
        raise NotOnRecord(_("nothing of that kind is due to you; look at the list of what is"))
    if request.method == "POST":
        with transaction.atomic():
            for row in found:
                Acknowledged.objects.get_or_create(whose=row.whose, key=key, defaults={"by": person})
        return HttpResponseRedirect(reverse("due") + ("" if request.POST.get("back") == "list" else f"#d-{key}"))
    return page(request, "watching/due_one.html", {"asked": this, "rows": found, "line": found[0].line})
