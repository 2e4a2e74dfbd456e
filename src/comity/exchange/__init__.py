"""Exchange: a nation's node. Objects with a label each, one gate that nothing leaves without a legal basis, and how nodes pull from one another.

This room owns: objects and collections, what bears a label may leave for whom now, what is written down of it, TAXII and federation without HTTP.
It does not own: whether a release is allowed (permissions), the formats of labels (labels), how acts are kept (ledger, keeping), or sockets (doors).
Source: docs/explanation/how-exchange-works.md.
"""

from comity.exchange.asking import Asked, Caller, Delivery, Fate, Filters, Page, Shown, Told
from comity.exchange.client_acts import admit_row, dismiss_row
from comity.exchange.clients import SHOWS, Admitted, Client, Shows, admitted
from comity.exchange.credentials import Certificate, Credential, Password, Token, Unreadable, new_token, read_certificate, token_fingerprint
from comity.exchange.entrance import Entrance, Limits, TurnedAway
from comity.exchange.identifying import Clients
from comity.exchange.label_keys import LabelKey, read_label_key
from comity.exchange.passwords import PasswordRecords, new_password, password_record

__all__ = [
    "SHOWS",
    "Admitted",
    "Asked",
    "Caller",
    "Certificate",
    "Client",
    "Clients",
    "Credential",
    "Delivery",
    "Entrance",
    "Fate",
    "Filters",
    "LabelKey",
    "Limits",
    "Page",
    "Password",
    "PasswordRecords",
    "Shown",
    "Shows",
    "Token",
    "Told",
    "TurnedAway",
    "Unreadable",
    "admit_row",
    "admitted",
    "dismiss_row",
    "new_password",
    "new_token",
    "password_record",
    "read_certificate",
    "read_label_key",
    "token_fingerprint",
]
