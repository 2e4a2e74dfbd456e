"""The door for policy enforcement points: AuthZEN Authorization API 1.0 for questions about permissions.

Source: AuthZEN Authorization API 1.0, "Access Evaluation API", "Access Evaluations API", "Search APIs", "Policy Decision Point Metadata",
"Transport" (https://github.com/openid/authzen, api/authorization-api-1_0.md); OpenID certification scenario, C-2 to C-6.
"""

from __future__ import annotations

import time
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from comity.terms import BadInput
from comity.web.api import seeking
from comity.web.api.deciding import MOST_DAYS_OF_KNOWLEDGE, decide, refused
from comity.web.api.entities import Action, Context, Resource, Subject, TypeOnly
from comity.web.api.parameters import refuse_unknown
from comity.web.asking import Asked, asked
from comity.web.folds import LONGEST, Busy

router = Router(by_alias=True, tags=["Access"])
Plain = dict[str, Any]
MOST = 100
ENDPOINTS = {
    "access_evaluation_endpoint": "/access/v1/evaluation",
    "access_evaluations_endpoint": "/access/v1/evaluations",
    "search_subject_endpoint": "/access/v1/search/subject",
    "search_resource_endpoint": "/access/v1/search/resource",
    "search_action_endpoint": "/access/v1/search/action",
}
DEFAULTS = ("subject", "action", "resource", "context")


_ENTITIES: dict[str, Plain] = {
    "subject": {"type": "party", "id": "BEL"},
    "action": {"name": "release"},
    "resource": {"type": "information", "id": "report-7", "properties": {"level": "UNCLASSIFIED", "holder": "NLD"}},
    "context": {"on": "2024-01-01", "known": "2026-01-01"},
}


def _told(**changed: Any) -> ConfigDict:
    """Fields that are not known are not looked at ("JSON Serialization": receivers ignore them); with an example (what is None is left out)."""
    example = {name: value for name, value in {**_ENTITIES, **changed}.items() if value is not None}
    return ConfigDict(strict=True, json_schema_extra={"additionalProperties": True, "example": example})


class _Asking(BaseModel):
    model_config = ConfigDict(strict=True, json_schema_extra={"additionalProperties": True})


class Evaluation(_Asking):
    """May this subject do this action with this resource?"""

    model_config = _told()

    subject: Subject = Field(description="Who.")
    action: Action = Field(description="What.")
    resource: Resource = Field(description="With what.")
    context: Context | None = Field(default=None, description="`on`, `known`, `purpose`.")


class Decision(BaseModel):
    """True for a yes alone."""

    decision: bool = Field(description="Is it permitted?")
    context: Plain | None = Field(default=None, description="The verdict, the reasons, what has to be done first, what would change a no.")


class Options(_Asking):
    """How a batch is evaluated."""

    evaluations_semantic: Literal["execute_all", "deny_on_first_deny", "permit_on_first_permit"] = Field(
        default="execute_all", description="All of them, or up to the first that is denied or permitted."
    )


class Evaluations(_Asking):
    """Many questions, with defaults for what they leave out; without ``evaluations`` it is one."""

    model_config = _told(resource=None, evaluations=[{"resource": _ENTITIES["resource"]}], options={"evaluations_semantic": "execute_all"})

    subject: Plain | None = Field(default=None, description="Default.")
    action: Plain | None = Field(default=None, description="Default.")
    resource: Plain | None = Field(default=None, description="Default.")
    context: Plain | None = Field(default=None, description="Default.")
    evaluations: list[Plain] = Field(default=[], max_length=MOST, description="The questions; each key replaces the default as a whole.")
    options: Options | None = Field(default=None, description="How.")


class Decisions(BaseModel):
    """The decisions in order; of a request without evaluations, one decision."""

    model_config = ConfigDict(extra="forbid")

    evaluations: list[Decision] = Field(description="In the order of the questions, as far as they were evaluated.")


class Page(_Asking):
    """Which part of the results."""

    token: str | None = Field(default=None, description="`next_token` of the part before.")
    limit: int | None = Field(default=None, ge=0, description="At most so many; 1000 at most.")


class SubjectSearch(_Asking):
    """Which subjects may do this action with this resource?"""

    model_config = _told(subject={"type": "party"}, page={"limit": 2})

    subject: TypeOnly = Field(description="Of which type.")
    action: Action = Field(description="What.")
    resource: Resource = Field(description="With what.")
    context: Context | None = Field(default=None, description="`on`, `known`, `purpose`.")
    page: Page | None = Field(default=None, description="Which part.")


class ResourceSearch(_Asking):
    """With which resources may this subject do this action?"""

    model_config = _told(resource={"type": "information", "properties": {"holder": "NLD"}})

    subject: Subject = Field(description="Who.")
    action: Action = Field(description="What.")
    resource: TypeOnly = Field(description="Of which type, with which properties.")
    context: Context | None = Field(default=None, description="`on`, `known`, `purpose`.")
    page: Page | None = Field(default=None, description="Which part.")


class ActionSearch(_Asking):
    """What may this subject do with this resource?"""

    model_config = _told(action=None)

    subject: Subject = Field(description="Who.")
    resource: Resource = Field(description="With what.")
    context: Context | None = Field(default=None, description="`on`, `known`, `purpose`.")
    page: Page | None = Field(default=None, description="Which part.")


