"""One clause: what it says in our own words, its typed fields, and the official wording beside it where there is one."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, is_dataclass

from django.http import HttpRequest, HttpResponse

from comity.agreements import Clause
from comity.agreements.clauses import Safeguarded
from comity.terms import NotOnRecord, describe
from comity.web.asking import asked, page
from comity.web.texts import passages


def details_of(clause: Clause) -> list[tuple[str, str]]:
    """The typed fields of a clause in words, without those that every clause has or that are left as they are by default."""
    found = []
    for f in fields(clause):
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
    if isinstance(value, tuple) and value and isinstance(value[0], dict):
        return "; ".join(" = ".join(f"{policy} {level}" for policy, level in row.items()) for row in value)
    if isinstance(value, Safeguarded):
        return f"{value.policy} {value.level} is protected by {value.by} as {value.under or value.by} {value.as_}"
    if isinstance(value, tuple):
        return ", ".join(words_of(v) for v in value)
    if is_dataclass(value):
        name = getattr(value, "kind", None) or getattr(value, "of", None) or type(value).__name__
        given = [(f.name, getattr(value, f.name)) for f in fields(value) if f.name not in ("kind", "of") or name != getattr(value, f.name)]
        parts = [f"{field_name.rstrip('_').replace('_', ' ')} {words_of(inner)}" for field_name, inner in given if inner not in (None, (), False)]
        return f"{name} ({'; '.join(parts)})" if parts else str(name)
    return str(value)


def clause(request: HttpRequest, agreement_id: str, number: int) -> HttpResponse:
    this = asked(request)
    agreement = this.record.agreement(agreement_id, this.known)
    if not 1 <= number <= len(agreement.clauses):
        raise NotOnRecord(f"{agreement_id} has no clause {number}; it has clauses 1 to {len(agreement.clauses)}")
    found = agreement.clauses[number - 1]
    context = {
        "asked": this,
        "agreement": agreement,
        "number": number,
        "clause": found,
        "details": details_of(found),
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
