"""Label keys: what the gate asks of a label, in one canonical form, so that a page of a thousand objects costs a handful of questions.

Source: docs/explanation/how-exchange-works.md, section 2.6.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from comity.permissions import ReleaseQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelKey:
    """What decides to whom something may go. ``policy`` None: no policy classifies it.

    ``limited``: to the addressees, and where there are none to nobody but the originator. ``closed``: why it goes to nobody at all but the
    keeper, blank where it does not say so. Texts in tuples stand in order, each once.
    """

    originator: str
    policy: str | None = None
    level: str = "UNCLASSIFIED"
    categories: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    limited: bool = True
    closed: str = ""

    def __post_init__(self) -> None:
        for name in ("categories", "caveats", "releasable_to"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    def to_text(self) -> str:
        """The key as one line of JSON, by which it is kept; ``read_label_key`` reads it."""
        return json.dumps({f.name: getattr(self, f.name) for f in fields(self)}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def asked(self, giver: str, taker: str, purpose: str | None = None) -> ReleaseQuestion:
        """The question of release about what bears such a label."""
        return ReleaseQuestion(
            giver=giver, taker=taker, level=self.level, policy=self.policy, categories=self.categories, caveats=self.caveats,
            releasable_to=self.releasable_to, originator=self.originator, purpose=purpose, limited=self.limited,
        )  # fmt: skip


def read_label_key(text: str) -> LabelKey:
    """The key that ``to_text`` wrote."""
    told: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(text).items()}
    return LabelKey(**told)
