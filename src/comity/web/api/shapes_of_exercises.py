"""What the API gives of exercises, field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from comity.web.api.describing import Duty
from comity.web.api.shapes import Part, Verdict, told

Stands = Literal["designed", "planned", "notified", "held"]
Sort = Literal["forces", "conduct", "conference", "document", "notice", "public"]


class ExerciseLine(BaseModel):
    """One exercise in the list; one that is held again under the same name is there once for each time."""

    activity: str = told("The name by which acts are about it; blank: the act that tells of it gives none.")
    title: str = told("What it is called.")
    stands: Stands = told("How far it is on the day: a design on record, a plan, a notice, or acts that tell of its being held.")
    from_: str | None = Field(alias="from", description="When it begins, as it was written; null: not on record.")
    until: str | None = told("When it ends, as it was written; null: not on record, or not the same for all.")
    place: str | None = told("Where; null: not on record.")
    host: str | None = told("On whose territory, by code; null: not on record.")
    nations: list[str] = told("Who takes or took part, by code.")
    kinds: list[str] = told("Domains, purposes, scenarios and capabilities, as acts and design name them.")
    contested: bool = told("Is some act of it denied, or recorded in two ways?")
    problem: str | None = told("Why its design cannot be read; null: it can, or there is none.")


class Exercises(Part):
    """Exercises, by their days."""

    exercises: list[ExerciseLine] = told("The earliest first; those without days last.")


class ExerciseDay(BaseModel):
    """A day of an exercise, or a row of days, both included."""

    sort: Sort = told("What sort of day.")
    what: str = told("What is on it.")
    from_: str = Field(alias="from", description="The first day, as it was written; part of one may be left open.")
    until: str = told("The last day.")
    who: str | None = told("Whose it is; null: not said.")


class ExerciseStep(BaseModel):
    """What the gate of a stage asks for."""

    id: str = told("Its id.")
    what: str = told("What is asked for.")
    state: Literal["done", "done late", "contested", "not known", "not on record", "open"] = told("How it stands on the day.")
    by: str | None = told("Whose it is; null: anyone's.")
    due: str | None = told("By when; null: no day is said.")
    acts: list[str] = told("The acts that count, by their references.")
    read: str = told("How the step was read: from the text, or from elsewhere.")


class ExerciseStage(BaseModel):
    """One stage of the process."""

    id: str = told("Its id.")
    title: str = told("What it is called.")
    steps: list[ExerciseStep] = told("What its gate asks for.")


class ExerciseFlaw(BaseModel):
    """A rule that the design breaks."""

    rule: str = told("The rule.")
    where: str = told("Where in the design.")
    says: str = told("What is wrong.")


class ExerciseBasis(BaseModel):
    """A legal basis that the exercise needs."""

    what: str = told("What is needed: entry, status, release, or a kind of support.")
    by: str = told("By whom, by code.")
    towards: str = told("Towards whom, by code.")
    verdict: Verdict = told("Is it there on every day of the exercise?")


class ExerciseNotice(BaseModel):
    """What is owed because of the exercise."""

    duty: Duty = told("The duty as it stands on the day.")
    latest: str | None = told("The last day to do it, if the exercise begins as late as it can; null: no day is named.")
    supposed: bool = told("Is the plan that brings it about supposed, and on no record?")
    missing: list[str] = told("What is not known yet.")
    act: str | None = told("The kind of act that discharges it; null: none would.")


class ExerciseLimit(BaseModel):
    """A limit of number and size."""

    id: str = told("Its id.")
    agreement: str = told("Under which agreement.")
    article: str = told("The article.")
    says: str = told("What it says, in our own words.")
    read: str = told("How it was read.")
    state: Literal["kept", "exceeded", "not known"] = told("Is it kept?")
    most: int = told("So many may be.", ge=0)
    surely: int = told("So many surely count, with this exercise.", ge=0)
    possibly: int = told("So many possibly do.", ge=0)
    others: list[str] = told("Which others count.")


class ExerciseNotices(BaseModel):
    """What has to be notified, and which limits are met."""

    owed: list[ExerciseNotice] = told("By their last days.")
    supposed: list[str] = told("References of the plans that are supposed.")
    limits: list[ExerciseLimit] = told("Limits of number and size.")
    notes: list[str] = told("Where the plan on record says other than the design.")


class ExerciseDesign(BaseModel):
    """What a design on record comes to, on the day."""

    acts: list[str] = told("The acts that put its versions on record, the last of which counts.")
    sha256: str = told("The hash of the file.")
    process: str = told("The process that it goes through.")
    form: str = told("Live, command-post, computer-assisted or table-top.")
    stands: str | None = told("The stage in which it stands; null: every stage is passed.")
    stages: list[ExerciseStage] = told("The stages in order.")
    days: list[ExerciseDay] = told("Its days.")
    flaws: list[ExerciseFlaw] = told("The rules that it breaks; empty: none.")
    coverage: list[ExerciseBasis] | None = told("The legal bases that it needs; null: they cannot be told.")
    notices: ExerciseNotices | None = told("What has to be notified; null: that cannot be told.")


class ExerciseAlone(BaseModel):
    """One exercise."""

    activity: str = told("The name by which acts are about it.")
    held: list[ExerciseLine] = told("The exercise as the list has it; several lines where it was held several times.")
    acts: list[str] = told("The acts about it up to the day, by their references.")
    design: ExerciseDesign | None = told("What its design comes to; null: none is on record, or it cannot be read.")
