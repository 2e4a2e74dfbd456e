"""The columns of acts in a table, each with a line that explains it."""

from __future__ import annotations

from collections.abc import Mapping

REQUIRED = ("ref", "kind", "actor", "source")
EXPLAINED: Mapping[str, str] = {
    "ref": "the act's file reference, by which people cite it, such as pact-FRA-ratify (needed)",
    "kind": "what was done: a kind of act, such as ratify or denounce (needed)",
    "actor": "who did it: the party's code, such as FRA (needed)",
    "agreement": "under which agreement: its id",
    "article": "the article under which it was done",
    "made": "when it was done: 2024-03-07, or 1998-xx-xx where only a part is known",
    "received": "when the depositary, or the one it was sent to, received it",
    "notified": "when the others were told",
    "effect": "from when, only where the act itself says so",
    "counterparty": "towards whom: codes, with ; between them",
    "territory": "for which territory: codes, with ; between them",
    "depositary": "with whom it was lodged: a code",
    "replies_to": "the reference of the act that it answers",
    "details": "what its kind may tell besides: key=value; key=value",
    "on_behalf_of": "for whom it was done: a code",
    "level": "state, government, ministry, force, organisation or organ",
    "as_named": "the name that the actor bore then, where that matters",
    "registration": "where it is registered, such as UNTS 33757",
    "source": "where the record of this act was found (needed)",
    "basis": "how good the source is: text, depositary, register, official, secondary or memory",
    "recorded": "the day on which it came on record here; leave it blank for today",
    "policy": "whose classification policy; leave it blank for a public act",
    "classification": "the level of that policy",
    "categories": "special categories, with ; between them",
    "releasable_to": "who may see it: codes, with ; between them",
    "caveats": "marks that limit who may see it, with ; between them",
    "originator": "whose information it is: a code",
    "nonce": "32 hex digits for an act that is not public; leave it blank and it is made",
    "attachments": "documents that are kept: sha256:... type language title",
    "signature": "the actor's own signature, as comity sign writes it",
}
