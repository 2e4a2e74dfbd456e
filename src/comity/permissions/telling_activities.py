"""An answer about an activity put into words: what it rests on, thing by thing, and what follows for those who do it.

Source: docs/explanation/how-permissions-are-derived.md, sections 5 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from comity.agreements import Agreement
from comity.agreements.allowances import Allowance, Consequence
from comity.permissions.activities import Basis, Done, last_day, may_do
from comity.permissions.activity_lines import activity_consents, activity_lines
from comity.permissions.changing import least_for_activity
from comity.permissions.grounds import Grounds
from comity.permissions.lines import ActivityAsked, ActivityLine, Outcome
from comity.permissions.telling_releases import label_of
from comity.terms import Answer, Provided, Reason, Verdict, describe

DOES = {
    "station": "be stationed in",
    "supply": "supply",
    "transfer": "transfer technology to",
    "train": "train",
    "overfly": "fly over",
}


def tell_activity(grounds: Grounds, asked: ActivityAsked) -> Answer:
    """The answer to one question about an activity (of *station*: to one of its two)."""
    lines = list(activity_lines(grounds, asked.activity, asked.doer, asked.counterpart, asked.territory))
    done = may_do(asked, lines, list(activity_consents(grounds, asked.activity)))
    used = list(dict.fromkeys(line for basis in done.bases for line in (basis.line, basis.excluding) if line is not None))
    standings = {line: grounds.standing.between(line.doer, line.counterpart, line.agreement, _first(asked)) for line in used}
    because = [reason for basis in _worth_telling(done) for reason in _reasons(grounds, asked, basis, lines, standings)]
    political = sorted({line.agreement for line in used if line.political})
    return Answer(
        f"may {asked.activity}{f' ({asked.gives})' if asked.gives else ''}: {_said(asked)}",
        done.outcome.verdict,
        reach=min((a.reach for a in standings.values() if a.reach is not None), default=None),
        mode=str(done.outcome),
        readings=tuple(r for a in standings.values() for r in a.readings) if done.outcome is Outcome.CONTESTED else (),
        because=tuple(dict.fromkeys(because)),
        provided=() if done.outcome.verdict is Verdict.NO else _provided(grounds, asked, used),
        would_change=least_for_activity(grounds, asked, done) if done.outcome.verdict is Verdict.NO else (),
        notes=tuple(dict.fromkeys([*(f"{a} is a political commitment: it binds nobody in law" for a in political), *_notes(standings)])),
        label=label_of(grounds, standings.values(), [b.consent.act for b in done.bases if b.consent is not None]),
        versions=tuple(dict.fromkeys(v for a in standings.values() for v in a.versions)),
    )


def tell_consequences(grounds: Grounds, asked: ActivityAsked) -> tuple[Reason, ...]:
    """What follows for those who do it, by the agreements in force between the two on the first day; then pairwise exceptions."""
    pair, told, unsure = (asked.doer, asked.counterpart), list[Reason](), dict[str, None]()
    for agreement, _, clause in grounds.clauses(Consequence):
        if clause.activity != asked.activity or (clause.among and not set(pair) <= set(clause.among)) or _left_out(agreement, asked):
            continue
        verdict = next((p.verdict for p in grounds.between(*pair, agreement.id) if p.start <= asked.start < p.end), Verdict.NO)
        if verdict is Verdict.UNKNOWN:
            unsure[agreement.id] = None
        elif verdict is not Verdict.NO:
            doubt = "" if verdict is Verdict.YES else " (contested whether in force)"
            told.append(Reason("what-follows", f"{clause.topic}: {clause.says}{doubt}", f"{agreement.id} {clause.article}", source=clause.source))
    for agreement_id in dict.fromkeys(reason.article.split()[0] for reason in told if reason.article):
        exceptions = grounds.standing.between(*pair, agreement_id, _first(asked)).exceptions
        for e in exceptions:
            says = f"article {e.article}: {e.how} between these two{_declared(grounds, agreement_id, e.act)}"
            told.append(Reason("what-follows", says, f"{agreement_id} {e.article}", (e.act,)))
    if unsure:
        told.append(Reason("what-follows", f"not known whether in force between the two: {', '.join(unsure)}", holds=False))
    return tuple(told)


def _provided(grounds: Grounds, asked: ActivityAsked, used: Iterable[ActivityLine]) -> tuple[Provided, ...]:
    """What the question leaves open: the purpose, where the lines that it rests on name some."""
    narrow = [line for line in used if line.purposes] if asked.purpose is None else []
    told = ((f"it serves one of: {', '.join(sorted(line.purposes))}", _clause(grounds, line).article) for line in narrow)
    return tuple(Provided("purpose", says, article) for says, article in dict.fromkeys(told))


def _left_out(agreement: Agreement, asked: ActivityAsked) -> bool:
    """Do the agreement's allowances for the activity leave this doer, or this counterpart, out?"""
    allowances = [clause for clause in agreement.clauses if isinstance(clause, Allowance) and clause.activity == asked.activity]
    return bool(allowances) and all(
        (clause.doers and asked.doer not in clause.doers) or (clause.counterparts and asked.counterpart not in clause.counterparts)
        for clause in allowances
    )


