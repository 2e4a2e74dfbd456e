"""What a rule of the linter looks at, and what it gives back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.labels.confidentiality import CategoryType, ConfidentialityLabel, plain_word
from comity.labels.flattening import PARTY
from comity.labels.marking_text import RELEASABLE_TO
from comity.labels.policies import SecurityPolicy
from comity.terms import Finding, Ladder, NotOnRecord


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at. ``ladder``: that of the label's policy, where there is one; ``communities``: name to members."""

    label: ConfidentialityLabel
    policy: SecurityPolicy | None
    ladder: Ladder | None
    today: date
    communities: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def released(self) -> tuple[str, ...] | None:
        """Those the label may be released to; None where it says nothing of it."""
        found = [c.values for c in self.label.categories if c.type == CategoryType.PERMISSIVE and plain_word(c.tag) == plain_word(RELEASABLE_TO)]
        return None if not found else tuple(value for values in found for value in values)

    @property
    def originator(self) -> str | None:
        """The originator's code: the one in the label, else the owner of the policy."""
        own = self.label.originator
        if own is not None and own.id.startswith(PARTY):
            return own.id.removeprefix(PARTY)
        return self.ladder.owner if self.ladder is not None else None

    def rank(self, label: ConfidentialityLabel) -> int | None:
        """How high the label is on the ladder."""
        try:
            return None if self.ladder is None else self.ladder.level(label.classification).rank
        except NotOnRecord:
            return None


def finding(code: str, says: str, where: str) -> Finding:
    """One finding of the linter; the page of the codes is its citation."""
    return Finding(code, says, where, citation="docs/reference/labels.md")
