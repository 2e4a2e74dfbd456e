"""An answer file is checked without the ledger: what was asked of either database verifies, and whatever is touched is named."""

from __future__ import annotations

import base64
import contextlib
import copy
import hashlib
import importlib
import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

import comity as library
from comity import about
from comity.about import Opened
from comity.answers import answer_file
from comity.keeping import add_rows, take_in
from comity.ledger import Ledger, Signer, create, new_signer, proof_of, verifier_key, write_key
from comity.ledger.notes import SignatureType, cosign
from comity.questions import Put, answer, read_put
from comity.questions.rules import ROOMS
from comity.terms import BadInput
from tests.cli.running import comity
from tests.cli.test_answers_as_json import validator
from tests.ledger.conftest import BOOK, ORIGIN, VERIFIER, Document, again

ON = date(2012, 6, 1)
KNOWN = date(2026, 11, 26)

QUESTIONS = [
    "in-force alf-bet --on 2012-01-01",
    "bound BET alf-bet --on 2018-03-01",
    "bound BET alf-bet-sofa --for ISL --on 2012-06-01 --strict",
    "between ALF BET --agreement alf-bet-sofa --on 2012-06-01",
    "between ALF BET --on 2012-06-01",
    "timeline alf-bet BET --known 2020-01-01",
    "upcoming --on 2018-01-10 --within 400d",
    "findings --agreement alf-bet",
    "findings",
    "may release --from ALF --to BET --level DEEP --category WELLS --on 2012-01-01",
    "may release --from ALF --to BET --level DEEP --caveat 'ASK FIRST' --rel BET,GAM --on 2012-01-01 --as BET",
    "may station --from ALF --in BET --purpose training --on 2014-06-01 --until 2014-07-01",
    "may supply --from BET --to ALF --thing ammunition --on 2016-05-20",
    "jurisdiction --from ALF --in BET --on-duty --on 2014-06-01",
    "claim --from ALF,GAM --in BET --unattributable --on 2014-06-01",
    "must --on 2015-01-01 --all --as public",
]


# -- what is asked verifies


def test_every_question_goes_into_a_file_that_verifies_and_holds_what_is_printed(ledger: Ledger, checker: ModuleType, tmp_path: Path) -> None:
    at = ("--ledger", ledger.url)
    key = comity(*at, "ledger", "key", str(tmp_path / "k")).out.strip()
    for number, line in enumerate(QUESTIONS if ledger.url.startswith("sqlite") else QUESTIONS[::4]):
        done = comity(*at, "answer", "-o", str(tmp_path / f"{number}.json"), "--key", str(tmp_path / "k"), "--", *shlex.split(line))
        assert (done.code, done.err) == (0, ""), done
        document = checker.read((tmp_path / f"{number}.json").read_bytes())
        assert checker.check(document, key, slow=True) == [], line
        assert document["answer"] == comity(*at, *shlex.split(line), "--json").json, line
        validator("answer-file").validate(document)


def test_about_one_agreement_the_file_holds_that_one_and_what_it_leans_on(document: Document) -> None:
    files = {item["leaf"]["file"] for item in document["items"]}
    assert {f for f in files if f.startswith("agreements/")} == {"agreements/alf-bet.toml"}
    assert sum("act" in item["leaf"] for item in document["items"]) == 6
    assert document["answer"]["verdict"] == "contested"
    assert (document["question"]["on"], document["question"]["known"]) == ("2018-03-01", "2026-11-26")


def test_days_that_were_left_out_are_written_out(kept: Ledger, signer: Signer, tmp_path: Path) -> None:
    (tmp_path / "k").write_text(write_key(signer))
    done = comity("--ledger", kept.url, "answer", "-o", str(tmp_path / "a.json"), "--key", str(tmp_path / "k"), "in-force", "alf-bet")
    assert done.code == 0, done
    asked = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["question"]
    today = datetime.now(UTC).date().isoformat()
    assert (asked["on"], asked["known"], asked["strict"], asked["viewer"]) == (today, today, False, None)


