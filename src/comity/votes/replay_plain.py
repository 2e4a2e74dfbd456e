"""Replayed votes as strings, numbers, lists and objects: what docs/schemas/decision-replay.json promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.votes.replay_reports import ReplayCounts, ReplayReport
from comity.votes.replays import ReplayedVote


def replay_to_plain(report: ReplayReport, votes: Sequence[ReplayedVote]) -> dict[str, Any]:
    """A report, with these of its roll calls."""
    return {
        "all": _counts(report.whole),
        "decades": [_counts(one) for one in report.decades],
        "unseated": [{"code": one.code, "votes": one.votes, "first": one.first.call.day, "last": one.last.call.day} for one in report.unseated],
        "silent": [{"code": one.code, "sessions": list(one.sessions), "roll_calls": one.calls} for one in report.silent],
        "perhaps_seated": report.perhaps,
        "absences": report.absences,
        "contradictions": [vote.call.number for vote in report.contradictions],
        "roll_calls": [_vote(vote) for vote in votes],
    }


def _counts(one: ReplayCounts) -> dict[str, Any]:
    return {
        "decade": one.of,
        "roll_calls": one.calls,
        "adopted": one.adopted,
        "not_adopted": one.not_adopted,
        "unknown": one.unknown,
        "differing": one.differing,
        "by_question": one.by_question,
        "as_told": one.as_told,
        "ties": one.ties,
        "too_few": one.too_few,
    }


def _vote(vote: ReplayedVote) -> dict[str, Any]:
    call, outcome = vote.call, vote.outcome
    told = next((tallies[0].votes for tallies in vote.tallies.values() if tallies), None)
    return {
        "number": call.number,
        "session": call.session,
        "day": call.day,
        "symbol": call.symbol,
        "about": call.about,
        "votes": None if told is None else {name: told[name] for name in ("yes", "no", "abstain", "absent")},
        "outcomes": {rule: [one.value for one in vote.outcomes(rule)] for rule in vote.tallies},
        "under": call.under,
        "why": call.why,
        "told_adopted": call.adopted,
        "outcome": None if outcome is None else outcome.value,
        "unseated": list(vote.unseated),
        "perhaps_seated": list(vote.perhaps),
        "silent": list(vote.silent),
    }
