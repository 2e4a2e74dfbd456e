"""``may`` and ``coverage`` as they are typed: misuse is told in one line, the worked example runs, an outsider learns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import comity
from tests.cli.test_misuse import told_once, words

EXAMPLE = Path(__file__).parents[2] / "examples" / "exercise.toml"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "activities.md"

MISUSE: dict[str, tuple[str, str]] = {
    "an unknown giver": ("may release --from ATLANTIS --to JPN --level SECRET", "no party 'ATLANTIS' is on record"),
    "a giver in small letters": ("may release --from kor --to JPN --level SECRET", "did you mean KOR (Republic of Korea)?"),
    "a blank giver": ("may train --from '' --to DEU", "no party ''"),
    "an unknown taker": ("may supply --from NLD --to ATLANTIS", "no party 'ATLANTIS' is on record"),
    "an unknown addressee": ("may release --from KOR --to JPN --level SECRET --rel ATLANTIS", "no party 'ATLANTIS' is on record"),
    "an unknown originator": ("may release --from KOR --to JPN --level SECRET --originator ATLANTIS", "no party 'ATLANTIS' is on record"),
    "an unknown territory": ("may station --from NLD --in DEU --for ATLANTIS", "no party 'ATLANTIS' is on record"),
    "an unknown viewer": ("may release --from KOR --to JPN --level SECRET --as ATLANTIS", "--as: no party 'ATLANTIS'"),
    "an unknown level": ("may release --from NLD --to DEU --level SECRET", "it has: Dep. VERTROUWELIJK, Stg. CONFIDENTIEEL, Stg. GEHEIM"),
    "a blank level": ("may release --from NLD --to DEU --level ''", "it has: Dep. VERTROUWELIJK"),
    "a giver without a policy": (
        "may release --from GAB --to JPN --level SECRET",
        "no classification policy of GAB is on record; say it with --policy",
    ),
    "an unknown policy": ("may release --from KOR --to JPN --level SECRET --policy NARNIA", "of a policy 'NARNIA' is on record; list them with"),
    "a release to oneself": ("may release --from KOR --to KOR --level SECRET", "release from KOR to KOR: name two different parties"),
    "a stay at home": ("may station --from NLD --in NLD", "NLD: name two different parties"),
    "supply of oneself": ("may supply --from NLD --to NLD", "name two different parties"),
    "an end before the beginning": (
        "may station --from NLD --in DEU --on 2020-01-02 --until 2020-01-01",
        "until 2020-01-01 is before 2020-01-02, the first day; give a later day",
    ),
    "an end that is no day": ("may station --from NLD --in DEU --until soon", "--until: 'soon' is not a day"),
    "a day that is none": ("may release --from KOR --to JPN --level SECRET --on 2020-13-01", "--on: '2020-13-01' is not a day of the calendar"),
    "no level": ("may release --from KOR --to JPN", "--level"),
    "a level and a label": ("may release --from KOR --to JPN --level SECRET --label {folder}/missing.xml", "either --level"),
    "a label that is not there": ("may release --from KOR --to JPN --label {folder}/missing.xml", "cannot be read (No such file or directory)"),
    "no giver": ("may release KOR JPN", "'--from'"),
    "the option of another question": ("may overfly --from NLD --to DEU", "(see: comity may overfly --help)"),
    "a question that is none": ("may relese --from KOR", "Did you mean 'release'?"),
    "coverage of nothing": ("coverage", "ACTIVITY.toml"),
    "coverage of a file that is not there": ("coverage {folder}/missing.toml", "missing.toml'; give the file of an activity"),
    "coverage of a folder": ("coverage {folder}", "is a folder; give the file of an activity"),
}
DAYS = 'title = "x"\nfrom = 2020-01-01\nuntil = 2020-02-01\n'
FILES: dict[str, tuple[str, str]] = {
    "an end before the beginning": (
        'title = "x"\nfrom = 2020-01-01\nuntil = 2019-01-01\n',
        "activity.toml: until 2019-01-01 is before from 2020-01-01",
    ),
    "no TOML": ('title = "x\n', "activity.toml: not TOML: "),
    "a stray key": (DAYS + 'particpants = ["NLD"]\n', "activity.toml:4: the file has a stray key 'particpants'; did you mean 'participants'?"),
    "a stray key of an exchange": (
        DAYS + '\n[[exchange]]\nfrom = "NLD"\nto = "DEU"\nlevel = "GEHEIM"\ncaveat = "X"\n',
        "activity.toml:9: exchange 1 has a stray key 'caveat'; did you mean 'caveats'?",
    ),
    "what is missing": ("from = 2020-01-01\nuntil = 2020-02-01\n", "activity.toml:1: the file lacks 'title'; add it"),
    "no such support": (DAYS + '[[support]]\nactivity = "fight"\nfrom = "NLD"\nto = "DEU"\n', "choose one of supply, transfer, train, overfly"),
    "an unknown host": (DAYS + 'host = "ATLANTIS"\nparticipants = ["NLD"]\n', "no party 'ATLANTIS' is on record"),
    "an unknown level": (DAYS + '[[exchange]]\nfrom = "NLD"\nto = "DEU"\nlevel = "SECRET"\n', "it has: Dep. VERTROUWELIJK, Stg. CONFIDENTIEEL"),
    "support of oneself": (DAYS + '[[support]]\nactivity = "supply"\nfrom = "NLD"\nto = "NLD"\n', "name two different parties"),
}


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
@pytest.mark.parametrize("case", MISUSE)
def test_misuse_is_told_in_one_line(case: str, as_json: bool, tmp_path: Path) -> None:
    line, says = MISUSE[case]
    given = [word.replace("{folder}", str(tmp_path)) for word in words(line)]
    told_once(comity(*given, *(["--json"] if as_json else [])), says, as_json=as_json)


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize("case", FILES)
def test_what_is_wrong_with_an_activity_is_told_in_one_line(case: str, tmp_path: Path) -> None:
    text, says = FILES[case]
    (tmp_path / "activity.toml").write_text(text)
    told_once(comity("coverage", str(tmp_path / "activity.toml"), "--json"), says, as_json=True)


def test_all_that_is_wrong_with_an_activity_is_told_each_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "activity.toml").write_text('title = "x"\nuntil = "soon"\n')
    done = comity("coverage", str(tmp_path / "activity.toml"))
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "comity: activity.toml:1: the file lacks 'from'; add it",
        "activity.toml:2: until is 'soon'; it must be a day, written 2024-03-07 without quotes",
    ]


def test_an_activity_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "activity.toml").write_bytes(b"\xff\xfe")
    told_once(comity("coverage", str(tmp_path / "activity.toml")), "byte 0 is not UTF-8; save the file as UTF-8", as_json=False)


def test_a_huge_activity_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "activity.toml").open("wb") as file:
        file.truncate(200_000_000)
    told_once(comity("coverage", str(tmp_path / "activity.toml")), "an activity of more than 1 MB", as_json=False)


@pytest.mark.usefixtures("bundled_once")
def test_a_policy_is_asked_for_where_the_giver_owns_none_but_not_for_what_bears_no_level() -> None:
    done = comity("may", "release", "--from", "GAB", "--to", "JPN", "--level", "UNCLASSIFIED", "--json")
    assert (done.code, done.json["verdict"]) == (0, "yes")


def test_a_file_without_a_label_is_told(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a note")
    done = comity("may", "release", "--from", "KOR", "--to", "JPN", "--label", str(tmp_path / "note.txt"))
    told_once(done, "note.txt", as_json=False)


@pytest.mark.usefixtures("bundled_once")
def test_the_worked_example_has_each_basis_with_its_answer_and_each_gap_with_what_would_close_it() -> None:
    matrix = comity("coverage", str(EXAMPLE), "--json").json
    found = {(need["what"], need["by"], need["towards"], need["verdict"]) for need in matrix["needs"]}
    assert matrix["verdict"] == "no"
    assert {
        ("entry", "NLD", "DEU", "no"),
        ("status", "NLD", "DEU", "yes"),
        ("release", "USA", "GBR", "yes"),
        ("overfly", "NLD", "DEU", "no"),
    } <= found
    assert not [need for need in matrix["needs"] if need["by"] == "DEU" and need["what"] == "entry"], "the host is at home"
    for need in matrix["needs"]:
        assert bool(need["would_change"]) == (need["verdict"] == "no"), need
    entry = next(need for need in matrix["needs"] if need["what"] == "entry")
    assert entry["would_change"][0] == {"act": "consent-activity", "by": "DEU", "on": "foreign-forces-convention", "from": "2018-06-04"}


@pytest.mark.usefixtures("bundled_once")
def test_the_worked_example_is_readable_and_stands_on_the_page() -> None:
    out = comity("coverage", str(EXAMPLE)).out
    assert "the least that would close it" in out
    assert "consent-activity by DEU" in " ".join(out.split())
    assert EXAMPLE.read_text(encoding="utf-8") in PAGE.read_text(encoding="utf-8"), f"{PAGE.name} shows another example than {EXAMPLE.name}"


@pytest.mark.usefixtures("bundled_once")
def test_a_question_is_readable_with_the_first_reasons_or_all_of_them() -> None:
    given = ("may", "release", "--from", "NLD", "--to", "SWE", "--level", "DIENSTGEHEIM", "--on", "2000-01-01")
    brief, whole = comity(*given).out, comity(*given, "--why").out
    assert "HEMLIG/SECRET" in brief
    assert len(whole.splitlines()) > len(brief.splitlines())


@pytest.mark.usefixtures("bundled_once")
def test_an_outsider_cannot_tell_forbidden_from_not_provided_for() -> None:
    asked = ("may", "release", "--from", "USA", "--to", "GBR", "--level", "SECRET", "--on", "2010-01-01", "--as", "DEU", "--json")
    forbidden = comity(*asked, "--caveat", "NOFORN").json
    unknown = comity(*asked, "--caveat", "FLOUR").json
    absent = comity(*asked, "--category", "MOONSHINE").json
    assert [{key: value for key, value in answer.items() if key != "question"} for answer in (forbidden, unknown)] == [
        {key: value for key, value in absent.items() if key != "question"}
    ] * 2
