"""Duties as events of a calendar feed: one a duty, with the same identity each time, so that a later feed replaces it.

Source: how-duties-are-derived.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from comity.duties.telling import DutyStatus
from comity.feeds import FeedEvent, feed_of

DAY_AHEAD, HOUR_AHEAD = timedelta(days=7), timedelta(hours=1)
"""How long before it is due an alarm goes off: by the day, by the hour."""


def duty_events(rows: Iterable[DutyStatus]) -> list[FeedEvent]:
    """The rows that have a due day."""
    return [_event(row) for row in rows if row.due is not None]


def calendar_feed(rows: Iterable[DutyStatus], stamp: datetime, name: str = "Duties") -> bytes:
    """These as an iCalendar file; ``stamp``: when the feed is made."""
    return feed_of(duty_events(rows), stamp, name, "duties")


def _event(row: DutyStatus) -> FeedEvent:
    assert row.due is not None
    return FeedEvent(
        uid=f"{row.key}@comity",
        on=row.at or row.due,
        summary=f"{row.owed_by or 'The parties'} {'may' if row.option else 'must'}: {row.what} ({row.state})",
        description="\n".join([f"{row.agreement}, article {row.article}", *(r.says for r in row.because), *row.notes]),
        categories=(row.agreement, row.does, str(row.state)),
        public=row.label.public,
        alarm=DAY_AHEAD if row.at is None else HOUR_AHEAD,
        alarm_says=f"{row.what}: due {row.due if row.at is None else row.at.isoformat()}",
    )
