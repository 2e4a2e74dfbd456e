"""The command that writes an answer with its proof: a question as one would type it, put to a ledger, into a file that is checked without it.

comity --ledger sqlite:///record.db answer -o sofa.json --key record.key -- bound EST nato-sofa --on 2005-01-01
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.answers import answer_file
from comity.cli.asking import read_day
from comity.cli.ledger import Key, opened, shown, signer_of
from comity.ledger import SignatureType
from comity.questions import QUESTIONS, Put
from comity.terms import BadInput

_NOT_ASKED = ("context", "as_json", "whole", "on", "known", "viewer", "strict")
"""What a command has besides the words of its question: how it is put, and how it is printed."""
_ELSEWHERE = {"ics": "--ics", "label": "--label"}
"""Options by which a question would rest on a file that is not in the ledger, or write another."""


def answer(
    context: typer.Context,
    file: Annotated[Path, typer.Option("-o", metavar="FILE", help="A new file.")],
    key: Key,
    asking: Annotated[list[str], typer.Argument(metavar="-- QUESTION...", help="A question as one types it, such as: bound EST nato-sofa.")],
) -> None:
    """Write a question, its answer, what it rests on, and the proof that this is in the log: a file that is checked without the ledger."""
    if file.exists():
        raise BadInput(f"{str(file)!r} is there already; give a new file")
    put = _put(context, asking)
    with opened(context) as ledger, shown("Reading the log") as progress:
        signer = signer_of(ledger, key, SignatureType.ED25519)
        text = answer_file(ledger, signer, put, progress)
    with file.open("x", encoding="utf-8", newline="\n") as out:
        out.write(text)
    written = json.loads(text)
    size, label = written["checkpoint"][1], written["label"]
    print(f"{file}: {len(written['items'])} of {size} items, {len(written['proof'])} hashes, {label['policy']} {label['classification']}")


def _put(context: typer.Context, asking: list[str]) -> Put:
    """The question as its own command reads it, its days written out."""
    command: Any = context.find_root().command
    name: list[str] = []
    while hasattr(command, "commands"):
        if not asking or asking[0] not in command.commands:
            raise BadInput(f"{' '.join([*name, *asking[:1]])!r} is no question that an answer file can carry; these are: {', '.join(QUESTIONS)}")
        command, name, asking = command.commands[asking[0]], [*name, asking[0]], asking[1:]
    if " ".join(name) not in QUESTIONS:
        raise BadInput(f"{' '.join(name)!r} is no question that an answer file can carry; these are: {', '.join(QUESTIONS)}")
    given: dict[str, Any] = command.make_context(" ".join(["comity", *name]), asking).params
    elsewhere = next((option for word, option in _ELSEWHERE.items() if given.get(word) is not None), None)
    if elsewhere is not None:
        raise BadInput(f"{elsewhere} is about a file that the ledger does not hold: an answer file can't carry that; leave it out")
    words = {word: value for word, value in given.items() if word not in _NOT_ASKED and value not in (None, [], ())}
    return Put(" ".join(name), read_day("--on", given["on"]), read_day("--known", given["known"]), given["viewer"], given["strict"], words)


def add_to(app: typer.Typer) -> None:
    app.command("answer", context_settings={"ignore_unknown_options": True})(answer)  # the question's own options are read with it
