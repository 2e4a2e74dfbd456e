"""The UN Treaty Collection's tables of participants: each dated entry as the act it stands for, on the register's word.

A table's column tells what its entries are: its name lists the acts, each with its letter, and the one without a letter is meant by an entry
without one. An entry that tells since when a participant applies a text, and not what it did, is the depositary's claim. Where two acts would
fit, none is taken.
Source: Vienna Convention on the Law of Treaties, articles 11 to 18 and 25; UN Treaty Collection, status tables.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources

from comity.parties import Register
from comity.registers.naming import Namer
from comity.registers.taking import NotTaken, Rows, Table, Taken, details, each
from comity.terms import BadInput, parse_day

ID = "un-treaties"
CITED = "UN Treaty Collection, status tables, as scraped to March 2015 (zmjones/untreaties 003ce13)"
_OPTION = re.compile(r"(.*?)\s*\(([A-Za-z]{1,2})\)")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_CONCLUDED = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})", re.IGNORECASE)

WORDS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("definitive signature or", "", {}),
    ("succession to signature", "succeed", {"to": "signature"}),
    ("signature ad referendum", "sign", {"ad_referendum": "yes"}),
    ("confirmation of signature", "confirm-signature", {}),
    ("definitive signature", "sign", {"definitive": "yes"}),
    ("signature", "sign", {}),
    ("formal confirmation", "confirm", {}),
    ("ratification", "ratify", {}),
    ("accession", "accede", {}),
    ("approval", "approve", {}),
    ("provisional acceptance", "", {}),
    ("definitive acceptance", "accept", {}),
    ("acceptance", "accept", {}),
    ("succession", "succeed", {}),
    ("consent to be bound", "accept", {}),
    ("provisional application", "apply-provisionally", {}),
    ("undertaking of provisional application", "apply-provisionally", {}),
    ("notification of non-provisional application", "notify", {"subject": "non-provisional application"}),
    ("notification", "notify", {"subject": "notification"}),
    ("simplified procedure", "assert", {"note": "bound by the simplified procedure"}),
    ("participation", "assert", {"note": "participation"}),
    ("application", "assert", {"note": "application"}),
)
"""How a table calls an act (by how the words begin), what kind of act that is (none: it may be two), and its details."""
NO_ACT = {
    "Date of Adoption": "the day of a decision about the participant, not of an act of its own",
    "Registration Date": "the day on which the Secretariat registered a declaration, not of an act of the participant",
}


def from_un_treaties(rows: Rows, parties: Register, index: Rows = (), held: Iterable[str] = ()) -> Taken:
    """Acts from the tables' entries (columns treaty, participant, col, date, flag).

    ``index``: titles by chapter and number (chapter_no, treaty_no, treaty_name). ``held``: agreements that the record has already: where one is
    the same treaty the acts stand under it; else under ``un-CHAPTER-NUMBER``.
    """
    namer, titles, there = Namer(parties, ID), _titles(index), set(held)
    acts, listed, count = list[dict[str, str]](), list[NotTaken](), 0
    days, seen, used = defaultdict[str, list[date]](list), defaultdict[str, int](int), set[str]()
    for row in each(rows):
        count += 1
        found = _act(row, namer, there)
        if isinstance(found, NotTaken):
            listed.append(found)
            continue
        stem = found["ref"]
        seen[stem] += 1
        if seen[stem] > 1:
            found["ref"] = f"{stem}-{seen[stem]}"
        used.add(found["actor"])
        days[row["treaty"]].append(parse_day(row["date"]))
        acts.append(found)
    agreements = tuple(_agreement(key, titles.get(key, ""), min(days[key])) for key in sorted(days) if agreement_of(key, there).startswith("un-"))
    return Taken(ID, count, len(acts), tuple(acts), agreements, namer.lacking(used), tuple(listed))


def same_agreements() -> dict[str, str]:
    """Which of the collection's treaties, by chapter and number, are agreements of the book that ships with Comity."""
    return dict(_ids())


def agreement_of(treaty: str, held: Iterable[str] = ()) -> str:
    """The id of the agreement for a treaty's chapter and number."""
    known = _ids().get(treaty)
    return known if known is not None and known in set(held) else f"un-{treaty}"


