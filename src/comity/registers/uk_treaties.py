"""UK Treaties Online: what the register says of a treaty as its own claims; who signed a bilateral one, as signatures on the register's word.

Each date there is a day of an event and, for some, the day from which it had effect. A claim is made on the day of the event and says the day
of effect, or that of the event where no other is given; its note has both. A list of countries under a treaty of many tells who took part
some time, not who signed then: nobody's signature is made of it. In mixed case stand territories, which are no parties.
Source: Vienna Convention on the Law of Treaties, articles 24, 25, 54; UK Treaties Online (FCDO), fields of a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.parties import Register
from comity.registers.conflicts import Claim
from comity.registers.naming import Namer
from comity.registers.taking import NotTaken, Rows, Table, Taken, an_agreement_a_row, details, each, plain

ID = "uk-treaties"
CITED = "UK Treaties Online (FCDO)"
What = Literal["signed", "adopted", "provisional", "in_force", "ended", "withdrawn"]
FIELDS: tuple[tuple[What, str, str], ...] = (
    ("signed", "signed_event_date", ""),
    ("adopted", "adopted_event_date", ""),
    ("provisional", "provisional_eif_event_date", ""),
    ("in_force", "definative_eif_event_date", "definative_eif_event_effective_date"),
    ("ended", "terminated_event_date", "terminated_event_effective_date"),
    ("withdrawn", "withdrawn_event_date", "withdrawn_event_effective_date"),
)
"""What a claim is about, and the columns of the event and of its effect."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What the register says of one treaty: the day of the event, and of its effect where another is given."""

    what: What
    event: date | None
    effective: date | None

    @property
    def day(self) -> date | None:
        """The day from which it holds, as the register says."""
        return self.effective or self.event


def dates_of(row: Mapping[str, str]) -> list[Dated]:
    """Every date in a record of the register. ValueError if one is no day."""
    found = [Dated(what, _day(row.get(event, "")), _day(row.get(effect, ""))) for what, event, effect in FIELDS]
    return [one for one in found if one.day is not None]


def from_uk_treaties(rows: Rows, parties: Register) -> Taken:
    """Claims and signatures from the register's records (columns as in its export: id, title, field3, country_name, the dates, references)."""
    namer = Namer(parties, ID)
    return an_agreement_a_row(ID, each(rows), lambda row: _taken(row, namer), namer.lacking)


def claims_of_uk_treaties(rows: Rows) -> tuple[list[Claim], dict[str, str]]:
    """Every day that the register gives of a treaty, as its claim, with the other days beside it; and the titles by agreement."""
    found, titles = list[Claim](), dict[str, str]()
    for row in filter(is_treaty, each(rows)):
        dates = dates_of(row)
        also: dict[str, date] = {dated.what: dated.day for dated in dates if dated.day is not None}
        titles[agreement_of(row)] = " ".join(row["title"].split())
        for dated in dates:
            own = {name: day for name, day in (("event", dated.event), ("effective", dated.effective)) if day is not None}
            found.append(Claim(agreement_of(row), dated.what, also[dated.what], f"{CITED}, record {row['id']}", None, {**also, **own}))
    return found, titles


def agreement_of(row: Mapping[str, str]) -> str:
    """The id of the agreement that a record of the register is."""
    return f"uk-{row['id']}"


def is_treaty(row: Mapping[str, str]) -> bool:
    """Is the record a treaty, and not a paper of a series, which has neither form nor dates?"""
    return bool(row.get("field3"))


def _taken(row: Mapping[str, str], namer: Namer) -> tuple[Table, list[dict[str, str]], list[NotTaken]] | NotTaken:
    where = f"{row['id']} {row['title'][:80]}"
    if not is_treaty(row):
        return NotTaken(where, "no treaty", "the record is neither bilateral nor multilateral: a paper of a series, not a treaty")
    try:
        dates = dates_of(row)
    except ValueError as problem:
        return NotTaken(where, "no day", str(problem))
    if not dates:
        return NotTaken(where, "no date", "the record gives no date of any event, so that nothing dated comes of it")
    acts, parts = [_claim(row, dated) for dated in dates], list[NotTaken]()
    signed = next((d.event for d in dates if d.what == "signed"), None)
    if signed is not None and row["field3"] == "BI":
        found, parts = _signatures(row, signed, namer, where)
        acts += found
    elif signed is not None and row.get("country_name"):
        parts.append(_unsaid(where))
    return _agreement(row, dates), acts, parts