def test_an_answer_is_about_the_log_as_its_checkpoint_has_it(kept: Ledger, signer: Signer, document: Document) -> None:
    assert int(document["checkpoint"][1]) == kept.head().size
    assert document["checkpoint"][0] == ORIGIN


def test_a_witness_that_did_not_cosign_is_named(checker: ModuleType, document: Document, signer: Signer, key: str) -> None:
    witness, other = new_signer("witness.example.net"), new_signer("other.example.net")
    theirs = [verifier_key(w.name, w.verifier().public_key, SignatureType.COSIGNATURE) for w in (witness, other)]
    note = "\n".join(document["checkpoint"]) + "\n"
    document["checkpoint"] = cosign(note, witness, datetime(2026, 11, 26, tzinfo=UTC)).removesuffix("\n").split("\n")
    document = again(document, signer)
    assert checker.check(document, key, theirs[:1]) == []
    assert checker.check(document, key, theirs) == ["the checkpoint is not cosigned by other.example.net"]


# -- whatever is touched is named


def item_of(document: Document, beginning: str) -> Document:
    found: Document = next(item for item in document["items"] if item["text"][0].startswith(beginning))
    return found


def edited(document: Document) -> None:
    item = item_of(document, "ab3")
    item["text"][0] = item["text"][0].replace("2018-01-01", "2017-01-01")


def edited_with_its_leaf(document: Document) -> None:
    edited(document)
    item = item_of(document, "ab3")
    item["leaf"]["text"] = "sha256:" + hashlib.sha256("".join(item["text"]).encode()).hexdigest()


def other_day(document: Document) -> None:
    document["question"]["on"] = "2012-01-01"


def other_verdict(document: Document) -> None:
    document["answer"]["verdict"] = "yes"


def other_reason(document: Document) -> None:
    document["answer"]["because"][0]["says"] = "it is so"


def less_said(document: Document) -> None:
    del document["answer"]["readings"]


def other_label(document: Document) -> None:
    document["label"]["classification"] = "SECRET"


def other_leaf(document: Document) -> None:
    document["items"][0]["leaf"]["logged"] = "2020-01-01T00:00:00.000000Z"


def other_hash(document: Document) -> None:
    document["proof"][0] = document["proof"][1]


def a_hash_less(document: Document) -> None:
    document["proof"].pop()


def a_hash_more(document: Document) -> None:
    document["proof"].append(document["proof"][0])


def other_root(document: Document) -> None:
    document["checkpoint"][2] = document["proof"][0]


def a_larger_log(document: Document) -> None:
    document["checkpoint"][1] = "1000"


def other_statement(document: Document) -> None:
    document["statement"][2] = document["statement"][2].replace("all", "some")


def no_signature(document: Document) -> None:
    document["statement"] = document["statement"][:4]


def an_act_left_out(document: Document) -> None:
    document["items"].remove(item_of(document, "ab4"))


def an_act_twice(document: Document) -> None:
    document["items"].append(document["items"][-1])


def other_agreement(document: Document) -> None:
    item = next(item for item in document["items"] if item["leaf"]["file"] == "agreements/alf-bet.toml")
    item["text"] = [line.replace("months = 1", "months = 9") for line in item["text"]]


def other_parties(document: Document) -> None:
    document["question"]["words"]["party"] = "ATLANTIS"


