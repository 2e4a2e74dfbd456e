"""The people who use the pages: accounts, how they sign in, what they may do, and who granted it.

Owns the database that ``--people`` names: accounts, sessions, second factors, linked identities, changes of rights, proposals. Does not own the
record, nor what a role allows (``readers``). Without ``--people`` nothing of this room is loaded.

Source: docs/adr/0013-pages.md, sections 2 and 3; docs/how-to/accounts.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.web.people.granting import Grant
from comity.web.people.places import CHOSEN, IDENTITIES, choose
from comity.web.people.starting import prepare, start
from comity.web.people.wording import grant_of

if TYPE_CHECKING:
    from comity.web.people.keeping import Keeper


def keeper_of(url: str) -> Keeper:
    """The accounts in the database at this address, which is made if it isn't there; for the command line."""
    choose(url)
    start()
    from comity.web.people.keeping import Keeper

    return Keeper()


__all__ = ["CHOSEN", "IDENTITIES", "Grant", "choose", "grant_of", "keeper_of", "prepare", "start"]
