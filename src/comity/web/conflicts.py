"""Conflicts: where acts and claims on record contradict one another; both sides, whose word each is, since when, and what would settle it.

Four sorts: readings that leave a standing contested on the day, an act whose effect another denies, a register's claim that differs from another's
or from what the acts yield, and a succession that somebody denies. Nothing is settled here. Agreements are looked at part by part.

Source: docs/rules/contested.md; docs/explanation/how-registers-are-compared.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.acts import Act
from comity.parties import Succession
from comity.registers import ABOUT, Claim, conflicts_on_record
from comity.registers import Conflict as Differing
from comity.standing import Standing
from comity.terms import BadInput, Verdict
from comity.web.asking import Asked, page
from comity.web.forms import choices, filled_in, with_form
from comity.web.paging import part_of
from comity.web.scoping import read_scope, statuses_of
from comity.web.status_tables import Contest, contests_on
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.wording import word

EACH = 20
"""So many agreements are looked at for a page."""
OPEN = 4
"""So many sides stand open; the others are folded."""
KINDS: Mapping[str, str | Promise] = {
    "reading": _("Readings differ"),
    "denial": _("An act is denied"),
    "claim": _("Claims differ"),
    "succession": _("A succession is denied"),
}
SETTLES: Mapping[str, str | Promise] = {
    "reading": _("An award or judgment, or word of all concerned that they agree on one reading; until then both stand."),
    "denial": _("An award or judgment, or the denier taking the denial back."),
    "claim": _("The instrument, or the depositary’s own notice: the claim that it proves wrong is then replaced or taken back."),
    "succession": _("Agreement of those concerned, or a decision of the organisation in which the place is claimed."),
}
"""By kind: what would settle it."""


class Side(NamedTuple):
    """What one says: who, by code or in words, what, by which source, and the act by which it is said, if it is one."""

    by: str
    says: str
    source: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """``about``: the parties concerned, by code; blank: the agreement itself. ``cause``: what is likely behind it. ``day``: on which one may ask."""

    kind: str
    agreement: str
    about: tuple[str, ...]
    sides: tuple[Side, ...]
    since: date | None
    until: date | None = None
    cause: str = ""

    @property
    def first(self) -> tuple[Side, ...]:
        """The sides that stand open on the page."""
        return self.sides[:OPEN]

    @property
    def rest(self) -> tuple[Side, ...]:
        return self.sides[OPEN:]

    @property
    def title(self) -> str | Promise:
        return KINDS[self.kind]

    @property
    def settles(self) -> str | Promise:
        return SETTLES[self.kind]


def conflict_to_plain(one: Conflict) -> dict[str, Any]:
    """A conflict as plain data."""
    return {
        "kind": one.kind,
        "agreement": one.agreement or None,
        "about": list(one.about),
        "since": one.since and one.since.isoformat(),
        "until": one.until and one.until.isoformat(),
        "sides": [{"by": side.by, "says": str(side.says), "source": side.source, "act": side.act or None} for side in one.sides],
        "cause": one.cause or None,
        "settled_by": str(one.settles),
    }


# -- where to look ----------------------------------------------------------------------------------------------------


def agreements_with(this: Asked, kind: str, agreement: str = "", party: str = "") -> tuple[list[str], list[str]]:
    """Agreements about which something is claimed, denied or contested (blank ``kind``: any of these), and what is still being derived."""
    named = this.ask("claims and denials", lambda _: _claims_and_denials(this))
    found, pending = {one for sort, by in named.items() if kind in ("", sort) for one in by}, list[str]()
    if party or kind in ("", "reading"):
        statuses, pending = statuses_of(this)
        if kind in ("", "reading"):
            found |= {one for one, status in statuses.items() if any(verdict is Verdict.CONTESTED for _, verdict, _ in status)}
        if party:
            taking_part = {one for one, status in statuses.items() if any(code == party for code, _, _ in status)}
            found &= taking_part.union(one for by in named.values() for one, codes in by.items() if party in codes)
    return sorted(one for one in found if not agreement or one == agreement), pending


def _claims_and_denials(this: Asked) -> dict[str, dict[str, set[str]]]:
    """By kind and agreement: who claims or denies something, and of whom; neither has to take part in the agreement."""
    found: dict[str, dict[str, set[str]]] = {"claim": {}, "denial": {}}
    for entry in this.visible(entry for entry in this.record.entries if entry.act.kind in ("assert", "deny")):
        act = entry.act
        answered = this.held.entry(act.replies_to or "") if act.kind == "deny" else None
        codes = {act.actor, act.details.get("party", ""), answered.act.actor if answered is not None and this.visible([answered]) else ""}
        if act.agreement is not None:
            found["claim" if act.kind == "assert" else "denial"].setdefault(act.agreement, set()).update(codes)
    return found


# -- what there is under one agreement ----------------------------------------------------------------------------------


def conflicts_under(this: Asked, agreement: str, kind: str = "", party: str = "") -> list[Conflict]:
    """Every conflict under an agreement, of a kind and about a party (blank: any)."""
    found = this.ask_in_words(("conflicts", agreement), lambda standing: _all_under(this, standing, agreement))
    return [one for one in found if kind in ("", one.kind) and (not party or party in one.about or party in (side.by for side in one.sides))]


def _all_under(this: Asked, standing: Standing, agreement: str) -> tuple[Conflict, ...]:
    readings = [_of_reading(agreement, one) for one in contests_on(standing, agreement)]
    claims = [_of_claim(one) for one in conflicts_on_record(standing, [agreement])]
    return (*readings, *_denials(this, agreement), *claims)


def _of_reading(agreement: str, one: Contest) -> Conflict:
    sides = tuple(Side(reading.by, reading.value, reading.source) for reading in dict.fromkeys(one.readings))
    return Conflict("reading", agreement, tuple(code for code in one.who if code), sides, one.start, one.end)


def _denials(this: Asked, agreement: str) -> Iterator[Conflict]:
    for entry in this.visible(entry for entry in this.record.entries_of(agreement) if entry.act.kind == "deny"):
        answered = this.held.entry(entry.act.replies_to or "")
        if answered is not None and this.visible([answered]):
            yield _of_denial(agreement, answered.act, entry.act)


def _of_denial(agreement: str, act: Act, denial: Act) -> Conflict:
    ground = "; ".join(denial.details[name] for name in ("says", "effect") if name in denial.details) or denial.kind
    sides = (Side(act.actor, word(act.kind, "act"), act.source.citation, act.ref), Side(denial.actor, ground, denial.source.citation, denial.ref))
    return Conflict("denial", agreement, (act.actor,), sides, denial.day)


def _of_claim(one: Differing) -> Conflict:
    sides = (_claimed(one.one), _claimed(one.other))
    about = one.one.party or one.other.party
    return Conflict("claim", one.agreement, (about,) if about else (), sides, min(one.one.day, one.other.day), cause=one.likely)


def _claimed(claim: Claim) -> Side:
    by, _, source = claim.source.partition(": ")
    return Side(by if source else "", f"{ABOUT[claim.about]}: {claim.day.isoformat()}", source or claim.source)


def successions_denied(this: Asked, party: str = "") -> list[Conflict]:
    """Successions that somebody denies, as of the day; settled ones until they were."""
    denied = (one for one in this.record.register.successions if one.is_denied_on(this.on))
    return [_of_succession(one) for one in denied if not party or party in (one.successor, one.predecessor)]


def _of_succession(one: Succession) -> Conflict:
    sides = (Side(one.successor, f"{one.how}: {one.predecessor}", one.source or one.note or ""), Side("", one.contested or "", ""))
    return Conflict("succession", "", (one.successor, one.predecessor), sides, one.on, one.settled)


# -- the page ---------------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """About what, and of which kind."""
    return {**choices(this), "given": filled_in(request, "agreement", "party", "kind"), "kinds": KINDS.items()}


def read_kind(text: str) -> str:
    """Which kind; blank: any."""
    if text and text not in KINDS:
        raise BadInput(told(gettext("%(given)s; choose one of %(known)s"), given=f"kind={text!r}", known=", ".join(KINDS)))
    return text


def all_of(this: Asked, agreements: Iterable[str], kind: str, party: str) -> list[Conflict]:
    """The conflicts under these agreements."""
    return [one for agreement in agreements for one in conflicts_under(this, agreement, kind, party)]


@with_form("conflicts.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    kind, scope = read_kind(form["given"]["kind"]), read_scope(request, this)
    agreement, party = (scope.agreement, scope.party) if scope is not None else ("", "")
    looked_at, pending = agreements_with(this, kind, agreement, party)
    successions = successions_denied(this, party) if kind in ("", "succession") and not agreement else []
    if file := as_file(
        request, this, "conflicts", lambda: [conflict_to_plain(one) for one in (*all_of(this, looked_at, kind, party), *successions)], pending
    ):
        return file
    part = part_of(request, looked_at, EACH)
    context = {
        **form,
        "found": all_of(this, part.items, kind, party),
        "successions": successions if part.start == 1 else [],
        "part": part,
        "pending": pending,
    }
    return page(request, "conflicts.html", context)