NOT_THIS_FILE = "the statement is not about this file: "
TO_NO_ROOT = "the leaves and the hashes of the proof do not lead to the root of the checkpoint"
TOUCHED: list[tuple[Callable[[Document], None], list[str]]] = [
    (edited, [".csv'): the text is not the one that its leaf is of", NOT_THIS_FILE]),
    (edited_with_its_leaf, [TO_NO_ROOT, NOT_THIS_FILE]),
    (other_agreement, ["('agreements/alf-bet.toml'): the text is not the one that its leaf is of", NOT_THIS_FILE]),
    (other_day, [NOT_THIS_FILE, 'answer.verdict: the file says "contested", by the rules it is "yes"']),
    (other_parties, [NOT_THIS_FILE, "the answer: no party 'ATLANTIS' is on record"]),
    (other_verdict, [NOT_THIS_FILE, 'answer.verdict: the file says "yes", by the rules it is "contested"']),
    (other_reason, [NOT_THIS_FILE, 'answer.because[0].says: the file says "it is so", by the rules it is']),
    (less_said, [NOT_THIS_FILE, 'answer.readings: the file says "nothing", by the rules it is a list of 2']),
    (other_label, [NOT_THIS_FILE, 'label.classification: the file says "SECRET", by the rules it is "UNCLASSIFIED"']),
    (other_leaf, [TO_NO_ROOT, NOT_THIS_FILE]),
    (other_hash, [TO_NO_ROOT, NOT_THIS_FILE]),
    (a_hash_less, [TO_NO_ROOT, NOT_THIS_FILE]),
    (a_hash_more, [TO_NO_ROOT, NOT_THIS_FILE]),
    (other_root, [f"the checkpoint is not signed by {ORIGIN} with this key", TO_NO_ROOT, NOT_THIS_FILE]),
    (a_larger_log, [f"the checkpoint is not signed by {ORIGIN} with this key", TO_NO_ROOT, NOT_THIS_FILE]),
    (other_statement, [f"the statement is not signed by {ORIGIN} with this key", "the statement does not say what a statement says"]),
    (no_signature, [f"the statement is not signed by {ORIGIN} with this key"]),
    (an_act_left_out, [TO_NO_ROOT, NOT_THIS_FILE]),
    (an_act_twice, ["the items are not numbered in rising order, each once, below", NOT_THIS_FILE]),
]


@pytest.mark.parametrize(("touch", "named"), TOUCHED, ids=[touch.__name__ for touch, _ in TOUCHED])
def test_what_was_touched_is_named(touch: Callable[[Document], None], named: list[str], checker: ModuleType, document: Document, key: str) -> None:
    assert checker.check(document, key) == []
    touch(document)
    wrong = checker.check(document, key)
    assert all(any(says in line for line in wrong) for says in named), wrong


def test_no_file_in_which_any_character_was_touched_is_believed(checker: ModuleType, written: str, document: Document, key: str) -> None:
    """Only where the same is said in other white space, or not at all, does it verify."""
    rng, believed = Random(4), []
    for at in rng.sample(range(len(written)), 60):
        touched = written[:at] + rng.choice([c for c in 'Aa01"{},\n x' if c != written[at]]) + written[at + 1 :]
        try:
            found = checker.read(touched.encode())
        except checker.NoAnswer:
            continue
        if found != document and not checker.check(found, key):
            believed.append((at, touched[at]))
    assert believed == []


def test_another_key_signed_nothing_of_it(checker: ModuleType, document: Document) -> None:
    other = new_signer(ORIGIN)
    wrong = checker.check(document, verifier_key(other.name, other.verifier().public_key))
    assert wrong == [f"the {what} is not signed by {ORIGIN} with this key" for what in ("checkpoint", "statement")]


def test_a_file_with_an_act_left_out_is_not_believed_on_the_word_of_another(checker: ModuleType, kept: Ledger, document: Document, key: str) -> None:
    """The proof is made anew for the acts that are left, and the answer is what they come to: only the word is another's."""
    wrong = checker.check(again(left_out(kept, document, checker), new_signer(ORIGIN)), key)
    assert wrong == [f"the statement is not signed by {ORIGIN} with this key"]


