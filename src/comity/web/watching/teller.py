"""Who tells people what is new, as the commands ask for it: the record is opened, everybody's filters are asked, mails and messages go out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from comity.about import Opened
from comity.web.holding import Held
from comity.web.watching import calling_out
from comity.web.watching.delivering import Tried, deliver_all
from comity.web.watching.mailing import Told, tell_all
from comity.web.watching.relays import Relay

PATIENCE = 3600.0
"""Nobody waits before a screen: everything is derived."""


class Teller:
    """What the commands do."""

    def digests(self, opened: Opened, now: datetime, sender: str, pages: str, relay: Relay | None) -> list[Told]:
        """A mail to everybody who has something to be told; without a relay, only what would be sent."""
        held = Held(opened, patience=PATIENCE, today=now.date)
        return tell_all(held, now.date(), now, sender, pages, None if relay is None else relay.send)

    def webhooks(self, opened: Opened, now: datetime, allow: Collection[str]) -> list[Tried]:
        """What is new, posted to those who asked for it."""

        def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
            return calling_out.post(url, headers, body, allow).status

        return deliver_all(Held(opened, patience=PATIENCE, today=now.date), now, post)
