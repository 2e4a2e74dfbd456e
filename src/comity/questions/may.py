"""The questions of **may**: release, station, supply, transfer, train, overfly."""

from __future__ import annotations

from collections.abc import Callable

from comity.permissions import ActivityQuestion, Permissions, ReleaseQuestion, Stationing, stationing_to_plain
from comity.questions.asking import Question
from comity.questions.showing import show
from comity.questions.words import read_day, read_names
from comity.standing import Standing, answer_to_plain
from comity.terms import Answer


def _release(
    standing: Standing, *, giver: str, taker: str, level: str, policy: str | None = None, category: tuple[str, ...] = (),
    caveat: tuple[str, ...] = (), rel: str | None = None, originator: str | None = None, purpose: str | None = None, item: str | None = None,
) -> Answer:  # fmt: skip
    asked = ReleaseQuestion(
        giver=giver, taker=taker, level=level, policy=policy, categories=tuple(category), caveats=tuple(caveat), releasable_to=read_names(rel),
        originator=originator, purpose=purpose, item=item,
    )  # fmt: skip
    return show(Permissions(standing).release(asked), standing.viewer)


def activity_asked(
    activity: str, doer: str, other: str, purpose: str | None, until: str | None, thing: tuple[str, ...], territory: str | None = None
) -> ActivityQuestion:
    """The question about an activity, out of its words."""
    return ActivityQuestion(
        activity=activity, doer=doer, counterpart=other, things=tuple(thing), purpose=purpose, territory=territory,
        until=None if until is None else read_day("--until", until),
    )  # fmt: skip


def _station(
    standing: Standing, *, guest: str, host: str, purpose: str | None = None, territory: str | None = None, until: str | None = None,
    thing: tuple[str, ...] = (),
) -> Stationing:  # fmt: skip
    asked = activity_asked("station", guest, host, purpose, until, thing, territory)
    return show(Permissions(standing).station(asked), standing.viewer)


def _activity(name: str) -> Callable[..., Answer]:
    """The question whether an activity of this name is allowed."""

    def find(
        standing: Standing, *, doer: str, other: str, purpose: str | None = None, until: str | None = None, thing: tuple[str, ...] = ()
    ) -> Answer:
        return show(Permissions(standing).activity(activity_asked(name, doer, other, purpose, until, thing)), standing.viewer)

    return find


RELEASE = Question("may release", _release, answer_to_plain)
STATION = Question("may station", _station, stationing_to_plain)
SUPPLY, TRANSFER, TRAIN, OVERFLY = (Question(f"may {name}", _activity(name), answer_to_plain) for name in ("supply", "transfer", "train", "overfly"))
