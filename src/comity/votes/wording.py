"""A rule, and a share as it was counted, in words; and what one has to bear in mind with a result.

Source: how-decisions-are-counted.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.agreements.decision_rules import Bar, DecisionRule, Share
from comity.votes.results import MOST_DOUBTS, Result
from comity.votes.voters import Counted

_WHOLE = {"electorate": "all members", "present": "those present", "voting": "those voting yes or no"}


def rule_in_words(rule: DecisionRule) -> str:
    """What it takes to be adopted."""
    said = " or ".join(" and ".join(share_in_words(share) for share in way) or "nothing" for way in rule.passes)
    bars = "; ".join(bar_in_words(bar) for bar in rule.bars)
    quorum = f"quorum: {share_in_words(rule.quorum)}" if rule.quorum else ""
    return "; ".join(part for part in (said, bars, quorum, rule.besides or "") if part) or "nothing bars it"


def share_in_words(share: Share) -> str:
    """How much it needs, of what, of whom."""
    of = "" if share.count == "members" else f"the {share.count} of "
    whole = f"{of}{_WHOLE[share.among]}"
    if share.least is not None:
        return f"at least {_part(share.least)} of {whole}"
    if share.more is not None:
        return f"more than {_part(share.more)} of {whole}"
    if share.all_but is not None:
        return f"all but {share.all_but} of {whole}" if share.all_but else whole
    inner = "so much" if share.all_but_fewest is None else share_in_words(share.all_but_fewest)
    return f"{whole} but as many as the fewest that are {inner}"


def _part(said: str) -> str:
    return f"{said.removesuffix('/100')} %" if said.endswith("/100") else said


def bar_in_words(bar: Bar) -> str:
    """Whose votes defeat it."""
    votes = " or ".join(bar.votes)
    by = ", ".join(bar.by) or "anybody"
    return f"barred by {votes} of {by}" + (f" that are {' and '.join(share_in_words(s) for s in bar.shares)}" if bar.shares else "")


def counted_in_words(counted: Counted) -> str:
    """A share with its figures."""
    return f"{share_in_words(counted.share)}: {counted.has} of {counted.whole}, needs {counted.needs}"


def notes_on(result: Result) -> Iterator[str]:
    """What one has to bear in mind with the result, a line each."""
    roll = result.roll
    unnamed = sum(not seat.named for seat in roll.seats)
    if unnamed:
        yield f"{unnamed} of {len(roll.seats)} seats are unnamed: the record does not say who holds them that day"
    if not roll.complete:
        yield "others may be members: the record is not declared complete for who is bound"
    elif roll.through is not None and roll.through < roll.on:
        yield f"who is a member is declared to {roll.through}, and is presumed to go on"
    for code, reason in roll.left_out:
        yield f"{code} does not count: {reason}"
    for name, lacking in result.missing:
        yield f"the table {name} has no figure on that day" + (f" for {', '.join(lacking)}" if lacking else ": the count by it is not made")
    if result.doubts:
        too_many = "" if len(result.doubts) <= MOST_DOUBTS else "; too many to count every way to read them"
        yield f"contested or unknown of {', '.join(result.doubts)}: whether it counts, or has a vote{too_many}"
    if roll.rule.besides is not None:
        yield f"it also needs that {roll.rule.besides}: that is not counted"
    for weights in roll.weights:
        yield f"{weights.count}: {weights.table.article}; {weights.table.source or weights.agreement}"
    if roll.rule.read == "memory":
        yield "the rule is set down from memory, not yet verified"
