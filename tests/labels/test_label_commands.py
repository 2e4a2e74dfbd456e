"""comity label show, convert, lint, join: what a person or a program gets, and one line where something is wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from comity.labels import read_binding, read_label_xml, write_labels
from comity.labels.stix_markings import TLP2, stix_object, tlp_label
from tests.cli.running import Done, comity
from tests.labels.making import DATA, code, label, mirror, note, rel
from tests.labels.test_bindings import pair

FILE, GOOD = str(DATA / "label.xml"), str(DATA / "coherent.toml")
SPIF, MIRROR = str(DATA / "example-spif.xml"), str(DATA / "mirror-spif.xml")


@cache
def validator() -> Draft202012Validator:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "label.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(*arguments: str, exits: int = 0) -> dict[str, Any]:
    done = comity("label", *arguments, "--json")
    assert done.code == exits, done
    validator().validate(done.json)
    return done.json


def refused(*arguments: str) -> str:
    done = comity("label", *arguments)
    assert (done.code, done.out) == (2, ""), done
    assert len(done.err.splitlines()) == 1, done
    return done.err


def put(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def ok(done: Done) -> str:
    assert (done.code, done.err) == (0, ""), done
    return done.out


def test_show_tells_each_label_of_each_file() -> None:
    out = ok(comity("label", "show", FILE, GOOD))
    assert "EXAMPLE TOP SECRET//DELTA//DRAFT//REL TO XAA, XBB//IN CONFIDENCE" in out
    assert "from 2040-01-01T00:00:00Z: EXAMPLE OPEN" in out
    assert "originator: a@example.org (rfc822Name)" in out
    assert f"{GOOD} (toml)" in out
    shown = as_json("show", FILE, GOOD)["files"]
    assert [file["format"] for file in shown] == ["xml", "toml"]


def test_show_tells_the_label_that_counts_on_a_day() -> None:
    assert "EXAMPLE RESTRICTED\n" in ok(comity("label", "show", FILE, "--on", "2035-01-01"))


def test_show_tells_markings_that_only_their_authors_define(tmp_path: Path) -> None:
    theirs = {"type": "marking-definition", "id": "marking-definition--1", "definition_type": "statement", "definition": {"statement": "(c) [them]"}}
    bundle = json.dumps({"type": "bundle", "objects": [theirs, stix_object(tlp_label(TLP2, "RED"))]}).encode()
    file = put(tmp_path, "a.json", bundle)
    out = ok(comity("label", "show", file))
    assert "TLP 2.0 RED" in out
    assert "marking-definition--1: (c) [them]" in out
    as_json("show", file)
    done = comity("label", "convert", file, "--to", "toml")
    assert done.code == 0
    assert "warning: not carried:" in done.err
    only = put(tmp_path, "b.json", json.dumps(theirs).encode())
    assert "no label in it, only markings" in refused("convert", only, "--to", "toml")
    assert "no label in it, only markings" in refused("lint", only)


@pytest.mark.parametrize("target", ["xml", "toml", "json", "stix"])
def test_convert_writes_what_is_read_again(target: str, tmp_path: Path) -> None:
    original = read_label_xml((DATA / "label.xml").read_bytes())
    file = put(tmp_path, "converted", ok(comity("label", "convert", FILE, "--to", target)).encode())
    assert read_label_xml(ok(comity("label", "convert", file, "--to", "xml")).encode()) == original
    content = as_json("convert", FILE, "--to", target)
    assert (content["format"], content["lost"]) == (target, [])
    if target == "json":
        validator().validate(json.loads(content["content"]))


def test_convert_tells_what_is_lost() -> None:
    done = comity("label", "convert", FILE, "--to", "marking")
    assert done.out == "EXAMPLE TOP SECRET//DELTA//DRAFT//REL TO XAA, XBB//IN CONFIDENCE\n"
    assert f"warning: not carried: {FILE}: the succession" in done.err.splitlines()
    assert f"{FILE}: the originator" in as_json("convert", FILE, "--to", "marking")["lost"]


def test_convert_writes_the_label_that_counts_on_a_day_and_says_so() -> None:
    done = comity("label", "convert", FILE, "--to", "xml", "--on", "2045-01-01")
    assert ">OPEN<" in done.out
    assert "its successor counts on 2045-01-01" in done.err


def test_convert_refuses_what_has_no_equivalent() -> None:
    done = comity("label", "convert", GOOD, "--to", "toml", "--into", "mirror", "--spif", SPIF, "--spif", MIRROR)
    assert done.code == 2, "DELTA has no equivalent"
    assert "has no equivalent under MIRROR: Codewords DELTA has no equivalent in MIRROR" in done.err
    assert "nothing says how labels of EXAMPLE are mapped" in refused("convert", GOOD, "--to", "toml", "--into", "MIRROR", "--spif", MIRROR)
    assert "neither a SPIF given nor a label is of that policy" in refused("convert", GOOD, "--to", "toml", "--into", "X")


def test_a_sidecar_holds_the_label_beside_its_equivalent(tmp_path: Path) -> None:
    source = put(tmp_path, "a.xml", write_labels([label("OPEN", rel("XAA"), note("DRAFT"))], "xml"))
    about = put(tmp_path, "report.pdf", b"the report")
    done = comity("label", "convert", source, "--to", "bdo", "--about", about, "--into", "MIRROR", "--spif", SPIF, "--spif", MIRROR)
    assert done.code == 0
    assert "note: OPEN is taken for PLAIN" in done.err
    binding = read_binding(done.out.encode())
    assert [(one.role, one.classification) for one in binding.labels] == [("originator", "OPEN"), ("alternative", "PLAIN")]
    (data,) = binding.data
    assert (data.uri, data.content_type, data.sha384 is None) == ("report.pdf", "application/pdf", False)
    mapped = comity("label", "convert", source, "--to", "xml", "--into", "MIRROR", "--spif", SPIF, "--spif", MIRROR)
    assert read_label_xml(mapped.out.encode()).role == "alternative"


def test_a_signed_sidecar_is_shown_as_what_it_is_worth(tmp_path: Path) -> None:
    key, certificate = (put(tmp_path, name, content) for name, content in zip(("key.pem", "certificate.pem"), pair("signer"), strict=True))
    about = put(tmp_path, "report.pdf", b"the report")
    signed = ok(comity("label", "convert", GOOD, "--to", "bdo", "--about", about, "--key", key, "--certificate", certificate))
    sidecar = put(tmp_path, "report.pdf.bdo", signed.encode())
    out = ok(comity("label", "show", sidecar, "--trust", certificate))
    assert "about: report.pdf, with its digest" in out
    assert "signature: valid: signed by the holder of a trusted certificate and unchanged since (CN=signer)" in out
    assert as_json("show", sidecar)["files"][0]["signature"]["why"] == "no trusted certificate was given"
    put(tmp_path, "report.pdf", b"another report")
    assert as_json("show", sidecar, "--trust", certificate)["files"][0]["signature"]["why"] == "report.pdf is not the file that was signed"
    (tmp_path / "report.pdf").unlink()
    assert as_json("show", sidecar, "--trust", certificate)["files"][0]["signature"]["verdict"] == "valid"
    again = comity("label", "convert", sidecar, "--to", "bdo")
    assert read_binding(again.out.encode()).data == read_binding(signed.encode()).data
    assert "not carried" in again.err
    assert "the signature" in again.err
    assert "the names of the data" in comity("label", "convert", sidecar, "--to", "toml").err


def test_lint_finds_nothing_in_a_coherent_label() -> None:
    assert ok(comity("label", "lint", GOOD, "--spif", SPIF, "--on", "2026-11-26")) == "no findings\n"
    assert as_json("lint", GOOD, "--spif", SPIF, "--on", "2026-11-26") == {"findings": []}


def test_lint_exits_1_where_it_finds_something(tmp_path: Path) -> None:
    file = put(tmp_path, "a.toml", write_labels([label("SECRET", rel())], "toml"))
    done = comity("label", "lint", file, "--spif", SPIF)
    assert (done.code, done.err) == (1, "")
    assert "released-to-nobody" in done.out
    found = as_json("lint", file, "--spif", SPIF, exits=1)["findings"]
    assert [finding["code"] for finding in found] == ["missing-category", "released-to-nobody"]


def test_lint_is_told_who_belongs_to_a_community(tmp_path: Path) -> None:
    file = put(tmp_path, "a.toml", write_labels([label("OPEN", rel("XAA", "XBB"), rel("NORTH", "SOUTH", tag="Groups"))], "toml"))
    assert ok(comity("label", "lint", file, "--spif", SPIF)) == "no findings\n"
    found = as_json("lint", file, "--spif", SPIF, "--community", "NORTH=XAA, XCC", exits=1)["findings"]
    assert [(finding["code"], "XCC" in finding["says"]) for finding in found] == [("community-outside-release", True)]
    assert "write it as NAME=XAA,XBB" in refused("lint", file, "--community", "NORTH")


def test_lint_knows_the_ladders_of_standards_and_those_on_record(tmp_path: Path, small_book: Path) -> None:
    tlp = put(tmp_path, "a.json", write_labels([tlp_label(TLP2, "RED")], "stix"))
    assert "no-review" in comity("label", "lint", tlp).out
    recorded = put(tmp_path, "b.toml", write_labels([label("COSMIC", rel("XAA"), policy=mirror().identifier)], "toml"))
    done = comity("--book", str(small_book), "label", "lint", recorded)
    assert (done.code, done.err) == (1, "")
    assert "unknown-level" in done.out
    assert "the policy EXAMPLE has no ladder on record" in refused_in(small_book, "lint", GOOD)


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with one ladder, that of MIRROR."""
    from tests.book.folders import folder

    ladder = 'policy = "MIRROR"\nowner = "AAA"\nsource = "made up"\n\n[[level]]\nname = "PLAIN"\nrank = 1\n\n[[level]]\nname = "SEALED"\nrank = 2\n'
    return folder(tmp_path_factory.mktemp("labels") / "book", {"ladders/MIRROR.toml": ladder})


