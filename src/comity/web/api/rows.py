"""What a program sends to be recorded: acts by the columns of a table of acts, and what is said of them before and after."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from comity.book import COLUMNS
from comity.web.api.describing import Act
from comity.web.api.shapes import Day, Verdict, told
from comity.web.recording.columns import EXPLAINED, REQUIRED
from comity.web.recording.effects import Effect
from comity.web.recording.sheets import MOST_ROWS
from comity.web.recording.states import State, Stated

Row = dict[str, str]
EXAMPLE: dict[str, Any] = {
    "ref": "nato-treaty-FIN-accede", "kind": "accede", "actor": "FIN", "agreement": "nato-treaty", "received": "2023-04-04", "source": "Depositary",
}  # fmt: skip


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": EXAMPLE})

    def to_row(self) -> tuple[Row, dict[str, str]]:
        """The row, and what is wrong with its details, by the pointer of each."""
        given = self.model_dump()
        details = given["details"]
        faults = {}
        if isinstance(details, dict):
            faults = {f"/details/{name}": "a detail cannot hold a semicolon; write a comma" for name, said in details.items() if ";" in name + said}
            given["details"] = "; ".join(f"{name}={said}" for name, said in details.items() if said.strip())
        return {name: given[name].strip() for name in COLUMNS}, faults


def _column(name: str) -> Any:
    says = f"{EXPLAINED[name][:1].upper()}{EXPLAINED[name][1:]}."
    return Field(description=says) if name in REQUIRED else Field(default="", description=says)


_COLUMN: dict[str, Any] = {name: (str, _column(name)) for name in COLUMNS}
_DETAILS = (str | dict[str, str], Field(default="", description="What its kind may tell besides: an object, or key=value; key=value."))
ActSent: Any = create_model("ActSent", __base__=_Sent, __doc__="An act, as a row of a table of acts.", **{**_COLUMN, "details": _DETAILS})
"""An act that is sent: each column of a table of acts, most of which may be left out."""


class ActsSent(BaseModel):
    """Acts that are sent together."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": {"acts": [EXAMPLE]}})

    acts: list[ActSent] = Field(min_length=1, max_length=MOST_ROWS, description="At most 5,000.")
    seal: str = Field(default="", description="Of the preview that was looked at: nothing is recorded if anything has changed since.")
    also_differing: bool = Field(default=False, description="Record also those that differ from what is on record, beside what is there.")


class Fault(BaseModel):
    """One thing that is wrong."""

    pointer: str = told("The field: a JSON pointer into what was sent.")
    detail: str = told("What is wrong there, and what to write.")


class StandsOtherwise(BaseModel):
    """How one stands today, without and with what was sent."""

    party: str = told("Who; blank: the agreement itself.")
    before: Verdict = told("As things are.")
    before_mode: str = told("In which way.")
    after: Verdict = told("With it.")
    after_mode: str = told("In which way.")


class Turning(BaseModel):
    """From this day on somebody stands so."""

    on: Day = told("From which day.")
    party: str = told("Who; blank: the agreement itself.")
    verdict: Verdict = told("How.")
    mode: str = told("In which way.")


class Changed(BaseModel):
    """What would change under an agreement."""

    agreement: str = told("Its id.")
    sides: list[StandsOtherwise] = told("Who stands otherwise today.")
    come: list[Turning] = told("Changes that it would bring.")
    gone: list[Turning] = told("Changes that it would take away.")
    more: int = told("How many more there are of these.", ge=0)
    findings: list[str] = told("What is odd about it.")


class Differing(BaseModel):
    """A column in which what was sent differs from what is on record."""

    column: str = told("Which.")
    sent: str = told("As it was sent.")
    there: str = told("As it is on record.")


class Looked(BaseModel):
    """One of the acts that were sent, as it stands to what is on record."""

    number: int = told("Its place among what was sent, from 1.", ge=1)
    ref: str = told("Its reference.")
    state: Literal["new", "already on record", "differs from what is on record", "told twice here", "cannot be read"] = told("How it stands.")
    hash: str | None = told("Its hash; null: it cannot be read.")
    differs: list[Differing] = told("Where it differs from what is on record under the same reference.")
    faults: list[Fault] = told("What is wrong with it.")


class Preview(BaseModel):
    """What would be recorded; nothing was."""

    acts: list[Looked] = told("Each act that would come on record, or that was sent.")
    seal: str = told("Of exactly what this says: send it along to have nothing else recorded.")
    effect: Changed | None = told("What would change; null: nothing can be said, or too much was sent.")


class RecordedActs(BaseModel):
    """What came on record."""

    acts: list[Act] = told("Each act.")
    left_out: list[str] = told("References of those that were there already.")


class ToApprove(BaseModel):
    """Nothing is on record yet: others have to approve it."""

    proposal: int = told("The number of the proposal.", ge=1)
    path: str = told("Where it stands.")


def looked_at(found: list[Stated], prefix: str) -> list[dict[str, Any]]:
    """Rows with their states, as plain data; ``prefix``: what stands before the number in a pointer."""
    return [
        {
            "number": one.number, "ref": one.row["ref"], "state": one.state.value, "hash": None if one.entry is None else one.entry.act.hash,
            "differs": [{"column": f.column, "sent": f.here, "there": f.there} for f in one.beside],
            "faults": [{"pointer": f"#{pointer}", "detail": says} for pointer, says in faults_by_pointer(one, prefix).items()],
        }
        for one in found
    ]  # fmt: skip


def faults_by_pointer(one: Stated, prefix: str) -> dict[str, str]:
    """What is wrong with a row, by the pointer into what was sent."""
    place = prefix.replace("{}", str(one.number - 1))
    return {f"{place}/{column.replace('.', '/')}" if column else place: says for column, says in one.faults}


def taken(one: Stated) -> bool:
    """Is there another act on record with its reference, or this very one?"""
    return one.state in (State.DIFFERS, State.THERE)


def effect_to_plain(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None

    def turns(found: Any) -> list[dict[str, Any]]:
        return [{"on": turn.on.isoformat(), "party": turn.party, "verdict": str(turn.verdict), "mode": turn.mode} for turn in found]

    sides = [
        {"party": s.party, "before": str(s.before), "before_mode": s.before_mode, "after": str(s.after), "after_mode": s.after_mode}
        for s in effect.sides
    ]
    return {
        "agreement": effect.agreement, "sides": sides, "come": turns(effect.come), "gone": turns(effect.gone), "more": effect.more,
        "findings": [finding.says for finding in effect.findings],
    }  # fmt: skip
