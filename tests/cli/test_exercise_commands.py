"""One exercise on the command line: begun, checked, shown, covered, notified; wrong input in one line; every command of the how-to runs."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from comity.book import Problem, read_rows
from tests.cli.running import Done, comity

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "brigade-exercise.toml"
HOW_TO = (ROOT / "docs" / "how-to" / "plan-an-exercise.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.usefixtures("bundled_once")


@pytest.fixture
def storm(tmp_path: Path) -> Path:
    """A design that was just begun."""
    file = tmp_path / "storm.toml"
    assert comity("exercise", "new", str(file), "--title", "Storm 28", "--host", "EST", "--from", "2028-06").code == 0
    return file


def asked(file: Path, text: str, command: str = "check") -> Done:
    file.write_text(text, encoding="utf-8")
    return comity("exercise", command, str(file))


@pytest.mark.parametrize("process", ["nato", "bilateral", "admm-plus"])
def test_what_is_begun_keeps_every_rule_under_each_process(process: str, tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    made = comity("exercise", "new", str(file), "--title", 'A "quoted" Übung', "--host", "IDN", "--from", "2027-05-01", "--process", process)
    assert (made.code, made.err) == (0, "")
    done = comity("exercise", "check", str(file))
    assert (done.code, done.out.splitlines()[0]) == (0, "all 24 rules are kept")


def test_what_stands_as_comments_in_it_can_be_used(storm: Path) -> None:
    """Each commented table, taken in, is read; what is wrong then is only what was left as dots."""
    lines = storm.read_text(encoding="utf-8").splitlines()
    tables = [re.sub(r"^# ?", "", line) if re.match(r"# (\[|[a-z_]+ = )", line) else line for line in lines[4:]]
    done = asked(storm, "\n".join([*lines[:4], *tables]) + "\n")
    assert done.code == 1, done
    assert {line.split()[0] for line in done.out.splitlines()[1:] if line[:1].strip()} <= {"party", "arrangement", "supporter", "share"}, done.out


def test_a_file_that_is_there_is_not_written_over(storm: Path) -> None:
    before = storm.read_bytes()
    done = comity("exercise", "new", str(storm), "--host", "EST", "--from", "2028")
    assert (done.code, storm.read_bytes()) == (2, before)
    assert "is there already, and is not written over" in done.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "say on whose territory it is held, with --host PARTY"),
        (("--host", "EST"), "say when it begins, with --from DAY"),
        (("--host", "Estonia", "--from", "2028"), "did you mean EST (Estonia)?"),
        (("--host", "EST", "--from", "soon"), "'soon' is not a moment"),
        (("--host", "EST", "--from", "2028", "--process", "waltz"), "no process 'waltz'; choose one of admm-plus, bilateral, nato"),
        (("--host", "EST", "--from", "2028", "--title", "a\nb"), "written on one line"),
    ],
)
def test_what_is_wrong_with_a_beginning_is_told(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = comity("exercise", "new", str(tmp_path / "x.toml"), *words)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "x.toml").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Storm 28"', 'tilte = "Storm 28"', "storm.toml:2: the file has a stray key 'tilte'; did you mean 'title'?"),
        ('nation = "EST"', 'nation = "EST"\n[[participant.force]]\nunitt = "1"', "has a stray key 'unitt'; did you mean 'unit'?"),
        ('from = "2028-06"', 'from = "2028-13"', "from: '2028-13' is not in the calendar"),
        ('form = "live"', 'form = "alive"', "form is 'alive'; choose one of live, command-post"),
        ('nation = "EST"', 'nation = "EST"\n[[share]]\nof = "x"\nnation = "EST"\nfraction = "half"', "'half' is not a fraction; write it in quotes"),
        ('host = "EST"', "host = EST", "not TOML"),
        ('process = "nato"', 'process = "waltz"', "no process 'waltz'; choose one of"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old: str, new: str, says: str, storm: Path) -> None:
    done = asked(storm, storm.read_text(encoding="utf-8").replace(old, new, 1))
    assert done.code == 2
    assert says in done.err, done.err
    assert done.err.count("\n") <= 2


def test_a_force_that_is_wrong_is_told_with_the_line_of_its_own_table(storm: Path) -> None:
    text = storm.read_text(encoding="utf-8")
    done = asked(storm, f'{text}[[participant.force]]\nunit = "1"\npersons = 4\n[[participant.force]]\nunit = "2"\npersons = "many"\n')
    assert f"storm.toml:{text.count(chr(10)) + 6}: participant 1, force 2, persons is 'many'; it must be a whole number" in done.err


@pytest.mark.parametrize("command", ["show", "check", "coverage", "notify"])
def test_a_file_that_is_not_there_is_told(command: str, tmp_path: Path) -> None:
    for file in (tmp_path / "none.toml", tmp_path):
        done = comity("exercise", command, str(file))
        assert done.code == 2
        assert "give the file of an exercise, or begin one with: comity exercise new FILE" in done.err


@pytest.mark.parametrize("command", ["show", "coverage", "notify"])
def test_a_party_that_is_not_on_record_is_told(command: str, storm: Path) -> None:
    done = asked(
        storm, storm.read_text(encoding="utf-8").replace('host = "EST"', 'host = "Estonia"').replace('nation = "EST"', 'nation = "LVA"'), command
    )
    assert done.code == 2
    assert "no party 'Estonia' is on record; did you mean EST" in done.err


def test_what_cannot_be_covered_is_shown_all_the_same(storm: Path) -> None:
    text = storm.read_text(encoding="utf-8") + '\n[[exchange]]\nfrom = "EST"\nto = "LVA"\nlevel = "NOPE"\n'
    done = asked(storm, text, "show")
    assert done.code == 0
    assert "coverage: unknown; it cannot be asked for: storm.toml: no level 'NOPE' in the policy EST" in done.out
    assert comity("exercise", "show", str(storm), "--json").json["not_asked"].startswith("storm.toml: no level 'NOPE'")
    assert "no level 'NOPE'" in asked(storm, text, "coverage").err


def test_a_year_that_is_a_slip_of_the_pen_is_told(storm: Path) -> None:
    for year in ("9999", "0202"):
        done = asked(storm, storm.read_text(encoding="utf-8").replace('until = "2028-06"', f"until = {year}-06-01"))
        assert "lies outside the years 1900 to 2200" in done.err
        storm.write_text(storm.read_text(encoding="utf-8").replace(f"until = {year}-06-01", 'until = "2028-06"'), encoding="utf-8")


def test_broken_rules_are_told_and_the_exit_says_so(storm: Path) -> None:
    done = asked(storm, storm.read_text(encoding="utf-8") + '\n[[observer]]\nparty = "EST"\n[[media]]\nwhat = "a notice"\n')
    assert done.code == 1
    assert re.search(r"observer +EST +observes what it takes part in", done.out)
    assert re.search(r"media +a notice +nobody approves its release", done.out)
    for command in ("show", "notify"):
        assert "the design breaks rules (observer, media), on which this may rest" in comity("exercise", command, str(storm)).out


def test_days_that_are_partly_known_are_told_wherever_they_matter(storm: Path) -> None:
    assert "from is 2028-06: which day is not known yet" in comity("exercise", "show", str(storm)).out
    told = comity("exercise", "notify", str(storm), "--on", "2028-01-01", "--ics", str(storm.with_suffix(".ics")))
    assert "2028-04-20 to 2028-05-19" in told.out
    assert "(2 days; left out, as not sure yet: 4)" in " ".join(told.out.split())
    assert "every day on which it can be is asked for" in comity("exercise", "coverage", str(storm)).out


def test_drafts_letters_and_days_are_files_that_can_be_used(tmp_path: Path) -> None:
    acts, letters, days = (tmp_path / name for name in ("drafts.csv", "notices.md", "days.ics"))
    done = comity("exercise", "notify", str(EXAMPLE), "--on", "2028-02-01", "-o", str(acts), "--letter", str(letters), "--ics", str(days))
    assert (done.code, done.err) == (0, "")
    problems: list[Problem] = []
    rows = [row for _, row in read_rows("drafts.csv", acts.read_text(encoding="utf-8"), problems)]
    assert ([row["kind"] for row in rows], problems) == (["plan", "notify-exercise"], [])
    assert "| Troops | 9,400 |" in letters.read_text(encoding="utf-8")
    assert "| Aircraft sorties | **not said yet** |" in letters.read_text(encoding="utf-8")
    events = {str(event["summary"]): event for event in Calendar.from_ical(days.read_bytes()).walk("VEVENT")}
    notice = events["Steel Heather 28, a brigade exercise: last day: notice of a military activity (DEU)"]
    assert notice.decoded("dtstart") == date(2028, 4, 23)
    assert not any("final planning conference" in name for name in events), "its day is not known"
    assert len({str(event["uid"]) for event in events.values()}) == len(events)


def test_where_a_file_cannot_be_written_that_is_told(tmp_path: Path) -> None:
    done = comity("exercise", "notify", str(EXAMPLE), "--on", "2028-02-01", "-o", str(tmp_path / "none" / "drafts.csv"))
    assert done.code == 2
    assert "cannot be written" in done.err


COMMANDS = [
    line.strip().removeprefix("$ ") for block in re.findall(r"```console\n(.*?)```", HOW_TO, re.DOTALL) for line in block.splitlines() if "$ " in line
]


def small_book(folder: Path) -> None:
    """A book with the one agreement that notices come from, in place of the whole one that is copied."""
    whole = ROOT / "books" / "cases"
    for name in ("book.toml", "parties.toml", "agreements/vienna-document-2011.toml", "acts/vienna-document-2011.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(whole / name, folder / name)
    shutil.copytree(whole / "ladders", folder / "ladders")


def test_every_command_of_the_how_to_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    small_book(tmp_path / "books" / "cases")
    told = {}
    assert len(COMMANDS) == 10
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        if program == "cp":
            *options, source, target = arguments
            shutil.copytree(source, target) if options == ["-r"] else shutil.copyfile(source, target)
            continue
        done = comity(*arguments)
        assert (program, done.code, done.err) == ("comity", 0, ""), (command, done)
        told[command] = done.out
    shown = [out for command, out in told.items() if " show " in command]
    assert "stands in stage 0, initiation" in shown[0]
    assert "stands in stage 2, planning" in shown[1]
    assert "the last is this file (steel-heather-28-design-1)" in shown[1], "the acts name the file as it is"
    assert "the main planning conference is held (not on record, due 2028-01-18)" in shown[1]
    assert re.search(r"2028-04-23 +DEU +notice of a military +all +done", told[COMMANDS[-1]])
