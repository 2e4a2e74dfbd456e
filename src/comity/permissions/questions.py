"""Questions about release as people put them, read against the ladders on record.

Source: docs/explanation/how-permissions-are-derived.md, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.permissions.grounds import Grounds
from comity.permissions.lines import ReleaseAsked
from comity.terms import BadInput, Label, Ladder

UNCLASSIFIED = ("UNCLASSIFIED", "UNMARKED", "PUBLIC")
"""Names that are no classification under any policy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseQuestion:
    """May ``giver`` give ``taker`` information so marked, for this purpose?

    ``policy`` None: the one that the giver owns. ``originator`` None: whoever owns the policy. ``purpose`` None: not said. ``releasable_to``
    empty: not limited, or where it is ``limited`` all the same, to nobody but the originator. ``item``: the item, where an originator's
    consent is for one only.
    """

    giver: str
    taker: str
    level: str
    policy: str | None = None
    categories: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    originator: str | None = None
    purpose: str | None = None
    item: str | None = None
    limited: bool = False


def of_label(label: Label, giver: str, taker: str, purpose: str | None = None, item: str | None = None) -> ReleaseQuestion:
    """The question about something that bears this label; without addressees nobody but the originator is one, unless it is public."""
    return ReleaseQuestion(
        giver=giver, taker=taker, level=label.classification, policy=None if label.public else label.policy, categories=label.categories,
        caveats=label.caveats, releasable_to=label.releasable_to, originator=label.originator, purpose=purpose, item=item, limited=not label.public,
    )  # fmt: skip


def read(question: ReleaseQuestion, grounds: Grounds, on: date) -> ReleaseAsked:
    """The question in the words of the record; BadInput or NotOnRecord says which of its words is not."""
    record = grounds.standing.record
    giver, taker = record.party(question.giver), record.party(question.taker)
    if giver == taker:
        raise BadInput(f"release from {giver} to {taker}: name two different parties")
    unclassified = question.level.strip().upper() in UNCLASSIFIED
    ladder = _ladder(question, grounds, unclassified)
    level = None if ladder is None or unclassified else ladder.level(question.level)
    caveats = [None if ladder is None else ladder.caveat(name) for name in question.caveats]
    effects = {caveat.effect for caveat in caveats if caveat is not None}
    originator = record.party(question.originator) if question.originator else ladder.owner if ladder is not None else giver
    releasable = frozenset(record.party(name) for name in question.releasable_to)
    return ReleaseAsked(
        giver, taker, "" if ladder is None else ladder.policy, question.level if level is None else level.name, originator, on.toordinal(),
        frozenset(_special(ladder, question.categories)), frozenset({originator}) if question.limited and not releasable else releasable,
        question.purpose,
        "national" in effects, "originator" in effects, None in caveats, level is None or level.rank == 0, question.item,
    )  # fmt: skip


def _ladder(question: ReleaseQuestion, grounds: Grounds, unclassified: bool) -> Ladder | None:
    """The policy that the question is about; None: it is about what no policy classifies."""
    if question.policy is not None:
        return grounds.standing.record.ladder(question.policy)
    owned = grounds.owned(question.giver)
    if len(owned) == 1 or unclassified:
        return owned[0] if len(owned) == 1 else None
    which = f"it owns {', '.join(ladder.policy for ladder in owned)}" if owned else f"no classification policy of {question.giver} is on record"
    raise BadInput(f"whose marking is {question.level!r}? {which}; say it with --policy (list them with: comity ladders)")


def _special(ladder: Ladder | None, names: tuple[str, ...]) -> list[str]:
    """The special categories by the ladder's own names; one that is not on record counts as special too; informative ones do not."""
    found = [(name, None if ladder is None else ladder.category(name)) for name in names]
    return [name if category is None else category.name for name, category in found if category is None or category.type == "restrictive"]
