"""Lines and questions in Cedar's words: permits for lines, forbids for markings and caveats.

Cedar answers allow or deny: allow is *allowed*, deny is every other outcome. A line, consent or membership that is not sure lets
nothing through, so that it has no policy. Source: docs/explanation/how-permissions-are-derived.md, section 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from comity.permissions.lines import Lines, Membership, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.terms import Verdict

Json = dict[str, Any]

_FORBIDDEN = """
@id("own") permit(principal, action, resource) when { principal == context.originator };
@id("caveats") forbid(principal, action, resource) when { context.national || context.strange } unless { principal == context.originator };
"""
TAGGED = (
    _FORBIDDEN
    + """
@id("marking") forbid(principal, action, resource) unless {
  principal == context.originator || context.releasable.isEmpty() || context.releasable.contains(principal) };
@id("line") permit(principal, action, resource) when {
  context.giver == context.originator && principal.hasTag(context.mark) &&
  principal.getTag(context.mark).start <= context.day && context.day < principal.getTag(context.mark).end &&
  principal.getTag(context.mark).categories.containsAll(context.categories) &&
  (!(context has purpose) || principal.getTag(context.mark).purposes.isEmpty() || principal.getTag(context.mark).purposes.contains(context.purpose)) };
"""
)
"""One policy for all lines, which hang on their takers as tags. Of one giver, taker and level a taker can have one line only."""


def policies(lines: Lines) -> str:
    """One policy for each sure line, and those that hold of every release."""
    consents = [_consent(c) for c in lines.consents if c.verdict is Verdict.YES]
    held = [m for m in lines.memberships if m.verdict is Verdict.YES]
    sure = [line for line in lines.release if line.verdict is Verdict.YES]
    return "\n".join(
        [_FORBIDDEN, _marking(held), _unclassified(consents), *(_line(number, line, consents, held) for number, line in enumerate(sure))]
    )


def tagged(lines: Lines) -> list[Json]:
    """The takers as entities, each line a tag."""
    tags: dict[str, Json] = {line.taker: {} for line in lines.release}
    for line in lines.release:
        tags[line.taker][mark(line)] = {
            "start": line.start,
            "end": line.end,
            "categories": sorted(line.categories),
            "purposes": sorted(line.purposes),
        }
    return [{"uid": {"type": "Party", "id": taker}, "attrs": {}, "parents": [], "tags": lines} for taker, lines in tags.items()]


def request(asked: ReleaseAsked) -> Json:
    """The question as a request."""
    context: Json = {
        "giver": _party(asked.giver), "originator": _party(asked.originator), "policy": asked.policy, "level": asked.level, "day": asked.day,
        "mark": mark(asked), "categories": sorted(asked.categories), "releasable": [_party(name) for name in sorted(asked.releasable)],
        "national": asked.national, "controlled": asked.controlled, "strange": asked.strange, "unclassified": asked.unclassified,
    }  # fmt: skip
    context |= {name: said for name, said in (("purpose", asked.purpose), ("item", asked.item)) if said is not None}
    return {
        "principal": {"type": "Party", "id": asked.taker},
        "action": {"type": "Action", "id": "receive"},
        "resource": {"type": "Mark", "id": _level(asked)},
        "context": context,
    }


def mark(of: ReleaseLine | ReleaseAsked) -> str:
    """The giver with the policy and level, as one word."""
    return f"{of.giver} / {of.policy} / {of.level}"


def _level(of: ReleaseLine | ReleaseAsked) -> str:
    return f"{of.policy} / {of.level}"


def _party(name: str) -> Json:
    return {"__entity": {"type": "Party", "id": name}}


# -- policies


def _marking(held: Iterable[Membership]) -> str:
    groups = [f"(context.releasable.contains({_who(m.group)}) && principal == {_who(m.party)} && {_days(m)})" for m in held]
    ways = ["principal == context.originator", "context.releasable.isEmpty()", "context.releasable.contains(principal)", *groups]
    return f'@id("marking") forbid(principal, action, resource) unless {{ {_any(ways)} }};'


def _unclassified(consents: Iterable[str]) -> str:
    ways = ["!context.controlled", "context.giver == context.originator", *consents]
    return f'@id("unclassified") permit(principal, action, resource) when {{ context.unclassified && ({_any(ways)}) }};'


def _line(number: int, line: ReleaseLine, consents: Iterable[str], held: Iterable[Membership]) -> str:
    giver = _who(line.giver)
    fits = [_days(line), _covers(line.categories)]
    if line.only:
        fits.append(f"{_set(line.only)}.containsAny(context.categories)")
    if line.purposes:
        fits.append(f"(!(context has purpose) || {_set(line.purposes)}.contains(context.purpose))")
    ways = [f"(context.giver == {giver} && context.originator == {giver})"]
    if line.opens:
        whose = [f"context.originator == {_who(line.owner)}"]
        whose += [f"(context.originator == {_who(m.party)} && {_days(m)})" for m in held if m.group == line.agreement]
        ways.append(f"(context.giver == {giver} && !context.controlled && ({_any(whose)}))")
    ways += [f"((context.giver == {giver} || context.originator == {giver}) && context.giver != context.originator && {c})" for c in consents]
    head = f"permit(principal == {_who(line.taker)}, action, resource == Mark::{_text(_level(line))})"
    return f'@id("line {number}: {line.agreement} {line.clause}") {head} when {{ {" && ".join(fits)} && ({_any(ways)}) }};'


def _consent(consent: ReleaseConsent) -> str:
    """Does the consent cover the question (4.5)?"""
    tests = [f"context.originator == {_who(consent.originator)}", _days(consent)]
    if consent.holders:
        tests.append(f"[{', '.join(map(_who, sorted(consent.holders)))}].contains(context.giver)")
    if consent.takers:
        tests.append(f"[{', '.join(map(_who, sorted(consent.takers)))}].contains(principal)")
    if consent.policy is not None:
        tests.append(f"context.policy == {_text(consent.policy)}")
    if consent.levels is not None:
        named = f" || {_set(consent.levels)}.contains(context.level)" if consent.levels else ""
        tests.append(f"(context.unclassified{named})")
    if consent.categories is not None:
        tests.append(_covers(consent.categories))
    if consent.item is not None:
        tests.append(f"context has item && context.item == {_text(consent.item)}")
    return f"({' && '.join(tests)})"


def _covers(categories: frozenset[str]) -> str:
    return f"{_set(categories)}.containsAll(context.categories)" if categories else "context.categories.isEmpty()"


def _days(of: Membership | ReleaseLine | ReleaseConsent) -> str:
    return f"{of.start} <= context.day && context.day < {of.end}"


def _any(ways: Iterable[str]) -> str:
    return " || ".join(ways)


def _who(name: str) -> str:
    return f"Party::{_text(name)}"


def _set(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, sorted(words)))}]"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
