"""The reading says no more than its figures: each number in it is one of them, and no sentence speaks of causes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from comity.effects import EffectFindings, EffectSentence, EstimatorRow, reading
from comity.effects.wording import told
from tests.effects.effects_drawn import findings

OVERCLAIMS = ("causes", " cause ", "deters", "prevents", "works", "proves", "no effect", "significant", "because of", "leads to", "thanks to")


def numbers_in(found: EffectFindings, sentence: EffectSentence) -> set[str]:
    """The numbers of a sentence, without those in names of estimators and columns, and without the interval's level."""
    says = sentence.says
    for name in (*(row.estimator for row in found.rows), "95%"):
        says = says.replace(name, "")
    return set(re.findall(r"-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?", says))


def shown(sentence: EffectSentence) -> set[str]:
    found = set[str]()
    for _, value in sentence.figures:
        if not isinstance(value, str):
            found |= {told(value), f"{value:,}", str(value)}
    return found | ({"0.001"} if "p < 0.001" in sentence.says else set())


def test_every_number_in_a_sentence_is_one_of_its_figures() -> None:
    for seed in range(600):
        found = findings(seed)
        for sentence in reading(found):
            assert numbers_in(found, sentence) <= shown(sentence), sentence


def test_no_sentence_says_more_than_that_two_things_go_together() -> None:
    for seed in range(600):
        for sentence in reading(findings(seed)):
            assert not [word for word in OVERCLAIMS if word in sentence.says.lower()], sentence
            assert sentence.says.endswith(".")
            assert sentence.says.count("  ") == 0


def test_an_interval_that_holds_zero_is_never_read_as_that_there_is_none() -> None:
    (last,) = [one for seed in range(600) for one in reading(findings(seed))[-1:] if ("verdict", "not told from none") in one.figures][:1]
    assert re.fullmatch(r"This data cannot tell an effect of t on y from none: the dyadic-robust intervals together reach from .*\.", last.says)


@pytest.mark.parametrize(("fails", "says"), [
    (True, "Pre-trends fail (p = 0.02, pair errors): pairs that came to be treated moved otherwise than the others before they were. "
           "The event study and the linear two-way estimate do not show what the treatment did."),
    (False, "Pre-trends do not show (p = 0.02, pair errors): this does not prove that there are none."),
])  # fmt: skip
def test_pre_trends_are_read_either_way(fails: bool, says: str) -> None:
    found = next(one for seed in range(600) if (one := findings(seed)).checks and one.checks[0].name == "pre-trends")
    check = replace(found.checks[0], fails=fails, figures=(("p", 0.02),), errors="pair")
    (told_of,) = [one for one in reading(replace(found, checks=(check,))) if one.rule == "pre-trends"]
    assert told_of.says == says


def test_who_refuses_is_named_among_the_doubts() -> None:
    found = next(one for seed in range(3000) if ("verdict", "goes together") in reading(one := findings(seed))[-1].figures)
    assert reading(found)[-1].says.startswith(
        "Where t holds, y is higher, by every estimator here and in most specifications. This is an association,"
    )
    more = replace(found, rows=(*found.rows, EstimatorRow("event study", "", "", "probability", None, refusal="nobody switches")))
    assert reading(more)[-1].says == "This data does not settle whether t changes y: no number from event study."
