"""What puts a record right: the acts that say how an earlier one is to be read, or that it did not happen.

A *replace* says what the kind or a moment ought to be, and the latest correction is the one that counts: it is always about the act as it was
first recorded. What it cannot say (another party, another detail, a moment that is not known after all) is put right by retracting the record and
recording the act anew. To undo is to correct again.

Source: docs/reference/kinds.md, replace and retract; docs/explanation/how-standing-is-derived.md, section 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.acts import Entry
from comity.book import COLUMNS, row_of
from comity.standing import CORRECTIONS
from comity.web.recording.fields import DETAIL, NAMES, Filled, filled_in
from comity.web.recording.ground import Ground

MOMENTS = ("made", "received", "notified", "effect")
_SAME = ("agreement", "policy", "classification", "categories", "releasable_to", "caveats", "originator")
_ASIDE = ("ref", "nonce", "recorded", "signature")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """An act that is to be corrected, with the corrections that it has had, the one that counts last."""

    entry: Entry
    corrections: tuple[Entry, ...]

    @property
    def base(self) -> str:
        """A digest of how the record of the act stood when somebody looked at it."""
        return hashlib.sha256("\n".join([self.entry.act.hash, *(e.act.hash for e in self.corrections)]).encode()).hexdigest()

    @property
    def retracted(self) -> bool:
        return bool(self.corrections) and self.corrections[-1].act.kind == "retract"

    @property
    def row(self) -> Row:
        """The act as it was first recorded."""
        return row_of(self.entry, self.entry.act.replies_to)

    @property
    def reads(self) -> Row:
        """The act as it is to be read now."""
        last = self.corrections[-1].act if self.corrections else None
        return (
            self.row
            if last is None or last.kind == "retract"
            else {**self.row, **{n: last.details[n] for n in ("kind", *MOMENTS) if n in last.details}}
        )


def target_of(ground: Ground, entry: Entry) -> Target:
    """The act with its corrections, as the ledger is now."""
    found = [e for e in ground.replies(entry.act.hash) if e.act.kind in CORRECTIONS]
    return Target(entry, tuple(sorted(found, key=lambda e: (e.recorded, e.act.ref, e.act.hash))))


def filled_from(target: Target, token: str) -> Filled:
    """The form, filled in with the act as it reads now; ``kind`` stays the one that it was recorded with."""
    row = target.reads
    details = {f"{DETAIL}{name}": value for name, value in target.entry.act.details.items()}
    return filled_in({**{name: row[name] for name in NAMES}, **details, "kind": target.entry.act.kind, "nonce": ""}, token)


def changed(target: Target, filled: Filled, kind: str, attachments: str) -> Mapping[str, str]:
    """The columns of the act, as it was first recorded, in which the form says something else."""
    row, was = {**filled.to_row(attachments or target.row["attachments"]), "kind": kind, "basis": filled.of("basis") or "official"}, target.row
    return {name: row[name] for name in COLUMNS if name not in _ASIDE and row[name] != was[name]}


def correction(ground: Ground, target: Target, filled: Filled, kind: str, told: Mapping[str, str], attachments: str = "") -> list[Row]:
    """The rows that put the act right as the form says: none where it says nothing else than what is read now."""
    change = changed(target, filled, kind, attachments)
    read_now = {name: text for name, text in target.reads.items() if text != target.row[name]}
    if not target.retracted and change == read_now:
        return []
    if set(change) <= {"kind", *MOMENTS} and all(change.values()):
        details = change or {"kind": target.entry.act.kind}
        return [_correcting(ground, target, "replace", details, told)]
    anew = {**filled.to_row(attachments or target.row["attachments"]), "kind": kind, "ref": free_ref(ground, filled.of("ref"))}
    return [retraction(ground, target, told), anew]


def retraction(ground: Ground, target: Target, told: Mapping[str, str]) -> Row:
    """The row that says that what was recorded did not happen."""
    why = told["why"].replace(";", ",")
    return _correcting(ground, target, "retract", {"why": why} if why else {}, told)


def undoing(ground: Ground, target: Target, told: Mapping[str, str]) -> Row:
    """The row by which the act is read again as it was first recorded."""
    return _correcting(ground, target, "replace", {"kind": target.entry.act.kind}, told)


def free_ref(ground: Ground, ref: str) -> str:
    """The reference, or with a number after it, so that no act on record has it."""
    return next(found for number in range(1, 10_000) if not ground.found(found := ref if number == 1 else f"{ref}-{number}"))


def _correcting(ground: Ground, target: Target, kind: str, details: Mapping[str, str], told: Mapping[str, str]) -> Row:
    act, row = target.entry.act, target.row
    found = {**dict.fromkeys(COLUMNS, ""), **{name: row[name] for name in _SAME}}
    return found | {
        "ref": _ref(ground, target),
        "kind": kind,
        "actor": ground.reader.party or act.actor,
        "replies_to": act.hash,
        "details": "; ".join(f"{name}={value}" for name, value in details.items()),
        "source": told["where"],
        "basis": told["where_basis"],
    }


def _ref(ground: Ground, target: Target) -> str:
    """A reference after those of the corrections of today: of one day's, the last in order counts."""
    last = target.corrections[-1] if target.corrections else None
    stem = f"{target.entry.act.ref}-correction"
    if last is not None and last.recorded >= ground.today and last.act.ref >= f"{stem}-{len(target.corrections) + 1:03}":
        stem = last.act.ref
    return next(ref for number in range(len(target.corrections) + 1, 10_000) if not ground.found(ref := f"{stem}-{number:03}"))


def beside(*rows: Mapping[str, str]) -> Sequence[tuple[str, list[str]]]:
    """The columns in which rows differ, with what each has there."""
    return [(name, [row[name] for row in rows]) for name in COLUMNS if name not in _ASIDE and len({row[name] for row in rows}) > 1]
