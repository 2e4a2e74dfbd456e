"""What the API is, as OpenAPI 3.1: made from its operations, with the answers' schemas from docs/schemas, and every error of every operation.

Source: OpenAPI Specification 3.1.0, 4.8.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from ninja import NinjaAPI
from pydantic import WithJsonSchema

import comity
from comity.web.api.problems import KINDS, MEDIA_TYPE, problem_to_plain

Plain = dict[str, Any]
FROM_FILE = "x-comity-schema"
PLACES: dict[str, Plain] = {
    "agreement_id": {"description": "The agreement's id.", "example": "nato-treaty"},
    "number": {"description": "The clause's place among the clauses on record, from 1.", "example": 1},
    "code": {"description": "The party's code, or its name.", "example": "FIN"},
    "organisation": {"description": "The organisation's code, or its name.", "example": "NATO"},
    "exercise": {"description": "The name by which acts are about the exercise.", "example": "steel-heather-28"},
    "mission": {"description": "The mission's name.", "example": "Safe Passage"},
    "pool": {"description": "The pool's name.", "example": "flying hours"},
    "dispute": {"description": "The reference of the act that began the dispute or incident.", "example": "cwc-GBR-RUS-2021-request"},
    "proposal_ref": {"description": "The reference of the proposal.", "example": "nato-2003-turkey"},
    "decision_rule": {"description": "The rule's id in its agreement.", "example": "council"},
    "source": {"description": "The register's id.", "example": "dcad"},
    "ref": {"description": "The act's reference.", "example": "nato-treaty-FIN-accede"},
    "name": {"description": "The rule's name.", "example": "consent"},
    "act": {"description": "The act's hash.", "example": f"sha256:{'0' * 64}"},
    "proposal": {"description": "The proposal's number.", "example": 1},
    "draft": {"description": "The draft's number: 32 hex digits.", "example": "0" * 32},
    "digest": {"description": "The document's SHA-256, in 64 hex digits.", "example": "e3b0c44298fc1c149afbf4c8996fb924" * 2},
}
"""What stands in a path."""
_ALWAYS = (400, 401, 403, 405, 429, 500, 503)
_SENT = (413, 415)
RECORDING, PROPOSALS = "Recording", "Proposals"
_RECORDED = (409, 412, 422)
_HEADERS: Plain = {
    "Idempotency-Key": ("A text of your choosing, a new one for each thing to be done: 1 to 200 visible ASCII characters.", "act-0001"),
    "If-Match": ("The ETag of what is changed, as it was read.", f'"{"0" * 32}"'),
}
_NEEDS_HEADER = {
    RECORDING: {"post": "Idempotency-Key", "put": "If-Match", "delete": "If-Match"},
    PROPOSALS: {"post": "If-Match"},
}


def like(name: str) -> Any:
    """Plain data that a schema of docs/schemas describes, as ``comity --json`` prints it (``upcoming``), or a part of one."""
    return Annotated[Plain, WithJsonSchema({FROM_FILE: name})]


Answer, Activity, Stationing, Claim = like("answer"), like("may"), like("station"), like("claim")
Change = like("timeline/properties/changes/items")
Coming = like("upcoming/properties/upcoming/items")
Duty = like("must/properties/duties/items")
Finding = like("findings/properties/findings/items")
Difference = like("diff/properties/differences/items")
Act = like("acts/properties/acts/items")
Awaited = like("awaited/properties/awaited/items")
Lesson = like("exercise-lessons/properties/lessons/items")
Course = like("training-courses/properties/courses/items")
Post = like("training-posts/properties/posts/items")
Visit = like("training-visits/properties/visits/items")
Need = like("training-needs/properties/needs/items")
Offer = like("training-needs/properties/offers/items")
Trained = like("training-last/properties/trained/items")
Training = like("interoperability/properties/trained/items")
Gap = like("gaps/properties/gaps/items")
Edition = like("standards/properties/editions/items")
Position = like("standards/properties/positions/items")
Shared = like("standards/properties/shared/items")
Held = like("exercises/properties/exercises/anyOf/0/items")
Obligation = like("obliged/properties/obligations/items")
Dispute = like("dispute-status/properties/disputes/items")
Incident = like("dispute-status/properties/incidents/items")
SettlementWay = like("dispute-next/properties/ways/items")
Indicator, Reading = like("indicator-run/properties/indicator"), like("indicator-run/properties/readings/items")
Forecast = like("trust")
MediatorCandidate = like("mediators/properties/candidates/items")
MediatorTable = like("mediators/properties/tables/items")
MediatorRules = like("mediators/properties/rules")
StrategyAlone = like("strategy")
Flaw = like("strategy-check/properties/flaws/items")
StrategyReview = like("strategy-review/properties/reviews/items")
StrategyProposed = like("strategy-review/properties/proposed/items")
StrategyDifference = like("strategy-diff")
AllocationCheck = like("allocation-check")
StabilityOf = like("stability")
EffectOf = like("effect")
ReportOf = like("report")
WarningForecast = like("warn/properties/forecasts/items")
WarningRecord = like("warn/properties/record")
MeetingBody = like("dialogue-bodies/properties/bodies/items")
Meeting = like("dialogue-meetings/properties/meetings/items")
AgreedAction = like("dialogue-actions/properties/actions/items")
Silence = like("dialogue-silent/properties/pairs/items")
HomeStatus = like("domestic-status")
HomeProcedure = like("domestic-procedures/properties/procedures/items")
HomeEnd = like("domestic-clock/properties/end")
DecisionOf = like("decision-status/properties/decisions/items")
RuleOf = like("decision-rules/properties/rules/items")
Simulated = like("decision-simulate")
Power = like("power/$defs/power")
Coalitions = like("power/$defs/minimal")
Pattern = like("power/$defs/minimal/properties/listed/items")


@cache
def folder() -> Path | None:
    """Where the schemas are: in the package, else in the repository that it runs from."""
    package = Path(comity.__file__).parent
    return next((f for f in (package / "docs" / "schemas", package.parents[1] / "docs" / "schemas") if f.is_dir()), None)


@cache
def description(api: NinjaAPI) -> Plain:
    """The whole description, as plain data."""
    plain: Plain = _referred(json.loads(json.dumps(api.get_openapi_schema(path_prefix=""))))
    components = plain["components"]
    schemas: Plain = {**components["schemas"], **{name: _of_file(name) for name in _needed(plain)}, "Problem": _problem()}
    components["responses"] = {kind.name: _refusal(status) for status, kind in KINDS.items()}
    for operations in plain["paths"].values():
        for method, operation in operations.items():
            _exemplify(operation, schemas)
            if header := next((needs[method] for tag, needs in _NEEDS_HEADER.items() if tag in operation["tags"] and method in needs), ""):
                operation["parameters"].append(_header(header))
            for status in _errors(method, operation["tags"]):
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/{KINDS[status].name}"}
    components["schemas"] = {name: schema for name, schema in schemas.items() if name in _referred_to({**plain, "components": [schemas, components]})}
    return plain


def _exemplify(operation: Plain, schemas: Plain) -> None:
    """With an example of each place in its path, and of its body."""
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            parameter.update(PLACES[parameter["name"]])
    for content in operation.get("requestBody", {"content": {}})["content"].values():
        schema = schemas[content["schema"]["$ref"].rpartition("/")[2]] if "$ref" in content["schema"] else content["schema"]
        content["example"] = schema["example"]


def _errors(method: str, tags: list[str]) -> list[int]:
    """With which errors an operation may answer."""
    sent = _SENT if method in ("post", "put", "patch") else ()
    recorded = _RECORDED if {RECORDING, PROPOSALS} & {*tags} and method != "get" else ()
    return sorted({*_ALWAYS, *sent, *recorded, 404})


def _header(name: str) -> Plain:
    """A header that goes with what is recorded; not with what is only looked at."""
    says, example = _HEADERS[name]
    return {"name": name, "in": "header", "required": False, "description": says, "example": example, "schema": {"type": "string"}}


def _referred(part: Any) -> Any:
    """With references to the schemas that come from files."""
    if isinstance(part, list):
        return [_referred(each) for each in part]
    if not isinstance(part, dict):
        return part
    if FROM_FILE in part:
        return {"$ref": f"#/components/schemas/{part[FROM_FILE]}"}
    return {name: _referred(each) for name, each in part.items()}


def _needed(plain: Plain) -> list[str]:
    """The files that are referred to, and those to which these refer."""
    found: list[str] = []
    waiting = sorted(_referred_to(plain))
    while waiting:
        name = waiting.pop()
        if name not in found and _path(name) is not None:
            found.append(name)
            waiting += sorted(_referred_to(_of_file(name)))
    return sorted(found)


def _referred_to(part: Any) -> set[str]:
    """The schemas to which it refers."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    found = {name for each in inner for name in _referred_to(each)}
    target = part.get("$ref") if isinstance(part, dict) else None
    return found | {target.split("/")[3]} if isinstance(target, str) and target.startswith("#/components/schemas/") else found


