"""From the markings of an object to its label keys.

1. Each marking is resolved: a fixed TLP object by its id and its value, else a definition at hand. What cannot be resolved, or whose label only its
   author knows, closes the object.
2. TLP that limits goes to the addressees that the keeper, as publisher, names beside it; of what a partner gave, to nobody.
3. What the publisher says stands beside the markings; where there are none, it or the default stands alone; with neither, nobody.
4. A label that will be followed by another has the keys of both: it goes where it may go before and after.
5. The originator is the one that the label names, else who gave it; a partner cannot give what is the keeper's own.

Source: docs/explanation/how-exchange-works.md, 2; STIX 2.1, 7.2; FIRST TLP 1.0 and 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from comity.exchange.envelopes import is_id
from comity.exchange.label_keys import LabelKey
from comity.exchange.markings import TLP, fixed_marking, is_open_to_all, read_marking
from comity.labels import ConfidentialityLabel, label_on, read_stix, to_flat
from comity.terms import PUBLIC, BadInput, NotOnRecord

KEEPERS_OWN = "says that it is the keeper's own"
UNMARKED = "no marking"
_MOST_WORDS = 240


def label_keys_of(
    data: dict[str, Any],
    markings: Callable[[str], dict[str, Any] | None],
    *,
    giver: str,
    keeper: str,
    by_publisher: LabelKey | None = None,
    default: LabelKey | None = None,
    held_already: bool = False,
    on: date | datetime | None = None,
    party: Callable[[str], str] = str,
) -> frozenset[LabelKey]:
    """The label keys of one object; for many of one delivery use ``Labelling``, which says what the arguments are."""
    labelling = Labelling(
        markings, giver=giver, keeper=keeper, by_publisher=by_publisher, default=default, held_already=held_already, on=on, party=party
    )
    return labelling.keys_of(data)


@dataclass(kw_only=True)
class Labelling:
    """How the objects of one delivery get their label keys.

    ``markings``: the definition of a marking at hand, in the delivery or held. ``giver``: who gave it to the node. ``by_publisher``: the label that
    the publisher gives, ``default``: the home's; of either a blank originator means the giver. ``held_already``: the node holds these very bytes,
    so the keeper's own may be among them. ``on``: labels that were followed by others before then count no more (None: all of them do).
    ``party``: a party's code out of what a label calls it; NotOnRecord leaves the name as written, and the gate refuses it.
    """

    markings: Callable[[str], dict[str, Any] | None] = field(kw_only=False)
    giver: str
    keeper: str
    by_publisher: LabelKey | None = None
    default: LabelKey | None = None
    held_already: bool = False
    on: date | datetime | None = None
    party: Callable[[str], str] = str
    _known: dict[str, frozenset[LabelKey]] = field(default_factory=dict, init=False)

    def keys_of(self, data: dict[str, Any]) -> frozenset[LabelKey]:
        """The keys of one object: its markings', and the publisher's or the default."""
        try:
            marked = markings_of(data)
        except BadInput as problem:
            return frozenset({self._closed(str(problem))})
        found = frozenset[LabelKey]().union(*(self._of_marking(marking) for marking in marked))
        if not marked and data.get("type") == "marking-definition":
            found = self._of_itself(data)
        given = self.by_publisher if self.by_publisher is not None or found else self.default
        if given is not None:
            found |= {self._given(given)}
        return found or frozenset({self._closed(UNMARKED)})

    def _of_marking(self, marking: str) -> frozenset[LabelKey]:
        found = self._known.get(marking)
        if found is None:
            found = self._known[marking] = self._resolved(marking)
        return found

    def _resolved(self, marking: str) -> frozenset[LabelKey]:
        """1. What a marking's id stands for."""
        raw, fixed = self.markings(marking), fixed_marking(marking)
        if raw is None:
            return self._of_label(fixed.label) if fixed and fixed.label else frozenset({self._closed(f"{marking} is not known here")})
        try:
            says, label = _read(raw, marking)
        except BadInput as problem:
            return frozenset({self._closed(str(problem))})
        return frozenset({self._closed(f"{marking}, {says}: what it asks only its author knows")}) if label is None else self._of_label(label)

    def _of_itself(self, data: dict[str, Any]) -> frozenset[LabelKey]:
        """A marking definition without markings bears the label that it is; a fixed TLP object is for anybody."""
        try:
            _, label = _read(data, data.get("id"))
        except BadInput as problem:
            return frozenset({self._closed(str(problem))})
        if label is None:
            return frozenset()
        return frozenset({LabelKey(originator=self.giver, limited=False)}) if fixed_marking(data["id"]) else self._of_label(label)

    def _of_label(self, label: ConfidentialityLabel) -> frozenset[LabelKey]:
        return frozenset(self._key(one) for one in _chain(label, self.on))

    def _key(self, label: ConfidentialityLabel) -> LabelKey:
        flat = to_flat(label)
        originator = self.giver if flat.originator is None else self._named(flat.originator)
        if originator == self.keeper != self.giver and not self.held_already:
            return self._closed(KEEPERS_OWN)
        tlp = label.policy.name in TLP
        unclassified = tlp or (flat.policy, flat.classification) == (PUBLIC.policy, PUBLIC.classification)
        addressees = {self._named(name) for name in flat.releasable_to}
        limited = not is_open_to_all(label)
        if tlp and limited and not addressees and self.giver == self.keeper and self.by_publisher is not None:
            addressees = set(self.by_publisher.releasable_to)
        return LabelKey(
            originator=originator,
            policy=None if unclassified else flat.policy,
            level=PUBLIC.classification if unclassified else flat.classification,
            categories=flat.categories,
            caveats=flat.caveats,
            releasable_to=tuple(addressees),
            limited=limited,
        )

    def _named(self, name: str) -> str:
        try:
            return self.party(name)
        except NotOnRecord:
            return name

    def _given(self, key: LabelKey) -> LabelKey:
        """5. What a partner gave is never the keeper's own, whatever the home's default says."""
        blank = not key.originator or (key.originator == self.keeper != self.giver)
        return replace(key, originator=self.giver) if blank else key

    def _closed(self, why: str) -> LabelKey:
        return LabelKey(originator=self.giver, closed=f"{why:.{_MOST_WORDS}}")


