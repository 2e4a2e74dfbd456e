"""What stands around every page where there are accounts, those of allauth among them: the frame of the pages, and who has signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from comity.web.asking import frame
from comity.web.readers import NOBODY, reader_of


def around(request: HttpRequest) -> dict[str, Any]:
    reader = reader_of(request)
    return {**frame(request), "path": request.path, "reader": None if reader == NOBODY else reader}
