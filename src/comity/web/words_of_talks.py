"""The pages' words for what the rooms of disputes, dialogue and procedure at home name. See ``wording``."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import pgettext_lazy as _of

from comity.agreements.requirements import Lead
from comity.terms import Delay
from comity.web.telling import Words, told

Table = Mapping[str, str | Promise]

DISPUTES: Table = {
    "open": _of("dispute", "open"),
    "settled": _of("dispute", "settled"),
    "decided": _of("dispute", "decided"),
    "withdrawn": _of("dispute", "withdrawn"),
}
MEANS: Table = {
    "consultation": _of("means of settlement", "consultation"),
    "negotiation": _of("means of settlement", "negotiation"),
    "good-offices": _of("means of settlement", "good offices"),
    "inquiry": _of("means of settlement", "inquiry"),
    "mediation": _of("means of settlement", "mediation"),
    "conciliation": _of("means of settlement", "conciliation"),
    "joint-commission": _of("means of settlement", "joint commission"),
    "organ": _of("means of settlement", "organ"),
    "arbitration": _of("means of settlement", "arbitration"),
    "court": _of("means of settlement", "court"),
}
"""Those of article 33 of the Charter of the United Nations, and bodies."""
MEANS_STATES: Table = {
    "not begun": _of("means of settlement", "not begun"),
    "asked for": _of("means of settlement", "asked for"),
    "under way": _of("means of settlement", "under way"),
    "refused": _of("means of settlement", "refused"),
    "led to nothing": _of("means of settlement", "led to nothing"),
    "reported": _of("means of settlement", "reported"),
    "decided": _of("means of settlement", "decided"),
}
MEETINGS: Table = {
    "held": _of("meeting", "held"),
    "called": _of("meeting", "called"),
    "cancelled": _of("meeting", "cancelled"),
    "not held": _of("meeting", "not held"),
    "not known": _of("meeting", "not known"),
}
BODIES: Table = {"the parties": _of("body that meets", "the parties")}
"""What a body is called that has no name."""
HOME_STATES: Table = {
    "not laid": _of("procedure at home", "not laid"),
    "scrutiny running": _of("procedure at home", "scrutiny running"),
    "objected to": _of("procedure at home", "objected to"),
    "awaiting approval": _of("procedure at home", "awaiting approval"),
    "refused": _of("procedure at home", "refused"),
    "clear": _of("procedure at home", "clear"),
}
REPORTS: Table = {
    "nothing due": _of("report", "nothing due"),
    "done": _of("duty", "done"),
    "done late": _of("duty", "done late"),
    "open": _of("duty", "open"),
    "overdue": _of("duty", "overdue"),
    "not known": _of("duty", "not known"),
}
TABLES_OF_TALKS: Mapping[str, Table] = {
    "dispute": DISPUTES, "means": MEANS, "means state": MEANS_STATES, "meeting": MEETINGS, "body that meets": BODIES, "home": HOME_STATES,
    "report": REPORTS,
}  # fmt: skip


def how_long(lead: Lead) -> Words:
    """So long after something, in words."""
    if lead.hours is not None:
        return told(ngettext("%(number)s hour", "%(number)s hours", lead.hours), number=lead.hours)
    if lead.working_days is not None:
        return told(ngettext("%(number)s working day", "%(number)s working days", lead.working_days), number=lead.working_days)
    return _delay(lead.delay)


def _delay(delay: Delay) -> Words:
    parts = [_step(step.years, step.months, step.days, step.month_start) for step in delay]
    return told(", ".join(f"%(part{n})s" for n in range(len(parts))), **{f"part{n}": part for n, part in enumerate(parts)})


def _step(years: int | None, months: int | None, days: int | None, month_start: int | None) -> Words:
    if years is not None:
        return told(ngettext("%(number)s year", "%(number)s years", years), number=years)
    if months is not None:
        return told(ngettext("%(number)s month", "%(number)s months", months), number=months)
    if days is not None:
        return told(ngettext("%(number)s day", "%(number)s days", days), number=days)
    return told(gettext("the first day of month %(number)s after that month"), number=month_start)
