"""What the gap map is asked about: which nations, which capability, what fades how fast; and the map of the record that answers it.

The map of all exercises, courses and posts is kept, the same one for all readers who see the same acts; what is asked of it takes a moment, and is
not.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.interoperability import ANY_CAPABILITY, CAPABILITIES, MAP_KINDS, Standards, TrainingMap, acts_without_day
from comity.parties import Party
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import Asked, party_code
from comity.web.organisations import constituent_of, membership_of, table_of
from comity.web.parties import has_members
from comity.web.telling import told

HALF_LIFE, WITHIN = "2y", "2y"
FEW, USUAL, PARTNERS, MOST = 4, 12, 40, 48
"""Up to so many nations are told of each capability; so many where none is named; so many partners of one; so many at most."""
_DAYS = {"d": 1.0, "w": 7.0, "m": 365.25 / 12, "y": 365.25}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """``nations``: by the codes of the day; ``named``: were they, or were some chosen for want of a name? ``capability``: blank, each of them.
    ``left``: how many partners of one nation are not shown. ``spans``: half-life and target as they were written.
    """

    nations: tuple[str, ...]
    named: bool
    organisation: str
    capabilities: tuple[str, ...]
    pairs: tuple[Pair, ...]
    left: int
    half_life: float
    within: int
    spans: Mapping[str, str]

    @property
    def triangle(self) -> bool:
        """Are nations set against nations, and not pairs against capabilities?"""
        return len(self.nations) > 1 and len(self.capabilities) == 1 and len(self.pairs) > 1


def training_map(this: Asked, half_life: float) -> TrainingMap:
    """Who has trained what together, as of the day asked about, fading so fast."""
    every = this.held.fold(this.known, None, False)

    def made(standing: Standing) -> TrainingMap:
        if every is not this.fold and _fingerprint(standing) == every.ask(this.known, "taking part", _fingerprint, record=this.record):
            return every.ask(this.known, "training map", TrainingMap, record=this.record)
        return TrainingMap(standing)

    found = copy(this.fold.ask(this.known, "training map", made, record=this.record))
    found.standing, found.half_life = this.fold.standing.on_day(this.on), half_life
    return found


def _fingerprint(standing: Standing) -> str:
    """What is seen of taking part, of courses and of posts: a hash of the acts as last corrected, and of which of them are disputed."""
    found = hashlib.sha256()
    for versions in standing.current_of_kinds(MAP_KINDS):
        for act, kind, denials in versions:
            moments = (moment and moment.written for moment in (act.made, act.received, act.notified, act.effect))
            found.update(f"{act.hash} {kind} {[*moments]} {bool(denials)} {len(versions)}\n".encode())
    return found.hexdigest()


def standards_of(this: Asked) -> Standards:
    """The standards on record on the day."""
    return this.ask("standards", Standards)


def left_out(this: Asked) -> int:
    """How many acts of taking part say nothing of when it was."""
    return this.fold.ask(this.known, "acts without a day", acts_without_day, record=this.record)


def read_span(name: str, text: str, usual: str) -> float:
    """The days of a span; a month is a twelfth of a year of 365.25 days."""
    match = re.fullmatch(r"([0-9]{1,4}) ?([dwmy])", text or usual)
    if not match or not int(match[1]):
        message = _("%(given)s is no span of time; write a number and d, w, m or y, for instance 2y, 18m or 90d")
        raise BadInput(told(message, given=f"{name}={text[:40]!r}"))
    return int(match[1]) * _DAYS[match[2]]


def read(this: Asked, given: Mapping[str, str]) -> tuple[Wanted, TrainingMap]:
    """What was filled in, and the map to put it to; BadInput or NotOnRecord say what is wrong with it."""
    half_life, within = read_span("half", given["half"], HALF_LIFE), int(read_span("within", given["within"], WITHIN))
    found = training_map(this, half_life)
    organisation, members = _members(this, given["org"])
    asked = [*named(this, given["nations"]), *members]
    nations = tuple(dict.fromkeys(found.called(found.nation(code)) for code in asked)) if asked else usual(found)
    if len(nations) > MOST:
        raise BadInput(told(_("%(number)s nations at once; name at most %(most)s"), number=len(nations), most=MOST))
    pairs, left = _pairs(found, nations)
    spans = {"half": given["half"], "within": given["within"]}
    capabilities = _capabilities(found, given["capability"], pairs if len(nations) <= FEW and asked else ())
    return Wanted(nations, bool(asked), organisation, capabilities, pairs, left, half_life, within, spans), found


def usual(of: TrainingMap) -> tuple[str, ...]:
    """The nations that have trained with most others, by code."""
    partners = Counter(code for pair in of.pairs() for code in pair)
    return tuple(sorted(code for code, _number in sorted(partners.items(), key=lambda one: (-one[1], one[0]))[:USUAL]))


def named(this: Asked, text: str) -> list[str]:
    """The codes of those who are named, by codes or names: with commas or semicolons between, or codes with spaces."""
    parties = this.record.register.parties
    words = text.split()
    between = r"[;,]" if re.search("[;,]", text) else r"\s+" if any(word.upper() in parties for word in words) else "\n"
    names = (name.strip() for name in re.split(between, text))
    return [name.upper() if name.upper() in parties else party_code(this.record, name) for name in names if name]


def with_members(this: Asked) -> list[Party]:
    """The organisations of which an agreement on record says who their members are, by name."""
    found = [party for party in this.record.register.parties.values() if has_members(party) and constituent_of(this, party)]
    return sorted(found, key=lambda party: this.name(party.code).casefold())


def _members(this: Asked, text: str) -> tuple[str, list[str]]:
    """The organisation that is named, and its members on the day, by code."""
    if not text:
        return "", []
    party = this.record.register.parties[party_code(this.record, text)]
    table = table_of(this, constituent_of(this, party)) if has_members(party) else None
    if table is None:
        message = _("no agreement on record says who the members of %(code)s are; name the nations instead")
        raise NotOnRecord(told(message, code=party.code))
    members = sorted(one.code for one in membership_of(table).members)
    if not members:
        raise NotOnRecord(told(_("%(code)s has no members on %(day)s; choose another day, or name the nations"), code=party.code, day=this.on))
    return party.code, members


def _pairs(of: TrainingMap, nations: Sequence[str]) -> tuple[tuple[Pair, ...], int]:
    """Every two of them; of one nation it and each partner, those first with whom it was most often, and how many more there are."""
    if len(nations) != 1:
        return tuple(itertools.combinations(nations, 2)), 0
    (nation,) = nations
    often = {other: len(of.sightings((nation, other), ANY_CAPABILITY, sure=False)) for other in of.partners(nation)}
    ranked = sorted(often, key=lambda other: (-often[other], other))
    return tuple((nation, other) for other in ranked[:PARTNERS]), max(len(ranked) - PARTNERS, 0)


def known_capabilities(of: TrainingMap) -> list[str]:
    """Those that acts may name, and those that some do."""
    return [*CAPABILITIES, *(name for name in of.capabilities if name not in CAPABILITIES)]


def _capabilities(of: TrainingMap, text: str, pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The one that is asked for; else of these pairs the domains, the purposes and what else they trained; of none, *any* alone."""
    every = (ANY_CAPABILITY, *known_capabilities(of))
    text = text if text in every else " ".join(text.split()).casefold()
    if text and text not in every:
        raise BadInput(told(_("%(given)s: nothing on record names it; choose one of the list"), given=f"capability={text[:40]!r}"))
    if text or not pairs:
        return (text or ANY_CAPABILITY,)
    return tuple(dict.fromkeys((ANY_CAPABILITY, *CAPABILITIES, *of.trained_by(pairs))))
