"""From TOML tables to the typed clauses: every problem collected with its line, in words that say what to write.

The types themselves (``Agreement``, its clauses and conditions, parties) are the schema: a field that a dataclass does not
have is a stray key, a union is told apart by its ``kind``.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from comity.terms import BadInput, Moment, parse_moment

T = TypeVar("T")
SHOWN = 8
"""How many problems of a file are shown at once."""
_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\"-]+)\s*\]\]?")
LONGEST = 40
"""How many signs a number may have."""
_POWER = re.compile(r"[eE][+-]?[0-9_]{3}")
"""A power of ten that is written with three digits or more."""
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where, and one line that says what to do."""

    file: str
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


class Decoder:
    """Decodes one TOML document; ``problems`` collects."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []
        self._lines = _lines(text)

    def whole(self, cls: type[T]) -> T:
        """What the whole text says, as ``cls``; BadInput where it is not TOML, and with its problems."""
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as problem:
            raise BadInput(f"{self.file}: not TOML: {problem}; put the line right") from None
        except RecursionError:
            raise BadInput(f"{self.file}: not TOML: too many brackets are open at once; close them") from None
        except ValueError:
            raise BadInput(f"{self.file}: a number of more than 4,000 digits; write it shorter") from None
        found = self.decode(cls, data)
        self.stop()
        assert found is not None
        return found

    def stop(self) -> None:
        """BadInput with the problems by their lines; nothing where there are none."""
        in_order: list[Problem] = sorted(self.problems, key=lambda problem: problem.line)
        stop_at(in_order)

    def decode(self, cls: type[T], data: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> T | None:
        """``data`` as ``cls``, or None with the problems noted."""
        before = len(self.problems)
        value = self._dataclass(cls, data, path)
        return typing.cast(T, value) if len(self.problems) == before else None

    def problem(self, path: tuple[str | int, ...], says: str) -> None:
        self.problems.append(Problem(self.file, self.line(path), says))

    def rename(self, written: str, field: str) -> None:
        """Tables ``[[written]]`` are the items of ``field``."""
        self._lines = {(field, *path[1:]) if path[:1] == (written,) else path: line for path, line in self._lines.items()}

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the key or table at ``path``, or of what encloses it."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1

    def _dataclass(self, cls: Any, data: object, path: tuple[str | int, ...]) -> Any:
        if not isinstance(data, Mapping):
            self.problem(path, f"{_name(path)} is {_shown(data)}; a table is needed here")
            return None
        hints = _hints(cls)
        fields = _fields(cls)
        values: dict[str, Any] = {}
        for key, raw in data.items():
            name = key if key in fields else f"{key}_"
            if name not in fields:
                near = difflib.get_close_matches(key, [n.rstrip("_") for n in fields], n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; it may have: {', '.join(n.rstrip('_') for n in fields)}"
                self.problem((*path, key), f"{_name(path)} has a stray key {key!r}{hint}")
                continue
            values[name] = self._value(hints[name], raw, (*path, key))
        for name, field in fields.items():
            if name not in values and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                self.problem(path, f"{_name(path)} lacks {name.rstrip('_')!r}; add it")
                values[name] = None
        return cls(**values)

    def _value(self, hint: Any, raw: object, path: tuple[str | int, ...]) -> Any:
        origin = get_origin(hint)
        if origin in (Union, types.UnionType):
            return self._union(get_args(hint), raw, path)
        if origin is tuple:
            if not isinstance(raw, list):
                self.problem(path, f"{_name(path)} is {_shown(raw)}; a list is needed here")
                return ()
            return tuple(self._value(get_args(hint)[0], item, (*path, index)) for index, item in enumerate(raw))
        if origin is dict:
            if not isinstance(raw, Mapping):
                self.problem(path, f"{_name(path)} is {_shown(raw)}; a table is needed here")
                return {}
            return {key: self._value(get_args(hint)[1], item, (*path, key)) for key, item in raw.items()}
        if hint in _WRITTEN:
            return self._written(_WRITTEN[hint], raw, path)
        if origin is typing.Literal:
            if raw not in get_args(hint):
                self.problem(path, f"{_name(path)} is {_shown(raw)}; choose one of {', '.join(map(str, get_args(hint)))}")
            return raw
        if dataclasses.is_dataclass(hint):
            return self._dataclass(hint, raw, path)
        return self._plain(hint, raw, path)

    def _written(self, read: Callable[[str], Any], raw: object, path: tuple[str | int, ...]) -> Any:
        """A value that is written as text, or as a day or a number without quotes."""
        try:
            return read(
                raw.isoformat() if isinstance(raw, date) else str(raw) if isinstance(raw, int) else raw if isinstance(raw, str) else repr(raw)
            )
        except BadInput as problem:
            self.problem(path, f"{_name(path)}: {problem}")
            return None

    def _plain(self, hint: Any, raw: object, path: tuple[str | int, ...]) -> Any:
        if hint is date and isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        if hint in (str, int, bool) and isinstance(raw, hint) and not (hint is int and isinstance(raw, bool)):
            return raw
        wanted = {date: "a day, written 2024-03-07 without quotes", str: "text in quotes", int: "a whole number", bool: "true or false"}.get(
            hint, str(hint)
        )
        self.problem(path, f"{_name(path)} is {_shown(raw)}; it must be {wanted}")
        return raw

    def _union(self, options: tuple[Any, ...], raw: object, path: tuple[str | int, ...]) -> Any:
        if kinds := _by_kind(options):
            kind = raw.get("kind") if isinstance(raw, Mapping) else None
            if kind in kinds:
                return self._dataclass(kinds[kind], raw, path)
            near = difflib.get_close_matches(str(kind), kinds, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"choose one of {', '.join(kinds)}"
            self.problem(path, f"{_name(path)} has kind {kind!r}; {hint}")
            return None
        plain = [o for o in options if o is not types.NoneType]
        if len(plain) == 1:
            return self._value(plain[0], raw, path)
        if any(isinstance(raw, o) for o in plain if isinstance(o, type)):
            return raw
        self.problem(path, f"{_name(path)} is {_shown(raw)}; it must be one of: {', '.join(getattr(o, '__name__', str(o)) for o in plain)}")
        return raw


def stop_at(wrong: Iterable[object]) -> None:
    """BadInput with what is wrong, a line each, the first of it; nothing where nothing is."""
    lines = [str(one) for one in wrong]
    if lines:
        more = [f"and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        raise BadInput("\n".join([*lines[:SHOWN], *more]))


def _fraction(text: str) -> Fraction:
    """The number that is written; none that is longer or larger than anything is counted in, for such a one takes the machine's time."""
    if len(text) > LONGEST or _POWER.search(text):
        raise BadInput(f"{_shown(text)} is longer than a number here can be; write it with {LONGEST} signs or fewer, without a large power of ten")
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise BadInput(f"{text!r} is not a fraction; write it in quotes, for example '1/4'") from None


