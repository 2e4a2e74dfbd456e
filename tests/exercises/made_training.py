"""Made records of taking part, of courses and posts, and of standards: few nations, few days, much that is partial, doubtful or not covered.

It knows the types and the text (docs/explanation/how-interoperability-is-told.md), and nothing of what tells of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.interoperability import TrainingRow
from comity.parties import Named, Party, PartyKind, Register, Span, Succession
from comity.standing import Record, Standing
from comity.terms import Moment, parse_moment

FIRST, DAYS = date(1990, 1, 1), 90
KNOWN = date(2001, 1, 1)
CODES = ("AAA", "BBB", "CCC", "OLD", "AAA/army", "AAA/army/corps", "DDD", "AAA/isle")
ACTORS = (*CODES, "AAA", "AAA", "BBB", "BBB", "OLD", "CCC", "ORG")
GROUPS = (("AAA", "BBB"), ("BBB", "OLD"), ("AAA/army", "CCC"), ("AAA", "DDD"), ("AAA", "AAA/isle"), ("AAA", "BBB", "CCC"))
CAPABILITIES = ("any", "air", "sea", "humanitarian", "space")
NEAR = (0, 5, 9, 10, 11, 29, 30, 40)
TRAINED = ("sea", " Sea", "space", "mine  Clearance", "")
STANDARDS = (("STANAG 1", "1"), ("stanag  1", "1"), ("STANAG 1", "2"), ("STANAG 2", "1"))
Word = str
_UNCOVERED = ("fill-post", "attend-course")


@dataclass(frozen=True)
class MadeRecord:
    """A record, the rows beside it, and the days on which it is to be asked."""

    record: Record
    rows: tuple[TrainingRow, ...]
    days: tuple[date, ...]

    def standing(self, on: date) -> Standing:
        return Standing(self.record, on=on, known=KNOWN)


@cache
def made(seed: int) -> MadeRecord:
    """A made record; every third is of standards."""
    rng = Random(seed)
    some = _standards(rng) if seed % 3 == 2 else [_part(rng, n) for n in range(rng.randint(3, 11))]
    if seed % 3 != 2:
        some += [act for _ in range(rng.randint(0, 3)) for act in _course(rng, len(some) + 100)]
        some += [act for n in range(rng.randint(0, 3)) for act in _post(rng, n)]
    added = _said_twice(seed) if seed % 3 == 2 else _over_as_it_is_attended(seed)
    entries = [Entry(act, FIRST) for act in [*some, *_doubts(rng, some, 0.4 if seed % 4 == 0 else 0.12), *added]]
    coverage = tuple(_coverage(rng) for _ in range(rng.randint(0, 4)))
    if seed % 5 == 1:  # posts, or who attends, are not covered
        coverage = tuple(replace(one, kinds=tuple(kind for kind in one.kinds if kind != _UNCOVERED[seed % 2])) for one in coverage)
    if seed % 7 == 0:
        coverage = (Coverage(source="before", through=FIRST - timedelta(1)),)
    rows = tuple(
        TrainingRow(
            nations=frozenset(rng.sample(CODES, rng.randint(2, 3))), capability=rng.choice(("sea", "space")), moment=_moment(rng), source=f"row {n}"
        )
        for n in range(rng.choice((0, 0, 1, 2)))
    )
    asked = [_day(rng), _day(rng)] + [day + timedelta(rng.choice((-1, 0, 1))) for day in _edges(some, coverage, rng)]
    return MadeRecord(Record((), tuple(entries), _register(rng), coverage), rows, tuple(dict.fromkeys(asked)))


def _day(rng: Random) -> date:
    return FIRST + timedelta(rng.randrange(-3, DAYS + 6))


def _edges(acts: Sequence[Act], coverage: Sequence[Coverage], rng: Random) -> list[date]:
    moments = [m for act in acts for m in (act.made, *(parse_moment(v) for k, v in act.details.items() if k in ("starts", "ends", "from"))) if m]
    days = [day for m in moments for day in (m.first, m.last)] + [c.through for c in coverage]
    return rng.sample(days, min(4, len(days)))


def _moment(rng: Random, day: date | None = None) -> Moment:
    day = day or _day(rng)
    kind = rng.random()
    if kind < 0.55:
        return parse_moment(day.isoformat())
    return parse_moment(f"{day:%Y-%m}-xx" if kind < 0.75 else f"{day}/{day + timedelta(rng.randint(1, 12))}" if kind < 0.95 else f"{day:%Y}-xx-xx")


def _register(rng: Random) -> Register:
    turn = _day(rng)
    parts = {"AAA/army": "AAA", "AAA/army/corps": "AAA/army", "AAA/isle": "AAA"}
    kinds: dict[str, PartyKind] = {"AAA/army": "force", "AAA/army/corps": "agency", "AAA/isle": "territory"}
    exists = {
        "OLD": (Span(None, turn if rng.random() < 0.8 else turn + timedelta(5)),),
        "CCC": (Span(turn, None),),
        "BBB": (Span(None, _day(rng)), Span(FIRST + timedelta(DAYS), None)) if rng.random() < 0.3 else (Span(),),
    }
    parties = {
        code: Party(code, kinds.get(code, "state"), (Named(code),), exists=exists.get(code, (Span(),)), part_of=parts.get(code)) for code in CODES
    }
    denied = None if rng.random() < 0.7 else "DDD"
    follows = [Succession("CCC", "OLD", "continues", turn, contested=denied)]
    follows += [Succession("DDD", "BBB", "separates", turn)]
    return Register(parties | {"ORG": Party("ORG", "organisation", (Named("ORG"),))}, tuple(follows))


def _coverage(rng: Random) -> Coverage:
    start = None if rng.random() < 0.3 else rng.choice((*(FIRST + timedelta(n) for n in (0, 0, 0, 10, 30, 31)), date.min, date.min + timedelta(1)))
    return Coverage(
        source=f"source {rng.randrange(3)}",
        from_=start,
        through=FIRST + timedelta(rng.choice((-1, 9, 29, 30, 60, 400, 400)) if start is None or start < FIRST else rng.choice((29, 30, 60, 400))),
        agreements=("pact",) if rng.random() < 0.1 else (),
        kinds=rng.choice(
            (
                (),
                ("take-part", "implement-standard"),
                ("take-part", "implement-standard", "end-post"),
                ("sign", "end-post"),
                ("attend-course", "certify-course", "fill-post"),
            )
        ),
        parties=rng.choice(((), (), ("AAA", "BBB", "OLD"), ("CCC",), ("AAA",))),
    )


def _part(rng: Random, number: int) -> Act:
    start = _moment(rng, FIRST + timedelta(rng.choice((0, 0, 5, 40)))) if rng.random() < 0.7 else _moment(rng)
    details = {"activity": rng.choice(("Trident", "Trident", "trident ", "tri  dent", "Tri dent", "")), "place": rng.choice(("", "", "bay"))}
    if rng.random() < 0.7:
        details["starts"] = start.written
    if rng.random() < 0.7:
        details["ends"] = (
            start.first.isoformat() if rng.random() < 0.15 else _moment(rng, start.first + timedelta(rng.choice((-9, 0, 1, 4, 20)))).written
        )
    if rng.random() < 0.7:
        details["domains"] = rng.choice(("air", "sea", "air, sea", "space", "land"))
    if rng.random() < 0.7:
        details["purposes"] = rng.choice(("humanitarian", "warfighting", "sea"))
    return Act(
        kind="take-part",
        actor=rng.choice(CODES),
        on_behalf_of=rng.choice((None, None, None, "BBB")),
        ref=f"t{number if rng.random() < 0.93 else 0}",
        made=start if rng.random() < 0.9 else None,
        details={name: value for name, value in details.items() if value},
        source=Source("made"),
    )


def _near(rng: Random) -> Moment:
    """Mostly on one of few days, so that days meet, and just miss each other."""
    first, last = sorted(FIRST + timedelta(n) for n in rng.sample(NEAR, 2))
    return parse_moment(rng.choice((f"{first}", f"{last}", f"{first}/{last}"))) if rng.random() < 0.8 else _moment(rng)


def _named(details: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in details.items() if value}


def _act(rng: Random, kind: str, ref: str, details: dict[str, str], replies_to: Act | None = None, to: tuple[str, ...] = ()) -> Act:
    return Act(
        kind=kind,
        actor=rng.choice(ACTORS),
        on_behalf_of=rng.choice((None, None, None, "BBB")),
        ref=ref if rng.random() < 0.95 else "same",
        counterparty=to,
        made=_near(rng) if rng.random() < 0.95 else None,
        effect=_near(rng) if rng.random() < 0.2 else None,
        replies_to=None if replies_to is None else replies_to.hash,
        details=_named(details),
        source=Source("made"),
    )


def _day_or_none(rng: Random, percent: int) -> str:
    return (FIRST + timedelta(rng.choice(NEAR))).isoformat() if rng.randrange(100) < percent else ""


def _course(rng: Random, number: int) -> list[Act]:
    days = {name: _near(rng).written for name in ("starts", "ends") if rng.random() < 0.6}
    offer = _act(rng, "offer-course", f"c{number}", {"course": f"course {number}", "capability": rng.choice(TRAINED), "places": "9", **days})
    found = [offer]
    for n in range(rng.randint(0, 6)):
        kind = rng.choice(("attend-course", "attend-course", "certify-course", "nominate"))
        to = (rng.choice(ACTORS),) if rng.random() < 0.5 else ()
        found.append(_act(rng, kind, f"c{number}-{n}", {"persons": rng.choice(("0", "1", "2"))}, rng.choice((offer, found[-1])), to))
    return found


def _over_as_it_is_attended(seed: int) -> list[Act]:
    """A course whose end is some days, the last of which is that on which two attend."""
    rng = Random(seed)
    last = FIRST + timedelta(rng.choice(NEAR[3:]))
    ends = {"ends": f"{last - timedelta(rng.choice((1, 4)))}/{last}"}
    offer = Act(
        kind="offer-course", actor="AAA", ref="over", made=parse_moment(f"{FIRST}"), source=Source("made"),
        details={"course": "over", "capability": "sea", "places": "9"} | ends,
    )  # fmt: skip
    attending = [
        Act(
            kind="attend-course", actor=nation, ref=f"over-{nation}", made=parse_moment(f"{last}"), source=Source("made"),
            details={"persons": "1"}, replies_to=offer.hash,
        )
        for nation in ("AAA", "BBB")
    ]  # fmt: skip
    return [offer, *attending] if seed % 4 == 3 else []


def _said_twice(seed: int) -> list[Act]:
    """Two answers of one nation to a standard on one day, the same or not, one of them in doubt or none."""
    rng = Random(seed)
    answers = [
        Act(
            kind="ratify-standard", actor="AAA", ref=f"twice-{n}", made=parse_moment(f"{FIRST + timedelta(60)}"), source=Source("made"),
            details={"standard": "STANAG 1", "edition": "1", "choice": rng.choice(("ratified", "not ratifying"))},
        )
        for n in (1, 2)
    ]  # fmt: skip
    return [*answers, *_doubts(rng, answers[:1], 0.5)]


def _post(rng: Random, number: int) -> list[Act]:
    role, persons = rng.choice(("exchange", "attache", "liaison", "mobile-team", "instructor")), rng.choice(("", "", "2", "0"))
    days = {"from": _day_or_none(rng, 50), "until": _day_or_none(rng, 40)}
    details = {"post": f"post {number}", "role": role, "persons": persons, "capability": rng.choice(TRAINED), **days}
    post = _act(rng, "fill-post", f"p{number}", details, to=(rng.choice(ACTORS),))
    return [post, *(_act(rng, "end-post", f"p{number}-{n}", {"until": _day_or_none(rng, 50)}, post) for n in range(rng.choice((0, 0, 1, 1, 2))))]


def _standards(rng: Random) -> list[Act]:
    found = []
    for number in range(rng.randint(3, 12)):
        kind = rng.choice(
            ("promulgate-standard", "promulgate-standard", "ratify-standard", "ratify-standard", "implement-standard", "implement-standard")
        )
        standard, edition = rng.choice(STANDARDS)
        details = {"standard": standard, "edition": edition if rng.random() < 0.95 else ""}
        if kind == "promulgate-standard":
            details |= {"title": f"title {number}", "capabilities": rng.choice(("", "sea", "sea, air"))}
        elif kind == "ratify-standard":
            details["choice"] = rng.choice(("ratified", "ratified with reservation", "not ratifying", "future implementation"))
            details["reservation"] = rng.choice(("", "annex C"))
        else:
            details["service"] = rng.choice(("", "army", "navy"))
            if rng.random() < 0.5:
                details["from"] = _moment(rng).written
        made_on = _moment(rng, FIRST + timedelta(rng.choice((0, 0, 5, 40)))) if rng.random() < 0.9 else None
        found.append(
            Act(
                kind=kind,
                actor=rng.choice(CODES),
                on_behalf_of=rng.choice((None, None, "BBB")),
                ref=f"s{number if rng.random() < 0.93 else 0}",
                made=made_on,
                effect=_moment(rng) if rng.random() < 0.1 else None,
                details={name: value for name, value in details.items() if value},
                source=Source("made"),
            )
        )
    return found


def _doubts(rng: Random, acts: Sequence[Act], share: float) -> list[Act]:
    return [
        Act(kind="deny", actor="DDD", ref=f"d{act.ref}", made=act.made, replies_to=act.hash, source=Source("made"))
        for act in acts
        if rng.random() < share
    ]
