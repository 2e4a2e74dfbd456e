"""Each check of the verifier by itself, also those that an honest log never gives cause for."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest

from comity.ledger import Ledger, Signer
from comity.ledger.notes import Checkpoint, sign
from tests.ledger.conftest import ORIGIN, Document, again


def test_a_checkpoint_about_another_log_is_no_proof(checker: ModuleType, kept: Ledger, document: Document, signer: Signer, key: str) -> None:
    head = kept.head()
    note = sign(Checkpoint("other.example.org", head.size, head.root()), signer)
    document["checkpoint"] = note.removesuffix("\n").split("\n")
    assert checker.check(again(document, signer), key) == [f"the checkpoint is about 'other.example.org', not about {ORIGIN}"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ((1, "many"), "the checkpoint does not say how many items there are"),
        ((1, "٣"), "the checkpoint does not say how many items there are"),
        ((2, "no root"), "'no root' is not a hash in base64"),
        ((1, "3"), "the items are not numbered in rising order, each once, below 3"),
    ],
)
def test_a_checkpoint_that_says_nothing_is_named(line: tuple[int, str], says: str, checker: ModuleType, document: Document, key: str) -> None:
    document["checkpoint"][line[0]] = line[1]
    assert any(says in wrong for wrong in checker.check(document, key))


def test_a_hash_that_is_none_is_named(checker: ModuleType, document: Document, key: str) -> None:
    document["proof"][0] += "="
    assert any("is not a hash in base64" in wrong for wrong in checker.check(document, key))


def test_what_rests_on_touched_texts_is_not_worked_out(checker: ModuleType, document: Document, key: str) -> None:
    document["items"][-1]["text"] = ["nothing\n"]
    document["answer"]["verdict"] = "yes"
    assert not [wrong for wrong in checker.check(document, key) if wrong.startswith("answer")]


def test_an_act_that_is_not_the_one_its_leaf_says_is_named(checker: ModuleType, document: Document) -> None:
    item = next(item for item in document["items"] if "act" in item["leaf"])
    book = checker.book_of(document)
    assert list(checker.check_acts(document, book)) == []
    for field, other in (("act", "sha256:" + "0" * 64), ("recorded", "1999-01-01")):
        kept, item["leaf"][field] = item["leaf"][field], other
        assert list(checker.check_acts(document, book)) == ["'acts/acts.csv': the acts, as they read here, are not those of their leaves"]
        item["leaf"][field] = kept


def test_a_record_that_can_not_be_read_in_full_is_named(checker: ModuleType, document: Document) -> None:
    document["items"] = [item for item in document["items"] if item["leaf"]["file"] != "parties.toml"]
    wrong = list(checker.check_acts(document, checker.book_of(document)))
    assert any("the record in the file has a problem: parties.toml:1: the book has no parties.toml" in line for line in wrong)


@pytest.mark.parametrize("asked", [("in-force", {}), ("bound", {"party": "BET"}), ("between", {"a": "ALF", "b": "BET"})])
def test_a_second_reading_that_comes_to_another_verdict_is_named(asked: tuple[str, dict[str, str]], checker: ModuleType, document: Document) -> None:
    document["question"] |= {"ask": asked[0], "words": {"agreement": "alf-bet", **asked[1]}}
    put, book = checker.read_put(document["question"]), checker.book_of(document)
    (said,) = {checker.answer(book.record, put)["verdict"]}
    for verdict, count in ((said, 0), ("unknown", 0), ("no", 1)):
        document["answer"]["verdict"] = verdict
        assert len(list(checker.check_slowly(document, put, book))) == count


def test_very_many_differences_are_counted(checker: ModuleType, document: Document, key: str) -> None:
    document["answer"] = {f"field{number}": "x" for number in range(30)}
    wrong = [line for line in checker.check(document, key) if line.startswith("answer")]
    assert len(wrong) == checker.MOST_DIFFERENCES + 1
    assert wrong[-1].endswith("more differences")


def test_yes_is_not_one(checker: ModuleType) -> None:
    assert list(checker.differences("strict", 1, True)) == ["strict: the file says 1, by the rules it is true"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("checkpoint", "one text", "checkpoint is not a list of lines"),
        ("proof", [1], "proof is not a list of lines"),
        ("statement", ["two\nlines"], "statement is not a list of lines"),
        ("question", [], "question is not an object"),
        ("rules", None, "rules is not a text"),
        ("items", [{"leaf": {}, "text": []}], "item 0 is not a leaf with its text"),
        ("items", [{"leaf": {"seq": "-1", "file": "x", "text": "y"}, "text": []}], "item 0 has no number"),
        ("items", [{"leaf": {"seq": "9" * 20, "file": "x", "text": "y"}, "text": []}], "item 0 has no number"),
    ],
)
def test_a_field_of_another_shape_is_named(field: str, value: object, says: str, checker: ModuleType, document: Document) -> None:
    document[field] = value
    with pytest.raises(checker.NoAnswer, match=says):
        checker.read(json.dumps(document).encode())


def test_a_file_too_large_to_be_one_is_not_read(checker: ModuleType, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["read_answer"], "LARGEST", 1024 * 1024)
    with pytest.raises(checker.NoAnswer, match="it has more than 1 MB"):
        checker.read(written.encode() + b" " * 1024 * 1024)
