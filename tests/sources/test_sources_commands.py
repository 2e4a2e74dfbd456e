"""comity sources: what a user types, with a made-up source and, where they are, the real data; and the commands of the how-to page."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from comity.sources import Limits, all_sources, fetch
from tests.cli.running import Done, comity
from tests.sources.given import DATA, PACTS, made_up, needs_data
from tests.sources.unreliable import Turn, serving

pytest.importorskip("polars")
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "get-research-data.md"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the user's store."""
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def pacts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The made-up source is the only one, published on this machine by a server that breaks off once."""
    with serving(PACTS.encode(), Turn(cut=50), Turn()) as server:
        one = made_up()
        table = one.table()
        known = {"pacts": replace(one, tables=(replace(table, forms=(replace(table.forms[0], address=server.address),)),))}
        for room in ("cli.sources", "sources.store"):
            monkeypatch.setattr(f"comity.{room}.source", known.__getitem__)
        monkeypatch.setattr("comity.cli.sources.all_sources", lambda: known)
        monkeypatch.setattr("comity.cli.sources.fetch", lambda *a, **k: fetch(*a, **k, limits=Limits(pause=lambda seconds: None)))
        yield


def done(*words: str) -> Done:
    found = comity("sources", *words)
    assert found.code == 0, found
    return found


@pytest.mark.usefixtures("pacts")
def test_fetched_imported_listed_and_shown() -> None:
    assert "pacts pacts: pacts.csv" in done("fetch", "pacts").out
    assert "pacts pacts: 3 rows; null where it says -88 (1 times), -9 (1 times)" in done("import").out
    (listed,) = done("list", "--json").json["sources"]
    assert (listed["tables"], listed["held"]) == (["pacts"], ["pacts"])
    shown = done("show", "pacts", "--json").json
    assert shown["tables"][0]["held"]["nulls"]["code"] == {"-88": 1}
    assert "in the store: 3 rows of pacts.csv" in done("show", "pacts").out


@pytest.mark.usefixtures("pacts")
def test_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "pacts.csv").write_text(PACTS, encoding="utf-8")
    assert "3 rows" in done("import", "--from", str(tmp_path / "in")).out
    assert "pacts.csv" in done("fetch", "pacts", "--from", str(tmp_path / "in")).out
    assert "not there: pacts" in done("import", "--from", str(tmp_path / "store" / "nowhere")).out


@pytest.mark.usefixtures("pacts")
def test_another_version_is_refused_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pacts.csv").write_text(PACTS.replace("1.5", "9.5"), encoding="utf-8")
    refused = comity("sources", "import", "pacts", "--from", str(tmp_path))
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert "--any-version" in refused.err
    assert "another version than the record names" in done("import", "pacts", "--from", str(tmp_path), "--any-version").out
    assert "another version" in done("show", "pacts").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("show cow-ncm", "did you mean cow-nmc"),
        ("fetch no-such-thing", "no source 'no-such-thing'"),
        ("import cow-nmc --from nowhere", "holds no file of cow-nmc"),
        ("import cow-nmc", "comity sources fetch cow-nmc"),
        ("fetch uk-treaties", "is published at no address of its own (one table made of the records that https://treaties.fcdo.gov.uk shows"),
        ("fetch cow-nmc --from nowhere", "no file of cow-nmc is in 'nowhere'"),
        ("cite no-such-thing", "no source"),
    ],
)
def test_misuse_is_one_line(words: str, says: str) -> None:
    refused = comity("sources", *words.split())
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1), refused
    assert says in refused.err


def test_every_source_is_listed_shown_and_cited() -> None:
    assert [s["id"] for s in done("list", "--json").json["sources"]] == list(all_sources())
    for one in all_sources():
        assert done("show", one, "--json").json["id"] == one
    cited = done("cite", *all_sources(), "--bibtex").out
    assert cited.count("@") >= len(all_sources())


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@needs_data
def test_the_commands_of_the_how_to_page_run() -> None:
    """In order; DIR is the folder of data, and what is fetched comes from there and not from its publishers."""
    assert len(commands()) >= 6
    for line in commands():
        program, *words = shlex.split(line)
        assert program == "comity"
        words = [str(DATA) if word == "DIR" else word for word in words]
        if "fetch" in words:
            words += ["--from", str(DATA)]
        found = comity(*words)
        assert (found.code, found.err) == (0, ""), found
        assert found.out.strip()


@needs_data
def test_the_python_of_the_how_to_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    done("import", "cow-nmc", "--from", str(DATA))
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    made: dict[str, object] = {}
    exec(compile(code, PAGE.name, "exec"), made)
    assert len(made["capabilities"]) > 150  # type: ignore[arg-type]
