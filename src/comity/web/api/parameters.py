"""What can be said in a query: the axes, filters, and how much of a list; anything else is refused, with the nearest that there is."""

from __future__ import annotations

import difflib
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

from comity.terms import BadInput
from comity.web.api import cursors
from comity.web.asking import Asked, asked

DAYS = ("on", "known", "knew", "recorded_since")
MOST = 1000
USUAL = 100


def text(description: str, example: str = "", **told: Any) -> Any:
    """A text that may be left out; blank is as if it were."""

    def tidied(schema: dict[str, Any]) -> None:
        schema.pop("default", None)
        schema.update(told, **({"example": example} if example else {}))

    return Field(default="", description=description, json_schema_extra=tidied)


def day(description: str, example: str) -> Any:
    """A day that may be left out."""
    return text(description, example, format="date")


class Axes(BaseModel):
    """The axes, which every question has."""

    model_config = ConfigDict(populate_by_name=True)

    on: str = day("As of which day; today if left out.", "2024-03-07")
    known: str = day("As known by the end of which day; today if left out.", "2026-01-01")
    as_: str = Field(
        default="", alias="as", description="As whom to see: a party's code, or `public`. It narrows what you see, and never widens it.",
        json_schema_extra={"example": "public"},
    )  # fmt: skip
    strict: str = text("`1`: count only what the record is complete for; nothing is presumed to go on.", "0")


class Listed(Axes):
    """A list, of which one part is asked for at a time."""

    limit: int = Field(default=USUAL, ge=1, le=MOST, description=f"At most so many; 1 to {MOST}.", json_schema_extra={"example": 20})
    cursor: str = text("Where to go on: taken from `next` of the part before, which has all other parameters too.")


def begin(request: HttpRequest, query: Axes) -> Asked:
    """What is asked, on its axes; BadInput if the query says anything that this question doesn't take, or says it twice."""
    refuse_unknown(request, query)
    if isinstance(query, Listed) and query.cursor:
        cursors.go_on(request, query.cursor)
    return asked(request)


def refuse_unknown(request: HttpRequest, query: BaseModel | None = None) -> None:
    """BadInput for what the query doesn't take."""
    fields = {} if query is None else type(query).model_fields
    takes = {field.alias or name: field for name, field in fields.items()}
    for name, values in request.GET.lists():
        if name not in takes:
            close = difflib.get_close_matches(name, takes, n=1, cutoff=0.5)
            near = f"did you mean {close[0]}?" if close else f"it takes {', '.join(takes)}" if takes else "it takes none"
            raise BadInput(f"{name[:40]}: there is no such parameter here; {near}")
        if name in DAYS and not values[-1].strip():
            raise BadInput(f"{name}: it is blank; write a day as YYYY-MM-DD, or leave it out")
        if len(values) > 1 and takes[name].annotation != tuple[str, ...]:
            raise BadInput(f"{name}: it is given {len(values)} times; give it once")
