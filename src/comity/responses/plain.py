"""The answer as plain data: the shape that ``--json`` promises (docs/schemas/obliged.json)."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.responses.asking import Response, Row
from comity.responses.invocations import Answered, Invocation
from comity.standing import reason_to_plain
from comity.terms import Label

Plain = dict[str, Any]


def response_to_plain(response: Response) -> Plain:
    """All of it."""
    attack = response.attack
    asked = {"attacked": attack.attacked, "by": list(attack.by), "nature": attack.nature, "places": list(attack.places), "provoked": attack.provoked}
    return {
        "attack": {**asked, "on": response.on.isoformat()},
        "obligations": [_row(row, attack.by) for row in response.rows],
        "conflicts": [
            {"kind": one.kind, "party": one.party, "verdict": str(one.verdict), "agreements": list(one.agreements)} for one in response.conflicts
        ],
        "invocations": [_invocation(one) for one in response.invocations],
        "notes": list(response.notes),
        "label": _label(response.label),
    }


def _row(row: Row, attackers: tuple[str, ...]) -> Plain:
    line, clause = row.line, row.line.clause
    return {
        "by": line.debtor,
        "to": line.creditor,
        "side": line.side,
        "duty": clause.type,
        "verdict": str(row.owed.verdict),
        "agreement": line.agreement,
        "title": row.agreement.short,
        "article": clause.article,
        "says": clause.says,
        "read": clause.read,
        "source": clause.source,
        "form": row.agreement.form,
        "since": _day(row.since),
        "until": _day(row.until),
        "attacks": line.debtor in attackers,
        "between": str(line.verdict),
        "conditions": [
            {"what": test.what, "verdict": str(test.verdict), "says": test.says, "decided_by": test.decided_by or None} for test in row.owed.tests
        ],
        "depends_on": list(row.owed.depends_on),
        "answered": [_answered(one) for one in row.answered],
        "because": [reason_to_plain(reason) for reason in row.between.because],
        "version": row.agreement.version,
        "label": _label(row.between.label),
    }


def _invocation(one: Invocation) -> Plain:
    told = {
        "ref": one.ref,
        "agreement": one.agreement,
        "article": one.article,
        "by": one.by,
        "on": one.on,
        "certain": one.certain,
        "settles": one.settles,
    }
    return {**told, "details": dict(one.details), "answers": [_answered(answer) for answer in one.answers]}


def _answered(one: Answered) -> Plain:
    return {"ref": one.ref, "act": one.kind, "by": one.by, "on": one.on, "sure": one.sure, "details": dict(one.details)}


def _label(label: Label) -> Plain:
    return {"policy": label.policy, "classification": label.classification, "releasable_to": list(label.releasable_to)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
