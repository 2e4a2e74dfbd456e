#!/usr/bin/env python3
"""Does this answer follow, by the rules, from acts that are in that ledger?  An answer file checked offline, with nothing but Python 3.11.

    python comity-verify.pyz ANSWER --key KEY [--witness KEY ...] [--slow]

ANSWER is a file as ``comity answer`` writes it. KEY is the ledger's public key, and each WITNESS that of somebody who cosigns its
checkpoints, as they gave them to you (name+id+base64). ``make verifier`` builds comity-verify.pyz, in which the rules are. Exit 0:
verified, and what; 1: not, and everything that is wrong; 2: misuse, or a file that is none.

1. the checkpoint: signed by the ledger's key, cosigned by each witness (C2SP signed-note, tlog-checkpoint, tlog-cosignature)   2. the leaves,
hashed with the proof up to a root: the signed one (RFC 9162, 2.1)   3. the texts and acts: those whose hashes the leaves say   4. the
statement: signed by the ledger's key, over all the rest of the file   5. the answer and its label: worked out anew from the texts alone, and
compared   6. with --slow the verdict once more, by a second, literal reading of the law (in-force, bound, and between for one agreement).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import NoReturn

from read_answer import FORMAT, LARGEST, NoAnswer, Plain, read
from verify_proof import LOG, WITNESS, Key, NotProved, read_key, signed_at

from comity.book import Book, read_files
from comity.questions import Put, answer, read_put, rules_digest
from comity.standing import Standing
from comity.terms import ComityError, Verdict, join
from oracles import standing as oracle

LEAF = b"comity leaf 1\n"
MOST_DIFFERENCES = 20


# -- 1. the checkpoint -------------------------------------------------------------------------------------------------


def check_checkpoint(document: Plain, key: str, witnesses: list[str]) -> Iterator[str]:
    name, note = name_of(key), _note(document["checkpoint"])
    if not is_signed_by(note, key):
        yield f"the checkpoint is not signed by {name} with this key"
    for witness in witnesses:
        if not is_cosigned_by(note, witness):
            yield f"the checkpoint is not cosigned by {name_of(witness, WITNESS)}"
    if document["checkpoint"][0] != name:
        yield f"the checkpoint is about {document['checkpoint'][0]!r}, not about {name}"


def name_of(key: str, kind: int = LOG) -> str:
    """Whose key it is; NotProved if it is none, or of another kind."""
    return read_key(key, kind)[0]


def is_signed_by(note: str, key: str) -> bool:
    """Is the note signed by the log with this key?"""
    return _is_there(note, read_key(key, LOG))


def is_cosigned_by(note: str, witness: str) -> bool:
    """Did the witness with this key see the checkpoint?"""
    return _is_there(note, read_key(witness, WITNESS))


def _is_there(note: str, key: Key) -> bool:
    """Is there a right signature by this key, and no wrong one?"""
    try:
        return signed_at(note, key) is not None
    except NotProved:
        return False


def _note(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def said_by(document: Plain) -> tuple[int, bytes]:
    """Size and root, as the checkpoint says them."""
    lines = document["checkpoint"]
    if len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit() or len(lines[1]) > 19:
        raise NotProved("the checkpoint does not say how many items there are")
    return int(lines[1]), _decoded(lines[2])


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if len(data) != 32 or base64.b64encode(data).decode() != text:
        raise NotProved(f"{text[:50]!r} is not a hash in base64")
    return data


# -- 2. the leaves -----------------------------------------------------------------------------------------------------


def check_leaves(document: Plain) -> Iterator[str]:
    size, root = said_by(document)
    leaves = [(int(item["leaf"]["seq"]), item["leaf"]) for item in document["items"]]
    numbers = [number for number, _ in leaves]
    if numbers != sorted(set(numbers)) or not all(number < size for number in numbers):
        yield f"the items are not numbered in rising order, each once, below {size}"
        return
    hashed = [(number, hashlib.sha256(b"\x00" + leaf_bytes(leaf)).digest()) for number, leaf in leaves]
    if root_of(hashed, size, [_decoded(text) for text in document["proof"]]) != root:
        yield "the leaves and the hashes of the proof do not lead to the root of the checkpoint: one of them was changed, or is missing"


def leaf_bytes(leaf: dict[str, str]) -> bytes:
    """The bytes that stand for an item in the log."""
    return LEAF + json.dumps(leaf, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def root_of(leaves: list[tuple[int, bytes]], size: int, proof: list[bytes]) -> bytes | None:
    """The root over ``size`` leaves of which these are known; ``proof``: the hashes of the parts in which none of them stands, from left to right.

    The tree is cut after the largest power of two smaller than its size (RFC 9162, 2.1.1). None if there are too few hashes, or too many.
    """
    given = iter(proof)

    def over(start: int, end: int, known: list[tuple[int, bytes]]) -> bytes:
        if not known:
            return next(given)
        if end - start == 1:
            return known[0][1]
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        left = over(start, middle, [each for each in known if each[0] < middle])
        return hashlib.sha256(b"\x01" + left + over(middle, end, [each for each in known if each[0] >= middle])).digest()

    try:
        root = over(0, size, leaves)
    except StopIteration:
        return None
    return root if next(given, None) is None else None


# -- 3. the texts and acts ---------------------------------------------------------------------------------------------


def check_texts(document: Plain) -> Iterator[str]:
    for item in document["items"]:
        leaf = item["leaf"]
        if f"sha256:{hashlib.sha256(_text(item)).hexdigest()}" != leaf["text"]:
            yield f"item {leaf['seq']} ({leaf['file']!r}): the text is not the one that its leaf is of"


def _text(item: Plain) -> bytes:
    return "".join(item["text"]).encode()


def book_of(document: Plain) -> Book:
    """The record that the items are, and nothing else."""
    files: dict[str, bytes] = {}
    for item in document["items"]:
        leaf = item["leaf"]
        files[leaf["file"]] = _text(item) if leaf.get("whole") == "yes" else files.get(leaf["file"], b"") + _text(item)
    return read_files(files, "the answer file")


def check_acts(document: Plain, book: Book) -> Iterator[str]:
    """Is each act, as it reads here, the one that its leaf says, recorded on that day?"""
    for problem in book.problems:
        yield f"the record in the file has a problem: {problem}"
    said: dict[str, list[tuple[str, str | None]]] = {}
    for item in document["items"]:
        if "act" in item["leaf"]:
            said.setdefault(item["leaf"]["file"], []).append((item["leaf"]["act"], item["leaf"].get("recorded")))
    read_here: dict[str, list[tuple[str, str | None]]] = {}
    for (file, _), entry in sorted(book.rows.items(), key=lambda row: row[0]):
        read_here.setdefault(file, []).append((entry.act.hash, entry.recorded.isoformat()))
    for file in sorted({*said, *read_here}):
        if said.get(file) != read_here.get(file):
            yield f"{file!r}: the acts, as they read here, are not those of their leaves"


# -- 4. the statement --------------------------------------------------------------------------------------------------


def check_statement(document: Plain, key: str) -> Iterator[str]:
    note, viewer = _note(document["statement"]), document["question"].get("viewer")
    if not is_signed_by(note, key):
        yield f"the statement is not signed by {name_of(key)} with this key"
    rest = {field: value for field, value in document.items() if field != "statement"}
    canonical = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    seen = "" if viewer is None else f" and that {viewer} may see"
    hashed, size = f"sha256:{hashlib.sha256(canonical).hexdigest()}", said_by(document)[0]
    says = f"At the checkpoint of {size} items these are all the items of the log that bear on the question{seen}, and this is the answer."
    said = note.rpartition("\n\n")[0].split("\n")
    if said[:2] != [FORMAT, hashed]:
        yield f"the statement is not about this file: its hash is {hashed}"
    elif said[2:] != [says]:
        yield "the statement does not say what a statement says"


# -- 5. the answer -----------------------------------------------------------------------------------------------------


def check_answer(document: Plain, put: Put, book: Book) -> Iterator[str]:
    derived = json.loads(json.dumps({"answer": answer(book.record, put), "label": asdict(join(e.act.label for e in book.record.entries))}))
    for field, says in derived.items():
        found = list(differences(field, document[field], says))
        yield from found[:MOST_DIFFERENCES]
        if len(found) > MOST_DIFFERENCES:
            yield f"{field}: and {len(found) - MOST_DIFFERENCES} more differences"


def differences(path: str, given: object, derived: object) -> Iterator[str]:
    """Where what the file says is not what comes out, field by field."""
    if isinstance(given, dict) and isinstance(derived, dict):
        for name in sorted({*given, *derived}):
            yield from differences(f"{path}.{name}", given.get(name, "nothing"), derived.get(name, "nothing"))
    elif isinstance(given, list) and isinstance(derived, list) and len(given) == len(derived):
        for place, (one, other) in enumerate(zip(given, derived, strict=True)):
            yield from differences(f"{path}[{place}]", one, other)
    elif given != derived or type(given) is not type(derived):
        yield f"{path}: the file says {_short(given)}, by the rules it is {_short(derived)}"


def _short(value: object) -> str:
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


# -- 6. the second reading ---------------------------------------------------------------------------------------------


def check_slowly(document: Plain, put: Put, book: Book) -> Iterator[str]:
    """Is the verdict, before coverage is looked at, that of the oracle, which shares nothing with the rules but types?"""
    record, words = book.record, put.words
    slow = oracle.Record(record.agreements, record.entries, record.register)
    fast = Standing(record, on=put.on, known=put.known, viewer=put.viewer)
    asked = (words.get("agreement", ""), put.on, put.known, put.viewer)
    found: tuple[Verdict, Verdict]
    if put.name == "in-force":
        found = fast.verdict_in_force(asked[0]), oracle.in_force(slow, *asked)
    elif put.name == "bound":
        territory = words.get("territory")
        found = fast.verdict_bound(words["party"], asked[0], territory)[0], oracle.bound(slow, words["party"], *asked, territory=territory)[0]
    else:
        found = fast.verdict_between(words["a"], words["b"], asked[0])[0], oracle.between(slow, words["a"], words["b"], *asked)[0]
    if found[0] is not found[1] or document["answer"]["verdict"] not in (found[1], Verdict.UNKNOWN):
        yield f"the second reading says {found[1]}, the rules say {found[0]}, the file says {document['answer']['verdict']}"


def is_read_twice(put: Put) -> bool:
    """Does the oracle answer this question?"""
    return put.name in ("in-force", "bound", "between") and put.about is not None


# -- all of it ---------------------------------------------------------------------------------------------------------


def check(document: Plain, key: str, witnesses: list[str] | tuple[str, ...] = (), *, slow: bool = False) -> list[str]:
    """Everything that is wrong with the answer; nothing: it is verified. What rests on changed texts is not worked out."""
    wrong = _told("the checkpoint", lambda: check_checkpoint(document, key, list(witnesses)))
    held = _told("the proof", lambda: check_leaves(document)) + _told("the texts", lambda: check_texts(document))
    wrong += held + _told("the statement", lambda: check_statement(document, key))
    if held:
        return wrong
    book = book_of(document)
    wrong += _told("the acts", lambda: check_acts(document, book))
    try:
        put = read_put(document["question"])
    except ComityError as problem:
        return [*wrong, f"the question can't be put: {problem}"]
    wrong += _told("the answer", lambda: check_answer(document, put, book))
    if slow and is_read_twice(put):
        wrong += _told("the second reading", lambda: check_slowly(document, put, book))
    return wrong


def _told(what: str, step: Callable[[], Iterator[str]]) -> list[str]:
    """What a step finds wrong; that it can't be done is wrong too."""
    found = []
    try:
        for wrong in step():
            found.append(" ".join(wrong.split()))
    except (NotProved, ComityError) as problem:
        found.append(f"{what}: {' '.join(str(problem).split())}")
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as problem:
        found.append(f"{what} can't be worked out ({type(problem).__name__}: {' '.join(str(problem).split())[:100]})")
    return found