class NextPage(BaseModel):
    """Where the results go on."""

    next_token: str = Field(description="Token of the next part; blank: this is the last.")
    count: int = Field(description="How many results this part has.", ge=0)


class Results(BaseModel):
    """What was found: each would be permitted."""

    page: NextPage = Field(description="Where the results go on.")
    results: list[Plain] = Field(description="Subjects, resources or actions.")


class Metadata(BaseModel):
    """Where this policy decision point is asked."""

    policy_decision_point: str = Field(description="Its identifier: the address under which it is asked.")
    access_evaluation_endpoint: str = Field(description="One question.")
    access_evaluations_endpoint: str = Field(description="Many questions.")
    search_subject_endpoint: str = Field(description="Who may?")
    search_resource_endpoint: str = Field(description="With what?")
    search_action_endpoint: str = Field(description="What?")


@router.post("/access/v1/evaluation", response=Decision, summary="Is it permitted?", exclude_none=True)
def evaluation(request: HttpRequest, body: Body[Evaluation]) -> Plain:
    """One decision, with its reasons ("Access Evaluation API"). A *no*, a contested or an unknown answer is `decision: false` with status 200."""
    return decide(_asked(request), body.subject, body.action, body.resource, body.context)


@router.post("/access/v1/evaluations", response=Decisions | Decision, summary="Are they permitted?", exclude_none=True)
def evaluations(request: HttpRequest, body: Body[Evaluations]) -> Plain:
    """Up to a hundred decisions, with the three semantics ("Access Evaluations API"). What is wrong with one of them makes that one false."""
    this, defaults = _asked(request), {name: value for name in DEFAULTS if (value := getattr(body, name)) is not None}
    if not body.evaluations:
        one = _read(defaults)
        return decide(this, one.subject, one.action, one.resource, one.context)
    semantic = (body.options or Options()).evaluations_semantic
    _refuse_many_days(defaults, body.evaluations)
    found: list[Plain] = []
    deadline = time.monotonic() + LONGEST
    for each in body.evaluations:
        found.append(_one_of_many(this, {**defaults, **each}, deadline))
        if found[-1]["decision"] is {"deny_on_first_deny": False, "permit_on_first_permit": True}.get(semantic):
            break
    return {"evaluations": found}


def _one_of_many(this: Asked, told: Plain, deadline: float) -> Plain:
    """One decision; what is wrong with the question, or takes too long, makes it false ("Errors")."""
    try:
        one = _read(told)
        if time.monotonic() > deadline:
            raise Busy
        return decide(this, one.subject, one.action, one.resource, one.context)
    except BadInput as problem:
        return refused(400, str(problem))
    except Busy:
        return refused(503, "it could not be answered in time: ask again")
    except OverflowError:
        return refused(400, "that day is too near the end of the calendar")


def _read(told: Plain) -> Evaluation:
    try:
        return Evaluation.model_validate(told)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise BadInput(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


def _refuse_many_days(defaults: Plain, each: list[Plain]) -> None:
    contexts = [one.get("context", defaults.get("context")) for one in each]
    known = {str(context.get("known")) for context in contexts if isinstance(context, dict)}
    if len(known) > MOST_DAYS_OF_KNOWLEDGE:
        raise BadInput(f"context.known: {len(known)} days of knowledge in one request; at most {MOST_DAYS_OF_KNOWLEDGE}")


@router.post("/access/v1/search/subject", response=Results, summary="Who may?")
def subjects(request: HttpRequest, body: Body[SubjectSearch]) -> Plain:
    """Parties that may do it ("Subject Search API"): who may receive this information, who may station forces here."""
    return seeking.subjects(_asked(request), body.subject, body.action, body.resource, body.context or {}, _page(request, body))


@router.post("/access/v1/search/resource", response=Results, summary="With what?")
def resources(request: HttpRequest, body: Body[ResourceSearch]) -> Plain:
    """Levels of information, territories, or things with which the party may do it ("Resource Search API")."""
    return seeking.resources(_asked(request), body.subject, body.action, body.resource, body.context or {}, _page(request, body))


@router.post("/access/v1/search/action", response=Results, summary="What?")
def actions(request: HttpRequest, body: Body[ActionSearch]) -> Plain:
    """What the party may do with it ("Action Search API")."""
    return seeking.actions(_asked(request), body.subject, body.resource, body.context or {}, _page(request, body))


@router.get("/.well-known/authzen-configuration", response=Metadata, summary="Where it is asked", operation_id="authzen_configuration")
def metadata(request: HttpRequest) -> Plain:
    """Metadata of the policy decision point ("Policy Decision Point Metadata"): its identifier is the address under which it was asked."""
    refuse_unknown(request)
    here = f"{request.scheme}://{request.get_host()}"
    return {"policy_decision_point": here, **{name: here + path for name, path in ENDPOINTS.items()}}


def _asked(request: HttpRequest) -> Asked:
    """The axes are in the context here, not in the query."""
    refuse_unknown(request)
    return asked(request)


def _page(request: HttpRequest, body: SubjectSearch | ResourceSearch | ActionSearch) -> seeking.Wanted:
    page = body.page or Page()
    return seeking.wanted(request, body.model_dump(mode="json", exclude={"page"}), page.token or "", page.limit)
