"""Which days does the fast path hold against each other while it derives a book?  Moving an act so that they meet finds the edges."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from tests.mutation.places import MODULES, source
from tests.mutation.placing import Changed, changed, in_place

Compared = tuple[str, int, int]
Place = tuple[str, int, int, int]
"""A comparison: its module, line and number there, and the line of the caller, which tells apart what helpers compare."""
_ORDINALS = range(729_000, 736_000)  # 1997 to 2016
_NOTING: list[Changed] = []


class Meetings:
    """The pairs of unequal days that each comparison was made of."""

    def __init__(self) -> None:
        self.found: dict[Place, set[tuple[int, int]]] = {}
        self._last: dict[Compared, int | None] = {}

    def note(self, place: Compared, first: bool, value: Any) -> Any:
        """One side of a comparison, as it is worked out."""
        day = value[0] if isinstance(value, tuple) and value else value
        now = day if isinstance(day, int) and day in _ORDINALS else None
        before = None if first else self._last.get(place)
        self._last[place] = now
        if now is not None and before is not None and now != before:
            caller = sys._getframe(2).f_lineno
            self.found.setdefault((*place, caller), set()).add((before, now))
        return value


class _Noting(ast.NodeTransformer):
    def __init__(self, module: str) -> None:
        self.module, self.number = module, 0

    def visit_Compare(self, node: ast.Compare) -> ast.Compare:  # the name is the transformer's
        self.number += 1
        place = ast.parse(repr((self.module, node.lineno, self.number)), mode="eval").body
        sides = [self.visit(side) for side in (node.left, *node.comparators)]
        noted = [ast.Call(ast.Name("_note_", ast.Load()), [place, ast.Constant(i == 0), side], []) for i, side in enumerate(sides)]
        return ast.Compare(noted[0], node.ops, list(noted[1:]))


@contextmanager
def meetings() -> Iterator[dict[Place, set[tuple[int, int]]]]:
    """The program, noting what days it compares; gives what it has noted so far."""
    if not _NOTING:
        _NOTING.extend(changed(m, ast.fix_missing_locations(_Noting(m).visit(ast.parse(source(m))))) for m in MODULES)
    noting = Meetings()
    with ExitStack() as stack:
        for change in _NOTING:
            stack.enter_context(in_place(change, _note_=noting.note))
        yield noting.found
