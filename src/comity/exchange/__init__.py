"""Exchange: a nation's node. Objects with a label each, one gate that nothing leaves without a legal basis, and how nodes pull from one another.

This room owns: objects and collections, what bears a label may leave for whom now, what is written down of it, TAXII and federation without HTTP.
It does not own: whether a release is allowed (permissions), the formats of labels (labels), how acts are kept (ledger, keeping), or sockets (doors).
Source: docs/explanation/how-exchange-works.md.
"""

from comity.exchange.asking import Asked, Caller, Delivery, Fate, Filters, Page, Shown, Told
from comity.exchange.label_keys import LabelKey, read_label_key

__all__ = ["Asked", "Caller", "Delivery", "Fate", "Filters", "LabelKey", "Page", "Shown", "Told", "read_label_key"]
