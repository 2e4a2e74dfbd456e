"""Is the record complete for the acts that would have discharged a duty?

Source: how-duties-are-derived.md, 5.1; docs/reference/book-format.md, "Coverage and silence".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.agreements import BEGIN, EVER, Coverage


@dataclass(frozen=True, slots=True)
class Complete:
    """To which day the record is complete (None: not even from the day asked about), and for which kinds it is not."""

    through: int | None
    missing: tuple[str, ...] = ()


def complete_for(declared: Iterable[Coverage], kinds: tuple[str, ...], party: str | None, start: int) -> Complete:
    """To which day, without a gap from ``start``, are acts of these kinds by ``party`` (None: by anyone) covered?"""
    listed = list(declared)
    reaches = {kind: _reach(listed, kind, party, start) for kind in kinds}
    missing = tuple(kind for kind, reach in reaches.items() if reach is None)
    return Complete(None, missing) if missing else Complete(min((r for r in reaches.values() if r is not None), default=EVER))


def _reach(declared: list[Coverage], kind: str, party: str | None, start: int) -> int | None:
    reached: int | None = None
    covering = [c for c in declared if (not c.kinds or kind in c.kinds) and (not c.parties or party in c.parties)]
    for coverage in sorted(covering, key=_begins):
        ends = coverage.through.toordinal()
        if _begins(coverage) <= (start if reached is None else reached + 1) and ends >= start:
            reached = ends if reached is None else max(reached, ends)
    return reached


def _begins(coverage: Coverage) -> int:
    return BEGIN if coverage.from_ is None else coverage.from_.toordinal()
