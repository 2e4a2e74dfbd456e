"""The rules of strategies: those that keep every rule pass, and every rule, broken in many ways, is found and named, as the slow reading has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from comity.planning import strategy_in
from comity.strategies import REMARKS, STRATEGY_RULES, StrategyKnown, check_strategy, remarks_on, strategy_text
from comity.terms import BadInput, parse_day
from tests.strategies.comparing import NAMES, VALID, fast, known_of, often_broken, remarks_agree, said, slowly
from tests.strategies.drawn import made

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explanation" / "how-strategies-are-checked.md").read_text(encoding="utf-8")
SMALL = strategy_text("Small", "AAA", parse_day("2028-01-01"), parse_day("2031-12-31"))
KNOWN = StrategyKnown(frozenset({"AAA"}), frozenset({"pact"}), frozenset({"act-1"}), {"kept": "share"})


def broken(old: str, new: str) -> set[tuple[str, str]]:
    """What the small strategy breaks once some of its text is otherwise."""
    assert old in SMALL, old
    text = SMALL.replace(old, new, 1)
    return {(flaw.rule, flaw.where) for flaw in check_strategy(strategy_in(text.encode(), "small.toml").strategy, KNOWN)}


def test_strategies_that_keep_every_rule_pass() -> None:
    for seed in range(VALID):
        assert fast(made(seed)) == slowly(made(seed)) == set(), seed


def test_what_is_broken_is_found_and_named_as_the_slow_reading_has_it() -> None:
    for number, (case, wanted, _) in enumerate(said()):
        assert fast(case) == wanted, number


def test_what_is_remarked_is_what_the_slow_reading_remarks() -> None:
    assert remarks_agree()
    assert {rule for _, _, remarked in said() for rule, _ in remarked} == {rule.__name__.replace("_", "-") for rule in REMARKS}


def test_each_rule_is_broken_among_the_drawn_strategies() -> None:
    counted = often_broken()
    assert {name: counted[name] for name in NAMES if counted[name] < 2} == {}


def test_the_text_has_each_rule_under_its_number_and_name() -> None:
    section = TEXT.partition("## 2. ")[2].partition("## 3. ")[0]
    told = [line for line in section.splitlines() if line[:1].isdigit()]
    assert [line.partition(",")[0] for line in told] == [f"{number}. *{name}*" for number, name in enumerate(NAMES, 1)]
    assert len(NAMES) == len(STRATEGY_RULES) == 42


CONSULTED = '[[stakeholder]]\nid = "x"\ntitle = "X"\nkind = "organisation"\nrole = "consulted"\n'
BROKEN: Mapping[str, tuple[str, str, str]] = {
    "id": ('id = "small"', 'id = "sm;all"', "the strategy"),
    "version": ("version = 1", "version = 0", "the strategy"),
    "dates": ("until = 2031-12-31\nowner", "until = 2027-12-31\nowner", "the strategy"),
    "twice": ("[[interest]]", '[[interest]]\nid = "interest"\ntext = "again"\n[[interest]]', "interest interest"),
    "named": ('uses = ["input"]', 'uses = ["input", "money"]', "activity activity"),
    "stakeholder": ('lead = "ministry"', 'lead = "nobody"', "initiative initiative"),
    "party": ('party = "AAA"\nrole', "role", "stakeholder ministry"),
    "on-record": ('party = "AAA"', 'party = "ZZZ"', "stakeholder ministry"),
    "role": ('role = "owner"', 'role = "informed"', "stakeholder ministry"),
    "consultation": (
        "[[interest]]",
        '[[stakeholder]]\nid = "x"\ntitle = "X"\nkind = "organisation"\nrole = "consulted"\n[[interest]]',
        "stakeholder x",
    ),
    "specific": ('who = "ministry"', 'who = ""', "objective objective"),
    "measurable": ('unit = "number"', 'unit = ""', "objective objective"),
    "achievable": ('[[initiative.input]]\nid = "input"\nwhat = "..."\nby = "ministry"', "", "objective objective"),
    "relevant": ('serves = ["interest"]', "serves = []", "objective objective"),
    "time-bound": ("due = 2031-12-31", "due = 2032-01-01", "objective objective"),
    "interest": ('serves = ["interest"]', "serves = []", "interest interest"),
    "objective": ('serves = ["objective"]', "serves = []", "objective objective"),
    "outcome": ('leads_to = ["outcome"]', "leads_to = []", "outcome outcome"),
    "initiative": ('leads_to = ["outcome"]', "leads_to = []", "initiative initiative"),
    "input": ('uses = ["input"]', "uses = []", "input input"),
    "activity": ('yields = ["output"]', "yields = []", "activity activity"),
    "output": ('yields = ["output"]', "yields = []", "output output"),
    "indicator": ('indicators = ["indicator"]', "indicators = []", "indicator indicator"),
    "cycle": ('lead = "ministry"', 'lead = "ministry"\ndepends_on = ["initiative"]', "initiative initiative"),
    "order": ('lead = "ministry"', 'lead = "ministry"\nfrom = 2027-12-31', "initiative initiative"),
    "cost": ('by = "ministry"', 'by = "ministry"\ncost = 5\ncurrency = "euro"', "input input"),
    "unit": ("value = 1\nby", 'value = 1\nunit = "days"\nby', "indicator indicator"),
    "source": ('source = "ministry" ', 'source = "" ', "indicator indicator"),
    "window": ('source = "ministry" ', 'record = { indicator = "kept", party = "AAA", months = 0 } ', "indicator indicator"),
    "cadence": ('cadence = "yearly" ', 'cadence = "two-yearly" ', "indicator indicator"),
    "target": ("value = 1\nby = 2031-12-31", "value = 1", "indicator indicator"),
    "bounds": ("value = 0\non", "value = -1\non", "indicator indicator"),
    "assumption": ('test = "..."', 'test = " "', "assumption assumption"),
    "mitigation": ('mitigation = "..."', 'mitigation = ""', "risk risk"),
    "sign": ('shown_by = "..."', 'shown_by = ""', "risk risk"),
    "scale": ('likelihood = "possible"', 'likelihood = "perhaps"', "risk risk"),
    "bearing": ('threatens = ["initiative"]', "threatens = []", "risk risk"),
}
REVIEW = """
[[review]]
id = "first"
of = 1
on = 2029-01-01
[[review.finding]]
id = "f"
text = "found"
evidence = ["paper"]
[[review.decision]]
id = "d"
text = "decided"
by = "ministry"
on = 2029-02-01
findings = ["f"]
unchanged = "all is well"
"""
REVIEWED: Mapping[str, tuple[str, str, str]] = {
    "review": ("of = 1", "of = 3", "review first"),
    "evidence": ('evidence = ["paper"]', "evidence = []", "first finding f"),
    "finding": ('findings = ["f"]', "findings = []", "first finding f"),
    "decision": ('unchanged = "all is well"', "", "first decision d"),
    "change": (
        'unchanged = "all is well"', '[[review.change]]\ndecision = "d"\npart = "risk"\nid = "risk"\nfield = "size"', "first change of risk risk",
    ),
}  # fmt: skip


def test_the_small_strategy_breaks_nothing() -> None:
    assert broken("version = 1", "version = 1") == set()


def test_each_rule_has_a_story() -> None:
    assert [*BROKEN, *REVIEWED] == list(NAMES)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_that_is_broken_is_named_where_it_is(rule: str) -> None:
    old, new, where = BROKEN[rule]
    assert (rule, where) in broken(old, new)


@pytest.mark.parametrize("rule", REVIEWED)
def test_what_is_wrong_with_a_review_is_named(rule: str) -> None:
    old, new, where = REVIEWED[rule]
    adopted = SMALL.replace("# adopted = 2028-01-01", "adopted = 2028-01-01")
    for text, wanted in ((adopted + REVIEW, False), (adopted + REVIEW.replace(old, new, 1), True)):
        found = {(flaw.rule, flaw.where) for flaw in check_strategy(strategy_in(text.encode(), "small.toml").strategy, KNOWN)}
        assert ((rule, where) in found) is wanted, found


def test_a_change_that_the_next_version_does_not_have_is_named_in_it() -> None:
    change = '[[review.change]]\ndecision = "d"\npart = "initiative"\nid = "second"\ndone = "added"\n'
    head = "version = 2\nearlier = [{ version = 1, adopted = 2028-01-01 }]"
    text = SMALL.replace("version = 1", head, 1) + REVIEW.replace('unchanged = "all is well"\n', change)
    flaws = check_strategy(strategy_in(text.encode(), "small.toml").strategy, KNOWN)
    assert [str(flaw) for flaw in flaws] == ["first change of initiative second: it was added, and is not here; carry the change out"]


def test_a_flaw_says_what_is_wrong_and_a_remark_what_to_think_of() -> None:
    for case, _, _ in said()[::7]:
        for flaw in (*check_strategy(case.strategy, known_of(case)), *remarks_on(case.strategy, known_of(case))):
            assert len(flaw.says) > 15, flaw
            assert str(flaw).startswith(flaw.where)


def test_a_period_without_room_for_two_readings_is_told() -> None:
    with pytest.raises(BadInput, match="no room for two monthly readings; give a longer period"):
        strategy_text("x", "AAA", parse_day("2028-01-01"), parse_day("2028-02-01"))
    for until, cadence in (("2028-03-01", "monthly"), ("2028-08-01", "quarterly"), ("2029-02-01", "half-yearly"), ("2040-01-01", "yearly")):
        text = strategy_text("x", "AAA", parse_day("2028-01-01"), parse_day(until))
        strategy = strategy_in(text.encode(), "x.toml").strategy
        assert strategy.indicator[0].cadence == cadence
        assert check_strategy(strategy, KNOWN) == ()
