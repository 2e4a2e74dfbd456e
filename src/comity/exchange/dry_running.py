"""Who would get it: of what bears some labels, each partner ruled on by the gate, with the basis, or every reason and the least that would change it.

Source: docs/explanation/how-exchange-works.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from comity.exchange import schema
from comity.exchange.gate import Gate, Ruling
from comity.exchange.label_keys import LabelKey
from comity.terms import Answer, BadInput, NotOnRecord


@dataclass(frozen=True, slots=True)
class Would:
    """What one partner would get. ``rulings``: on each label key. ``answers``: of the keys that are refused, the question of release as it is
    answered, where it can be asked. ``unusual``: it would get it, and was never given anything that bears one of these labels.
    """

    partner: str
    rulings: tuple[tuple[LabelKey, Ruling], ...]
    answers: tuple[Answer, ...] = ()
    unusual: bool = False

    @property
    def opens(self) -> bool:
        return all(ruling.opens for _, ruling in self.rulings)

    @property
    def own(self) -> bool:
        """Is all of it the partner's own?"""
        return all(key.originator == self.partner for key, _ in self.rulings)

    @property
    def basis(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(agreement for _, ruling in self.rulings for agreement in ruling.basis))

    @property
    def ground(self) -> str:
        return next((ruling.ground for _, ruling in self.rulings if not ruling.opens), "")


def would_get(gate: Gate, keys: Iterable[LabelKey], partners: Iterable[str]) -> list[Would]:
    """What each partner would get now of what bears all of these labels."""
    wanted = sorted(keys, key=LabelKey.to_text)
    return [_would(gate, wanted, partner) for partner in partners]


def _would(gate: Gate, keys: list[LabelKey], partner: str) -> Would:
    _, ruled = gate.rulings(partner, keys)
    rulings = tuple((key, ruled[key]) for key in keys)
    opens = all(ruling.opens for _, ruling in rulings)
    answers = [answer for key, ruling in rulings if not ruling.opens and not key.closed for answer in _answers(gate, partner, key)]
    return Would(partner, rulings, tuple(answers), opens and not _given_before(gate, partner, keys))


def _answers(gate: Gate, partner: str, key: LabelKey) -> list[Answer]:
    try:
        return [gate.explained(partner, key)]
    except (BadInput, NotOnRecord):
        return []  # the ruling's ground says what could not be asked


def _given_before(gate: Gate, partner: str, keys: list[LabelKey]) -> bool:
    """Has the partner had something open that bears each of these labels?"""
    ruled, label = schema.ruled.c, schema.label.c
    with gate.ledger.engine.connect() as connection:
        looked = connection.execute(sa.select(schema.partner.c.looked).where(schema.partner.c.code == partner)).scalar()
        asked = sa.select(label.key).join(schema.ruled, ruled.label == label.id).where(ruled.partner == partner, ruled.opens)
        open_to = set(connection.execute(asked).scalars())
    return bool(looked) and all(key.to_text() in open_to for key in keys)
