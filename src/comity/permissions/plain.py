"""Answers about permissions as plain data, as ``--json`` promises them (schemas in docs/schemas)."""

from __future__ import annotations

from typing import Any

from comity.permissions.coverage import Matrix
from comity.permissions.stationings import Stationing
from comity.standing import answer_to_plain, reason_to_plain


def stationing_to_plain(found: Stationing) -> dict[str, Any]:
    """Both answers about forces on a territory, and what follows."""
    return {
        "question": found.entry.question.replace("(entry) ", "").replace(" (entry)", ""),
        "verdict": str(found.verdict),
        "entry": answer_to_plain(found.entry),
        "status": answer_to_plain(found.status),
        "consequences": [reason_to_plain(reason) for reason in found.consequences],
    }


def matrix_to_plain(matrix: Matrix) -> dict[str, Any]:
    """Every basis that an activity needs, with its answer."""
    return {
        "title": matrix.activity.title,
        "verdict": str(matrix.verdict),
        "needs": [{"what": n.what, "by": n.by, "towards": n.towards, **answer_to_plain(n.answer)} for n in matrix.needs],
    }
