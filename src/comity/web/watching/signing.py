"""Messages signed as Standard Webhooks has it, so that whoever gets one can tell that it came from here, and when.

Source: Standard Webhooks 1.0.0, "Webhook headers", "Signature scheme", "Secret rotation".
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"


def new_secret() -> str:
    """A secret of 32 bytes, as it is told to the receiver."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def new_message() -> str:
    """The id of a message; without a full stop, which parts what is signed."""
    return f"msg_{secrets.token_hex(16)}"


def headers(message: str, timestamp: int, body: bytes, good: Iterable[str]) -> dict[str, str]:
    """The three headers; a signature for each secret that is good, the newest first."""
    signed = f"{message}.{timestamp}.".encode() + body
    signatures = [f"v1,{base64.b64encode(_mac(secret, signed)).decode()}" for secret in good]
    return {"webhook-id": message, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(signatures)}


def _mac(secret: str, signed: bytes) -> bytes:
    return hmac.digest(base64.b64decode(secret.removeprefix(PREFIX)), signed, "sha256")
