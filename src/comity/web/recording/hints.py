"""What a document's text may tell about the act: days, parties, agreements and registrations that are written there. Offers, and nothing more.

Days are found as they are written in English, French, Spanish, German and Arabic, and as 2024-03-07 or 07.03.2024; days in words alone, and those
of which it cannot be told which number is the month, are not. Parties and agreements are found by the names that are on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.agreements import Registered, registrations_in
from comity.web.asking import Asked
from comity.web.attached.marking import folded_with_places
from comity.web.attached.reading import Text
from comity.web.nearness import folded

READ = 200_000
"""So many characters are looked through."""
EACH = 8
"""So many of a kind are offered."""
SHORTEST_NAME, SHORTEST_TITLE = 4, 10
_MONTHS = (
    "january janvier enero januar janner يناير كانون_الثاني",
    "february fevrier febrero februar فبراير شباط",
    "march mars marzo marz مارس آذار",
    "april avril abril أبريل نيسان",
    "may mai mayo مايو أيار",
    "june juin junio juni يونيو حزيران",
    "july juillet julio juli يوليو تموز",
    "august aout agosto أغسطس آب",
    "september septembre septiembre setiembre سبتمبر أيلول",
    "october octobre octubre oktober أكتوبر تشرين_الأول",
    "november novembre noviembre نوفمبر تشرين_الثاني",
    "december decembre diciembre dezember ديسمبر كانون_الأول",
)
_NUMBER = {folded(name.replace("_", " ")): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "|".join(sorted(map(re.escape, _NUMBER), key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?<![\w.])(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<d1>\d{{1,2}})\s?(?:st|nd|rd|th|er|e|o|\.)?\s+(?:day\s+of\s+|de\s+)?(?P<m1>{_MONTH}),?\s+(?:del?\s+|of\s+)?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}})\.\s?(?P<m3>\d{{1,2}})\.\s?(?P<y3>\d{{4}})"
    rf"|(?P<d4>1[3-9]|2\d|3[01])/(?P<m4>\d{{1,2}})/(?P<y4>\d{{4}}))(?!\w|[./-]\d)"
)
_EASTERN = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
EARLIEST, LATEST = 1600, 2200
"""Years between which a day is offered."""
Pages = Sequence[str]
TAKEN = ("made", "received", "notified", "effect", "counterparty", "depositary", "registration")
"""The fields into which something that was found may be taken."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that stands in the text: its value for a field, how it is written or called, on which page first, and how often."""

    value: str
    called: str
    page: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Hints:
    """What was found, each kind in the order in which it comes, or what comes most often first."""

    days: Sequence[Hint]
    parties: Sequence[Hint]
    agreements: Sequence[Hint]
    registrations: Sequence[Hint]

    @property
    def some(self) -> bool:
        return bool(self.days or self.parties or self.agreements or self.registrations)


def hints_of(this: Asked, text: Text, actor: str) -> Hints:
    """What the text names that is on record, or could be a day; ``actor``: whose act it is, who is not offered."""
    pages, left = list[str](), READ
    for page in text.pages:
        pages.append(page[:left])
        left = max(0, left - len(page))
    plain = [folded(page) for page in pages]
    known = [this.record.agreement(one, this.known) for one in this.record.ids if this.record.has_agreement(one, this.known)]
    titles = ((name, one.id) for one in known for name in (one.short, one.title, *one.titles.values()) if len(name) >= SHORTEST_TITLE)
    names = ((n.name, p.code) for p in this.record.register.parties.values() for n in p.names if len(n.name) >= SHORTEST_NAME)
    parties = sorted((hint for hint in _named(plain, names) if hint.value != actor), key=lambda hint: -hint.times)
    registrations = list(_registrations(plain))
    return Hints(days_in(pages, text.in_order), parties[:EACH], list(_named(plain, titles))[:EACH], registrations[:EACH])


def days_in(pages: Pages, in_order: bool = True) -> list[Hint]:
    """The days that are written in a text, each once, in the order in which they come. ``in_order``: digits of a writing from right to left stand as
    they are read; where that is not sure, as in a PDF, days in such digits are left out.
    """
    found: dict[str, Hint] = {}
    for number, text in enumerate(pages, 1):
        plain, places = folded_with_places(text)
        for written in _WRITTEN.finditer(plain):
            if (day := _day(written.groupdict())) is not None and (in_order or not _EASTERN.search(written[0])):
                called = text[places[written.start()] : places[written.end() - 1] + 1]
                found.setdefault(day.isoformat(), Hint(day.isoformat(), " ".join(called.split()), number))
    return list(found.values())[:EACH]


def _day(parts: Mapping[str, str | None]) -> date | None:
    """The day, if there is such a day."""
    given = {name: text for name, text in parts.items() if text is not None}
    if "iso" in given:
        year, month, day = given["iso"].split("-")
    else:
        year, month, day = (next(text for name, text in given.items() if name[0] == part) for part in "ymd")
    try:
        found = date(int(year), _NUMBER.get(month) or int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _named(pages: Pages, names: Iterable[tuple[str, str]]) -> Iterator[Hint]:
    """What is called so on the pages, the longest name where one stands within another."""
    meant = {folded(name): (name, value) for name, value in names}
    if not meant:
        return
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(meant, key=len, reverse=True))) + r")(?!\w)")
    found: dict[str, Hint] = {}
    for number, text in enumerate(pages, 1):
        for written in pattern.finditer(" ".join(text.split())):
            name, value = meant[written[0]]
            before = found.get(value, Hint(value, name, number, 0))
            found[value] = Hint(value, before.called, before.page, before.times + 1)
    yield from found.values()


def _registrations(pages: Pages) -> Iterator[Hint]:
    found: dict[str, Hint] = {}
    for number, text in enumerate(pages, 1):
        for one in registrations_in(text, bare=False):
            found.setdefault(_as_written(one), Hint(_as_written(one), one.cited or f"{one.series} {one.number}", number))
    yield from found.values()


def _as_written(one: Registered) -> str:
    """As a book writes it."""
    printed = ", ".join(f"{name} {number}" for name, number in (("volume", one.volume), ("page", one.page)) if number is not None)
    if one.number is None:
        return f"{one.series} {printed}"
    return f"{one.series} {one.number}" + (f" ({printed})" if printed else "")
