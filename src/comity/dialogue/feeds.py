"""The meetings as events of a calendar feed.

Source: how-dialogue-is-followed.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from comity.dialogue.meetings import Meeting, MeetingState
from comity.feeds import FeedEvent, feed_of


def meetings_feed(meetings: Iterable[Meeting], stamp: datetime, name: str = "Meetings") -> bytes:
    """The meetings that are held or called, as an iCalendar file; ``stamp``: when the feed is made."""
    there = (one for one in meetings if one.state in (MeetingState.HELD, MeetingState.CALLED))
    return feed_of(map(_event, there), stamp, name, "dialogue")


def _event(meeting: Meeting) -> FeedEvent:
    lines = [meeting.agreement or "", meeting.subject, *(f"{number}. {item}" for number, item in enumerate(meeting.agenda, 1))]
    return FeedEvent(
        uid=f"meeting/{meeting.begun_by.ref}@comity",
        on=meeting.day.first,
        last=max(meeting.ends or meeting.day.last, meeting.day.last),
        summary=f"{meeting.body} ({meeting.state})",
        location=meeting.place,
        description="\n".join(line for line in lines if line),
        status="CONFIRMED",
        public=all(act.label.public for act in meeting.acts),
    )
