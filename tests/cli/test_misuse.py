"""Whatever is typed: one line on stderr that says what to do, exit 2, never a traceback; with --json the same as {"error": ...}."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from comity.terms import ComityError
from tests.cli.running import Done, comity

ASKED = ("in-force pact", "bound AAA pact", "between AAA BBB --agreement pact", "timeline pact", "upcoming")

MISUSE: dict[str, tuple[str, str]] = {
    "no command of that name": ("nonsense", "nonsense"),
    "a near miss of a command": ("inforce pact", "inforce"),
    "no option of that name": ("--version", "--version"),
    "an option of a command that is none": ("in-force pact --loud", "--loud"),
    "an unknown party": ("bound ATLANTIS pact", "no party 'ATLANTIS' is on record"),
    "a party by its name": ("bound Aaaland pact", "did you mean AAA"),
    "a party in small letters": ("bound aaa pact", "did you mean AAA"),
    "an unknown party between": ("between AAA ATLANTIS", "no party 'ATLANTIS'"),
    "an unknown party ahead": ("upcoming ATLANTIS", "no party 'ATLANTIS'"),
    "an unknown party on a timeline": ("timeline pact ATLANTIS", "no party 'ATLANTIS'"),
    "an unknown party of acts": ("acts --party ATLANTIS", "no party 'ATLANTIS'"),
    "an attack on nobody": ("obliged", "--attacked"),
    "an attack on an unknown party": ("obliged --attacked ATLANTIS", "no party 'ATLANTIS'"),
    "an attack on oneself": ("obliged --attacked AAA --by AAA", "name two different parties"),
    "an attack on an organisation": ("obliged --attacked ORG", "ORG is an organisation, not a state"),
    "an attack by states and by others": ("obliged --attacked AAA --by BBB,non-state", "not by others than states"),
    "an attack in two ways": ("obliged --attacked AAA --by cyber,non-state", "name one of the two"),
    "an attack under no agreement on record": ("obliged --attacked AAA --agreement none", "no agreement 'none'"),
    "an attack at no place": ("obliged --attacked AAA --place moon", "place 'moon'"),
    "an attack that was perhaps provoked": ("obliged --attacked AAA --provoked perhaps", "--provoked 'perhaps'"),
    "a mediator between one": ("mediators AAA AAA", "name two different states"),
    "a mediator for an organisation": ("mediators AAA ORG", "ORG is of kind organisation, not a state"),
    "a mediator's merit that is none": ("mediators AAA BBB --order charm", "there is no 'charm'; choose among treaty"),
    "a mediator's bar that is none": ("mediators AAA BBB --bars envy", "there is no 'envy'; choose among alliance"),
    "a share of arms above all of them": ("mediators AAA BBB --share 2", "write a share above 0 and up to 1"),
    "fewer candidates than none": ("mediators AAA BBB --top -1", "write how many to show"),
    "a candidate that is a side": ("mediators AAA BBB --candidate AAA", "it is one of the sides"),
    "tables out of no folder": ("mediators AAA BBB --from nowhere", "is no folder"),
    "an unknown territory": ("bound AAA pact --for ATLANTIS", "ATLANTIS"),
    "an unknown viewer": ("in-force pact --as ATLANTIS", "no party 'ATLANTIS'"),
    "an unknown agreement": ("in-force no-such", "no agreement 'no-such' is on record"),
    "an agreement that is nearly there": ("in-force pakt", "did you mean pact"),
    "an unknown agreement of acts": ("acts --agreement no-such", "no agreement 'no-such'"),
    "an unknown agreement between": ("between AAA BBB --agreement no-such", "no agreement 'no-such'"),
    "the same party twice": ("between AAA AAA --agreement pact", "AAA"),
    "a day that is none": ("in-force pact --on 2020-02-31", "--on: '2020-02-31' is not a day of the calendar"),
    "a word for a day": ("in-force pact --on today", "write it as YYYY-MM-DD"),
    "a huge year": ("in-force pact --on 10000-01-01", "write it as YYYY-MM-DD"),
    "year nought": ("in-force pact --on 0000-01-01", "is not a day of the calendar"),
    "part of a day": ("in-force pact --on 2020-01-xx", "write it as YYYY-MM-DD"),
    "a day of knowledge that is none": ("in-force pact --known yesterday", "write it as YYYY-MM-DD"),
    "a day before the agreement was on record": ("in-force pact --known 1900-01-01", "ask with --known 2000-01-01 or later"),
    "an argument too few": ("bound AAA", "ID"),
    "no argument": ("in-force", "ID"),
    "an argument too many": ("in-force pact pact", "pact"),
    "arguments to who takes none": ("agreements pact", "pact"),
    "an option without its value": ("in-force pact --on", "--on"),
    "a value for a flag": ("in-force pact --strict=maybe", "--strict"),
    "a blank day": ("in-force pact --on ''", "--on: '' is not a day"),
    "a blank day of knowledge": ("in-force pact --known ''", "--known: '' is not a day"),
    "a blank viewer": ("in-force pact --as ''", "--as: no party ''"),
    "a blank party of acts": ("acts --party ''", "no party ''"),
    "an empty agreement": ("in-force ''", "no agreement ''"),
    "an empty party": ("bound '' pact", "no party ''"),
    "nonsense within": ("upcoming --within soon", "--within 'soon'; write a number of days up to 99999"),
    "months within": ("upcoming --within 12m", "write a number of days"),
    "less than nothing within": ("upcoming --within=-5", "write a number of days"),
    "far too much within": ("upcoming --within 999999999", "write a number of days"),
    "within past the calendar": ("upcoming --within 99999 --on 9999-01-01", ""),
    "a diff without its end": ("diff --from 2000-01-01", "--to"),
    "a diff from no day": ("diff --from x --to 2000-01-01", "--from: 'x' is not a day"),
    "a diff to no day": ("diff --from 2000-01-01 --to y", "--to: 'y' is not a day"),
    "a diff with half a knowledge": ("diff --from 2000-01-01 --to 2001-01-01 --known 2000-01-01", "see: comity diff --help"),
    "a diff known on no day": ("diff --from 2000-01-01 --to 2001-01-01 --known x y", "--known: 'x' is not a day"),
    "what if without an act": ("what-if -- in-force pact", "--act"),
    "what if without a question": ("what-if --act 'ratify AAA pact 2000-01-01'", "QUESTION"),
    "what if of too few words": ("what-if --act 'ratify AAA' -- in-force pact", "write: KIND ACTOR AGREEMENT DAY"),
    "what if of nothing": ("what-if --act '' -- in-force pact", "write: KIND ACTOR AGREEMENT DAY"),
    "what if of no kind": (
        "what-if --act 'invade AAA pact 2000-01-01' -- in-force pact",
        "2000-01-01': 'invade' is not a kind of act",
    ),
    "what if of nearly a kind": ("what-if --act 'ratfy AAA pact 2000-01-01' -- in-force pact", "did you mean ratify?"),
    "what if of nobody": ("what-if --act 'ratify XXX pact 2000-01-01' -- in-force pact", "no party 'XXX'"),
    "what if under nothing": ("what-if --act 'ratify AAA xxxx 2000-01-01' -- in-force pact", "no agreement 'xxxx'"),
    "what if on no day": ("what-if --act 'ratify AAA pact soon' -- in-force pact", "'soon' is not a moment"),
    "what if with a word too many": ("what-if --act 'ratify AAA pact 2000-01-01 loudly' -- in-force pact", "'loudly' is not key=value"),
    "what if with an unknown detail": ("what-if --act 'ratify AAA pact 2000-01-01 x=1' -- in-force pact", "has no detail 'x'"),
    "what if with a detail twice": ("what-if --act 'denounce AAA pact 2000-01-01 effect=2001 effect=2002' -- in-force pact", "'effect' stands twice"),
    "what if that needs a counterparty": ("what-if --act 'admit ORG pact 2000-01-01' -- in-force pact", "add counterparty=PARTY"),
    "what if against nobody": ("what-if --act 'suspend AAA pact 2000-01-01 counterparty=XXX' -- in-force pact", "XXX"),
    "what if with no day of effect": ("what-if --act 'denounce AAA pact 2000-01-01 effect=later' -- in-force pact", "'later' is not a moment"),
    "what if of a kind that needs a reply": ("what-if --act 'retract AAA pact 2000-01-01' -- in-force pact", "replies_to"),
    "what if that asks nothing": ("what-if --act 'ratify AAA pact 2000-01-01' -- timeline pact", "what-if asks one of"),
    "what if between without its agreement": ("what-if --act 'ratify AAA pact 2000-01-01' -- between AAA BBB", "what-if asks one of"),
    "what if with an option of no question": ("what-if --act 'ratify AAA pact 2000-01-01' -- in-force pact --loud", "'--loud' is no option"),
    "what if with an option without value": ("what-if --act 'ratify AAA pact 2000-01-01' -- in-force pact --on", "--on"),
    "what if on a day that is none": ("what-if --act 'ratify AAA pact 2000-01-01' -- in-force pact --on x", "'x' is not a day"),
    "a port that is none": ("serve --port 0", "choose one between 1 and 65535"),
    "a port that is no number": ("serve --port http", "--port 'http'; choose one between 1 and 65535"),
    "a port past all ports": ("serve --port 70000", "choose one between 1 and 65535"),
}
BOOKLESS: dict[str, tuple[str, str]] = {
    "a book that is a file": ("--book {file} agreements", "give the folder of a book with --book"),
    "a book that is blank": ("--book '' agreements", "--book is blank"),
    "a book that is empty": ("--book {empty} agreements", "is not a book: it has no folder 'agreements'"),
    "a book that is not there": ("--book {missing} agreements", "no folder"),
    "a check of no book": ("--book {missing} check", "no folder"),
    "the option after the command": ("agreements --book {empty}", "--book"),
    "the option without its value": ("--book", "--book"),
}


def told_once(done: Done, says: str, *, as_json: bool) -> None:
    assert done.code == 2, done
    lines = done.err.splitlines()
    assert len(lines) == 1, done.err
    assert lines[0].startswith("comity: ")
    assert says in lines[0]
    assert "Traceback" not in done.out + done.err
    if as_json:
        assert done.json == {"error": lines[0].removeprefix("comity: ")}
    else:
        assert done.out == ""


def words(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
@pytest.mark.parametrize("case", MISUSE)
def test_misuse_is_told_in_one_line(case: str, as_json: bool, small: Path) -> None:
    line, says = MISUSE[case]
    given = words(line)
    if as_json and given[0] != "serve":
        given.insert(1, "--json")
    try:
        done = comity("--book", str(small), *given)
    except ComityError as escaped:  # pragma: no cover
        pytest.fail(f"an error escaped: {escaped!r}")
    if case == "within past the calendar" and done.code == 0:
        return
    told_once(done, says, as_json=as_json and given[0] != "serve")


@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
@pytest.mark.parametrize("case", BOOKLESS)
def test_a_book_that_is_none_is_told_in_one_line(case: str, as_json: bool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    line, says = BOOKLESS[case]
    places = {name: str(tmp_path / name) for name in ("file", "empty", "missing")}
    told_once(
        comity(*words(line.format(**places)), *(["--json"] if as_json and case != "the option without its value" else [])),
        says,
        as_json=as_json and case != "the option without its value",
    )


@pytest.mark.parametrize("question", ASKED)
def test_an_option_given_twice_is_told_or_the_last_one_counts(question: str, small: Path) -> None:
    twice = comity("--book", str(small), *words(question), "--on", "1990-01-01", "--on", "2002-01-01", "--json")
    once = comity("--book", str(small), *words(question), "--on", "2002-01-01", "--json")
    if twice.code == 2:
        told_once(twice, "--on", as_json=True)
    else:
        assert twice == once


@pytest.mark.parametrize("question", ASKED)
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_about(question: str, small: Path) -> None:
    """Upcoming looks a year ahead, what would change looks six months ahead: not off the calendar's edge."""
    for day in ("0001-01-01", "9999-12-31"):
        done = comity("--book", str(small), *words(question), "--on", day, "--json")
        assert done.code in (0, 2), done
        assert "Traceback" not in done.err
        assert done.err.count("\n") <= 1


