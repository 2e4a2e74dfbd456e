"""What answers about permissions say is what was read and kept: see told.py."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import comity
from comity.permissions import ActivityQuestion, Offence, Permissions, ReleaseQuestion, of_label
from comity.permissions.bulk import Bulk
from comity.permissions.lines import Lines, Outcome, ReleaseAsked, ReleaseLine
from comity.terms import PUBLIC, BadInput, Label, NotOnRecord, Verdict
from tests.permissions import told

KEPT: dict[str, Any] = json.loads(told.PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return told.told()


@pytest.fixture(scope="module")
def permissions() -> Permissions:
    return Permissions(comity.open(told.HERE / "book").standing(**told.ASKED["an equal level"][2]))


@pytest.mark.parametrize("name", KEPT)
def test_an_answer_says_word_for_word_what_was_kept(found: dict[str, Any], name: str) -> None:
    assert found[name] == KEPT[name]


def test_every_answer_is_kept(found: dict[str, Any]) -> None:
    assert list(found) == list(KEPT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"giver": "ALF", "taker": "ALF", "level": "DEEP"}, "release from ALF to ALF: name two different parties"),
        ({"giver": "BET", "taker": "ALF", "level": "QUIET"}, "whose marking is 'QUIET'? it owns BET, BET2; say it with --policy"),
        ({"giver": "GAM", "taker": "ALF", "level": "DEEP"}, "no classification policy of GAM is on record; say it with --policy"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused_in_one_line(permissions: Permissions, question: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=r".") as refused:
        permissions.release(ReleaseQuestion(**question))
    assert says in str(refused.value)


def test_a_level_that_stands_on_no_ladder_is_told_with_those_that_do(permissions: Permissions) -> None:
    with pytest.raises(NotOnRecord, match="OPEN, CLOSE, DEEP, DEEPEST"):
        permissions.release(ReleaseQuestion(giver="ALF", taker="BET", level="DEAP"))


@pytest.mark.parametrize("activity", ["supply", "station"])
def test_an_activity_of_one_party_with_itself_is_refused(permissions: Permissions, activity: str) -> None:
    with pytest.raises(BadInput, match="name two different parties"):
        permissions.activity(ActivityQuestion(activity=activity, doer="ALF", counterpart="ALF"))


def test_an_activity_that_ends_before_it_begins_is_refused(permissions: Permissions) -> None:
    with pytest.raises(BadInput, match="until 2001-01-01 is before 2012-01-01"):
        permissions.activity(ActivityQuestion(activity="supply", doer="ALF", counterpart="BET", until=date(2001, 1, 1)))


def test_a_label_makes_the_question_that_it_stands_for(permissions: Permissions) -> None:
    label = Label(policy="ALF", classification="DEEP", caveats=("ALF ONLY",), originator="ALF")
    assert permissions.release(of_label(label, "ALF", "BET")).mode == str(Outcome.FORBIDDEN)
    assert permissions.release(of_label(PUBLIC, "GAM", "BET")).verdict is Verdict.YES


def test_who_may_try_is_unknown_where_no_such_agreement_is_on_record_by_then() -> None:
    early = date(2012, 1, 1)
    offence = Offence(person="force", punishable_by=frozenset(["sending", "host"]))
    answer = Permissions(comity.open(told.HERE / "book").standing(on=early, known=early)).jurisdiction("GAM", "BET", offence)
    assert (answer.verdict, answer.mode) == (Verdict.UNKNOWN, "GAM and BET, BET first")


@pytest.mark.parametrize("pair", [("GAM", "GAM"), ("BET", "BET")])
def test_a_claim_or_an_offence_between_one_and_itself_is_refused(permissions: Permissions, pair: tuple[str, str]) -> None:
    with pytest.raises(BadInput, match="name two different parties"):
        permissions.claim(pair[0], [pair[1]])


def test_a_table_refuses_more_categories_than_fit_one_number() -> None:
    asked = ReleaseAsked("A", "B", "p", "1", "A", 1, frozenset(f"c{i}" for i in range(63)))
    with pytest.raises(BadInput, match="more than 62 different special categories"):
        Bulk(Lines()).table([asked])
    assert len(Bulk(Lines()).table([asked._replace(categories=frozenset(f"c{i}" for i in range(62)))])[0]) == 1


def test_a_table_refuses_more_names_than_fit_one_number() -> None:
    with pytest.raises(BadInput, match="more than 32768 different names"):
        Bulk(Lines()).table(ReleaseAsked(f"g{i}", f"t{i}", "p", "1", "A", 1) for i in range(16_385))
    assert len(Bulk(Lines()).table(ReleaseAsked(f"g{i}", f"t{i}", "p", "1", "g0", 1) for i in range(16_384))[0]) == 16_384


def test_a_table_of_no_lines_and_one_of_no_questions_come_out_empty_handed() -> None:
    line = ReleaseLine("x", 0, "A", "B", "p", "1", "A", "p", "1", 0, 9, Verdict.YES)
    bulk = Bulk(Lines((line,)))
    assert list(bulk.decide(bulk.table([]))) == []
