"""The same treaty in two registers: by its registration number with the United Nations, by title and day, by title alone.

A title is its words without those that every title has. A treaty that fits two of the other register is matched with neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.registers import uk_treaties, un_treaties
from comity.registers.conflicts import Claim
from comity.registers.taking import Rows, each

By = Literal["registration", "title and day", "title"]
ALIKE = 0.6
"""So much of their words two titles share, where the day is the same too (words in both, of words in either)."""
_WORD = re.compile(r"[a-z0-9]+")
_COMMON = {
    "the",
    "of",
    "and",
    "on",
    "in",
    "for",
    "to",
    "a",
    "an",
    "with",
    "it",
    "their",
    "by",
    "between",
    "concerning",
    "relating",
    "at",
    "from",
    "or",
}
_REGISTRATION = re.compile(r"UN Registration\s+(\d+)")
_PLACE = re.compile(r"\.\s[^.]*\d{4}\s*$")


@dataclass(frozen=True, slots=True)
class Match:
    """One treaty in both registers: its chapter and number in the one, its record in the other, and what tells that it is the same."""

    un: str
    uk: str
    title: str
    by: By


def matched(index: Rows, records: Rows, registered: Mapping[str, str]) -> list[Match]:
    """Treaties of the UN's index that are in the UK register too. ``registered``: registration numbers, by chapter and number, where known."""
    uk = [row for row in each(records) if uk_treaties.is_treaty(row)]
    by_number, by_words = defaultdict[str, list[str]](list), defaultdict[frozenset[str], list[str]](list)
    by_day = defaultdict[date, list[dict[str, str]]](list)
    for row in uk:
        for number in set(_REGISTRATION.findall(row.get("references", ""))):
            by_number[number].append(row["id"])
        by_words[words_of(row["title"])].append(row["id"])
        for dated in uk_treaties.dates_of(row):
            if dated.what in ("signed", "adopted") and dated.day is not None:
                by_day[dated.day].append(row)
    found = []
    for row in each(index):
        key, title = f"{row['chapter_no']}-{row['treaty_no'].replace('.', '-')}", _PLACE.sub("", row["treaty_name"])
        words, day = words_of(title), un_treaties.concluded_on(row["treaty_name"])
        near = {r["id"]: _alike(words, words_of(r["title"])) for r in by_day.get(day, ())} if day is not None else {}
        tries: tuple[tuple[By, list[str]], ...] = (
            ("registration", by_number.get(registered.get(key, ""), [])),
            ("title and day", [id_ for id_, share in near.items() if share >= ALIKE and share == max(near.values())]),
            ("title", by_words.get(words, [])),
        )
        fits = next(((by, ids) for by, ids in tries if len(set(ids)) == 1), None)
        if fits is not None:
            found.append(Match(key, fits[1][0], title, fits[0]))
    twice = {uk_id for uk_id in (m.uk for m in found) if sum(m.uk == uk_id for m in found) > 1}
    return [m for m in found if m.uk not in twice]


def claims_of_both(matches: list[Match], index: Rows, records: Rows) -> tuple[list[Claim], dict[str, str]]:
    """What each of the two registers gives for the treaties that are in both, under the UN's id; and their titles.

    The UN's title ends with the day of conclusion; the UK has a day of signature, of adoption or both: where one of them agrees, nothing differs.
    """
    un = {f"{r['chapter_no']}-{r['treaty_no'].replace('.', '-')}": un_treaties.concluded_on(r["treaty_name"]) for r in each(index)}
    claims, _ = uk_treaties.claims_of_uk_treaties(records)
    of_record = defaultdict[str, list[Claim]](list)
    for claim in claims:
        of_record[claim.agreement].append(claim)
    found, titles = list[Claim](), dict[str, str]()
    for match in matches:
        concluded, id_ = un.get(match.un), f"un-{match.un}"
        titles[id_] = match.title
        own = of_record[f"uk-{match.uk}"]
        first = next((c for c in own if c.about in ("signed", "adopted")), None)
        found += [Claim(id_, c.about, c.day, c.source, c.party, c.also) for c in own if c.about not in ("signed", "adopted") or c is first]
        if concluded is None or first is None or concluded in (c.day for c in own if c.about in ("signed", "adopted")):
            continue
        found.append(Claim(id_, first.about, concluded, f"UN Treaty Collection, {match.un}", None, {first.about: concluded}))
    return found, titles


def words_of(title: str) -> frozenset[str]:
    """The words of a title that tell it from others."""
    return frozenset(word.rstrip("s") for word in _WORD.findall(title.casefold())) - _COMMON


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
