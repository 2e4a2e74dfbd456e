"""There is one way out: no part of the program reads an object's bytes, or makes a view of what is held, but behind the gate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "comity"
ROOM = SOURCE / "exchange"
OBJECTS = ("_OBJECT", "schema.object_.c", "object_.c", "of")
FILES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def calls(name: str) -> set[str]:
    """The files of the room in which something of this name is called, by itself or of something; outside it is out of reach (below)."""
    return {
        named(path)
        for path, tree in FILES.items()
        if ROOM in path.parents
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name in (getattr(node.func, "id", None), getattr(node.func, "attr", None))
    }


def columns(name: str) -> Iterator[str]:
    """Files of the room that read a column of this name of the table of objects, or name it in a text of SQL."""
    for path, tree in FILES.items():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == name
                and ast.unparse(node.value) in ("_OBJECT", "schema.object_.c", "object_.c", "of")
            ):
                yield named(path)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "FROM object" in node.value:
                yield named(path)


def test_bytes_of_objects_are_read_in_one_file() -> None:
    assert set(columns("body")) == {"exchange/holdings.py"}


def test_only_letting_out_asks_for_them() -> None:
    assert {named(path) for path, tree in FILES.items() for node in ast.walk(tree) if getattr(node, "attr", None) == "rows_with_bodies"} == {
        "exchange/letting_out.py"
    }
    assert calls("definitions") == {"exchange/delivering.py"}, "labels alone are read out of these"


def test_only_the_gate_makes_views() -> None:
    assert calls("View") == {"exchange/letting_out.py"}
    assert calls("Told") == {"exchange/letting_out.py"}
    assert calls("Page") == {"exchange/letting_out.py"}


def test_only_the_gate_rules() -> None:
    assert calls("Ruling") == {"exchange/gate.py"}
    assert calls("rule") == {"exchange/gate.py"}
    assert calls("rulings") == {"exchange/dry_running.py", "exchange/letting_out.py"}, "a dry run lets nothing out"


def test_the_tables_are_the_rooms_own() -> None:
    inner = {"holdings", "schema", "letting_out", "stamps", "adding", "delivering", "cursors"}
    for path, tree in FILES.items():
        if ROOM in path.parents:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith("comity.exchange."):
                assert node.module.split(".")[2] not in inner, f"{named(path)} reaches around the gate: {node.module}"


def test_these_tests_can_fail() -> None:
    """Each name that is looked for is there to be found."""
    assert all(calls(name) for name in ("View", "Told", "Page", "Ruling", "rule", "rulings", "definitions"))
    assert list(columns("body"))
