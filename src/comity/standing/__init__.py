"""Standing: the one fold over all agreements. As of a day, as known on a day, as one viewer may see it; with its reasons.

This room owns: which acts a question may look at, the worlds that uncertain dates and contested effects make, the four
verdicts, coverage, what-if, what changed, whose key signed an act. It does not own: the law of one agreement (agreements), or files (book).
"""

from comity.standing.collecting import collector_paused
from comity.standing.completeness import CoveredChange, covered_timeline, covered_to_plain
from comity.standing.current import CORRECTIONS, Current
from comity.standing.cycles import find_cycle
from comity.standing.party_keys import PartyKey
from comity.standing.plain import (
    answer_to_plain,
    change_to_plain,
    coming_to_plain,
    difference_to_plain,
    entry_to_plain,
    finding_to_plain,
    key_to_plain,
    reason_to_plain,
)
from comity.standing.questions import Period
from comity.standing.reasons import RULES
from comity.standing.rebuilding import differing
from comity.standing.record import Holding, Record, added_to, depending, needs, none_on_record
from comity.standing.signers import Signed, Signers
from comity.standing.standing import Change, Coming, Difference, Standing, differences
from comity.standing.supposing import suppose

__all__ = [
    "CORRECTIONS",
    "RULES",
    "Change",
    "Coming",
    "Current",
    "CoveredChange",
    "Difference",
    "Holding",
    "PartyKey",
    "Period",
    "Record",
    "Signed",
    "Signers",
    "Standing",
    "added_to",
    "answer_to_plain",
    "change_to_plain",
    "collector_paused",
    "coming_to_plain",
    "covered_timeline",
    "covered_to_plain",
    "depending",
    "difference_to_plain",
    "differences",
    "differing",
    "entry_to_plain",
    "finding_to_plain",
    "find_cycle",
    "key_to_plain",
    "needs",
    "none_on_record",
    "reason_to_plain",
    "suppose",
]
