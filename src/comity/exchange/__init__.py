"""Exchange: a nation's node. Objects with a label each, one gate that nothing leaves without a legal basis, and how nodes pull from one another.

This room owns: objects and collections, what bears a label may leave for whom now, what is written down of it, TAXII and federation without HTTP.
It does not own: whether a release is allowed (permissions), the formats of labels (labels), how acts are kept (ledger, keeping), or sockets (doors).
Source: docs/explanation/how-exchange-works.md.
"""

from comity.exchange.adding import Given
from comity.exchange.asking import Asked, Busy, Caller, Delivery, Fate, Filters, Page, Shown, Told
from comity.exchange.dry_running import Would, would_get
from comity.exchange.gate import Gate, Ruling, Vouched
from comity.exchange.holdings import Collection
from comity.exchange.label_keys import LabelKey, read_label_key
from comity.exchange.node import Logged, Node, Proposed, make_node

__all__ = [
    "Asked",
    "Busy",
    "Caller",
    "Collection",
    "Delivery",
    "Fate",
    "Filters",
    "Gate",
    "Given",
    "LabelKey",
    "Logged",
    "Node",
    "Page",
    "Proposed",
    "Ruling",
    "Shown",
    "Told",
    "Vouched",
    "Would",
    "make_node",
    "read_label_key",
    "would_get",
]