def _unsaid(where: str) -> NotTaken:
    says = "the list of countries tells who took part some time, not who signed on that day"
    return NotTaken(where, "who signed is not said", says, "countries")


def _signatures(row: Mapping[str, str], signed: date, namer: Namer, where: str) -> tuple[list[dict[str, str]], list[NotTaken]]:
    """The signatures of the two under a bilateral treaty; of more than two it is not said who signed."""
    acts, parts = dict[str, dict[str, str]](), list[NotTaken]()
    names = _countries(row)
    for name in names:
        if name != name.upper():
            parts.append(NotTaken(where, "a territory", f"{name!r} is listed as a territory, not as who signed", name))
    states = [name for name in names if name == name.upper()]
    if len(states) > 2:
        return [], [*parts, _unsaid(where)]
    for name in states:
        meant = namer.of_name(name, signed)
        if meant.code is None:
            parts.append(NotTaken(where, "no party", meant.why, name))
        elif meant.code in acts:
            parts.append(NotTaken(where, "named twice", f"{name!r} is {meant.code} again", name))
        else:
            acts[meant.code] = _signature(row, meant.code, name, signed)
    return list(acts.values()), parts


def _countries(row: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(" ".join(name.split()) for name in row.get("country_name", "").split(";") if name.strip()))


def _claim(row: Mapping[str, str], dated: Dated) -> dict[str, str]:
    event, effect = dated.event, dated.effective
    said = f"event {event}, effective {effect}" if event and effect else f"{'effective' if effect else 'event'} {effect or event}"
    note = {"withdrawn": "withdrawn, the register does not say by whom; ", "provisional": "provisional entry into force; "}.get(dated.what, "")
    return {
        "ref": f"uk-{row['id']}-{dated.what.replace('_', '-')}",
        "kind": "assert",
        "actor": "GBR",
        "agreement": agreement_of(row),
        "made": str(event or effect),
        "details": details(**{dated.what: str(dated.day)}, standing="register", note=plain(note + said)),
        "source": f"{CITED}, record {row['id']}",
        "basis": "register",
    }


def _signature(row: Mapping[str, str], party: str, name: str, day: date) -> dict[str, str]:
    return {
        "ref": f"uk-{row['id']}-{party}-sign",
        "kind": "sign",
        "actor": party,
        "agreement": agreement_of(row),
        "made": str(day),
        "as_named": name,
        "source": f"{CITED}, record {row['id']}",
        "basis": "register",
    }


def _agreement(row: Mapping[str, str], dates: list[Dated]) -> Table:
    concluded = next((d.day for d in dates if d.what in ("signed", "adopted")), None)
    title = " ".join(row["title"].split())
    note = "What its clauses say is not on record: what the register says of its life is compared, and makes nothing be in force."
    if concluded is None:
        note += " The register gives no day of signature or adoption: the day of conclusion here is the first day that it gives."
    found: dict[str, object] = {
        "id": agreement_of(row),
        "title": title,
        "short": title if len(title) < 90 else title[:87] + "...",
        "concluded": concluded or min(d.day for d in dates if d.day is not None),
    }
    if row.get("signed_event_location"):
        found["place"] = row["signed_event_location"].title() if row["signed_event_location"].isupper() else row["signed_event_location"]
    found["subjects"] = [row["subject"].lower()] if row.get("subject") else []
    found["official"] = row.get("document_url", "").replace("\\", "/")
    return found | {"note": note}


def _day(text: str) -> date | None:
    """A day as the register writes it: 26/07/1957."""
    return date(*(int(part) for part in reversed(text.split("/")))) if text else None
