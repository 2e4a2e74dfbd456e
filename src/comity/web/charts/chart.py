"""A chart: a drawing, the rows that it shows, and what has to be known of it; handed out as SVG, PNG, CSV, or as metadata.

``?chart=NAME&format=svg`` on the page on which it stands. Metadata say, as Our World in Data does of its charts: what is shown in which unit, how
each column is to be read, of which day and as known when, how it was derived, from which record (by its hash), and how to cite it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from comity.terms import BadInput
from comity.web.asking import AXES, CHART_FORMATS, Asked, json_page
from comity.web.book import known_agreements
from comity.web.documents.handing_out import attachment
from comity.web.drawing import Drawing
from comity.web.folds import Busy
from comity.web.tables import Plain, as_csv
from comity.web.telling import told

LICENCE = gettext_lazy(
    "none is stated for the record as a whole; what comes from a register or data set is under its publisher’s terms, and each act names its source"
)


class Key(NamedTuple):
    """A line of the key: a mark drawn in 24 by 14, and what it stands for."""

    mark: SafeString
    says: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``drawing``: blank where there is nothing to draw. ``derived``: how what it shows was found. ``columns``: what each column of its rows is."""

    name: str
    subtitle: str
    unit: str
    derived: str
    drawing: Drawing
    rows: Callable[[], Sequence[Plain]]
    columns: Mapping[str, str]
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chart comes from: the record by its title and hash, of which day, as whom, and the address at which it is shown again."""

    title: str
    sha256: str
    acts: int
    agreements: int
    on: str
    known: str
    seen_by: str
    strict: bool
    address: str

    @property
    def citation(self) -> str:
        return f"Comity. “{self.title}”, as of {self.on}, as known by the end of {self.known} (UTC). Record SHA-256 {self.sha256}. {self.address}"


def as_chart(request: HttpRequest, this: Asked, charts: Mapping[str, Callable[[], Chart]], pending: Sequence[str] = ()) -> HttpResponse | None:
    """The chart that the URL asks for, in the format that it asks for; None where it asks for the page.

    ``pending``: agreements that are still being derived; a chart that is taken elsewhere waits for them (503).
    """
    name = request.GET.get("chart", "")
    if not name:
        return None
    if name not in charts:
        raise BadInput(told(gettext("%(given)s is no chart of this page; choose one of %(known)s"), given=f"chart={name!r}", known=", ".join(charts)))
    wanted = request.GET.get("format", "svg")
    if wanted not in CHART_FORMATS:
        raise BadInput(told(gettext("%(given)s; a chart is to be had as svg, png, csv or metadata"), given=f"format={wanted!r}"))
    if pending:
        raise Busy
    chart = charts[name]()
    file = f"{chart.name}-{this.on}"
    if wanted == "csv":
        return attachment(as_csv(chart.rows()), "text/csv; charset=utf-8; header=present", f"{file}.csv")
    if wanted == "metadata":
        response = json_page(metadata(chart, origin_of(request, this)))
        response.headers["Content-Disposition"] = f'attachment; filename="{file}.metadata.json"'
        return response
    from comity.web.charts.standing_alone import to_png, to_svg

    if not chart.drawing:
        raise BadInput(gettext("there is nothing to draw on this day: choose another, or take format=csv"))
    drawn = to_svg(chart, origin_of(request, this))
    if wanted == "png":
        return attachment(to_png(drawn), "image/png", f"{file}.png")
    return attachment(drawn.encode(), "image/svg+xml", f"{file}.svg")


def origin_of(request: HttpRequest, this: Asked) -> Origin:
    """What a chart of this page rests on."""
    sha256, acts, agreements = this.fold.ask(this.known, ("fingerprint",), lambda _: fingerprint(this))
    query = request.GET.copy()
    for name in ("chart", "format", *AXES):
        query.pop(name, None)
    on, known = this.on.isoformat(), this.known.isoformat()
    query["on"], query["known"] = on, known
    if this.viewer is not None:
        query["as"] = this.viewer
    if this.strict:
        query["strict"] = "1"
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    seen_by = this.viewer or gettext("the record’s keeper")
    return Origin(this.record.title, sha256, acts, agreements, on, known, seen_by, this.strict, address)


def fingerprint(this: Asked) -> tuple[str, int, int]:
    """A hash of all that the reader may see: SHA-256 over the hashes of the acts and agreements, in order, one a line; and how many there are."""
    acts = sorted(entry.act.hash for entry in this.visible(this.record.entries))
    agreements = sorted(one.sha256 for one in known_agreements(this))
    told_of = "".join(f"{one}\n" for one in (*acts, *agreements))
    return hashlib.sha256(told_of.encode()).hexdigest(), len(acts), len(agreements)


def metadata(chart: Chart, origin: Origin) -> dict[str, object]:
    """What has to be known of a chart, as plain data."""
    rows = chart.rows()
    return {
        "title": str(chart.drawing.caption) if chart.drawing else chart.name,
        "subtitle": str(chart.subtitle),
        "unit": str(chart.unit),
        "on": origin.on,
        "known": origin.known,
        "seen_by": origin.seen_by,
        "strict": origin.strict,
        "source": f"Comity, from the record “{origin.title}”",
        "record": {"title": origin.title, "acts": origin.acts, "agreements": origin.agreements, "sha256": origin.sha256},
        "derived": str(chart.derived),
        "licence": str(LICENCE),
        "citation": origin.citation,
        "address": origin.address,
        "rows": len(rows),
        "columns": {name: {"description": says} for name, says in chart.columns.items()},
    }
