"""Certifying a copy: the answer file of one agreement's record, signed with the ledger's own key, and what a person needs to check it.

Source: docs/explanation/how-an-answer-carries-its-proof.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comity.answers import answer_file
from comity.ledger import Ledger, Signer, verifier_key
from comity.questions import Put


@dataclass(frozen=True, slots=True)
class Certifier:
    """The ledger that is served, and its key."""

    ledger: Ledger
    signer: Signer

    @property
    def public_key(self) -> str:
        """What others check its signatures with."""
        return verifier_key(self.signer.name, self.signer.verifier().public_key)

    def certify(self, put: Put) -> Certified:
        """The answer file of the question at a checkpoint of now."""
        return Certified(self.ledger.origin, self.public_key, answer_file(self.ledger, self.signer, put))


@dataclass(frozen=True)
class Certified:
    """An answer file, and what stands in it."""

    origin: str
    key: str
    text: str

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.text)
        return found

    @property
    def content(self) -> bytes:
        return self.text.encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """How many items the log had."""
        return int(self.plain["checkpoint"][1])

    @property
    def checkpoint(self) -> tuple[str, ...]:
        """The signed note, line by line."""
        return tuple(line for line in self.plain["checkpoint"] if line)
