"""What the API gives of disputes, dialogue and procedure at home: lists of what docs/schemas has, as ``comity --json`` prints it."""

from __future__ import annotations

from pydantic import BaseModel

from comity.web.api.describing import (
    AgreedAction,
    Dispute,
    Duty,
    HomeEnd,
    HomeProcedure,
    HomeStatus,
    Incident,
    Meeting,
    MeetingBody,
    SettlementWay,
    Silence,
)
from comity.web.api.shapes import Day, Derived, Part, Verdict, told


class Disputes(Part):
    """Disputes on record."""

    disputes: list[Dispute] = told("By the reference of the act that raised them.")


class Incidents(Part):
    """Incidents, protests and calls over a link."""

    incidents: list[Incident] = told("By the reference of the act that began them.")


class DisputeAlone(BaseModel):
    """One dispute, or one incident."""

    dispute: Dispute | None = told("The dispute; null: an incident was asked for.")
    incident: Incident | None = told("The incident; null: a dispute was asked for.")
    meanwhile: list[Duty] = told(
        "Of a dispute: what the sides owe under the agreement meanwhile, and what its acts brought about; of an incident: the latter."
    )


class Settlements(Derived):
    """What is open to two."""

    a: str = told("The one party, by its code.")
    b: str = told("The other.")
    ways: list[SettlementWay] = told("Agreement by agreement, in their order.")


class Bodies(Part, Derived):
    """Bodies that meet, or have to."""

    bodies: list[MeetingBody] = told("By agreement and name.")


class Meetings(Part):
    """Meetings."""

    meetings: list[Meeting] = told("By their days.")


class Actions(Part):
    """What meetings agreed is to be done."""

    actions: list[AgreedAction] = told("By the days by which it is due, what has no day last.")


class Silences(Part):
    """Who has not met with whom."""

    silent: list[Silence] = told("By the codes of the two.")
    left_out: int = told("So many parties that met less often are left out: ask for one of them.", ge=0)


class Instrument(BaseModel):
    """An agreement in a state."""

    agreement: str = told("Its id.")
    state: str = told("The state, by its code.")
    stands: HomeStatus | None = told("Where it stands; null: that cannot be told.")
    problem: str | None = told("Why it cannot be told; null: it can.")


class Instruments(Part):
    """Agreements at home."""

    instruments: list[Instrument] = told("By agreement and state.")


class Procedures(Part):
    """Procedures at home."""

    procedures: list[HomeProcedure] = told("By state and id.")


class HomeDay(BaseModel):
    """A day of a scrutiny."""

    on: Day = told("The day; the first is that of laying, which does not count.")
    counts: Verdict = told("Does it count? Unknown where no sitting day is known.")
    number: int | None = told("The how-manieth of the days that count, for sure; null: it is none.", ge=1)
    last: bool = told("Is it the last day, for sure?")


class HomeClocked(BaseModel):
    """The clock of what was laid on a day."""

    state: str = told("The state, by its code.")
    procedure: str = told("The procedure, by its id.")
    laid: Day = told("The day of laying.")
    length: int = told("How many days that count the time has.", ge=0)
    end: HomeEnd = told("Its last day: exact, or the earliest and the latest that it can be.")
    days: list[HomeDay] = told("Day by day, to the latest last day; to the earliest, where there is no latest; at most 550 days.")
