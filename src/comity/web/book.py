"""The book itself: what is in it, what is wrong with it, and for which acts it is complete."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse

from comity.agreements import Agreement
from comity.web.acts import entries_under
from comity.web.asking import Asked, asked, json_page, page, wants_json

MOST = 300


def known_agreements(this: Asked) -> list[Agreement]:
    """The agreements that were on record by the day of knowledge."""
    return [this.record.agreement(a, this.known) for a in this.fold.wanted]


def book_to_plain(this: Asked) -> dict[str, object]:
    """How much there is, as far as the reader may see it; what is wrong with it for the keeper alone."""
    problems = this.held.opened.book.problems if this.viewer is None else ()
    return {
        "problems": [{"file": p.file, "line": p.line, "says": p.says} for p in problems],
        "agreements": len(known_agreements(this)),
        "acts": len(this.visible(this.record.entries)),
        "parties": len(this.record.register.parties),
    }


def index(request: HttpRequest) -> HttpResponse:
    this = asked(request)
    record, book = this.record, this.held.opened.book
    keeper = this.viewer is None
    if wants_json(request):
        return json_page(book_to_plain(this))
    problems = book.problems if keeper else ()
    entries = entries_under(this, "")
    agreements = known_agreements(this)
    by_file = Counter(p.file for p in problems)
    coverage = sorted(((a, c) for a in agreements for c in a.coverage), key=lambda x: (x[0].short.casefold(), x[1].through))
    uncovered = [a for a in agreements if not record.coverage_of(a)]
    context = {
        "asked": this,
        "title": record.title,
        "keeper": keeper,
        "problems": problems[:MOST],
        "problem_count": len(problems),
        "files": by_file.most_common(),
        "agreements": agreements,
        "acts": len(entries),
        "parties": len(record.register.parties),
        "coverage": coverage[:MOST],
        "coverage_count": len(coverage),
        "general": record.coverage,
        "uncovered": uncovered[:MOST],
        "more_uncovered": max(len(uncovered) - MOST, 0),
        "kinds": this.ask("kinds", lambda _: Counter(e.act.kind for e in entries)).most_common(),
        "bases": this.ask("bases", lambda _: Counter(e.act.source.basis for e in entries)).most_common(),
        "broken": sorted(this.fold.broken.items()),
        "folder": book.where if keeper else "",
        "forms": Counter(a.form for a in agreements).most_common(),
        "clauses": sum(len(a.clauses) for a in agreements),
        "read": Counter(c.read for a in agreements for c in a.clauses).most_common(),
    }
    return page(request, "book.html", context)
