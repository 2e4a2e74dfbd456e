"""What people follow: questions saved under a name, what is new in them and falls due, and how they are told of it.

Owns saved filters, calendar feeds by token, acknowledgements, digests by mail and signed webhooks. Does not own the pages that are saved (a
filter is asked again of the page itself, with the rights of whoever asks), the accounts (``people``), or the record. Where there are no
accounts, nothing of this room is loaded.

Source: docs/how-to/follow-and-be-told.md; docs/adr/0013-pages.md, sections 2 and 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.web.people import choose, start
from comity.web.watching.relays import Relay

if TYPE_CHECKING:
    from comity.web.watching.teller import Teller


def teller_of(url: str) -> Teller:
    """Who tells the people with accounts in the database at this address what is new; for the command line."""
    choose(url)
    start()
    from comity.web.watching.teller import Teller

    return Teller()


__all__ = ["Relay", "teller_of"]
