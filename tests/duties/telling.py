"""Stories on the bundled book: a few acts that nobody has recorded yet, one a line, and what is then to be done.

    EST plan vienna-document-2011 2025-03-01 starts=2025-06-01 troops=9000

Counterparty, territory and received are columns of the envelope, ``hidden_from_all_but`` makes a label, ``answers=REF`` replies to an act;
whatever else is said is a detail.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date

from comity.acts import Act, Entry, Source
from comity.agreements import Coverage
from comity.duties import DutyStatus, duties
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, parse_moment

KNOWN = date(2030, 1, 1)
SINCE, UNTIL = date(1940, 1, 1), date(2035, 1, 1)


def acts(story: str) -> list[Act]:
    """The acts of a story; each is referred to as act-1, act-2, ..., in the order told."""
    told: list[Act] = []
    for line in story.strip().splitlines():
        actor, kind, agreement, day, *more = shlex.split(line)
        details = dict(word.partition("=")[::2] for word in more)
        answered = details.pop("answers", None)
        whom, where = (tuple(filter(None, details.pop(name, "").split(";"))) for name in ("counterparty", "territory"))
        received, hidden = details.pop("received", None), details.pop("hidden_from_all_but", None)
        label = PUBLIC if hidden is None else Label("NATIONAL", "SECRET", originator=hidden)
        told.append(
            Act(
                kind, actor, f"act-{len(told) + 1}", agreement, counterparty=whom, territory=where, details=details, label=label,
                made=parse_moment(day), received=None if received is None else parse_moment(received), nonce=None if hidden is None else "0" * 32,
                replies_to=next((a.hash for a in told if a.ref == answered), None), source=Source("the story", "text"),
            )
        )  # fmt: skip
    return told


def after(
    record: Record, story: str, on: str, *, viewer: str | None = None, strict: bool = False, coverage: Sequence[Coverage] = (), known: date = KNOWN
) -> Standing:
    """Standing on a day, had these acts been done too and were the record complete for these."""
    entries = [Entry(act, act.made.first if act.made else KNOWN) for act in acts(story)] if story else []
    more = Record(record.agreements, (*record.entries, *entries), record.register, (*record.coverage, *coverage), record.title, record.ladders)
    return Standing(more, on=date.fromisoformat(on), known=known, viewer=viewer, strict=strict)


def owed(standing: Standing, agreement: str, duty: str, party: str | None = None) -> list[DutyStatus]:
    """The rows of one duty, in the order of their days."""
    return [row for row in duties(standing, SINCE, UNTIL, party=party, agreement=agreement) if row.duty == duty]


def covered(*kinds: str, agreement: str, through: str = "2029-12-31", start: str | None = None) -> Coverage:
    """Complete for these kinds under an agreement."""
    begins = None if start is None else date.fromisoformat(start)
    return Coverage(source="the story", through=date.fromisoformat(through), from_=begins, kinds=kinds, agreements=(agreement,))
