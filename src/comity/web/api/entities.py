"""AuthZEN's subjects, resources and actions, and the question about a permission that they come to.

A **subject** of type ``party`` acts: it would receive the information, or do the activity. A **resource** is

- ``information``, so marked: properties ``level`` (needed), ``policy``, ``categories``, ``caveats``, ``releasable_to``, ``originator``, and
  ``holder``, who would give it (the originator if left out, else the reader's own party, else whoever owns the policy); ``id`` is the item, where an
  originator's consent is for one only;
- ``territory``: ``id`` is the party whose it is; properties ``of`` (one of its territories), ``things``, ``until``;
- ``activity``: ``id`` is the thing that it is about (``fuel``), or ``any``; properties ``with`` (the other party, needed), ``things``, ``until``.

An **action** is release, station, supply, transfer, train or overfly; the **context** says ``on``, ``known`` and ``purpose``.

Source: AuthZEN Authorization API 1.0, "Information Model" (Subject, Resource, Action, Context); "JSON Serialization".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from comity.permissions import ActivityQuestion, ReleaseQuestion
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, read_day

Properties = dict[str, Any]
ACTIONS: Mapping[str, frozenset[str]] = {
    "information": frozenset({"release"}),
    "territory": frozenset({"station", "overfly", "train"}),
    "activity": frozenset({"supply", "transfer", "train", "station", "overfly"}),
}
"""What can be done with each type of resource."""
EVERY = tuple(dict.fromkeys(action for actions in ACTIONS.values() for action in sorted(actions)))
ANY = "any"


class _Entity(BaseModel):
    model_config = ConfigDict(strict=True)


class Subject(_Entity):
    """Who would receive the information, or do the activity."""

    type: str = Field(description="`party`.", json_schema_extra={"example": "party"})
    id: str = Field(description="The party's code.", json_schema_extra={"example": "BEL"})
    properties: Properties | None = Field(default=None, description="Not looked at.")


class Resource(_Entity):
    """What it is about."""

    type: str = Field(description="`information`, `territory` or `activity`.", json_schema_extra={"example": "information"})
    id: str = Field(description="The item; whose territory it is; the thing that the activity is about.", json_schema_extra={"example": "x"})
    properties: Properties | None = Field(
        default=None, description="Of information: level, policy, categories, caveats, releasable_to, originator, holder. Of a territory: of, "
        "things, until. Of an activity: with, things, until.", json_schema_extra={"example": {"level": "UNCLASSIFIED", "holder": "NLD"}},
    )  # fmt: skip


class Action(_Entity):
    """What would be done."""

    name: str = Field(description="release, station, supply, transfer, train or overfly.", json_schema_extra={"example": "release"})
    properties: Properties | None = Field(default=None, description="Not looked at.")


class TypeOnly(_Entity):
    """What is searched for: its type; an id is not looked at."""

    type: str = Field(description="Its type.", json_schema_extra={"example": "party"})
    properties: Properties | None = Field(default=None, description="Properties that all that is found has.")


Context = dict[str, Any]
Question = ReleaseQuestion | ActivityQuestion


class Elsewhere(Exception):
    """A type, or an action with it, of which Comity knows nothing: never permitted."""


def question_of(this: Asked, subject: Subject, action: Action, resource: Resource, context: Context) -> Question:
    """The question; Elsewhere, BadInput or NotOnRecord say why there is none."""
    if subject.type != "party":
        raise Elsewhere(f"subjects are of type party; nothing is known of {subject.type[:40]!r}")
    if action.name not in ACTIONS.get(resource.type, ()):
        raise Elsewhere(f"nothing is known of {action.name[:40]!r} with a resource of type {resource.type[:40]!r}")
    doer, given = _party(this, subject.id, "subject.id"), resource.properties or {}
    purpose = _text(context, "purpose", "context") or None
    if resource.type == "information":
        return _release(this, doer, resource.id, given, purpose)
    other = _party(this, resource.id if resource.type == "territory" else _text(given, "with", "resource.properties"), "the other party")
    things = _texts(given, "things") or (() if resource.type == "territory" or resource.id == ANY else (resource.id,))
    of, until = _text(given, "of", "resource.properties"), _text(given, "until", "resource.properties")
    if doer == other:
        raise BadInput(f"{doer} is named twice; name two different parties")
    return ActivityQuestion(
        activity=action.name, doer=doer, counterpart=other, things=things, purpose=purpose,
        territory=_party(this, of, "resource.properties.of") if of else None,
        until=read_day("resource.properties.until", until) if until else None,
    )  # fmt: skip


def _release(this: Asked, taker: str, item: str, given: Properties, purpose: str | None) -> ReleaseQuestion:
    level, policy = (_text(given, name, "resource.properties") for name in ("level", "policy"))
    if not level:
        raise BadInput("resource.properties.level is missing; say how the information is classified, for instance SECRET")
    if policy and policy.casefold() not in {ladder.policy.casefold() for ladder in this.record.ladders}:
        raise NotOnRecord(f"resource.properties.policy: no classification policy {policy[:40]!r} is on record")
    originator, holder = (_text(given, name, "resource.properties") for name in ("originator", "holder"))
    giver = _party(this, holder or originator or this.viewer or _owner(this, policy), "resource.properties.holder")
    return ReleaseQuestion(
        giver=giver, taker=taker, level=level, policy=policy or None, categories=_texts(given, "categories"), caveats=_texts(given, "caveats"),
        releasable_to=tuple(_party(this, one, "resource.properties.releasable_to") for one in _texts(given, "releasable_to")),
        originator=_party(this, originator, "resource.properties.originator") if originator else None, purpose=purpose, item=item or None,
    )  # fmt: skip


def _owner(this: Asked, policy: str) -> str:
    owner = next((ladder.owner for ladder in this.record.ladders if ladder.policy.casefold() == policy.casefold()), "")
    if not owner:
        raise BadInput("resource.properties.holder is missing; say who would give the information, by its code")
    return owner


def _party(this: Asked, code: str, where: str) -> str:
    if not code:
        raise BadInput(f"{where} is missing; name a party by its code")
    if code not in this.record.register.parties:
        raise NotOnRecord(f"{where}: no party {code[:40]!r} is on record")
    return code


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"{where}.{name} is no text")
    return (value or "").strip()


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInput(f"resource.properties.{name} is no list of texts")
    return tuple(value)
