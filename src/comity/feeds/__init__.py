"""Feeds: days and instants as an iCalendar file, each event with an identity, so that a later feed replaces an earlier one.

This room owns: how an event is written. It does not own: which days there are (the rooms whose days they are).
Source: RFC 5545, 3.6.1 (events), 3.6.6 (alarms), 3.8.1.3 (CLASS), 3.8.2.2 (the day after the last), 3.8.4.7 (UID).
"""

from comity.feeds.events import FeedEvent, feed_of

__all__ = [
    "FeedEvent",
    "feed_of",
]
