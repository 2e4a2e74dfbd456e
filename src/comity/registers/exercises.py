"""Multinational Military Exercises (MME): each state in each exercise as one act of taking part, with what is known of the days.

A day that is not given (``xx``) stays so. A number of the data set that stands for two exercises is told apart by its days. A participant
that is no party on record (a group of states, one that is not named) is listed.
Source: D'Orazio and Galambos (2021), Multinational Military Exercises dataset, version 7, doi:10.7910/DVN/KHFODX.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.parties import Register
from comity.registers.naming import Meant, Namer
from comity.registers.taking import NotTaken, Rows, Taken, details, each, moment_of, plain
from comity.terms import BadInput, Moment

ID = "mme"
CITED = "Multinational Military Exercises (MME) 7 (D'Orazio and Galambos 2021)"
NOTHING = ("", "NA", "-9")
COVERAGE = {
    "kinds": ["take-part"],
    "from": date(1980, 1, 1),
    "through": date(2010, 12, 31),
    "source": f"{CITED}: exercises of two and more states that news reported",
}
"""What the data set says that it covers: its silence is that of the news."""
DOMAINS = (("Land", "land"), ("Air", "air"), ("Sea", "sea"), ("Amphibious", "amphibious"), ("Cyber", "cyber"), ("CPX", "command-post"))
PURPOSES = (("Warfighting", "warfighting"), ("Peacekeeping", "peacekeeping"), ("Humanitarian", "humanitarian"))


def from_exercises(rows: Rows, parties: Register) -> Taken:
    """Acts of taking part from the data set's long file (one row for each exercise and state)."""
    namer, count = Namer(parties, ID), 0
    acts, listed, used = dict[str, dict[str, str]](), list[NotTaken](), set[str]()
    for row in each(rows):
        count += 1
        found = _act(row, namer)
        if isinstance(found, NotTaken):
            listed.append(found)
        elif found["ref"] in acts:
            listed.append(NotTaken(_where(row), "stands twice", f"{row['country']} is in this exercise already"))
        else:
            acts[found["ref"]] = found
            used.add(found["actor"])
    return Taken(ID, count, len(acts), tuple(acts.values()), (), namer.lacking(used), tuple(listed), (COVERAGE,))


def _where(row: Mapping[str, str]) -> str:
    return f"{row['MMEID']} {row['StartDate']} {row['country']}"


def _act(row: Mapping[str, str], namer: Namer) -> dict[str, str] | NotTaken:
    try:
        start = moment_of(row["s.year"], row["s.month"], row["s.day"])
        end = moment_of(row["e.year"], row["e.month"], row["e.day"])
    except BadInput as problem:
        return NotTaken(_where(row), "no day", str(problem))
    if start is None:
        return NotTaken(_where(row), "no day", "the year in which it started is not given")
    if row["country"] in NOTHING:
        return NotTaken(_where(row), "not named", "the participant is not named")
    meant = _party(row, start, namer)
    if meant.code is None:
        return NotTaken(_where(row), "no party", meant.why)
    name = "" if row["Ex_Name"] in NOTHING else row["Ex_Name"]
    return {
        "ref": f"{row['MMEID']}-{start.written}-{plain(name).replace(' ', '-').casefold()[:40]}-{meant.code}",
        "kind": "take-part",
        "actor": meant.code,
        "made": start.written,
        "details": details(
            activity=name or row["MMEID"],
            series="" if row["Series_Name"] in NOTHING else row["Series_Name"],
            starts=start.written,
            ends=end.written if end is not None else "",
            place="" if row["Location"] in NOTHING else row["Location"],
            domains=",".join(word for column, word in DOMAINS if row[column] == "1"),
            purposes=",".join(word for column, word in PURPOSES if row[column] == "1"),
        ),
        "as_named": row["country"],
        "source": f"{CITED}, {row['MMEID']}",
        "basis": "register",
    }


def _party(row: Mapping[str, str], start: Moment, namer: Namer) -> Meant:
    if row["gwcode"] in NOTHING:
        return namer.of_name(row["country"], start.last)
    return namer.of_code("gw", row["gwcode"], start.last)
