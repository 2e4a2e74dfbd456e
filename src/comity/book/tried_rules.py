"""The file of a rule that is tried out: read whole, every problem in one line with where it stands.

Source: docs/reference/rule-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from comity.book.decoding import stop_at
from comity.book.whole_files import FileKind
from comity.power import TriedRule

MOST_WEIGHT = 10**12
"""What a member may weigh at most."""
RULES = FileKind(TriedRule, "a rule", "give the file of a rule (docs/reference/rule-format.md), or AGREEMENT/RULE")


def read_tried_rule(path: Path) -> TriedRule:
    """The rule in the file; BadInput tells its problems."""
    found, _ = RULES.read(path)
    stop_at(f"{path.name}: {problem}" for problem in _unsound(found))
    return found


def _unsound(found: TriedRule) -> Iterator[str]:
    voters = found.voters
    if not voters:
        yield 'it has no members; list them, members = ["A", "B"], or give them weights'
    for code in sorted({code for code in found.members if found.members.count(code) > 1}):
        yield f"members has {code!r} twice; list each once"
    if not found.passes and not found.bars:
        yield "nothing is asked of a proposal; say what it needs with passes, or what defeats it with bars"
    codes = {voter.code for voter in voters}
    for name, table in found.weights.items():
        for code, weight in table.items():
            if code not in codes:
                yield f"weights, {name} has {code!r}, which is not among the members; add it there, or take it out"
            if not 0 <= weight <= MOST_WEIGHT:
                yield f"weights, {name}: {code!r} weighs {weight}; give a whole number from 0 to {MOST_WEIGHT}"
    for where, share in found.shares():
        if sum(said is not None for said in (share.least, share.more, share.all_but, share.all_but_fewest)) != 1:
            yield f"{where}: a share says one of least, more, all_but and all_but_fewest"
        if share.count != "members" and share.count not in found.weights:
            yield f"{where} counts {share.count!r}, of which there are no weights; add a table [weights.{share.count}]"
        elif lacking := [v.code for v in voters if share.count != "members" and share.count not in v.weights]:
            yield f"{where} counts {share.count!r}, which {', '.join(lacking)} have not; give each a weight"
    for at, bar in enumerate(found.bars, 1):
        if unknown := [code for code in bar.by if code not in codes]:
            yield f"bar {at} names {', '.join(unknown)}, not among the members; add them there, or take them out"
