"""Standing: the one fold over all agreements. As of a day, as known on a day, as one viewer may see it; with its reasons.

This room owns: which acts a question may look at, the worlds that uncertain dates and contested effects make, the four
verdicts, coverage, what-if, what changed. It does not own: the law of one agreement (agreements), or files (book).
"""

from comity.standing.reasons import RULES
from comity.standing.record import Record, find_cycle, needs
from comity.standing.standing import Change, Coming, Difference, Standing, differences

__all__ = ["RULES", "Record", "Change", "Coming", "Difference", "Standing", "differences", "find_cycle", "needs"]
