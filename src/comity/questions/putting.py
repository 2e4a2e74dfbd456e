"""A question as it was put, and its answer as plain data: what the command line prints with ``--json``, an answer file holds, a verifier compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from inspect import Parameter, signature
from typing import Any

from comity.questions.asking import Plain, Question
from comity.questions.bound import BETWEEN, BOUND, FINDINGS, IN_FORCE, TIMELINE, UPCOMING
from comity.questions.forces import CLAIM, JURISDICTION
from comity.questions.may import OVERFLY, RELEASE, STATION, SUPPLY, TRAIN, TRANSFER
from comity.questions.must import MUST
from comity.questions.obliged import OBLIGED
from comity.standing import Record, Standing
from comity.terms import BadInput, parse_day

QUESTIONS: Mapping[str, Question[..., Any]] = {
    question.name: question
    for question in (
        IN_FORCE, BOUND, BETWEEN, TIMELINE, UPCOMING, FINDINGS, RELEASE, STATION, SUPPLY, TRANSFER, TRAIN, OVERFLY, JURISDICTION, CLAIM, MUST,
        OBLIGED,
    )
}  # fmt: skip
"""Every question that can be put, by its name on the command line."""

_AXES = ("on", "known", "viewer", "strict")


@dataclass(frozen=True, slots=True)
class Put:
    """Which question, with which words, and how: as of ``on``, as known by the end of ``known``, as ``viewer`` may see it."""

    name: str
    on: date
    known: date
    viewer: str | None = None
    strict: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """BadInput unless there is such a question, and it takes these words."""
        if self.name not in QUESTIONS:
            raise BadInput(f"{self.name!r} is no question about standing; these are: {', '.join(QUESTIONS)}")
        takes = dict(list(signature(QUESTIONS[self.name].find).parameters.items())[1:])
        for word, value in self.words.items():
            if word not in takes or not _fits(value, str(takes[word].annotation)):
                raise BadInput(f"{self.name}: {word} {str(value)[:40]!r} is no word of this question; it takes {', '.join(takes)}")
        lacking = [word for word, parameter in takes.items() if parameter.default is Parameter.empty and word not in self.words]
        if lacking:
            raise BadInput(f"{self.name}: {', '.join(lacking)} is missing")

    @property
    def about(self) -> str | None:
        """The one agreement that the question is about; None: it looks over all of them."""
        return self.words.get("agreement") if QUESTIONS[self.name].of_one else None

    def to_plain(self) -> Plain:
        """The question as plain data."""
        axes = {"on": self.on.isoformat(), "known": self.known.isoformat(), "viewer": self.viewer, "strict": self.strict}
        return {"ask": self.name, "words": {w: list(v) if isinstance(v, tuple) else v for w, v in self.words.items()}, **axes}


def read_put(plain: object) -> Put:
    """The question that ``to_plain`` gave; BadInput if it is none."""
    if not isinstance(plain, dict) or plain.keys() != {"ask", "words", *_AXES}:
        raise BadInput(f"a question has: ask, words, {', '.join(_AXES)}; and nothing else")
    texts, viewer, strict, words = [plain[key] for key in ("ask", "on", "known")], plain["viewer"], plain["strict"], plain["words"]
    if not all(isinstance(text, str) for text in texts) or not isinstance(viewer, str | None) or not isinstance(strict, bool):
        raise BadInput("ask, on, known and viewer of a question are texts, strict is true or false")
    if not isinstance(words, dict):
        raise BadInput("the words of a question are given by their names")
    return Put(texts[0], parse_day(texts[1]), parse_day(texts[2]), viewer, strict, words)


def answer(record: Record, put: Put) -> Plain:
    """What the question, so put, gets from this record."""
    if put.viewer not in (None, "public"):
        record.party(put.viewer or "")
    standing = Standing(record, on=put.on, known=put.known, viewer=put.viewer, strict=put.strict)
    question = QUESTIONS[put.name]
    return question.plain(question.find(standing, **put.words))


def _fits(value: object, wanted: str) -> bool:
    """Is it what the word, by its annotation, has to be: a text, yes or no, several texts?"""
    if wanted == "bool":
        return isinstance(value, bool)
    if wanted.startswith("tuple"):
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    return isinstance(value, str)
