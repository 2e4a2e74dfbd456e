"""Acts about decisions on their way to the record: as rows beside what is on record, what would come of them, and putting them there.

An answer bears the label of the proposal that it answers, so that nobody learns of the one who may not see the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from comity.acts import Act, Entry, Source
from comity.book import row_of
from comity.decisions import CountingOnRecord, Decision, decisions_of
from comity.keeping import Previewed
from comity.standing import Standing
from comity.terms import BadInput, Moment, parse_moment
from comity.web.asking import Asked
from comity.web.recording.faults import LABEL, Row
from comity.web.recording.ground import Ground
from comity.web.recording.putting import put_on_record
from comity.web.recording.states import State, Stated, state_rows

BASIS = "official"
_ANY_DAY = date(2000, 1, 1)
"""Under which no row of a draft says that it was recorded."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """An act that would be recorded, with the reference of what it answers, blank where it answers nothing."""

    act: Act
    answers: str = ""


def moment_of(at: datetime) -> Moment:
    """An instant as acts have it."""
    return parse_moment(f"{at:%Y-%m-%dT%H:%M:%SZ}")


def told_by(ground: Ground, said: str = "") -> Source:
    """Where it is told: as said, else by whom it was entered."""
    return Source(" ".join(said.split()) or f"entered by {ground.reader.name}", BASIS)


def label_of(act: Act) -> dict[str, str]:
    """The columns that say who may see an act."""
    row = row_of(Entry(act, _ANY_DAY), None, recorded=False)
    return {name: row[name] for name in LABEL}


def rows_of(drafts: Iterable[Drafted], label: Mapping[str, str]) -> list[Row]:
    """The rows of these acts; ``label``: the columns that say who may see them."""
    return [{**row_of(Entry(one.act, _ANY_DAY), one.answers or None, recorded=False), **label, "nonce": ""} for one in drafts]


def stated(ground: Ground, rows: Sequence[Row]) -> list[Stated]:
    """The rows beside what is on record; BadInput, in one line, for what cannot be recorded."""
    found = state_rows(ground, rows)
    for one in found:
        if one.state is State.UNREADABLE:
            raise BadInput("; ".join(f"{_field(name)}: {says}" if name else says for name, says in one.faults))
        if one.state is not State.NEW:
            raise BadInput(f"an act {one.row['ref']} is on record already; open the page again")
    return found


def _field(column: str) -> str:
    return column.removeprefix("details.").replace("_", " ")


def would_be(this: Asked, entries: Sequence[Entry], root: str, at: datetime) -> Decision | None:
    """What the proposal would come to with these acts at the instant; None: it would not be there."""

    def asked(standing: Standing) -> tuple[Decision | None]:
        after = standing.what_if(entries)
        return (next((one for one in decisions_of(after, CountingOnRecord(after), at) if one.proposal.hash == root), None),)

    return this.fold.ask(this.on, ("would be", root, at), asked, record=this.record, keep=False)[0]


def put(ground: Ground, token: str, make: Callable[[], Sequence[Row]]) -> str:
    """Put on record what ``make`` drafts at that moment: the hash of its first act. As ``put_on_record`` raises."""

    def look(now: Ground) -> list[Previewed]:
        return [one.previewed for one in stated(now, make())]

    return put_on_record(ground, token, look)
