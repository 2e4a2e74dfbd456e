"""The desk: what waits for depositaries, by the day on which it is due; each line with its article, its draft and its form."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.standing import Standing
from comity.terms import BadInput
from comity.web.asking import Asked, page, party_code
from comity.web.depositary.onward import Onward, keeper_of, onward_of
from comity.web.depositary.waiting import WHAT, Waiting, of_all, of_law
from comity.web.folds import Busy
from comity.web.forms import filled_in, with_form
from comity.web.paging import part_of
from comity.web.recording.ground import can_record
from comity.web.tables import as_file
from comity.web.telling import told

LATELY = "90"
FEW = 12
"""So many agreements are asked at once, in the page's patience; more wait until they have been derived."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the URL asks for: of one depositary, under one agreement, of one sort (blank: all), received in so many days."""

    keeper: str
    agreement: str
    what: str
    past: timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    waiting: Waiting
    left: int | None
    onward: Onward

    @property
    def over(self) -> int | None:
        """For how many days it is over, if it is."""
        return -self.left if self.left is not None and self.left < 0 else None


def kept_by(this: Asked, keeper: str = "") -> dict[str, tuple[str, ...]]:
    """The agreements on record of which a depositary is known, with their depositaries; of one depositary alone, if it is named."""
    found = {a: this.record.agreement(a, this.known).depositary for a in this.fold.wanted}
    return {a: codes for a, codes in found.items() if (keeper in codes if keeper else codes)}


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose desk, under which agreement, which sort, how far back."""
    kept = kept_by(this)
    counted = Counter(code for codes in kept.values() for code in codes)
    keepers = sorted(((code, this.name(code), n) for code, n in counted.items()), key=lambda one: one[1].casefold())
    agreements = sorted(((a, this.record.agreement(a, this.known).short) for a in kept), key=lambda one: one[1].casefold())
    given = filled_in(request, "for", "agreement", "what", "within")
    return {"keepers": keepers, "agreements": agreements, "sorts": WHAT, "given": {**given, "keeper": given["for"]}, "lately": LATELY}


def read(this: Asked, given: dict[str, str]) -> Wanted:
    """What was filled in; BadInput or NotOnRecord names the field."""
    if given["agreement"]:
        this.record.agreement(given["agreement"], this.known)
    keeper = party_code(this.record, given["for"]) if given["for"] else ""
    if given["what"] and given["what"] not in WHAT:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"what={given['what']!r}", known=", ".join(WHAT)))
    match = re.fullmatch(r"([0-9]{1,5})d?", given["within"] or LATELY)
    if not match:
        message = _("%(given)s is not a number of days up to 99999; write for instance %(usual)s")
        raise BadInput(told(message, given=f"within={given['within']!r}", usual=LATELY))
    return Wanted(keeper, given["agreement"], given["what"], timedelta(days=int(match[1])))


def waiting_for(this: Asked, wanted: Wanted) -> tuple[list[Waiting], list[str]]:
    """What waits, what is due first before the others; and the agreements whose standing is still being derived."""
    agreements = [a for a in kept_by(this, wanted.keeper) if wanted.agreement in ("", a)]
    key = ("depositary acts", wanted.keeper, wanted.agreement, wanted.past)
    found = list(this.ask(key, lambda standing: tuple(of_all(standing, agreements, wanted.past))))
    derived = _derived(this, agreements)
    found += [row for a, rows in derived.items() for row in rows]
    broken = this.fold.broken
    return sorted(found, key=lambda row: row.order(this.on)), [a for a in agreements if a not in derived and a not in broken]


def _law(agreement: str) -> Callable[[Standing], tuple[Waiting, ...]]:
    return lambda standing: tuple(of_law(standing, agreement))


def _derived(this: Asked, agreements: list[str]) -> dict[str, tuple[Waiting, ...]]:
    """What follows from how each stands: of a few at once, of many as far as they have been derived within the page's patience."""
    if len(agreements) > FEW:
        this.pending(lambda a: this.fold.ask(this.on, ("depositary law", a), _law(a)))
    ready = set(this.fold.derived) - this.fold.broken.keys()
    deadline, found = time.monotonic() + this.held.patience, dict[str, tuple[Waiting, ...]]()
    for agreement in agreements:
        left = deadline - time.monotonic()
        if (len(agreements) <= FEW or agreement in ready) and left > 0:
            try:
                found[agreement] = this.fold.ask(this.on, ("depositary law", agreement), _law(agreement), left)
            except Busy:
                continue
    return found


def to_plain(row: Waiting, this: Asked) -> dict[str, Any]:
    """One line as plain data."""
    return {
        "what": row.what,
        "agreement": row.agreement,
        "party": row.party or None,
        "act": row.act or None,
        "since": row.since and row.since.isoformat(),
        "due": row.due and row.due.isoformat(),
        "left": row.left(this.on),
        "says": row.says,
        "article": row.article,
    }


@with_form("depositary/desk.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    wanted = read(this, form["given"])
    every, pending = waiting_for(this, wanted)
    found = [row for row in every if wanted.what in ("", row.what)]
    if file := as_file(request, this, "waiting", lambda: [to_plain(row, this) for row in found], pending):
        return file
    counted, part = Counter(row.what for row in every), part_of(request, found)
    context = {
        **form,
        "wanted": wanted,
        "part": part,
        "lines": [_line(this, row, wanted.keeper) for row in part.items],
        "counts": [(what, counted[what]) for what in WHAT if counted[what]],
        "number": len(every),
        "keeps": len(kept_by(this, wanted.keeper)),
        "can_record": can_record(request),
        "pending": pending,
    }
    return page(request, "depositary/desk.html", context)


def _line(this: Asked, row: Waiting, keeper: str) -> Line:
    actor = keeper_of(this.record.agreement(row.agreement, this.known), keeper)
    return Line(row, row.left(this.on), onward_of(this, row, actor))