# -- the command -------------------------------------------------------------------------------------------------------


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise NoAnswer(f"{message}; usage: {self.usage}")


def main(arguments: list[str]) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        given = _given(arguments)
        with open(given.file, "rb") as file:
            document = read(file.read(LARGEST + 1))
        name_of(given.key)
        for witness in given.witness:
            name_of(witness, WITNESS)
    except (NoAnswer, NotProved) as problem:
        print(f"comity-verify: {problem}", file=sys.stderr)
        return 2
    except (OSError, ValueError) as problem:
        print(f"comity-verify: the file cannot be read ({problem})", file=sys.stderr)
        return 2
    wrong = check(document, given.key, given.witness, slow=given.slow)
    for line in wrong:
        print(f"not verified: {line}")
    if not wrong:
        tell(document, given.witness, slow=given.slow)
    return 1 if wrong else 0


def _given(arguments: list[str]) -> argparse.Namespace:
    usage = "comity-verify.pyz ANSWER --key KEY [--witness KEY ...] [--slow]"
    parser = _Arguments(usage=usage, description="Check an answer file, offline.", allow_abbrev=False)
    parser.add_argument("file", metavar="ANSWER", help="a file as `comity answer` writes it")
    parser.add_argument("--key", required=True, help="the ledger's public key (name+id+base64)")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY", help="the key of somebody who must have cosigned the checkpoint")
    parser.add_argument("--slow", action="store_true", help="the verdict once more, by a second reading of the law")
    return parser.parse_args(arguments)


