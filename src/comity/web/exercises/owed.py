"""What has to be notified of an exercise, line by line, with the form that records the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.acts import Act
from comity.book import COLUMNS, row_of
from comity.exercises import Notice, Notices, drafts
from comity.web.asking import Asked
from comity.web.duties import SHAPES
from comity.web.linking import href
from comity.web.recording.export import to_csv
from comity.web.tables import harmless


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed: by its number; ``record``: the form for the act that discharges it, filled in (blank: none would)."""

    number: int
    notice: Notice
    shape: str
    look: str
    record: str

    @property
    def lasts(self) -> bool:
        """Does its last day depend on a day that is not known yet?"""
        return self.notice.latest not in (None, self.notice.row.due)

    @property
    def why(self) -> Sequence[str]:
        """The reasons that decide it: the threshold reached, and what does not hold."""
        return [reason.says for reason in self.notice.row.because if reason.rule == "threshold" or not reason.holds]


def owed_of(notices: Notices | None) -> list[Owed]:
    """The lines, by their last days."""
    return [] if notices is None else [_owed(number, one) for number, one in enumerate(notices.owed, 1)]


def _owed(number: int, one: Notice) -> Owed:
    done = one.act is None or bool(one.row.discharged_by)
    record = "" if done or one.act is None else record_link(one.act)
    return Owed(number, one, SHAPES.get(one.row.state, "v-yes"), str(one.row.state).replace(" ", "-"), record)


def record_link(act: Act) -> str:
    """The form of the recording desk for this act, with what is known of it filled in; the day is left to whoever does it."""
    told = {f"d.{name}": value for name, value in act.details.items()}
    parties = {"counterparty": "; ".join(act.counterparty), "territory": "; ".join(act.territory)}
    about = {"kind": act.kind, "actor": act.actor, "agreement": act.agreement or "", "article": act.article or "", "ref": act.ref}
    return href({}, "record-act", **about, **parties, source=act.source.citation, **told)


def acts_as_csv(this: Asked, notices: Notices | None) -> bytes:
    """The acts that would be recorded once what is owed was done, as a table that can be brought to the recording desk."""
    entries = [] if notices is None else drafts(notices, this.on)
    rows = [row_of(entry, None, recorded=False) for entry in entries]
    return to_csv([COLUMNS, *([harmless(row[name]) for name in COLUMNS] for row in rows)])
