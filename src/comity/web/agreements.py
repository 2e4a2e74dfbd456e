"""Agreements: the list of them, and the page of one (its status table is made in ``status_tables``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.acts import Act, kinds
from comity.agreements import Agreement, registered
from comity.questions import show
from comity.standing import Record, Standing, covered_to_plain
from comity.standing.plain import answer_to_plain
from comity.terms import Answer, BadInput, Verdict
from comity.web.asking import CERTIFIER, Asked, asked, json_page, page, wants_json
from comity.web.charts.chart import as_chart
from comity.web.charts.over_time import standing_over_time
from comity.web.clauses import safe_link
from comity.web.drawing import BOUND
from comity.web.folds import LONGEST, Fold, Status
from comity.web.obligations import is_alliance
from comity.web.paging import part_of
from comity.web.status_tables import table
from comity.web.tables import as_file
from comity.web.telling import told
from comity.web.upcoming import AHEAD, coming_up
from comity.web.wording import word

# -- the list of agreements -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One agreement in the list; ``answer`` None: could not be derived (``problem`` says why)."""

    agreement: Agreement
    answer: Answer | None
    bound: int = 0
    contested: bool = False
    state: str = "unknown"
    since: date | None = None
    problem: str = ""


def index_row(standing: Standing, agreement_id: str, status: Sequence[Status], problem: str = "") -> IndexRow:
    """One line: whether the agreement is in force, how many it binds, how fresh the record is."""
    agreement = standing.record.agreement(agreement_id, standing.known)
    if problem:
        return IndexRow(agreement, None, problem=problem)
    answer = show(standing.in_force(agreement_id), standing.viewer)
    bound = sum(1 for _, v, m in status if v is Verdict.YES and m in BOUND)
    contested = answer.verdict is Verdict.CONTESTED or any(v is Verdict.CONTESTED for _, v, _ in status)
    return IndexRow(agreement, answer, bound, contested, state_of(answer), answer.since)


def row_of(fold: Fold, on: date, agreement: str, longest: float = LONGEST) -> IndexRow:
    """The line of one agreement, kept."""

    def question(standing: Standing) -> IndexRow:
        return index_row(standing, agreement, fold.status(on, agreement), fold.broken.get(agreement, ""))

    return fold.ask(on, ("row", agreement), question, longest, agreement)


def state_of(answer: Answer) -> str:
    """What to call it: in force, ended, not yet in force, contested, unknown."""
    if answer.verdict is Verdict.YES:
        return "in force"
    if answer.verdict is Verdict.NO:
        return "ended" if answer.since is not None else "not in force"
    return str(answer.verdict)


SORTS: dict[str, Any] = {
    "name": lambda r: r.agreement.short.casefold(),
    "form": lambda r: (r.agreement.form, r.agreement.short.casefold()),
    "concluded": lambda r: r.agreement.concluded,
    "state": lambda r: (r.state, r.since or date.max),
    "since": lambda r: r.since or date.max,
    "bound": lambda r: r.bound,
    "reach": lambda r: (r.answer and r.answer.reach) or date.min,
}
COLUMNS = (
    ("name", _("Agreement")),
    ("form", _("Form")),
    ("concluded", _("Concluded")),
    ("state", _("Standing")),
    ("since", _("Since")),
    ("bound", _("Bound")),
    ("reach", _("Record complete to")),
)


def chosen(rows: Sequence[IndexRow], words: str, subject: str, sort: str) -> list[IndexRow]:
    """Rows that hold every word in id, name, title or subject, in the order asked for (``-name``: the other way round)."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    if key not in SORTS:
        message = gettext("%(given)s; sort by one of %(known)s, with - before it for the other way round")
        raise BadInput(told(message, given=f"sort={sort!r}", known=", ".join(SORTS)))
    found = [row for row in rows if subject in row.agreement.subjects] if subject else rows
    if wanted := words.casefold().split():
        found = [row for row, text in zip(found, _texts(found), strict=True) if all(w in text for w in wanted)]
    return sorted(found, key=SORTS[key], reverse=down)


def _texts(rows: Sequence[IndexRow]) -> list[str]:
    """What words are looked for in, of each row."""
    forms = {form: word(form, "form") for form in {row.agreement.form for row in rows}}
    states = {state: word(state, "state") for state in {row.state for row in rows}}

    def text(row: IndexRow) -> str:
        a = row.agreement
        names = (a.id, a.short, a.title, *a.titles.values(), a.registration or "", *a.references)
        return " ".join((*names, a.form, row.state, forms[a.form], states[row.state], *a.subjects)).casefold()

    return [text(row) for row in rows]


def rows_of(this: Asked) -> tuple[list[IndexRow], list[str]]:
    """The lines that could be made within the page's patience, and the agreements that are missing."""

    def line(agreement: str, longest: float = LONGEST) -> IndexRow:
        return row_of(this.fold, this.on, agreement, longest)

    if not this.pending(line):
        return this.ask("rows", lambda _: [line(agreement) for agreement in this.fold.derived]), []
    found = this.fold.each(line, this.held.patience)
    return list(found.values()), [a for a in this.fold.wanted if a not in found]


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    words, subject, sort = (request.GET.get(n, "").strip() for n in ("q", "subject", "sort"))
    chosen([], words, subject, sort or "name")
    rows, pending = rows_of(this)
    found = chosen(rows, words, subject, sort or "name")
    if file := as_file(request, this, "agreements", lambda: [row_to_plain(r) for r in found], pending):
        return file
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for s in row.agreement.subjects:
            counts[s] += 1
    sort = sort or "name"
    orders = {sort.removeprefix("-"): "descending" if sort.startswith("-") else "ascending"}
    heads = [(key, title, f"-{key}" if sort == key else key, orders.get(key, "none")) for key, title in COLUMNS]
    context = {
        "asked": this,
        "rows": found,
        "part": part_of(request, found),
        "all": rows,
        "pending": pending,
        "q": words,
        "subject": subject,
        "heads": heads,
        "sort": "" if sort == "name" else sort,
        "subjects": sorted(counts.items()),
        "in_force": sum(r.state == "in force" for r in rows),
        "contested": sum(r.contested for r in rows),
    }
    return page(request, "agreements.html", context)


