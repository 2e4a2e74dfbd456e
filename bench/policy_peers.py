"""Policy engines to measure beside, each with the world in its own encoding; they run in an environment of their own (``make peers``)."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench import cedar
from bench.policies import World
from comity.permissions.lines import Lines, ReleaseAsked

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".peers" / "policy" / "bin" / "python"


class Told(NamedTuple):
    """What an engine said to each request, and the seconds of the processor to load, and for each pass over the requests."""

    load: float
    passes: tuple[float, ...]
    allowed: tuple[bool, ...]


class Peer(NamedTuple):
    """An engine with an encoding. ``why_not``: what it says of a refusal. ``sample``: how many requests it is asked at most."""

    name: str
    program: str
    encode: Callable[[World], cedar.Json]
    why_not: str
    sample: int


def installed() -> bool:
    return PYTHON.exists()


def put(program: str, given: cedar.Json) -> Told:
    """The program's answers; its words, if it fails, are the error's."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "given.json"
        file.write_text(json.dumps(given), encoding="utf-8")
        command = [str(PYTHON), "-m", f"bench.peer_programs.{program}", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr.strip()[-500:]}")
    told = json.loads(done.stdout)
    return Told(told["load"], tuple(told["passes"]), tuple(told["allowed"]))


def ask_cedar(lines: Lines, asked: Sequence[ReleaseAsked]) -> tuple[bool, ...]:
    """Which questions Cedar allows, one policy a line."""
    return put("cedar", _by_policy(World(lines, tuple(asked))) | {"passes": 1}).allowed


def _by_policy(world: World) -> cedar.Json:
    return {"policies": cedar.policies(world.lines), "entities": "[]", "requests": [cedar.request(q) for q in world.asked]}


def _by_tag(world: World) -> cedar.Json:
    return {"policies": cedar.TAGGED, "entities": json.dumps(cedar.tagged(world.lines)), "requests": [cedar.request(q) for q in world.asked]}


def _requests(world: World) -> list[cedar.Json]:
    return [
        {"taker": q.taker, "mark": cedar.mark(q), "day": q.day, "categories": sorted(q.categories), "purpose": q.purpose,
         "releasable": sorted(q.releasable), "national": q.national}
        for q in world.asked
    ]  # fmt: skip


def _casbin(world: World) -> cedar.Json:
    """Its lines hold words only: days as six digits compare as words do."""
    lines = [
        (line.taker, cedar.mark(line), str(line.start), str(line.end), "+".join(sorted(line.categories)) or "none",
         "+".join(sorted(line.purposes)) or "any")
        for line in world.lines.release
    ]  # fmt: skip
    return {"lines": lines, "requests": [q | {"day": str(q["day"])} for q in _requests(world)]}


def _rego(world: World) -> cedar.Json:
    lines = {entity["uid"]["id"]: entity["tags"] for entity in cedar.tagged(world.lines)}
    return {"lines": lines, "requests": [{name: said for name, said in q.items() if said is not None} for q in _requests(world)]}


PEERS = (
    Peer("cedarpy, a batch, one policy a line", "cedar", _by_policy, "which policy forbids; nothing where none permits", 200),
    Peer("cedarpy, a batch, one policy, lines as tags", "cedar", _by_tag, "which policy forbids; nothing where none permits", 2_000),
    Peer("pycasbin, FastEnforcer by taker and mark", "casbin", _casbin, "no", 2_000),
    Peer("regopy, object by taker and mark", "rego", _rego, "no", 2_000),
)
