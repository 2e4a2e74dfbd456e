"""docs/explanation/us-uk-1980-2010.md and its picture, out of the data: ``python -m tests.exercises.us_uk_page`` writes them, a test compares.

It takes the book that ships with Comity and the acts of the data set of exercises together, as one ledger would have them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from comity import interoperability, networks
from comity.about import bundled_book
from comity.book import read_book, read_files
from comity.interoperability import ANY_CAPABILITY, CAPABILITIES, HeldCover, TrainingMap
from comity.registers import book_files, read_tables, take_rows
from comity.standing import Standing
from comity.terms import Verdict

DOCS = Path(__file__).parents[2] / "docs" / "explanation"
PAGE, PICTURE = DOCS / "us-uk-1980-2010.md", DOCS / "us-uk-1980-2010.svg"
PAIR = ("USA", "GBR")
ON, KNOWN = date(2010, 12, 31), date(2026, 11, 26)
TWO_YEARS = 730
NAMES = (ANY_CAPABILITY, *CAPABILITIES)
COMMANDS = """    comity sources fetch mme
    comity --ledger sqlite:///us-uk.db ledger init --origin desk.example/us-uk
    comity --ledger sqlite:///us-uk.db ledger import books/cases
    comity --ledger sqlite:///us-uk.db registers book mme mme-book
    comity --ledger sqlite:///us-uk.db ledger import mme-book
    comity --ledger sqlite:///us-uk.db exercises USA GBR --on 2010-12-31 --cover --json
    comity --ledger sqlite:///us-uk.db exercises USA GBR --on 2010-12-31 -o us-uk-1980-2010.svg
