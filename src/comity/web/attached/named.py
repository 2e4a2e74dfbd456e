"""Which documents a reader may see: those that an act names which they may see; by the acts, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from comity.acts import Act, Attachment
from comity.terms import NotOnRecord
from comity.web.asking import Asked
from comity.web.attached.shelf import Load, Paper
from comity.web.telling import told

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Named:
    """A document by what acts say of it; the acts, in the order in which they came on record; are its bytes kept here?"""

    sha256: str
    media_type: str
    language: str
    titles: tuple[str, ...]
    acts: tuple[Act, ...]
    kept: bool

    @property
    def digest(self) -> str:
        """Its hash without the prefix, as it stands in an address."""
        return self.sha256.removeprefix("sha256:")

    @property
    def paper(self) -> Paper:
        """As what its bytes are read."""
        return Paper(self.sha256, self.media_type)

    @property
    def title(self) -> str:
        """What it is called; by the first act that names it, if nothing calls it anything."""
        return next(filter(None, self.titles), "") or self.acts[0].ref


def documents_of(this: Asked) -> Mapping[str, Named]:
    """Every document that an act names which the reader may see, by its hash; in the order in which they came on record."""
    return this.ask("documents", lambda _: _named(this))


def document_of(this: Asked, digest: str) -> Named:
    """The document with this hash; NotOnRecord, in the same words, where there is none and where the reader may see no act that names it."""
    found = documents_of(this).get(f"sha256:{digest}") if _DIGEST.fullmatch(digest) else None
    if found is None:
        raise NotOnRecord(
            told(_("no document %(named)s is on record; the page of an act shows the documents that it names"), named=repr(digest[:64]))
        )
    return found


def _named(this: Asked) -> dict[str, Named]:
    found: dict[str, list[tuple[Act, Attachment]]] = {}
    for entry in this.visible(this.record.entries):
        for one in entry.act.attachments:
            found.setdefault(one.sha256, []).append((entry.act, one))
    kept = this.held.documents_kept() if found else frozenset[str]()
    return {sha256: _one(sha256, naming, sha256 in kept) for sha256, naming in found.items()}


def _one(sha256: str, naming: list[tuple[Act, Attachment]], kept: bool) -> Named:
    (_, first), titles = naming[0], tuple(dict.fromkeys(one.title for _, one in naming))
    acts = tuple({act.hash: act for act, _ in naming}.values())
    return Named(sha256, first.media_type, first.language, titles, acts, kept)


def load_of(this: Asked, one: Named) -> Load:
    """Gives its bytes when they are wanted."""
    return partial(this.held.document, one.sha256)
