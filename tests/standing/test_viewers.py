"""One record, several viewers: what a viewer may not see is not there for him, not even by its name."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.standing import Standing
from comity.standing import plain as plainly
from comity.terms import PUBLIC, Verdict
from tests.book.folders import ENTRY, LATER, LEAVE, SECRET, agreement, rows, told

TODAY = date(2020, 1, 1)
STORY = f"""
AAA ratify 2000-02-01
BBB ratify 2000-03-01
CCC accede 2000-04-01
BBB denounce 2003-01-01 {SECRET} releasable_to=AAA source="cipher"
"""
COMPLETE = '\n[[coverage]]\nthrough = 2030-01-01\nsource = "a list"\n'
"""BBB's notice is secret, released to AAA. Everybody but AAA, BBB and the keeper believes that BBB is still bound."""


@pytest.fixture
def seen(tmp_path: Path) -> dict[str | None, Standing]:
    opened = told(tmp_path, STORY, agreement(ENTRY, LATER, LEAVE, COMPLETE))
    return {who: opened.standing(on=date(2005, 1, 1), known=TODAY, viewer=who) for who in (None, "AAA", "BBB", "CCC", "public")}


@pytest.mark.parametrize(("viewer", "verdict"), [(None, "no"), ("AAA", "no"), ("BBB", "no"), ("CCC", "yes"), ("public", "yes")])
def test_each_is_answered_from_what_he_may_see(seen: dict[str | None, Standing], viewer: str | None, verdict: str) -> None:
    answer = seen[viewer].bound("BBB", "pact")
    assert answer.verdict == verdict
    noted = any("one who sees more might get another answer" in note for note in answer.notes)
    assert noted == (viewer is not None), "who sees less is told so, whatever he might be missing; the keeper sees everything"


@pytest.mark.parametrize("viewer", ["CCC", "public"])
def test_nothing_that_is_told_holds_a_word_of_a_hidden_act(seen: dict[str | None, Standing], viewer: str) -> None:
    standing = seen[viewer]
    on = date(2003, 7, 1)
    everything = [
        *(plainly.answer_to_plain(a) for a in (standing.in_force("pact"), standing.bound("BBB", "pact"), standing.between("AAA", "BBB", "pact"))),
        *(plainly.change_to_plain(c) for c in standing.timeline("pact")),
        *(plainly.coming_to_plain(c) for c in Standing(standing.record, on=on, known=TODAY, viewer=viewer).upcoming()),
        *(plainly.finding_to_plain(f) for f in standing.findings()),
        *(plainly.answer_to_plain(a) for a in standing.agreements_between("AAA", "BBB")),
        standing.status("pact"),
        standing.contested(),
    ]
    words = json.dumps(everything, default=str)
    assert "pact-BBB-denounce" not in words
    assert "cipher" not in words
    assert "2003-07-01" not in words


@pytest.mark.parametrize("viewer", ["CCC", "public"])
def test_whether_an_answer_may_rest_on_memory_is_not_told_from_hidden_acts(tmp_path: Path, viewer: str) -> None:
    """A hidden act from memory may not show by a note of the agreement."""
    opened = told(tmp_path, STORY + f"CCC sign 2000-01-05 basis=memory {SECRET}", agreement(ENTRY, LEAVE, COMPLETE))
    assert opened.standing(on=date(2005, 1, 1), known=TODAY).depends_on_memory("pact")
    assert not opened.standing(on=date(2005, 1, 1), known=TODAY, viewer=viewer).depends_on_memory("pact")


def test_an_answer_carries_the_join_of_the_labels_of_the_acts_it_rests_on(seen: dict[str | None, Standing]) -> None:
    left = seen["AAA"].bound("BBB", "pact").label
    assert (left.classification, left.releasable_to, left.originator) == ("SECRET", ("AAA",), "BBB")
    assert seen["AAA"].bound("AAA", "pact").label == PUBLIC
    assert seen["CCC"].bound("BBB", "pact").label == PUBLIC


