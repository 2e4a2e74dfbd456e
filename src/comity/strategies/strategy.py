"""A strategy as it is written: whose it is, what it is for, by what, how it is measured, what may go wrong, what its reviews found; types only.

Days that the strategy sets are days; days on which something happened may be partial. What is left out is not known: a number is never taken as zero.

Source: how-strategies-are-checked.md, section 1; docs/reference/strategy-format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from comity.terms import Moment

Role = Literal["owner", "contributor", "consulted", "informed"]
StakeholderKind = Literal["party", "ministry", "force", "organisation"]
InitiativeKind = Literal["agreement", "exercise", "exchange", "mission", "dialogue", "training"]
Cadence = Literal["monthly", "quarterly", "half-yearly", "yearly", "two-yearly"]
Direction = Literal["more", "less"]
RiskKind = Literal["domestic politics", "ratification", "capability gap", "legal gap", "funding", "partner", "security", "other"]
Part = Literal["strategy", "interest", "objective", "outcome", "initiative", "indicator", "assumption", "risk", "stakeholder"]
Done = Literal["added", "removed", "altered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An earlier version of the strategy, and the day on which it was adopted."""

    version: int
    adopted: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A stakeholder was consulted on that day: the act on record (its reference), or where the minutes are."""

    on: Moment
    act: str | None = None
    minutes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """Somebody who has a part in the strategy. ``party``: the code on record of the party that it is, or that it belongs to."""

    id: str
    title: str
    kind: StakeholderKind
    role: Role
    party: str | None = None
    consultation: tuple[Consultation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What is wanted for its own sake."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An objective: ``who`` (a stakeholder) is to bring about what ``statement`` says by ``due``; which interests it serves; how it is measured."""

    id: str
    statement: str
    who: str = ""
    serves: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is different for others once outputs are there; which objectives it serves."""

    id: str
    text: str
    serves: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An input: what goes in, who gives it (a stakeholder), what it costs in whole units of a currency (None: not known)."""

    id: str
    what: str
    by: str = ""
    cost: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is done with which inputs, and which outputs come of it."""

    id: str
    what: str
    uses: tuple[str, ...] = ()
    yields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is there once the activity is done, and to which outcomes it leads."""

    id: str
    what: str
    leads_to: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """By what an objective is sought. ``agreements``, ``acts``: those on record that it rests on. ``depends_on``: other initiatives."""

    id: str
    title: str
    kind: InitiativeKind
    lead: str = ""
    from_: date | None = None
    until: date | None = None
    agreements: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    input: tuple[Resource, ...] = ()
    activity: tuple[Activity, ...] = ()
    output: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRecord:
    """Which indicator of the record, of whom: ``party``, towards ``partner`` (None: all others), of one agreement or kind alone.

    ``months``: so many before the day of reading; None: since the strategy begins. ``key``: the parties' parts in a declared key of burdens.
    """

    indicator: str
    party: str
    partner: str | None = None
    agreement: str | None = None
    kind: str | None = None
    months: int | None = None
    key: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """An external indicator as somebody observed it: as of when, the value (in ``unit``; blank: the indicator's), where that is written."""

    on: Moment
    value: Fraction
    source: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Where the indicator stood, as of when."""

    value: Fraction
    on: Moment
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where it is to stand, by which day (None: not said)."""

    value: Fraction
    by: date | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An indicator of the strategy: read from the record, or observed by others (``source``: the stakeholder from whom its observations come).

    ``direction``: whether more or less of it is better. ``least``, ``most``: what its unit allows, where the unit is not one of those declared.
    """

    id: str
    title: str
    unit: str = ""
    direction: Direction = "more"
    owner: str = ""
    source: str = ""
    cadence: Cadence | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    record: FromRecord | None = None
    baseline: Baseline | None = None
    target: tuple[Target, ...] = ()
    observation: tuple[Observed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """An assumption was tested on that day: whether it holds, and where that is written."""

    on: Moment
    holds: Literal["yes", "no", "not known"]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """What has to hold for the logic to hold; on which parts it bears (their ids); how it is tested."""

    id: str
    text: str
    about: tuple[str, ...] = ()
    test: str = ""
    tested: tuple[Tested, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStage:
    """An agreement of which it matters where it stands at home in a state."""

    agreement: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong: how likely, how bad (words of the strategy's scales), what would show it, what is done about it, what it threatens (ids)."""

    id: str
    text: str
    kind: RiskKind
    likelihood: str = ""
    consequence: str = ""
    shown_by: str = ""
    mitigation: str = ""
    owner: str = ""
    threatens: tuple[str, ...] = ()
    stage: AtStage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """The words for how likely a risk is and how bad, from least to most."""

    likelihood: tuple[str, ...] = ("rare", "unlikely", "possible", "likely", "almost certain")
    consequence: tuple[str, ...] = ("negligible", "minor", "moderate", "major", "severe")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinding:
    """What a review found of which parts (ids), on what evidence: acts, readings, papers."""

    id: str
    text: str
    about: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """What was decided on which findings, by whom (a stakeholder), on which day; ``unchanged``: why nothing is changed."""

    id: str
    text: str
    by: str = ""
    on: date | None = None
    findings: tuple[str, ...] = ()
    unchanged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewChange:
    """What a decision changes in the next version: a part is added, removed or altered (``field``: in this alone; blank: in any)."""

    decision: str
    part: Part
    id: str
    done: Done = "altered"
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review of a version on a day: findings, decisions, changes."""

    id: str
    of: int
    on: date
    finding: tuple[ReviewFinding, ...] = ()
    decision: tuple[ReviewDecision, ...] = ()
    change: tuple[ReviewChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """A strategy in one version. ``from_``, ``until``: first and last day of its period. ``owner``: the stakeholder whose it is.

    ``act``: the act on record by which this version was adopted.
    """

    id: str
    title: str
    version: int
    from_: date
    until: date
    owner: str
    adopted: date | None = None
    act: str | None = None
    scales: Scales = Scales()
    earlier: tuple[Version, ...] = ()
    stakeholder: tuple[Stakeholder, ...] = ()
    interest: tuple[Interest, ...] = ()
    objective: tuple[Aim, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    initiative: tuple[Initiative, ...] = ()
    indicator: tuple[Measure, ...] = ()
    assumption: tuple[Assumption, ...] = ()
    risk: tuple[Risk, ...] = ()
    review: tuple[Review, ...] = ()

    def inputs(self) -> Iterator[Resource]:
        """Every input, in the order of the initiatives."""
        return (one for initiative in self.initiative for one in initiative.input)

    def activities(self) -> Iterator[Activity]:
        """Every activity, in the order of the initiatives."""
        return (one for initiative in self.initiative for one in initiative.activity)

    def outputs(self) -> Iterator[Output]:
        """Every output, in the order of the initiatives."""
        return (one for initiative in self.initiative for one in initiative.output)
