"""Posts with other states: exchange, attachés, liaison, instructors, mobile teams; which are filled on a day.

Source: how-training-is-counted.md, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.acts import Act
from comity.procedures import KeptAct, agreed
from comity.standing import Standing
from comity.terms import Finding, Verdict
from comity.training.acts import END_POST, POST, Begun, begun, day_in, odd, persons, possibly


@dataclass(frozen=True, slots=True)
class Post:
    """A post that was filled: of whom, with whom; ``filled``: is it on the day? ``until``: the first day on which it is not, if on record."""

    act: Act
    nation: str
    host: str
    persons: int
    filled: Verdict
    from_: date
    until: date | None
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        """Which post."""
        return self.act.details.get("post", "")

    @property
    def role(self) -> str:
        """What sort of post."""
        return self.act.details.get("role", "")

    @property
    def capability(self) -> str:
        """What it trains."""
        return self.act.details.get("capability", "")


def posts_of(standing: Standing) -> list[Post]:
    """Every post that was ever filled, by reference."""
    return [_post(one, standing.on) for one in begun(standing, POST) if possibly([one.act], standing.on)]


def sure_stay(post: Begun, on: date) -> tuple[date, date] | None:
    """The first and the last day up to ``on`` on which it was filled, where nothing about that is in doubt; None: that cannot be said, or never."""
    ends = post.of(END_POST)
    if any(one.doubtful for one in (post.act, *ends)) or post_begins(post.act, False) != post_begins(post.act, True):
        return None
    if post.act.first != post.act.last or any(post_ended(one, False) != post_ended(one, True) for one in ends):
        return None
    first = post_begins(post.act, False)
    stops = [day for day in (day_in(post.act, "until"), *(post_ended(one, False) for one in ends)) if day is not None]
    last = min([on, *(day - timedelta(days=1) for day in stops)])
    return (first, last) if post.act.first <= on and first <= last else None


def post_begins(act: KeptAct, last: bool) -> date:
    """The first day on which a post is filled, at the latest or at the earliest."""
    stated = day_in(act, "from")
    return stated if stated is not None else _effect(act, last)


def _post(post: Begun, on: date) -> Post:
    act = post.act
    ways = [_filled(post, on, last) for last in (False, True)]
    same = agreed(ways)
    verdict = same if same is not Verdict.YES else Verdict.YES if True in ways[0] else Verdict.NO
    stops = [day for day in (day_in(act, "until"), *(post_ended(one, False) for one in possibly(post.of(END_POST), on))) if day is not None]
    begins, until = day_in(act, "from"), day_in(act, "until")
    findings = []
    if begins is not None and until is not None and until <= begins:
        findings.append(odd("training-post-backwards", act, f"ends on {until}, and begins on {begins}"))
    return Post(act.act, act.by, act.act.counterparty[0], persons(act), verdict, post_begins(act, False), min(stops, default=None), tuple(findings))


def _filled(post: Begun, on: date, last: bool) -> set[bool]:
    until = day_in(post.act, "until")
    there = post.act.day(last) <= on and post_begins(post.act, last) <= on and (until is None or on < until)
    found = {there, False} if post.act.doubtful else {there}
    for one in post.of(END_POST):
        if post_ended(one, last) <= on:
            found = found | {False} if one.doubtful else {False}
    return found


def post_ended(end: KeptAct, last: bool) -> date:
    """The first day on which a post is no longer filled by an end of it, at the latest or at the earliest."""
    stated = day_in(end, "until")
    return stated if stated is not None else _effect(end, last)


def _effect(act: KeptAct, last: bool) -> date:
    effect = act.act.effect
    return act.day(last) if effect is None else effect.last if last else effect.first
