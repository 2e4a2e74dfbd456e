"""Acts of a party in a period, and the acts that figures rest on, as a report names them.

Source: docs/explanation/how-reports-are-made.md, sections 3.1 and 4.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from comity.acts import Act, kinds
from comity.reports.contents import ActBehind
from comity.reports.periods import Stretch
from comity.standing import Standing
from comity.terms import Label


@dataclass(frozen=True, slots=True)
class ActsWithin:
    """Acts of one party in a period; ``perhaps``: those whose day is known in part, or whose record is disputed, so that they may not be in it."""

    surely: tuple[Act, ...]
    perhaps: tuple[Act, ...]


def acts_within(standing: Standing, party: str, period: Stretch, groups: Collection[str]) -> ActsWithin:
    """The acts of the party, under whatever code, of some groups of kinds, that were done in the period, as last corrected."""
    first, last = period[0], min(period[1], standing.on)
    codes = set(standing.record.register.codes_of(party))
    wanted = [name for name, kind in kinds().items() if kind.group in groups]
    surely, perhaps = list[Act](), list[Act]()
    for act, undisputed in standing.acts_of(wanted):
        done = act.done
        if act.attributed_to not in codes or done is None or done.last < first or done.first > last:
            continue
        (surely if undisputed and first <= done.first and done.last <= last else perhaps).append(act)
    return ActsWithin(tuple(sorted(surely, key=_order)), tuple(sorted(perhaps, key=_order)))


def _order(act: Act) -> tuple[str, str]:
    return ("" if act.done is None else act.done.first.isoformat()), act.ref


def named(standing: Standing, refs: Collection[str]) -> tuple[list[ActBehind], list[Label]]:
    """The acts of these references that may be looked at, in their order, and the labels of all records of them."""
    found = [act for act, _ in standing.acts_of(kinds()) if act.ref in refs] if refs else []
    once = {act.ref: act for act in found}
    return [behind(once[ref]) for ref in sorted(once)], [act.label for act in found]


def labels_between(standing: Standing, parties: Collection[str]) -> list[Label]:
    """Labels of the acts that may be looked at under every agreement under which one of the parties acted: what ties of them rest on."""
    acts = [act for act, _ in standing.acts_of(kinds())]
    codes = {code for party in parties for code in standing.record.register.codes_of(party)}
    agreements = {act.agreement for act in acts if act.attributed_to in codes}
    return [act.label for act in acts if act.agreement in agreements]


def behind(act: Act) -> ActBehind:
    """An act as a report names it."""
    made = "" if act.done is None else str(act.done)
    return ActBehind(act.ref, act.kind, act.attributed_to, act.agreement or "", made, act.source.citation)
