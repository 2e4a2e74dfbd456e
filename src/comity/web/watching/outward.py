"""What goes where nobody has signed in: by mail, to a webhook, into somebody's calendar. It says what anybody may see, and no more.

Of the rest it says at most that there is something; what it is stands on the pages. To whom information is given that not everybody may have
is decided by the exchange's gate alone (docs/explanation/how-exchange-works.md), and a mail is no way around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.web.holding import Held
from comity.web.readers import Reader
from comity.web.watching.asking_again import ask
from comity.web.watching.kinds import Line
from comity.web.watching.models import Saved

ANYBODY = Reader("anybody", "public")
Open = Mapping[str, Line]
"""Lines that anybody may see, by what they are known by."""


def open_in(held: Held, filters: Iterable[Saved]) -> Open:
    """What anybody would be answered by these filters. ``held``: all that is held."""
    public = held.for_reader(ANYBODY)
    return {line.key: line for saved in filters for line in ask(public, ANYBODY, saved.path, saved.query).lines}


def that_may_go(lines: Iterable[Line], in_the_open: Open) -> list[Line]:
    """Those that say the same to anybody, each as anybody is answered it."""
    return [public for line in lines if (public := in_the_open.get(line.key)) == line]
