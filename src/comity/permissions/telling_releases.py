"""A decision on release put into words: each test a reason, down to the article and the acts.

Source: docs/explanation/how-permissions-are-derived.md, sections 1, 4.6 and 4.7.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from comity.agreements import EVER
from comity.agreements.allowances import Equivalence, Release
from comity.permissions.changing import least_for_release, would_cover
from comity.permissions.grounds import Grounds
from comity.permissions.lines import Lines, Membership, Outcome, ReleaseAsked, ReleaseConsent, ReleaseLine
from comity.permissions.missing import why_none_fits, why_not_in_force
from comity.permissions.questions import ReleaseQuestion
from comity.permissions.releasing import Decision, Releasing, Test, fits
from comity.terms import Answer, Label, Provided, Reason, Verdict, join


@dataclass(frozen=True, slots=True)
class Told:
    """One question about release with all that it is answered from."""

    grounds: Grounds
    question: ReleaseQuestion
    asked: ReleaseAsked
    lines: Lines

    @property
    def on(self) -> date:
        return date.fromordinal(self.asked.day)


def tell_release(told: Told) -> Answer:
    """The answer, as the giver, the originator and the record's keeper may see it."""
    asked, releasing = told.asked, Releasing(told.lines)
    decision = releasing.decide(asked)
    line, allowed = decision.line, decision.outcome is Outcome.ALLOWED
    standing = None if line is None else told.grounds.standing.between(line.giver, line.taker, line.agreement, told.on)
    since, until = _period(told, releasing, decision.outcome)
    because = [reason for test in decision.tests for reason in _reasons(told, test, standing)]
    return Answer(
        f"may release: {asked.giver} to {asked.taker}, {_marked(told)}",
        decision.outcome.verdict,
        since,
        until,
        reach=None if standing is None else standing.reach,
        mode=str(decision.outcome),
        readings=() if standing is None or decision.outcome is not Outcome.CONTESTED else standing.readings,
        because=tuple(because if allowed else [*because, *_outlives(told)]),
        would_change=least_for_release(told.grounds, asked, decision) if decision.outcome.verdict is Verdict.NO else (),
        provided=() if decision.outcome.verdict is Verdict.NO else _provided(told, line),
        notes=() if standing is None else standing.notes,
        label=label_of(told.grounds, [standing] if standing is not None else [], _consents(decision)),
        versions=() if standing is None else standing.versions,
    )


def label_of(grounds: Grounds, answers: Iterable[Answer], refs: Container[str]) -> Label:
    """The join of the labels of the answers, and of the acts of consent, that something rests on."""
    acts = grounds.standing.acts_of(("consent-release", "consent-activity", "mandate"))
    return join([*(answer.label for answer in answers), *(act.label for act, _ in acts if act.ref in refs)])


def _marked(told: Told) -> str:
    """The information as its marking says: policy, level, categories, addressees."""
    asked, question = told.asked, told.question
    words = [f"{asked.policy} {asked.level}" if not asked.level.startswith(asked.policy) else asked.level, *sorted(question.categories)]
    words += [*sorted(question.caveats), *([f"REL TO {', '.join(sorted(asked.releasable))}"] if asked.releasable else [])]
    return " // ".join(words)


def _period(told: Told, releasing: Releasing, outcome: Outcome) -> tuple[date | None, date | None]:
    """Since when, and until when, the outcome is the same."""
    lines = told.lines
    rows: list[ReleaseLine | ReleaseConsent | Membership] = [*lines.release, *lines.consents, *lines.memberships]
    edges = sorted({edge for row in rows for edge in (row.start, row.end)})
    since = until = None
    for edge in reversed([edge for edge in edges if edge <= told.asked.day]):
        if releasing.decide(told.asked._replace(day=edge - 1)).outcome is not outcome:
            since = date.fromordinal(edge)
            break
    for edge in (edge for edge in edges if told.asked.day < edge < EVER):
        if releasing.decide(told.asked._replace(day=edge)).outcome is not outcome:
            until = date.fromordinal(edge)
            break
    return since, until


def _reasons(told: Told, test: Test, standing: Answer | None) -> list[Reason]:
    match test.name:
        case "own":
            return [Reason("own-information", f"{told.asked.originator} originated it: it is its own")]
        case "marking":
            return [_about_marking(told, test)]
        case "caveats":
            return [_about_caveats(told, test)] if told.question.caveats else []
        case "originator":
            return [_about_originator(told, test)]
    return _about_agreement(told, test, standing)


def _about_marking(told: Told, test: Test) -> Reason:
    asked, holds = told.asked, test.verdict is Verdict.YES
    if not asked.releasable:
        return Reason("releasability", "its marking names no addressees")
    to = ", ".join(sorted(asked.releasable))
    if test.membership is None:
        says = f"it is releasable to {to}: {asked.taker} is {'one of them' if holds else 'none of them, nor a member of one'}"
        return Reason("releasability", says, holds=holds)
    member = test.membership
    constituent = told.grounds.standing.record.register.parties[member.group].constituent or ""
    behind = told.grounds.standing.bound(asked.taker, constituent, told.on)
    says = f"it is releasable to {to}: that {asked.taker} is a member of {member.group} is {'so' if holds else member.verdict}"
    return Reason("releasability", says, holds=holds, because=behind.because)


