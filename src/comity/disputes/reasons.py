"""Why a step is open or not, in words; what is odd about an act.

Source: how-disputes-are-followed.md, sections 2 to 5.
"""

from __future__ import annotations

from comity.disputes.stages import Place, Ripeness
from comity.terms import Reason, Verdict

FINDINGS = {
    "dispute-stray": "replies to nothing that belongs to a dispute on record",
    "dispute-no-other-side": "names nobody with whom the dispute is (counterparty)",
    "dispute-before": "comes before the dispute was raised, and has no effect",
    "dispute-over": "comes when the dispute is over, and changes nothing",
    "dispute-outside-clause": "is by a means that the clause does not know: the sides are free to take it, and it moves none of the steps",
    "dispute-too-early": "begins a step before it was open under the clause; it has its effect all the same",
    "dispute-not-theirs": "begins a step that is an organ's to begin; it has its effect all the same",
    "dispute-not-asked": "is about no step that somebody asked for, and has no effect",
    "dispute-not-a-side": "was done by another than the sides, and has no effect",
    "dispute-not-raiser": "was done by another than the one that raised the dispute, and has no effect",
}
"""What is odd about an act, by the code of the finding."""


def reasons_of(place: Place, opening: Ripeness, ripe: Verdict) -> tuple[Reason, ...]:
    """Why the step is ripe or not, as far as the steps go."""
    step = place.step
    says = _SAYS[opening.why].format(steps=_steps(place), since=opening.since or "that", body=step.body or "the organ")
    found = Reason("settlement", says, step.article, source=place.clause.source, holds=opening.verdict is Verdict.YES)
    if ripe is opening.verdict:
        return (found,)
    return Reason("settlement", "readings of what happened differ", step.article, holds=False), found


_SAYS = {
    "raised": "open since the dispute was raised on {since}",
    "waited": "open from {since} on",
    "tried": "{steps} ended without settling it on {since}",
    "time-past": "the time for {steps} was past on {since}",
    "silence": "nothing on record answers {steps}, whose time was past on {since}; the record is not declared complete for that",
    "time-runs": "{steps} has time until {since}",
    "no-time": "no time is set for {steps}, and nothing on record says whether it led to anything; who says that it did not opens this",
    "not-begun": "{steps} comes first",
    "over": "the dispute is over, or not there yet",
    "begun": "it has been asked for already",
}


def _steps(place: Place) -> str:
    named = [place.clause.steps[number - 1] for number in place.step.follows if number <= len(place.clause.steps)]
    return " or ".join(dict.fromkeys(f"{one.means} ({one.article})" for one in named)) or "what it follows"
