"""Which nations have taken up which edition of a standard, and which standards two of them share.

Source: how-interoperability-is-told.md, section 7.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.acts import Act
from comity.interoperability.completeness import Completeness
from comity.interoperability.persons import Nations
from comity.interoperability.training import DayWindow
from comity.standing import Standing
from comity.terms import Moment, NotOnRecord, Verdict, all_of, any_of, parse_moment

PROMULGATE, RATIFY, IMPLEMENT = "promulgate-standard", "ratify-standard", "implement-standard"
WITHOUT = ("not ratifying", "future implementation")
Key = tuple[str, str]
Status = Literal["current", "superseded", "to come", "not promulgated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of a standard, as its acts tell it; ``promulgated`` None: only nations speak of it."""

    standard: str
    edition: str
    title: str
    capabilities: frozenset[str]
    promulgated: DayWindow | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a nation said of an edition, and whether it is in use there, with the services that use it and the acts that tell so.

    ``answer``: one of the four answers, *contested*, *unknown* (its day may not have come), or "" where there is none on record.
    """

    nation: str
    standard: str
    edition: str
    answer: str
    uses: Verdict
    services: tuple[str, ...] = ()
    reservation: str = ""
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStandard:
    """Whether two nations use one edition of a standard; which, whether these are superseded, and who has reservations to them."""

    nations: tuple[str, str]
    standard: str
    verdict: Verdict
    editions: tuple[str, ...]
    superseded: tuple[str, ...]
    reservations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    act: Act
    when: DayWindow
    doubtful: bool

    def may_have_begun(self, on: int) -> bool:
        return self.when.first.toordinal() <= on

    def has_begun(self, on: int) -> bool:
        return self.when.last.toordinal() <= on


class Standards:
    """Standards on record, as one standing has them on its day."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self._day = standing, standing.on.toordinal()
        self._nations = Nations(standing.record.register)
        self._complete = Completeness(standing.record.coverage, IMPLEMENT, self._nations)
        self._acts = standing.acts_of((PROMULGATE, RATIFY, IMPLEMENT))
        self._promulgated: dict[Key, list[_Said]] = defaultdict(list)
        for key, said in self._of(PROMULGATE):
            self._promulgated[key].append(said)
        self._ratified, self._implemented = self._by_nation(RATIFY), self._by_nation(IMPLEMENT)
        self._editions = {key: self._edition(key) for key in sorted({*self._promulgated, *(k for _, k in (*self._ratified, *self._implemented))})}

    def _of(self, kind: str) -> Iterator[tuple[Key, _Said]]:
        for act, undisputed in self._acts:
            key, moment = _key(act), _moment(act)
            if act.kind == kind and key is not None and moment is not None:
                yield key, _Said(act, DayWindow(moment.first, moment.last), not undisputed)

    def _by_nation(self, kind: str) -> dict[tuple[str, Key], list[_Said]]:
        found: dict[tuple[str, Key], list[_Said]] = defaultdict(list)
        for key, said in self._of(kind):
            found[self._nations.of(said.act.attributed_to), key].append(said)
        return dict(found)

    # -- editions (7.1)

    def _edition(self, key: Key) -> Edition:
        said = self._promulgated.get(key, [])
        first = min(said, key=lambda s: (s.when.last, s.when.first, s.act.ref), default=None)
        named = {"standard": key[0], "edition": key[1], "title": ""} if first is None else {name: _text(first.act, name) for name in _NAMES}
        return Edition(
            **named,
            capabilities=frozenset(name for one in said for name in one.act.listed("capabilities")),
            promulgated=None if first is None else first.when,
            status=self._status(key, first),
        )

    def _status(self, key: Key, said: _Said | None) -> Status:
        if said is None:
            return "not promulgated"
        if not said.has_begun(self._day):
            return "to come"
        others = (one for other, some in self._promulgated.items() if other[0] == key[0] and other != key for one in some)
        return "superseded" if any(one.when.first > said.when.last and one.has_begun(self._day) for one in others) else "current"

    def editions(self, standard: str | None = None) -> list[Edition]:
        """Every edition on record, or those of one standard; NotOnRecord where there is none of it."""
        found = [one for key, one in self._editions.items() if standard is None or key[0] == _plain(standard)]
        if standard is not None and not found:
            known = sorted({one.standard for one in self._editions.values()})
            raise NotOnRecord(f"no standard {standard!r} is on record; there are: {', '.join(known) or 'none (record acts of promulgate-standard)'}")
        return found

    # -- nations (7.2 to 7.4)

    def position(self, nation: str, edition: Edition) -> Position:
        """What the nation said of the edition, and whether it uses it."""
        person, key = self._nations.of(self.standing.record.party(nation)), (_plain(edition.standard), _plain(edition.edition))
        answer, told = self._answer(person, key)
        used = [one for one in self._implemented.get((person, key), []) if one.may_have_begun(self._day)]
        reserved = next((text for one in told if (text := _text(one.act, "reservation"))), "")
        return Position(
            nation=self._nations.called(person, self.standing.on),
            standard=edition.standard,
            edition=edition.edition,
            answer=answer,
            uses=self._uses(person, edition, answer, used),
            services=tuple(sorted({service for one in used if (service := _text(one.act, "service"))})),
            reservation=reserved if answer == "ratified with reservation" else "",
            acts=tuple(one.act.ref for one in (*told, *used)),
        )

    def _answer(self, person: str, key: Key) -> tuple[str, list[_Said]]:
        begun = [one for one in self._ratified.get((person, key), []) if one.may_have_begun(self._day)]
        if not begun:
            return "", []
        latest = max(one.when.first for one in begun)
        last = [one for one in begun if one.when.last >= latest]
        if any(one.doubtful for one in last) or len({_text(one.act, "choice") for one in last}) > 1:
            return "contested", last
        return _text(last[0].act, "choice") if any(one.has_begun(self._day) for one in last) else "unknown", last

    def _uses(self, person: str, edition: Edition, answer: str, used: Sequence[_Said]) -> Verdict:
        begun = [one for one in used if one.has_begun(self._day)]
        if any(not one.doubtful for one in begun):
            return Verdict.YES
        if begun:
            return Verdict.CONTESTED
        if used:
            return Verdict.UNKNOWN
        since = 1 if edition.promulgated is None else edition.promulgated.first.toordinal()
        silent = any(max(start, since) <= self._day and since < end for days in self._complete.open_days([person]) for start, end in days)
        return Verdict.NO if answer in WITHOUT or not silent else Verdict.UNKNOWN

    # -- pairs (7.5)

    def shared(self, a: str, b: str, standard: str) -> SharedStandard:
        """Do the two use one same edition of the standard?"""
        both = [(edition, self.position(a, edition), self.position(b, edition)) for edition in self.editions(standard)]
        verdicts = [all_of([one.uses, other.uses]) for _, one, other in both]
        held = [some for some, verdict in zip(both, verdicts, strict=True) if verdict is Verdict.YES]
        return SharedStandard(
            nations=(a, b),
            standard=both[0][0].standard,
            verdict=any_of(verdicts),
            editions=tuple(edition.edition for edition, *_ in held),
            superseded=tuple(edition.edition for edition, *_ in held if edition.status == "superseded"),
            reservations=tuple(
                dict.fromkeys(p.nation for _, *positions in held for p in positions if p.answer == "ratified with reservation"),
            ),
        )

    def standard_gaps(self, nations: Sequence[str], capability: str | None = None) -> list[SharedStandard]:
        """The standards (that serve the capability) which two of the nations do not share, or may not."""
        serving = dict.fromkeys(e.standard for e in self.editions() if capability is None or capability in e.capabilities)
        pairs = itertools.combinations(nations, 2)
        found = [self.shared(a, b, standard) for a, b in pairs for standard in serving]
        return [one for one in found if one.verdict is not Verdict.YES]


_NAMES = ("standard", "edition", "title")


def _key(act: Act) -> Key | None:
    standard, edition = _plain(_text(act, "standard")), _plain(_text(act, "edition"))
    return (standard, edition) if standard and edition else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _text(act: Act, name: str) -> str:
    return " ".join(act.details.get(name, "").split())


def _moment(act: Act) -> Moment | None:
    written = act.details.get("from")
    return act.meant if written is None else parse_moment(written)
