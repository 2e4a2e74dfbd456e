"""What is awaited as events of a calendar feed.

Source: what-is-awaited.md, section 3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from comity.awaited.items import Awaited
from comity.feeds import FeedEvent, feed_of

ALARM = timedelta(hours=24)
"""How long before the day or the instant an alarm goes off."""


def awaited_events(found: Iterable[Awaited]) -> list[FeedEvent]:
    """Those with a day, each with an identity that it keeps."""
    return [_event(one) for one in found if one.until is not None]


def awaited_feed(found: Iterable[Awaited], stamp: datetime, name: str = "Awaited") -> bytes:
    """These as an iCalendar file; ``stamp``: when the feed is made."""
    return feed_of(awaited_events(found), stamp, name, "awaited")


def _event(one: Awaited) -> FeedEvent:
    assert one.until is not None
    what = f"{one.party} {'may ' if one.open else ''}{one.what}"
    identity = repr((one.procedure, one.ref, one.party, one.what))
    return FeedEvent(
        uid=f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@awaited.comity",
        on=one.at or one.until,
        summary=f"{one.subject or one.ref}: {what}",
        description="\n".join(part for part in (one.ref, one.agreement, one.article) if part),
        categories=(one.procedure,),
        public=one.public,
        alarm=ALARM,
        alarm_says=what,
    )
