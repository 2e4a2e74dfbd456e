"""A question that can be put to a standing, and one as it was put: what was asked, with which words, on which axes.

The command line, an answer file and its verifier put a question by one and the same function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from comity.standing import Standing

Words = ParamSpec("Words")
Found = TypeVar("Found")
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question(Generic[Words, Found]):
    """``find``: the answer, as far as the standing's viewer gets to see it; ``plain``: the same as ``--json`` prints it.

    ``of_one``: where it names an agreement, its answer rests on that one and on those it depends on.
    """

    name: str
    find: Callable[Concatenate[Standing, Words], Found]
    plain: Callable[[Found], Plain]
    of_one: bool = False
