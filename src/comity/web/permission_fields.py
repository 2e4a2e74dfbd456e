"""The form of a question about a permission: the six kinds of it, the fields that each needs, and the words on record to fill them with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _of

from comity.agreements.allowances import Allowance, Release
from comity.web.asking import Asked

MARKS = ("level", "policy", "category", "caveat", "rel", "originator", "item")
MORE = ("purpose", "thing", "for", "until")


@dataclass(frozen=True, slots=True)
class Doing:
    """One kind of question: its name in the URL, on its tab, and as what stands between the two parties in a sentence."""

    name: str
    tab: str | Promise
    does: str | Promise


DOINGS = (
    Doing("release", _("Give information"), _of("may", "give")),
    Doing("station", _("Station forces"), _of("may", "station forces in")),
    Doing("supply", _("Supply"), _of("may", "supply")),
    Doing("train", _("Train"), _of("may", "train")),
    Doing("transfer", _("Transfer technology"), _of("may", "transfer technology to")),
    Doing("overfly", _("Fly over"), _of("may", "fly over")),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """Words on record that a field can be filled with; any other word may be written too."""

    levels: list[tuple[str, str]]
    policies: list[tuple[str, str]]
    categories: list[str]
    caveats: list[str]
    purposes: list[str]
    things: list[str]


def offered(this: Asked, doing: str) -> Offered:
    """What the policies on record call their levels and marks, and the purposes and things that clauses are about."""
    ladders = sorted(this.record.ladders, key=lambda ladder: ladder.policy)
    words = this.ask(("words of clauses", doing), lambda _: list(dict.fromkeys(_words(this, doing))))
    return Offered(
        levels=[(level.name, ladder.policy) for ladder in ladders for level in sorted(ladder.levels, key=lambda level: level.rank)],
        policies=[(ladder.policy, this.name(ladder.owner)) for ladder in ladders],
        categories=_each(name for which, name in words if which == "category")
        or _each(category.name for ladder in ladders for category in ladder.categories),
        caveats=_each(caveat.name for ladder in ladders for caveat in ladder.caveats),
        purposes=_each(name for which, name in words if which == "purpose"),
        things=_each(name for which, name in words if which == "thing"),
    )


def _words(this: Asked, doing: str) -> Iterator[tuple[str, str]]:
    """Every purpose, thing and category that a clause about this kind of question names."""
    known = (this.record.agreement(a, this.known) for a in this.fold.wanted)
    for clause in (clause for agreement in known for clause in agreement.clauses):
        if isinstance(clause, Release) and doing == "release":
            yield from (("purpose", word) for word in clause.purposes)
            yield from (("category", word) for word in clause.categories)
        elif isinstance(clause, Allowance) and clause.activity == doing:
            yield from (("purpose", word) for word in clause.purposes)
            yield from (("thing", word) for word in (*clause.covers, *clause.excludes))


def _each(words: Iterator[str]) -> list[str]:
    return sorted(set(words), key=str.casefold)
