"""What the API gives, field by field; answers, acts and the like are as docs/schemas has them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from comity.web.api.describing import Act, Change, Coming, Difference, Duty, Finding

Day = str
Verdict = Literal["yes", "no", "contested", "unknown"]


def told(description: str, **more: Any) -> Any:
    """A field that is always there."""
    return Field(description=description, **more)


class Part(BaseModel):
    """One part of a list."""

    total: int = told("How many there are in all parts, of those that you may see and that have been derived.", ge=0)
    next: str | None = told("The path of the next part; null: this is the last.")


class Derived(BaseModel):
    """What rests on agreements that are derived one by one after the start."""

    pending: list[str] = told("Agreements that are still being derived and are left out for now: ask again. Empty: nothing is left out.")


class AgreementLine(BaseModel):
    """One agreement in the list."""

    id: str = told("Its id.")
    short: str = told("Its short name.")
    title: str = told("Its title.")
    form: Literal["treaty", "political", "administrative"] = told("What it is in law.")
    concluded: Day = told("Adoption or first signature.")
    state: Literal["in force", "ended", "not in force", "contested", "unknown"] = told("How it stands on the day.")
    bound: int = told("How many parties it binds on the day.", ge=0)
    contested: bool = told("Is anybody's standing under it contested on the day?")
    since: Day | None = told("Since when it stands so; null: since no known day.")
    reach: Day | None = told("Day to which the record is complete for it; null: to no known day.")


class Agreements(Part, Derived):
    """Agreements, by their ids."""

    agreements: list[AgreementLine] = told("By id.")


class Clause(BaseModel):
    """One clause of an agreement."""

    number: int = told("Its place among the clauses on record.", ge=1)
    kind: str = told("What it does.")
    article: str = told("The article.")
    says: str = told("What it says, in our own words.")
    read: str = told("How it was read: from the text, or from elsewhere.")
    source: str | None = told("From which document; null: from the agreement's own text.")
    details: dict[str, str] = told("Its typed fields, in words.")


class Covered(BaseModel):
    """For which acts the record is complete."""

    start: Day | None = told("From which day; null: from the beginning.")
    through: Day = told("Through which day.")
    source: str = told("As which source has it.")


class Related(BaseModel):
    """An agreement that this one stands with."""

    how: str = told("How they stand together.")
    agreement: str = told("Its id.")


class Doing(BaseModel):
    """One act in the status table."""

    how: str = told("What was done.")
    when: str = told("The moment, as written.")
    act: str = told("The act's reference.")


class Participant(BaseModel):
    """One line of the status table."""

    party: str = told("The party's code.")
    verdict: Verdict = told("Is it bound on the day?")
    mode: str = told("Its standing on the day.")
    since: Day | None = told("Since when; null: since no known day.")
    signed: list[Doing] = told("Signatures.")
    consents: list[Doing] = told("Ratification, accession and the like.")
    entries: list[Day] = told("Days on which it entered into force for the party.")
    exits: list[Doing] = told("Denunciations and the like.")
    left: list[Day] = told("Days on which it ceased to bind the party.")


class Status(BaseModel):
    """The status table of an agreement, as depositaries print it."""

    agreement: str = told("The agreement's id.")
    on: Day = told("As of which day.")
    known: Day = told("As known by the end of which day.")
    bound: int = told("How many parties it binds.", ge=0)
    participants: list[Participant] = told("By the names of the parties.")


class Agreement(BaseModel):
    """One agreement: what it is, how it stands, what it says, and for which acts its record is complete."""

    id: str = told("Its id.")
    short: str = told("Its short name.")
    title: str = told("Its title.")
    form: str = told("What it is in law.")
    concluded: Day = told("Adoption or first signature.")
    place: str | None = told("Where; null: not on record.")
    subjects: list[str] = told("What it is about.")
    official: str | None = told("Address of the official text; null: none on record.")
    registration: str | None = told("How it is registered; null: not on record.")
    references: list[str] = told("By which it is cited besides.")
    authentic: list[str] = told("The languages of its authentic texts, as far as they are on record.")
    titles: dict[str, str] = told("Its title in other languages, by their codes.")
    state: str = told("How it stands on the day.")
    in_force: Any = told("Whether it is in force, with the reasons.")
    clauses: list[Clause] = told("Its clauses, as far as they are on record.")
    coverage: list[Covered] = told("For which acts the record is complete.")
    family: list[Related] = told("Agreements that it stands with.")
    status: Status = told("Its status table.")
    acts: int = told("How many acts under it you may see.", ge=0)


class Timeline(BaseModel):
    """Every change of standing under an agreement."""

    changes: list[Change] = told("By day.")


class PartyLine(BaseModel):
    """One party in the list."""

    code: str = told("The code by which acts name it.")
    kind: Literal["state", "organisation", "organ", "force", "agency", "territory"] = told("What it is.")
    name: str = told("Its name on the day.")
    exists: bool = told("Does it exist on the day?")
    bound_by: int = told("By how many agreements it is bound on the day.", ge=0)


class Parties(Part, Derived):
    """Parties, by their codes."""

    parties: list[PartyLine] = told("By code.")


class Bond(BaseModel):
    """How one agreement stands for a party."""

    agreement: str = told("The agreement's id.")
    verdict: Verdict = told("Does it bind the party on the day?")
    mode: str = told("The party's standing under it.")
    since: Day | None = told("Since when; null: since no known day.")


class Party(Derived):
    """One party: what binds it, and what is ahead of it."""

    party: str = told("Its code.")
    kind: str = told("What it is.")
    name: str = told("Its name on the day.")
    exists: bool = told("Does it exist on the day?")
    on: Day = told("As of which day.")
    upcoming: list[Coming] = told("Days ahead on which its standing changes, or until which it can be changed.")
    agreements: list[Bond] = told("Agreements under which it ever had a standing.")


class Between(Derived):
    """What is in force between two parties."""

    agreements: list[Any] = told("An answer for each agreement that is in force, contested or unknown between the two.")


class Acts(Part):
    """Acts, in the order of time."""

    acts: list[Act] = told("By the day on which they were done, then by reference.")


class ActsOfOne(BaseModel):
    """All entries with one reference."""

    acts: list[Act] = told("Usually one.")


class Duties(Part, Derived):
    """What is owed."""

    duties: list[Duty] = told("In the order in which they are due.")


class Upcoming(Part, Derived):
    """What is ahead."""

    upcoming: list[Coming] = told("By day.")


class Differences(Part, Derived):
    """What differs between two days."""

    differences: list[Difference] = told("By agreement and party.")


class Findings(Part, Derived):
    """What the law finds odd in the acts on record."""

    findings: list[Finding] = told("By act.")


class Tie(BaseModel):
    """Two parties and the agreements that bind both."""

    a: str = told("The one.")
    b: str = told("The other.")
    number: int = told("How many agreements.", ge=1)
    agreements: list[str] = told("Their ids.")


class Cooperation(Part, Derived):
    """Who is tied to whom."""

    ties: list[Tie] = told("By the codes of the two.")
    left_out: list[str] = told("Agreements of more parties, which are left out.")


class CalendarLine(BaseModel):
    """Something that falls on a day."""

    on: Day = told("The day.")
    what: str = told("What is due, or what changes, or what of an exercise is on it.")
    agreement: str = told("Under which agreement; blank: it is a day of an exercise, or under none.")
    party: str | None = told("Whose it is; null: everybody's, or the agreement's own, or not said.")
    state: str | None = told("Of a duty, how it stands; null: it is a change, or a day of an exercise.")
    exercise: str | None = told("Of which exercise it is a day; null: of none.")
    act: str | None = told("The act with which the procedure began that awaits it; null: none does.")


class Calendar(Derived):
    """A month, day by day."""

    first: Day = told("The first day of the month.")
    lines: list[CalendarLine] = told("By day.")


class Today(Derived):
    """What a desk looks at first."""

    duties: list[Duty] = told("What is owed; of one party only.")
    upcoming: list[Coming] = told("What is ahead.")
    contested: list[str] = told("Agreements in which something is contested on the day.")
    lately: list[str] = told("References of the acts that came on record last.")


class Wrong(BaseModel):
    """One thing that is wrong with the book."""

    file: str = told("In which file.")
    line: int = told("In which line; 0: in the file as a whole.")
    says: str = told("What is wrong.")


class SavedFilter(BaseModel):
    """One saved filter."""

    number: int = told("Its number.", ge=1)
    name: str = told("What you call it.")
    page: str = told("The path and query of its page.")
    api: str | None = told("Where the API answers the same; null: it takes not all that the page is asked.")
    shared: bool = told("Do others of your party see it?")
    alert: bool = told("Are you told what is new in it and what falls due?")
    feed: bool = told("Is there an address for calendars?")
    made: Day = told("When it was saved.")


class SavedFilters(BaseModel):
    """What you have saved."""

    saved: list[SavedFilter] = told("By name.")


class Book(BaseModel):
    """What there is on record, as far as you may see it."""

    problems: list[Wrong] = told("What is wrong with its files; for the record's keeper alone.")
    agreements: int = told("How many agreements.", ge=0)
    acts: int = told("How many acts.", ge=0)
    parties: int = told("How many parties.", ge=0)


class RuleLine(BaseModel):
    """One rule that an answer can rest on."""

    rule: str = told("Its name, as reasons give it.")
    source: str = told("Where it comes from.")


class Rules(BaseModel):
    """Every rule that an answer can rest on."""

    rules: list[RuleLine] = told("By name.")


class Rule(RuleLine):
    """One rule, with its page."""

    text: str | None = told("Its page, as Markdown; null: it is not at hand.")


class Found(BaseModel):
    """Something that was looked for."""

    kind: Literal[
        "question",
        "page",
        "agreement",
        "party",
        "exercise",
        "mission",
        "pool",
        "course",
        "lesson",
        "decision",
        "decision rule",
        "rule",
        "act",
        "document",
    ] = told("What it is; a question may be asked about what was looked for.")
    title: str = told("What it is called.")
    code: str = told("Its id or code; blank of a page and of a question.")
    link: str = told("Its page.")
    rank: int = told("How near; lower is nearer.", ge=0)
    says: str = told("The words around it, where it stands within a document; else blank.")
    number: int | None = told("On which page of the document; null: elsewhere, or it has no pages.")
    part: int | None = told("In which part of a document that has no pages; null: elsewhere.")


class Document(BaseModel):
    """A document that acts name."""

    sha256: str = told("Its hash, by which acts name it.")
    title: str = told("What it is called; by the first act that names it, if nothing calls it anything.")
    media_type: str = told("Its media type.")
    language: str = told("Its language; `und`: not told.")
    kept: bool = told("Are its bytes kept here?")
    pages: int | None = told("How many pages it has; null: it was not read yet, it has none, or that is not known.")
    acts: list[str] = told("The acts that name it, by their references.")
    agreements: list[str] = told("The agreements under which they were done.")


class Documents(Part):
    """Documents that acts name."""

    documents: list[Document] = told("In the order of their hashes.")


class DocumentRead(BaseModel):
    """A document with its text."""

    sha256: str = told("Its hash, by which acts name it.")
    title: str = told("What it is called.")
    media_type: str = told("Its media type.")
    language: str = told("Its language; `und`: not told.")
    size: int | None = told("How many bytes it has; null: they are not kept here.")
    holds: bool = told("Are the bytes that are kept those that the acts name?")
    acts: list[str] = told("The acts that name it, by their references.")
    read: bool = told("Was it read? If not, ask again in a moment.")
    says: str = told("Why there is no text, or no more of it.")
    active: str = told("What in a PDF could act on its own; `unknown`: that cannot be told; blank: nothing.")
    count: int | None = told("How many pages it has; null: it has none, or that is not known.", ge=0)
    pages: list[str] = told("The text of each page that was read, or of each part of what has no pages.")


class Search(Part):
    """What was found."""

    found: list[Found] = told("The nearest first.")
