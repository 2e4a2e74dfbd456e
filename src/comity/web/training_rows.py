"""What was trained, and the gaps, as rows: of the page, of its files and of its chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from comity.interoperability import Training, TrainingGap, gap_to_plain, training_to_plain
from comity.terms import Verdict

GAPS: Mapping[str, str | Promise] = {
    "never": gettext_lazy("none on record"),
    "stale": gettext_lazy("too long ago"),
    "contested": gettext_lazy("contested"),
    "since": gettext_lazy("not known whether since"),
    "unknown": gettext_lazy("not known"),
}
"""What a gap is, in the order in which they are told."""
COLUMNS = {
    "nations": "which nations, by their codes",
    "capability": "what was trained; any: whatever it was",
    "state": "trained, none (on record), contested, or unknown",
    "last": "the last day on which they trained it together, at the earliest; blank: there is none for sure",
    "last_by": "the same at the latest",
    "left": "what is left of it at the least, from 0 to 1, where half fades in each half-life",
    "left_most": "the same at the most",
    "least": "how often on record for sure, in exercises, courses and posts",
    "most": "the same at most",
    "fresh": "was it trained within the target: yes, no, contested or unknown",
    "kind": "what the last one for sure was: an exercise, a course or a post",
    "what": "the last exercise, course or post for sure",
    "acts": "the acts that tell of it",
}


def trained_rows(trained: Sequence[Training], gaps: Sequence[TrainingGap]) -> list[dict[str, object]]:
    """Every pair and capability as plain data."""
    verdicts = {(gap.training.nations, gap.training.capability): str(gap.verdict) for gap in gaps}
    return [_row(one, verdicts.get((one.nations, one.capability), "yes")) for one in trained]


def _row(one: Training, fresh: str) -> dict[str, object]:
    plain: dict[str, Any] = training_to_plain(one)
    return {
        "nations": plain["nations"],
        "capability": plain["capability"],
        "on": plain["on"],
        "state": plain["state"],
        "last": plain["last"]["from"],
        "last_by": plain["last"]["to"],
        "left": plain["recency"]["low"],
        "left_most": plain["recency"]["high"],
        "half_life": plain["half_life"],
        "least": one.least,
        "most": one.most,
        "fresh": fresh,
        "complete": plain["complete"],
        "courses_complete": plain["courses_complete"],
        "kind": plain["kind"],
        "what": plain["what"],
        "acts": plain["acts"],
    }


def gap_rows(gaps: Iterable[TrainingGap]) -> list[dict[str, object]]:
    """Every gap as plain data."""
    return [
        {**_row(gap.training, str(gap.verdict)), "sort": sort_of(gap), "within": gap.within, "stale_from": gap_to_plain(gap)["stale_from"]}
        for gap in gaps
    ]


def sort_of(gap: TrainingGap) -> str:
    """What the gap is, of ``GAPS``."""
    last = gap.training.last[0]
    if gap.verdict is Verdict.NO:
        return "never" if last is None else "stale"
    if gap.verdict is Verdict.CONTESTED:
        return "contested"
    return "unknown" if last is None else "since"
