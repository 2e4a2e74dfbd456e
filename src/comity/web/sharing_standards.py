"""Standards beside the gap map: which editions are on record, what nations said of them and whether they use them, which pairs lack one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.interoperability import Edition, Position, SharedStandard, Standards, edition_to_plain, position_to_plain, shared_to_plain
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.training_maps import standards_of

ANSWERS: Mapping[str, str | Promise] = {
    "ratified": _("ratified"),
    "ratified with reservation": _("ratified with reservation"),
    "future implementation": _("to be implemented later"),
    "not ratifying": _("not ratifying"),
    "contested": _("contested"),
    "unknown": _("not known"),
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition, with who answered what of it, who uses it for sure or perhaps, and of whom there is no answer on record.

    ``by``: who promulgated it, each with the act that says so.
    """

    edition: Edition
    answers: tuple[tuple[str | Promise, tuple[Position, ...]], ...]
    uses: tuple[Position, ...]
    perhaps: tuple[Position, ...]
    silent: tuple[Position, ...]
    by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard with its editions, and the pairs by whether they share it."""

    standard: str
    editions: tuple[EditionLine, ...]
    shared: tuple[SharedStandard, ...]
    lacking: tuple[SharedStandard, ...]
    unsettled: tuple[SharedStandard, ...]


def shared_by(this: Asked, nations: Sequence[str]) -> list[StandardLine]:
    """Every standard on record, as these nations have it."""
    of = standards_of(this)
    if not of.editions():
        return []

    def question(standing: Standing) -> list[StandardLine]:
        told = _promulgated(standing)
        return [_line(of, name, nations, told) for name in names(of)]

    return this.ask(("standards of", tuple(nations)), question)


def _promulgated(standing: Standing) -> Mapping[tuple[str, str], list[Pair]]:
    """Who promulgated each edition, with the act, by standard and edition."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for act, _undisputed in standing.acts_of(("promulgate-standard",)):
        key = _plain(act.details.get("standard", "")), _plain(act.details.get("edition", ""))
        found.setdefault(key, []).append((act.attributed_to, act.ref))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def names(of: Standards) -> list[str]:
    """The standards on record."""
    return list(dict.fromkeys(edition.standard for edition in of.editions()))


def _line(of: Standards, standard: str, nations: Sequence[str], told: Mapping[tuple[str, str], list[Pair]]) -> StandardLine:
    pairs = [of.shared(a, b, standard) for a, b in itertools.combinations(nations, 2)]
    return StandardLine(
        standard,
        tuple(_edition(of, edition, nations, told) for edition in of.editions(standard)),
        tuple(one for one in pairs if one.verdict is Verdict.YES),
        tuple(one for one in pairs if one.verdict is Verdict.NO),
        tuple(one for one in pairs if one.verdict not in (Verdict.YES, Verdict.NO)),
    )


def _edition(of: Standards, edition: Edition, nations: Sequence[str], told: Mapping[tuple[str, str], list[Pair]]) -> EditionLine:
    positions = [of.position(nation, edition) for nation in nations]
    answers = [(says, tuple(one for one in positions if one.answer == answer)) for answer, says in ANSWERS.items()]
    return EditionLine(
        edition,
        tuple((says, those) for says, those in answers if those),
        tuple(one for one in positions if one.uses is Verdict.YES),
        tuple(one for one in positions if one.uses is Verdict.CONTESTED),
        tuple(one for one in positions if not one.answer),
        tuple(told.get((_plain(edition.standard), _plain(edition.edition)), ())),
    )


def edition_rows(of: Standards) -> list[dict[str, object]]:
    """Editions as plain data."""
    return [_flat(edition_to_plain(one), "promulgated") for one in of.editions()]


def position_rows(of: Standards, nations: Sequence[str]) -> list[dict[str, object]]:
    """What nations said of editions, and whether they use them, as plain data."""
    return [position_to_plain(of.position(nation, edition)) for edition in of.editions() for nation in nations]


def shared_rows(of: Standards, nations: Sequence[str]) -> list[dict[str, object]]:
    """Which pairs share which standard, as plain data."""
    return [shared_to_plain(of.shared(a, b, name)) for name in names(of) for a, b in itertools.combinations(nations, 2)]


def _flat(plain: dict[str, object], name: str) -> dict[str, object]:
    """A window of days as two columns."""
    window = plain.pop(name)
    days = window if isinstance(window, dict) else {}
    return {**plain, name: days.get("from"), f"{name}_by": days.get("to")}
