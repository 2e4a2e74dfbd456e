"""Every question of ``comity.questions``, put over HTTP with the same words, and answered by the same plain data that ``comity --json`` prints.

Each question has an operation of its own, whose parameters are the words that its function takes, so that they cannot part from it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from inspect import Parameter, signature
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Query, Router
from pydantic import BaseModel, ConfigDict, Field, create_model

from comity.questions import QUESTIONS, Put, Question
from comity.terms import BadInput
from comity.web.api.describing import Activity, Answer, Claim, Stationing, like
from comity.web.api.parameters import Axes, begin
from comity.web.api.problems import problem_to_plain, refusal_of
from comity.web.api.words import WORDS
from comity.web.asking import Asked, read_day, yes
from comity.web.duties import asks_for_every_treaty
from comity.web.folds import LONGEST, Busy

router = Router(by_alias=True, tags=["Questions"])
Plain = dict[str, Any]
MOST = 100
ANSWERS: Mapping[str, Any] = {
    "in-force": Answer, "bound": Answer, "between": Answer | like("between"), "jurisdiction": Answer, "claim": Claim, "may station": Stationing,
    "timeline": like("timeline"), "upcoming": like("upcoming"), "findings": like("findings"), "must": like("must"),
    "obliged": like("obliged"),
}  # fmt: skip
"""As which schema each is answered; whatever else may be asked, as an activity."""


class Word(BaseModel):
    """One word that a question takes."""

    name: str = Field(description="Its name.")
    means: str = Field(description="What it says.")
    needed: bool = Field(description="Must it be given?")
    takes: str = Field(description="A text, yes or no, or several texts.")


class Asking(BaseModel):
    """One question that can be put."""

    ask: str = Field(description="Its name, as on the command line.")
    path: str = Field(description="Where it is put.")
    words: list[Word] = Field(description="What it takes.")


class Questions(BaseModel):
    """Every question that can be put."""

    questions: list[Asking] = Field(description="As on the command line.")


def path_of(name: str) -> str:
    """The last part of a question's path."""
    return name.replace(" ", "-")


def words_of(question: Question[..., Any]) -> dict[str, Parameter]:
    """The words that its function takes, beside the standing that is asked."""
    return dict(list(signature(question.find).parameters.items())[1:])


def _takes(word: Parameter) -> str:
    wanted = str(word.annotation)
    return "yes or no" if wanted == "bool" else "texts" if wanted.startswith("tuple") else "text"


@router.get("", response=Questions, summary="List questions")
def list_questions(request: HttpRequest, query: Query[Axes]) -> Plain:
    """Every question that can be put, with the words that it takes."""
    begin(request, query)
    return {"questions": [_asking(question) for question in QUESTIONS.values()]}


def _asking(question: Question[..., Any]) -> Plain:
    words = [
        {"name": name, "means": WORDS[name].means, "needed": word.default is Parameter.empty, "takes": _takes(word)}
        for name, word in words_of(question).items()
    ]
    return {"ask": question.name, "path": f"/api/v1/questions/{path_of(question.name)}", "words": words}


# -- one question -----------------------------------------------------------------------------------------------------


def put(this: Asked, name: str, words: Mapping[str, Any]) -> Plain:
    """The answer as plain data; Busy where it looks over the whole record, which is still being derived."""
    words = {word: tuple(value) if isinstance(value, list) else value for word, value in words.items()}
    asked = Put(name, this.on, this.known, this.viewer, this.strict, words)
    if _looks_at_all(this, asked) and this.pending():
        raise Busy
    question = QUESTIONS[name]
    return question.plain(this.ask(("question", name, tuple(sorted(words.items()))), lambda s: question.find(s, **words)))


def _looks_at_all(this: Asked, asked: Put) -> bool:
    """Does its answer rest on every agreement?"""
    agreement = asked.words.get("agreement")
    if asked.name == "must" and agreement is not None:
        return asks_for_every_treaty(this, agreement)
    return asked.name in ("between", "upcoming", "findings", "must", "obliged") and agreement is None


def _query_type(question: Question[..., Any]) -> type[Axes]:
    """What its query takes: its words, each a text, beside the axes."""
    fields: dict[str, Any] = {}
    for name, word in words_of(question).items():
        says = Field(
            default=... if word.default is Parameter.empty else () if _takes(word) == "texts" else "",
            description=WORDS[name].means, json_schema_extra=_tidied(name, many=_takes(word) == "texts"),
        )  # fmt: skip
        fields[name] = (tuple[str, ...] if _takes(word) == "texts" else str, says)
    return create_model(f"{_title(question)}Asked", __base__=Axes, __doc__=f"The words of the question {question.name!r}.", **fields)