def _declared(grounds: Grounds, agreement: str, ref: str) -> str:
    """What the act behind an exception says, in our own words, where that is on record."""
    acts = (entry.act for entry in grounds.standing.record.entries_of(agreement))
    return next((f": {act.details['says']}" for act in acts if act.ref == ref and "says" in act.details), "")


def _first(asked: ActivityAsked) -> date:
    return date.fromordinal(asked.start)


def _said(asked: ActivityAsked) -> str:
    things = f" ({', '.join(sorted(asked.things))})" if asked.things else ""
    where = f" for {asked.territory}" if asked.territory else ""
    purpose = f", {asked.purpose}" if asked.purpose else ""
    last = date.fromordinal(asked.end - 1)
    days = f"on {_first(asked)}" if asked.end == asked.start + 1 else f"from {_first(asked)} to {last}"
    return f"{asked.doer} {DOES[asked.activity]} {asked.counterpart}{where}{things}{purpose}, {days}"


def _worth_telling(done: Done) -> list[Basis]:
    """Every basis that is no yes; of those that are, the first of each thing."""
    lacking = [basis for basis in done.bases if basis.verdict is not Verdict.YES]
    return lacking or list({basis.thing: basis for basis in reversed(done.bases)}.values())[::-1]


def _reasons(
    grounds: Grounds, asked: ActivityAsked, basis: Basis, lines: Sequence[ActivityLine], standings: dict[ActivityLine, Answer]
) -> list[Reason]:
    what = f"{basis.thing}: " if basis.thing is not None else ""
    on = "" if basis.day == asked.start else f" from {date.fromordinal(basis.day)}"
    if basis.excluding is not None:
        clause = _clause(grounds, basis.excluding)
        says = f"{what}left out by {grounds.agreement(basis.excluding.agreement).short}: {clause.says}"
        return [Reason("excluded-thing", says, clause.article, source=clause.source, holds=False, because=standings[basis.excluding].because)]
    told = [] if basis.line is None else [_by_clause(grounds, asked, basis, basis.line, standings[basis.line])]
    if basis.consent is not None:
        who = basis.consent.counterpart or "a mandate"
        says = f"{what}{who} lets {asked.doer} do so{'' if basis.consent.verdict is Verdict.YES else f': {basis.consent.verdict}'}"
        told.append(Reason("counterpart-consent", says, acts=(basis.consent.act,), holds=basis.consent.verdict is Verdict.YES))
    elif basis.line is not None and basis.line.needs_consent:
        told.append(Reason("counterpart-consent", f"{what}it needs the consent of {asked.counterpart}, and none is on record{on}", holds=False))
    if not told:
        told.append(Reason(_rule(asked), f"{what}{_nothing(asked)}{on}", holds=False, because=_too_long(grounds, asked, basis.day, lines)))
    return told


def _too_long(grounds: Grounds, asked: ActivityAsked, day: int, lines: Sequence[ActivityLine]) -> tuple[Reason, ...]:
    """The clauses that would do, were it not for how long they allow it."""
    over = [line for line in lines if line.gives == asked.gives and last_day(line, asked) <= day < line.end]
    clauses = {(line.agreement, line.clause): (_clause(grounds, line), line) for line in over}
    return tuple(
        Reason(_rule(asked), f"{grounds.agreement(line.agreement).short} allows it for {describe(line.limit)}", clause.article, holds=False)
        for clause, line in clauses.values()
    )


def _nothing(asked: ActivityAsked) -> str:
    if asked.gives == "entry":
        return f"no agreement in force lets forces of {asked.doer} be in {asked.counterpart}, and no consent of {asked.counterpart} is on record"
    if asked.gives == "status":
        return f"no agreement in force settles the status of forces of {asked.doer} in {asked.counterpart}: its law applies to them in full"
    return f"no agreement in force between {asked.doer} and {asked.counterpart} covers it, and no consent is on record"


def _by_clause(grounds: Grounds, asked: ActivityAsked, basis: Basis, line: ActivityLine, standing: Answer) -> Reason:
    clause = _clause(grounds, line)
    state = "in force" if line.verdict is Verdict.YES else f"{line.verdict} whether in force"
    what = f"{basis.thing}: " if basis.thing is not None else ""
    says = f"{what}{grounds.agreement(line.agreement).short}: {clause.says} It is {state} between {line.doer} and {line.counterpart}."
    return Reason(_rule(asked), says, clause.article, source=clause.source, holds=line.verdict is Verdict.YES, because=standing.because)


def _rule(asked: ActivityAsked) -> str:
    return {"entry": "entry-of-forces", "status": "status-of-forces"}.get(asked.gives, "allowance")


def _clause(grounds: Grounds, line: ActivityLine) -> Allowance:
    clause = grounds.agreement(line.agreement).clauses[line.clause]
    assert isinstance(clause, Allowance)
    return clause


def _notes(standings: dict[ActivityLine, Answer]) -> list[str]:
    """The notes of the agreements; that one is political is told by its name."""
    return [note for answer in standings.values() for note in answer.notes if not note.startswith("a political commitment")]
