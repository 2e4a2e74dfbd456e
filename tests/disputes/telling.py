"""Stories of disputes under the bundled clauses: a line an act, ``ref kind actor day [>reply] [@to] [detail=value]...``."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date

from comity.acts import Act, Entry, Source
from comity.agreements.clauses import Coverage
from comity.disputes import Dispute, StepStanding, disputes_of
from comity.standing import Record, Standing
from comity.terms import parse_moment


def entries_of(agreement: str, story: str) -> tuple[Entry, ...]:
    """The acts of a story, known on the day they were made."""
    found: dict[str, Act] = {}
    for line in filter(None, map(str.strip, story.splitlines())):
        ref, kind, actor, day, *more = shlex.split(line)
        reply = next((word[1:] for word in more if word.startswith(">")), None)
        found[ref] = Act(
            kind=kind, actor=actor, ref=ref, agreement=agreement, made=parse_moment(day), source=Source("a story"),
            counterparty=tuple(word[1:] for word in more if word.startswith("@")), replies_to=None if reply is None else found[reply].hash,
            details=dict(word.partition("=")[::2] for word in more if "=" in word),
        )  # fmt: skip
    return tuple(Entry(act, act.made.first if act.made else date.min) for act in found.values())


def after(record: Record, agreement: str, story: str, on: str, *, covered: bool = False, known: str = "2030-01-01") -> Standing:
    """The standing after a story; ``covered``: the record is declared complete for all acts under the agreement."""
    more = record.with_entries(entries_of(agreement, story))
    if covered:
        whole = Coverage(source="a story", through=date(2029, 1, 1), agreements=(agreement,))
        more = replace(more, coverage=(*more.coverage, whole))
    return Standing(more, on=date.fromisoformat(on), known=date.fromisoformat(known))


def told(record: Record, agreement: str, story: str, on: str, *, covered: bool = False) -> Dispute:
    """The one dispute that a story's first act raises."""
    first = story.split(maxsplit=1)[0]
    return next(one for one in disputes_of(after(record, agreement, story, on, covered=covered)) if one.ref == first)


def step(dispute: Dispute, article: str, means: str) -> StepStanding:
    """The step of the means under the article."""
    return next(one for one in dispute.steps if (one.place.step.article, one.place.step.means) == (article, means))
