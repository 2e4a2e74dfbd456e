"""Links that keep the state: the axes of the page one comes from are carried in every URL."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

_PLACES = {
    "agreement": ("agreement_id",),
    "certified": ("agreement_id",),
    "clause": ("agreement_id", "number"),
    "party": ("codes",),
    "organisation": ("code",),
    "register": ("source",),
    "exercise": ("activity",),
    "mission": ("name",),
    "pool": ("name",),
    "dispute": ("ref",),
    "body": ("agreement", "name"),
    "decision": ("ref",),
    "decision-answer": ("ref",),
    "decision-rule": ("agreement", "rule"),
    "act": ("ref",),
    "depositary-act": ("ref",),
    "document": ("digest",),
    "document-content": ("digest",),
    "rule": ("rule",),
    "exchange-read": ("number",),
    "language": ("code",),
    "names-as": ("view",),
    "person": ("name",),
    "proposal": ("number",),
    "saved-one": ("number",),
    "due-one": ("key",),
    "webhook": ("number",),
    "record-rows": ("draft",),
    "record-drop": ("draft",),
    "record-correct": ("act",),
    "static": ("name",),
}


def href(carried: Mapping[str, str], name: str, *places: object, **query: object) -> str:
    """The path of the page ``name``, with the axes carried and ``query`` added (an empty value drops one)."""
    path = reverse(name, kwargs=dict(zip(_PLACES.get(name, ()), places, strict=True)))
    given = {**carried, **{k.rstrip("_"): str(v) for k, v in query.items() if v is not None}}
    found = urlencode({k: v for k, v in given.items() if v != ""})
    return f"{path}?{found}" if found else path


def anchor(act: str) -> str:
    """Where on a page stands what the act of this hash began."""
    return f"of-{act.removeprefix('sha256:')[:12]}"
