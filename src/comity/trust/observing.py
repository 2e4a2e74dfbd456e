"""Out of the rows of duties, those of which it is known whether they were kept on time.

Source: docs/explanation/how-trust-is-forecast.md, section 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from comity.duties import DutyStatus, State
from comity.procedures import Simulated
from comity.trust.observations import Kept, Left, Observation, Observed

KEPT: dict[State, Kept] = {State.DONE: "kept", State.LATE: "late", State.OVERDUE: "missed"}
"""How a duty came out, by its state. Source: 1.2."""
NOT_COUNTED = (State.NOT_KNOWN, State.CONTESTED)


def observed(rows: Iterable[DutyStatus], on: date, person: Callable[[str], str], simulated: Simulated) -> Observed:
    """What is observed of these duties by the beginning of the day."""
    counted, left = list[Observation](), list[Left]()
    for row in rows:
        if row.owed_by is None or row.option or row.due is None or row.due >= on:
            continue
        by, to = person(row.owed_by), tuple(dict.fromkeys(person(code) for code in row.owed_to))
        if row.state in NOT_COUNTED:
            left.append(Left(row.does, by, to))
        elif row.state in KEPT:
            acts = tuple(ref for ref in (row.brought_about_by, *row.discharged_by) if ref is not None)
            played = row.agreement in simulated.agreements or any(ref in simulated.refs for ref in acts)
            counted.append(Observation(row.key, row.agreement, row.does, by, to, row.due, KEPT[row.state], acts, played))
    return Observed(tuple(sorted(counted, key=lambda one: (one.due, one.key))), tuple(left))
