"""The specification curve: every cell of the grid from the lowest to the highest, with its interval; below it, what each one is.

Source: docs/explanation/how-effects-are-read.md, section 5; Simonsohn, Simmons and Nelson 2020.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.web.charts.chart import Chart, Key
from comity.web.charts.numbered_axes import ticks
from comity.web.drawing import NOTHING, Drawing, framed
from comity.web.effect_rows import figure, in_order, specification_rows
from comity.web.telling import english, told
from comity.web.wording import word

if TYPE_CHECKING:
    from comity.effects import Effect, SpecificationResult

WIDTH, LABEL, EDGE, HEAD, HIGH, ROW, GAP, LETTERS = 1000, 280, 14, 26, 170, 17, 22, 44
COLUMNS = {
    "scale": "the scale of the number: sizes on different scales are not to be compared",
    "place": "from the lowest to the highest of its scale; blank: it has no number",
    "value": "the estimate; blank: there is none",
    "low": "the lower end of the dyadic-robust 95% interval; blank: there is none",
    "high": "the upper end",
    "estimator": "which estimator",
    "lag": "periods from treatment to outcome",
    "controls": "what is held fixed",
    "ongoing": "what becomes of rows in which the outcome was under way and did not begin",
    "relevant": "whether relevant pairs alone are looked at",
    "since": "the first period",
    "until": "the last",
    "rows": "how many rows it rests on",
    "why_not": "why there is no number, or no interval",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that were varied and a value of it, in words; ``value``: as the record of the grid has it."""

    what: str
    value: str

    @property
    def says(self) -> str:
        return told("%(what)s: %(value)s", what=word(self.what, "varied in a grid"), value=value_in_words(self.what, self.value))


def value_in_words(what: str, value: str) -> str:
    """A value of what was varied, in the reader's language where it is a word of ours; names of columns stay as they are."""
    if what == "estimator":
        return word(value, "estimator")
    if what == "controls" and value.startswith("all but "):
        return told(_("all but %(column)s"), column=value.removeprefix("all but "))
    return word(value, "value in a grid")


def choices_of(cell: SpecificationResult) -> tuple[Choice, ...]:
    """What the cell is."""
    asked = cell.specification
    layout = asked.layout
    return (
        Choice("estimator", asked.estimator), Choice("lag", str(layout.lag)), Choice("controls", asked.controls),
        Choice("rows under way", layout.ongoing), Choice("pairs", "relevant" if layout.relevant else "all"),
        Choice("periods", f"{layout.since}–{layout.until}"),
    )  # fmt: skip


def curve_chart(found: Effect) -> Chart:
    """The curve; its table has the id ``specifications``."""
    return Chart(
        "curve",
        _("Every specification that was declared and has a number, from the lowest to the highest; none is picked. The line is zero."),
        _("Estimate, by the scale that stands above"),
        _("From tables in the store, as how-effects-are-read.md tells; an association, not proof that the one brings the other about."),
        _drawn(found),
        lambda: specification_rows(found.findings.grid),
        COLUMNS,
        (
            Key(
                SafeString('<path class="e-bar e-apart" d="M12 0V14"/><circle class="e-dot e-apart" cx="12" cy="7" r="4"/>'),
                _("its interval excludes zero"),
            ),
            Key(
                SafeString('<path class="e-bar e-with" d="M12 0V14"/><circle class="e-dot e-with" cx="12" cy="7" r="4"/>'),
                _("its interval includes zero, or there is none"),
            ),
            Key(SafeString('<rect class="e-is" x="9" y="2" width="6" height="10"/>'), _("what the specification is")),
        ),
    )


def _drawn(found: Effect) -> Drawing:
    parts, y = list[SafeString](), 0
    for scale, cells in in_order(found.findings.grid):
        shown = _varied(cells)
        parts.append(_panel(scale, cells, shown, y))
        y += HEAD + HIGH + 10 + ROW * len(shown) + GAP
    if not parts:
        return NOTHING
    layout = found.findings.layout
    title = told(_("%(treatment)s and %(outcome)s, by specification"), treatment=layout.treatment, outcome=layout.outcome)
    return framed("timeline effects-of", title, "specifications", (WIDTH, y), SafeString("".join(parts)))


