"""The desk: what waits for depositaries, by the day on which it is due; each line with its article, its draft and its form."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.standing import Standing
from comity.terms import BadInput
from comity.web.asking import Asked, page, party_code
from comity.web.depositary.onward import Onward, keeper_of, onward_of
from comity.web.depositary.waiting import WHAT, Waiting, not_derived, nothing_came, of_acts, of_law, some_astray
from comity.web.duties import registering_duties
from comity.web.folds import LONGEST, Busy
from comity.web.forms import filled_in, to_choose_from, with_form
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


def kept_by(this: Asked, keeper: str = "") -> Sequence[str]:
    """The agreements on record of which a depositary is known; of one depositary alone, if it is named."""
    kept = this.ask("kept by", lambda _: _by_keeper(this))
    return kept.get(keeper, ())


def _by_keeper(this: Asked) -> dict[str, list[str]]:
    """The agreements of each depositary, and (blank) of all."""
    found: dict[str, list[str]] = {"": []}
    for agreement in this.fold.wanted:
        codes = this.record.agreement(agreement, this.known).depositary
        for code in dict.fromkeys(("", *codes)) if codes else ():
            found.setdefault(code, []).append(agreement)
    return found


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Whose desk, under which agreement, which sort, how far back."""
    counted = this.ask("kept by", lambda _: _by_keeper(this))
    keepers = sorted(((code, this.name(code), len(kept)) for code, kept in counted.items() if code), key=lambda one: one[1].casefold())
    agreements = to_choose_from(this, kept_by(this))
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


def waiting_for(this: Asked, wanted: Wanted) -> tuple[Sequence[Waiting], list[str]]:
    """What waits, what is due first before the others; and the agreements whose standing is still being derived."""
    agreements = [a for a in kept_by(this, wanted.keeper) if wanted.agreement in ("", a)]
    looking = _Looking(this, wanted.past)
    if len(agreements) > FEW and this.pending(looking.law):
        return looking.so_far(agreements, wanted)
    key = ("waiting", wanted.keeper, wanted.agreement, wanted.past)
    return this.ask(key, lambda _: looking.ordered(row for a in agreements for row in (*looking.acts(a), *looking.law(a)))), []


class _Looking:
    """Looks at what waits under each agreement, which is kept until something is added to that one."""

    def __init__(self, this: Asked, past: timedelta) -> None:
        self.this, self.past = this, past
        self.astray = this.ask("some astray", lambda standing: (some_astray(standing),))[0]

    def acts(self, agreement: str, longest: float = LONGEST) -> tuple[Waiting, ...]:
        """What its acts alone tell; nothing has to be derived for it."""

        def question(standing: Standing) -> tuple[Waiting, ...]:
            passed = not self.astray and nothing_came(standing, agreement, self.past)
            return () if passed else tuple(of_acts(standing, agreement, self.past))

        key = ("depositary acts", agreement, self.past, self.astray)
        return self.this.fold.ask(self.this.on, key, question, longest, agreement, self.this.record)

    def law(self, agreement: str, longest: float = LONGEST) -> tuple[Waiting, ...]:
        """What follows from how it stands, or that this cannot be derived."""
        if problem := self.this.fold.problem(agreement, longest):
            return (not_derived(agreement, problem),)
        duties = registering_duties(self.this)
        key = ("depositary law", agreement, *((duty.agreement.id, duty.since) for duty in duties))
        return self.this.fold.ask(
            self.this.on, key, lambda standing: tuple(of_law(standing, agreement, duties)), longest, agreement, self.this.record
        )

    def ordered(self, rows: Iterable[Waiting]) -> tuple[Waiting, ...]:
        return tuple(sorted(rows, key=lambda row: row.order(self.this.on)))

    def so_far(self, agreements: Sequence[str], wanted: Wanted) -> tuple[Sequence[Waiting], list[str]]:
        """What the acts tell, and what follows as far as that has been derived within the page's patience."""
        deadline, derived = time.monotonic() + self.this.held.patience, set(self.this.fold.derived)
        key = ("depositary acts of", wanted.keeper, wanted.agreement, wanted.past)  # in one turn, else the derivation has one between any two
        rows = list(self.this.ask(key, lambda _: tuple(row for a in agreements for row in self.acts(a))))
        pending = list[str]()
        for agreement in agreements:
            left = deadline - time.monotonic()
            found = self._in_time(agreement, left) if agreement in derived and left > 0 else None
            if found is None:
                pending.append(agreement)
            else:
                rows += found
        return self.ordered(rows), pending

    def _in_time(self, agreement: str, longest: float) -> tuple[Waiting, ...] | None:
        try:
            return self.law(agreement, longest)
        except Busy:
            return None


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
        "verdict": str(row.verdict),
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
