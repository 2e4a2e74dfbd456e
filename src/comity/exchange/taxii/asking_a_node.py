"""What TAXII asks of a node: everything that a caller gets to see goes through these questions, and there is no other way to any."""

from __future__ import annotations

from typing import Protocol

from comity.exchange.asking import Asked, Caller, Delivery, Filters, Page, Shown


class NodeDoor(Protocol):
    """A node as one door sees it. What a caller may not see is answered as if it were not there: NotOnRecord."""

    @property
    def keeper(self) -> str:
        """The code of the party whose node it is."""

    @property
    def most_bytes(self) -> int:
        """The longest body of a delivery, in bytes."""

    @property
    def most_objects(self) -> int:
        """How many objects a page holds at most."""

    def title(self) -> str:
        """The node's name, for people."""

    def at_root(self, caller: Caller, party: str) -> Caller:
        """As whom one of the keeper's own people looks at a partner's root (reading only); NotOnRecord if there is no such partner.

        Asked only of a caller that is the keeper's, and only of a root that is not its own.
        """

    def collections(self, caller: Caller) -> tuple[Shown, ...]:
        """The collections that the caller gets to see, in the order of their ids."""

    def collection(self, caller: Caller, collection: str) -> Shown:
        """One of them, by id or alias; NotOnRecord."""

    def read(self, caller: Caller, collection: str, asked: Asked) -> Page:
        """A page of it; NotOnRecord if the caller cannot read the collection, BadInput for a cursor that is none or of another question."""

    def holds(self, caller: Caller, collection: str, object_id: str) -> bool:
        """Does the caller see any version of the object in it?"""

    def add(self, caller: Caller, collection: str, body: bytes) -> Delivery:
        """Put what the envelope holds into it; NotOnRecord if the caller cannot write to it, BadInput if the body is no envelope."""

    def withdraw(self, caller: Caller, collection: str, object_id: str, filters: Filters) -> None:
        """Take those versions of the object out of it; NotOnRecord if the caller sees none of them."""

    def delivery(self, caller: Caller, delivery: str) -> Delivery:
        """What became of an earlier delivery of this caller's; NotOnRecord."""