def _varied(cells: Sequence[SpecificationResult]) -> list[Choice]:
    """The choices that differ between the cells, those of one kind together."""
    every = list(dict.fromkeys(choice for cell in cells for choice in choices_of(cell)))
    kinds = list(dict.fromkeys(choice.what for choice in every))
    of_kind = [sorted((one for one in every if one.what == kind), key=lambda one: one.value) for kind in kinds]
    return [choice for choices in of_kind if len(choices) > 1 for choice in choices]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    number: int
    top: int

    def x(self, place: int) -> float:
        return round(LABEL + (place + 0.5) * (WIDTH - LABEL - EDGE) / self.number, 1)

    def y(self, value: float) -> float:
        return round(self.top + (self.high - value) / (self.high - self.low) * HIGH, 1)


def _panel(scale: str, cells: Sequence[SpecificationResult], shown: Sequence[Choice], y: int) -> SafeString:
    ends = sorted({0.0, *(end for cell in cells for end in (cell.value, cell.low, cell.high) if end is not None)})
    room = (ends[-1] - ends[0]) * 0.04 or 1.0
    at = _Scale(ends[0] - room, ends[-1] + room, len(cells), y + HEAD)
    levels = ((LABEL, WIDTH - EDGE, at.y(value), LABEL - 8, at.y(value) + 4, figure(value)) for value in ticks(at.low, at.high))
    foot = y + HEAD + HIGH + 10
    return format_html(
        '<text class="head" x="{0}" y="{1}">{2}</text>{3}<line class="e-zero" x1="{0}" x2="{4}" y1="{5}" y2="{5}"/>{6}{7}',
        LABEL, y + 16, word(scale, "scale of an estimate"),
        format_html_join("", '<line class="grid" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/><text x="{3}" y="{4}" text-anchor="end">{5}</text>', levels),
        WIDTH - EDGE, at.y(0.0),
        format_html_join("", "{}", ((_cell(cell, at.x(n), at),) for n, cell in enumerate(cells))),
        format_html_join("", "{}", ((_choice(choice, cells, foot + ROW * n, at),) for n, choice in enumerate(shown))),
    )  # fmt: skip


def _cell(cell: SpecificationResult, x: float, at: _Scale) -> SafeString:
    assert cell.value is not None
    look = "apart" if cell.excludes_zero else "with"
    parts = {"value": figure(cell.value), "choices": told("; ".join(str(one.says) for one in choices_of(cell)).replace("%", "%%"))}
    if cell.low is None or cell.high is None:
        says, line = told(_("%(value)s, no interval; %(choices)s"), **parts), SafeString("")
    else:
        says = told(_("%(value)s (%(low)s to %(high)s); %(choices)s"), low=figure(cell.low), high=figure(cell.high), **parts)
        line = format_html('<path class="e-bar e-{}" d="M{} {}V{}"/>', look, x, at.y(cell.high), at.y(cell.low))
    return format_html('<g><title>{}</title>{}<circle class="e-dot e-{}" cx="{}" cy="{}" r="4"/></g>', says, line, look, x, at.y(cell.value))


def _choice(choice: Choice, cells: Sequence[SpecificationResult], y: int, at: _Scale) -> SafeString:
    says = choice.says
    label = says if len(says) <= LETTERS else f"{says[: LETTERS - 1]}…"
    marks = ((round(at.x(n) - 3, 1), y + 3) for n, cell in enumerate(cells) if choice in choices_of(cell))
    return format_html(
        '<text class="e-choice" x="{}" y="{}" text-anchor="end"{}>{}<title>{}</title></text>{}',
        LABEL - 8, y + 12, english(turned=False) if choice.what == "controls" else "", label, says,
        format_html_join("", '<rect class="e-is" x="{}" y="{}" width="6" height="10"/>', marks),
    )  # fmt: skip