_WRITTEN: dict[Any, Callable[[str], Any]] = {Moment: parse_moment, Fraction: _fraction}
"""Types of values that are read from how they are written."""


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _fields(cls: Any) -> dict[str, dataclasses.Field[Any]]:
    return {f.name: f for f in dataclasses.fields(cls) if f.init}


@cache
def _by_kind(options: tuple[Any, ...]) -> dict[str, Any]:
    """The types of a union that are told apart by their kind."""
    return {get_args(_kind(o))[0]: o for o in options if get_origin(_kind(o)) is typing.Literal}


def _kind(option: Any) -> Any:
    return _hints(option).get("kind") if isinstance(option, type) and dataclasses.is_dataclass(option) else None


def _shown(raw: object) -> str:
    """What stands there, in a few words."""
    if isinstance(raw, Mapping):
        return "a table"
    return f"a list of {len(raw)}" if isinstance(raw, list) else repr(raw) if len(repr(raw)) <= 60 else f"{repr(raw)[:57]}..."


def _name(path: tuple[str | int, ...]) -> str:
    """The path as a person would say it: clause 2, delay 1, days."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1]} {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words) or "the file"


def _lines(text: str) -> dict[tuple[str | int, ...], int]:
    """The line of each table and top-level key of a table."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.count('"""') % 2 or line.count("'''") % 2:
            inside = not inside
        if inside:
            continue
        if match := _TABLE.match(line):
            here = _placed(match[1].replace('"', "").split("."), counts, line.lstrip().startswith("[["))
            found[here] = number
        elif match := _KEY.match(line):
            found[(*here, match[1])] = number
    return found


def _placed(names: list[str], counts: dict[tuple[str | int, ...], int], is_item: bool) -> tuple[str | int, ...]:
    """The path of a table: within the latest item of each list of tables on its way."""
    path: tuple[str | int, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path]) if path in counts else path
    path = (*path, names[-1])
    if not is_item:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])
