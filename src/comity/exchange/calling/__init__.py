"""Who is calling: clients that the keeper admits by acts, what they show, and an entrance that counts.

Source: docs/explanation/how-exchange-works.md, section 9.
"""

from comity.exchange.calling.client_acts import admit_row, dismiss_row
from comity.exchange.calling.clients import SHOWS, Admitted, Client, Shows, admitted
from comity.exchange.calling.credentials import Certificate, Credential, Password, Token, Unreadable, new_token, read_certificate, token_fingerprint
from comity.exchange.calling.entrance import Entrance, Limits, TurnedAway
from comity.exchange.calling.identifying import Clients
from comity.exchange.calling.passwords import PasswordRecords, new_password, password_record
from comity.exchange.calling.reception import KeptPasswords, Reception

__all__ = [
    "Admitted",
    "Certificate",
    "Client",
    "Clients",
    "Credential",
    "Entrance",
    "KeptPasswords",
    "Limits",
    "Password",
    "PasswordRecords",
    "Reception",
    "SHOWS",
    "Shows",
    "Token",
    "TurnedAway",
    "Unreadable",
    "admit_row",
    "admitted",
    "dismiss_row",
    "new_password",
    "new_token",
    "password_record",
    "read_certificate",
    "token_fingerprint",
]
