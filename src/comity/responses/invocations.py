"""Which invocations of an obligation are on record, and who answered them with what.

Source: how-obligations-to-respond-are-derived.md, section 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.acts import Act
from comity.responses.attacks import Attack
from comity.responses.persons import Persons
from comity.standing import Standing
from comity.terms import Label

INVOKES = "invoke"
ANSWERS = ("offer-measure", "carry-out-measure", "decline-measure", "consult", "meet")


@dataclass(frozen=True, slots=True)
class Answered:
    """One act that replies to an invocation: who did what, when; ``sure`` unless it is denied, or records of it differ."""

    ref: str
    kind: str
    by: str
    on: str
    sure: bool
    details: tuple[tuple[str, str], ...]
    label: Label


@dataclass(frozen=True, slots=True)
class Invocation:
    """An invocation that fits the attack, with the answers to it.

    ``certain``: it is undisputed, and had been made by the day asked about. ``settles``: so it is, an organ or organisation made it, and it names the
    nature of the attack: those whose organ it is have taken it for one that is covered.
    """

    ref: str
    agreement: str
    article: str | None
    by: str
    on: str
    certain: bool
    settles: bool
    details: tuple[tuple[str, str], ...]
    label: Label
    answers: tuple[Answered, ...] = ()


def invocations(standing: Standing, attack: Attack, persons: Persons) -> list[Invocation]:
    """The invocations on record by the day asked about that fit the attack, by day."""
    replies = [(act, sure) for act, sure in standing.acts_of(ANSWERS) if act.replies_to and _done_by(act, standing.on)]
    found = []
    for act, sure in standing.acts_of({INVOKES}):
        if act.agreement is None or not _done_by(act, standing.on) or not _fits(act, attack, persons):
            continue
        answers = [_answered(reply, clear, persons) for reply, clear in replies if reply.replies_to in (act.hash, act.ref)]
        moment = act.done
        certain = sure and moment is not None and moment.last <= standing.on
        by, day = persons.named(act.attributed_to), _day(act)
        settles = certain and act.details.get("nature") == attack.nature and persons.is_organ(by)
        found.append(
            Invocation(
                act.ref, act.agreement, act.article, by, day, certain, settles, tuple(sorted(act.details.items())), act.label,
                tuple(sorted(answers, key=lambda a: (a.on, a.ref))),
            )
        )  # fmt: skip
    return sorted(found, key=lambda i: (i.on, i.ref))


def _fits(act: Act, attack: Attack, persons: Persons) -> bool:
    """6.2: is it about this attack, as far as both say?"""
    attacked, by = (persons.all_named(_listed(act, name)) for name in ("attacked", "by"))
    if attack.attacked not in attacked or (by and attack.by and not set(by) & set(attack.by)):
        return False
    nature = act.details.get("nature", attack.nature)
    return nature in (attack.nature, "threat")


def _listed(act: Act, name: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in act.details.get(name, "").split(",") if word.strip())


def _answered(act: Act, sure: bool, persons: Persons) -> Answered:
    return Answered(act.ref, act.kind, persons.named(act.attributed_to), _day(act), sure, tuple(sorted(act.details.items())), act.label)


def _done_by(act: Act, on: date) -> bool:
    return act.done is not None and act.done.first <= on


def _day(act: Act) -> str:
    return "" if act.done is None else act.done.written
