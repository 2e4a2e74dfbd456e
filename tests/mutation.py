"""How many mutants of the fast path does the oracle alone kill?  ``python -m tests.mutation [--sample N] [--books N]``

Each mutant (one operator, constant or name changed in one module of the law or of the worlds) is asked about random books,
on the days on which something changes there and the days before. Where its answer differs from the unchanged path's, the
oracle is asked the same question: it kills the mutant if it gives another answer than the mutant does. Books that never
run the changed line are passed over. What only words an explanation (findings, causes, readings) is not mutated: the
oracle tells no reasons.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import json
import multiprocessing
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from comity.standing import Record, Standing
from oracles import standing as oracle
from tests.properties.books import Book
from tests.properties.drafting import ACTORS, VIEWERS
from tests.properties.snapping import snapped_book, turning_days

ROOT = Path(__file__).parents[1]
MODULES = (
    "agreements/days", "agreements/when", "agreements/docket", "agreements/entry", "agreements/exits", "agreements/stretches",
    "agreements/ends", "agreements/claims", "agreements/derive", "agreements/relations", "agreements/reservations", "agreements/sides",
    "agreements/provisional", "agreements/suspension", "agreements/course", "standing/worlds", "standing/viewing",
    "standing/merging", "terms/periods",
)  # fmt: skip
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORDS = (
    "find", "Cause", "Reading", "readings_on", "period", "around", "changes", "findings_of", "forks_of", "register_claims", "note_reservations",
    "describe", "_moments", "_describe_step", "for_territory", "_since", "_after_the_end", "Finding",
)  # fmt: skip
SECONDS = 20
DAYS = 14
_LATEST = date(2007, 1, 1)


# -- mutants ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """One change: the module, the number of the changed place in it, its line, and the place as written."""

    module: str
    number: int
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.says}"


def _places(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes that can be changed, leaving out what only words an explanation."""

    def walk(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and (getattr(child.func, "attr", None) in _WORDS or getattr(child.func, "id", None) in _WORDS):
                continue
            if isinstance(child, ast.FunctionDef) and child.name in _WORDS:
                continue
            if child in getattr(node, "decorator_list", ()):
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


@functools.cache
def _source(module: str) -> str:
    return (ROOT / "src/comity" / f"{module}.py").read_text(encoding="utf-8")


def mutants() -> list[Mutant]:
    """Every mutant there is."""
    return [
        Mutant(module, number, getattr(node, "lineno", 0), ast.unparse(node)[:90])
        for module in MODULES
        for number, node in enumerate(_places(ast.parse(_source(module))))
    ]


def mutated(mutant: Mutant) -> ast.Module:
    """The module's tree with that place changed."""
    tree = ast.parse(_source(mutant.module))
    node = next(n for i, n in enumerate(_places(tree)) if i == mutant.number)
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
    return ast.fix_missing_locations(tree)


# -- putting a mutant in place ----------------------------------------------------------------------------------------


def _module(name: str) -> ModuleType:
    return sys.modules["comity." + name.replace("/", ".")]


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """Every function and method defined in the module, by its qualified name."""
    found: dict[str, FunctionType] = {}

    def look(thing: object) -> None:
        thing = getattr(thing, "fget", thing)
        thing = getattr(thing, "__func__", thing)
        thing = getattr(thing, "__wrapped__", thing)
        if isinstance(thing, FunctionType) and thing.__module__ == module.__name__:
            found[thing.__code__.co_qualname] = thing
        elif isinstance(thing, type) and thing.__module__ == module.__name__ and thing.__qualname__ not in seen:
            seen.add(thing.__qualname__)
            for inner in list(vars(thing).values()):
                look(inner)

    seen: set[str] = set()
    for value in list(vars(module).values()):
        look(value)
    return found


def _codes(code: CodeType) -> dict[str, CodeType]:
    """The code of every function of a module, by its qualified name."""
    found: dict[str, CodeType] = {}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found[inner.co_qualname] = inner
            if not inner.co_flags & 0x02:  # the body of a class: it has no fast locals
                found |= _codes(inner)
    return found


def _caches() -> list[Any]:
    return [o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper) and (o.__module__ or "").startswith("comity.")]


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """The running program with that one place changed: the code of the function, or the value of the module's constant."""
    module, tree = _module(mutant.module), mutated(mutant)
    changed = _codes(compile(tree, "<mutant>", "exec"))
    functions = _functions(module)
    before = _codes(compile(ast.parse(_source(mutant.module)), "<mutant>", "exec"))
    different = [name for name in functions if name in changed and changed[name] != before[name]]
    kept = {name: functions[name].__code__ for name in different}
    values: list[tuple[dict[str, Any], str, Any]] = []
    if not different:
        fresh = dict(vars(module))
        exec(compile(tree, "<mutant>", "exec"), fresh)
        for name, value in list(vars(module).items()):
            if isinstance(value, (int, tuple, str, frozenset, list)) and not isinstance(value, type) and fresh[name] != value:
                for other in [m for n, m in sys.modules.items() if n.startswith("comity")]:
                    if vars(other).get(name) is value:
                        values.append((vars(other), name, value))
                        vars(other)[name] = fresh[name]
    own = [c for c in _CACHES if c.__module__ == module.__name__]
    try:
        for name in different:
            functions[name].__code__ = changed[name]
        for cache in own:
            cache.cache_clear()
        yield
    finally:
        for name in different:
            functions[name].__code__ = kept[name]
        for where, name, value in values:
            where[name] = value
        for cache in own:
            cache.cache_clear()


