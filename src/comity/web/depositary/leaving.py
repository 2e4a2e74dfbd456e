"""A notice of withdrawal: is the party bound, and does the agreement let it leave?

Source: VCLT 54, 56, 65 and 67.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.agreements import CONTRACTING, PARTY, PROVISIONAL, SUSPENDED
from comity.agreements.clauses import NoWithdrawal, Withdrawal
from comity.web.depositary.consents import Before
from comity.web.depositary.instruments import Check, Instrument, Outcome

_BOUND = (PARTY, PROVISIONAL, SUSPENDED)


def leaving(instrument: Instrument, clause: Withdrawal | NoWithdrawal | None, before: Before) -> Iterator[Check]:
    """Each question about a notice; nothing of any other instrument."""
    if instrument.kind != "denounce":
        return
    mode = before.mode
    if before.unsure:
        yield Check("bound", Outcome.OPEN, f"it is {before.unsure} whether it is bound: is there anything to leave?", "VCLT 54")
    elif mode == CONTRACTING:
        yield Check("bound", Outcome.OPEN, "not bound yet: the notice takes its consent back before it took effect", "VCLT 18(b)")
    elif mode in _BOUND:
        yield Check("bound", Outcome.PASSES, f"it stands as {mode}", "VCLT 54")
    else:
        yield Check("bound", Outcome.FAIL, f"it is not bound (it stands as {mode}): there is nothing to leave", "VCLT 54")
    if clause is None:
        says = "no clause on withdrawal: only if the parties meant to admit it, or its nature implies it; twelve months' notice"
        yield Check("form", Outcome.OPEN, says, "VCLT 56")
    elif isinstance(clause, NoWithdrawal):
        yield Check("form", Outcome.FAIL, clause.says, clause.article if clause.article != "-" else "VCLT 54")
    else:
        yield Check("form", Outcome.PASSES, clause.says, clause.article if clause.article != "-" else "VCLT 54(a)")
