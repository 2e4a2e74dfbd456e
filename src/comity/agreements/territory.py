"""On which days does the agreement extend to a territory, for the party responsible for it?

Source: VCLT 29 and the clauses; how-standing-is-derived.md, section 9.7.
"""

from __future__ import annotations

from comity.agreements.clauses import Territory, Withdrawal
from comity.agreements.days import BEGIN, EVER, Day, Days, union
from comity.agreements.deeds import Deed
from comity.agreements.docket import Docket
from comity.agreements.when import after


def extends_to(docket: Docket, party: str, territory: str) -> Days:
    """The days on which the agreement, as far as it binds ``party``, extends to ``territory``."""
    clause = docket.clause(Territory)
    acts = [d for link in docket.line_of(party) for d in docket.by(link.code) if territory in d.act.territory]
    extensions = [(start, _end(docket, acts, start)) for start in _starts(clause, acts)]
    if clause is not None and clause.scope == "metropolitan":
        return union(extensions)
    excluded = min((d.received for d in acts if d.kind == "exclude-territory"), default=EVER)
    return union([(BEGIN, excluded)], extensions)


def _starts(clause: Territory | None, acts: list[Deed]) -> list[Day]:
    return [after(d.received, clause.delay if clause is not None else ()) for d in acts if d.kind == "extend-territory"]


def _end(docket: Docket, acts: list[Deed], start: Day) -> Day:
    """Ended by the first notice from the day on which the extension took effect, as a withdrawal would be."""
    withdrawal = docket.clause(Withdrawal)
    notices = [d for d in acts if d.kind == "end-territory" and d.received >= start]
    return min((d.takes_effect if withdrawal is None else after(d.received, withdrawal.notice) for d in notices), default=EVER)
