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
INTRODUCING = ("introduce-key", "rotate-key")

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


class KeyAct(NamedTuple):
    """An act about keys: the entry, and the act as its corrections have it."""

    entry: Entry
    act: Act

    @property
    def lacking(self) -> list[str]:
        """The details that it ought to have, and has not."""
        return [name for name in KEY_KINDS[self.act.kind] if name not in self.act.details]

    def introduces(self) -> PartyKey:
        """The key that it introduces: from the day that it says, else the day it was made; of an unsure one the last."""
        act, (key,) = self.act, keys_in(self.act)
        moment = act.effect or act.made or act.received or act.notified
        return PartyKey(act.actor, thumbprint_of(key), key, self.entry.recorded if moment is None else moment.last, act.ref)

    def ends(self) -> End:
        """How it ends the old key, which it rotates or revokes. Without a reason: as if it had been compromised."""
        act = self.act
        reason = "superseded" if act.kind == "rotate-key" else act.details.get("reason", "compromised")
        if reason == "compromised":
            moment = act.effect or act.made or act.received or act.notified
            return End(self.entry.recorded if moment is None else moment.first, act.ref, reason)
        learned = self.entry.recorded + _DAY  # of one day nobody knows what came first: all of it holds
        return End(learned if act.effect is None else max(learned, act.effect.first), act.ref, reason)


def keys_in(act: Act) -> tuple[bytes, ...]:
    """The key that the act introduces, if it introduces one."""
    return (read_key(act.details["key"]),) if act.kind in INTRODUCING and "key" in act.details else ()


def is_about(act: Act, thumbprint: str) -> bool:
    """Does the act introduce that key, or revoke it? It may be signed with it, then, whatever the day."""
    if act.kind == "revoke-key":
        return act.details.get("thumbprint") == thumbprint
    return any(thumbprint_of(key) == thumbprint for key in keys_in(act))
