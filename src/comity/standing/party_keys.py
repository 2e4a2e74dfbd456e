"""The keys of parties, and what an act about keys says: which key begins or ends, and on which day.

Two clocks, one for each danger. What a party gives up signs until the keeper learned of it: nobody disowns by an early date what was recorded before.
What was stolen signs nothing from the day on which it was, however late that came out.

Source: how-acts-are-signed.md, section 2; for the reasons and the day of compromise RFC 5280, 5.3.1 and 5.3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from comity.acts import Act, Entry, read_key, thumbprint_of

KEY_KINDS = {"introduce-key": ("key",), "rotate-key": ("old", "key"), "revoke-key": ("thumbprint",)}
"""The kinds of act about keys, and the details in which each names them."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A key of a party: from which day it signs, until which (half-open; None: no end on record), by which acts, and why it ended."""

    party: str
    thumbprint: str
    key: bytes
    since: date
    introduced_by: str
    until: date | None = None
    ended_by: str | None = None
    reason: str | None = None

    def signs_on(self, day: date) -> bool:
        """Does it sign for the party on that day?"""
        return self.since <= day and (self.until is None or day < self.until)


class End(NamedTuple):
    """From which day a key signs no more, by which act, and why; the earliest counts."""

    day: date
    ref: str
    reason: str


def lacking(act: Act) -> list[str]:
    """The details that an act about keys ought to have, and has not."""
    return [name for name in KEY_KINDS[act.kind] if name not in act.details]


def introduced_by(entry: Entry) -> PartyKey:
    """The key that the act introduces: from the day that it says, else the day it was made; of an unsure one the last."""
    act, (key,) = entry.act, keys_in(entry.act)
    moment = act.meant
    return PartyKey(act.actor, thumbprint_of(key), key, entry.recorded if moment is None else moment.last, act.ref)


def ended_by(entry: Entry) -> End:
    """How the act ends the key that it rotates or revokes. Without a reason: as if it had been compromised."""
    act, moment = entry.act, entry.act.meant
    reason = "superseded" if act.kind == "rotate-key" else act.details.get("reason", "compromised")
    if reason == "compromised":
        return End(entry.recorded if moment is None else moment.first, act.ref, reason)
    learned = entry.recorded + _DAY  # of one day nobody knows what came first: all of it holds
    return End(learned if act.effect is None else max(learned, act.effect.first), act.ref, reason)


def keys_in(act: Act) -> tuple[bytes, ...]:
    """The key that the act introduces, if it introduces one."""
    return (read_key(act.details["key"]),) if act.kind in ("introduce-key", "rotate-key") and "key" in act.details else ()


def is_about(act: Act, thumbprint: str) -> bool:
    """Does the act introduce that key, or revoke it? It may be signed with it, then, whatever the day."""
    if act.kind == "revoke-key":
        return act.details.get("thumbprint") == thumbprint
    return any(thumbprint_of(key) == thumbprint for key in keys_in(act))