def _body_type(question: Question[..., Any]) -> type[BaseModel]:
    """What its body takes: its words, each as what it is."""
    fields: dict[str, Any] = {}
    kinds: dict[str, Any] = {"text": str, "texts": list[str], "yes or no": bool}
    for name, word in words_of(question).items():
        lacking = word.default is Parameter.empty
        kind = kinds[_takes(word)] if lacking or _takes(word) != "text" else str | None
        default = ... if lacking else [] if _takes(word) == "texts" else word.default
        fields[name] = (kind, Field(default=default, description=WORDS[name].means))
    config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": _example(question)})
    return create_model(f"{_title(question)}Words", __config__=config, __doc__=f"The words of the question {question.name!r}.", **fields)


def _title(question: Question[..., Any]) -> str:
    return question.name.title().replace(" ", "").replace("-", "")


def _example(question: Question[..., Any]) -> Plain:
    return {name: WORDS[name].example for name, word in words_of(question).items() if word.default is Parameter.empty}


def _tidied(name: str, many: bool) -> Callable[[Plain], None]:
    def tidy(schema: Plain) -> None:
        schema.pop("default", None)
        if example := WORDS[name].example:
            schema["example"] = [example] if many else example

    return tidy


def _offer(question: Question[..., Any]) -> None:
    """Its two operations: with its words in the query, or in a body."""
    path, answer = f"/{path_of(question.name)}", ANSWERS.get(question.name, Activity)
    in_query, in_body = _query_type(question), _body_type(question)

    def asked_in_query(request: HttpRequest, query: Axes) -> Plain:
        return put(begin(request, query), question.name, _read(question, query))

    def asked_in_body(request: HttpRequest, query: Axes, words: BaseModel) -> Plain:
        given = {name: value for name, value in words.model_dump(exclude_unset=True).items() if value is not None}
        return put(begin(request, query), question.name, given)

    queried: Any = Query
    sent: Any = Body  # types that are made here, of which a type checker can know nothing
    asked_in_query.__annotations__["query"] = queried[in_query]
    asked_in_body.__annotations__.update(query=queried[Axes], words=sent[in_body])
    name = path_of(question.name).replace("-", "_")
    told = {"response": answer, "description": f"{WORDS[question.name].means} Answered by what `comity --json` prints."}
    router.get(path, operation_id=f"ask_{name}", summary=f"Ask: {question.name}", **told)(asked_in_query)
    router.post(path, operation_id=f"put_{name}", summary=f"Put: {question.name}", **told)(asked_in_body)


def _read(question: Question[..., Any], query: Axes) -> Plain:
    """The words that the query gives, each as what it is."""
    given = {}
    for name, word in words_of(question).items():
        value = getattr(query, name)
        if value in ("", ()):
            continue
        given[name] = yes(value, name) if _takes(word) == "yes or no" else value
    return given


for _question in QUESTIONS.values():
    _offer(_question)


# -- many questions ---------------------------------------------------------------------------------------------------


class OneOfMany(BaseModel):
    """One question of a batch."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ask: str = Field(description="Which question: its name, or the last part of its path.", json_schema_extra={"example": "in-force"})
    words: Plain = Field(default={}, description="Its words.", json_schema_extra={"example": {"agreement": "nato-treaty"}})
    on: str | None = Field(default=None, description="As of which day, if another one than the batch.", json_schema_extra={"example": "2024-03-07"})


class Answered(BaseModel):
    """One answer of a batch: the answer, or the problem."""

    status: int = Field(description="200, or what the question alone would have been answered with.")
    answer: Plain | None = Field(description="The answer; null: there is none.")
    problem: Plain | None = Field(description="What is wrong; null: nothing.")


class Answers(BaseModel):
    """The answers of a batch."""

    answers: list[Answered] = Field(description="In the order of the questions.")


_EXAMPLE = [{"ask": "in-force", "words": {"agreement": "nato-treaty"}, "on": "2020-01-01"}]
Batch = Annotated[list[OneOfMany], Field(max_length=MOST, min_length=1, json_schema_extra={"example": _EXAMPLE})]


@router.post("", response=Answers, summary="Put many questions", operation_id="put_many")
def put_many(request: HttpRequest, query: Query[Axes], batch: Body[Batch]) -> Plain:
    """Up to a hundred questions in one request, all on the same axes but for the day; each is answered, or refused, by itself.

    What could not be begun within some seconds is refused with 503, to be asked again.
    """
    this, deadline = begin(request, query), time.monotonic() + LONGEST
    return {"answers": [_one(request, this, each, deadline) for each in batch]}


def _one(request: HttpRequest, this: Asked, each: OneOfMany, deadline: float) -> Plain:
    try:
        if time.monotonic() > deadline:
            raise Busy
        asked = replace(this, on=read_day("on", each.on)) if each.on else this
        return {"status": 200, "answer": put(asked, _name(each.ask), each.words), "problem": None}
    except Exception as problem:  # what is wrong with one question is no matter of the others
        refused = refusal_of(request, problem)
        return {"status": refused.status, "answer": None, "problem": problem_to_plain(request.path, refused.status, refused.says)}


def _name(ask: str) -> str:
    found = next((name for name in QUESTIONS if ask in (name, path_of(name))), None)
    if found is None:
        raise BadInput(f"ask: {ask[:40]!r} is no question; these are: {', '.join(QUESTIONS)}")
    return found
