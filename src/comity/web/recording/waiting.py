"""A document that was brought with a form, kept while the form is filled in, so that it need not be chosen again; a few, in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from comity.keeping import Document

MOST, LARGEST = 24, 96_000_000
"""So many documents are kept, and so many bytes of them; the oldest go."""
Brought = tuple[Document | None, str]
"""The document, and what the act's column ``attachments`` says of it; None and blank: there is none."""


@dataclass
class Waiting:
    """Documents by whose form it is and the form's number; safe between threads."""

    _held: OrderedDict[tuple[str, str], tuple[Document, str]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def hold(self, reader: str, token: str, document: Document, attachments: str) -> None:
        with self._lock:
            self._held[(reader, token)] = (document, attachments)
            self._held.move_to_end((reader, token))
            while len(self._held) > MOST or sum(len(one.content) for one, _ in self._held.values()) > LARGEST:
                self._held.popitem(last=False)

    def get(self, reader: str, token: str) -> Brought:
        with self._lock:
            return self._held.get((reader, token), (None, ""))

    def drop(self, reader: str, token: str) -> None:
        with self._lock:
            self._held.pop((reader, token), None)
