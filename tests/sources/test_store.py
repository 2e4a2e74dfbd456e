"""The store: a source goes in whole or not at all, and what is in it says where it came from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pl = pytest.importorskip("polars")

from comity.sources import Source, Store, where  # noqa: E402
from comity.terms import BadInput  # noqa: E402
from tests.sources.given import PACTS, WHEN, made_up  # noqa: E402


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up source is one of those that are known, with a second table out of a second file."""
    one = made_up()
    table = one.table()
    second = replace(table, name="more", forms=(replace(table.forms[0], file="more.csv"),))
    both = replace(one, tables=(table, second))

    def source(source_id: str) -> Source:
        assert source_id == "pacts"
        return both

    monkeypatch.setattr("comity.sources.store.source", source)


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.usefixtures("known")
def test_a_source_is_found_below_a_folder_and_put_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    done = store.import_("pacts", put(tmp_path / "a" / "b", pacts=PACTS, more=PACTS).parent, when=WHEN)
    assert [(d.table, d.rows, d.known, d.version) for d in done] == [("pacts", 3, True, "1"), ("more", 3, True, "1")]
    assert store.table("pacts", "pacts").collect()["state"].to_list() == ["Aaa", "Bbb", "Ccc"]
    assert isinstance(store.table("pacts", "more"), pl.LazyFrame)
    held = {one.table: one for one in store.held()}
    assert held["pacts"].nulls["code"] == {"-88": 1}
    assert held["pacts"].when == "2026-11-26T12:00:00+00:00"
    assert held["pacts"].checksum == made_up().table().forms[0].sha256


@pytest.mark.usefixtures("known")
def test_if_one_table_does_not_fit_nothing_is_put_in(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.import_("pacts", put(tmp_path / "a", pacts=PACTS, more=PACTS), when=WHEN)
    before = everything(store.folder)
    wrong = put(tmp_path / "b", pacts=PACTS, more=PACTS.rstrip("\n"))
    with pytest.raises(BadInput, match="is not the file that the record of pacts names"):
        store.import_("pacts", wrong, when=WHEN)
    with pytest.raises(BadInput, match="is cut off"):
        store.import_("pacts", wrong, when=WHEN, any_version=True)
    assert everything(store.folder) == before


@pytest.mark.usefixtures("known")
def test_a_crash_before_the_end_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    place = put(tmp_path / "a", pacts=PACTS)
    store.import_("pacts", place, when=WHEN)
    before = store.table("pacts", "pacts").collect()

    def crash(path: Path, content: bytes) -> None:
        raise KeyboardInterrupt

    new = PACTS.replace("1.5", "9.5")
    with monkeypatch.context() as patch:
        patch.setattr("comity.sources.store.put", crash)
        patch.setattr(Store, "_sweep", lambda self, home: None)
        with pytest.raises(KeyboardInterrupt):
            store.import_("pacts", put(tmp_path / "b", pacts=new), when=WHEN, any_version=True)
    assert store.table("pacts", "pacts").collect().equals(before)
    store.import_("pacts", place, when=WHEN)
    assert len(list(store.folder.rglob("*.parquet"))) == 1, "what the crash left is swept away"


@pytest.mark.usefixtures("known")
def test_while_one_import_is_at_a_source_another_is_refused(tmp_path: Path) -> None:
    store, place, said = Store(tmp_path / "store"), put(tmp_path / "a", pacts=PACTS), list[str]()

    def meanwhile(name: str) -> None:
        with pytest.raises(BadInput, match=r"pacts is being imported into .* already; wait until that is done"):
            Store(store.folder).import_("pacts", place, when=WHEN)
        said.append(name)

    store.import_("pacts", place, when=WHEN, progress=meanwhile)
    assert said == ["pacts pacts"]
    assert len(store.table("pacts", "pacts").collect()) == 3
    assert len(store.import_("pacts", place, when=WHEN)) == 1, "and afterwards there is nothing in the way"


@pytest.mark.usefixtures("known")
def test_another_version_goes_in_only_if_asked_for_and_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    other = put(tmp_path / "a", pacts=PACTS.replace("1.5", "9.5"))
    with pytest.raises(BadInput, match="--any-version"):
        store.import_("pacts", other, when=WHEN)
    assert store.held() == ()
    (done,) = store.import_("pacts", other, when=WHEN, any_version=True)
    assert (done.known, done.version) == (False, "another")
    assert store.held() == (done,)


@pytest.mark.usefixtures("known")
def test_a_table_that_was_not_found_leaves_the_one_in_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.import_("pacts", put(tmp_path / "a", pacts=PACTS, more=PACTS), when=WHEN)
    store.import_("pacts", put(tmp_path / "b", pacts=PACTS), when=WHEN)
    assert set(store.held_of("pacts")) == {"pacts", "more"}
    assert [t.name for t in store.missing("pacts", tmp_path / "b")] == ["more"]


@pytest.mark.usefixtures("known")
def test_of_several_files_of_one_name_the_one_with_the_checksum_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a", pacts=PACTS.replace("1.5", "9.5"))
    put(tmp_path / "in" / "b", pacts=PACTS)
    (done,) = Store(tmp_path / "store").import_("pacts", tmp_path / "in", when=WHEN)
    assert done.known


@pytest.mark.usefixtures("known")
def test_a_file_can_be_named_itself(tmp_path: Path) -> None:
    (done,) = Store(tmp_path / "store").import_("pacts", put(tmp_path / "a", pacts=PACTS) / "pacts.csv", when=WHEN)
    assert done.table == "pacts"


@pytest.mark.usefixtures("known")
def test_what_is_not_there_says_what_to_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(BadInput, match="comity sources fetch"):
        store.table("pacts", "pacts")
    with pytest.raises(BadInput, match="holds no file of pacts"):
        store.import_("pacts", tmp_path, when=WHEN)
    assert store.held() == ()


@pytest.mark.usefixtures("known")
def test_a_table_that_was_cut_short_on_disk_is_one_line(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    (done,) = store.import_("pacts", put(tmp_path / "a", pacts=PACTS), when=WHEN)
    kept = store.folder / "pacts" / done.kept
    for content in (b"", kept.read_bytes()[:40]):
        kept.write_bytes(content)
        with pytest.raises(BadInput, match="is cut short or damaged; import pacts again"):
            store.table("pacts", "pacts")


@pytest.mark.usefixtures("known")
def test_a_damaged_manifest_is_one_line(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.import_("pacts", put(tmp_path / "a", pacts=PACTS), when=WHEN)
    manifest = store.folder / "pacts" / "manifest.json"
    for text in ("{", "[]", json.dumps({"pacts": {"rows": 3}})):
        manifest.write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match="delete its folder and import pacts again"):
            store.held()


def test_where_the_store_is() -> None:
    assert where({"COMITY_SOURCES": "there"}) == Path("there")
    assert where({"XDG_CACHE_HOME": "cache", "LOCALAPPDATA": "cache"}).parts[-2:] == ("comity", "sources")
