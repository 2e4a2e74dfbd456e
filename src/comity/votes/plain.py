"""Rules and results as strings, numbers, lists and objects: what docs/schemas/decision-rules.json and decision-simulate.json promise."""

from __future__ import annotations

from typing import Any

from comity.votes.results import DoubtReading, Result
from comity.votes.rules import NamedRule
from comity.votes.voters import Counted, Tally
from comity.votes.wording import bar_in_words, notes_on, rule_in_words, share_in_words


def rule_to_plain(one: NamedRule) -> dict[str, Any]:
    """A rule by its name, with its article and what it takes."""
    rule = one.rule
    return {
        "rule": one.name,
        "body": rule.body,
        "matters": rule.matters,
        "takes": rule_in_words(rule),
        "says": rule.says,
        "article": rule.article,
        "read": rule.read,
        "source": rule.source,
        "from": None if rule.start is None else rule.start.isoformat(),
        "until": None if rule.end is None else rule.end.isoformat(),
        "silence": rule.silence is not None,
    }


def result_to_plain(result: Result) -> dict[str, Any]:
    """What votes come to, with the electorate and each reading."""
    roll = result.roll
    return {
        "rule": rule_to_plain(roll.of),
        "on": roll.on.isoformat(),
        "verdict": str(result.verdict),
        "outcomes": [outcome.value for outcome in result.outcomes],
        "readings": [_reading(reading) for reading in result.readings],
        "electorate": [
            {
                "code": seat.code,
                "counts": str(seat.counts),
                "has_vote": str(seat.has_vote),
                "weights": {one.count: one.table.values.get(seat.code) for one in roll.weights},
                "acts": list(seat.acts),
            }
            for seat in roll.seats
        ],
        "left_out": [{"code": code, "reason": reason} for code, reason in roll.left_out],
        "complete": roll.complete,
        "through": None if roll.through is None else roll.through.isoformat(),
        "missing": [{"table": name, "for": list(codes)} for name, codes in result.missing],
        "notes": list(notes_on(result)),
    }


def _reading(reading: DoubtReading) -> dict[str, Any]:
    return {"counts": list(reading.counted), "votes": list(reading.voting), "tally": tally_to_plain(reading.tally)}


def tally_to_plain(tally: Tally) -> dict[str, Any]:
    """A count with its reasons."""
    return {
        "outcome": tally.outcome.value,
        "ways": [[_counted(share) for share in way] for way in tally.ways],
        "bars": [{"bar": bar_in_words(one.bar), "by": list(one.by)} for one in tally.bars],
        "quorum": None if tally.quorum is None else _counted(tally.quorum),
        "votes": dict(tally.votes),
    }


def _counted(one: Counted) -> dict[str, Any]:
    return {"share": share_in_words(one.share), "has": one.has, "whole": one.whole, "needs": one.needs, "reached": one.reached}
