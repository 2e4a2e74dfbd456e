"""The answer file: question, answer, the items that it rests on, the proof that they are in the log, and the keeper's statement.

1. a checkpoint of the log as it is, signed   2. the whole record up to it, and the answer   3. what the answer rests on, as items of the log
4. the answer again, from these alone: the same, or nothing is written   5. the proof of the items   6. the statement over all of it.

Source: docs/explanation/how-an-answer-carries-its-proof.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from comity.answers.resting import Resting, rests_on
from comity.book import Book, read_files
from comity.ledger import Leaf, Ledger, Signer, files_of, proof_of, signed_checkpoint, state
from comity.questions import Put, answer, rules_digest
from comity.terms import BadInput, ComityError, join

FORMAT = "comity answer 1"
_FOR_ALL = ("book.toml", "parties.toml")
Kept = list[tuple[Leaf, bytes]]


def answer_file(ledger: Ledger, signer: Signer, put: Put, progress: Callable[[int, int], None] = lambda done, of: None) -> str:
    """The file, as text: what this ledger answers at a checkpoint of now, signed with its own key."""
    # 1, 2
    size, note = signed_checkpoint(ledger, signer)
    items: Kept = []
    for leaf, _, text in ledger.items(until=size):
        if text is not None and not leaf.file.startswith("attachments/"):
            items.append((leaf, text))
        progress(leaf.seq + 1, size)
    whole = _read(items, ledger)
    found = answer(whole.record, put)
    # 3, 4
    resting = rests_on(whole.record, put)
    kept = _kept(items, resting)
    if answer(_read(kept, ledger).record, put) != found:
        raise ComityError("what the answer rests on gives another answer than the whole record does: nothing is written; please report this")
    # 5
    document = {
        "format": FORMAT,
        "label": asdict(join(entry.act.label for entry in resting.entries)),
        "question": put.to_plain(),
        "answer": found,
        "rules": rules_digest(),
        "checkpoint": _lines(note),
        "proof": [base64.b64encode(hashed).decode() for hashed in proof_of(ledger, [leaf for leaf, _ in kept], size)],
        "items": [{"leaf": _leaf_to_plain(leaf), "text": text.decode().splitlines(keepends=True)} for leaf, text in kept],
    }
    # 6
    document["statement"] = _lines(state(statement(document, size, put.viewer), signer))
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def statement(document: dict[str, Any], size: int, viewer: str | None) -> str:
    """What the ledger's keeper signs of a file, which holds everything but this: its hash, and what the tree can't show."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    seen = "" if viewer is None else f" and that {viewer} may see"
    return (
        f"{FORMAT}\nsha256:{hashlib.sha256(canonical).hexdigest()}\n"
        f"At the checkpoint of {size} items these are all the items of the log that bear on the question{seen}, and this is the answer.\n"
    )


def _lines(note: str) -> list[str]:
    return note.removesuffix("\n").split("\n")


def _read(items: Kept, ledger: Ledger) -> Book:
    book = read_files(files_of(items), ledger.shown_url)
    if book.problems:
        raise BadInput(f"the record has {len(book.problems)} problems, so that an answer may lack acts, the first: {book.problems[0]}")
    return book


def _kept(items: Kept, resting: Resting) -> Kept:
    """The items that these agreements and acts are: whole files in their latest versions; rows with the heads of their files."""
    acts = {entry.act.hash for entry in resting.entries}
    latest = {leaf.file: leaf.seq for leaf, _ in items if leaf.whole}
    begun = {leaf.file for leaf, _ in items if leaf.act in acts}
    heads = {leaf.file: leaf.seq for leaf, _ in reversed(items) if leaf.file in begun}
    wanted = {*heads.values(), *(seq for file, seq in latest.items() if _is_wanted(file, resting))}
    return [(leaf, text) for leaf, text in items if leaf.seq in wanted or (leaf.act is not None and leaf.act in acts)]


def _is_wanted(file: str, resting: Resting) -> bool:
    """Is it a file that every reading needs, or that of one of the agreements?"""
    if file in _FOR_ALL or file.startswith("ladders/"):
        return True
    return file.startswith("agreements/") and _id_of(file) in resting.agreements


def _id_of(file: str) -> str:
    """The id of the agreement in a file, which has its name; versions differ by what stands after an @."""
    return file.rpartition("/")[2].removesuffix(".toml").partition("@")[0]


def _leaf_to_plain(leaf: Leaf) -> dict[str, str]:
    """What the leaf says, from which its bytes follow."""
    said: dict[str, str] = json.loads(leaf.to_bytes().partition(b"\n")[2])
    return said
