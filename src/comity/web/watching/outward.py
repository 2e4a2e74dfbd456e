"""What goes where nobody has signed in: by mail, to a webhook, into somebody's calendar. It says what anybody may see, and no more.

Of the rest it doesn't even say that there is something: what has nothing in it that anybody may see isn't sent. To whom information is given that
not everybody may have is decided by the exchange's gate alone (docs/explanation/how-exchange-works.md), and a mail is no way around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from comity.web.folds import Busy
from comity.web.holding import Held
from comity.web.readers import Reader
from comity.web.watching.asking_again import ask
from comity.web.watching.lines import Line
from comity.web.watching.models import Saved

ANYBODY = Reader("anybody", "public")


@dataclass(frozen=True, slots=True)
class Open:
    """What anybody is answered: lines, by what they are known by, and why what is asked has no answer."""

    lines: Mapping[str, Line]
    problems: frozenset[str]

    def may_go(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """Those that say the same to anybody, each as anybody is answered it."""
        return tuple(public for line in lines if (public := self.lines.get(line.key)) == line)


def open_in(held: Held, filters: Iterable[Saved]) -> Open:
    """What anybody would be answered by these filters; Busy while some of it is still to come. ``held``: all that is held."""
    public = held.for_reader(ANYBODY)
    answers = [ask(public, ANYBODY, saved.path, saved.query) for saved in filters]
    if any(answered.pending for answered in answers):
        raise Busy
    return Open({line.key: line for answered in answers for line in answered.lines}, frozenset(answered.problem for answered in answers))
