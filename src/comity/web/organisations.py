"""Organisations: who is a member on a day, how and since when, by which agreement; what binds its members; its bodies, its decisions, its deposits.

An organisation's members are those whom its constituent agreement binds; so are those of a body that has an agreement of its own. What binds the
organisation itself stands on its page as a party.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import Act, kinds
from comity.agreements import Agreement, AnyClause
from comity.parties import Party
from comity.questions import show
from comity.standing import Standing
from comity.terms import NotOnRecord, Verdict
from comity.web.agreements import family
from comity.web.asking import Asked, asked, page, party_code
from comity.web.charts.chart import as_chart
from comity.web.charts.over_time import standing_over_time
from comity.web.drawing import BOUND
from comity.web.folds import Status
from comity.web.parties import has_members, life
from comity.web.scoping import statuses_of
from comity.web.status_tables import Participant, Table, table
from comity.web.tables import as_file
from comity.web.telling import told

DECIDING = ("decision", "membership", "conclusion", "amendment", "force")
"""Groups of acts by which an organisation acts as such."""
PROCEDURES = ("consent", "later-parties", "entry-into-force", "amendment", "withdrawal", "no-withdrawal", "suspension", "duration", "dependence")
"""Kinds of clause that say how one becomes a member, leaves, and how the agreement is changed."""
LATEST, SHARED, FEW = 20, 60, 6
"""So many acts, and agreements of its members, are shown; so many are named who are not bound by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in the list. ``members``, ``unsettled``: how many; None: not known, as what is ``missing`` says. ``gone``: why it is not."""

    party: Party
    name: str
    gone: str
    constituent: str
    members: int | None
    unsettled: int | None
    bodies: int
    missing: str


@dataclass(frozen=True, slots=True)
class Shared:
    """An agreement that binds so many of the members. ``unsettled``: of whom that is contested or not known; ``missing``: who is not bound."""

    agreement: Agreement
    bound: int
    unsettled: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def few(self) -> tuple[str, ...]:
        """Who is not bound, if few are not."""
        return self.missing if len(self.missing) <= FEW else ()


@dataclass(frozen=True, slots=True)
class Membership:
    """The members on the day, those whose membership is not settled, and those who were members before."""

    members: tuple[Participant, ...]
    unsettled: tuple[Participant, ...]
    former: tuple[Participant, ...]


def lines_of(this: Asked) -> tuple[list[Line], list[str]]:
    """Organisations, and bodies with an agreement of their own, by name; and what is still being derived."""
    statuses, pending = statuses_of(this)
    found = [_line(this, party, statuses) for party in this.record.register.parties.values() if has_members(party)]
    return sorted(found, key=lambda line: (bool(line.gone), line.name.casefold())), pending


def _line(this: Asked, party: Party, statuses: Mapping[str, Iterable[Status]]) -> Line:
    constituent, members, unsettled, missing = constituent_of(this, party), None, None, ""
    if not constituent:
        missing = _("no agreement on record says who its members are")
    elif constituent in this.fold.broken:
        missing = told(_("%(agreement)s cannot be derived"), agreement=constituent)
    elif constituent not in statuses:
        missing = told(_("%(agreement)s is still being derived"), agreement=constituent)
    else:
        status = list(statuses[constituent])
        members = sum(verdict is Verdict.YES and mode in BOUND for _code, verdict, mode in status)
        unsettled = sum(verdict in (Verdict.CONTESTED, Verdict.UNKNOWN) for _code, verdict, _mode in status)
    return Line(party, this.name(party.code), life(party, this.on), constituent, members, unsettled, len(bodies_of(this, party.code)), missing)


def constituent_of(this: Asked, party: Party) -> str:
    """The agreement whose parties are its members, if it is on record; else blank."""
    found = party.constituent
    return found if found is not None and this.record.has_agreement(found, this.known) else ""


def bodies_of(this: Asked, code: str) -> list[Party]:
    """Its organs, forces and agencies."""
    return [party for party in this.record.register.parties.values() if party.part_of == code]


def line_to_plain(line: Line) -> dict[str, object]:
    """The line as plain data."""
    return {
        "code": line.party.code,
        "kind": line.party.kind,
        "name": line.name,
        "exists": not line.gone,
        "constituent": line.constituent or None,
        "members": line.members,
        "unsettled": line.unsettled,
        "missing": line.missing or None,
        "bodies": line.bodies,
    }


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    lines, pending = lines_of(this)
    if file := as_file(request, this, "organisations", lambda: [line_to_plain(line) for line in lines], pending):
        return file
    context = {
        "asked": this,
        "pending": pending,
        "there": [line for line in lines if not line.gone],
        "gone": [line for line in lines if line.gone],
    }
    return page(request, "organisations.html", context)


# -- one organisation -------------------------------------------------------------------------------------------------


def membership_of(found: Table) -> Membership:
    """Who is, may be and was a member, by the status table of the constituent agreement."""
    people = found.participants
    members = tuple(p for p in people if p.verdict is Verdict.YES and p.mode in BOUND)
    unsettled = tuple(p for p in people if p.verdict in (Verdict.CONTESTED, Verdict.UNKNOWN))
    left = tuple(p for p in people if p.verdict is Verdict.NO and p.mode == "former")
    return Membership(members, unsettled, left)


def member_to_plain(member: Participant) -> dict[str, object]:
    """A member as plain data."""
    return {
        "party": member.code,
        "verdict": str(member.verdict),
        "mode": member.mode,
        "since": member.since and member.since.isoformat(),
        "acts": [done.ref for done in (*member.signed, *member.consents)],
        "left": [day.isoformat() for day in member.left],
    }


def shared_to_plain(one: Shared) -> dict[str, object]:
    """An agreement that members share as plain data."""
    return {"agreement": one.agreement.id, "bound": one.bound, "unsettled": list(one.unsettled), "missing": list(one.few)}


def shared_by(this: Asked, membership: Membership, constituent: str) -> tuple[list[Shared], list[str]]:
    """Agreements that bind at least half of the members, or may by their acts on record, those that bind most of them first; and what is still
    being derived.
    """
    statuses, pending = statuses_of(this)
    mine = tuple(one.code for one in membership.members)
    others = {agreement: status for agreement, status in statuses.items() if agreement != constituent}
    return this.ask(("shared", mine, constituent), lambda standing: _shared_by(standing, mine, others), pending=pending), pending


def _shared_by(standing: Standing, members: Collection[str], statuses: Mapping[str, Iterable[Status]]) -> list[Shared]:
    found = []
    for agreement, status in statuses.items():
        bound = {code for code, verdict, mode in status if verdict is Verdict.YES and mode in BOUND}.intersection(members)
        perhaps = {code for code, verdict, _ in status if verdict not in (Verdict.YES, Verdict.NO)}.intersection(members)
        if not bound or 2 * len(bound | perhaps) < len(members):
            continue
        verdicts = {code: show(standing.bound(code, agreement), standing.viewer).verdict for code in sorted({*members} - bound)}
        missing = tuple(code for code, verdict in verdicts.items() if verdict in (Verdict.YES, Verdict.NO))
        unsettled = tuple(code for code in verdicts if code not in missing)
        found.append(Shared(standing.record.agreement(agreement, standing.known), len(bound), unsettled, missing))
    return sorted(found, key=lambda one: (-one.bound, one.agreement.short.casefold()))


def decided_by(this: Asked, codes: tuple[str, ...]) -> list[Act]:
    """What the organisation and its bodies did as such, the latest first."""
    return this.ask(("decided", codes), lambda _: _decided_by(this, codes))


def _decided_by(this: Asked, codes: tuple[str, ...]) -> list[Act]:
    mine = set(codes)
    entries = this.visible(e for e in this.record.entries if e.act.actor in mine and kinds()[e.act.kind].group in DECIDING)
    acts = {e.act.ref: e.act for e in entries}
    return sorted(acts.values(), key=lambda act: (act.day or date.min, act.ref), reverse=True)


def deposits_of(this: Asked, codes: Iterable[str]) -> list[tuple[str, Agreement]]:
    """Of which agreements the organisation, or one of its bodies, is the depositary."""
    mine = set(codes)
    known = (this.record.agreement(one, this.known) for one in this.record.ids if this.record.has_agreement(one, this.known))
    found = [(code, agreement) for agreement in known for code in agreement.depositary if code in mine]
    return sorted(found, key=lambda one: (one[0], one[1].short.casefold()))


def procedures_of(agreement: Agreement) -> list[tuple[int, AnyClause]]:
    """What the agreement says of becoming a member, of leaving, and of changing it; each with its number."""
    return [(number, clause) for number, clause in enumerate(agreement.clauses, 1) if clause.kind in PROCEDURES]


def read(this: Asked, text: str) -> Party:
    """The organisation that is named; NotOnRecord says what else it is."""
    party = this.record.register.parties[party_code(this.record, text)]
    if not has_members(party):
        message = _("%(code)s is no organisation, and has no members; look at it as a party: %(near)s")
        raise NotOnRecord(told(message, code=text, near=party.code))
    return party


def table_of(this: Asked, constituent: str) -> Table | None:
    """The status table of the constituent agreement."""
    return this.ask_in_words(("table", constituent), lambda s: table(s, constituent)) if constituent else None


def _rows(party: Party, membership: Membership | None) -> list[dict[str, object]]:
    """Its members as the rows of a file; NotOnRecord where nothing says who they are."""
    if membership is None:
        raise NotOnRecord(told(_("no agreement on record says who the members of %(code)s are; record its constituent agreement"), code=party.code))
    return [member_to_plain(one) for one in (*membership.members, *membership.unsettled)]


def organisation(request: HttpRequest, code: str) -> HttpResponse:
    this = asked(request)
    party = read(this, code)
    constituent = constituent_of(this, party)
    found = table_of(this, constituent)
    membership = membership_of(found) if found is not None else None
    over_time = standing_over_time(this, found) if found is not None else None
    if over_time is not None and (file := as_chart(request, this, over_time.charts)):
        return file
    if file := as_file(request, this, "members", lambda: _rows(party, membership)):
        return file
    statuses, pending = statuses_of(this)
    bodies = bodies_of(this, party.code)
    codes = (party.code, *(body.code for body in bodies))
    decided = decided_by(this, codes)
    shared = shared_by(this, membership, constituent)[0] if membership is not None else []
    context = {
        "asked": this,
        "code": party.code,
        "party": party,
        "name": this.name(party.code),
        "gone": life(party, this.on),
        "agreement": found.agreement if found is not None else None,
        "membership": membership,
        "over_time": over_time,
        "table": found,
        "family": family(this.record, found.agreement, this.known) if found is not None else [],
        "procedures": procedures_of(found.agreement) if found is not None else [],
        "shared": shared[:SHARED],
        "shared_left": max(len(shared) - SHARED, 0),
        "pending": pending,
        "bodies": [(body, constituent_of(this, body)) for body in bodies],
        "decided": [(act, kinds()[act.kind]) for act in decided[:LATEST]],
        "decided_left": max(len(decided) - LATEST, 0),
        "deposits": deposits_of(this, codes),
        "binds_it": sum(any(c == party.code and v is Verdict.YES for c, v, _ in status) for status in statuses.values()),
    }
    return page(request, "organisation.html", context)
