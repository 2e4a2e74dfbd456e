"""The acts by which a keeper admits and dismisses a client, as rows of a book's columns: to be looked over, and appended.

They are for the keeper and the partner alone.

Source: docs/explanation/how-exchange-works.md, section 9.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from comity.acts import Act, Entry, Source
from comity.book import row_of
from comity.exchange.calling.clients import ADMIT, DISMISS, Shows, read_client, read_name
from comity.terms import Label, parse_moment

_SOURCE = Source("the node's own record", "official")


def admit_row(
    keeper: str,
    party: str,
    client: str,
    shows: Shows,
    at: datetime,
    *,
    fingerprint: str = "",
    may: Iterable[str] = ("read",),
    until: date | None = None,
) -> dict[str, str]:
    """The act by which a keeper admits, at an instant, a client that acts for a party. BadInput if it would admit nobody.

    ``fingerprint``: of the certificate or the token that it shows. ``until``: the first day on which it is no longer admitted.
    """
    details = {"client": client, "shows": shows, "fingerprint": fingerprint, "may": ",".join(may), "until": until.isoformat() if until else ""}
    act = _act(ADMIT, keeper, party, at, details)
    read_client(act, keeper)
    return row_of(Entry(act, at.date()), None, recorded=False)


def dismiss_row(keeper: str, party: str, client: str, at: datetime) -> dict[str, str]:
    """The act by which a keeper dismisses a client of a party."""
    return row_of(Entry(_act(DISMISS, keeper, party, at, {"client": read_name(client)}), at.date()), None, recorded=False)


def _act(kind: str, keeper: str, party: str, at: datetime, details: Mapping[str, str]) -> Act:
    """One that is never the same as an earlier one: a ledger holds an act once, and who is dismissed may be admitted again."""
    at = at.astimezone(UTC)
    return Act(
        kind, keeper, f"{kind}-{details['client']}-{at:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}", counterparty=(party,),
        made=parse_moment(f"{at:%Y-%m-%dT%H:%M:%S}+00:00"), details={name: value for name, value in details.items() if value}, source=_SOURCE,
        label=Label("EXCHANGE", "RESTRICTED", (), (party,), (), keeper), nonce=secrets.token_hex(16),
    )  # fmt: skip
