"""What the reader has saved, for programs; where there are no accounts, nobody has saved anything."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel

from comity.web.api import shapes
from comity.web.api.parameters import refuse_unknown, text
from comity.web.asking import yes

router = Router(by_alias=True)


class SavedAsked(BaseModel):
    """Which of them."""

    alert: str = text("`1`: only those that the reader is told about.", "1")


@router.get("/saved", response=shapes.SavedFilters, tags=["Desk"], summary="What you have saved")
def list_saved(request: HttpRequest, query: Query[SavedAsked]) -> dict[str, Any]:
    """Your own saved filters: each as a page, and where the API answers the same question."""
    refuse_unknown(request, query)
    told = yes(query.alert.strip(), "alert")
    return {"saved": [one for one in _own(request) if one["alert"] or not told]}


def _own(request: HttpRequest) -> list[dict[str, Any]]:
    if not settings.INSTALLED_APPS:
        return []
    from comity.web.watching.pages import own_of, plain

    return [plain(one) for one in own_of(request)]
