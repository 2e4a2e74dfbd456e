"""One clause: what it says in our own words, its typed fields, and the official wording beside it where there is one."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, is_dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.agreements import Agreement, AnyClause, Clause
from comity.agreements.allowances import Equivalence
from comity.terms import NotOnRecord, describe
from comity.web.asking import Asked, asked, page
from comity.web.telling import told
from comity.web.texts import passages


def details_of(clause: Clause) -> list[tuple[str, str]]:
    """The typed fields of a clause in words, without those that every clause has or that are left as they are by default."""
    found = []
    for f in fields(clause) if not isinstance(clause, Equivalence) else ():
        value = getattr(clause, f.name)
        default = f.default_factory() if f.default_factory is not MISSING else f.default
        if f.name in ("article", "says", "read", "source", "kind") or value == default:
            continue
        found.append((f.name.rstrip("_").replace("_", " "), words_of(value)))
    return found


def words_of(value: object) -> str:
    """A condition, delay or list in plain words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and value and type(value[0]).__name__ == "Step":
        return describe(value)
    if isinstance(value, tuple):
        return ", ".join(words_of(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {words_of(inner)}" for key, inner in value.items())
    if is_dataclass(value):
        name = getattr(value, "kind", None) or getattr(value, "of", None) or type(value).__name__
        given = [(f.name, getattr(value, f.name)) for f in fields(value) if f.name not in ("kind", "of") or name != getattr(value, f.name)]
        parts = [f"{field_name.rstrip('_').replace('_', ' ')} {words_of(inner)}" for field_name, inner in given if inner not in (None, (), False)]
        return f"{name} ({'; '.join(parts)})" if parts else str(name)
    return str(value)


@dataclass(frozen=True, slots=True)
class Cell:
    """A level in the table of an equivalence; ``instead``: it has no equal there, and is protected as this one of that policy."""

    level: str = ""
    instead: bool = False
    policy: str = ""


def levels_table(clause: Clause) -> tuple[list[str], list[list[Cell]]] | None:
    """The policies, and under each the levels that answer to one another, as a table; None for any other clause."""
    if not isinstance(clause, Equivalence):
        return None
    policies = list(dict.fromkeys([p for row in clause.rows for p in row] + [p for s in clause.safeguarded for p in (s.policy, s.by)]))
    rows = [{policy: Cell(level) for policy, level in row.items()} for row in clause.rows]
    rows += [{s.policy: Cell(s.level), s.by: Cell(s.as_, True, s.under or "")} for s in clause.safeguarded]
    return policies, [[row.get(policy, Cell()) for policy in policies] for row in rows]


def clause_of(this: Asked, agreement_id: str, number: int) -> tuple[Agreement, AnyClause]:
    """The clause of this number, and its agreement; NotOnRecord if there is none."""
    agreement = this.record.agreement(agreement_id, this.known)
    if not 1 <= number <= len(agreement.clauses):
        message = _("%(agreement)s has no clause %(number)s; it has clauses 1 to %(last)s")
        raise NotOnRecord(told(message, agreement=agreement_id, number=number, last=len(agreement.clauses)))
    return agreement, agreement.clauses[number - 1]


def clause(request: HttpRequest, agreement_id: str, number: int) -> HttpResponse:
    this = asked(request)
    agreement, found = clause_of(this, agreement_id, number)
    context = {
        "asked": this,
        "agreement": agreement,
        "number": number,
        "clause": found,
        "details": details_of(found),
        "levels": levels_table(found),
        "official": safe_link(agreement.official),
        "passages": passages(this.held.texts, agreement.texts, found.article),
        "has_text": this.held.texts is not None,
        "before": number - 1 or None,
        "after": number + 1 if number < len(agreement.clauses) else None,
    }
    return page(request, "clause.html", context)


def safe_link(address: str | None) -> str | None:
    """An official address, if it is one that a browser should follow."""
    return address if address and re.match(r"https?://", address) else None
