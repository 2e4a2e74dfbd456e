"""The slow reference, the explained path and the table of questions give the same outcomes: exhaustively in small worlds."""

from __future__ import annotations

import os

import numpy as np
import pytest

from comity.permissions.activities import may_do
from comity.permissions.bulk import OUTCOMES, Bulk
from comity.permissions.lines import Outcome
from comity.permissions.releasing import Releasing
from oracles import activities, releases
from tests.permissions.small_worlds import activity_world, every_question, release_lines

SLICE = int(os.environ.get("COMITY_SLICE", "0"))
WORLDS = 3
ACTIVITIES = 20_000


@pytest.mark.parametrize("seed", [SLICE * WORLDS + world for world in range(WORLDS)])
def test_the_table_says_what_the_reference_says_about_every_question_of_a_small_world(seed: int) -> None:
    lines = release_lines(seed)
    bulk = Bulk(lines)
    column = bulk.decide(bulk.table(every_question()))
    wanted = np.array([OUTCOMES.index(releases.may_release(asked, lines)) for asked in every_question()])
    assert len(wanted) > 400_000
    differ = np.flatnonzero(column != wanted)
    assert not len(differ), [(every_question()[i], OUTCOMES[column[i]], OUTCOMES[wanted[i]]) for i in differ[:2]]


@pytest.mark.parametrize("seed", range(SLICE * 5, SLICE * 5 + 5))
def test_the_explained_path_says_what_the_reference_says(seed: int) -> None:
    lines = release_lines(seed)
    releasing = Releasing(lines)
    for asked in every_question()[seed % 7 :: 17]:
        assert releasing.decide(asked).outcome is releases.may_release(asked, lines), asked


def test_an_activity_comes_out_as_the_reference_has_it_day_by_day_and_thing_by_thing() -> None:
    seen = set()
    for seed in range(SLICE * ACTIVITIES, (SLICE + 1) * ACTIVITIES):
        asked, lines, consents = activity_world(seed)
        outcome = may_do(asked, lines, consents).outcome
        assert outcome is activities.may_do(asked, lines, consents), (seed, asked, lines, consents)
        seen.add(outcome)
    assert seen == set(Outcome)
