"""The API put together: its rooms, its description, and its paths, each behind the edge; nothing is discovered."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from comity.terms import BadInput
from comity.web.api import (
    access,
    awaited,
    checking_files,
    comparing,
    correcting,
    decisions,
    depositing,
    dialogue,
    disputing,
    domestic,
    estimating,
    evaluating,
    exchanging,
    exercising,
    interoperability,
    lessons,
    measuring,
    mediating,
    missions,
    overviews,
    papers,
    proposing,
    questions,
    recording,
    records,
    reporting,
    responses,
    saved,
    sending,
    training,
    warning,
)
from comity.web.api.describing import description
from comity.web.api.edging import edged, with_its_name
from comity.web.api.parameters import refuse_unknown
from comity.web.api.problems import answer_problem
from comity.web.asking import asked, page

DESCRIBED = "/api/v1/openapi.json"
DEEPEST = 32
SAYS = (
    "The record of Comity for programs: what the pages show, as the reader may see it, and the questions that the command line puts. "
    "Every answer says why. Dates are YYYY-MM-DD. The axes `on`, `known`, `as` and `strict` go with every question."
)


class _Text(JSONRenderer):
    """JSON in which names keep their letters."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


class _Read(Parser):
    """JSON as I-JSON has it (RFC 7493, 2): no NaN, no half of a surrogate pair, no name twice; nested no deeper than anybody needs."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            told = json.loads(request.body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_once)
            json.dumps(told, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise BadInput("the body is no JSON in UTF-8, in which each name stands once") from None
        if _depth(told) > DEEPEST:
            raise BadInput(f"the body is nested deeper than {DEEPEST}")
        return told


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _depth(told: object) -> int:
    """How deep it is nested, no deeper than is looked at."""
    level, depth = [told], 0
    while level and depth <= DEEPEST:
        level = [inner for one in level if isinstance(one, dict | list) for inner in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth


def _made() -> NinjaAPI:
    made = NinjaAPI(
        title="Comity", version="1", description=SAYS, openapi_url=None, docs_url=None, renderer=_Text(), parser=_Read(), urls_namespace="api",
        openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
    )  # fmt: skip
    made.add_exception_handler(Exception, answer_problem)
    for kind in (Http404, HttpError, ValidationError):
        made.add_exception_handler(kind, answer_problem)
    for writing in (recording, correcting, sending):
        made.add_router("/api/v1", writing.router)
    made.add_router("/api/v1", proposing.router)
    made.add_router("/api/v1", records.router)
    made.add_router("/api/v1", overviews.router)
    made.add_router("/api/v1/depositary", depositing.router)
    for also in (
        awaited,
        checking_files,
        comparing,
        decisions,
        dialogue,
        disputing,
        domestic,
        evaluating,
        exercising,
        interoperability,
        lessons,
        mediating,
        estimating,
        measuring,
        missions,
        papers,
        reporting,
        responses,
        saved,
        training,
        warning,
    ):
        made.add_router("/api/v1", also.router)
    made.add_router("/api/v1/questions", questions.router)
    made.add_router("/api/v1/exchange", exchanging.router)
    made.add_router("", access.router)

    @made.get(DESCRIBED, include_in_schema=False)
    def described(request: HttpRequest) -> JsonResponse:
        refuse_unknown(request)
        return JsonResponse(description(made), json_dumps_params={"ensure_ascii": False})

    return made


API = _made()


def index(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people."""
    plain = description(API)
    groups: dict[str, list[dict[str, Any]]] = {}
    for where, operations in plain["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append({**operation, "path": where, "method": method.upper()})
    return page(request, "api.html", {"asked": asked(request), "groups": groups.items(), "problems": plain["components"]["responses"].items()})


def nothing_there(request: HttpRequest) -> HttpResponse:
    """Any other path of the API."""
    return with_its_name(request, answer_problem(request, Http404()))


def _paths() -> list[URLPattern | URLResolver]:
    own = [each for each in cast(list[URLPattern], API.urls[0]) if each.name != "api-root"]
    inner = [URLPattern(each.pattern, edged(each.callback), each.default_args, each.name) for each in own]
    vars(nothing_there).update(methods=None, csrf_exempt=True)
    return [
        path("api", index, name="api"),
        path("", include((inner, "api"), namespace="api")),
        re_path(r"^(?:api/v1|access)(?:/.*)?$", nothing_there),
    ]


PATHS = _paths()
