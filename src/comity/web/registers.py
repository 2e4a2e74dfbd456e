"""Registers and data sets with which the record can be compared: what each holds, for which days, how fresh it is, under whose terms.

What of them is on record are claims (acts of kind *assert*); where those differ from the acts, or from one another, conflicts says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from comity.registers import COMPARED, REGISTERS
from comity.sources import Imported, Source, Store, all_sources, as_text, source, where
from comity.terms import BadInput
from comity.web.asking import Asked, asked, json_page, page, wants_json
from comity.web.clauses import safe_link
from comity.web.tables import as_file


@dataclass(frozen=True, slots=True)
class Register:
    """One source. ``held``: which of its tables are in the store of this machine; None: what is there cannot be read."""

    source: Source
    held: tuple[str, ...] | None

    @property
    def since(self) -> date:
        return min(one.since for one in self.source.coverage)

    @property
    def through(self) -> date:
        return max(one.through for one in self.source.coverage)

    @property
    def has_agreements(self) -> bool:
        """Does it say who concluded, or is bound by, which agreement?"""
        return self.source.id in REGISTERS

    @property
    def compared(self) -> bool:
        """Is it compared by the command line (comity conflicts --register)?"""
        return self.source.id in COMPARED


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims something on record, and as what: the depositary, or a register; how much, about how many agreements, and until when."""

    party: str
    standing: str
    claims: int
    agreements: int
    latest: str


def known_registers() -> list[Register]:
    """Every source, those with agreements first."""
    store = Store(where())
    found = [Register(one, _held(store, one.id)) for one in all_sources().values()]
    return sorted(found, key=lambda one: (not one.has_agreements, one.source.title.casefold()))


def _held(store: Store, source_id: str) -> tuple[str, ...] | None:
    try:
        return tuple(sorted(store.held_of(source_id)))
    except BadInput:
        return None


def claimants(this: Asked) -> list[Claimant]:
    """Who claims what on record, those with most claims first."""
    return this.ask("claimants", lambda _: _claimants(this))


def _claimants(this: Asked) -> list[Claimant]:
    acts = [entry.act for entry in this.visible(entry for entry in this.record.entries if entry.act.kind == "assert")]
    counts = Counter((act.actor, act.details.get("standing", "")) for act in acts)
    about, latest = defaultdict[tuple[str, str], set[str]](set), dict[tuple[str, str], str]()
    for act in acts:
        key, moment = (act.actor, act.details.get("standing", "")), act.done
        about[key].add(act.agreement or "")
        latest[key] = max(latest.get(key, ""), moment.last.isoformat() if moment is not None else "")
    return [Claimant(*key, number, len(about[key]), latest[key]) for key, number in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def register_to_plain(one: Register) -> dict[str, object]:
    """The line as plain data."""
    return {
        "id": one.source.id,
        "title": one.source.title,
        "version": one.source.version,
        "publisher": one.source.publisher,
        "licence": one.source.licence,
        "since": one.since.isoformat(),
        "through": one.through.isoformat(),
        "agreements": one.has_agreements,
        "tables": [table.name for table in one.source.tables],
        "rows": sum(table.rows for table in one.source.tables),
        "held": None if one.held is None else list(one.held),
    }


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    found = known_registers()
    if file := as_file(request, this, "registers", lambda: [register_to_plain(one) for one in found]):
        return file
    context = {
        "asked": this,
        "groups": [group for group in ([one for one in found if one.has_agreements], [one for one in found if not one.has_agreements]) if group],
        "claimants": claimants(this),
    }
    return page(request, "registers.html", context)


# -- one register -----------------------------------------------------------------------------------------------------


def whole(one: Register, imported: Mapping[str, Imported]) -> dict[str, object]:
    """One register as plain data, with its tables and how to cite it."""
    told = one.source
    return {
        **register_to_plain(one),
        "address": told.address,
        "codebook": told.codebook or None,
        "note": told.note or None,
        "citations": [as_text(citation) for citation in told.citations],
        "tables": [
            {
                "name": table.name,
                "row": table.row,
                "rows": table.rows,
                "absent": table.absent,
                "imported": imported[table.name].when if table.name in imported else None,
                "columns": [
                    {"name": column.name, "type": column.type, "unit": column.unit or None, "means": column.means} for column in table.columns
                ],
            }
            for table in told.tables
        ],
    }


def read(source_id: str) -> tuple[Register, Mapping[str, Imported]]:
    """One register, and what of it is in the store."""
    one, store = source(source_id), Store(where())
    held = _held(store, one.id)
    return Register(one, held), store.held_of(one.id) if held else {}


def register(request: HttpRequest, source: str) -> HttpResponse:
    this = asked(request)
    found, imported = read(source)
    if wants_json(request):
        return json_page(whole(found, imported))
    context = {
        "asked": this,
        "one": found,
        "official": safe_link(found.source.address),
        "codebook": safe_link(found.source.codebook),
        "citations": [as_text(citation) for citation in found.source.citations],
        "tables": [(table, imported.get(table.name)) for table in found.source.tables],
    }
    return page(request, "register.html", context)
