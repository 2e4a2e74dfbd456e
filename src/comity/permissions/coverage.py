"""The coverage of an activity: each legal basis that it needs, in force or not, and for each gap the least that would close it.

Source: docs/explanation/how-permissions-are-derived.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.permissions.asking import ActivityQuestion, Permissions
from comity.permissions.questions import ReleaseQuestion
from comity.standing import Standing
from comity.terms import Answer, Verdict, all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Information that one participant gives another (in files: ``from``, ``to``); other fields as in ``ReleaseQuestion``."""

    from_: str
    to: str
    level: str
    policy: str | None = None
    categories: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    releasable_to: tuple[str, ...] = ()
    originator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What one participant does for, or to, another: ``things``: with or of what."""

    activity: Literal["supply", "transfer", "train", "overfly"]
    from_: str
    to: str
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An exercise, a mission, a visit: who takes part, where, ``from_`` when ``until`` when (both days included), and what it needs.

    ``participants`` other than the host are stationed there. ``host`` None: nobody is. ``purpose``: one word, such as *exercise*.
    """

    title: str
    from_: date
    until: date
    participants: tuple[str, ...] = ()
    host: str | None = None
    territory: str | None = None
    purpose: str | None = None
    brings: tuple[str, ...] = ()
    exchange: tuple[Exchange, ...] = ()
    support: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the matrix: what is needed, by whom, towards whom; the answer; and from when the first gap is."""

    what: str
    by: str
    towards: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every basis that an activity needs; ``verdict``: the *and* of all."""

    activity: Activity
    needs: tuple[Need, ...]

    @property
    def verdict(self) -> Verdict:
        return all_of(need.answer.verdict for need in self.needs)


def coverage(activity: Activity, standing: Standing) -> Matrix:
    """Which legal bases does the activity need, and are they there on every day of it?"""
    permissions = Permissions(standing.on_day(activity.from_))
    return Matrix(activity, (*_presence(activity, permissions), *_exchanges(activity, standing), *_support(activity, permissions)))


def _presence(activity: Activity, permissions: Permissions) -> Iterator[Need]:
    for guest in activity.participants:
        if activity.host is not None and guest != activity.host:
            found = permissions.station(
                ActivityQuestion(
                    activity="station", doer=guest, counterpart=activity.host, things=activity.brings, purpose=activity.purpose,
                    territory=activity.territory, until=activity.until,
                )
            )  # fmt: skip
            yield Need("entry", guest, activity.host, found.entry)
            yield Need("status", guest, activity.host, found.status)


def _support(activity: Activity, permissions: Permissions) -> Iterator[Need]:
    for one in activity.support:
        question = ActivityQuestion(
            activity=one.activity, doer=one.from_, counterpart=one.to, things=one.things, purpose=activity.purpose, until=activity.until
        )  # fmt: skip
        yield Need(one.activity, one.from_, one.to, permissions.activity(question))


def _exchanges(activity: Activity, standing: Standing) -> Iterator[Need]:
    """Each exchange on the first day, and on each later one on which its answer changes; the first that is no *yes* is told."""
    for one in activity.exchange:
        question = ReleaseQuestion(
            giver=one.from_, taker=one.to, level=one.level, policy=one.policy, categories=one.categories, caveats=one.caveats,
            releasable_to=one.releasable_to, originator=one.originator, purpose=activity.purpose,
        )  # fmt: skip
        yield Need("release", one.from_, one.to, _throughout(question, activity, standing))


def _throughout(question: ReleaseQuestion, activity: Activity, standing: Standing) -> Answer:
    on = activity.from_
    while True:
        answer = Permissions(standing.on_day(on)).release(question)
        if answer.verdict is not Verdict.YES or answer.until is None or answer.until > activity.until:
            return answer
        on = answer.until
