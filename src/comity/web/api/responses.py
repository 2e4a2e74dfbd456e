"""Obligations: who is obliged to what when a state is attacked, line by line; the whole answer is that of the question *obliged*."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from comity.responses import response_to_plain
from comity.terms import BadInput
from comity.web import responses
from comity.web.api import shapes_of_procedures as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Listed, begin, text

router = Router(by_alias=True)
Plain = dict[str, Any]


class ObligationsAsked(Listed):
    """Which attack."""

    attacked: str = Field(description="Who is attacked, by code or name.", json_schema_extra={"example": "JPN"})
    by: str = text("By whom, by codes or names with commas between; not told if left out.", "CHN")
    nature: str = text("`non-state`: by others than states; `cyber`: on networks alone; by armed force of a state if left out.", "cyber")
    place: str = text("Where: a state or territory by its code, `own`, or a region, with commas between; not told if left out.", "own")
    provoked: str = text("Did the one attacked provoke it: `yes` or `no`; not told if left out.", "no")


@router.get("/obligations", response=shapes.Obligations, tags=["Desk"], summary="Who is obliged when a state is attacked")
def list_obligations(request: HttpRequest, query: Query[ObligationsAsked]) -> Plain:
    """Who has to help, to consult or to stay out of it, under which clause, on which conditions, and who has answered."""
    this = begin(request, query)
    attack = responses.read(request, this)
    if attack is None:
        raise BadInput("attacked: it is blank; name who is attacked")
    found, pending = responses.responses(this, attack)
    part = part_of(request, this, response_to_plain(found)["obligations"], _place, query.limit)
    return {"obligations": part.items, "pending": pending, "next": part.next, "total": part.total}


def _place(one: Plain) -> tuple[str, ...]:
    return tuple(str(one[name]) for name in ("agreement", "article", "by", "to", "side", "duty"))
