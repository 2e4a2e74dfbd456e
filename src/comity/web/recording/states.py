"""Rows held beside what is on record: which are new, there already, differ, are told twice, cannot be read."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.acts import Act, Entry
from comity.book import COLUMNS, row_of
from comity.keeping import Previewed, preview_rows
from comity.standing import CORRECTIONS
from comity.web.readers import Reader
from comity.web.recording.apart import kept_apart
from comity.web.recording.faults import Row, faults_of, is_labelled
from comity.web.recording.ground import Ground

_ASIDE = ("recorded", "signature", "nonce")
"""Columns that are no part of what an act says."""
MOST_OFFERED = 200
"""Of so many rows that cannot be read it is said what is near to what they say: to look for that takes long."""


class State(StrEnum):
    """How a row stands to what is on record."""

    NEW = "new"
    THERE = "already on record"
    DIFFERS = "differs from what is on record"
    REPEATED = "told twice here"
    UNREADABLE = "cannot be read"

    @property
    def words(self) -> Promise:
        """As a page says it."""
        return _WORDS[self]


_WORDS = {
    State.NEW: _("new"),
    State.THERE: _("already on record"),
    State.DIFFERS: _("differs from what is on record"),
    State.REPEATED: _("told twice here"),
    State.UNREADABLE: _("cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column in which two rows of one act differ."""

    column: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A row with its state. ``number``: its place among the rows. ``beside``: where it differs. ``faults``: what is wrong, by column."""

    number: int
    previewed: Previewed
    state: State
    other: Entry | None = None
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def row(self) -> Row:
        return self.previewed.row

    @property
    def entry(self) -> Entry | None:
        return self.previewed.entry

    @property
    def beside(self) -> list[Field]:
        """Field by field, where it differs from the record of the same act."""
        return [] if self.other is None or self.entry is None else differing(self.entry, self.other)

    @property
    def seal(self) -> tuple[str, str, str]:
        """What a reader of the preview relied on."""
        return self.state.value, "" if self.entry is None else self.entry.act.hash, "" if self.other is None else self.other.act.hash


def differing(here: Entry, there: Entry) -> list[Field]:
    """The columns in which two entries differ, in their order."""
    one, other = (row_of(entry, entry.act.replies_to) for entry in (here, there))
    found = [Field(name, one[name], other[name]) for name in COLUMNS if one[name] != other[name]]
    return [field for field in found if field.column not in _ASIDE] or found


def state_rows(ground: Ground, rows: Sequence[Row]) -> list[Stated]:
    """Each row with its state as the ledger is now; what is blank under ``recorded`` is today, and a nonce that an act needs is made."""
    full = [{**row, "recorded": row["recorded"] or ground.today.isoformat(), "nonce": row["nonce"] or nonce_of(ground.reader, row)} for row in rows]
    previewed = preview_rows(ground.record, full, ground.answerable)
    hashes = {one.entry.act.hash for one in previewed if one.entry is not None}
    there = {act for act in ground.ledger.numbers_of(hashes) if ground.entry(act) is not None}
    seen, found = dict[str, Entry](), list[Stated]()
    unreadable = 0
    for number, one in enumerate(previewed, 1):
        found.append(_stated(ground, number, one, there, seen, offering=unreadable < MOST_OFFERED))
        unreadable += found[-1].state is State.UNREADABLE
        if one.entry is not None:
            seen.setdefault(one.entry.act.hash, one.entry)
            seen.setdefault(one.row["ref"], one.entry)
    return found


def _stated(ground: Ground, number: int, one: Previewed, there: Iterable[str], seen: Mapping[str, Entry], offering: bool) -> Stated:
    """``seen``: the entries of rows before, by hash and by reference."""
    if one.entry is not None and one.entry.act.hash in there:
        return Stated(number, one, State.THERE)
    if one.entry is not None and one.entry.act.hash in seen:
        return Stated(number, one, State.REPEATED)
    if faults := _faults(ground, one, seen, offering):
        return Stated(number, one, State.UNREADABLE, faults=tuple(faults.items()))
    same = [*(e for e in [seen.get(one.row["ref"])] if e is not None), *ground.found(one.row["ref"])]
    return Stated(number, one, State.DIFFERS, same[-1]) if same else Stated(number, one, State.NEW)


def _faults(ground: Ground, one: Previewed, seen: Mapping[str, Entry], offering: bool) -> Mapping[str, str]:
    """What is wrong with a row, by column; one under an agreement that the reader may not see is told as one under an agreement that never was."""
    if one.says or (one.row["agreement"] and one.row["agreement"] not in ground.agreements):
        return faults_of(one.row, ground.record.register, ground.agreements, offering) or {"": one.says}
    if one.entry is None:
        return {}
    replied = one.entry.act.replies_to
    target = None if replied is None else seen.get(replied) or ground.entry(replied)
    corrects = one.entry.act.kind in CORRECTIONS
    if replied is not None and (target is None or (corrects and not ground.is_theirs(target))):
        return {"replies_to": f"no act {one.row['replies_to'][:80]!r} is on record; look it up under Acts"}
    if target is not None and corrects and (wrong := _borne(one.entry.act, target.act)):
        return wrong
    if says := kept_apart(ground, one.row, one.entry):
        return {"": says}
    column, says = ground.not_theirs(one.entry)
    return {column: says} if says else {}


def _borne(act: Act, target: Act) -> Mapping[str, str]:
    """What is wrong with an act that puts another right, by column: it is under the same agreement, and whoever may see the one may see the other."""
    if act.agreement != target.agreement:
        return {"agreement": f"what puts an act right is recorded as that is, under {target.agreement or 'no agreement'}; write it so"}
    if act.label != target.label:
        return {"classification": "what puts an act right bears its label; copy policy, level, addressees and originator from that act"}
    return {}


def nonce_of(reader: Reader, row: Row) -> str:
    """The nonce of an act that is not public, where none is given: the same whenever this reader brings this row, and nobody else's guess."""
    if not is_labelled(row):
        return ""
    told = json.dumps([reader.name, reader.party, sorted((name, said) for name, said in row.items() if name not in _ASIDE)])
    return hmac.digest(settings.SECRET_KEY.encode(), f"nonce\n{told}".encode(errors="surrogatepass"), "sha256").hex()[:32]


def previewed_of(rows: Iterable[Stated]) -> list[Previewed]:
    """The rows as they would be added."""
    return [one.previewed for one in rows]


def seal_of(rows: Iterable[Stated]) -> str:
    """A digest of exactly what was previewed."""
    return hashlib.sha256(json.dumps([one.seal for one in rows]).encode()).hexdigest()
