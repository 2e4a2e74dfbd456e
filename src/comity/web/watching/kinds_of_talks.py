"""Which lists of disputes, dialogue and procedure at home can be saved."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from comity.web.linking import href
from comity.web.watching.lines import Kind, Plain, to


def _dispute(row: Plain) -> str:
    head = f"{' – '.join(row['sides'])}, {row['agreement']}: {' or '.join(row['states'])}"
    return head + (f"; {', '.join(row['of'])}: {row['awaited']}, {row['means']}" if row["awaited"] else "")


def _incident(row: Plain) -> str:
    return f"{row['by']}: {row['subject'] or row['ref']}, answered: {row['answered']}"


def _body(row: Plain) -> str:
    return f"{row['name']}: last met {row['last_met'] or 'never'}" + (f", has to meet by {row['next_due']}" if row["next_due"] else "")


def _meeting(row: Plain) -> str:
    return f"{row['body']}: {row['subject'] or row['day']}, {' or '.join(row['states'])}"


def _action(row: Plain) -> str:
    return f"{', '.join(row['owed_by'])}: {row['what']}, {' or '.join(row['states'])}"


def _silent(row: Plain) -> str:
    return f"{' – '.join(row['parties'])}: {row['last'] or 'never'}"


def _home(row: Plain) -> str:
    return f"{row['agreement']} in {row['state']}: " + (row["problem"] if "problem" in row else " or ".join(row["states"]))


def _procedure(row: Plain) -> str:
    return f"{row['state']}: {row['title']}"


def _to_home(row: Plain) -> str:
    return href({}, "domestic", state=row["state"], agreement=row.get("agreement"))


def _to_body(row: Plain) -> str:
    return href({}, "body", row["agreement"] or "-", row["name"])


def _to_dialogue(row: Plain) -> str:
    return href({}, "dialogue")


def _is_awaited(row: Plain) -> bool:
    return row["due"] is not None


def _is_late(row: Plain) -> bool:
    return bool(row["late"] == "yes")


def _is_to_do(row: Plain) -> bool:
    return row["due"] is not None and not {"done", "done late"} >= set(row["states"])


def _is_overdue(row: Plain) -> bool:
    return bool(row["states"] == ["overdue"])


_OF, _TALKS = ("party", "agreement"), ("agreement", "body", "party")
TALKS: Mapping[str, Mapping[str, Kind]] = {
    "disputes": {
        "disputes": Kind(
            _("Disputes"), "disputes", ("act", "states", "awaited", "means", "of", "due"), _dispute, to("dispute", "ref"), "disputes",
            (*_OF, "state", "late"), "due", due=_is_awaited, late=_is_late,
        ),
        "incidents": Kind(_("Incidents and protests"), "incidents", ("act", "answered", "said"), _incident, to("dispute", "ref"), "incidents", _OF),
    },
    "dialogue": {
        "bodies": Kind(
            _("Bodies"), "bodies", ("name", "agreement", "last_met", "next_called"), _body, _to_body, "dialogue/bodies", _TALKS, "next_due"
        ),
        "meetings": Kind(_("Meetings"), "meetings", ("act", "states", "day"), _meeting, to("act", "ref"), "dialogue/meetings", _TALKS, "day"),
        "actions": Kind(
            _("What was agreed"), "actions", ("act", "states", "due"), _action, to("act", "ref"), "dialogue/actions", _TALKS, "due",
            due=_is_to_do, late=_is_overdue,
        ),
        "silent": Kind(_("Who has not met"), "silent", ("parties", "last"), _silent, _to_dialogue, "dialogue/silent", ("agreement", "party")),
    },
    "domestic": {
        "instruments": Kind(
            _("Agreements at home"), "instruments", ("agreement", "state", "states", "may_consent"), _home, _to_home, "domestic/instruments",
            ("state", "agreement", "procedure", "sitting"), "ends",
        ),
        "procedures": Kind(_("Procedures"), "procedures", ("state", "id", "from"), _procedure, _to_home, "domestic/procedures", ("state",)),
    },
}  # fmt: skip
"""Each list of these pages, which is saved by itself."""
