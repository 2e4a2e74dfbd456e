"""What stands around every page where there are accounts, also those of allauth: the frame, who has signed in, what they follow."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from comity.web.asking import frame
from comity.web.readers import NOBODY, reader_of
from comity.web.watching.desk import followed
from comity.web.watching.offering import offered


def around(request: HttpRequest) -> dict[str, Any]:
    reader = reader_of(request)
    own: dict[str, Any] = {"reader": None} if reader == NOBODY else {"reader": reader, **offered(request), **followed(request)}
    return {**frame(request), "path": request.path, **own}
