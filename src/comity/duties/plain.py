"""Rows of duties as plain data: the shape that ``comity must --json`` promises (schema in docs/schemas)."""

from __future__ import annotations

from typing import Any

from comity.duties.telling import DutyStatus
from comity.standing.plain import reason_to_plain


def duty_to_plain(row: DutyStatus) -> dict[str, Any]:
    """One row."""
    return {
        "key": row.key,
        "agreement": row.agreement,
        "version": row.version,
        "duty": row.duty,
        "article": row.article,
        "what": row.what,
        "does": row.does,
        "owed_by": row.owed_by,
        "owed_to": list(row.owed_to),
        "due": None if row.due is None else row.due.isoformat(),
        "at": None if row.at is None else row.at.isoformat(),
        "opens": None if row.opens is None else row.opens.isoformat(),
        "state": str(row.state),
        "option": row.option,
        "read": row.read,
        "subject": row.subject,
        "brought_about_by": row.brought_about_by,
        "discharged_by": list(row.discharged_by),
        "because": [reason_to_plain(r) for r in row.because],
        "notes": list(row.notes),
        "label": {"policy": row.label.policy, "classification": row.label.classification, "releasable_to": list(row.label.releasable_to)},
    }
