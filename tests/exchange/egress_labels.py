"""Labels ruled on one by one, by the gate and by the slow oracle; and what comes of a comparison.

A decision is whether one object version, or one label, is shown to one partner. A *leak* is shown and ought not to be, a *wrong refusal* the other
way round; *else* is another order, another body, or something else on record than the text says.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.book import read_files
from comity.exchange import LabelKey
from comity.exchange.gate import rule, vouched
from comity.permissions import Permissions
from comity.standing import Standing
from oracles.gate import Key, Law
from oracles.record import Record
from tests.exchange.small_egress_worlds import KEEPER, PARTNERS, World, every_key, world

CLOSED = "no label"


class Differs(Exception):
    """The fast path says something else than the oracle."""


@dataclass
class Done:
    """What came of one world: how many decisions, of which how many shown; and each difference in words. ``first``: only the first, as Differs."""

    seed: int
    decisions: int = 0
    shown: int = 0
    leaks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    else_: list[str] = field(default_factory=list)
    first: bool = False

    def differs(self, which: str, says: str) -> None:
        """One more difference; Differs, where the first is enough."""
        getattr(self, which).append(f"seed {self.seed}: {says}")
        if self.first:
            raise Differs(says)

    @property
    def agrees(self) -> bool:
        return not (self.leaks or self.refusals or self.else_)


def label_by_label(seed: int, *, every: int, days: int, law: Law | None = None, first: bool = False) -> Done:
    """Every so-manyth label there is, ruled on by the gate for each partner on some days of a world."""
    drawn, done = world(seed), Done(seed, first=first)
    keys = (*every_key()[seed % every :: every], *every_key()[-4:])
    record, law = read_files(drawn.files(), "small world").record, law or law_of(drawn)
    asked = [(key, label_key(key)) for key in keys]
    for day in drawn.days(days):
        permissions = Permissions(Standing(record, on=day, known=day))
        for partner in PARTNERS:
            vouches = vouched(permissions.standing, KEEPER, partner)
            if tuple(map(set, (vouches.cleared, vouches.purposes, vouches.briefed))) != tuple(map(set, law.vouched(partner, day)[:3])):
                done.differs("else_", f"{partner} {day}: vouched for are {vouches}, oracle {law.vouched(partner, day)}")
            for key, fast in asked:
                got, want = rule(permissions, KEEPER, partner, fast, vouches), law.rule(key, partner, day)
                done.decisions += 1
                done.shown += want.opens
                says = f"{partner} {day} {tuple(key)}: {got}, oracle {want}"
                if got.opens != want.opens:
                    done.differs("leaks" if got.opens else "refusals", says)
                elif set(got.basis) != set(want.basis) or not got.ground.startswith(want.outcome):
                    done.differs("else_", says)
    return done


def label_key(key: Key) -> LabelKey:
    """The same key as the fast path has it."""
    return LabelKey(
        originator=key.originator, policy=key.policy, level=key.level, categories=key.categories, caveats=key.caveats,
        releasable_to=key.releasable_to, limited=key.limited, closed=CLOSED if key.closed else "",
    )  # fmt: skip


def law_of(drawn: World) -> Law:
    """The oracle's law of a world, in which each act counts from the day on which it was recorded."""
    book = read_files(drawn.files(), "small world")
    assert not book.problems, book.problems[:3]
    return Law(Record(book.record.agreements, book.record.entries, book.record.register), book.record.ladders, KEEPER)
