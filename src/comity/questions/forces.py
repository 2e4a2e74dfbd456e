"""The questions about visiting forces: who may try an offence, who pays which part of a claim?"""

from __future__ import annotations

from typing import Literal, cast

from comity.permissions import Offence, Permissions, Shares
from comity.questions.asking import Plain, Question
from comity.questions.showing import show
from comity.questions.words import read_names
from comity.standing import Standing, answer_to_plain
from comity.terms import Answer, BadInput, Verdict

_SIDES: dict[str, frozenset[Literal["sending", "host"]]] = {
    "sending": frozenset(["sending"]),
    "host": frozenset(["host"]),
    "both": frozenset(["sending", "host"]),
}


def _jurisdiction(
    standing: Standing, *, sending: str, host: str, person: str = "force", punishable: str = "both", military_law: bool = False,
    of_host: bool = False, against_own: bool = False, on_duty: bool = False,
) -> Answer:  # fmt: skip
    if person not in ("force", "civilian", "dependent"):
        raise BadInput(f"--person {person!r}; choose force, civilian or dependent")
    if punishable not in _SIDES:
        raise BadInput(f"--punishable {punishable!r}; whose law punishes it: sending, host, or both")
    who = cast(Literal["force", "civilian", "dependent"], person)
    offence = Offence(
        person=who, punishable_by=_SIDES[punishable], military_law=military_law, of_host=of_host, against_own=against_own, on_duty=on_duty
    )  # fmt: skip
    return show(Permissions(standing).jurisdiction(sending, host, offence), standing.viewer)


def _claim(
    standing: Standing, *, sending: str, host: str, host_responsible: bool = False, unattributable: bool = False, off_duty: bool = False
) -> tuple[Answer, Shares]:
    answer, shares = Permissions(standing).claim(
        host, read_names(sending), host_responsible=host_responsible, attributable=not unattributable, on_duty=not off_duty
    )  # fmt: skip
    return show(answer, standing.viewer), shares


def _claim_to_plain(found: tuple[Answer, Shares]) -> Plain:
    answer, found_shares = found
    shares = {} if answer.verdict is Verdict.NO else {state: str(share) for state, share in found_shares.shares.items()}
    return {**answer_to_plain(answer), "shares": shares}


JURISDICTION = Question("jurisdiction", _jurisdiction, answer_to_plain)
CLAIM = Question("claim", _claim, _claim_to_plain)
