"""Known instances as problems of ours: PSPLIB's projects (RCPSP), projects of people with several skills (MSPSP), and a generated programme.

A job is an exercise that must be held; a resource is a pool; a person is a unit whose skills are roles. What is sought is the earliest end.
Source: Kolisch and Sprecher (1997), PSPLIB, European Journal of Operational Research 96; Young, Feydy and Schutt (2017), MSPSP-InstLib.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

from comity.programmes import Cover, Exercise, Order, Pool, Problem, Slots, Target, Unit, Way

YARD = "yard"
"""The one place where all jobs of a project are done."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A problem with the best bound and the best plan that are known of it."""

    name: str
    problem: Problem
    lower: int
    upper: int


def known(folder: Path, family: str) -> list[Instance]:
    """The instances of a family (rcpsp, mspsp) in the folder, as its bounds.csv lists them."""
    read = {"rcpsp": rcpsp, "mspsp": mspsp}[family]
    with (folder / "bounds.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["family"] == family]
    return [
        Instance(row["file"], read((folder / row["file"]).read_text(encoding="utf-8")), int(row["lower_bound"]), int(row["upper_bound"]))
        for row in rows
    ]


def rcpsp(text: str) -> Problem:
    """A project in PSPLIB's single-mode format (.sm)."""
    lines = text.splitlines()
    horizon = int(_one(r"horizon\s*:\s*(\d+)", text))
    first, second, last = (next(n for n, line in enumerate(lines) if line.startswith(w)) for w in ("PRECEDENCE", "REQUESTS", "RESOURCEAVAIL"))
    after = {row[0]: row[3:] for row in map(_numbers, lines[first + 2 : second]) if len(row) > 2}
    jobs = {row[0]: row[2:] for row in map(_numbers, lines[second + 3 : last]) if len(row) > 3}
    pools = tuple(Pool(id=f"R{n}", most=most) for n, most in enumerate(_numbers(lines[last + 2])))
    exercises = tuple(
        Exercise(
            id=str(job), length=length, required=True, most=0, ways=(_way(horizon - length, {f"R{n}": amount for n, amount in enumerate(uses)}),)
        )
        for job, (length, *uses) in jobs.items()
    )
    orders = tuple(Order(first=str(job), then=str(then)) for job, others in after.items() for then in others)
    return Problem(slots=horizon, units=(), exercises=exercises, pools=pools, orders=orders, finish=1)


def mspsp(text: str) -> Problem:
    """A project of people with several skills, in the library's MiniZinc format (.dzn)."""
    lengths, skills, people = _row(text, "dur"), int(_one(r"nSkills\s*=\s*(\d+)", text)), int(_one(r"nResources\s*=\s*(\d+)", text))
    needed = [_row(text, "sreq")[n : n + skills] for n in range(0, skills * len(lengths), skills)]
    can = re.findall("true|false", _one(r"mastery\s*=\s*\[(.*?)\];", text))
    units = tuple(_person(n, [skill for skill in range(skills) if can[n * skills + skill] == "true"]) for n in range(people))
    horizon = sum(lengths)
    exercises = tuple(_skilled(str(n + 1), length, needs, units, horizon) for n, (length, needs) in enumerate(zip(lengths, needed, strict=True)))
    orders = tuple(Order(first=str(a), then=str(b)) for a, b in zip(_row(text, "pred"), _row(text, "succ"), strict=True))
    return Problem(slots=horizon, units=units, exercises=exercises, orders=orders, finish=1)


def _person(number: int, skills: list[int]) -> Unit:
    return Unit(id=f"p{number}", nation=f"p{number}", skills=frozenset(f"s{skill}" for skill in skills))


def _skilled(name: str, length: int, needs: list[int], units: tuple[Unit, ...], horizon: int) -> Exercise:
    number = sum(needs)
    return Exercise(
        id=name, length=length, required=True, least=number, most=number, roles=tuple((f"s{n}", need) for n, need in enumerate(needs) if need),
        open_to=tuple((unit.id, 0) for unit in units) if number else (), ways=(_way(horizon - length, {}),),
    )  # fmt: skip


def _way(last: int, uses: dict[str, int]) -> Way:
    return Way(id=YARD, host=YARD, starts=tuple(range(last + 1)), uses=tuple((pool, amount) for pool, amount in uses.items() if amount))


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    if found is None:
        raise ValueError(f"no {pattern!r} in the instance")
    return found[1]


def _row(text: str, name: str) -> list[int]:
    return _numbers(_one(rf"\b{name}\s*=\s*\[(.*?)\];", text))


def _numbers(text: str) -> list[int]:
    return [int(word) for word in re.findall(r"-?\d+", text)]


CAPABILITIES, WINDOW, WEIGHT = 6, 8, 200


def generated(nations: int, exercises: int, years: int, seed: int = 3) -> Problem:
    """A programme by quarters: candidates with a few quarters and hosts each, four of five pairs with a legal basis, and about a third of all pairs
    to train a capability together in every two years.

    What is drawn is drawn in the order in which the first rough model of such programmes drew it: the figures that are known of that are of the same problems.
    """
    rng, slots = random.Random(seed), 4 * years
    names = [f"n{n}" for n in range(nations)]
    cover = [Cover(nation=a, host=b, during=Slots(0, slots)) for a in names for b in names if a != b and rng.random() < 0.8]
    some = tuple(_candidate(rng, n, names, slots) for n in range(exercises))
    pairs = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]
    wanted = [(pair, f"c{c}") for pair in pairs for c in rng.sample(range(CAPABILITIES), 1) if rng.random() < 0.35]
    targets = [
        Target(nations=pair, capability=capability, during=Slots(start, start + WINDOW), weight=WEIGHT)
        for pair, capability in wanted
        for start in range(0, slots - WINDOW + 1, 4)
    ]
    units = tuple(
        Unit(id=name, nation=name, at_once=2, away=tuple(Slots(s, s + 1) for s in sorted(rng.sample(range(slots), slots // 5)))) for name in names
    )
    return Problem(slots=slots, units=units, exercises=some, cover=tuple(cover), targets=tuple(targets))


def _candidate(rng: random.Random, number: int, names: list[str], slots: int) -> Exercise:
    capabilities = _some(rng, range(CAPABILITIES), rng.randint(1, 3))
    starts = tuple(sorted(_some(rng, range(slots), 5)))
    hosts = _some(rng, range(len(names)), 3)
    most, cost, each = rng.randint(4, min(12, len(names))), rng.randint(20, 80), rng.randint(1, 6)
    return Exercise(
        id=f"e{number}", length=1, capabilities=frozenset(f"c{c}" for c in capabilities),
        ways=tuple(Way(id=names[host], host=names[host], starts=starts, cost=cost) for host in hosts),
        open_to=tuple((name, each) for name in names), most=most,
    )  # fmt: skip


def _some(rng: random.Random, of: range, number: int) -> list[int]:
    return rng.sample(of, number)