_CACHES: list[Any] = []


# -- the books and what is asked about them ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A random book, the questions about it, the unchanged answers, and the lines that answering runs."""

    seed: int
    book: Book
    known: date
    viewer: str | None
    days: tuple[date, ...]
    answers: tuple[object, ...]
    lines: frozenset[tuple[str, int]]


def _questions(agreements: list[str]) -> Iterator[tuple[str, ...]]:
    for agreement in agreements:
        yield ("verdicts_in_force", agreement)
        for party in ACTORS:
            yield ("verdicts_bound", party, agreement)
        for a, b in combinations(ACTORS, 2):
            yield ("verdicts_between", a, b, agreement)


def _answers(book: Book, known: date, viewer: str | None, days: tuple[date, ...]) -> Iterator[tuple[date, tuple[str, ...], object]]:
    agreements, entries, register = book
    standing = Standing(Record(tuple(agreements), tuple(entries), register), on=known, known=known, viewer=viewer)
    for question in _questions(standing.known_agreements()):
        for day, answer in zip(days, getattr(standing, question[0])(*question[1:], days), strict=True):
            yield day, question, answer


def _days(book: Book, known: date, viewer: str | None, rng: random.Random) -> tuple[date, ...]:
    """Days on which an answer changes in some world, the days before them, and a few others."""
    chosen = sorted({day - timedelta(days=before) for day in turning_days(book, known, viewer) for before in (0, 1)})
    drawn = rng.sample(chosen, min(DAYS, len(chosen)))
    return tuple(drawn) + tuple(date(2000, 1, 1) + timedelta(days=rng.randrange(2400)) for _ in range(2))


def _run_lines() -> Iterator[set[tuple[str, int]]]:
    """Note the lines of MODULES that are run, until closed."""
    lines: set[tuple[str, int]] = set()
    files = {_module(m).__file__: m for m in MODULES}

    def local(frame: Any, event: str, _: object) -> Any:
        lines.add((files[frame.f_code.co_filename], frame.f_lineno))
        return local

    def trace(frame: Any, event: str, _: object) -> Any:
        return local if frame.f_code.co_filename in files else None

    sys.settrace(trace)
    try:
        yield lines
    finally:
        sys.settrace(None)


def ask(seed: int) -> Asked:
    """The book of a seed, with its questions and answers."""
    rng = random.Random(f"mutation {seed}")
    book, known, viewer = snapped_book(seed), rng.choice((_LATEST, _LATEST, date(2003, 1, 1))), rng.choice(VIEWERS)
    days = _days(book, known, viewer, rng)
    for cache in _CACHES:
        if cache.__module__ == "comity.terms.periods":
            cache.cache_clear()
    with contextmanager(_run_lines)() as lines:
        list(_answers(book, known, viewer, days[:2]))
    answers = tuple(answer for _, _, answer in _answers(book, known, viewer, days))
    return Asked(seed, book, known, viewer, days, answers, frozenset(lines))


# -- the trial --------------------------------------------------------------------------------------------------------


class _TimeIsUp(BaseException):
    pass