def test_a_supposed_act_at_the_edge_of_the_calendar_is_no_crash(small: Path) -> None:
    for act in ("denounce AAA pact 9999-12-31", "ratify AAA pact 0001-01-01", "ratify AAA pact 9999-12-31T23:00-10:00", "accede AAA pact 9998~"):
        done = comity("--book", str(small), "what-if", "--act", act, "--json", "--", "in-force", "pact", "--on", "9999-12-31")
        assert done.code in (0, 2), done
        assert "Traceback" not in done.err


def test_a_question_may_follow_the_acts_without_two_dashes(small: Path) -> None:
    act = ("what-if", "--act", "denounce AAA pact 2002-01-01", "--json")
    question = ("between", "AAA", "CCC", "--agreement", "pact", "--on", "2002-06-01")
    assert comity("--book", str(small), *act, *question) == comity("--book", str(small), *act, "--", *question)


def test_nothing_asked_is_the_help_and_no_error() -> None:
    done = comity()
    assert (done.code, done.err) == (0, "")


def test_a_folder_that_may_not_be_read_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("comity.open", refused)
    told_once(comity("--book", "closed", "agreements"), "'closed' cannot be read (Permission denied)", as_json=False)


def run(*arguments: str | bytes, **more: str) -> subprocess.CompletedProcess[str]:
    """The command itself, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "comity", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **more},
    )


def test_in_a_process_of_its_own_it_exits_as_it_says(small: Path) -> None:
    book = str(small)
    done = run("--book", book, "in-force", "pact", "--on", "2002-01-01", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["verdict"] == "yes"
    wrong = run("--book", book, "nonsense")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


def test_bytes_that_are_no_text_are_no_crash(small: Path) -> None:
    """An argument in another encoding reaches Python as surrogates."""
    done = run("--book", str(small), "what-if", "--act", b"denounce AAA pact 2000-01-01 ground=\xff", "--", "in-force", "pact", "--json")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_a_terminal_that_cannot_write_every_letter_is_no_crash(small: Path) -> None:
    done = run("--book", str(small), "in-force", "pact", "--on", "2002-01-01", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_reader_that_stops_listening_is_no_crash(small: Path) -> None:
    """comity kinds | head -1"""
    running = subprocess.Popen([sys.executable, "-m", "comity", "kinds"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    errors = running.stderr.read().decode()
    running.stderr.close()
    running.wait(timeout=60)
    assert "Traceback" not in errors
    assert "Exception" not in errors
