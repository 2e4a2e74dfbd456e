"""Courses as bars: places offered as a frame, persons nominated, attended and certified within it; what is not known for sure is paler.

Each bar has a height of its own, so that they are told apart without colours.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comity.training import CourseAccount, TrainingCourse
from comity.web.charts.chart import Key
from comity.web.drawing import LABEL, LETTERS, WIDTH, Drawing, framed
from comity.web.telling import told

ROW, TOP = 34, 10
BARS = (("nominated", 0, 14), ("attended", 3, 8), ("certified", 5, 4))
"""Each bar's name, how far below the frame's edge it begins, and how high it is."""
HIGH = 14


def places(courses: Sequence[TrainingCourse], title: str, table: str) -> Drawing:
    """The courses as one drawing; ``table``: the id of the table that says the same."""
    most = max((_most(course) for course in courses), default=0)
    if not most:
        return Drawing("")
    lines = ((_row(course, n, (WIDTH - LABEL - 60) / most),) for n, course in enumerate(courses))
    return framed("places", title, table, (WIDTH, TOP + ROW * len(courses) + 6), format_html_join("", "{}", lines))


def small(course: TrainingCourse) -> SafeString:
    """The bars of one course, for its row of the table: 120 by 16."""
    most = _most(course) or 1
    return format_html(
        '<svg class="places small" viewBox="0 0 122 16" width="122" height="16" aria-hidden="true" focusable="false">{}</svg>',
        _bars(course, 1, 1, 120 / most),
    )


def _most(course: TrainingCourse) -> int:
    together = course.together
    return max(course.places, together.nominated.most, together.attended.most, together.certified.most)


def _row(course: TrainingCourse, number: int, scale: float) -> SafeString:
    y = TOP + ROW * number
    name = course.title if len(course.title) <= LETTERS else course.title[: LETTERS - 1] + "…"
    return format_html(
        '<text class="row" x="{}" y="{}" text-anchor="end">{}<title>{}</title></text>{}<text class="row" x="{}" y="{}">{}</text>',
        LABEL - 8, y + 14, name, course.title, _bars(course, LABEL, y + 3, scale), LABEL + 8 + _most(course) * scale, y + 14, course.places,
    )  # fmt: skip


def _bars(course: TrainingCourse, x: float, y: float, scale: float) -> SafeString:
    frame = format_html(
        '<rect class="offered" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        x, y, round(course.places * scale, 1), HIGH, told(_("%(number)s places"), number=course.places),
    )  # fmt: skip
    return format_html("{}{}", format_html_join("", "{}", ((_bar(course.together, bar, x, y, scale),) for bar in BARS)), frame)


def _bar(account: CourseAccount, bar: tuple[str, int, int], x: float, y: float, scale: float) -> SafeString:
    name, below, high = bar
    count = {"nominated": account.nominated, "attended": account.attended, "certified": account.certified}[name]
    says = f"{_words()[name]}: {count}"
    perhaps = (
        format_html('<rect class="{} perhaps" x="{}" y="{}" width="{}" height="{}"/>', name, x, y + below, round(count.most * scale, 1), high)
        if count.most > count.least
        else SafeString("")
    )
    drawn = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
    sure = format_html(drawn, name, x, y + below, round(count.least * scale, 1), high, says)
    return format_html("{}{}", perhaps, sure)


def _words() -> dict[str, str]:
    return {"nominated": _("nominated"), "attended": _("attended"), "certified": _("certified")}


def keys() -> tuple[Key, ...]:
    """What the bars mean."""
    marks = [
        Key(format_html('<rect class="{}" x="0" y="{}" width="24" height="{}"/>', name, below, high), _words()[name]) for name, below, high in BARS
    ]
    return (Key(SafeString('<rect class="offered" x="1" y="0" width="22" height="14"/>'), _("places offered")), *marks)
