"""AuthZEN 1.0: decisions, batches with their three semantics, searches, metadata; and what its certification scenario asks of errors and headers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import comity
from comity.web.holding import Held
from tests.permissions import told
from tests.web.api.conftest import Plain, send, told_of, validator

A = "/access/v1"
SAMPLE = Path(told.HERE) / "book"
"""An invented book with agreements on what may be released, stationed and supplied."""


@pytest.fixture(scope="module")
def pdp(make_client: Callable[[Held], Client]) -> Client:
    return make_client(Held(comity.open(SAMPLE), patience=20.0))


CONTEXT: Plain = {"on": "2012-01-01", "known": "2026-01-01"}
RELEASE: Plain = {
    "subject": {"type": "party", "id": "BET"},
    "action": {"name": "release"},
    "resource": {"type": "information", "id": "report-7", "properties": {"level": "DEEP", "holder": "ALF"}},
    "context": CONTEXT,
}
NOT: Plain = {**RELEASE, "subject": {"type": "party", "id": "EPS"}}


def of(base: Plain, **changed: Any) -> Plain:
    return {**base, **changed}
