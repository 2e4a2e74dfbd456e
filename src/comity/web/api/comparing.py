"""Organisations and their members; registers with which the record can be compared; what contradicts what, and what is said of names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from comity.web import conflicts, names, organisations, registers
from comity.web.api import shapes_of_comparing as shapes
from comity.web.api.cursors import part_of
from comity.web.api.parameters import Axes, Listed, begin, text
from comity.web.scoping import Scope, read_scope

router = Router(by_alias=True)
Plain = dict[str, Any]


@router.get("/organisations", response=shapes.Organisations, tags=["Record"], summary="List organisations")
def list_organisations(request: HttpRequest, query: Query[Listed]) -> Plain:
    """Organisations, and bodies with an agreement of their own, with the number of members on the day."""
    this = begin(request, query)
    found, pending = organisations.lines_of(this)
    part = part_of(request, this, found, lambda line: (line.party.code,), query.limit)
    plain = [organisations.line_to_plain(line) for line in part.items]
    return {"organisations": plain, "pending": pending, "next": part.next, "total": part.total}


@router.get("/organisations/{path:organisation}", response=shapes.Organisation, tags=["Record"], summary="One organisation")
def one_organisation(request: HttpRequest, organisation: str, query: Query[Axes]) -> Plain:
    """Who its members are on the day, by which agreement; what binds at least half of them; its bodies, its deposits, and what it decided."""
    this = begin(request, query)
    party = organisations.read(this, organisation)
    constituent = organisations.constituent_of(this, party)
    table = organisations.table_of(this, constituent)
    membership = organisations.membership_of(table) if table is not None else None
    bodies = [body.code for body in organisations.bodies_of(this, party.code)]
    shared, pending = organisations.shared_by(this, membership, constituent) if membership is not None else ([], [])
    codes = (party.code, *bodies)
    return {
        "code": party.code,
        "name": this.name(party.code),
        "constituent": constituent or None,
        **{
            name: membership and [organisations.member_to_plain(one) for one in getattr(membership, name)]
            for name in ("members", "unsettled", "former")
        },
        "bodies": bodies,
        "deposits": [{"by": by, "agreement": agreement.id} for by, agreement in organisations.deposits_of(this, codes)],
        "decided": [act.ref for act in organisations.decided_by(this, codes)],
        "shared": membership and [organisations.shared_to_plain(one) for one in shared],
        "pending": pending,
    }


@router.get("/registers", response=shapes.Registers, tags=["Record"], summary="List registers")
def list_registers(request: HttpRequest, query: Query[Listed]) -> Plain:
    """Registers and data sets with which the record can be compared."""
    this = begin(request, query)
    part = part_of(request, this, registers.known_registers(), lambda one: (one.source.id,), query.limit)
    return {"registers": [registers.register_to_plain(one) for one in part.items], "next": part.next, "total": part.total}


@router.get("/registers/{source}", response=shapes.WholeRegister, tags=["Record"], summary="One register")
def one_register(request: HttpRequest, source: str, query: Query[Axes]) -> Plain:
    """A register or data set, with its tables, their columns, and how to cite it."""
    begin(request, query)
    return registers.whole(*registers.read(source))


class ConflictsAsked(Listed):
    """About what, of which kind."""

    agreement: str = text("Under one agreement only, by its id.", "nato-treaty")
    party: str = text("Of one party only, by code or name.", "FIN")
    kind: str = text("Of one kind only: reading, denial, claim or succession.", "denial")


@router.get("/conflicts", response=shapes.Conflicts, tags=["Record"], summary="What contradicts what")
def list_conflicts(request: HttpRequest, query: Query[ConflictsAsked]) -> Plain:
    """Where acts and claims contradict one another, agreement by agreement: both sides, and what would settle it. A part is of so many agreements."""
    this = begin(request, query)
    kind, scope = conflicts.read_kind(query.kind.strip()), read_scope(request, this) or Scope()
    looked_at, pending = conflicts.agreements_with(this, kind, scope.agreement, scope.party)
    part = part_of(request, this, looked_at, lambda one: (one,), query.limit)
    found = conflicts.all_of(this, part.items, kind, scope.party)
    denied = conflicts.successions_denied(this, scope.party) if kind in ("", "succession") and not scope.agreement else []
    return {
        "conflicts": [conflicts.conflict_to_plain(one) for one in found],
        "successions": [conflicts.conflict_to_plain(one) for one in denied],
        "pending": pending,
        "next": part.next,
        "total": part.total,
    }


@router.get("/names", response=shapes.Names, tags=["Record"], summary="What is said of names")
def said_of_names(request: HttpRequest, query: Query[Axes]) -> Plain:
    """Who recognises whom, excludes treaty relations, or denies a succession, by what is on record on the day."""
    return {"names": names.sayings_to_plain(begin(request, query))}
