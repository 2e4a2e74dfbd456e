"""Every process and every limit is well-formed data: it names kinds of act and conferences that there are, says how it was read, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.about import Opened
from comity.acts import kinds
from comity.exercises import Process, constraints, process_of, processes
from comity.exercises.design import MEASURES
from comity.exercises.lives import ABOUT
from comity.exercises.processes import START
from comity.terms import BadInput

READ = {"text", "secondary", "memory"}
BY = {"anyone", "host", "owner", "approver", "scheduling", "conducting", "directing"}
FOLDER = Path(__file__).parents[2] / "src" / "comity" / "exercises" / "processes"


@pytest.mark.parametrize("process", processes().values(), ids=lambda one: one.id)
def test_a_process_names_what_there_is_and_says_where_it_is_read(process: Process) -> None:
    assert process.source
    assert (FOLDER / f"{process.id}.toml").is_file()
    assert [stage.number for stage in process.stages] == list(range(len(process.stages)))
    assert len({step.id for step in process.steps}) == len(process.steps)
    for stage in process.stages:
        assert stage.steps, f"{stage.id}: a gate that asks for nothing is none"
        assert stage.read in READ
        assert stage.source or stage.read != "secondary", stage.id
    for step in process.steps:
        assert step.act in kinds(), step.id
        assert step.act in ABOUT, step.id
        assert step.read in READ
        assert step.source or step.read != "secondary", step.id
        assert step.by in BY
        assert step.number >= 1
        assert step.before in (None, START, *process.conferences)
        assert step.conference in (None, *process.conferences)
        assert (step.product is not None) == (step.act == "approve-product")
        assert (step.conference is not None) == (step.act == "confer")
    assert process.steps[-1].act == "take-part"


def test_natos_stages_are_those_of_the_directive_of_2023() -> None:
    process = process_of("nato")
    assert [(stage.number, stage.id) for stage in process.stages] == [(0, "initiation"), (1, "specification"), (2, "planning"), (3, "conduct")]
    assert {step.read for step in process.steps if step.product is not None or step.conference is not None} == {"memory"}


def test_a_process_that_there_is_not_is_told() -> None:
    with pytest.raises(BadInput, match="no process 'waltz'; choose one of admm-plus, bilateral, nato"):
        process_of("waltz")


def test_a_limit_is_of_an_agreement_on_record_and_says_how_it_was_read(bundled: Opened) -> None:
    known = bundled.book.record.ids
    assert len({one.id for one in constraints()}) == len(constraints()) == 4
    for one in constraints():
        assert one.agreement in known
        assert one.read in READ
        assert one.source
        assert set(one.above) <= set(MEASURES)
        assert one.most >= 1
        assert one.years >= 0