def markings_of(data: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the markings of an object and of its parts, in order, each once; BadInput where they are not written as STIX has them."""
    whole, parts = data.get("object_marking_refs", []), data.get("granular_markings", [])
    if not isinstance(whole, list) or not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise BadInput("its markings are not lists")
    if any("marking_ref" not in part and "lang" not in part for part in parts):
        raise BadInput("a granular marking refers to no marking")
    found = [*whole, *(part["marking_ref"] for part in parts if "marking_ref" in part)]
    for one in found:
        if not is_id(one):
            raise BadInput(f"its marking {one!r:.80} is no id")
    return tuple(dict.fromkeys(found))


def _read(raw: dict[str, Any], marking: object) -> tuple[str, ConfidentialityLabel | None]:
    """What a definition says, and the label that it is; one of Comity's own says the same twice."""
    if raw.get("type") != "marking-definition" or raw.get("id") != marking:
        raise BadInput(f"{marking!r:.80} stands for a {raw.get('type')!r:.40} with the id {raw.get('id')!r:.80}, no marking of that id")
    read_marking(raw, "its marking")
    (read,) = read_stix(raw, "its marking")
    return read.says, read.label


def _chain(label: ConfidentialityLabel, on: date | datetime | None) -> Iterator[ConfidentialityLabel]:
    """4. The label that counts, and those that follow it."""
    label = label if on is None else label_on(label, on)
    yield label
    while label.succession is not None:
        label = label.succession.label
        yield label
