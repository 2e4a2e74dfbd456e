"""Answers as plain data: the shapes that the CLI's ``--json`` and the pages' ``.json`` promise (schemas in docs/schemas)."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.acts import Entry, to_base64url, to_plain
from comity.standing.party_keys import PartyKey
from comity.standing.signers import Signed
from comity.standing.standing import Change, Coming, Difference
from comity.terms import Answer, Finding, Ladder, Reason

Plain = dict[str, Any]


def answer_to_plain(answer: Answer) -> Plain:
    """The keys of every answer; ``text`` and ``except`` for pairs, ``readings`` where the worlds differ."""
    plain: Plain = {
        "question": answer.question,
        "verdict": str(answer.verdict),
        "since": _day(answer.since),
        "until": _day(answer.until),
        "reach": _day(answer.reach),
        "because": [reason_to_plain(r) for r in answer.because],
        "would_change": [{"act": c.act, "by": c.by, "on": c.on, "from": _day(c.from_)} for c in answer.would_change],
        "findings": list(answer.findings),
        "notes": list(answer.notes),
        "versions": list(answer.versions),
        "label": {"policy": answer.label.policy, "classification": answer.label.classification, "releasable_to": list(answer.label.releasable_to)},
    }
    if answer.mode is not None:
        plain["mode"] = answer.mode
    if answer.question.startswith("between"):
        plain["text"] = list(answer.text)
        plain["except"] = [{"article": e.article, "how": e.how, "act": e.act} for e in answer.exceptions]
    if answer.question.startswith("may"):
        plain["provided"] = [{"what": p.what, "says": p.says, "article": p.article} for p in answer.provided]
    if answer.readings:
        plain["readings"] = [{"value": r.value, "by": r.by, "source": r.source} for r in answer.readings]
    return plain


def reason_to_plain(reason: Reason) -> Plain:
    """One reason, with those behind it."""
    return {
        "rule": reason.rule,
        "article": reason.article,
        "says": reason.says,
        "acts": list(reason.acts),
        "source": reason.source,
        "holds": reason.holds,
        "because": [reason_to_plain(r) for r in reason.because],
    }


def change_to_plain(change: Change) -> Plain:
    """One change of standing, with its reasons."""
    return {
        "on": _day(change.on),
        "party": change.party,
        "verdict": str(change.verdict),
        "mode": change.mode,
        "because": [reason_to_plain(r) for r in change.because],
    }


def coming_to_plain(coming: Coming) -> Plain:
    """One day ahead."""
    return {"on": _day(coming.on), "agreement": coming.agreement, "party": coming.party, "what": coming.what, "act": coming.act}


def difference_to_plain(difference: Difference) -> Plain:
    """One difference between two standings."""
    return {
        "agreement": difference.agreement,
        "party": difference.party,
        "before": difference.before,
        "now": difference.now,
        "law": difference.law,
        "knowledge": difference.knowledge,
    }


def finding_to_plain(finding: Finding) -> Plain:
    """One finding."""
    return {"code": finding.code, "says": finding.says, "where": finding.where, "agreement": finding.agreement, "citation": finding.citation}


def entry_to_plain(entry: Entry, signed: Signed | None) -> Plain:
    """An act with its hash and the day it was recorded; and what its signature is worth, if it bears one."""
    plain = {**to_plain(entry.act), "hash": entry.act.hash, "recorded": entry.recorded.isoformat()}
    if signed is not None:
        plain["signed"] = {"key": signed.thumbprint, "by": signed.party, "wrong": signed.wrong, "says": signed.says}
    return plain


def key_to_plain(key: PartyKey) -> Plain:
    """A party's key, in the form in which acts write it."""
    return {
        "party": key.party,
        "thumbprint": key.thumbprint,
        "key": to_base64url(key.key),
        "since": _day(key.since),
        "until": _day(key.until),
        "introduced_by": key.introduced_by,
        "ended_by": key.ended_by,
        "reason": key.reason,
    }


def ladder_to_plain(ladder: Ladder) -> Plain:
    """A classification ladder, from its lowest level to its highest."""
    levels = [
        {"name": level.name, "rank": level.rank, "also": list(level.also), "from": _day(level.from_), "until": _day(level.until)}
        for level in sorted(ladder.levels, key=lambda level: level.rank)
    ]
    return {"policy": ladder.policy, "owner": ladder.owner, "source": ladder.source, "read": ladder.read, "note": ladder.note, "levels": levels}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
