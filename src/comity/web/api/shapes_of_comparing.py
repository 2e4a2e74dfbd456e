"""What the API gives of organisations, registers, conflicts and names, field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from comity.web.api.shapes import Day, Derived, Part, Verdict, told


class OrganisationLine(BaseModel):
    """One organisation in the list."""

    code: str = told("The code by which acts name it.")
    kind: str = told("An organisation, or a body of one.")
    name: str = told("Its name on the day.")
    exists: bool = told("Does it exist on the day?")
    constituent: str | None = told("The agreement whose parties are its members; null: none on record says who they are.")
    members: int | None = told("How many members it has on the day; null: not known, see *missing*.")
    unsettled: int | None = told("Of how many it is contested or not known; null: not known, see *missing*.")
    missing: str | None = told("What is missing to know how many; null: nothing is.")
    bodies: int = told("How many bodies it has.", ge=0)


class Organisations(Part, Derived):
    """Organisations, by their codes."""

    organisations: list[OrganisationLine] = told("By code.")


class Member(BaseModel):
    """One member, or one who may be or was one."""

    party: str = told("Its code.")
    verdict: Verdict = told("Is it a member on the day?")
    mode: str = told("Its standing under the constituent agreement.")
    since: Day | None = told("Since when; null: since no known day.")
    acts: list[str] = told("The acts by which it signed or consented.")
    left: list[Day] = told("Days on which it ceased to be one.")


class Deposit(BaseModel):
    """An agreement that is kept."""

    by: str = told("The organisation, or its body.")
    agreement: str = told("The agreement's id.")


class Shared(BaseModel):
    """An agreement that binds at least half of the members, or may by their acts on record."""

    agreement: str = told("Its id.")
    bound: int = told("How many members it binds.", ge=0)
    unsettled: list[str] = told("Of whom it is contested or not known.")
    missing: list[str] = told("Who is not bound, where they are few; else empty.")


class Organisation(Derived):
    """One organisation."""

    code: str = told("Its code.")
    name: str = told("Its name on the day.")
    constituent: str | None = told("The agreement whose parties are its members; null: none on record says who they are.")
    members: list[Member] | None = told("Who is a member on the day; null: not known, as no agreement on record says who.")
    unsettled: list[Member] | None = told("Of whom it is contested or not known; null as of *members*.")
    former: list[Member] | None = told("Who was one; null as of *members*.")
    bodies: list[str] = told("Its bodies, by their codes.")
    deposits: list[Deposit] = told("Of what it or a body of it is depositary.")
    decided: list[str] = told("Its decisions, admissions, invitations and the like, the latest first.")
    shared: list[Shared] | None = told("What binds at least half of its members, or may; null as of *members*.")


class Described(BaseModel):
    """What there is to know of a register or data set."""

    id: str = told("Its id.")
    title: str = told("Its title.")
    version: str = told("Which version.")
    publisher: str = told("Who publishes it.")
    licence: str = told("Under which terms.")
    since: Day = told("The first day that it covers.")
    through: Day = told("The last.")
    agreements: bool = told("Does it say who concluded or takes part in what, so that acts can be made of it?")
    rows: int = told("How many rows its tables have.", ge=0)
    held: list[str] | None = told(
        "Those of its tables that are in the store of this server; null: not known, as the store's list of them cannot be read."
    )


class RegisterLine(Described):
    """One register or data set in the list."""

    tables: list[str] = told("Its tables.")


class Registers(Part):
    """Registers, by their ids."""

    registers: list[RegisterLine] = told("By id.")


class RegisterColumn(BaseModel):
    """One column of a table."""

    name: str = told("Its name.")
    type: str = told("Its type.")
    unit: str | None = told("In which unit; null: none.")
    means: str = told("What it means.")


class RegisterTable(BaseModel):
    """One table of a register."""

    name: str = told("Its name.")
    row: str = told("What a row is.")
    rows: int = told("How many there are.", ge=0)
    absent: str = told("What it means not to be listed: 0, or unknown.")
    imported: str | None = told("When it was imported into the store; null: it was not.")
    columns: list[RegisterColumn] = told("Its columns.")


class WholeRegister(Described):
    """A register with its tables."""

    address: str = told("Where it is published.")
    codebook: str | None = told("Its codebook; null: none is known.")
    note: str | None = told("What has to be known of it; null: nothing.")
    citations: list[str] = told("How to cite it.")
    tables: list[RegisterTable] = told("Its tables.")


class Side(BaseModel):
    """What one says."""

    by: str = told("Who: a party by its code, or in words; blank: the acts on record, or others.")
    says: str = told("What it says.")
    source: str = told("By which source; blank: not given.")
    act: str | None = told("The act by which it is said; null: none.")


class Conflict(BaseModel):
    """Two or more things on record that cannot all be so."""

    kind: Literal["reading", "denial", "claim", "succession"] = told("Of which kind.")
    agreement: str | None = told("Under which agreement; null: under none.")
    about: list[str] = told("Whom it concerns; empty: the agreement itself.")
    since: Day | None = told("Since when; null: since no known day.")
    until: Day | None = told("Until when; null: no end on record.")
    sides: list[Side] = told("What each says.")
    cause: str | None = told("What is likely behind it; null: not said.")
    settled_by: str = told("What would settle it.")


class Conflicts(Part, Derived):
    """What contradicts what; ``total`` counts the agreements that are looked at."""

    conflicts: list[Conflict] = told("By agreement.")
    successions: list[Conflict] = told("Successions that somebody denies; the same with every part.")


class Saying(BaseModel):
    """What one says of a state."""

    party: str = told("Of which, by its code.")
    says: Literal["recognise", "derecognise", "exclude-relations", "consent", "beginning", "end"] = told("What is said.")
    by: str = told("By whom: a code, or words.")
    other: str | None = told("Of a contested beginning or end: the predecessor or successor; null: it is none.")
    since: Day | None = told("Since when.")
    agreement: str | None = told("Under which agreement; null: under none.")
    act: str | None = told("By which act; null: by none.")
    source: str | None = told("By which source; null: not given.")


class Names(BaseModel):
    """What is said of names and successions."""

    names: list[Saying] = told("By the code of the state.")