def refused_in(book: Path, *arguments: str) -> str:
    done = comity("--book", str(book), "label", *arguments)
    assert (done.code, done.out) == (2, ""), done
    return done.err


def test_join_tells_the_label_of_the_whole_and_why(tmp_path: Path, small_book: Path) -> None:
    file = put(tmp_path, "a.toml", write_labels([label("TOP SECRET", rel("XBB", "XCC"), code("DELTA"))], "toml"))
    out = ok(comity("label", "join", GOOD, file, "--spif", SPIF))
    assert out.splitlines()[0] == "EXAMPLE TOP SECRET//DELTA//REL TO XBB"
    assert "TOP SECRET is the highest level" in out
    joined = as_json("join", GOOD, file, "--spif", SPIF)
    assert joined["label"]["classification"] == "TOP SECRET"
    later = as_json("join", FILE, "--on", "2045-01-01", "--spif", SPIF)
    assert later["label"]["classification"] == "OPEN"
    plain = put(tmp_path, "b.toml", write_labels([label("PLAIN", policy=mirror().identifier)], "toml"))
    assert comity("--book", str(small_book), "label", "join", plain).out.splitlines()[0] == "MIRROR PLAIN"


def test_join_of_what_does_not_join_says_why(tmp_path: Path) -> None:
    file = put(tmp_path, "a.toml", write_labels([label("PLAIN", policy=mirror().identifier)], "toml"))
    out = ok(comity("label", "join", GOOD, file, "--spif", SPIF, "--spif", MIRROR, "--into", "MIRROR"))
    assert out.splitlines()[0] == "NO common label"
    assert "labels of EXAMPLE and MIRROR cannot be joined" in out
    assert as_json("join", GOOD, file, "--spif", SPIF, "--spif", MIRROR)["label"] is None


MISUSE = [
    (("show", "no-such-file"), "'no-such-file' cannot be read"),
    (("show", FILE, "--on", "soon"), "--on: 'soon' is not a day"),
    (("convert", FILE, "--to", "pdf"), "--to 'pdf': there is xml, toml, json, stix, bdo, marking"),
    (("convert", FILE, "--to", "bdo"), "name the file that the sidecar is about with --about"),
    (("convert", FILE, "--to", "xml", "--key", FILE), "--key and --certificate go together"),
    (("convert", FILE, "--to", "xml", "--key", FILE, "--certificate", FILE), "only a sidecar is signed"),
    (("convert", FILE, GOOD, "--to", "xml"), "2 labels do not go into one 4774 document"),
    (("lint", FILE, "--spif", FILE), "a SPIF is SPIF in"),
    (("lint", SPIF), "a label is in urn:nato"),
    (("join", GOOD, "--into", "X", "--spif", SPIF), "--into 'X'"),
    (("show", str(DATA)), "cannot be read"),
]


@pytest.mark.parametrize(("arguments", "says"), MISUSE)
def test_misuse_is_one_line(arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(*arguments)
    assert says in comity("label", *arguments, "--json").json["error"]