def test_every_changes_reason_on_a_timeline_is_for_the_viewer_only(seen: dict[str | None, Standing]) -> None:
    keeper = {(c.on, c.party, c.mode) for c in seen[None].timeline("pact", "BBB")}
    public = {(c.on, c.party, c.mode) for c in seen["public"].timeline("pact", "BBB")}
    assert keeper - public == {(date(2003, 7, 1), "BBB", "former")}


def test_a_denial_that_a_viewer_may_not_see_contests_nothing_for_him(tmp_path: Path) -> None:
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA deny 2000-04-01 replies_to=pact-BBB-ratify {SECRET}"
    opened = told(tmp_path, story)
    keeper, public = (opened.standing(on=date(2005, 1, 1), known=TODAY, viewer=v) for v in (None, "public"))
    assert keeper.in_force("pact").verdict is Verdict.CONTESTED
    assert public.in_force("pact").verdict is Verdict.YES
    assert public.contested() == []


def test_a_correction_that_a_viewer_may_not_see_corrects_nothing_for_him(tmp_path: Path) -> None:
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB retract 2000-04-01 replies_to=pact-BBB-ratify {SECRET}"
    opened = told(tmp_path, story)
    keeper, public = (opened.standing(on=date(2005, 1, 1), known=TODAY, viewer=v) for v in (None, "public"))
    assert keeper.in_force("pact").verdict is Verdict.NO
    assert public.in_force("pact").verdict is Verdict.YES


def test_a_contested_answers_label_joins_the_acts_of_every_reading(tmp_path: Path) -> None:
    """The reading that a secret denial makes is shown: so the answer is as secret as the denial."""
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nAAA deny 2000-04-01 replies_to=pact-BBB-ratify {SECRET} source=cipher"
    answer = told(tmp_path, story).standing(on=date(2005, 1, 1), known=TODAY).in_force("pact")
    assert answer.verdict is Verdict.CONTESTED
    assert answer.label.classification == "SECRET"


def test_an_answer_with_findings_of_a_secret_act_is_as_secret_as_that(tmp_path: Path) -> None:
    """A finding names an act: BBB's second, secret withdrawal of consent came too late. The answer shows it, so it carries its label."""
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB withdraw-consent 2001-01-01 {SECRET}"
    answer = told(tmp_path, story).standing(on=date(2005, 1, 1), known=TODAY).bound("BBB", "pact")
    assert any("pact-BBB-withdraw-consent" in finding for finding in answer.findings)
    assert answer.label.classification == "SECRET"


LEANS = """
[[clause]]
kind = "entry-into-force"
article = "1"
says = "In force when the pact is."
source = "the text"
when = { kind = "in-force", agreement = "pact" }
"""


def test_an_answer_that_rests_on_another_agreements_secret_act_is_as_secret_as_that(tmp_path: Path) -> None:
    """The annex is in force because the pact is, and the pact is because of an act that not everybody may see."""
    files: dict[str, str | bytes] = {"agreements/annex.toml": agreement(LEANS, COMPLETE, name="annex")}
    files["acts/annex.csv"] = rows("AAA ratify 2000-02-01\nBBB ratify 2000-03-01", on="annex")
    opened = told(tmp_path, f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01 {SECRET}", files=files)
    keeper, public = (opened.standing(on=date(2005, 1, 1), known=TODAY, viewer=v) for v in (None, "public"))
    assert public.in_force("annex").verdict is Verdict.NO
    assert keeper.in_force("annex").verdict is Verdict.YES
    assert keeper.in_force("annex").label.classification == "SECRET"


def test_a_hidden_second_record_of_an_act_does_not_show_in_the_label(tmp_path: Path) -> None:
    """Two records of one act under one reference, one of them secret: who may not see that gets a public answer with a public label."""
    story = f"AAA ratify 2000-02-01\nBBB ratify 2000-03-01\nBBB ratify 2000-04-01 {SECRET}"
    opened = told(tmp_path, story)
    answer = opened.standing(on=date(2005, 1, 1), known=TODAY, viewer="public").in_force("pact")
    assert (answer.verdict, answer.since, answer.label) == (Verdict.YES, date(2000, 3, 1), PUBLIC)