def test_that_nothing_was_left_out_rests_on_the_keepers_word_alone(
    checker: ModuleType, kept: Ledger, document: Document, key: str, signer: Signer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What no tree of hashes shows: the keeper's own lie verifies, is told as its word, and anybody with the log can show it."""
    lie = again(left_out(kept, document, checker), signer)
    assert checker.check(lie, key) == []
    assert lie["answer"]["verdict"] != document["answer"]["verdict"]
    (tmp_path / "lie.json").write_text(json.dumps(lie), encoding="utf-8")
    assert checker.main([str(tmp_path / "lie.json"), "--key", key]) == 0
    assert f"on the word of {ORIGIN}, signed: nothing that bears on the question was left out" in capsys.readouterr().out


def left_out(kept: Ledger, document: Document, checker: ModuleType) -> Document:
    """The same without the act that suspended the notice, nor the one that revoked it."""
    found = copy.deepcopy(document)
    found["items"] = [item for item in found["items"] if not item["text"][0].startswith(("ab4", "ab5"))]
    numbers = [int(item["leaf"]["seq"]) for item in found["items"]]
    leaves = [kept.leaves(number, number + 1)[0] for number in numbers]
    found["proof"] = [base64.b64encode(hashed).decode() for hashed in proof_of(kept, leaves, int(found["checkpoint"][1]))]
    found["answer"] = answer(checker.book_of(found).record, read_put(found["question"]))
    return found


# -- what is no answer file


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is not JSON, or cut off"),
        (b"\xff\xfe", "it is not text in UTF-8"),
        (b'{"a": "\\ud800"}', "it is not text in UTF-8"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a": 1, "a": 2}', "a name stands twice"),
        (b'{"a": 1.5}', "1.5 is not a number that an answer has"),
        (b'{"a": NaN}', "NaN is not a number that an answer has"),
        (b'{"a": ' + b"9" * 5000 + b"}", "it is not JSON"),
        (b'{"format": "comity answer 2"}', "it does not say that it is a 'comity answer 1'"),
        (b'{"format": "comity answer 1"}', "an answer file has format, label"),
    ],
)
def test_what_is_no_answer_file_is_refused_in_one_line(
    content: bytes, says: str, checker: ModuleType, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert checker.main([str(tmp_path / "a.json"), "--key", key]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert says in told.err


def test_a_file_cut_off_anywhere_is_refused(checker: ModuleType, written: str) -> None:
    for end in range(0, len(written) - 2, 997):
        with pytest.raises(checker.NoAnswer):
            checker.read(written[:end].encode())


@pytest.mark.parametrize("field", ["label", "question", "answer", "rules", "checkpoint", "proof", "items", "statement"])
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [7], [{}], ["a\nb"], {"a": {"b": [None]}}], ids=str)
def test_a_field_of_another_kind_never_verifies_and_never_breaks(
    field: str, value: object, checker: ModuleType, document: Document, key: str
) -> None:
    document[field] = value
    with contextlib.suppress(checker.NoAnswer):
        assert checker.check(checker.read(json.dumps(document).encode()), key)


def test_misuse_is_told_in_one_line(checker: ModuleType, written: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(written, encoding="utf-8")
    file = str(tmp_path / "a.json")
    for arguments in ([], [file], [file, "--key", "nonsense"], [file, "--key", key, "--loud"], [str(tmp_path / "none"), "--key", key]):
        assert checker.main(arguments) == 2
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1), arguments


# -- the archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name in ("comity-verify.pyz", "again.pyz"):
        subprocess.run([sys.executable, "-I", str(VERIFIER / "build.py"), str(folder / name)], check=True)
    return folder / "comity-verify.pyz"


