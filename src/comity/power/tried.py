"""A rule that is tried out: with its members and weights in one place, beside no record.

Source: docs/reference/rule-format.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.agreements.decision_rules import Bar, DecisionRule, Share
from comity.votes import Voter


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRule:
    """One rule as somebody proposes it, or as it was somewhere: ``members`` (left out: all that have a weight), ``weights`` by name and member."""

    title: str
    source: str | None = None
    members: tuple[str, ...] = ()
    passes: tuple[tuple[Share, ...], ...] = ()
    bars: tuple[Bar, ...] = ()
    quorum: Share | None = None
    weights: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def rule(self) -> DecisionRule:
        """The rule, as a clause."""
        return DecisionRule(
            kind="decision", article="-", says=self.title, read="secondary", source=self.source, id=self.title, body=self.title,
            matters=self.title, passes=self.passes, bars=self.bars, quorum=self.quorum,
        )  # fmt: skip

    @property
    def voters(self) -> list[Voter]:
        """Its members with what each weighs."""
        codes = self.members or dict.fromkeys(code for table in self.weights.values() for code in table)
        return [Voter(code, {name: table[code] for name, table in self.weights.items() if code in table}) for code in codes]

    def shares(self) -> list[tuple[str, Share]]:
        """Every share in it, each with where it stands; those within others after them."""
        found = [(f"passes, way {at}", share) for at, way in enumerate(self.passes, 1) for share in way]
        found += [(f"bar {at}", share) for at, bar in enumerate(self.bars, 1) for share in bar.shares]
        found += [("quorum", self.quorum)] if self.quorum is not None else []
        for where, share in found:
            if share.all_but_fewest is not None:
                found.append((where, share.all_but_fewest))
        return found
