"""The answer to a request for a report: a file of it, a list, a chart, or the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity import reports
from comity.reports import Report
from comity.terms import BadInput
from comity.web.asking import Asked, json_page, page
from comity.web.charts.beside_before import concluded_chart
from comity.web.charts.chart import Chart, as_chart
from comity.web.documents.handing_out import attachment
from comity.web.folds import Busy
from comity.web.guarding import error_page
from comity.web.kept_reports import MEDIA, Made, Waiting, laid_out
from comity.web.report_sections import ROWS, act_rows, figure_rows, listing_rows, shown_sections
from comity.web.several_lists import List, as_one_of
from comity.web.tables import file_of
from comity.web.telling import told
from comity.web.wording import word

LAYOUTS = {"pdf": "PDF", "html": "HTML", "ipynb": "notebook", "json": "JSON", "zip": "ZIP"}


def layouts() -> dict[str, str]:
    """In which a report is to be had on this machine."""
    return LAYOUTS if find_spec("weasyprint") is not None else {name: says for name, says in LAYOUTS.items() if name != "pdf"}


def answered(request: HttpRequest, this: Asked, made: Made | None, form: dict[str, Any], name: str, partners: Sequence[str]) -> HttpResponse:
    """What the request asks for. ``made``: None while nothing is asked; ``name``: of a file."""
    sent = request.POST if request.method == "POST" else request.GET
    if made is None:
        if sent.get("file") or sent.get("list") or sent.get("chart"):
            raise BadInput(_("name the party and the period, then take its report"))
        return page(request, "reports.html", form)
    do = request.POST.get("do", "make") if request.method == "POST" else "file"
    if do == "file" and sent.get("file"):
        return _file(request, made, sent.get("file", ""), name)
    charts, lists = charts_of(made), lists_of(made.report)
    if request.method == "POST":
        if do == "list":
            return _list(this, lists, sent.get("list", ""), sent.get("format", "csv"), made)
    elif file := as_chart(request, this, charts, made.pending) or as_one_of(request, this, lists, made.pending):
        return file
    return page(request, "reports.html", {**form, **_shown(this, made, charts, partners), "lists": lists, "layouts": layouts().items()})


def _list(this: Asked, lists: Sequence[List], name: str, wanted: str, made: Made) -> HttpResponse:
    """A list of what was sent."""
    chosen = next((one for one in lists if one.name == name), None)
    if chosen is None:
        raise BadInput(told(_("%(given)s is no list of this page"), given=f"list={name[:40]!r}"))
    return file_of(this, chosen.name, chosen.rows, wanted, made.pending)


def _file(request: HttpRequest, made: Made, kind: str, name: str) -> HttpResponse:
    """The report in one of its layouts; 503 while it waits for others, or for what is still being derived."""
    if kind not in LAYOUTS:
        raise BadInput(told(_("%(given)s; a report is to be had as %(known)s"), given=f"file={kind[:20]!r}", known=", ".join(layouts())))
    if made.pending:
        raise Busy
    if kind == "json":
        response: HttpResponse = json_page(reports.report_to_plain(made.report))
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    try:
        return attachment(laid_out(made, kind), MEDIA[kind], f"{name}.{kind}")
    except Waiting:
        busy = error_page(request, 503, told(_("another report is being set as a PDF: ask for this one again in some seconds")))
        busy.headers["Retry-After"] = "5"
        return busy


def lists_of(report: Report) -> list[List]:
    """What can be taken as a table: the figures, each table of the report, and the acts behind them."""
    tables = [
        List(f"table-{one.id}", _title(section.title, one.caption), partial(listing_rows, report, one))
        for section in report.sections
        for one in section.listings
    ]
    return [
        List("figures", _("The figures"), partial(figure_rows, report)),
        *tables,
        List("acts", _("The acts behind them"), partial(act_rows, report)),
    ]


def _title(section: str, caption: str) -> str:
    """Of a table: what it is, and of which section."""
    of, what = word(section, "report-section"), word(caption, "report-section")
    return what if of == what else told(_("%(section)s: %(table)s"), section=of, table=what)


def charts_of(made: Made) -> dict[str, Callable[[], Chart]]:
    """What is drawn: the logic model of a strategy, or what a party concluded and how quiet it was."""
    if made.scored is not None:
        from comity.web.charts.logic_models import logic_model

        return {"logic-model": partial(logic_model, *made.scored)}
    found: dict[str, Callable[[], Chart]] = {"concluded": partial(_concluded, made.report)}
    if not made.stabilities:
        return found
    from comity.web.charts.year_panels import stability_chart

    quiet = {f"stability-{one.region.id}": partial(_renamed, stability_chart, one) for one in made.stabilities}
    return {**found, **quiet}


def _renamed(draw: Callable[[Any], Chart], one: Any) -> Chart:
    return replace(draw(one), name=f"stability-{one.region.id}")


def _concluded(report: Report) -> Chart:
    return concluded_chart(report, str(told(_("%(report)s: what it concluded"), report=report.title)), periods_of(report))


def periods_of(report: Report) -> tuple[str, str]:
    """How the period and the one before are written."""
    first, earlier = report.since, (report.earlier or (report.since, report.until))[0]
    if report.kind == "year":
        return f"{first.year}", f"{earlier.year}"
    return f"{first.year}-Q{(first.month + 2) // 3}", f"{earlier.year}-Q{(earlier.month + 2) // 3}"


def _shown(this: Asked, made: Made, charts: Mapping[str, Callable[[], Chart]], partners: Sequence[str]) -> dict[str, Any]:
    report = made.report
    drawn = {name: draw() for name, draw in charts.items()}
    return {
        "report": report,
        "made": made,
        "pending": made.pending,
        "sections": shown_sections(this, report, partners),
        "charts": [one for one in drawn.values() if one.drawing],
        "of_scorecard": report.kind == "scorecard",
        "now_and_before": periods_of(report) if report.earlier else None,
        "known_figures": sum(one.value is not None for one in report.figures),
        "acts_shown": report.acts[:ROWS],
        "acts_left": max(0, len(report.acts) - ROWS),
    }
