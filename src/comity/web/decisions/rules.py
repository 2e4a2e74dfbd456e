"""Rules of decision on record: which body decides what by which rule, in words, with its article, and how many vote on the day."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from comity.standing import Standing
from comity.terms import Verdict
from comity.votes import NamedRule, Roll, roll, rule_in_words, rule_named, rule_to_plain, rules_on_record
from comity.web.asking import Asked, page
from comity.web.forms import filled_in, with_form
from comity.web.paging import part_of
from comity.web.tables import as_file

FIELDS = ("of",)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule with who votes under it on the day; None: that is still being derived."""

    named: NamedRule
    roll: Roll | None

    @property
    def takes(self) -> str:
        """What it takes to be adopted."""
        return rule_in_words(self.named.rule)

    @property
    def unsure(self) -> int:
        """Of how many it is not sure that they vote."""
        return (
            0
            if self.roll is None
            else sum(seat.counts is not Verdict.YES or seat.has_vote not in (Verdict.YES, Verdict.NO) for seat in self.roll.seats)
        )


def every_rule(this: Asked) -> list[NamedRule]:
    """Every rule that holds on the day."""
    return this.ask("rules of decision", rules_on_record)


def roll_of(this: Asked, named: NamedRule) -> Roll:
    """Who votes under a rule on the day, kept."""
    return this.ask(("roll", named.name), lambda standing: roll(standing, named))


def rule_of(this: Asked, name: str) -> NamedRule:
    """The rule of that name on the day; BadInput or NotOnRecord say what is near."""
    return this.ask(("rule of decision", name), lambda standing: rule_named(standing, name))


def chosen(this: Asked, of: str) -> list[NamedRule]:
    """Those of one agreement or body, or all; NotOnRecord offers what is near."""

    def asked(standing: Standing) -> list[NamedRule]:
        return rules_on_record(standing, of)

    return this.ask(("rules of decision", of.casefold()), asked) if of else every_rule(this)


def with_rolls(this: Asked, rules: Sequence[NamedRule]) -> tuple[list[Ruled], list[str]]:
    """Each with who votes under it, as far as that is found out within the page's patience; and the agreements that have to be left out for now."""
    until = time.monotonic() + this.held.patience
    found, pending = list[Ruled](), dict[str, None]()
    for named in rules:
        late = time.monotonic() > until
        found.append(Ruled(named, None if late else roll_of(this, named)))
        if late:
            pending[named.agreement.id] = None
    return found, list(pending)


def ruled_to_plain(one: Ruled) -> dict[str, Any]:
    """A rule with who votes, as plain data."""
    who = one.roll
    return {
        **rule_to_plain(one.named),
        "members": None if who is None else len(who.seats),
        "without_vote": None if who is None else [seat.code for seat in who.seats if seat.has_vote is Verdict.NO],
        "in_doubt": None if who is None else one.unsure,
        "complete": None if who is None else who.complete,
    }


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Of which body or agreement."""
    every = every_rule(this)
    return {"given": filled_in(request, *FIELDS), "bodies": sorted({one.rule.body for one in every}), "every": len(every)}


@with_form("decisions/rules.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    rules = chosen(this, form["given"]["of"])
    if request.GET.get("format", "html") != "html":
        found, pending = with_rolls(this, rules)
        if file := as_file(request, this, "decision-rules", lambda: [ruled_to_plain(one) for one in found], pending):
            return file
    part = part_of(request, rules)
    shown, pending = with_rolls(this, part.items)
    return page(request, "decisions/rules.html", {**form, "part": part, "rules": shown, "number": len(rules), "pending": pending})
