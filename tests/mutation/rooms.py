"""How many mutants of rooms with a slow reading does that reading alone kill?  ``python -m tests.mutation.rooms [ROOM ...]``

What the slow reading says is worked out once; each mutant of the fast path is then put in place and asked the same. Changes that no answer
can show are listed with the reason in the files ``equivalent_*.toml``, and are counted by themselves.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import multiprocessing
import random
import re
import signal
import tomllib
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from comity.permissions.activities import may_do
from comity.permissions.bulk import OUTCOMES, Bulk
from comity.permissions.forces import claim_shares, jurisdiction
from comity.permissions.grounds import Grounds, consent_periods
from comity.permissions.lines import Lines, Membership, Offence, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.permissions.release_lines import lines_for
from comity.permissions.releasing import Releasing
from comity.standing import Standing
from comity.terms import BadInput, Verdict
from oracles import activities, forces, lines, releases
from oracles.duties import Row
from oracles.duties import duties as slow_duties
from oracles.duty_desk import View
from tests.duties import registering
from tests.duties import told as duties_told
from tests.duties.comparing import due_within, fast_desk, fast_rows, question, slow_desk
from tests.duties.drawing import drawn
from tests.duties.scenes import Scene, scenes
from tests.ledger import appended_logs, growing_logs, touched_rows
from tests.mutation import leaving
from tests.mutation.places import Mutant, mutants, mutated
from tests.mutation.placing import changed, in_place
from tests.mutation.procedures import CHECK_OF, PROCEDURES, Check
from tests.mutation.trying import SECONDS, TimeIsUp, at_most, expire
from tests.permissions import told
from tests.permissions.drawing import (
    DAYS,
    KINDS,
    POLICIES,
    activity_consents_on,
    consents,
    memberships_on,
    on,
    release_consents_on,
    release_on,
    release_slowly,
    small_grounds,
    station_on,
    station_slowly,
)
from tests.permissions.small_worlds import PARTIES, activity_world, every_question
from tests.permissions.small_worlds import release_lines as release_world

WORLDS, STEP, ACTIVITIES, CONSENTS, GROUNDS = 60, 331, 40_000, 1_500, 400


@functools.cache
def _asked() -> tuple[tuple[Lines, tuple[ReleaseAsked, ...], tuple[Outcome, ...]], ...]:
    """Worlds with questions and what the slow reading says of them."""
    questions = every_question()
    found = []
    for seed in range(WORLDS):
        for number, world in enumerate((release_world(seed), _in_doubt(release_world(seed), seed))):
            some = questions[(seed + number) % STEP :: STEP]
            found.append((world, some, tuple(releases.may_release(asked, world) for asked in some)))
    return tuple(found)


def _in_doubt(world: Lines, seed: int) -> Lines:
    """The same world, where no line is sure, and consents reach further than is usual: several ways, in doubt for different reasons."""
    rng = random.Random(seed)
    some, all_ = (Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.UNKNOWN), (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)
    lines = tuple(line._replace(verdict=rng.choice(some), only=frozenset(), purposes=frozenset()) for line in world.release)
    wide = ReleaseConsent("A", frozenset(), frozenset(), None, None, None, None, 0, 9, Verdict.YES, "act")
    consents = tuple(wide._replace(originator=rng.choice(PARTIES), verdict=rng.choice(all_)) for _ in range(6))
    return Lines(lines, (*world.consents, *consents), world.memberships)


def releasing_agrees() -> bool:
    return all(Releasing(world).decide(q).outcome is want for world, some, wanted in _asked() for q, want in zip(some, wanted, strict=True))


def bulk_agrees() -> bool:
    for world, some, wanted in _asked():
        bulk = Bulk(world)
        if [OUTCOMES[i] for i in bulk.decide(bulk.table(some))] != list(wanted):
            return False
    return True


@functools.cache
def _activities() -> tuple[Outcome, ...]:
    return tuple(activities.may_do(*activity_world(seed)) for seed in range(ACTIVITIES))


def activities_agree() -> bool:
    return all(may_do(*activity_world(seed)).outcome is want for seed, want in enumerate(_activities()))


@functools.cache
def _consents() -> tuple[tuple[Verdict, ...], ...]:
    return tuple(tuple(lines.consent_on(*consents(seed), day) for day in DAYS) for seed in range(CONSENTS))


def consents_agree() -> bool:
    for seed, wanted in enumerate(_consents()):
        periods = list(consent_periods(*consents(seed)))
        if tuple(on(periods, day.toordinal()) for day in DAYS) != wanted:
            return False
    return True


Key = tuple[int, int, str, str]
"""A seed of small grounds, a day, and a pair."""


@functools.cache
def _days_of_lines() -> dict[Key, tuple[Any, ...]]:
    """Small grounds with a day and a pair, and what the slow reading has there."""
    found: dict[Key, tuple[Any, ...]] = {}
    for seed in range(GROUNDS):
        rng = random.Random(seed)
        for day in rng.sample(range(9), 2):
            giver, taker = rng.sample(PARTIES, 2)
            grounds = small_grounds(seed)
            stations = (station_slowly(grounds, giver, taker, day, where) for where in (None, "T"))
            found[seed, day, giver, taker] = (release_slowly(grounds, giver, taker, day), *stations)
    return found


def lines_agree() -> bool:
    kept: dict[int, Grounds] = {}
    for (seed, day, giver, taker), wanted in _days_of_lines().items():
        grounds = kept.setdefault(seed, small_grounds(seed))
        stations = (station_on(grounds, giver, taker, day, where) for where in (None, "T"))
        if (release_on(grounds, giver, taker, day), *stations) != wanted:
            return False
    return True


@functools.cache
def _days_of_acts() -> dict[tuple[int, date], tuple[Any, ...]]:
    """Small grounds with a day, and the consents and memberships that the slow reading has."""
    found: dict[tuple[int, date], tuple[Any, ...]] = {}
    for seed in range(GROUNDS * 2):
        grounds = small_grounds(seed)
        acts, ladders = grounds.standing.acts_of(KINDS), list(grounds.ladders.values())
        for day in DAYS[3:22:6]:
            released = (set(lines.release_consents(acts, ladders, who, day)) for who in ("A", "B"))
            done = (set(lines.activity_consents(acts, activity, day)) for activity in ("station", "supply"))
            belongs = on(grounds.standing.periods_bound("A", "y"), day.day // 3)
            found[seed, day] = (*released, *done, {} if belongs is Verdict.NO else {"ORG": belongs})
    return found


def acts_agree() -> bool:
    for (seed, day), wanted in _days_of_acts().items():
        grounds, number = small_grounds(seed), day.toordinal()
        released = (release_consents_on(grounds, who, number) for who in ("A", "B"))
        done = (activity_consents_on(grounds, activity, number) for activity in ("station", "supply"))
        if (*released, *done, memberships_on(grounds, "A", day.day // 3)) != wanted:
            return False
    return True


@functools.cache
def _ends() -> dict[int, tuple[Outcome, ...]]:
    """Small grounds with questions, and what the slow reading says of all the lines that there are, put together by hand."""
    found = {}
    for seed in range(GROUNDS):
        grounds = small_grounds(seed)
        found[seed] = tuple(releases.may_release(asked, _whole(grounds, asked.day)) for asked in _some_questions(seed))
    return found


def _some_questions(seed: int) -> list[ReleaseAsked]:
    rng, found = random.Random(seed), []
    for _ in range(6):
        giver, taker = rng.sample(PARTIES, 2)
        policy = rng.choice(sorted(POLICIES))
        to = frozenset(name for name in ("ORG", "B", "GONE") if rng.random() < 0.3)
        found.append(ReleaseAsked(giver, taker, policy, f"{policy}{rng.randrange(1, 4)}", rng.choice(PARTIES), rng.randrange(9), releasable=to))
    return found


def _whole(grounds: Grounds, day: int) -> Lines:
    """Every line, consent and membership of one day, as the slow reading has them."""
    ladders = {ladder.policy: ladder.owner for ladder in grounds.ladders.values()}
    released = [
        ReleaseLine(
            agreement, clause, g, t, policy, level, ladders[policy], under, as_, day, day + 1, sure, categories, only, purposes, opens, cleared
        )
        for g, t in itertools.permutations(PARTIES, 2)
        for agreement, clause, policy, level, under, as_, sure, categories, only, purposes, opens, cleared in release_slowly(grounds, g, t, day)
    ]
    groups = {"ORG": "y", "x": "x", "x1": "x1", "x2": "x2", "y": "y"}
    memberships = [
        Membership(group, party, day, day + 1, on(grounds.standing.periods_bound(party, agreement), day))
        for group, agreement in groups.items()
        for party in PARTIES
    ]
    return Lines(tuple(released), (), tuple(memberships))


def ends_agree() -> bool:
    for seed, wanted in _ends().items():
        grounds = small_grounds(seed)
        for asked, want in zip(_some_questions(seed), wanted, strict=True):
            found = lines_for(grounds, asked.giver, asked.taker, asked.originator, sorted(asked.releasable))
            if Releasing(found).decide(asked).outcome is not want:
                return False
    return True


def forces_agree() -> bool:
    laws: list[frozenset[Literal["sending", "host"]]] = [frozenset(), frozenset(["sending"]), frozenset(["host"]), frozenset(["sending", "host"])]
    flags = (False, True)
    for person, punishable, military, of_host, own, duty in itertools.product(PERSONS, laws, flags, flags, flags, flags):
        offence = Offence(person=person, punishable_by=punishable, military_law=military, of_host=of_host, against_own=own, on_duty=duty)
        found = jurisdiction(offence)
        if (frozenset(found.holders), found.primary, found.article) != forces.may_try(offence):
            return False
    states = [("S1",), ("S1", "S2"), ("S1", "S2", "S3"), (), ("S1", "S1"), ("S1", "H"), ("S1", "S2", "S1")]
    every = itertools.product(states, flags, flags, flags)
    return all(_shares(*claim) == forces.parts("H", *claim) for claim in every) and claim_shares("H", ["S"]).shares == forces.parts(
        "H", ("S",), False, True
    )


def _shares(sending: tuple[str, ...], responsible: bool, attributable: bool, on_duty: bool) -> dict[str, Fraction] | None:
    try:
        return claim_shares("H", sending, host_responsible=responsible, attributable=attributable, on_duty=on_duty).shares
    except BadInput:
        return None


PERSONS: tuple[Literal["force", "civilian", "dependent"], ...] = ("force", "civilian", "dependent")
CHECKS: dict[str, Check] = {
    "permissions/releasing": releasing_agrees,
    "permissions/bulk": bulk_agrees,
    "permissions/activities": activities_agree,
    "permissions/grounds": lambda: consents_agree() and lines_agree() and acts_agree() and ends_agree(),
    "permissions/release_lines": lambda: lines_agree() and acts_agree() and ends_agree(),
    "permissions/activity_lines": lambda: lines_agree() and acts_agree(),
    "permissions/forces": forces_agree,
}


def wording_agrees() -> bool:
    return bool(told.told() == json.loads(told.PAGE.read_text(encoding="utf-8")))


def duties_are_told_alike() -> bool:
    return bool(duties_told.told() == json.loads(duties_told.PAGE.read_text(encoding="utf-8")))


DUTY_BOOKS = 220
VIEWS = (View(), View("AAA", 20, 40), View("NEW", 60, 0, True), View("CCC", 0, 400, True))
Asked = tuple[Scene, list[list[Row]], list[list[Row]]]


@functools.cache
def _duty_books() -> tuple[Asked, ...]:
    """Small books with what the slow reading of duties has of each, in its windows of days, and what it tells at some desks."""
    books = [*(Scene(drawn(seed)) for seed in range(DUTY_BOOKS)), *scenes().values()]
    return tuple(_slowly(scene) for scene in books if scene.standing.record.has_agreement("pact", scene.standing.known))


def _slowly(scene: Scene) -> Asked:
    asked = question(scene.standing, "pact", scene.ahead, scene.start)
    rows = slow_duties(asked)
    return scene, [due_within(rows, *window) for window in scene.windows], [slow_desk(asked, rows, view) for view in VIEWS]


def duties_agree() -> bool:
    return all(
        all(fast_rows(scene.standing, "pact", *window) == rows for window, rows in zip(scene.windows, found, strict=True))
        and all(fast_desk(scene.standing, view) == told for view, told in zip(VIEWS, desks, strict=True))
        for scene, found, desks in _duty_books()
    )


@functools.cache
def _charters() -> tuple[tuple[Standing, list[list[Row]]], ...]:
    """Small books with a charter that wants treaties registered, with what the slow reading has of each."""
    drawn_books = filter(lambda s: s.record.has_agreement(registering.CHARTER, s.known), map(registering.drawn, range(DUTY_BOOKS)))
    return tuple((standing, [registering.slow_register(standing, party) for party in registering.PARTIES]) for standing in drawn_books)


def registering_agrees() -> bool:
    return all([registering.fast_register(standing, party) for party in registering.PARTIES] == wanted for standing, wanted in _charters())


DUTIES = tuple(
    f"duties/{module}" for module in ("coverage", "discharging", "leads", "limits", "occasions", "registering", "runs", "seen", "statuses")
)
WORDING = ("asking", "changing", "coverage", "missing", "plain", "questions", "telling_activities", "telling_releases")
DUTIES_TOLD = ("duties/telling", "duties/plain")
"""Modules that put answers into words: what kills their mutants is what was read and kept (told.py)."""


def refusals_agree() -> bool:
    """Does a table refuse more categories and more names than fit, and take as many as do?"""
    asked = ReleaseAsked("A", "B", "p", "1", "A", 1)
    fit = asked._replace(categories=frozenset(f"c{i}" for i in range(62)))
    named = [asked._replace(giver=f"g{i}", taker=f"t{i}", originator="g0") for i in range(16_384)]
    Bulk(Lines()).table([fit])
    Bulk(Lines()).table(named)
    for over in ([fit._replace(categories=fit.categories | {"more"})], [*named, named[0]._replace(taker="one more")]):
        try:
            Bulk(Lines()).table(over)
        except BadInput as problem:
            if not re.search(r"more than (62|32768) different", str(problem)):
                return False
        else:
            return False
    return True


LEDGER = tuple(f"ledger/{module}" for module in ("appending", "checking", "items", "naming", "payloads"))


def tables_agree() -> bool:
    """Do the ledger's tables hold what the slow reading says, and is what was touched in them named where it says?"""
    return appended_logs.agree() and touched_rows.agree()


