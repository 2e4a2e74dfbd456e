"""Pools: what members gave to one another and took, each account's balance, what is owed and by when; all balances together are nought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.missions import Account, PoolOnRecord, TooMuch, pool_on_record, statement, too_much
from comity.standing import Standing
from comity.web.asking import Asked, asked, page
from comity.web.charts.chart import Chart, as_chart
from comity.web.drawing import Drawing, framed
from comity.web.paging import part_of
from comity.web.tables import as_file
from comity.web.telling import told

WIDTH, LABEL, ROW, EDGE, FIGURE, ROWS, OWED = 1000, 190, 26, 12, 70, 60, 200
"""``ROWS``: so many accounts are drawn; ``OWED``: so many of what is owed are listed."""
COLUMNS = {
    "member": "a member by its code; the pool by its name",
    "given": "what it gave, and paid for",
    "taken": "what it took",
    "balance": "given less taken, of what is sure; below 0 it owes",
    "least": "the least that the balance can be, with what is in doubt",
    "most": "the most",
    "may_owe": "its limit; blank: none",
    "owes": "what it took and has not made good",
    "overdue": "what of that is overdue",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A pool on the day: its accounts, the pool's own last, and where too much was taken."""

    told_of: PoolOnRecord
    accounts: tuple[Account, ...]
    over: tuple[TooMuch, ...]

    @property
    def sum(self) -> int:
        return sum(one.balance for one in self.accounts)


def kept_of(this: Asked, name: str) -> Kept:
    """The pool of that name; NotOnRecord where the reader may see nothing of it."""
    return this.ask(("pool", name), lambda standing: _kept(standing, name))


def _kept(standing: Standing, name: str) -> Kept:
    found = pool_on_record(standing, name)
    return Kept(found, statement(found.pool, standing.on), too_much(found.pool, standing.on))


def account_to_plain(one: Account, limit: int | None) -> dict[str, object]:
    """An account as plain data."""
    return {
        "member": one.member,
        "given": one.given,
        "taken": one.taken,
        "balance": one.balance,
        "least": one.least,
        "most": one.most,
        "may_owe": limit,
        "owes": sum(each.amount for each in one.owed),
        "overdue": one.overdue,
    }


def pool(request: HttpRequest, name: str) -> HttpResponse:
    this = asked(request)
    found = kept_of(this, name)
    whole = found.told_of.pool
    limits = {one.member: None if one.member == name else whole.limit(one.member) for one in found.accounts}
    rows = [account_to_plain(one, limits[one.member]) for one in found.accounts]
    if request.GET.get("format") == "ics":
        return _feed(name, found)
    if file := as_chart(request, this, {"accounts": lambda: _chart(this, found)}) or as_file(request, this, "accounts", lambda: rows):
        return file
    owed = sorted((each.due, one.member, each) for one in found.accounts for each in one.owed)
    moves = sorted((one for one in whole.movements if one.day is None or one.day <= this.on), key=lambda one: (str(one.day), one.ref), reverse=True)
    context = {
        "asked": this,
        "name": name,
        "pool": whole,
        "accounts": [(one, row, one.member == name) for one, row in zip(found.accounts, rows, strict=True)],
        "sum": found.sum,
        "over": found.over,
        "owed": owed[:OWED],
        "owed_left": max(0, len(owed) - OWED),
        "part": part_of(request, moves),
        "drawing": _drawn(this, found),
        "findings": found.told_of.findings,
    }
    return page(request, "pool.html", context)


def _chart(this: Asked, found: Kept) -> Chart:
    whole = found.told_of.pool
    return Chart(
        "pool-accounts",
        _("What each has to its credit, to the right, or owes, to the left; a thin line is what is in doubt."),
        whole.item or _("Units"),
        _("From movements on record by the day; what gives is owed so much more, what takes so much less, so that all balances sum to 0."),
        _drawn(this, found),
        lambda: [account_to_plain(one, whole.limit(one.member)) for one in found.accounts],
        COLUMNS,
    )


def _drawn(this: Asked, found: Kept) -> Drawing:
    rows = found.accounts[:ROWS]
    most = max((abs(figure) for one in rows for figure in (one.balance, one.least, one.most)), default=0)
    if not most:
        return Drawing("")
    height, middle = 2 * EDGE + ROW * len(rows), LABEL + (WIDTH - LABEL) / 2
    room = (WIDTH - LABEL) / 2 - FIGURE
    inner = format_html(
        '<line class="nought" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>{3}',
        middle,
        EDGE - 6,
        height - EDGE + 6,
        format_html_join("", "{}", ((_bar(this, one, EDGE + ROW * n, middle, room / most),) for n, one in enumerate(rows))),
    )
    title = told(_("Accounts of %(pool)s"), pool=found.told_of.pool.id)
    return framed("accounts", title, "accounts", (WIDTH, height), inner)


def _bar(this: Asked, one: Account, y: int, middle: float, scale: float) -> SafeString:
    start, end = sorted((middle, middle + one.balance * scale))
    least, most = (round(middle + figure * scale, 1) for figure in (one.least, one.most))
    name = this.name(one.member)
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end">{}</text><rect class="account {}" x="{}" y="{}" width="{}" height="14">'
        '<title>{}: {}</title></rect>{}<text class="figure" x="{}" y="{}" text-anchor="{}">{}</text>',
        LABEL - 10,
        y + 17,
        name if len(name) <= 26 else f"{name[:25]}…",
        "credit" if one.balance >= 0 else "owing",
        round(start, 1),
        y + 6,
        max(1.0, round(end - start, 1)),
        name,
        one.balance,
        format_html('<path class="doubt" d="M{} {}H{}"/>', least, y + 13, most) if one.least != one.most else "",
        round(max(end, most) + 6 if one.balance >= 0 else min(start, least) - 6, 1),
        y + 17,
        "start" if one.balance >= 0 else "end",
        f"{one.balance:+,}" if one.balance else "0",
    )


def _feed(name: str, found: Kept) -> HttpResponse:
    """When what was taken has to be made good."""
    from icalendar import Calendar, Event

    stamp, feed = datetime.now(UTC), Calendar()
    feed.add("prodid", "-//Comity//pools//EN")
    feed.add("version", "2.0")
    for one in found.accounts:
        for each in one.owed:
            event = Event()
            event.add("uid", f"{re.sub(r'[^A-Za-z0-9]+', '-', f'{name}-{each.ref}')}@comity")
            event.add("dtstamp", stamp)
            event.add("dtstart", each.due)
            event.add("summary", told(_("%(member)s makes good %(amount)s to %(pool)s"), member=one.member, amount=each.amount, pool=name))
            feed.add_component(event)
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{re.sub(r"[^A-Za-z0-9-]+", "-", f"pool-{name}")}.ics"'
    return response
