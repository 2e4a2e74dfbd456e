"""Exchange: a nation's node. Objects with a label each, one gate that nothing leaves without a legal basis, and how nodes pull from one another.

This room owns: objects and collections, what bears a label may leave for whom now, what is written down of it, TAXII and federation without HTTP.
It does not own: whether a release is allowed (permissions), the formats of labels (labels), how acts are kept (ledger, keeping), or sockets (doors).
Source: docs/explanation/how-exchange-works.md.
"""

from comity.exchange.adding import Given
from comity.exchange.asking import Asked, Busy, Caller, Delivery, Fate, Filters, Page, Shown, Told
from comity.exchange.desk import ActOfPage, Desk, Logged, PageAgain, Proposed, Recalled
from comity.exchange.dry_running import Would, would_get
from comity.exchange.gate import Gate, Ruling, Vouched, vouched
from comity.exchange.holdings import Collection
from comity.exchange.label_keys import LabelKey, read_label_key
from comity.exchange.node import Node, find_node, make_node
from comity.exchange.pages_on_record import Left
from comity.exchange.taking_in import IMPORT_FORMATS, Imported, Problem, import_objects
from comity.exchange.telling import Alike, changes, dry_run_of, label_in_words, why_not

__all__ = [
    "IMPORT_FORMATS",
    "ActOfPage",
    "Alike",
    "Asked",
    "Busy",
    "Caller",
    "Collection",
    "Delivery",
    "Desk",
    "Fate",
    "Filters",
    "Gate",
    "Given",
    "Imported",
    "LabelKey",
    "Left",
    "Logged",
    "Node",
    "Page",
    "PageAgain",
    "Problem",
    "Proposed",
    "Recalled",
    "Ruling",
    "Shown",
    "Told",
    "Vouched",
    "Would",
    "changes",
    "dry_run_of",
    "find_node",
    "import_objects",
    "label_in_words",
    "make_node",
    "read_label_key",
    "vouched",
    "why_not",
    "would_get",
]