def _about_caveats(told: Told, test: Test) -> Reason:
    ladder = told.grounds.ladders.get(told.asked.policy)
    found = [(name, None if ladder is None else ladder.caveat(name)) for name in told.question.caveats]
    strange = [name for name, caveat in found if caveat is None]
    if test.verdict is Verdict.UNKNOWN:
        says = f"{', '.join(strange)} stands on no record of the policy {told.asked.policy}: what it forbids is not known"
        return Reason("release-caveat", says, holds=False)
    national = next((caveat for _, caveat in found if caveat is not None and caveat.effect == "national"), None)
    if national is not None:
        return Reason("release-caveat", f"{national.name}: {national.says}", source=national.source, holds=False)
    known = [caveat for _, caveat in found if caveat is not None]
    return Reason("release-caveat", "; ".join(f"{caveat.name}: {caveat.says}" for caveat in known), source=known[0].source)


def _about_originator(told: Told, test: Test) -> Reason:
    asked, holds = told.asked, test.verdict is Verdict.YES
    if asked.giver == asked.originator:
        return Reason("third-party-rule", f"{asked.giver} originated it: no third party has a say")
    if test.consent is not None:
        says = f"{asked.originator} consents that {asked.giver} passes it on to {asked.taker}{'' if holds else f': {test.verdict}'}"
        return Reason("third-party-rule", says, acts=(test.consent.act,), holds=holds)
    if holds:
        return Reason("third-party-rule", f"{asked.originator} originated it, and it passes among those whom the agreement binds without more")
    return Reason(
        "third-party-rule",
        f"{asked.originator} originated it, and no consent of {asked.originator} to its going to {asked.taker} is on record",
        holds=False,
    )


def _about_agreement(told: Told, test: Test, standing: Answer | None) -> list[Reason]:
    asked, line, holds = told.asked, test.line, test.verdict is Verdict.YES
    if line is None:
        if holds:
            return [Reason("unclassified-information", f"{asked.level} is no classification: no security agreement is needed")]
        says = f"no agreement on record, in force between {asked.giver} and {asked.taker} on {told.on}, covers {_marked(told)}"
        behind = [*why_none_fits(told.grounds, asked), *why_not_in_force(told.grounds, asked, _others(told))]
        return [Reason("security-agreement", says + (f" for {asked.purpose}" if asked.purpose else ""), holds=False, because=tuple(behind))]
    agreement = told.grounds.agreement(line.agreement)
    clause = agreement.clauses[line.clause]
    assert isinstance(clause, Release)
    assert standing is not None
    state = "in force" if holds else f"{line.verdict} whether in force"
    says = f"{agreement.short}: {clause.says} It is {state} between {line.giver} and {line.taker} on {told.on}."
    reasons = [Reason("security-agreement", says, clause.article, source=clause.source, holds=holds, because=standing.because)]
    return [*reasons, _about_level(told, line)]


def _others(told: Told) -> list[str]:
    """Agreements between the giver and the taker that would cover it if they were in force."""
    return sorted({agreement for giver, _, agreement in would_cover(told.grounds, told.asked) if giver == told.asked.giver})


def _about_level(told: Told, line: ReleaseLine) -> Reason:
    """How the taker protects it, and by which article."""
    if (line.under, line.as_) == (line.policy, line.level):
        return Reason("level-equivalence", f"{line.taker} protects it by the mark it bears, {line.level}")
    tables = [clause for a in told.grounds.agreements_with(line.agreement) for clause in a.clauses if isinstance(clause, Equivalence)]
    table = next((t for t in tables if _says(t, told.grounds, line)), None)
    article, source = (None, None) if table is None else (table.article, table.source)
    return Reason("level-equivalence", f"{line.taker} protects {line.level} as {line.as_}", article, source=source)


def _says(table: Equivalence, grounds: Grounds, line: ReleaseLine) -> bool:
    """Does the table say that the taker protects the level as the line has it?"""
    level = grounds.ladders[line.policy].level(line.level)
    under = grounds.ladders[line.under].level(line.as_)
    safe = any(s.by == line.taker and s.policy == line.policy and level.is_called(s.level) and under.is_called(s.as_) for s in table.safeguarded)
    rows = [row for row in table.rows if {line.policy, line.under} <= row.keys()]
    return safe or any(level.is_called(row[line.policy]) and under.is_called(row[line.under]) for row in rows)


def _outlives(told: Told) -> list[Reason]:
    """4.7: what was given while a line held stays protected, though no more may be given."""
    asked = told.asked
    alike = [line for line in told.lines.release if line.giver == asked.giver and fits(line, asked._replace(day=line.start))]
    mine = [line for line in alike if (line.taker, line.policy, line.level) == (asked.taker, asked.policy, asked.level)]
    going_on = {line.agreement for line in mine if line.start <= asked.day < line.end}
    over = max((line for line in mine if line.end <= asked.day and line.agreement not in going_on), key=lambda line: line.end, default=None)
    if over is None:
        return []
    since, until = date.fromordinal(over.start), date.fromordinal(over.end)
    says = f"what was given under {over.agreement} from {since} until {until} stays protected as it was; no more is given under it"
    return [Reason("protection-outlives", says, "VCLT 70(1)(b)")]


def _provided(told: Told, line: ReleaseLine | None) -> tuple[Provided, ...]:
    """4.6: what has to be filled in before it is given."""
    asked = told.asked
    if asked.unclassified or asked.taker == asked.originator or line is None:
        return ()
    article = told.grounds.agreement(line.agreement).clauses[line.clause].article
    found = [Provided("need-to-know", f"those in {asked.taker} who get it need it for their duties", article)]
    if line.cleared:
        found.insert(0, Provided("clearance", f"they are cleared for {line.as_}", article))
    if asked.purpose is None and line.purposes:
        found.append(Provided("purpose", f"it serves one of: {', '.join(sorted(line.purposes))}", article))
    return (*found, *(Provided("briefing", f"they are briefed into {category}", article) for category in sorted(asked.categories)))


def _consents(decision: Decision) -> list[str]:
    return [test.consent.act for test in decision.tests if test.consent is not None]
