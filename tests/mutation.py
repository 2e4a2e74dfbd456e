"""How many mutants of the fast path does the oracle alone kill?  ``python -m tests.mutation [--sample N]``

A corpus of random books with the oracle's answers is made once. Each mutant (one operator changed in one module of the law
or of the worlds) is imported in a process of its own and asked the same questions; the first answer that differs, or an
exception, kills it. What only words an explanation (findings, causes, readings) is not mutated: the oracle tells no reasons.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import json
import multiprocessing
import os
import pickle
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]
MODULES = (
    "agreements/days", "agreements/conditions", "agreements/docket", "agreements/entry", "agreements/exits", "agreements/stretches",
    "agreements/ends", "agreements/claims", "agreements/derive", "agreements/relations", "agreements/course", "standing/worlds",
    "standing/viewing", "standing/merging", "terms/periods",
)  # fmt: skip
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORDS = (
    "find", "Cause", "Reading", "readings_on", "period", "around", "changes", "findings_of", "forks_of", "register_claims", "note_reservations",
    "describe", "_moments", "_describe_step", "for_territory", "days_view", "_since", "consented_on",
)  # fmt: skip
SECONDS = 40


def places(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes that can be changed, leaving out what only words an explanation."""

    def walk(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and (getattr(child.func, "attr", None) in _WORDS or getattr(child.func, "id", None) in _WORDS):
                continue
            if isinstance(child, ast.FunctionDef) and child.name in _WORDS:
                continue
            if isinstance(child, (ast.AnnAssign, ast.arg, ast.Assert)):
                if isinstance(child, ast.AnnAssign) and child.value is not None:
                    yield from walk(child.value)
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            yield child
            yield from walk(child)

    yield from (node for node in walk(tree) if _changeable(node))


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


def mutants() -> list[tuple[str, int, str]]:
    """(module, number of the place, description) of every mutant."""
    found = []
    for module in MODULES:
        for number, node in enumerate(places(ast.parse((ROOT / "src/comity" / f"{module}.py").read_text()))):
            found.append((module, number, f"{module}.py:{getattr(node, 'lineno', 0)} {ast.unparse(node)[:70]}"))
    return found


def mutated(module: str, number: int) -> str:
    """The module's source with the place of that number changed."""
    tree = ast.parse((ROOT / "src/comity" / f"{module}.py").read_text())
    node = next(n for i, n in enumerate(places(tree)) if i == number)
    if isinstance(node, ast.Compare):
        node.ops[0] = _SWAPS[type(node.ops[0])]()  # type: ignore[call-overload]
    elif isinstance(node, (ast.BoolOp, ast.BinOp)):
        node.op = _SWAPS[type(node.op)]()  # type: ignore[assignment]
    elif isinstance(node, ast.UnaryOp):
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        node.func.id = _NAMES[node.func.id]
    elif isinstance(node, ast.Constant):
        node.value = (not node.value) if isinstance(node.value, bool) else node.value + 1  # type: ignore[operator]
    return ast.unparse(ast.fix_missing_locations(tree))


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves the mutated source of one module."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, f"<mutant of {self.name}>", "exec"), module.__dict__)


def survives(corpus: Path, module: str, number: int) -> bool:
    """In a process of its own: does the mutant answer everything as the oracle does?"""
    name = "comity." + module.replace("/", ".")
    sys.meta_path.insert(0, _Finder(name, mutated(module, number)))
    signal.alarm(SECONDS)
    try:
        for line in pickle.loads(corpus.read_bytes()):
            book, asked = pickle.loads(line)
            if not agrees(book, asked):
                return False
    except BaseException:
        return False
    finally:
        signal.alarm(0)
    return True


def agrees(book: Any, asked: list[Any]) -> bool:
    """Does the fast path give the answers that the oracle gave?"""
    from datetime import date

    from comity.standing import Record, Standing

    agreements, entries, register = book
    standing: Standing | None = None
    key: tuple[date, str | None] | None = None
    for on, known, viewer, question, want in asked:
        if key != (known, viewer):
            standing, key = Standing(Record(tuple(agreements), tuple(entries), register), on=on, known=known, viewer=viewer), (known, viewer)
        assert standing is not None
        standing.on = on
        name, *rest = question
        got: object = getattr(standing, name)(*rest)
        if got != want:
            return False
    return True


def make_corpus(path: Path, books: int, seed: int) -> None:
    """Random books with the oracle's answers, each pickled apart."""
    from datetime import date, timedelta
    from itertools import combinations

    from oracles import standing as oracle
    from tests.properties.books import ACTORS, VIEWERS, random_book

    found: list[bytes] = []
    for number in range(books):
        rng = random.Random(f"{seed}-{number}")
        agreements, entries, register = book = random_book(seed * 1_000_000 + number)
        record, known, viewer = oracle.Record(agreements, entries, register), date(2007, 1, 1), rng.choice(VIEWERS)
        asked: list[Any] = []
        for day in rng.sample(range(2400), 5):
            on = date(2000, 1, 1) + timedelta(days=day)
            for agreement in sorted({a.id for a in agreements}):
                asked.append((on, known, viewer, ("verdict_in_force", agreement), oracle.in_force(record, agreement, on, known, viewer)))
                for party in ACTORS:
                    asked.append((on, known, viewer, ("verdict_bound", party, agreement), oracle.bound(record, party, agreement, on, known, viewer)))
                for a, b in combinations(ACTORS[:6], 2):
                    want = oracle.between(record, a, b, agreement, on, known, viewer)
                    asked.append((on, known, viewer, ("verdict_between", a, b, agreement), want))
        found.append(pickle.dumps((book, asked)))
    kept = [line for line in found if agrees(*pickle.loads(line))]
    print(f"corpus: {len(kept)} books on which the unchanged fast path agrees, of {len(found)}", flush=True)
    path.write_bytes(pickle.dumps(kept))


def _run(job: tuple[str, str, int, str]) -> tuple[str, bool]:
    corpus, module, number, said = job
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "--one", corpus, module, str(number)], capture_output=True, cwd=ROOT, check=False,
        env={**os.environ, "PYTHONHASHSEED": "0"}, timeout=None,
    )  # fmt: skip
    return said, done.returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="only so many mutants, drawn by the seed (0: all)")
    parser.add_argument("--books", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--one", nargs=3, metavar=("CORPUS", "MODULE", "NUMBER"))
    given = parser.parse_args()
    if given.one:
        sys.exit(0 if survives(Path(given.one[0]), given.one[1], int(given.one[2])) else 1)
    every = mutants()
    drawn = random.Random(given.seed).sample(every, given.sample) if 0 < given.sample < len(every) else every
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        make_corpus(corpus, given.books, given.seed)
        jobs = [(str(corpus), *mutant) for mutant in drawn]
        survivors: list[str] = []
        with multiprocessing.Pool(given.processes) as pool:
            for count, (said, survived) in enumerate(pool.imap_unordered(_run, jobs), 1):
                if survived:
                    survivors.append(said)
                    print(f"  survives: {said}", flush=True)
                if count % 50 == 0:
                    print(f"  {count} of {len(jobs)} tried, {len(survivors)} survive", flush=True)
    killed = len(jobs) - len(survivors)
    print(json.dumps({"mutants": len(every), "tried": len(jobs), "killed": killed, "share": round(killed / len(jobs), 4), "books": given.books}))


if __name__ == "__main__":
    main()
