"""comity power: what each vote can do, of rules on record and in files; beside another; wrong input in one line; the how-to runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

ROOT = Path(__file__).parents[2]
HOW_TO = re.findall(r"^ *\$ comity (.+)$", (ROOT / "docs" / "how-to" / "measure-power.md").read_text(encoding="utf-8"), re.MULTILINE)
FORMAT = (ROOT / "docs" / "reference" / "rule-format.md").read_text(encoding="utf-8")
EEC = "examples/eec-1958.toml"


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("command", HOW_TO)
def test_a_command_of_the_how_to_runs(command: str) -> None:
    done = comity(*shlex.split(command))
    assert (done.code, done.err) == (0, "")


def test_the_example_of_the_format_is_the_file_that_ships() -> None:
    example = FORMAT.partition("```toml\n")[2].partition("```")[0]
    shipped = (ROOT / EEC).read_text(encoding="utf-8")
    assert example == "".join(line for line in shipped.splitlines(keepends=True) if not line.startswith("#"))


@pytest.mark.usefixtures("bundled_once")
def test_the_veto_is_told_as_being_in_all_and_blocking_alone() -> None:
    told = comity("power", "un-charter/security-council", "--on", "1950-06-01", "--json").json
    assert told["winning"]["in_all"] == ["CHN", "FRA", "GBR", "SUN", "USA"]
    assert (told["winning"]["smallest"], told["winning"]["number"]) == (7, 15)
    assert told["blocking"]["by_size"] == [{"size": 1, "number": 5}, {"size": 5, "number": 6}]
    assert told["blocking"]["listed"][0]["parts"] == [{"take": 1, "of": ["CHN", "FRA", "GBR", "SUN", "USA"]}]
    assert {one["code"]: one["shapley"]["exact"] for one in told["members"]}["CHN"] == "76/385"


def test_a_member_that_can_never_matter_is_told_and_one_more_may_change_that() -> None:
    done = comity("power", EEC)
    assert "in none of them: LUX" in done.out
    told = comity("power", EEC, "--with", "GBR:votes=3", "--json").json
    luxembourg = next(one for one in told["changes"] if one["code"] == "LUX")
    assert luxembourg["before"]["swings"] == 0 < luxembourg["after"]["swings"]
    newcomer = next(one for one in told["changes"] if one["code"] == "GBR")
    assert (newcomer["before"], newcomer["banzhaf"]) == (None, None)


def test_a_file_beside_a_rule_on_record_and_a_membership_beside_it() -> None:
    told = comity("power", EEC, "--than", EEC, "--without", "LUX,NLD", "--json").json
    assert told["than"] == "Council of the European Economic Community, 1958 without LUX,NLD"
    assert [len(told[word]["members"]) for word in ("before", "after")] == [6, 4]


WRONG = {
    "no rule of that name": ("nonsense", "write AGREEMENT/RULE"),
    "no file of that name": ("none.toml", "no file 'none.toml'"),
    "a member that is none": (f"{EEC} --without ESP", "--without ESP: not a member"),
    "a member twice": (f"{EEC} --with DEU:votes=4", "is a member already"),
    "nobody": (f"{EEC} --with :votes=4", "names nobody"),
    "a newcomer without a weight": (f"{EEC} --with GBR", "write --with GBR:votes=NUMBER"),
    "a weight that is none": (f"{EEC} --with GBR:votes=many", "write TABLE=NUMBER"),
    "a list of less than nothing": (f"{EEC} --list -1", "from 0 to 10000"),
    "a day that is none": ("un-charter/security-council --on someday", "--on: 'someday' is not a day"),
    "another day that is none": ("un-charter/security-council --than-on someday", "--than-on: 'someday' is not a day"),
    "weights that are not on record": ("teu/qualified-majority --on 2015-06-01", "population"),
}


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize(("line", "says"), WRONG.values(), ids=WRONG)
def test_wrong_input_is_told_in_one_line(line: str, says: str) -> None:
    done = comity("power", *shlex.split(line))
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert says in done.err


FILES = {
    "blank": ("", "lacks 'title'"),
    "no toml": ("title = ", "not TOML"),
    "nobody in it": ('title = "x"\npasses = [[{ least = "1" }]]\n', "it has no members"),
    "nothing asked": ('title = "x"\nmembers = ["A"]\n', "nothing is asked of a proposal"),
    "a share that says two things": ('title = "x"\nmembers = ["A"]\npasses = [[{ least = "1", more = "1/2" }]]\n', "way 1: a share says one of"),
    "a share of nothing": ('title = "x"\nmembers = ["A"]\nquorum = { }\npasses = [[{ least = "1" }]]\n', "quorum: a share says one of"),
    "a number that is none": ('title = "x"\nmembers = ["A"]\npasses = [[{ least = "most" }]]\n', "'most' is neither"),
    "no such weights": ('title = "x"\nmembers = ["A"]\npasses = [[{ count = "votes", least = "1" }]]\n', "add a table [weights.votes]"),
    "a member without a weight": (
        'title = "x"\nmembers = ["A", "B"]\npasses = [[{ count = "votes", least = "1" }]]\n[weights.votes]\nA = 1\n', "which B have not",
    ),
    "a weight of a stranger": ('title = "x"\nmembers = ["A"]\npasses = [[{ least = "1" }]]\n[weights.votes]\nB = 1\n', "not among the members"),
    "a weight below nothing": ('title = "x"\npasses = [[{ least = "1" }]]\n[weights.votes]\nB = -1\n', "'B' weighs -1"),
    "a member twice": ('title = "x"\nmembers = ["A", "A"]\npasses = [[{ least = "1" }]]\n', "has 'A' twice"),
    "a bar by a stranger": ('title = "x"\nmembers = ["A"]\nbars = [{ by = ["B"] }]\n', "bar 1 names B"),
    "a bar of yes": ('title = "x"\nmembers = ["A"]\nbars = [{ votes = ["yes"] }]\n', "a bar counts votes of yes"),
    "a stray key": ('title = "x"\nmember = ["A"]\n', "did you mean 'members'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), FILES.values(), ids=FILES)
def test_what_is_wrong_in_a_file_is_told(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "rule.toml"
    path.write_text(text, encoding="utf-8")
    done = comity("power", str(path))
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert "Traceback" not in done.err