EXCHANGE = tuple(f"exchange/{module}" for module in ("gate", "cursors", "letting_out", "pages_on_record", "adding", "holdings"))
SLOW = {*EXCHANGE, *PROCEDURES["interoperability"]}
PATIENCE = 150
"""So many seconds for an answer of a node that lives through small worlds, or about many made records."""
Trial = Literal["survives", "killed", "late"]
"""What became of a mutant; late: it came to no answer in time, which counts as killed, and is told by itself."""


def _against_its_check(mutant: Mutant) -> Trial:
    return _try(mutant, _check(mutant.module))


def _against_the_rest(mutant: Mutant) -> Trial:
    """Does what was read and kept, and what is refused, let it pass too?"""
    if mutant.module in EXCHANGE or mutant.module in CHECK_OF:
        return "survives"
    if mutant.module.startswith("ledger/"):
        return _try(mutant, growing_logs.refuses if mutant.module == "ledger/tree" else lambda: True)
    return _try(mutant, duties_are_told_alike if mutant.module.startswith("duties/") else lambda: wording_agrees() and refusals_agree())


def _try(mutant: Mutant, check: Check) -> Trial:
    try:
        with at_most(PATIENCE if mutant.module in SLOW else SECONDS), in_place(changed(mutant.module, mutated(mutant))):
            return "survives" if check() else "killed"
    except TimeIsUp:
        return "late"
    except Exception:  # a changed program may fall over in any way, and is then told from the unchanged one
        return "killed"


