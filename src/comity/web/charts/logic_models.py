"""The logic model of a strategy as a drawing of the pages: six columns from interests to inputs, what belongs to one initiative in one band."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity import strategies
from comity.strategies import MARKS, MeasureProgress, Strategy
from comity.web.charts.chart import Chart, Key
from comity.web.drawing import framed
from comity.web.strategy_trees import indicator_rows
from comity.web.telling import english, told
from comity.web.wording import word

TABLE = "initiatives"
"""Beside it the tree tells the rest."""
COLUMNS = {
    "indicator": "the id of the indicator",
    "title": "what it measures",
    "unit": "the unit of its figures",
    "direction": "whether more or less of it is better",
    "baseline": "where it stood",
    "baseline_on": "as of when",
    "latest": "its latest reading; blank: not known",
    "latest_until": "of which day that is, or the last that it can be",
    "target": "where it is to stand",
    "by": "by which day",
    "progress": "met, not met, on course, behind or unknown",
    "why": "why that is not known",
    "course": "where the path from baseline to target stands on the day of the reading",
}


def logic_model(strategy: Strategy, progress: Sequence[MeasureProgress]) -> Chart:
    """The picture as a chart; its rows are the indicators with how far each is."""
    picture = strategies.strategy_picture(strategy, progress)
    title = told(_("Logic model: %(strategy)s"), strategy=strategy.title)
    inner = format_html("<g{}>{}</g>", english(turned=False), SafeString(picture.inner))  # the room has escaped what it draws
    drawn = framed("logic", title, TABLE, (picture.width, picture.height), inner)
    met = {target.progress for one in progress for target in one.targets}
    keys = tuple(
        Key(format_html('<text class="{}" x="6" y="12">{}</text>', str(one).replace(" ", "-"), mark), word(str(one), "target-progress"))
        for one, mark in MARKS.items()
        if one in met
    )
    return Chart(
        "logic-model",
        _("From interests over objectives, outcomes, outputs and activities to inputs; a line says that the right one serves the left one."),
        _("Each indicator in its own unit"),
        _("From the file of the strategy; indicators of the record as they are read from it on the day, others as somebody observed them."),
        drawn,
        lambda: indicator_rows(progress),
        COLUMNS,
        keys,
    )
