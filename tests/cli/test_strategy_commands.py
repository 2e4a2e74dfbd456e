"""A strategy on the command line: begun, checked, shown, compared, reviewed; wrong input in one line; every command of the how-to runs."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import comity as library
from tests.cli.running import Done, comity

ROOT = Path(__file__).parents[2]
SMALL, OLDER, ALLIES = (str(ROOT / "examples" / f"strategy-{name}.toml") for name in ("small-state", "small-state-1", "us-uk"))
HOW_TO = (ROOT / "docs" / "how-to" / "write-a-strategy.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ *\$ comity (.+)$", HOW_TO, re.MULTILINE)
NAMED = ("nato-treaty", "nato-sofa", "eu-sofa-2003", "vienna-document-2011", "att", "uk-us-mda", "uk-us-mda-2024", "uk-us-polaris-1963")
"""The agreements of the bundled book that the examples name, and two more."""


@pytest.fixture(scope="module", autouse=True)
def _a_small_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In place of the whole book, which takes longer to be read, the part of it that the examples rest on."""
    folder, whole = tmp_path_factory.mktemp("book"), ROOT / "books" / "cases"
    for name in ("book.toml", "parties.toml"):
        shutil.copyfile(whole / name, folder / name)
    (folder / "agreements").mkdir()
    (folder / "acts").mkdir()
    head, *rows = (whole / "acts" / "invocations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "acts" / "invocations.csv").write_text(head + "".join(row for row in rows if row.startswith("nato-2025-EST")), encoding="utf-8")
    for name in (*NAMED, "uk-us-dtct-2007", "uk-us-gsoia-1961"):
        shutil.copyfile(whole / "agreements" / f"{name}.toml", folder / "agreements" / f"{name}.toml")
        shutil.copyfile(whole / "acts" / f"{name}.csv", folder / "acts" / f"{name}.csv")
    shutil.copytree(whole / "ladders", folder / "ladders")
    book = library.open(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "open", lambda _: book)
        yield


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A strategy that was just begun."""
    file = tmp_path / "mine.toml"
    done = comity("strategy", "new", str(file), "--title", 'A "quoted" plan', "--party", "EST", "--from", "2028-01-01", "--until", "2031-12-31")
    assert (done.code, done.err) == (0, "")
    return file


def asked(file: Path, old: str, new: str, command: str = "check") -> Done:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return comity("strategy", command, str(file))


def test_what_is_begun_keeps_every_rule(mine: Path) -> None:
    done = comity("strategy", "check", str(mine))
    assert (done.code, done.out.splitlines()[0]) == (0, "all 42 rules are kept")
    assert re.search(r"adoption +the strategy +this version is not adopted yet", done.out)
    shown = comity("strategy", "show", str(mine), "--on", "2029-01-01")
    assert "unknown towards 1 by 2031-12-31" in shown.out


def test_what_stands_as_comments_in_it_can_be_used(mine: Path) -> None:
    """Each commented line, taken in, is read; what is wrong then is only what was left as dots, or stands beside its other choice."""
    lines = mine.read_text(encoding="utf-8").splitlines()
    mine.write_text("\n".join(re.sub(r"^# (?=\[|[a-z_]+ = )", "", line) for line in lines), encoding="utf-8")
    done = comity("strategy", "check", str(mine))
    assert done.code == 1, done
    rules = {line.split()[0] for line in done.out.partition("remark")[0].splitlines()[1:] if line[:1].strip()}
    assert rules == {"on-record", "named", "unit", "source"}


def test_a_file_that_is_there_is_not_written_over(mine: Path) -> None:
    before = mine.read_bytes()
    done = comity("strategy", "new", str(mine), "--party", "EST", "--until", "2031-12-31")
    assert (done.code, mine.read_bytes()) == (2, before)
    assert "is there already, and is not written over" in done.err
    done = comity("strategy", "review", OLDER, "--draft", "-o", str(mine), "--on", "2026-01-01")
    assert (done.code, mine.read_bytes()) == (2, before)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "say whose it is, with --party PARTY"),
        (("--party", "EST"), "say when its period ends, with --until DAY"),
        (("--party", "Estonia", "--until", "2031-12-31"), "did you mean EST (Estonia)?"),
        (("--party", "EST", "--until", "soon"), "--until: 'soon' is not a day"),
        (("--party", "EST", "--from", "2028-01-01", "--until", "2028-01-31"), "there is no room for two monthly readings; give a longer period"),
        (("--party", "EST", "--until", "2031-12-31", "--title", "a\nb"), "written on one line"),
    ],
)
def test_what_is_wrong_with_a_beginning_is_told(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = comity("strategy", "new", str(tmp_path / "x.toml"), *words)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "x.toml").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title =", "tilte =", "mine.toml:3: the file has a stray key 'tilte'; did you mean 'title'?"),
        ('kind = "agreement"', 'kind = "treaty"', "initiative 1, kind is 'treaty'; choose one of agreement, exercise"),
        ("value = 0", 'value = "many"', "baseline, value: 'many' is not a fraction; write it in quotes"),
        ("due = 2031-12-31", 'due = "2031"', "objective 1, due is '2031'; it must be a day, written 2024-03-07 without quotes"),
        ("on = 2028-01-01\n", 'on = "2028-13"\n', "baseline, on: '2028-13' is not in the calendar"),
        ("until = 2031-12-31", "until = 9031-12-31", "9031-12-31 lies outside the years 1900 to 2200"),
        ("version = 1", "version = one", "not TOML"),
        ("version = 1", 'version = "1"', "version is '1'; it must be a whole number"),
        ("version = 1", f"version = {'9' * 5_000}", "mine.toml: a number of more than 4,000 digits; write it shorter"),
        ("version = 1", f"version = {'[' * 9_000}", "mine.toml: not TOML: too many brackets are open at once; close them"),
        ("value = 0", 'value = "1e99999999"', "baseline, value: '1e99999999' is longer than a number here can be; write it with 40 signs or fewer"),
        ("value = 0", f"value = {'9' * 400}", "... is longer than a number here can be"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old: str, new: str, says: str, mine: Path) -> None:
    done = asked(mine, old, new)
    assert done.code == 2
    assert says in done.err, done.err


@pytest.mark.parametrize("command", ["show", "check", "review"])
def test_a_file_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    for file in (tmp_path / "none.toml", tmp_path):
        done = comity("strategy", command, str(file))
        assert done.code == 2
        assert "give the file of a strategy, or begin one with: comity strategy new FILE" in done.err
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    assert "byte 9 is not UTF-8; save the file as UTF-8" in comity("strategy", command, str(tmp_path / "latin.toml")).err


def test_broken_rules_are_told_and_the_exit_says_so(mine: Path) -> None:
    done = asked(mine, 'unit = "number" ', 'unit = "" ')
    assert done.code == 1
    assert re.search(r"measurable +objective objective +its indicator indicator has no unit; add it", done.out)
    assert "has no unit, so that its targets cannot be compared" in " ".join(done.out.split())
    shown = comity("strategy", "show", str(mine), "--on", "2029-01-01")
    assert shown.code == 0, "said, not crashed"
    assert "(it has no unit)" in shown.out
    assert "the strategy breaks rules (measurable, unit), on which this may rest" in shown.out


def test_the_examples_keep_every_rule() -> None:
    for file in (SMALL, OLDER, ALLIES):
        done = comity("strategy", "check", file, "--json")
        assert (done.code, done.json["flaws"]) == (0, [])


def test_a_strategy_is_shown_with_how_far_it_is() -> None:
    done = comity("strategy", "show", SMALL, "--on", "2026-11-01")
    assert "targets: 1 not met, 2 on course, 2 behind, 3 unknown" in done.out
    assert "▼ behind towards 14 days by 2027-06-30" in done.out
    assert "of the 6 that there are" in " ".join(done.out.replace("│", "").split())
    assert (
        "the procedure at home of 'EST' is not known"
        in comity("strategy", "show", SMALL, "--on", "2026-11-01", "--json").json["risks"][1]["stage"]["why"]
    )
    allies = comity("strategy", "show", ALLIES, "--on", "2024-09-01", "--json").json
    assert allies["risks"][0]["stage"]["stands"], "where the amendment stood at home then"
    assert {one["in_force"] for one in allies["initiatives"][0]["agreements"]} <= {"yes", "no", "contested", "unknown"}
    ratified = comity("strategy", "show", ALLIES, "--on", "2026-11-01", "--json").json["indicators"][1]
    assert ratified["latest"]["rests_on"], "the acts behind it"


def test_what_the_viewer_may_not_see_is_not_on_record() -> None:
    done = comity("strategy", "check", SMALL, "--as", "public", "--known", "2020-01-01")
    assert done.code == 1
    assert re.search(r"on-record +initiative notices-desk +no act 'nato-2025-EST-article-4' is on record", done.out)


def test_the_picture_is_a_file_of_its_own(tmp_path: Path) -> None:
    picture = tmp_path / "model.svg"
    assert comity("strategy", "show", SMALL, "--on", "2026-11-01", "-o", str(picture)).code == 0
    tree = ElementTree.parse(picture)
    title = tree.getroot().find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Logic model: The Republic's defence cooperation, 2024 to 2029"
    for wrong, says in ((tmp_path / "model.png", "give a name that ends in .svg"), (tmp_path / "none" / "x.svg", "cannot be written")):
        done = comity("strategy", "show", SMALL, "--on", "2026-11-01", "-o", str(wrong))
        assert done.code == 2
        assert says in done.err


def test_each_change_has_its_decision_or_none(tmp_path: Path) -> None:
    out = " ".join(comity("strategy", "diff", OLDER, SMALL).out.split())
    assert "from version 1 to version 2: 5 changes, 2 of them with no decision" in out
    assert "mid-term later-first-step" in out
    undone = tmp_path / "undone.toml"
    undone.write_text(Path(SMALL).read_text(encoding="utf-8").replace("value = 14\nby = 2027-06-30", "value = 14\nby = 2026-12-31"), encoding="utf-8")
    found = comity("strategy", "diff", OLDER, str(undone), "--json").json
    assert [(one["decision"], one["id"], one["field"]) for one in found["not_carried_out"]] == [("later-first-step", "days-to-receive", "target")]
    assert "decided, and not carried out" in comity("strategy", "diff", OLDER, str(undone)).out
    back = comity("strategy", "diff", SMALL, OLDER)
    assert "version 1 is no later than version 2; give the older one first" in " ".join(back.out.split())
    other = comity("strategy", "diff", OLDER, ALLIES)
    assert (other.code, "are two strategies; give two versions of one" in other.err) == (2, True)


def test_a_review_is_told_and_a_new_one_begun(tmp_path: Path) -> None:
    out = comity("strategy", "review", SMALL, "--on", "2026-11-01").out
    assert "changes indicator days-to-receive: altered in target" in out
    assert "nothing is changed: What was asked of it is done" in out
    assert "no review of republic-2024 stands in the file" in comity("strategy", "review", OLDER, "--on", "2026-06-15").out
    draft = comity("strategy", "review", SMALL, "--draft", "--on", "2026-11-01").out
    file = tmp_path / "next.toml"
    file.write_text(f"{Path(SMALL).read_text(encoding='utf-8')}\n{draft}", encoding="utf-8")
    done = comity("strategy", "check", str(file), "--json")
    assert {flaw["rule"] for flaw in done.json["flaws"]} == {"finding"}, "each finding waits for its decision"
    assert "open: no decision yet" in comity("strategy", "review", str(file), "--on", "2026-11-01").out
    assert "give --draft with it" in comity("strategy", "review", SMALL, "-o", str(tmp_path / "x")).err


def test_every_command_of_the_how_to_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert len(COMMANDS) == 9
    for command in COMMANDS:
        done = comity(*shlex.split(command))
        assert (done.code, done.err) == (0, ""), command
        assert done.out.strip()
    assert {path.name for path in tmp_path.iterdir()} == {"examples", "mine.toml", "model.svg", "review.toml"}
