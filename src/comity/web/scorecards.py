"""The scorecard of a strategy that is brought, which is not kept, or of one that ships with the pages: on the page of reports, and as files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity import reports, strategies
from comity.standing import Standing
from comity.terms import BadInput, ComityError
from comity.web.asking import FORMATS, Asked, page
from comity.web.bringing import Brought
from comity.web.guarding import STATUS, for_a_page
from comity.web.kept_reports import Made, book_of, kept_of, noted, refuse_strict
from comity.web.narrowing import Narrowed
from comity.web.report_answers import LAYOUTS, answered
from comity.web.strategies import EXAMPLES, Given, given_of, strategy_of
from comity.web.telling import told


def offered() -> list[tuple[str, str | Promise]]:
    """Strategies that ship with the pages: by which name, and what each is."""
    return [(name, says) for name, (_file, _old, says) in EXAMPLES.items()]


def scored(this: Asked, file: Brought, example: str = "") -> Made:
    """The scorecard on the day, for this reader; that of an example is kept. BadInput where the file cannot be read."""
    read, book = strategy_of(file), book_of(this)
    waiting = {*this.pending()}
    sound = [one for one in this.fold.wanted if one not in waiting and one not in this.fold.broken]
    kept, key = kept_of(this), (this.on, "a scorecard", example)
    keeping = bool(example) and not waiting

    def make(standing: Standing) -> Made:
        found = kept.found(key) if keeping else None
        if found is None:
            narrowed = Narrowed(standing, sound)
            progress = strategies.progress_of(read.strategy, standing.on, strategies.record_reader(narrowed))
            report = reports.scorecard(standing, read.strategy, file.name, book, progress)
            found = Made(noted(report, book), (read.strategy, progress), pending=tuple(sorted(waiting)))
            if keeping:
                kept.keep(key, found)
        return found

    found = kept.found(key) if keeping else None
    return found or this.fold.ask(this.on, ("a scorecard", read.sha256, file.name), make, record=this.record, keep=False)


def index(request: HttpRequest, this: Asked, form: dict[str, Any]) -> HttpResponse:
    """The scorecard of what was sent, or of the example that the address names; what is wrong with it stands above the form."""
    given: Given | None = None
    try:
        given = given_of(request)
        refuse_strict(this)
        if given is None:
            raise BadInput(told(_("nothing was sent; choose the file of a strategy, or paste it")))
        made = scored(this, given.file, given.example)
        do = request.POST.get("do", "") if request.method == "POST" else ""
        if do not in ("", "make", "file", "list"):
            raise BadInput(told(_("%(given)s; this page makes a report, and hands it out"), given=f"do={do[:20]!r}"))
        name = f"scorecard-{made.report.whom}-{this.on}"
        return answered(request, this, made, {**form, "brought": given, "layouts": LAYOUTS, "taken": FORMATS}, name, ())
    except ComityError as problem:
        if request.method != "POST":
            raise
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        text = request.POST.get("strategy-text", "") if given is None else given.file.text
        return page(request, "reports.html", {**form, "problems": for_a_page(problem).splitlines(), "text": text}, status)
