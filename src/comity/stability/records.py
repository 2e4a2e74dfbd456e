"""What the record itself says of ties between members: agreements that bind both, and exercises in which both took part.

Source: docs/explanation/how-stability-is-measured.md, section 7.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from comity.acts import kinds
from comity.interoperability import exercises_held
from comity.stability.material import Bound, PairSpell
from comity.standing import Period, Standing
from comity.terms import Label, Verdict


def agreements_of(standing: Standing, parties: Sequence[str], only: Iterable[str] | None = None) -> Iterator[Bound]:
    """Agreements that bind two of them or more, or of which that is unknown or contested.

    Of a pair each is asked between the two; of more, an agreement ties those whom it binds at once.
    ``only``: of these agreements; NotOnRecord for one that is not there.
    """
    pair = len(parties) == 2
    of = {code: party for party in parties for code in standing.record.register.codes_of(party)}
    wanted = standing.known_agreements() if only is None else [standing.record.agreement(name, standing.known).id for name in only]
    for name in standing.progress(wanted):
        if not _can_tie_two(standing, name, of):
            continue
        bound = sorted(code for code, *_ in standing.status(name) if code in of)
        if len({of[code] for code in bound}) < 2:
            continue
        if not pair:
            yield from (_bound(name, of[code], spell) for code in bound for spell in standing.periods_bound(code, name))
            continue
        for a, b in combinations(bound, 2):
            if of[a] != of[b]:
                yield from (_bound(name, of[code], spell) for spell in standing.spells_between(a, b, name) for code in (a, b))


def _can_tie_two(standing: Standing, name: str, of: Mapping[str, str]) -> bool:
    """Do two of them act under it, or are they named in it, so that it is worth deriving?"""
    record, agreement = standing.record, standing.record.agreement(name, standing.known)
    acts = [entry.act for entry in record.visible(record.entries_of(name), standing.known, standing.viewer)]
    named = {code for act in acts for code in (act.attributed_to, *act.counterparty)} | set(agreement.negotiating)
    return len({of[code] for code in named if code in of}) > 1


def _bound(name: str, party: str, spell: Period) -> Bound:
    return Bound(name, party, spell.start, spell.end - 1, spell.verdict is Verdict.YES)


def exercises_of(standing: Standing, parties: Sequence[str]) -> tuple[tuple[PairSpell, ...], frozenset[str]]:
    """Exercises on record in which two of them took part; and the acts that tell of these, by reference."""
    found, acts = list[PairSpell](), set[str]()
    of = {code: party for party in parties for code in standing.record.register.codes_of(party)}
    for held in exercises_held(standing):
        ref = f"{held.activity.casefold()} {held.starts} {held.place}"
        parts = [(of[part.nation], part) for part in held.parts if part.nation in of]
        for (a, one), (b, other) in combinations(sorted(parts, key=lambda part: part[0]), 2):
            if a != b:
                first_a, first_b = (max(one.start[end], other.start[end]).toordinal() for end in (0, 1))
                sure = not (one.doubtful or other.doubtful)
                found.append(PairSpell("exercises on record", ref, a, b, first_a, first_b, first_a, first_b, sure=sure))
                acts |= {one.act, other.act}
    return tuple(found), frozenset(acts)


def labels_of(standing: Standing, bound: Iterable[Bound], acts: Collection[str]) -> list[Label]:
    """The labels of the acts under the agreements that were counted, and of those of exercises, by reference."""
    names = sorted({one.agreement for one in bound})
    under = [current.act.label for name in names for versions in standing.current_acts(name) for current in versions]
    return [*under, *(act.label for act, _ in (standing.acts_of(kinds()) if acts else ()) if act.ref in acts)]