def row_to_plain(row: IndexRow) -> dict[str, Any]:
    """The line as plain data."""
    a, answer = row.agreement, row.answer
    return {
        "id": a.id,
        "short": a.short,
        "title": a.title,
        "form": a.form,
        "concluded": a.concluded.isoformat(),
        "state": row.state,
        "bound": row.bound,
        "contested": row.contested,
        "since": row.since and row.since.isoformat(),
        "reach": answer.reach.isoformat() if answer and answer.reach else None,
    }


# -- one agreement ----------------------------------------------------------------------------------------------------


def family(record: Record, agreement: Agreement, known: date) -> list[tuple[str, Agreement]]:
    """Agreements that this one stands with: parent, base, amendments, protocols, arrangements."""
    found: list[tuple[str, str]] = []
    for label, other in (
        (gettext("arrangement under"), agreement.parent),
        (gettext("protocol to"), agreement.protocol_to),
        (gettext("amends"), agreement.amends),
    ):
        if other:
            found.append((label, other))
    having, protocol, amended = gettext("has the arrangement"), gettext("has the protocol"), gettext("amended by")
    for one in (record.agreement(i) for i in record.ids):
        for label, base in ((having, one.parent), (protocol, one.protocol_to), (amended, one.amends)):
            if base == agreement.id:
                found.append((label, one.id))
    return [(label, record.agreement(i, known)) for label, i in found if record.has_agreement(i, known)]


def agreement(request: HttpRequest, agreement_id: str) -> HttpResponse:
    this = asked(request)
    found = this.ask_in_words(("table", agreement_id), lambda s: table(s, agreement_id))
    over_time = standing_over_time(this, found)
    if file := as_chart(request, this, over_time.charts):
        return file
    if wants_json(request):
        changes = [covered_to_plain(c) for c in found.changes]
        return json_page({"agreement": agreement_id, "in_force": answer_to_plain(found.answer), "timeline": changes})
    letters = {d.letter: d.title for p in found.participants for d in p.consents if d.letter}
    context = {
        "asked": this,
        "table": found,
        "agreement": found.agreement,
        "alliance": is_alliance(found.agreement),
        "answer": found.answer,
        "drawn": over_time.timeline,
        "number": over_time.number,
        "letters": sorted(letters.items()),
        "clauses": list(enumerate(found.agreement.clauses, 1)),
        "state": state_of(found.answer),
        "family": family(this.record, found.agreement, this.known),
        "coverage": this.record.coverage_of(found.agreement),
        "official": safe_link(found.agreement.official),
        "registered": registered(found.agreement.registration),
        "marked": _marked_acts(this, agreement_id),
        "upcoming": coming_up(this, [agreement_id], "", AHEAD),
        "findings": split_findings(found.answer),
        "certifies": request.META.get(CERTIFIER) is not None,
        "has_text": this.held.texts is not None,
        "acts": len(this.visible(this.record.entries_of(agreement_id))),
    }
    return page(request, "agreement.html", context)


def split_findings(answer: Answer) -> list[tuple[str, str]]:
    """Each finding as where (an act's reference) and what."""
    return [(where, says) for where, _, says in (f.partition(": ") for f in answer.findings)]


def _marked_acts(this: Asked, agreement_id: str) -> list[Act]:
    """Reservations, objections, declarations and notices, in order of time."""
    groups = ("reservation", "declaration", "territory", "suspension")
    found = [e.act for e in this.visible(this.record.entries_of(agreement_id)) if kinds()[e.act.kind].group in groups]
    return sorted(found, key=lambda a: (a.day or date.max, a.ref))
