"""Mutants: one operator, constant or name changed in one module of the law or of the worlds."""

from __future__ import annotations

import ast
import copy
import functools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MODULES = (
    "agreements/days", "agreements/when", "agreements/docket", "agreements/entry", "agreements/exits", "agreements/stretches",
    "agreements/ends", "agreements/claims", "agreements/joining", "agreements/rounds", "agreements/derive",
    "agreements/relations", "agreements/reservations", "agreements/sides",
    "agreements/provisional", "agreements/suspension", "agreements/territory", "agreements/course",
    "standing/current", "standing/worlds", "standing/viewing", "standing/merging", "terms/periods",
)  # fmt: skip
_SWAPS: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORDS = (
    "find", "Cause", "Reading", "readings_on", "period", "around", "changes", "findings_of", "forks_of", "register_claims", "note_reservations",
    "describe", "_moments", "_describe_step", "_since", "_after_the_end", "Finding", "iso", "_alone", "first_held", "mode_on", "_value",
    "Obstacle",
)  # fmt: skip
"""What only words an explanation, as do functions whose name begins with ``_told``; the oracle tells no reasons."""


@dataclass(frozen=True)
class Mutant:
    """One change: the module, the number of the changed place in it, its line, the place as written, and the whole line."""

    module: str
    number: int
    line: int
    says: str
    within: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.says}" + ("" if self.within == self.says else f"   in: {self.within}")


@functools.cache
def source(module: str) -> str:
    return (ROOT / "src/comity" / f"{module}.py").read_text(encoding="utf-8")


def places(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes that can be changed, leaving out what only words an explanation."""

    def walk(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and _is_wording(str(getattr(child.func, "attr", None) or getattr(child.func, "id", ""))):
                continue
            if isinstance(child, ast.FunctionDef) and _is_wording(child.name):
                continue
            if child in getattr(node, "decorator_list", ()) or (isinstance(child, ast.keyword) and child.arg == "strict"):
                continue
            if isinstance(child, (ast.AnnAssign, ast.arg, ast.Assert)):
                if isinstance(child, ast.AnnAssign) and child.value is not None:
                    yield child.value
                    yield from walk(child.value)
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            yield child
            yield from walk(child)

    yield from (node for node in walk(tree) if _changeable(node))


def _is_wording(name: str) -> bool:
    return name in _WORDS or name.startswith("_told")


def _changeable(node: ast.AST) -> bool:
    match node:
        case ast.Compare():
            return type(node.ops[0]) in _SWAPS
        case ast.BoolOp():
            return True
        case ast.BinOp():
            return type(node.op) in _SWAPS and not isinstance(node.left, (ast.JoinedStr, ast.Constant))
        case ast.UnaryOp():
            return isinstance(node.op, ast.Not)
        case ast.Call(func=ast.Name(id=name)):
            return name in _NAMES
        case ast.Constant(value=value):
            return type(value) in (int, bool) and value in (0, 1, 2, 12)
    return False


def change(node: ast.AST) -> None:
    """Change the place, in its tree."""
    match node:
        case ast.Compare():
            node.ops[0] = _SWAPS[type(node.ops[0])]()
        case ast.BoolOp() | ast.BinOp():
            node.op = _SWAPS[type(node.op)]()
        case ast.UnaryOp():
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.Call(func=ast.Name() as name):
            name.id = _NAMES[name.id]
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=int(value)):
            node.value = value + 1


def mutants(modules: Iterable[str] = MODULES) -> list[Mutant]:
    """Every mutant there is of these modules."""
    found: list[Mutant] = []
    for module in modules:
        lines = source(module).splitlines()
        for number, node in enumerate(places(ast.parse(source(module)))):
            line: int = getattr(node, "lineno", 0)
            found.append(Mutant(module, number, line, ast.unparse(node)[:110], lines[line - 1].strip()))
    return found


def mutated(mutant: Mutant) -> ast.Module:
    """The module's tree with that place changed."""
    tree = ast.parse(source(mutant.module))
    change(next(node for i, node in enumerate(places(tree)) if i == mutant.number))
    return ast.fix_missing_locations(tree)


def changed_within(site: ast.AST, place: ast.AST) -> Any:
    """A copy of the expression with the place inside it changed."""
    twin: dict[int, Any] = {}
    copied = copy.deepcopy(site, twin)
    change(twin[id(place)])
    return copied


def equivalents() -> dict[tuple[str, str, str], str]:
    """Changes that no answer can show, by module, place and line as written, with the reason."""
    listed = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8"))
    return {(e["module"], e["says"], e["within"]): e["why"] for e in listed["equivalent"]}
