"""Duties: what agreements require. Who owes what, to whom, by when, and which act discharges it: **must**.

This room owns: the occasions on which duties fall due (by the calendar, after being bound, before and after events, by
silence, without a day), which acts discharge them, when one is overdue and when that is not known, and the calendar feed.
It does not own: who is bound (standing), the clauses as types (agreements), or the clock (doors).
Source: docs/explanation/how-duties-are-derived.md; the clauses that each row cites.
"""

from comity.duties.calendars import calendar_feed, duty_events
from comity.duties.discharging import State
from comity.duties.leads import Due, following
from comity.duties.plain import duty_to_plain
from comity.duties.registering import Registering, RegistrationDuty, asks_for_registrations, registration_duties, registration_of
from comity.duties.statuses import duties, must
from comity.duties.telling import DutyStatus

__all__ = [
    "Due",
    "DutyStatus",
    "Registering",
    "RegistrationDuty",
    "State",
    "asks_for_registrations",
    "calendar_feed",
    "duties",
    "duty_events",
    "duty_to_plain",
    "following",
    "must",
    "registration_duties",
    "registration_of",
]
