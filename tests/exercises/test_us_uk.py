"""The exercises of the data set, and of the United States and the United Kingdom, are what a plain reading of its file says."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

from comity.interoperability import TrainingMap
from tests.exercises import us_uk_page
from tests.registers.register_tables import DATA, needs_data

FOLDER = Path(DATA or ".")
Key = tuple[str, str, str, str]


def _file() -> dict[Key, list[dict[str, str]]]:
    """The rows of each exercise, straight from the file: a number and a first day are one exercise."""
    found = defaultdict[Key, list[dict[str, str]]](list)
    with next(FOLDER.rglob("mme-v7-long.csv")).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["MMEID"], row["s.year"], row["s.month"], row["s.day"]].append(row)
    return dict(found)


def _named(rows: list[dict[str, str]]) -> bool:
    """Is anybody named in it who can be a party? (A group of states, and South Vietnam after its end, are none.)"""
    return any(row["country"] not in ("-9", "NA", "", "Baltic States") and row["gwcode"] != "817" for row in rows)


@needs_data
def test_every_exercise_is_taken_as_it_is_and_counts_by_year_are_those_of_the_file() -> None:
    rows, of = _file(), TrainingMap(us_uk_page.whole(FOLDER))
    assert len({number for number, *_ in rows}) == 3_704
    assert len(rows) == 3_707, "three numbers stand for two exercises each"
    assert sum(day == "xx" for *_, day in rows) == 814
    wanted = {(number, f"{int(y):04d}-{m.zfill(2)}-{d.zfill(2)}"): some for (number, y, m, d), some in rows.items() if _named(some)}
    told = {(held.parts[0].act.partition("-")[0], held.starts): held for held in of.exercises}
    assert told.keys() == wanted.keys()
    assert len(told) == len(of.exercises) == 3_616
    assert Counter(starts[:4] for _, starts in told) == Counter(starts[:4] for _, starts in wanted)
    for key, held in told.items():
        row = wanted[key][0]
        columns = {"Land": "land", "Air": "air", "Sea": "sea", "Amphibious": "amphibious", "Cyber": "cyber", "CPX": "command-post"}
        columns |= {"Warfighting": "warfighting", "Peacekeeping": "peacekeeping", "Humanitarian": "humanitarian"}
        assert all(part.named - {"any"} == {word for column, word in columns.items() if row[column] == "1"} for part in held.parts), key


@needs_data
def test_the_two_were_together_as_often_in_each_year_as_the_file_says() -> None:
    of = TrainingMap(us_uk_page.whole(FOLDER))
    both = [key for key, some in _file().items() if {"2", "200"} <= {row["gwcode"] for row in some}]
    assert Counter(held.starts[:4] for held in of.together(us_uk_page.PAIR)) == Counter(year for _, year, *_ in both)
    assert len(both) == 429


@needs_data
def test_the_page_and_its_picture_are_what_the_data_say_today() -> None:
    """python -m tests.exercises.us_uk_page writes them anew."""
    assert us_uk_page.PAGE.read_text(encoding="utf-8") == us_uk_page.page(FOLDER)
    assert us_uk_page.PICTURE.read_text(encoding="utf-8") == us_uk_page.picture(FOLDER)
