"""Where mail is handed over: under TLS, to a relay that is known by its certificate, or on this machine.

Source: RFC 5321; RFC 3207; RFC 8314.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage

from comity.terms import BadInput

SILENCE = 30.0
HERE = ("127.0.0.1", "localhost", "::1")
WAYS = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mail is handed over, and how. ``security``: starttls, tls or none (on this machine alone); ``authority``: who vouches for it, a file."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    authority: str = ""

    def __post_init__(self) -> None:
        if self.security not in WAYS:
            raise BadInput(f"--security {self.security!r}; choose one of {', '.join(WAYS)}")
        if self.security == "none" and self.host not in HERE:
            raise BadInput(f"--security none: mail would go to {self.host} for anybody to read; use starttls or tls, or a relay on this machine")
        if self.user and not self.password:
            raise BadInput("--user: the password is missing; set COMITY_SMTP_PASSWORD, or name a file with --password-file")

    def send(self, letter: EmailMessage) -> None:
        """Hand it over; OSError or SMTPException where that failed."""
        with self._open() as line:
            if self.security == "starttls":
                line.starttls(context=self._trust())
            if self.user:
                line.login(self.user, self.password)
            line.send_message(letter)

    def _open(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SILENCE, context=self._trust())
        return smtplib.SMTP(self.host, self.port, timeout=SILENCE)

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)
