"""What a dry run found, in words: a label key, why a partner gets nothing, and the least that would change it.

Source: docs/explanation/how-exchange-works.md, section 3.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from comity.exchange.dry_running import Would, would_get
from comity.exchange.gate import Ruling, vouched
from comity.exchange.label_keys import LabelKey
from comity.exchange.node import Node
from comity.terms import Answer, WouldChange

_TESTS = ("own", "marking", "caveats", "originator", "agreement")
_UNSURE = ("unknown", "contested")


@dataclass(frozen=True, slots=True)
class Alike:
    """Objects, by their ids, that bear the same labels, and what each partner would get of them."""

    ids: tuple[str, ...]
    labels: tuple[LabelKey, ...]
    partners: tuple[Would, ...]


def dry_run_of(node: Node, into: str, body: bytes, label: LabelKey | None) -> list[Alike]:
    """What each partner of a collection would get of an envelope, if it were published there; nothing is kept."""
    alike: dict[frozenset[LabelKey], list[str]] = {}
    for object_id, keys in node.labels_of(into, body, label).items():
        alike.setdefault(keys, []).append(object_id)
    partners = node.partners(into)
    return [Alike(tuple(ids), tuple(sorted(keys, key=LabelKey.to_text)), tuple(would_get(node.gate, keys, partners))) for keys, ids in alike.items()]


def label_in_words(key: LabelKey) -> str:
    """A label key in one line."""
    if key.closed:
        return f"open to nobody ({key.closed})"
    words = [key.level if key.policy is None or key.level.startswith(key.policy) else f"{key.policy} {key.level}", *key.categories, *key.caveats]
    to = f"for {', '.join(key.releasable_to) or 'nobody named'} only" if key.limited else "for anybody" if key.policy is None else ""
    return f"{' // '.join(words)}{', ' if to else ''}{to}, of {key.originator}"


def why_not(would: Would) -> str:
    """The first refusal, in words; blank where there is none."""
    return next((_refused(would.partner, key, ruling) for key, ruling in would.rulings if not ruling.opens), "")


def _refused(partner: str, key: LabelKey, ruling: Ruling) -> str:
    outcome, _, test = ruling.ground.partition(": ")
    if key.closed:
        return "no label, and no marking, says who may have it" if key.closed == "no marking" else key.closed
    if outcome == "not vouched for":
        return ruling.ground
    if test not in _TESTS:
        return test  # what could not be asked
    unsure = outcome if outcome in _UNSURE else ""
    to = f"it is for {', '.join(key.releasable_to)} only" if key.releasable_to else "it is for named addressees only, and names none"
    says = {
        "marking": f"{to}; is {partner} one of them?" if unsure else to,
        "caveats": f"what does its caveat ask: {', '.join(key.caveats)}?" if unsure else f"its caveat does not let it out: {', '.join(key.caveats)}",
        "originator": f"does {key.originator} consent?" if unsure else f"{key.originator} has not consented",
        "agreement": "does an agreement in force cover it? see --why" if unsure else "no agreement in force covers it",
    }.get(test, test)
    return f"{unsure}: {says}" if unsure else says


def changes(node: Node, would: Would) -> list[str]:
    """The least that would change it, for each label that is refused."""
    answers, found = iter(would.answers), list[str]()
    for key, ruling in would.rulings:
        if ruling.opens:
            continue
        if key.closed:
            found += ["a label: --level or --rel"] if key.closed == "no marking" else []
            continue
        outcome, _, test = ruling.ground.partition(": ")
        answer = next(answers, None) if outcome == "not vouched for" or test in _TESTS else None
        if answer is not None:
            found += [_to_vouch(node, would.partner, key, answer)] if outcome == "not vouched for" else _acts(node, would.partner, answer, test)
            found += ["a record of what is unknown or contested"] if outcome in _UNSURE else []
    return list(dict.fromkeys(found))


def _acts(node: Node, partner: str, answer: Answer, test: str) -> list[str]:
    """The acts that would change a refusal, in words: those of two parties together as one."""
    if test == "caveats":  # no addressee undoes one
        return [f"{change.by} marks it otherwise" for change in answer.would_change]
    parties: dict[tuple[str, str], list[str]] = {}
    for change in answer.would_change:
        parties.setdefault((change.act, change.on), []).append(change.by)
    return [_in_words(node, partner, WouldChange(act, " and ".join(by), on)) for (act, on), by in parties.items()]


def _in_words(node: Node, partner: str, change: WouldChange) -> str:
    if change.act == "release-marking":
        return f"{change.by} marks it for {partner} too{' (--rel)' if change.by == node.keeper else ''}"
    if change.act == "consent-release":
        return f"{change.by} consents to its release to {partner}"
    if change.act == "conclude":
        return f"{change.by} conclude {change.on}"
    return f"{change.act} by {change.by}: {change.on}"


def _to_vouch(node: Node, partner: str, key: LabelKey, answer: Answer) -> str:
    """The command that vouches for what the release asks, and for what is vouched for already, which it replaces."""
    now = vouched(node.gate.standing(), node.keeper, partner)
    cleared, purposes, briefed = dict(now.cleared), list(now.purposes), list(now.briefed)
    for left in answer.provided:
        _, _, named = left.says.partition(": ")
        if left.what == "clearance" and key.policy is not None:
            cleared[key.policy] = key.level
        elif left.what == "purpose" and not set(purposes) & set(named.split(", ")):
            purposes.append(named.split(", ")[0])
        elif left.what == "briefing":
            briefed += [category for category in key.categories if category not in briefed]
    told = {"--cleared": ",".join(map(":".join, cleared.items())), "--purposes": ",".join(purposes), "--briefed": ",".join(briefed)}
    return " ".join(["exchange vouch", partner, *(f"{option} {shlex.quote(value)}" for option, value in told.items() if value)])