"""


@cache
def whole(folder: Path) -> Standing:
    """The bundled book and the exercises in the files of this folder, in one record."""
    book = read_book(bundled_book())
    files = {**book.files, **book_files("mme", read_tables("mme", folder), book.files)}
    both = read_files(files, "the book and the exercises")
    assert both.problems == ()
    return Standing(both.record, on=ON, known=KNOWN)


def page(folder: Path) -> str:
    """The whole page."""
    standing = whole(folder)
    of = TrainingMap(standing)
    covers = list(interoperability.held_covers(of, PAIR))
    return "\n".join([*_head(standing, of, folder), *_years(of), *_lulls(of), *_cover(covers), ""])


def picture(folder: Path) -> str:
    counts = interoperability.yearly(TrainingMap(whole(folder)), PAIR, CAPABILITIES)
    below = f"exercises on record that name it, by the year in which they began; {_all(counts)} in all"
    return networks.to_svg(networks.years_picture(counts, NAMES, "What USA and GBR trained together", below)) + "\n"


def _all(counts: dict[tuple[int, str], int]) -> int:
    return sum(number for (_, name), number in counts.items() if name == ANY_CAPABILITY)


def _head(standing: Standing, of: TrainingMap, folder: Path) -> Iterable[str]:
    taken = take_rows("mme", read_tables("mme", folder), standing.record.register)
    reasons = Counter(one.reason for one in taken.refused)
    listed = ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items()))
    yield "# The United States and the United Kingdom, 1980 to 2010"
    yield ""
    yield (
        "What the two trained together over thirty years, how often, where it paused, and on what legal basis the forces of one, or "
        "of both, were where they trained. Made by `python -m tests.exercises.us_uk_page` from the book that ships with Comity and "
        "the data set of Multinational Military Exercises (D'Orazio and Galambos 2021, doi:10.7910/DVN/KHFODX), of which nothing is "
        "shipped; a test makes it again. How it is told: [how interoperability is told](how-interoperability-is-told.md)."
    )
    yield ""
    yield "The same, at a desk:"
    yield ""
    yield COMMANDS
    yield "## What is on record"
    yield ""
    yield (
        f"The data set has {taken.rows:,} rows, one for a state in an exercise; {taken.taken:,} are acts of taking part now, and "
        f"{len(taken.refused)} were not taken ({listed}). They tell of {len(of.exercises):,} exercises; in the others nobody is named "
        f"who is a party on record. Of {sum(not _certain(e.starts) for e in of.exercises)} of them the day of the start is not known, "
        f"and stays so. The two were together in {len(of.together(PAIR))}."
    )
    yield ""
    yield "The data set is of what news reported. What it does not have may have been all the same."
    yield ""


def _certain(written: str) -> bool:
    return "xx" not in written


def _years(of: TrainingMap) -> Iterable[str]:
    counts = interoperability.yearly(of, PAIR, CAPABILITIES)
    yield "## How often, by year"
    yield ""
    yield f"![Exercises of both by year and capability]({PICTURE.name})"
    yield ""
    yield "An exercise is in each column that it names, and in the year of the first day on which it can have begun."
    yield ""
    yield f"| year | {' | '.join(NAMES)} |"
    yield f"|---|{'---|' * len(NAMES)}"
    for year in sorted({year for year, _ in counts}):
        yield f"| {year} | {' | '.join(str(counts[year, name] or '') for name in NAMES)} |"
    yield f"| all | {' | '.join(str(sum(n for (_, c), n in counts.items() if c == name)) for name in NAMES)} |"
    unsaid = sum(not any(part.named & set(CAPABILITIES[:6]) for part in held.parts) for held in of.together(PAIR))
    yield ""
    yield f"Of {unsaid} of these exercises the data do not say in what domain they were: each may have been in any."
    yield ""


def _lulls(of: TrainingMap) -> Iterable[str]:
    yield "## Where it paused for more than two years"
    yield ""
    yield (
        "From the latest day on which an exercise that surely trained it can have ended, to the earliest on which the next can have "
        "begun. *May have*: exercises in between of which the record leaves open whether they trained it."
    )
    yield ""
    yield "| capability | after | until | days | may have |"
    yield "|---|---|---|---|---|"
    for name in NAMES:
        for lull in interoperability.lulls(of, PAIR, name, TWO_YEARS):
            yield f"| {name} | {lull.after} | {lull.before} | {lull.days:,} | {lull.possible} |"
    yield ""
    first = {name: of.training(PAIR, name) for name in NAMES}
    late = "; ".join(f"{name} {one.first[1]}" for name, one in first.items() if one.first[1] is not None and one.first[1].year > 1980)
    yield f"First on record later than 1980: {late}. Before 1980 nothing is covered."
    yield ""
    yield (
        "On 31 December 2010, with half faded in two years (an assumption), at the least this much was left: "
        + ", ".join(f"{name} {one.recency[0]:.2f}" for name, one in first.items())
        + ". A day later the record is no longer complete, and what was trained since is not known."
    )
    yield ""


def _cover(covers: list[HeldCover]) -> Iterable[str]:
    where = Counter(one.whereabouts.where for one in covers)
    yield "## On what legal basis"
    yield ""
    yield (
        f"Of the {len(covers)} exercises the place names the territory of one party on record, or of several, in {where['territory']}; "
        f'{where["at sea"]} were at sea, where there is no host; of {where["unknown"]} it cannot be told from the words ("Central '
        'Europe", "Middle East", or none), so that their cover is unknown.'
    )
    yield ""
    yield (
        "For each guest two questions are asked, for the first day on which the exercise can have begun, through its last: may its "
        "forces come (*entry*), and has their *status* a basis? Each counts once for each guest, exercise and territory."
    )
    yield ""
    yield "| where | asked | entry: yes | no | other | status: yes | no | other | status rests on |"
    yield "|---|---|---|---|---|---|---|---|---|"
    asked = [(guest.host, guest) for one in covers for guest in one.guests if guest.stationing is not None]
    hosts = Counter(host for host, _ in asked)
    totals = Counter[tuple[str, str]]()
    for host, number in sorted(hosts.items(), key=lambda item: (-item[1], item[0])):
        found, rests = Counter[tuple[str, str]](), Counter[str]()
        for at, guest in asked:
            if at == host and guest.stationing is not None:
                for name, answer in (("entry", guest.stationing.entry), ("status", guest.stationing.status)):
                    found[name, str(answer.verdict)] += 1
                if guest.stationing.status.verdict is Verdict.YES:
                    rests.update({v.split()[0] for v in guest.stationing.status.versions if not v.startswith("law of treaties")})
        totals += found
        yield f"| {host} | {number} | {_three(found, 'entry')} | {_three(found, 'status')} | {', '.join(sorted(rests)) or ''} |"
    yield f"| all | {len(asked)} | {_three(totals, 'entry')} | {_three(totals, 'status')} | |"
    yield ""
    yield "Why entry is not *yes*:"
    yield ""
    yield from _why(covers)
    yield ""
    yield (
        "What this says, and what it does not: the agreements that the book has give the forces of allies a status, and leave it to "
        "each host to let them come. Consents and invitations to single exercises are acts that a host's own record would have; this "
        "one has none, so that *no* means *not provided for on this record*, not that anybody came without leave."
    )


def _three(found: Counter[tuple[str, str]], name: str) -> str:
    other = sum(n for (what, verdict), n in found.items() if what == name and verdict not in ("yes", "no"))
    return f"{found[name, 'yes'] or ''} | {found[name, 'no'] or ''} | {other or ''}"


def _why(covers: list[HeldCover]) -> Iterable[str]:
    reasons, hosts = Counter[str](), defaultdict[str, set[str]](set)
    for one in covers:
        for guest in one.guests:
            if guest.stationing is not None and guest.stationing.entry.verdict is not Verdict.YES:
                says = guest.stationing.decided_by.removeprefix("entry: ")
                says = says.replace(guest.guest, "the guest").replace(guest.host, "the host")
                reasons[says] += 1
                hosts[says].add(guest.host)
    yield "| what lacks | how often | where |"
    yield "|---|---|---|"
    for says, number in reasons.most_common():
        yield f"| {says} | {number} | {', '.join(sorted(hosts[says]))} |"


if __name__ == "__main__":
    from tests.registers.register_tables import DATA

    assert DATA is not None
    PAGE.write_text(page(Path(DATA)), encoding="utf-8", newline="\n")
    PICTURE.write_text(picture(Path(DATA)), encoding="utf-8", newline="\n")
