"""Questions that a few words may mean: a party and an agreement, two parties, two parties and a level, a party alone or with a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from comity.web.asking import Asked
from comity.web.linking import href
from comity.web.naming import nearest
from comity.web.nearness import folded

SMALL = frozenset({"is", "bound", "by", "may", "give", "and", "between", "in", "force", "what", "does", "must", "owe", "owes", "the", "to", "with"})
"""Words of a question that say nothing about whom or what it is."""
EACH = 3
PERIOD = re.compile(r"(?:1[7-9]|20)[0-9]{2}(?:-q[1-4])?")
"""A year or a quarter, of which there is a report."""


class Offer(NamedTuple):
    """A question, and the page of its answer."""

    title: str
    link: str


def offers(this: Asked, words: str) -> list[Offer]:
    """What may be asked with these words."""
    wanted = [word for word in dict.fromkeys(folded(words).split()) if word not in SMALL]
    named = [(word, code) for word in wanted if (code := _party(this, word))]
    rest = [word for word in wanted if word not in dict(named)]
    found: list[Offer] = [_report(this, named[0][1], word) for word in rest if PERIOD.fullmatch(word)] if len(named) == 1 else []
    if len(named) == 2:
        found += _of_two(this, named[0][1], named[1][1], rest)
    if named and len(wanted) > 1:
        word, code = named[0]
        found += _bound(this, code, [other for other in wanted if other != word])
    elif named:
        found += _of_one(this, named[0][1])
    return found


def _party(this: Asked, word: str) -> str:
    """The party of this code or name; no party begins with fewer than four letters of its name."""
    parties = this.record.register.parties
    if word.upper() in parties:
        return word.upper()
    if len(word) <= 3:
        return ""
    names = this.ask("names of parties", lambda _: [(p.code, folded(this.name(p.code))) for p in parties.values() if p.exists_on(this.on)])
    named = [code for code, name in names if name.startswith(word)]
    return named[0] if len(named) == 1 else ""


def _of_one(this: Asked, party: str) -> Iterator[Offer]:
    name = this.name(party)
    yield Offer(_("What does %(party)s owe?") % {"party": name}, href(this.carried, "must", party=party))
    yield Offer(_("What is on the desk of %(party)s today?") % {"party": name}, href(this.carried, "today", party=party))


def _report(this: Asked, party: str, period: str) -> Offer:
    said = {"party": this.name(party), "period": period.upper()}
    return Offer(_("What did %(party)s do in %(period)s?") % said, href(this.carried, "reports", party=party, period=period.upper()))


def _of_two(this: Asked, first: str, second: str, rest: Sequence[str]) -> Iterator[Offer]:
    """What is in force between the two; where a level is named, which the first or an organisation has, whether it may be given."""
    names = {"first": this.name(first), "second": this.name(second)}
    if not rest:
        link = href(this.carried, "ask", question="between", party=first, other=second)
        yield Offer(_("What is in force between %(first)s and %(second)s?") % names, link)
    for ladder in this.record.ladders if rest else ():
        own, called = ladder.owner == first, " ".join(rest)
        found = next((level for level in ladder.levels if level.is_called(called)), None)
        if found is None:
            continue
        level = next((name for name in found.also if own and folded(name) == called), found.name)
        if own or this.record.register.parties[ladder.owner].kind == "organisation":
            link = href(this.carried, "may", do="release", from_=first, to=second, level=level, policy="" if own else ladder.policy)
            yield Offer(_("May %(first)s give %(second)s what is marked %(level)s?") % {**names, "level": level}, link)


def _bound(this: Asked, party: str, wanted: Sequence[str]) -> Iterator[Offer]:
    for agreement, short in nearest(this, " ".join(wanted))[:EACH]:
        said = {"party": this.name(party), "agreement": short}
        link = href(this.carried, "ask", question="bound", party=party, agreement=agreement)
        yield Offer(_("Is %(party)s bound by “%(agreement)s”?") % said, link)