def _expire(*_: object) -> None:
    raise _TimeIsUp


def kills(mutant: Mutant, corpus: list[Asked], seconds: float) -> str | None:
    """The first question on which the oracle contradicts the mutant, or None if it survives all books tried."""
    end = time.monotonic() + seconds
    for asked in [a for a in corpus if (mutant.module, mutant.line) in a.lines] or corpus[:20]:
        if time.monotonic() > end:
            break
        found = _difference(mutant, asked)
        if found is not None:
            day, question = found
            return f"seed {asked.seed} on {day} known {asked.known} as {asked.viewer}: {' '.join(question)}"
    return None


def _difference(mutant: Mutant, asked: Asked) -> tuple[date, tuple[str, ...]] | None:
    """Where the mutant's answer is not the oracle's."""
    wanted = iter(asked.answers)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    different: tuple[date, tuple[str, ...]] | None = None
    try:
        with in_place(mutant):
            last: tuple[date, tuple[str, ...]] | None = None
            try:
                for day, question, answer in _answers(asked.book, asked.known, asked.viewer, asked.days):
                    last = (day, question)
                    if answer != next(wanted):
                        different = last
                        break
            except Exception:
                # it falls over: on the question after the last one that it answered
                different = _after(asked, last)
    except _TimeIsUp:
        return asked.days[0], ("no answer in time",)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return different if different is not None and _oracle_says(asked, different) == _unchanged(asked, different) else None


def _all_asked(asked: Asked) -> list[tuple[date, tuple[str, ...]]]:
    agreements, entries, register = asked.book
    known = Standing(Record(tuple(agreements), tuple(entries), register), on=asked.known, known=asked.known).known_agreements()
    return [(day, question) for question in _questions(known) for day in asked.days]


def _after(asked: Asked, last: tuple[date, tuple[str, ...]] | None) -> tuple[date, tuple[str, ...]]:
    every = _all_asked(asked)
    return every[0] if last is None else every[every.index(last) + 1]


def _unchanged(asked: Asked, which: tuple[date, tuple[str, ...]]) -> object:
    return asked.answers[_all_asked(asked).index(which)]


def _oracle_says(asked: Asked, which: tuple[date, tuple[str, ...]]) -> object:
    day, (name, *rest) = which
    record = oracle.Record(*asked.book)
    asking: Any = {"verdicts_in_force": oracle.in_force, "verdicts_bound": oracle.bound, "verdicts_between": oracle.between}[name]
    return asking(record, *rest, day, asked.known, asked.viewer)


_CORPUS: list[Asked] = []


def _try(job: tuple[Mutant, float]) -> tuple[Mutant, str | None]:
    mutant, seconds = job
    return mutant, kills(mutant, _CORPUS, seconds)


def _begin() -> None:
    signal.signal(signal.SIGALRM, _expire)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    sys.setrecursionlimit(600)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="only so many mutants, drawn by the seed (0: all)")
    parser.add_argument("--only", default="", help="only mutants of places with this in their description")
    parser.add_argument("--books", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30, help="for each mutant")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    every = [m for m in mutants() if given.only in str(m)]
    drawn = random.Random(given.seed).sample(every, given.sample) if 0 < given.sample < len(every) else every
    _CACHES.extend(_caches())
    with multiprocessing.Pool(given.processes, _begin) as pool:
        for count, asked in enumerate(pool.imap(ask, range(given.seed * 1_000_000, given.seed * 1_000_000 + given.books), chunksize=10), 1):
            _CORPUS.append(asked)
            if count % 200 == 0:
                print(f"  {count} of {given.books} books answered", flush=True)
    gc.freeze()
    survivors: list[Mutant] = []
    with multiprocessing.Pool(given.processes, _begin) as pool:
        for count, (mutant, killed_by) in enumerate(pool.imap_unordered(_try, [(m, given.seconds) for m in drawn]), 1):
            if killed_by is None:
                survivors.append(mutant)
                print(f"  survives: {mutant}", flush=True)
            if count % 50 == 0:
                print(f"  {count} of {len(drawn)} tried, {len(survivors)} survive", flush=True)
    killed = len(drawn) - len(survivors)
    print(json.dumps({"mutants": len(every), "tried": len(drawn), "killed": killed, "share": round(killed / len(drawn), 4), "books": given.books}))


if __name__ == "__main__":
    main()
