"""Rooms meet at their front doors: who imports what, checked on the source itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from comity.questions.rules import ROOMS as RULES

SRC = Path(__file__).parents[2] / "src" / "comity"
MODULES = sorted(SRC.rglob("*.py"))
ROOMS = sorted(p.name for p in SRC.iterdir() if (p / "__init__.py").is_file())
OPEN = {
    "comity.agreements.allowances",
    "comity.agreements.clauses",
    "comity.agreements.conditions",
    "comity.agreements.obligations",
    "comity.agreements.requirements",
    "comity.agreements.decision_rules",
    "comity.agreements.settlements",
    "comity.exchange.between",
    "comity.exchange.calling",
    "comity.exchange.taxii",
    "comity.selftest.taxii_suite",
    "comity.standing.plain",
    "comity.web.exchange",
    "comity.web.people",
    "comity.web.watching",
}
DOORS = {f"comity.{room}" for room in ROOMS} | {"comity", "comity.about"} | OPEN
"""What another room may import: a room's front door, the typed clauses and conditions, plain answers, who calls a node, what nodes
say to one another, TAXII and its suite, the door of a node, the people who use the pages, and what they follow."""
TODAYS_EXCEPTIONS: set[tuple[str, str]] = {
    ("cli/book.py", "comity.web.serving"),
}
"""Imports past a front door that stand today; the list may only get shorter."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


@cache
def offered(module: str) -> frozenset[str]:
    """The names in ``__all__`` of a front door."""
    door = SRC.parent / module.replace(".", "/") / "__init__.py"
    body = tree(door).body if door.is_file() else []
    lists = [n.value for n in body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name) and n.targets[0].id == "__all__"]
    return frozenset(ast.literal_eval(lists[0])) if lists else frozenset()


def imports(path: Path) -> Iterator[str]:
    """Every module that this one imports; for ``from a import b`` it is a.b where that is a module, else a."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: imports are absolute"
            assert node.module is not None
            for alias in node.names:
                if node.module in DOORS and alias.name in offered(node.module):
                    yield node.module
                    continue
                inner = SRC.parent / node.module.replace(".", "/") / f"{alias.name}.py"
                package = SRC.parent / node.module.replace(".", "/") / alias.name / "__init__.py"
                yield f"{node.module}.{alias.name}" if inner.is_file() or package.is_file() else node.module


def past_the_door() -> set[tuple[str, str]]:
    found = set()
    for path in MODULES:
        own = f"comity.{name(path).partition('/')[0]}" if "/" in name(path) else "comity"
        for imported in imports(path):
            inside = imported == own or imported.startswith(f"{own}.")
            if imported.partition(".")[0] == "comity" and imported not in DOORS and (own == "comity" or not inside):
                found.add((name(path), imported))
    return found


def test_rooms_import_other_rooms_by_their_front_door_only() -> None:
    new = sorted(past_the_door() - TODAYS_EXCEPTIONS)
    assert not new, "import the room, not its insides:\n" + "\n".join(f"{who} imports {what}" for who, what in new)


def test_the_list_of_exceptions_gets_shorter() -> None:
    assert past_the_door() >= TODAYS_EXCEPTIONS, "an exception is gone: take it off the list"


@pytest.mark.parametrize("room", ROOMS)
def test_a_front_door_has_a_plate_and_names_what_it_offers(room: str) -> None:
    """What the room owns, what it does not, and its names in ``__all__`` (the doors to the world offer no names)."""
    door = tree(SRC / room / "__init__.py")
    plate = ast.get_docstring(door) or ""
    assert plate, f"{room} has no plate"
    if room in ("cli", "web"):
        return
    assert "owns" in plate
    assert "does not own" in plate
    brought = {alias.asname or alias.name for node in door.body if isinstance(node, ast.ImportFrom) for alias in node.names} - {"annotations"}
    assert brought == offered(f"comity.{room}"), "what is imported at the door is offered, and nothing else"


BLOCKED = """
import importlib, sys
blocked = set(sys.argv[1].split())
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ImportError(f"{name} is not in requirements/core.txt")
sys.meta_path.insert(0, Blocked())
for door in ("comity", "comity.cli", "comity.web.serving", "comity.web.demo"):
    importlib.import_module(door)
"""


def test_every_door_opens_on_a_machine_that_has_the_core_and_nothing_else() -> None:
    """As after make run: what requirements/core.txt installs is enough, whatever a developer's machine has besides."""
    core = (SRC.parents[1] / "requirements" / "core.txt").read_text(encoding="utf-8")
    pinned = {canonical(m) for m in re.findall(r"^([A-Za-z0-9_.-]+)==", core, re.MULTILINE)}
    tops = metadata.packages_distributions().items()
    besides = {top for top, packages in tops if not {canonical(p) for p in packages} & (pinned | {"comity"})}
    done = subprocess.run([sys.executable, "-c", BLOCKED, " ".join(besides)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-600:]


def canonical(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


IMPORTED_AS = {
    "django_allauth": "allauth",
    "django_ninja": "ninja",
    "ibis_framework": "ibis",
    "python_docx": "docx",
    "scikit_learn": "sklearn",
    "vl_convert_python": "vl_convert",
}


def test_what_ships_imports_only_what_it_asks_for_by_name() -> None:
    """A package that came along with another is not ours to import: it may go with the next version."""
    project = tomllib.loads((SRC.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for extra, listed in project["optional-dependencies"].items() if extra != "dev" for d in listed]
    named = {re.split(r"[<>=~\[ ]", d)[0].lower().replace("-", "_") for d in (*project["dependencies"], *extras)}
    asked = {IMPORTED_AS.get(name, name) for name in named}
    allowed = {"comity", *sys.stdlib_module_names, *asked}
    foreign = {(name(p), i) for p in MODULES for i in imports(p) if i.partition(".")[0].lower() not in allowed}
    assert foreign == set()


def test_nobody_imports_by_string() -> None:
    """Nothing is discovered at run time: rules, commands and pages are listed."""
    calls = ("import_module", "__import__", "entry_points", "iter_modules", "walk_packages")
    found = {
        (name(path), node.id if isinstance(node, ast.Name) else node.attr)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name | ast.Attribute) and (node.id if isinstance(node, ast.Name) else node.attr) in calls
    }
    assert found == set()


def test_only_doors_read_the_clock() -> None:
    """Time is passed in: below the doors nothing asks what day it is; the harnesses of the self-test are programs of their own."""
    found = set()
    for path in MODULES:
        if name(path).partition("/")[0] in ("cli", "web", "selftest") or name(path) == "about.py":
            continue
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("today", "now", "utcnow", "time", "monotonic")
            ):
                found.add((name(path), node.func.attr))
    assert found == set()


def test_the_rules_that_answer_are_hashed_with_all_that_they_rest_on() -> None:
    """The archive that verifies answers has these rooms alone."""
    needed = {one.split(".")[1] for room in RULES for path in (SRC / room).rglob("*.py") for one in imports(path) if one.startswith("comity.")}
    assert needed <= {*RULES, "about"}, "add the room to ROOMS in questions/rules.py and verifier/build.py"
