"""Made strategies that keep every rule, with what is known of them.

It knows the types and the text (docs/explanation/how-strategies-are-checked.md), and nothing of the checker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeVar, cast, get_args

from comity.strategies.strategy import (
    Activity,
    Aim,
    Assumption,
    AtStage,
    Baseline,
    Cadence,
    Consultation,
    FromRecord,
    Initiative,
    InitiativeKind,
    Interest,
    Measure,
    Observed,
    Outcome,
    Output,
    Resource,
    Review,
    ReviewChange,
    ReviewDecision,
    ReviewFinding,
    Risk,
    RiskKind,
    Role,
    Stakeholder,
    StakeholderKind,
    Strategy,
    Target,
    Tested,
    Version,
)
from comity.terms import Moment, parse_moment

T = TypeVar("T")
PARTIES = frozenset({"AAA", "BBB", "CCC", "ORG"})
AGREEMENTS = frozenset({"pact", "treaty"})
ACTS = frozenset({"act-1", "act-2", "act-3"})
INDICATORS = {"kept": "share", "since": "days"}
FROM, UNTIL = date(2024, 1, 1), date(2029, 12, 31)
MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "two-yearly": 24}


@dataclass(frozen=True)
class Case:
    """A strategy beside what is known."""

    strategy: Strategy
    parties: frozenset[str] = PARTIES
    agreements: frozenset[str] = AGREEMENTS
    acts: frozenset[str] = ACTS


def moment(day: date) -> Moment:
    return parse_moment(day.isoformat())


def around(rng: Random, day: date) -> Moment:
    """The day; at times its month, its year, or some days about it."""
    drawn = rng.random()
    if drawn < 0.15:
        return parse_moment(f"{day.isoformat()[:7]}-xx")
    if drawn < 0.2:
        return parse_moment(f"{day.year}-xx-xx")
    return moment(day) if drawn < 0.85 else parse_moment(f"{day - timedelta(days=rng.randint(0, 3))}/{day + timedelta(days=rng.randint(0, 3))}")


def some(rng: Random, names: list[str], least: int = 1) -> tuple[str, ...]:
    return tuple(rng.sample(names, rng.randint(least, len(names))))


def made(seed: int) -> Case:
    """A strategy that keeps every rule."""
    rng = Random(seed)
    who = [f"s{n}" for n in range(rng.randint(1, 4))]
    interests, aims = [f"i{n}" for n in range(rng.randint(1, 3))], [f"o{n}" for n in range(rng.randint(1, 3))]
    outcomes, measures = [f"c{n}" for n in range(rng.randint(1, 3))], [f"m{n}" for n in range(rng.randint(1, 4))]
    earlier = tuple(Version(version=n, adopted=date(2023, 6, 1) + timedelta(days=200 * n)) for n in range(1, rng.randint(1, 4)))
    adopted = rng.choice((None, date(2024, 9, 1), date(2026, 1, 1))) if not earlier else rng.choice((None, date(2026, 1, 1)))
    indicators = tuple(_measure(rng, name, who) for name in measures)
    initiatives = tuple(_initiative(rng, f"n{n}", who, outcomes, measures) for n in range(rng.randint(1, 3)))
    initiatives = tuple(_resting(rng, one, initiatives[:n]) for n, one in enumerate(initiatives))
    parts = [*interests, *aims, *outcomes, *measures, *(one.id for one in initiatives), *(given.id for given in initiatives[0].input)]
    strategy = Strategy(
        id=rng.choice(("plan", "plan-24", "The plan 24")),
        title="t",
        version=len(earlier) + rng.choice((1, 1, 2)),
        from_=FROM,
        until=UNTIL,
        owner=who[0],
        adopted=adopted,
        act=rng.choice((None, "act-1")),
        earlier=earlier,
        stakeholder=tuple(_stakeholder(rng, name, adopted, first=name == who[0]) for name in who),
        interest=tuple(Interest(id=name, text="t") for name in interests),
        objective=tuple(_aim(rng, name, who, interests, indicators, aims) for name in aims),
        outcome=tuple(Outcome(id=name, text="t", serves=_spread(rng, aims, outcomes, name), indicators=some(rng, measures, 0)) for name in outcomes),
        initiative=_leading(rng, initiatives, outcomes),
        indicator=indicators,
        assumption=tuple(
            Assumption(id=f"a{n}", text="t", about=some(rng, parts), test="t", tested=tuple(_tested(rng) for _ in range(rng.randint(0, 3))))
            for n in range(rng.randint(0, 2))
        ),
        risk=tuple(_risk(rng, f"r{n}", who, parts) for n in range(rng.randint(0, 2))),
    )
    strategy = _measuring_all(strategy)
    return Case(_reviewed(rng, strategy))


def _spread(rng: Random, targets: list[str], sources: list[str], name: str) -> tuple[str, ...]:
    """Some of the targets, such that all the sources together have them all."""
    mine = [one for n, one in enumerate(targets) if sources[n % len(sources)] == name]
    more = [one for one in targets if one not in mine and (not mine or rng.random() < 0.3)]
    return tuple(mine or more[:1]) + tuple(more if mine else more[1:2])


def _aim(rng: Random, name: str, who: list[str], interests: list[str], indicators: tuple[Measure, ...], aims: list[str]) -> Aim:
    chosen = rng.sample(indicators, rng.randint(1, len(indicators)))
    soonest = max(min(target.by or UNTIL for target in one.target) for one in chosen)
    due = soonest if rng.random() < 0.4 else soonest + timedelta(days=rng.randint(0, (UNTIL - soonest).days))
    words = rng.choice(("It improves by 5", "Reach it", "To deepen it, by half", "Reach 7", "It is improved", "Unsupported"))
    return Aim(
        id=name, statement=words, who=rng.choice(who), serves=_spread(rng, interests, aims, name), indicators=tuple(one.id for one in chosen), due=due
    )


def _stakeholder(rng: Random, name: str, adopted: date | None, *, first: bool) -> Stakeholder:
    kind: StakeholderKind = rng.choice(get_args(StakeholderKind))
    role: Role = "owner" if first else rng.choice(get_args(Role))
    talks = [Consultation(on=around(rng, (adopted or FROM) + timedelta(days=300)), act="act-2") for _ in range(rng.randint(0, 1))]
    before = (adopted or FROM) - timedelta(days=rng.choice((0, 0, 1, 90)))
    talks += [Consultation(on=rng.choice((moment, lambda day: around(rng, day)))(before), minutes="t")]
    talks = talks if role in ("contributor", "consulted") else talks[: rng.randint(0, 1)]
    if role in ("contributor", "consulted") and adopted is not None and not any(one.on.first <= adopted for one in talks):
        talks = [*talks, Consultation(on=moment(adopted), act="act-3", minutes=" ")]
    party = rng.choice(sorted(PARTIES)) if kind != "organisation" or rng.random() < 0.5 else None
    return Stakeholder(id=name, title="t", kind=kind, role=role, party=party, consultation=tuple(talks))


def _measure(rng: Random, name: str, who: list[str]) -> Measure:
    record = rng.choice((None, None, "kept", "since"))
    unit = INDICATORS[record] if record is not None else rng.choice(("percent", "%", "share", "number", "days", "guns"))
    top = Fraction(1) if unit == "share" else Fraction(100)
    more = rng.random() < 0.6
    cadence: Cadence = rng.choice(get_args(Cadence))
    begins = around(rng, FROM - timedelta(days=rng.randint(0, 300)))
    second = _months_after(begins.last, 2 * MONTHS[cadence])
    days = sorted(FROM + timedelta(days=n) for n in rng.sample(range(400, (UNTIL - FROM).days + 1), rng.randint(1, 3)))
    days = [day for day in days if day > begins.first]
    if second > FROM and (days[-1] < second or rng.random() < 0.3):
        days = [*(day for day in days if day < second), second]
    steps = sorted((top * rng.randint(0, 20) / 20 for _ in range(len(days) + 1)), reverse=not more)
    source = None if record is not None else rng.choice(who)
    observed = tuple(_observed(rng, top, unit) for _ in range(rng.randint(0, 4))) if record is None else ()
    return Measure(
        id=name,
        title="t",
        unit=unit,
        direction="more" if more else "less",
        owner=rng.choice(who),
        source=source or "",
        cadence=cadence,
        least=rng.choice((None, Fraction(0))),
        most=rng.choice((None, top)),
        record=None if record is None else _from_record(rng, record),
        baseline=Baseline(value=steps[0], on=begins, unit=rng.choice(("", unit))),
        target=tuple(Target(value=value, by=day, unit=rng.choice(("", unit))) for value, day in zip(steps[1:], days, strict=True)),
        observation=observed,
    )


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    return date(year, month + 1, min(day.day, longest))


def _from_record(rng: Random, name: str) -> FromRecord:
    return FromRecord(
        indicator=name,
        party=rng.choice(("AAA", "BBB")),
        partner=rng.choice((None, "CCC")),
        agreement=rng.choice((None, "pact")),
        kind=rng.choice((None, "k")),
        months=rng.choice((None, 1, 12, 36)),
        key=rng.choice(({}, {"AAA": 2, "BBB": 1})),
    )


def _observed(rng: Random, top: Fraction, unit: str) -> Observed:
    on = around(rng, FROM + timedelta(days=rng.randint(-100, 2100)))
    return Observed(on=on, value=top * rng.randint(0, 20) / 20, source="t", unit=rng.choice(("", unit)))


def _initiative(rng: Random, name: str, who: list[str], outcomes: list[str], measures: list[str]) -> Initiative:
    kind: InitiativeKind = rng.choice(get_args(InitiativeKind))
    inputs = [f"{name}p{n}" for n in range(rng.randint(1, 2))]
    activities = [f"{name}v{n}" for n in range(rng.randint(1, 2))]
    outputs = [f"{name}u{n}" for n in range(rng.randint(1, 2))]
    first = rng.choice((None, FROM, FROM + timedelta(days=rng.randint(0, 400))))
    return Initiative(
        id=name,
        title="t",
        kind=kind,
        lead=rng.choice(who),
        from_=first,
        until=rng.choice((None, UNTIL, (first or FROM) + timedelta(days=rng.choice((0, 90))))),
        agreements=some(rng, sorted(AGREEMENTS), 0),
        acts=some(rng, sorted(ACTS), 0),
        input=tuple(
            Resource(id=one, what="w", by=rng.choice(who), cost=rng.choice((None, 0, 7)), currency=rng.choice(("EUR", "USD"))) for one in inputs
        ),
        activity=tuple(
            Activity(id=one, what="w", uses=_spread(rng, inputs, activities, one), yields=_spread(rng, outputs, activities, one))
            for one in activities
        ),
        output=tuple(Output(id=one, what="w", leads_to=some(rng, outcomes), indicators=some(rng, measures, 0)) for one in outputs),
    )


def _resting(rng: Random, one: Initiative, before: tuple[Initiative, ...]) -> Initiative:
    """The same, resting on some of those before it that begin no later."""
    names = tuple(other.id for other in before if rng.random() < 0.5 and (one.from_ is None or other.from_ is None or other.from_ <= one.from_))
    return _with(one, depends_on=names)


def _leading(rng: Random, initiatives: tuple[Initiative, ...], outcomes: list[str]) -> tuple[Initiative, ...]:
    """The same; the first leads to every outcome to which none leads."""
    led = {name for one in initiatives for output in one.output for name in output.leads_to}
    first = initiatives[0].output[0]
    missing = tuple(name for name in outcomes if name not in led or rng.random() < 0.4)
    output = _with(first, leads_to=tuple(dict.fromkeys([*first.leads_to, *missing])))
    return _with(initiatives[0], output=(output, *initiatives[0].output[1:])), *initiatives[1:]


def _measuring_all(strategy: Strategy) -> Strategy:
    """The same; the first outcome names each indicator that nothing names."""
    lists = [one.indicators for one in strategy.objective] + [one.indicators for one in strategy.outcome]
    named = {name for names in (*lists, *(one.indicators for one in strategy.outputs())) for name in names}
    missing = tuple(one.id for one in strategy.indicator if one.id not in named)
    first = strategy.outcome[0]
    return _with(strategy, outcome=(_with(first, indicators=(*first.indicators, *missing)), *strategy.outcome[1:]))


def _tested(rng: Random) -> Tested:
    on = around(rng, FROM + timedelta(days=rng.choice((0, 40, rng.randint(0, 900)))))
    return Tested(on=on, holds=rng.choice(("yes", "yes", "no", "not known")), source="t")


def _risk(rng: Random, name: str, who: list[str], parts: list[str]) -> Risk:
    kind: RiskKind = rng.choice(("ratification", *get_args(RiskKind)))
    return Risk(
        id=name, text="t", kind=kind, likelihood=rng.choice(("rare", "possible", "almost certain")),
        consequence=rng.choice(("minor", "severe")), shown_by="t", mitigation="t", owner=rng.choice(who), threatens=some(rng, parts),
        stage=rng.choice((None, AtStage(agreement="pact", state="AAA"))),
    )  # fmt: skip


def _reviewed(rng: Random, strategy: Strategy) -> Strategy:
    """The same, with some reviews of its versions."""
    versions = [(one.version, one.adopted) for one in strategy.earlier]
    versions += [] if strategy.adopted is None else [(strategy.version, strategy.adopted)]
    reviews = []
    for n in range(rng.randint(0, 2) if versions else 0):
        version, adopted = rng.choice(versions)
        on = adopted + timedelta(days=rng.choice((0, 1, 300)))
        reviews.append(review_of(rng, f"w{n}", version, on, strategy))
    return _with(strategy, review=tuple(reviews))


def review_of(rng: Random, name: str, version: int, on: date, strategy: Strategy) -> Review:
    """A review of that version on that day, with which nothing is wrong."""
    findings = [f"f{n}" for n in range(rng.randint(1, 3))]
    decisions = [f"d{n}" for n in range(rng.randint(1, 2))]
    changes = list[ReviewChange]()
    for decision in decisions:
        for _ in range(rng.choice((0, 1, 2))):
            changes.append(
                rng.choice(
                    (
                        ReviewChange(decision=decision, part="objective", id=rng.choice(strategy.objective).id, field=rng.choice(("", "due"))),
                        ReviewChange(decision=decision, part="initiative", id=rng.choice(strategy.initiative).id, done="added"),
                        ReviewChange(decision=decision, part="indicator", id="gone", done="removed"),
                        ReviewChange(decision=decision, part="strategy", id=strategy.id, field="until"),
                        ReviewChange(decision=decision, part="initiative", id=rng.choice(strategy.initiative).id, field="from"),
                    )
                )
            )
    changing = {change.decision for change in changes}
    return Review(
        id=name,
        of=version,
        on=on,
        finding=tuple(
            ReviewFinding(id=one, text="t", about=rng.choice(((), (strategy.objective[0].id,))), evidence=rng.choice((("e",), (" ", "e"))))
            for one in findings
        ),
        decision=tuple(
            ReviewDecision(
                id=one, text="t", by=strategy.owner, on=on + timedelta(days=rng.choice((0, 9))), findings=_spread(rng, findings, decisions, one),
                unchanged="" if one in changing else "t",
            )
            for one in decisions
        ),
        change=tuple(changes),
    )  # fmt: skip


def _with(one: T, **other: object) -> T:
    return cast(T, replace(cast(Any, one), **other))
