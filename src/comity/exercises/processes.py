"""The processes that an exercise can go through: stages in order, each with the steps that its gate asks for; data with its source.

A process is a file in the folder ``processes``: adding one is adding a file.

Source: how-exercises-are-planned.md, section 2; each file cites its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from comity.terms import BadInput, Moment, parse_moment

START = "start"
"""A step that must come before the first day of the conduct says so by this word."""


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One thing that the gate of a stage asks for: an act of kind ``act``, ``number`` of them; of which product or conference, if of one.

    ``by``: the officer (scheduling, conducting, directing), the approver or owner that the design gives the product, the host, or anyone.
    ``before``: by when: the conference of that kind, or the start. ``read``: how it was read.
    """

    id: str
    what: str
    act: str
    product: str | None = None
    conference: str | None = None
    by: str = "anyone"
    before: str | None = None
    number: int = 1
    read: str = "memory"
    source: str = ""


@dataclass(frozen=True, slots=True)
class ProcessStage:
    """One stage, by number, with what its gate asks for."""

    number: int
    id: str
    title: str
    steps: tuple[ProcessStep, ...]
    read: str = "memory"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Terms of ``years``, of which one began at ``begins``; exercises are held in the year ``year`` of each (the first is 1)."""

    years: int
    begins: Moment
    year: int
    read: str
    source: str


@dataclass(frozen=True, slots=True)
class Process:
    """A process: its stages in order, its conferences in order, and the cycle that it is bound to, if to one."""

    id: str
    title: str
    source: str
    stages: tuple[ProcessStage, ...]
    conferences: tuple[str, ...]
    cycle: Cycle | None = None

    @property
    def steps(self) -> tuple[ProcessStep, ...]:
        return tuple(step for stage in self.stages for step in stage.steps)

    def step_of(self, *, product: str | None = None, conference: str | None = None) -> ProcessStep | None:
        """The step for that product, or that conference; None: it has none."""
        return next((one for one in self.steps if (product, conference) == (one.product, one.conference)), None)


@cache
def processes() -> Mapping[str, Process]:
    """Every process, by name."""
    found = {}
    for entry in sorted(files("comity.exercises").joinpath("processes").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            process = _process(tomllib.loads(entry.read_text(encoding="utf-8")))
            found[process.id] = process
    return MappingProxyType(found)


def process_of(name: str) -> Process:
    """The process of that name; BadInput names those that there are."""
    found = processes().get(name)
    if found is None:
        raise BadInput(f"no process {name!r}; choose one of {', '.join(processes())}")
    return found


def _process(data: Mapping[str, Any]) -> Process:
    cycle = data.get("cycle")
    return Process(
        id=data["id"],
        title=data["title"],
        source=data["source"],
        stages=tuple(_stage(number, one) for number, one in enumerate(data["stage"])),
        conferences=tuple(data["conferences"]),
        cycle=None if cycle is None else Cycle(**{**cycle, "begins": parse_moment(cycle["begins"])}),
    )


def _stage(number: int, data: Mapping[str, Any]) -> ProcessStage:
    steps = tuple(ProcessStep(**one) for one in data.get("step", ()))
    return ProcessStage(number, data["id"], data["title"], steps, data.get("read", "memory"), data.get("source", ""))
