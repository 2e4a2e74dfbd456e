"""Putting changed code into the running program, and taking it out again."""

from __future__ import annotations

import ast
import functools
import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

from tests.mutation.places import source


def _module(name: str) -> ModuleType:
    return sys.modules["comity." + name.replace("/", ".")]


def _functions(namespace: dict[str, Any], name: str) -> dict[str, FunctionType]:
    """Every function and method defined in a module's namespace, by its qualified name, and what dataclasses made for it."""
    found: dict[str, FunctionType] = {}

    def look(thing: object, owner: str = "") -> None:
        thing = getattr(thing, "fget", thing)
        thing = thing.func if isinstance(thing, functools.cached_property) else thing
        thing = getattr(thing, "__func__", thing)
        thing = getattr(thing, "__wrapped__", thing)
        if isinstance(thing, FunctionType) and (thing.__module__ == name or owner):
            found[f"{owner}.{thing.__name__}" if owner else thing.__code__.co_qualname] = thing
        elif isinstance(thing, type) and thing.__module__ == name and thing.__qualname__ not in seen:
            seen.add(thing.__qualname__)
            for inner in list(vars(thing).values()):
                look(inner, thing.__qualname__)

    seen: set[str] = set()
    for value in list(namespace.values()):
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


@functools.cache
def _compiled(module: str) -> dict[str, CodeType]:
    return _codes(compile(ast.parse(source(module)), "<changed>", "exec"))


@functools.cache
def _caches(module: str) -> tuple[Any, ...]:
    found = [o for o in gc.get_objects() if type(o) is functools._lru_cache_wrapper]
    return tuple(o for o in found if o.__module__ == "comity." + module.replace("/", "."))


def forget(module: str) -> None:
    """Empty the caches of a module."""
    for cache in _caches(module):
        cache.cache_clear()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No alarm rings while code is half changed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


class Changed(NamedTuple):
    """A module's changed code, ready to be put in place: its functions with the code that each is to run."""

    module: str
    code: CodeType
    swaps: list[tuple[FunctionType, CodeType]]


def changed(name: str, tree: ast.Module) -> Changed:
    """That module as the tree says, compiled."""
    code = compile(tree, "<changed>", "exec")
    now, before = _codes(code), _compiled(name)
    return Changed(name, code, [(f, now[q]) for q, f in _own_functions(name).items() if q in now and now[q] != before[q]])


@functools.cache
def _own_functions(name: str) -> dict[str, FunctionType]:
    module = _module(name)
    return _functions(vars(module), module.__name__)


@contextmanager
def in_place(change: Changed, **helpers: object) -> Iterator[None]:
    """The running program with that module's code: its functions, what they take where nothing is given, and its constants."""
    kept: list[tuple[Any, str, Any]] = []
    module = _module(change.module)
    try:
        with _undisturbed():
            kept = [(function, "__code__", function.__code__) for function, _ in change.swaps]
            for function, code in change.swaps:
                function.__code__ = code
            if not kept:
                kept = _elsewhere(module, change.code, _own_functions(change.module))
            vars(module).update(helpers)
            forget(change.module)
        yield
    finally:
        with _undisturbed():
            for owner, attribute, value in kept:
                if isinstance(owner, dict):
                    owner[attribute] = value
                else:
                    setattr(owner, attribute, value)
            for helper in helpers:
                del vars(module)[helper]
            forget(change.module)


def _elsewhere(module: ModuleType, code: CodeType, functions: dict[str, FunctionType]) -> list[tuple[Any, str, Any]]:
    """A change outside of functions: in what a function takes by default, in a class, or in a constant; set, and what was there."""
    fresh = dict(vars(module))
    exec(code, fresh)
    kept: list[tuple[Any, str, Any]] = []
    for qualified, function in _functions(fresh, module.__name__).items():
        for attribute in ("__defaults__", "__kwdefaults__"):
            value = getattr(function, attribute)
            if qualified in functions and _plain(value) != _plain(getattr(functions[qualified], attribute)):
                kept.append((functions[qualified], attribute, getattr(functions[qualified], attribute)))
                setattr(functions[qualified], attribute, value)
    for name, value in list(vars(module).items()):
        plain = isinstance(value, (int, tuple, str, frozenset, list)) or hasattr(value, "dtype")
        if (plain or (isinstance(value, dict) and name.isupper())) and repr(fresh[name]) != repr(value):
            for other in [m for n, m in sys.modules.items() if n.startswith("comity")]:
                if vars(other).get(name) is value:
                    kept.append((vars(other), name, value))
                    vars(other)[name] = fresh[name]
    return kept


def _plain(value: Any) -> object:
    values = value.values() if isinstance(value, dict) else value or ()
    return [v for v in values if isinstance(v, (int, str, bool))]
