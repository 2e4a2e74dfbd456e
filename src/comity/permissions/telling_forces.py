"""Who may try an offence and who pays for damage, between two on a day: the tables of the NATO SOFA, where it or the PfP SOFA is in force.

Source: docs/explanation/how-permissions-are-derived.md, 5.7; the tables are in forces.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from comity.permissions.forces import SOFAS, Jurisdiction, Shares
from comity.permissions.grounds import Grounds
from comity.permissions.lines import ActivityAsked
from comity.permissions.telling_activities import tell_consequences
from comity.terms import Answer, Reason, Verdict, all_of, join


def tell_jurisdiction(grounds: Grounds, sending: str, host: str, found: Jurisdiction) -> Answer:
    """The answer to who may try it: its mode says who, its verdict whether the table is in force between the two."""
    named = {"sending": sending, "host": host}
    holders = " and ".join(named[side] for side in found.holders) or "neither"
    first = f", {named[found.primary]} first" if found.primary is not None and len(found.holders) > 1 else ""
    reason = Reason("what-follows", f"{holders} may try it{first}: {found.says}", f"NATO SOFA {found.article}")
    return _answer(grounds, f"who may try it: {sending} in {host}", [(sending, host)], f"{holders}{first}", reason, "jurisdiction")


def tell_claim(grounds: Grounds, host: str, sending: Sequence[str], found: Shares) -> Answer:
    """The answer to who pays which part: its mode says who, its verdict whether the table is in force between the host and each."""
    parts = ", ".join(f"{state} {percent(share)}" for state, share in found.shares.items())
    reason = Reason("what-follows", f"{parts}: {found.says}", f"NATO SOFA {found.article}")
    return _answer(grounds, f"who pays: {', '.join(sending)} in {host}", [(one, host) for one in sending], parts, reason, "claims")


def percent(share: Fraction) -> str:
    """A share as people write it: 75 %, or 2/5 where it is no whole percentage."""
    hundredths = share * 100
    return f"{hundredths} %" if hundredths.denominator == 1 else str(share)


def _answer(grounds: Grounds, question: str, pairs: Sequence[tuple[str, str]], mode: str, table: Reason, topic: str) -> Answer:
    others = tuple(reason for sending, host in pairs for reason in _others(grounds, sending, host, topic))
    behind = [_sofa(grounds, sending, host) for sending, host in pairs]
    verdict = all_of(answer.verdict for answer in behind)
    told = tuple(Reason("status-of-forces", a.question, holds=a.verdict is Verdict.YES, because=a.because) for a in behind)
    return Answer(
        question,
        verdict,
        reach=min((a.reach for a in behind if a.reach is not None), default=None),
        mode=mode if verdict is not Verdict.NO else "by another agreement" if others else "not provided for",
        because=(*told, *((table,) if verdict is not Verdict.NO else ()), *dict.fromkeys(others)),
        notes=tuple(dict.fromkeys(note for a in behind for note in a.notes)),
        label=join(a.label for a in behind),
        versions=tuple(dict.fromkeys(version for a in behind for version in a.versions)),
    )


def _others(grounds: Grounds, sending: str, host: str, topic: str) -> list[Reason]:
    """What other agreements in force between the two say of the matter."""
    day = grounds.standing.on
    asked = ActivityAsked("station", sending, host, day.toordinal(), day.toordinal() + 1)
    found = tell_consequences(grounds, asked)
    return [r for r in found if r.says.startswith(f"{topic}:") and not any((r.article or "").startswith(f"{sofa} ") for sofa in SOFAS)]


def _sofa(grounds: Grounds, sending: str, host: str) -> Answer:
    """The first of the agreements with these tables that is in force between the two; else the last answer there is."""
    answers = [grounds.standing.between(sending, host, sofa) for sofa in SOFAS if grounds.standing.record.has_agreement(sofa, grounds.standing.known)]
    order = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN, Verdict.NO)
    none = Answer(f"between: {sending} and {host} under {' or '.join(SOFAS)}: no such agreement is on record", Verdict.UNKNOWN)
    return min(answers, key=lambda a: order.index(a.verdict), default=none)
