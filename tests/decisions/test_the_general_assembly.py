"""All recorded votes of the General Assembly, counted under the rules on record, beside the file itself and what was published of single votes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from comity.votes import Outcome
from oracles import decisions as slow
from tests.decisions import general_assembly_page
from tests.decisions.bundled import rolled
from tests.registers.register_tables import DATA, needs_data

FOLDER = Path(DATA or ".")
ADOPTED, NOT_ADOPTED = Outcome.ADOPTED, Outcome.NOT_ADOPTED


@cache
def _file() -> dict[int, Counter[str]]:
    """How many voted how in each vote, straight from the file."""
    votes = pl.read_parquet(next(FOLDER.rglob("un_votes.parquet")))
    return {int(number): Counter(cast) for number, cast in votes.group_by("rcid").agg(pl.col("vote").cast(pl.String)).rows()}


@needs_data
def test_every_vote_of_the_file_is_read_as_one_members() -> None:
    there = general_assembly_page.read(FOLDER)
    assert (len(there.calls), there.votes, there.not_named) == (6_203, 870_109, ())
    assert {call.number: Counter(call.ballots.values()) for call in there.calls} == _file()


@needs_data
def test_majorities_and_two_thirds_are_those_of_plain_numbers() -> None:
    """But where somebody had no seat, or may have had none, or too few voted."""
    compared = 0
    for vote in general_assembly_page.replayed(FOLDER):
        if vote.unseated or vote.perhaps or Outcome.NO_QUORUM in vote.outcomes(general_assembly_page.ORDINARY):
            continue
        cast, compared = _file()[vote.call.number], compared + 1
        majority, thirds = cast["yes"] > cast["no"], cast["yes"] * 3 >= (cast["yes"] + cast["no"]) * 2 and cast["yes"] > 0
        told = [vote.outcomes(rule) for rule in general_assembly_page.RULES]
        assert told == [(ADOPTED if holds else NOT_ADOPTED,) for holds in (majority, thirds)], vote.call.number
    assert compared > 5_900


@needs_data
def test_every_hundredth_vote_is_counted_as_the_slow_reading_counts_it() -> None:
    for vote in general_assembly_page.replayed(FOLDER)[::100]:
        for rule in general_assembly_page.RULES:
            told = set()
            for day in {vote.call.first, vote.call.last}:
                there = rolled(rule, f"{day}")
                electors = [slow.Elector(seat.code, {}, True, vote.call.ballots.get(seat.code)) for seat in there.seats]
                told.add(slow.count(there.rule, electors).outcome)
            assert told <= {outcome.value for outcome in vote.outcomes(rule)}, vote.call.number


@needs_data
@pytest.mark.parametrize(
    ("number", "cast", "outcome", "source"),
    [
        (52, "31-20-5", ADOPTED, "Google Books 4mSK7RZdk5gC, page 138: the plenary decided that it was important and required two thirds"),
        (69, "29-16-8", NOT_ADOPTED, "Documents on Australian Foreign Policy, volume 12, no. 40: 29 to 16, no two thirds"),
        (91, "25-20-10", NOT_ADOPTED, "New Zealand, Appendix to the Journals 1949: the paragraph on prior consultation failed of two thirds"),
        (164, "33-17-8", NOT_ADOPTED, "New Zealand, Appendix to the Journals 1950: the clause on Tripolitania failed of the necessary majority"),
        (168, "35-19-4", NOT_ADOPTED, "New Zealand, Appendix to the Journals 1950: so did that on Somaliland"),
        (433, "33-17-9", ADOPTED, "resolution 957 (X) of 8 November 1955 was adopted: pleadings in the case on Judgement No. 158, icj-cij.org"),
        (672, "43-22-32", NOT_ADOPTED, "Foreign Relations of the United States 1958-1960, volume XIV, no. 289: no two thirds"),
        (929, "66-48-7", ADOPTED, "Press (Christchurch), 1 December 1966: upheld by 66 to 48"),
        (930, "46-57-17", NOT_ADOPTED, "Press (Christchurch), 1 December 1966: defeated by 57 to 46"),
        (1184, "53-56-19", NOT_ADOPTED, "Foreign Relations of the United States 1969-1976, volume V, no. 430"),
        (1185, "61-53-15", ADOPTED, "the same: the motion for priority approved"),
        (1186, "55-59-15", NOT_ADOPTED, "the same: the important question resolution defeated"),
        (1189, "51-61-16", NOT_ADOPTED, "the same: the separate vote rejected"),
        (1190, "76-35-17", ADOPTED, "the same: the Albanian resolution adopted"),
        (885, "47-47-20", NOT_ADOPTED, "Press (Christchurch), 1 December 1966: a tie in the year before"),
        (1120, "51-49-25", NOT_ADOPTED, "memory: a majority, and no two thirds"),
        (523, "41-30-10", NOT_ADOPTED, "memory: no two thirds, which the Assembly had asked for by 38 to 36"),
    ],
)
def test_a_vote_came_out_as_it_was_published(number: int, cast: str, outcome: Outcome, source: str) -> None:
    vote = next(one for one in general_assembly_page.replayed(FOLDER) if one.call.number == number)
    assert (general_assembly_page.cast(vote), vote.outcome) == (cast, outcome), source


@needs_data
def test_nothing_that_is_named_as_a_resolution_failed() -> None:
    told = [vote for vote in general_assembly_page.replayed(FOLDER) if vote.call.adopted]
    assert len(told) > 4_000
    assert [vote.call.number for vote in told if vote.outcome is not ADOPTED] == []


@needs_data
def test_the_page_is_what_the_data_say_today() -> None:
    """python -m tests.decisions.general_assembly_page writes it anew."""
    assert general_assembly_page.PAGE.read_text(encoding="utf-8") == general_assembly_page.page(FOLDER)