def tell(document: Plain, witnesses: list[str], *, slow: bool) -> None:
    """What is shown, and what is taken on somebody's word."""
    put, items, name = read_put(document["question"]), document["items"], document["checkpoint"][0]
    words = " ".join(f"{word}={' '.join(value) if isinstance(value, list) else value}" for word, value in put.words.items())
    acts = sum("act" in item["leaf"] for item in items)
    print(f"verified: {put.name} {words}, on {put.on}, known {put.known}, {'as ' + put.viewer if put.viewer else 'as its keeper'} sees it")
    print(f"  answer: {document['answer'].get('verdict', 'in the file')}")
    print(f"  shown: {len(items)} items ({acts} acts) are in the log of {name}, at its checkpoint of {document['checkpoint'][1]} items")
    print("  shown: from these, by the rules in this verifier, this answer follows")
    if slow and is_read_twice(put):
        print("  shown: a second reading of the law comes to the same verdict, before it is asked how far the record reaches")
    for witness in witnesses:
        print(f"  shown: {name_of(witness, WITNESS)} saw that checkpoint")
    print(f"  on the word of {name}, signed: nothing that bears on the question was left out")
    if document["rules"] != rules_digest():
        print(f"  note: the answer was made by other rules ({document['rules']}) than those in this verifier ({rules_digest()})")
    if slow and not is_read_twice(put):
        print("  note: there is no second reading of this question")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
