"""Clauses that stand for what a data set says of an agreement's life, as plain tables: bound by signature, in force from a day, ended on a day.

A day that is known stands in the clause. Of a day that is known in part the data set's own act, which establishes the fact, has the moment, so
that between its ends the answer is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from comity.registers.taking import Table
from comity.terms import Moment

IN_FORCE, OVER = "in-force-by-data-set", "ended-by-data-set"


def consented(source: str) -> Table:
    """By what a party is bound: the data set has it as a member."""
    says = "A member is bound from its own entry, on the data set's word."
    return _clause("consent", says, source) | {"acts": ["accede"], "signature_binds": True, "date": "made"}


def entered(begun: Moment | None, source: str) -> list[Table]:
    """In force from the moment given; no clause, and so unknown, where none is given."""
    if begun is None:
        return []
    when: dict[str, object] = {"kind": "not-before", "day": begun.first} if begun.certain else {"kind": "fact", "fact": IN_FORCE}
    return [_clause("entry-into-force", f"In force from {begun.written}, as the data set gives it.", source) | {"when": when}]


def leaving(source: str) -> Table:
    """A member leaves on the day that its leaving states."""
    return _clause("withdrawal", "A member is bound until the day on which the data set has it leave.", source)


def ended(over: Moment | None, source: str) -> list[Table]:
    """Over on the moment given; no clause where none is given."""
    if over is None:
        return []
    how: dict[str, object] = {"until": over.first} if over.certain else {"while": {"kind": "fact", "fact": OVER, "present": False}}
    return [_clause("duration", f"Ended on {over.written}, as the data set gives it.", source) | how]


def established(agreement: str, by: str, begun: Moment | None, over: Moment | None, source: str) -> list[dict[str, str]]:
    """The acts that the clauses with a partial day wait for."""
    found = []
    for moment, fact, name in ((begun, IN_FORCE, "in-force"), (over, OVER, "ended")):
        if moment is not None and not moment.certain:
            act = {"ref": f"{agreement}-{name}", "kind": "establish-fact", "actor": by, "agreement": agreement, "made": moment.written}
            found.append(act | {"details": f"fact={fact}", "source": source, "basis": "register"})
    return found


def obligation(type_: str, says: str, source: str, owed_by: Sequence[str] = (), conditions: Mapping[str, object] | None = None) -> Table:
    """What is owed, and by whom; ``conditions``: further fields of the clause."""
    return _clause("obligation", says, source) | {"type": type_} | ({"owed_by": list(owed_by)} if owed_by else {}) | dict(conditions or {})


def covered(source: str, since: date, through: date, kinds: Sequence[str] = (), parties: Sequence[str] = ()) -> Table:
    """For which kinds of act, by whom and to which day the record has all that the data set says."""
    return {"kinds": list(kinds), "parties": list(parties), "from": min(since, through), "through": through, "source": source}


def _clause(kind: str, says: str, source: str) -> dict[str, object]:
    return {"kind": kind, "article": "data set", "says": says, "read": "secondary", "source": source}