def _path(name: str) -> Path | None:
    here = folder()
    path = here / f"{name}.json" if here is not None and name.replace("-", "").isalnum() else None
    return path if path is not None and path.is_file() else None


def _of_file(name: str) -> Plain:
    """A schema out of its file, with its references as they are here."""
    path = _path(name)
    assert path is not None
    plain = json.loads(path.read_text(encoding="utf-8"))
    found = _moved({key: value for key, value in plain.items() if key not in ("$schema", "$id")}, name)
    assert isinstance(found, dict)
    return found


def _moved(part: Any, name: str) -> Any:
    if isinstance(part, list):
        return [_moved(each, name) for each in part]
    if not isinstance(part, dict):
        return part
    moved = {key: _moved(each, name) for key, each in part.items()}
    if isinstance(part.get("$ref"), str):
        file, _, inner = part["$ref"].partition("#")
        moved["$ref"] = f"#/components/schemas/{file.removesuffix('.json') or name}{inner}"
    return moved


_FAULT = {"pointer": "The field: a JSON pointer into what was sent.", "detail": "What is wrong there, and what to write."}
_VERSIONS = {"current": "What is there now, where it was changed meanwhile.", "sent": "What was sent, where it was changed meanwhile."}


def _problem() -> Plain:
    texts = {
        "type": "Which kind of problem: where it is described.",
        "title": "The kind, in words.",
        "detail": "What is wrong, in one line that names the field.",
        "instance": "The path that was asked.",
    }
    properties: Plain = {name: {"type": "string", "description": says} for name, says in texts.items()}
    properties["status"] = {"type": "integer", "description": "The HTTP status."}
    fault = {name: {"type": "string", "description": says} for name, says in _FAULT.items()}
    errors: Plain = {
        "type": "object",
        "description": "One fault.",
        "properties": fault,
        "required": ["pointer", "detail"],
        "additionalProperties": False,
    }
    properties["errors"] = {"type": "array", "description": "What is wrong, field by field.", "items": errors}
    for name, says in _VERSIONS.items():
        properties[name] = {"type": "object", "description": says}
    return {
        "type": "object", "description": "What went wrong (RFC 9457).", "properties": properties,
        "required": ["type", "title", "status", "detail", "instance"], "additionalProperties": False,
    }  # fmt: skip


def _refusal(status: int) -> Plain:
    kind = KINDS[status]
    example = problem_to_plain("/api/v1/agreements", status, f"{kind.title}: {kind.advice}.")
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": f"{kind.title}: {kind.advice}.", "content": content}
