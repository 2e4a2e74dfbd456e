"""The rules about a strategy itself, what it names, and those who have a part in it.

Source: how-strategies-are-checked.md, 2.1 to 2.10.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from comity.strategies.looking import ITSELF, Looked, listed
from comity.strategies.strategy import Review, Stakeholder
from comity.terms import Broken


def id_(x: Looked) -> Iterator[Broken]:
    """1: acts can name the strategy by its id."""
    name = x.strategy.id
    if not name or name != name.strip() or re.search(r"[;=,\n\r]", name):
        yield Broken("id", ITSELF, f"its id is {name!r}; write one without ; = , or spaces at its ends")


def version(x: Looked) -> Iterator[Broken]:
    """2: versions are numbered upwards."""
    numbers = [*(one.version for one in x.strategy.earlier), x.strategy.version]
    if numbers[0] < 1:
        yield Broken("version", ITSELF, f"its first version is {numbers[0]}; begin with 1")
    for before, after in pairwise(numbers):
        if after <= before:
            yield Broken("version", ITSELF, f"version {after} follows version {before}; number versions upwards, the earliest first")


def dates(x: Looked) -> Iterator[Broken]:
    """3: its days are in order."""
    s = x.strategy
    if s.until < s.from_:
        yield Broken("dates", ITSELF, f"until {s.until} is before from {s.from_}; put one of them right")
    days = [one.adopted for one in s.earlier] + ([] if s.adopted is None else [s.adopted])
    for before, after in pairwise(days):
        if after <= before:
            yield Broken("dates", ITSELF, f"a version adopted on {after} follows one adopted on {before}; put the days in order")


def twice(x: Looked) -> Iterator[Broken]:
    """4: what has an id has it alone."""
    lists = list(x.tables.items())
    for review in x.strategy.review:
        lists.append((f"{review.id} finding", [one.id for one in review.finding]))
        lists.append((f"{review.id} decision", [one.id for one in review.decision]))
    for table, names in lists:
        for name, count in Counter(names).items():
            if count > 1:
                yield Broken("twice", f"{table} {name}", f"this id stands {count} times; give each its own")


def named(x: Looked) -> Iterator[Broken]:
    """5: what is named is there."""
    s, tables = x.strategy, x.tables
    for aim in s.objective:
        yield from _there(f"objective {aim.id}", "interest", aim.serves, tables["interest"])
        yield from _there(f"objective {aim.id}", "indicator", aim.indicators, tables["indicator"])
    for outcome in s.outcome:
        yield from _there(f"outcome {outcome.id}", "objective", outcome.serves, tables["objective"])
        yield from _there(f"outcome {outcome.id}", "indicator", outcome.indicators, tables["indicator"])
    for one in s.initiative:
        yield from _there(f"initiative {one.id}", "initiative", one.depends_on, tables["initiative"])
        for activity in one.activity:
            yield from _there(f"activity {activity.id}", "input of its initiative", activity.uses, [given.id for given in one.input])
            yield from _there(f"activity {activity.id}", "output of its initiative", activity.yields, [made.id for made in one.output])
        for output in one.output:
            yield from _there(f"output {output.id}", "outcome", output.leads_to, tables["outcome"])
            yield from _there(f"output {output.id}", "indicator", output.indicators, tables["indicator"])
    for assumption in s.assumption:
        yield from _there(f"assumption {assumption.id}", "part", assumption.about, x.parts)
    for risk in s.risk:
        yield from _there(f"risk {risk.id}", "part", risk.threatens, x.parts)
    for review in s.review:
        yield from _named_by_review(x, review)


def _named_by_review(x: Looked, review: Review) -> Iterator[Broken]:
    gone = {change.id for other in x.strategy.review for change in other.change if change.done == "removed"}
    for finding in review.finding:
        yield from _there(f"{review.id} finding {finding.id}", "part", finding.about, x.parts | gone)
    for decision in review.decision:
        yield from _there(f"{review.id} decision {decision.id}", "finding of its review", decision.findings, [one.id for one in review.finding])
    for change in review.change:
        where = f"{review.id} change of {change.part} {change.id}"
        yield from _there(where, "decision of its review", [change.decision], [one.id for one in review.decision])


def _there(where: str, what: str, names: Iterable[str], there: Iterable[str]) -> Iterator[Broken]:
    found = list(there)
    missing = [name for name in names if name not in found]
    if missing:
        some = "" if what == "part" else f"; there are: {listed(found)}"
        yield Broken("named", where, f"names the {what} {missing[0]!r}, which is not given{some}")


def _answerable(x: Looked) -> Iterator[tuple[str, str, bool]]:
    """Who answers for what: where, who, and whether somebody must."""
    s = x.strategy
    yield ITSELF, s.owner, True
    yield from ((f"objective {one.id}", one.who, False) for one in s.objective)
    yield from ((f"initiative {one.id}", one.lead, True) for one in s.initiative)
    yield from ((f"input {one.id}", one.by, True) for one in s.inputs())
    yield from ((f"indicator {one.id}", one.owner, True) for one in s.indicator)
    yield from ((f"risk {one.id}", one.owner, True) for one in s.risk)
    yield from ((f"{review.id} decision {one.id}", one.by, True) for review in s.review for one in review.decision)


def stakeholder(x: Looked) -> Iterator[Broken]:
    """6: who answers for something is a stakeholder."""
    there = x.tables["stakeholder"]
    for where, who, needed in _answerable(x):
        if who and who not in there:
            yield Broken("stakeholder", where, f"{who!r} is no stakeholder; there are: {listed(there)}")
        elif needed and not who:
            yield Broken("stakeholder", where, "nobody answers for it; name a stakeholder")


def party(x: Looked) -> Iterator[Broken]:
    """7: a party, ministry or force says of which party it is."""
    for one in x.strategy.stakeholder:
        if one.kind != "organisation" and one.party is None:
            yield Broken("party", f"stakeholder {one.id}", f"a {one.kind} is, or belongs to, a party; add party = the code of one on record")


def _on_record(x: Looked) -> Iterator[tuple[str, str, str]]:
    """What is named of the record: where, what sort of thing, and its code, id or reference."""
    s = x.strategy
    yield from ((ITSELF, "act", ref) for ref in [s.act] if ref is not None)
    for one in s.stakeholder:
        yield from ((f"stakeholder {one.id}", "party", code) for code in [one.party] if code is not None)
        yield from ((f"stakeholder {one.id}", "act", met.act) for met in one.consultation if met.act is not None)
    for initiative in s.initiative:
        yield from ((f"initiative {initiative.id}", "agreement", name) for name in initiative.agreements)
        yield from ((f"initiative {initiative.id}", "act", ref) for ref in initiative.acts)
    for measure in s.indicator:
        where, asked = f"indicator {measure.id}", measure.record
        if asked is not None:
            yield where, "indicator", asked.indicator
            yield from ((where, "party", code) for code in [asked.party, asked.partner, *asked.key] if code is not None)
            yield from ((where, "agreement", name) for name in [asked.agreement] if name is not None)
    for risk in s.risk:
        if risk.stage is not None:
            yield f"risk {risk.id}", "agreement", risk.stage.agreement
            yield f"risk {risk.id}", "party", risk.stage.state


_LISTS = {"party": "comity parties", "agreement": "comity agreements", "act": "comity acts", "indicator": "comity indicator list"}


def on_record(x: Looked) -> Iterator[Broken]:
    """8: parties, agreements, acts and indicators of the record are on record."""
    held = {"party": x.known.parties, "agreement": x.known.agreements, "act": x.known.acts, "indicator": x.known.indicators}
    for where, what, name in _on_record(x):
        if name not in held[what]:
            yield Broken("on-record", where, f"no {what} {name!r} is on record; list them with: {_LISTS[what]}")


def role(x: Looked) -> Iterator[Broken]:
    """9: whose the strategy is, is an owner."""
    if not any(one.role == "owner" for one in x.strategy.stakeholder):
        yield Broken("role", ITSELF, 'no stakeholder has the role "owner"; say whose it is')
    for one in x.strategy.stakeholder:
        if one.id == x.strategy.owner and one.role != "owner":
            yield Broken("role", f"stakeholder {one.id}", f'the strategy is its, and its role is "{one.role}"; make it "owner"')


def consultation(x: Looked) -> Iterator[Broken]:
    """10: who contributes or is to be consulted was consulted, and that is written."""
    for one in x.strategy.stakeholder:
        if one.role in ("contributor", "consulted") and not any(_counts(x, one)):
            when = "" if x.strategy.adopted is None else f" by {x.strategy.adopted}, when it was adopted"
            yield Broken(
                "consultation", f"stakeholder {one.id}", f'its role is "{one.role}", and no consultation is told{when}; consult it and add when'
            )
        for met in one.consultation:
            if met.act is None and not met.minutes.strip():
                yield Broken("consultation", f"stakeholder {one.id}", f"nothing shows its consultation of {met.on}; give act or minutes")


def _counts(x: Looked, one: Stakeholder) -> Iterator[bool]:
    return (x.strategy.adopted is None or met.on.first <= x.strategy.adopted for met in one.consultation)
