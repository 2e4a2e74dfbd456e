"""One derivation for several readers: what comes out the same of two records, or for two viewers, is derived once.

Two readers differ only under the agreements whose acts, or whose text, one of them does not have, and under those that depend on these.

Source: how-standing-is-derived.md, section 1: what a viewer may not see does not exist for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from comity.acts import Entry
from comity.standing.record import Holding, Record
from comity.standing.worlds import Case, Choices, Worlds


class SharingWorlds(Worlds):
    """Worlds that take from others what is the same there: all but the agreements ``apart``; nothing once those have gone on without these.

    ``there``: the others, and the record that they had before ``apart`` was looked for.
    """

    def __init__(self, record: Holding, known: date, viewer: str | None, there: tuple[Worlds, Holding], apart: Iterable[str]) -> None:
        super().__init__(record, known, viewer)
        (self._there, self._as_of), self._apart = there, set(apart)

    def readings(self, agreement_id: str) -> tuple[tuple[Case, ...], ...]:
        """As there, where the agreement is on record here and not apart."""
        return self._there.readings(agreement_id) if self._is_shared(agreement_id) else super().readings(agreement_id)

    def case_in(self, agreement_id: str, choices: Choices) -> Case:
        """As there, in the same way."""
        return self._there.case_in(agreement_id, choices) if self._is_shared(agreement_id) else super().case_in(agreement_id, choices)

    def renew(self, record: Holding, touched: Iterable[str]) -> None:
        """Go on with the record as it has grown, those there first: what was touched is derived apart from now on."""
        touched = tuple(touched)
        self._apart.update(touched)
        self._as_of = self._there.record
        super().renew(record, touched)

    def _is_shared(self, agreement_id: str) -> bool:
        beside = self._there.record is self._as_of
        return beside and agreement_id not in self._apart and self.record.has_agreement(agreement_id, self.known)


def apart(there: Record, here: Record, known: date, seen_there: str | None, seen_here: str | None) -> set[str]:
    """The agreements whose standing may differ where one has no more on record, or sees no more, than the other."""
    seen = [{id(e): e for e in record.visible(record.entries, known, viewer)} for record, viewer in ((there, seen_there), (here, seen_here))]
    differing = _with_answered([seen[0].get(one) or seen[1][one] for one in seen[0].keys() ^ seen[1].keys()], there)
    texts = [{id(a): a for a in record.agreements} for record in (there, here)]
    changed = {(texts[0].get(one) or texts[1][one]).id for one in texts[0].keys() ^ texts[1].keys()}
    named = {entry.act.agreement for entry in differing if entry.act.agreement is not None}
    return there.depending_on(changed | named)


def _with_answered(entries: list[Entry], record: Record) -> list[Entry]:
    """These, the acts that they reply to, those that these reply to, and so on."""
    found, todo = list(entries), list(entries)
    by_hash = {e.act.hash: e for e in record.entries} if any(e.act.replies_to for e in entries) else {}
    while todo:
        todo = [answered for e in todo if e.act.replies_to and (answered := by_hash.get(e.act.replies_to)) is not None]
        found += todo
    return found