def _check(module: str) -> Check:
    """What tells whether the module as it is agrees with what was said without it."""
    if module.startswith("duties/"):
        return {"duties/registering": registering_agrees}.get(module, duties_agree if module in DUTIES else duties_are_told_alike)
    if module in EXCHANGE:
        return leaving.labels_and_doors_agree if module == "exchange/gate" else leaving.doors_agree
    if module == "ledger/tree":
        return growing_logs.agree
    if module in LEDGER:
        return tables_agree
    if module in CHECK_OF:
        return CHECK_OF[module]
    return CHECKS.get(module, wording_agrees)


def _begin() -> None:
    signal.signal(signal.SIGALRM, expire)


def figures(modules: Iterable[str] = tuple(CHECKS), processes: int = 2) -> dict[str, object]:
    """How many mutants there are, how many show in no answer, how many are killed; survivors are printed."""
    lists = sorted(Path(__file__).parent.glob("equivalent_*.toml"))
    pages = [tomllib.loads(path.read_text(encoding="utf-8")) for path in lists]
    equivalent, survivor = ({(e["module"], e["says"], e["within"]) for p in pages for e in p.get(k, ())} for k in ("equivalent", "survivor"))
    every = mutants(modules)
    stale = {e for e in equivalent | survivor if e[0] in modules} - {(m.module, m.says, m.within) for m in every}
    assert not stale, f"a list of equivalents has what is not in the source: {sorted(stale)[0]}"
    assert all(check() for check in dict.fromkeys(map(_check, modules))), "the unchanged path does not agree"
    tried = [m for m in every if (m.module, m.says, m.within) not in equivalent]
    with multiprocessing.get_context("fork").Pool(processes, _begin) as pool:
        trials = list(pool.imap(_against_its_check, tried, chunksize=2))
        alive = [m for m, trial in zip(tried, trials, strict=True) if trial == "survives"]
        left = [m for m, trial in zip(alive, pool.imap(_against_the_rest, alive), strict=True) if trial == "survives"]
    known = [m for m in left if (m.module, m.says, m.within) in survivor]
    for mutant in alive:
        told = ", as is known" if mutant in known else "" if mutant in left else " the slow reading alone"
        print(f"  survives{told}: {mutant}", flush=True)
    killed = len(tried) - len(alive)
    counted = {"mutants": len(every), "equivalent": len(every) - len(tried), "tried": len(tried), "killed": killed, "late": trials.count("late")}
    return {
        **counted,
        "share": round(killed / len(tried), 4),
        "killed_with_other_tests": len(tried) - len(left),
        "without_reason": len(left) - len(known),
    }


ROOMS: dict[str, tuple[str, ...]] = {
    "permissions": tuple(CHECKS),
    "wording of permissions": tuple(f"permissions/{module}" for module in WORDING),
    "duties": DUTIES,
    "wording of duties": DUTIES_TOLD,
    "tree of the ledger": ("ledger/tree",),
    "tables of the ledger": LEDGER,
    "exchange": EXCHANGE,
    **{room: tuple(checks) for room, checks in PROCEDURES.items()},
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"only these, of: {', '.join(ROOMS)}")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    print(json.dumps({room: figures(ROOMS[room], given.processes) for room in given.rooms or ROOMS}))
