"""Who may see an act: the label, its fields those of STANAG 4774, and the join of several.

An explanation leaks what it rests on, so an answer carries the join of the labels of the acts behind it.

Source: ADatP-4774 edition A (confidentiality metadata label): policy, classification, categories, originator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one act or answer.

    ``releasable_to`` empty means: no one but the originator (and the keeper of the record), unless the label is public.
    """

    policy: str = "PUBLIC"
    classification: str = "UNCLASSIFIED"
    categories: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    originator: str | None = None

    @property
    def public(self) -> bool:
        return self.policy == "PUBLIC" and self.classification == "UNCLASSIFIED" and not self.releasable_to and not self.caveats

    @property
    def marking(self) -> str:
        """What stands above and below what rests on acts of this label; blank for what is public."""
        if self.public:
            return ""
        parts = [f"{self.policy} {self.classification}".strip(), *self.categories, *self.caveats]
        return " // ".join([*parts, *([f"REL TO {', '.join(self.releasable_to)}"] if self.releasable_to else [])])


PUBLIC = Label()

_LEVELS = ("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")


def may_see(label: Label, viewer: str | None) -> bool:
    """May ``viewer`` (a party's code, ``public``, or None for the keeper of the record) see what carries this label?"""
    if viewer is None or label.public:
        return True
    return viewer == label.originator or viewer in label.releasable_to


def join(labels: Iterable[Label]) -> Label:
    """The least label that protects all of these: highest level, every category and caveat, only the common addressees."""
    restricted = sorted({label for label in labels if not label.public}, key=repr)
    if not restricted:
        return PUBLIC
    common = set(restricted[0].releasable_to)
    for label in restricted[1:]:
        common &= set(label.releasable_to)
    policies = sorted({policy for label in restricted for policy in label.policy.split("+")})
    originators = {label.originator for label in restricted}
    return Label(
        policy="+".join(policies),
        classification=max((label.classification for label in restricted), key=_height),
        categories=tuple(sorted({c for label in restricted for c in label.categories})),
        releasable_to=tuple(sorted(common)),
        caveats=tuple(sorted({c for label in restricted for c in label.caveats})),
        originator=originators.pop() if len(originators) == 1 else None,
    )


def _height(classification: str) -> int:
    """An unknown level counts above all known ones: it rounds up."""
    return _LEVELS.index(classification) if classification in _LEVELS else len(_LEVELS)