def verified(archive: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run as on a machine that has Python and nothing else, where nothing else is."""
    return subprocess.run([sys.executable, "-I", "-S", str(archive), *arguments], capture_output=True, text=True, cwd=folder, check=False)


def test_the_archive_is_the_same_whenever_it_is_built(archive: Path) -> None:
    assert archive.read_bytes() == archive.with_name("again.pyz").read_bytes()


def test_the_archive_holds_the_rooms_that_the_rules_are_hashed_over(checker: ModuleType) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(VERIFIER))
        assert importlib.import_module("build").ROOMS == ROOMS


def test_real_answers_are_verified_by_plain_python_in_an_empty_folder(
    archive: Path, bundled: Opened, signer: Signer, key: str, tmp_path: Path
) -> None:
    made = create(f"sqlite:///{tmp_path}/cases.db", ORIGIN, about.clock)
    take_in(bundled.book, made)
    (tmp_path / "empty").mkdir()
    asked = {
        "contested": Put("between", date(2019, 11, 24), KNOWN, words={"a": "JPN", "b": "KOR", "agreement": "gsomia-jpn-kor"}),
        "unknown": Put("between", date(2020, 1, 1), KNOWN, words={"a": "FRA", "b": "EST", "agreement": "nato-sofa"}),
    }
    for verdict, put in asked.items():
        text = answer_file(made, signer, put)
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        done = verified(archive, tmp_path / "empty", str(tmp_path / "a.json"), "--key", key)
        assert (done.returncode, done.stderr) == (0, ""), done
        assert f"  answer: {verdict}\n" in done.stdout
        assert "note:" not in done.stdout, "the rules in the archive are those that answered"
        assert len(json.loads(text)["items"]) < 250, "of more than nine thousand"
    (tmp_path / "a.json").write_text(text.replace(f'"verdict": "{verdict}"', '"verdict": "no"', 1), encoding="utf-8")
    done = verified(archive, tmp_path / "empty", str(tmp_path / "a.json"), "--key", key)
    assert (done.returncode, done.stderr) == (1, "")
    assert f'not verified: answer.verdict: the file says "no", by the rules it is "{verdict}"\n' in done.stdout
    made.close()
    assert verified(archive, tmp_path / "empty", str(tmp_path / "none"), "--key", key).returncode == 2


# -- who may see it


def test_a_viewers_file_holds_only_what_that_viewer_may_see(kept: Ledger, signer: Signer, checker: ModuleType, key: str) -> None:
    asked = {"giver": "BET", "taker": "DEL", "level": "LEAGUE DEEP", "policy": "LEA"}
    seen = {}
    for viewer in (None, "BET", "public"):
        document = json.loads(answer_file(kept, signer, Put("may release", date(2020, 1, 1), KNOWN, viewer, words=asked)))
        assert checker.check(document, key) == []
        seen[viewer] = [item["text"][0][:2] for item in document["items"] if "act" in item["leaf"]], document["label"]["policy"]
    assert seen[None] == seen["BET"]
    assert "c4" in seen["BET"][0]
    assert seen["BET"][1] == "LEA"
    assert seen["public"] == ([ref for ref in seen["BET"][0] if ref != "c4"], "PUBLIC")


def test_an_act_that_replies_to_a_hidden_one_can_not_be_carried_to_who_may_not_see_that(kept: Ledger, signer: Signer, tmp_path: Path) -> None:
    made = create(f"sqlite:///{tmp_path}/reply.db", ORIGIN, about.clock)
    take_in(library.open(BOOK).book, made)
    header = "ref,kind,actor,agreement,made,recorded,source,policy,classification,originator,nonce,replies_to\n"
    rows = f"x1,declare,ALF,alf-bet,2012-01-01,2012-01-01,s,ALF,DEEP,ALF,{'ab' * 16},\nx2,retract,ALF,alf-bet,2013-01-01,2013-01-01,s,,,,,x1\n"
    add_rows(made, header + rows, "a.csv", date(2026, 11, 26))
    put = Put("in-force", ON, KNOWN, "public", words={"agreement": "alf-bet"})
    with pytest.raises(BadInput, match="public may see the act 'x2', but not the one that it replies to"):
        answer_file(made, signer, put)
    made.close()