def kind_of(column: str, flag: str) -> tuple[str, dict[str, str]] | str:
    """What kind of act an entry of this column with this letter is, and its details; or why it is none."""
    if column in NO_ACT:
        return NO_ACT[column]
    options = [_option(part) for part in re.split(r", (?=[A-Z])", column)]
    said = [words for words, letter in options if letter == flag] or ([column] if len(options) == 1 and not flag else [])
    kinds = {(kind, tuple(given.items())) for kind, given in map(_kind, said)}
    if len(kinds) != 1 or ("", ()) in kinds:
        return f"{'the letter ' + flag if flag else 'no letter'} under {column!r} may mean {' or '.join(said) or 'nothing that the column names'}"
    kind, given = next(iter(kinds))
    return kind, {name: said[0] if (name, value) == ("note", "application") else value for name, value in given}


def _option(part: str) -> tuple[str, str]:
    match = _OPTION.fullmatch(part.strip())
    return (match[1], match[2]) if match else (part.strip(), "")


def _kind(words: str) -> tuple[str, Mapping[str, str]]:
    return next(((kind, given) for begin, kind, given in WORDS if words.casefold().startswith(begin)), ("", {}))


def _act(row: Mapping[str, str], namer: Namer, held: set[str]) -> dict[str, str] | NotTaken:
    where = f"{row['treaty']} {row['participant']} {row['col']} {row['date']} {row['flag']}".strip()
    try:
        day = parse_day(row["date"])
    except BadInput as problem:
        return NotTaken(where, "no day", str(problem))
    kind = kind_of(row["col"], row["flag"])
    if isinstance(kind, str):
        return NotTaken(where, "no act" if row["col"] in NO_ACT else "more than one act", kind)
    meant = namer.of_name(row["participant"], day)
    if meant.code is None:
        return NotTaken(where, "no party", meant.why)
    name, given = kind
    agreement = agreement_of(row["treaty"], held)
    act = {
        "ref": f"un-{row['treaty']}-{meant.code}-{name}",
        "kind": name,
        "actor": meant.code,
        "agreement": agreement,
        "made" if name in ("sign", "assert") else "received": row["date"],
        "depositary": "" if name in ("sign", "assert") else "UNSG",
        "details": details(**given),
        "as_named": row["participant"],
        "source": f"{CITED}: {row['treaty']}, {row['col'] if len(row['col']) < 60 else row['col'][:57] + '...'}",
        "basis": "register",
    }
    if name == "assert":
        act |= {"actor": "UNSG", "details": details(bound_from=row["date"], party=meant.code, standing="register", **given), "as_named": ""}
    return act


def _titles(index: Rows) -> dict[str, str]:
    return {f"{r['chapter_no']}-{r['treaty_no'].replace('.', '-')}": r["treaty_name"] for r in each(index)}


def concluded_on(title: str) -> date | None:
    """The day of conclusion that ends a title of the collection."""
    found = _CONCLUDED.findall(title)
    return date(int(found[-1][2]), _MONTHS.index(found[-1][1].lower()) + 1, int(found[-1][0])) if found else None


def _agreement(key: str, title: str, first: date) -> Table:
    concluded = concluded_on(title)
    chapter, _, number = key.partition("-")
    named = title or f"UN Treaty Collection, chapter {chapter}, number {number}"
    says = f"The UN Treaty Collection's table {key}."
    if concluded is None:
        says += " It gives no day of conclusion: the day here is that of the first act in the table."
    return {
        "id": f"un-{key}",
        "title": named,
        "short": named if len(named) < 90 else named[:87] + "...",
        "concluded": concluded or first,
        "depositary": ["UNSG"],
        "subjects": ["UN Treaty Collection"],
        "note": says + " What it says of its own entry into force is not on record, so that this is unknown.",
    }


@cache
def _ids() -> dict[str, str]:
    found = tomllib.loads((resources.files("comity.registers") / "un_ids.toml").read_text(encoding="utf-8"))
    return dict(found["ids"])
