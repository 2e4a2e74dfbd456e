"""Size follows meaning: every module says what it is for, and none has grown past reading."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "oracles").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
MOST_LINES = {"src": 400, "oracles": 400, "tests": 500}
IDS = [p.relative_to(ROOT).as_posix() for p in MODULES]


@pytest.mark.parametrize("module", IDS)
def test_a_module_says_what_it_is_for(module: str) -> None:
    said = ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8"))) or ""
    assert said, f"{module} has no docstring"
    assert len(said.split()) > 3, f"{module}: say what it is for"


@pytest.mark.parametrize("module", IDS)
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES[module.partition("/")[0]], f"{module} has {lines} lines: cut it where its meaning changes"


def test_public_functions_of_the_rooms_say_what_they_answer() -> None:
    """What a front door offers has a docstring of its own, unless its name and types say everything (enumerations, aliases)."""
    import importlib
    import inspect

    for room in (
        "terms",
        "acts",
        "parties",
        "agreements",
        "standing",
        "questions",
        "book",
        "answers",
        "exchange",
        "sources",
        "events",
        "networks",
        "panels",
        "mediators",
        "estimation",
        "effects",
        "trust",
        "indicators",
        "allocations",
        "stability",
        "reports",
        "early_warning",
    ):
        door = importlib.import_module(f"comity.{room}")
        for name in door.__all__:
            thing = getattr(door, name)
            if inspect.isfunction(thing) and inspect.getmodule(thing) is not None:
                assert thing.__doc__, f"comity.{room}.{name} says nothing"
