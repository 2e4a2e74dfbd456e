"""The Defense Cooperation Agreement Dataset (DCAD): each agreement of two states with its sectors, its days and what is not known of it.

Negative codes and blanks stand for what is not known; only what is said is taken. Without a year of entry into force that is unknown, not never.
Of an end the data set says whether there was one and for how many years the agreement ran, no day: it is some day about that year.
``endYearEstimate`` is the data set's estimate, and ends nothing here.
Source: Kinne (2020), The Defense Cooperation Agreement Dataset, Journal of Conflict Resolution 64(4), 729-755.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from comity.parties import Register
from comity.registers.clauses import consented, covered, ended, entered, established, obligation
from comity.registers.conflicts import Claim
from comity.registers.naming import Namer
from comity.registers.taking import NotTaken, Rows, Table, Taken, an_agreement_a_row, each, moment_of
from comity.terms import BadInput, Moment, parse_moment

ID = "dcad"
CITED = "Defense Cooperation Agreement Dataset (DCAD) 1.0 (Kinne 2020)"
THROUGH = date(2010, 12, 31)


def from_dcad(rows: Rows, parties: Register) -> Taken:
    """Agreements of two states from the data set's main file (one a row)."""
    table, namer = list(each(rows)), Namer(parties, ID)
    mostly = _codes_of_names(table)
    return an_agreement_a_row(ID, table, lambda row: _taken(row, namer, mostly), namer.lacking)


def claims_of_dcad(rows: Rows) -> tuple[list[Claim], dict[str, str]]:
    """The days of signature and of entry into force that the data set gives in full, and the names of the agreements."""
    found, titles = list[Claim](), dict[str, str]()
    for row in each(rows):
        id_ = f"dcad-{row['DCAid'].rpartition('-')[2]}"
        titles[id_] = f"{row['cowName1']}-{row['cowName2']} {row['type']} {row['category1']} {row['signYear']}"
        given = {
            about: moment_of(*(row[f"{stem}{part}"] for part in ("Year", "Month", "Day")))
            for about, stem in (("signed", "sign"), ("in_force", "EIF"))
        }
        days = {about: moment.first for about, moment in given.items() if moment is not None and moment.certain}
        found += [Claim(id_, about, day, f"{CITED}, {row['DCAid']}", None, days) for about, day in days.items()]
    return found, titles


def _codes_of_names(table: list[dict[str, str]]) -> dict[str, str]:
    """With which code each name stands most often."""
    counts = Counter((row[f"cowName{n}"], row[f"ccode{n}"]) for row in table for n in (1, 2))
    return {name: code for (name, code), _ in sorted(counts.items(), key=lambda item: item[1])}


def _taken(row: Mapping[str, str], namer: Namer, mostly: Mapping[str, str]) -> tuple[Table, list[dict[str, str]], list[NotTaken]] | NotTaken:
    where = row["DCAid"]
    try:
        signed = moment_of(row["signYear"], row["signMonth"], row["signDay"])
        begun = moment_of(row["EIFYear"], row["EIFMonth"], row["EIFDay"])
    except BadInput as problem:
        return NotTaken(where, "no day", str(problem))
    if signed is None:
        return NotTaken(where, "no day", "the year of signature is not given")
    two = []
    for n in (1, 2):
        code, name = row[f"ccode{n}"], row[f"cowName{n}"]
        if mostly[name] != code:
            return NotTaken(where, "code and name differ", f"code {code} stands with the name {name}, which is elsewhere that of code {mostly[name]}")
        meant = namer.of_code("cow", code, signed.last)
        if meant.code is None:
            return NotTaken(where, "no party", meant.why)
        two.append(meant.code)
    if two[0] == two[1]:
        return NotTaken(where, "no two parties", f"codes {row['ccode1']} and {row['ccode2']} are both {two[0]}")
    notes = list[NotTaken]()
    if begun is None:
        notes.append(NotTaken(where, "entry into force not said", "no year of entry into force is given: unknown", "EIF"))
    elif begun.last < signed.first:
        notes.append(NotTaken(where, "in force before signature", f"in force from {begun}, signed on {signed}: taken from the signature on", "EIF"))
    agreement, acts = _book(row, two, signed, begun)
    return agreement, acts, notes


def _book(row: Mapping[str, str], two: list[str], signed: Moment, begun: Moment | None) -> tuple[Table, list[dict[str, str]]]:
    id_ = f"dcad-{row['DCAid'].rpartition('-')[2]}"
    source = f"{CITED}, {row['DCAid']}" + (f"; there: {row['source']}" if row.get("source") else "")
    over = _over(row, begun or signed)
    given = {"agreement": id_, "made": signed.written, "source": source, "basis": "register"}
    acts = [{"ref": f"{id_}-{party}-sign", "kind": "sign", "actor": party, **given} for party in two]
    acts += established(id_, "DCAD", begun, over if begun else None, source)
    sectors = [row[f"category{n}"] for n in (1, 2, 3) if row.get(f"category{n}")]
    clauses = [consented(source), *entered(begun, source), *ended(over if begun else None, source)]
    says = f"{row['type'].capitalize()} agreement on defence cooperation, sector"
    clauses += [obligation("cooperation", f"{says} {one}.", source, two) for one in sectors]
    ends = row["terminated"] in ("0", "1")
    agreement: dict[str, object] = {
        "id": id_,
        "title": f"Defence cooperation agreement {row['DCAid']} of {two[0]} and {two[1]} ({signed.first.year}): {', '.join(sectors)}",
        "short": row["DCAid"],
        "concluded": signed.first,
        "subjects": ["defence cooperation", row["type"], *(one.lower() for one in sectors)],
        "note": _note(row, signed, begun),
        "clause": clauses,
        "coverage": [covered(source, signed.first, THROUGH, () if ends else ("sign", "accede"))],
    }
    if row.get("UNTS"):
        agreement["registration"] = f"UNTS {row['UNTS']} (as the data set has it)"
    return agreement, acts


def _over(row: Mapping[str, str], since: Moment) -> Moment | None:
    """About when it ended, if the data set says that it did and for how many years it ran."""
    if row["terminated"] != "1" or not row.get("durationActual", "").isdigit():
        return None
    return parse_moment(f"{since.first.year + int(row['durationActual'])}~")


def _note(row: Mapping[str, str], signed: Moment, begun: Moment | None) -> str:
    told = ["What the data set says of an agreement, not its text."]
    told.append({"1": "It ended.", "0": "It had not ended by 2010."}.get(row["terminated"], "Whether it ended is not known."))
    if row["terminated"] == "1" and row.get("durationActual"):
        told.append(f"It ran for {row['durationActual']} years, as the data set counts; no day is given, so that its end is about that year.")
    if row.get("endYearEstimate"):
        told.append(f"The data set estimates that it held to {row['endYearEstimate']}: an estimate, no act of ending.")
    if begun is None:
        told.append("It gives no year of entry into force: whether it came into force is unknown.")
    if not signed.certain:
        told.append(f"Its signature is given as {signed.written} only: the day of conclusion here is the first that this can be.")
    return " ".join(told)
