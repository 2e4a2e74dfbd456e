"""Which places would have come to something else while a book is answered: only there can a change matter.

Each place is run as written and as changed, side by side. Where both come to the same, all through the answers about a book, no
answer about that book can show the change, and it need not be tried on it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.mutation.places import MODULES, changed_within, places, source
from tests.mutation.placing import Changed, changed, in_place

Key = tuple[str, int]
_ONCE = (ast.NamedExpr, ast.Yield, ast.YieldFrom)
_CHANGING = ("append", "extend", "add", "update", "setdefault", "pop", "remove", "sort", "choose", "find")
"""What must not be done twice."""


class Probe:
    """What the probes call; it keeps the places that would have come to something else."""

    def __init__(self) -> None:
        self.seen: set[Key] = set()
        self._trying = False

    def passed(self, keys: tuple[Key, ...]) -> None:
        """Note the places as reached, where trying both ways is not possible."""
        if not self._trying:
            self.seen.update(keys)

    def both(self, keys: tuple[Key, ...], written: Callable[[], Any], others: tuple[Callable[[], Any], ...], test: bool) -> Any:
        """The value as written; note each place whose changed value is another one (of a test: true for false)."""
        value = written()
        if self._trying:
            return value
        for key, other in zip(keys, others, strict=True):
            if key in self.seen:
                continue
            self._trying = True
            try:
                changed = other()
                if bool(value) != bool(changed) if test else not _same(value, changed):
                    self.seen.add(key)
            except Exception:  # a changed expression may fail in any way
                self.seen.add(key)
            finally:
                self._trying = False
        return value


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and bool(one == other))


class _Wrap(ast.NodeTransformer):
    """The tree with a probe round every expression that holds a place."""

    def __init__(self, module: str, sites: dict[int, list[tuple[int, ast.AST]]], tests: set[int]) -> None:
        self.module, self.sites, self.tests = module, sites, tests

    def visit_match_case(self, node: ast.match_case) -> Any:
        node.guard = self.visit(node.guard) if node.guard else None
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit(self, node: ast.AST) -> Any:
        here = self.sites.get(id(node))
        if here is None:
            return super().visit(node)
        keys = ast.parse(repr(tuple((self.module, number) for number, _ in here)), mode="eval").body
        if _only_once(node):
            reached = ast.Call(ast.Name("_passed_", ast.Load()), [keys], [])
            both: list[Any] = [reached, self.generic_visit(node)]
            return ast.Subscript(ast.Tuple(both, ast.Load()), ast.Constant(1), ast.Load())
        others: list[ast.expr] = [_thunk(changed_within(node, place)) for _, place in here]
        test = ast.Constant(id(node) in self.tests)
        return ast.Call(ast.Name("_both_", ast.Load()), [keys, _thunk(self.generic_visit(node)), ast.Tuple(others, ast.Load()), test], [])


def _only_once(node: ast.AST) -> bool:
    return any(
        isinstance(inner, _ONCE) or (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr in _CHANGING)
        for inner in ast.walk(node)
    )


def _site(place: ast.AST, parents: dict[int, ast.AST]) -> ast.AST:
    """The widest expression round the place that can be run twice: what stays inside it is no difference."""
    site = node = place
    while isinstance(above := parents[id(node)], (ast.expr, ast.comprehension, ast.keyword)):
        if isinstance(node, ast.Lambda) and not isinstance(above, ast.keyword):
            break  # a function by itself is never the same as another
        node = above
        if _only_once(node) or (isinstance(node, ast.Call) and isinstance(parents[id(node)], ast.Expr)):
            break
        if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not isinstance(node, ast.Starred):
            site = node
    return site


def _thunk(body: Any) -> ast.Lambda:
    return ast.Lambda(ast.arguments([], [], None, [], [], None, []), body)


def _sites(tree: ast.Module) -> tuple[dict[int, list[tuple[int, ast.AST]]], set[int]]:
    """The expressions to probe with the places in each, and the places that can't be probed."""
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    sites: dict[int, list[tuple[int, ast.AST]]] = {}
    blind: set[int] = set()
    for number, place in enumerate(places(tree)):
        site = _site(place, parents)
        above, inside = site, False
        while id(above) in parents and not isinstance(parents[id(above)], ast.pattern):
            below, above = above, parents[id(above)]
            if isinstance(above, (ast.FunctionDef, ast.Lambda)):
                inside = inside or (below in above.body if isinstance(above, ast.FunctionDef) else below is above.body)
            if isinstance(above, ast.ClassDef) and not inside:
                break
        else:
            if inside and id(above) not in parents and isinstance(getattr(site, "ctx", ast.Load()), ast.Load):
                sites.setdefault(id(site), []).append((number, place))
                continue
        blind.add(number)
    return sites, blind


def _probed(module: str) -> tuple[Changed, set[Key]]:
    tree = ast.parse(source(module))
    sites, blind = _sites(tree)
    tests = {id(node.test) for node in ast.walk(tree) if isinstance(node, (ast.If, ast.While))}
    probed = ast.fix_missing_locations(_Wrap(module, sites, tests).visit(tree))
    return changed(module, probed), {(module, number) for number in blind}


_PROBED: list[tuple[Changed, set[Key]]] = []


@contextmanager
def probing() -> Iterator[set[Key]]:
    """The program with probes in every module that is mutated; gives the places at which a change could have mattered so far."""
    if not _PROBED:
        _PROBED.extend(map(_probed, MODULES))
    probe = Probe()
    with ExitStack() as stack:
        for change, blind in _PROBED:
            stack.enter_context(in_place(change, _both_=probe.both, _passed_=probe.passed))
            probe.seen |= blind
        yield probe.seen
