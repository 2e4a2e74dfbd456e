"""A chart that stands alone: one SVG with its title, its key, its source and its style, that fetches nothing; and the same as PNG."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.charts.chart import LICENCE, Chart, Key, Origin
from comity.web.charts.styles import light, resolved, style
from comity.web.statics import content

MARGIN, TIMES = 28, 2
"""Around the drawing; and how many times larger the PNG is."""
_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold."""
_ISOLATED = ("\u2068", "\u2069")
"""Around a line that may run either way (Unicode: first strong isolate)."""
_LINK = re.compile(r'(<a [^>]*href=")(/[^"]*")')
_LAND = re.compile(r'<use class="land"[^>]*/>')


def to_svg(chart: Chart, origin: Origin) -> str:
    """The chart with all that has to stand beside it."""
    drawing = chart.drawing
    width = drawing.width + 2 * MARGIN
    head, below = _head(drawing.caption, chart.subtitle, width)
    key, after = _key(chart.keys, below + drawing.height + 16, width)
    foot, height = _lines(_foot(chart, origin, width), after + 12, width, 16, "foot")
    base = re.match(r"[a-z]+://[^/]+", origin.address)
    inner = _LINK.sub(lambda m: f"{m[1]}{escape(base[0] if base else '')}{m[2]}", _LAND.sub(lambda _: _land(), drawing.inner))
    says = f"{chart.subtitle} {chart.derived} {origin.citation}"
    written = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'lang="{escape(get_language() or "en")}" aria-labelledby="chart-title chart-says">'
        f'<title id="chart-title">{escape(drawing.caption)}</title><desc id="chart-says">{escape(says)}</desc>'
        f"<style>{_style()}</style><defs>{render_to_string('_patterns.html')}</defs>"
        f'<rect class="sheet" width="{width}" height="{height}"/>{head}'
        f'<svg class="{drawing.kind}" x="{MARGIN}" y="{below}" width="{drawing.width}" height="{drawing.height}" '
        f'viewBox="0 0 {drawing.width} {drawing.height}">{inner}</svg><g class="{drawing.kind}">{key}</g>{foot}</svg>\n'
    )
    return _FOREIGN.sub("\ufffd", written)


def to_png(svg: str) -> bytes:
    """The same in pixels, twice as large."""
    try:
        import vl_convert
    except ModuleNotFoundError:
        raise BadInput("a chart as PNG needs vl-convert-python; install it with: pip install 'comity[research]', or take format=svg") from None
    return bytes(vl_convert.svg_to_png(svg, scale=TIMES))


def _style() -> str:
    colours = light()
    return (
        f"{style()}\ntext {{ font-family: {resolved('var(--sans)')} }}\n.sheet {{ fill: {colours['--card']} }}\n"
        f".title {{ font-size: 21px; font-weight: 700; fill: {colours['--ink']} }}\n.subtitle {{ font-size: 14px; fill: {colours['--soft']} }}\n"
        f".key {{ font-size: 12px; fill: {colours['--ink']} }}\n.foot {{ font-size: 11px; fill: {colours['--soft']} }}"
    )


def _land() -> str:
    found = re.search(rb'<path id="land"( d="[^"]*")', content("land.svg") or b"")
    return f'<path class="land"{found[1].decode()}/>' if found else ""


def _head(title: str, subtitle: str, width: int) -> tuple[str, int]:
    above, y = _lines(_wrapped(str(title), width, 11), 40, width, 26, "title")
    beside, y = _lines(_wrapped(str(subtitle), width, 7), y - 4, width, 19, "subtitle")
    return above + beside, y


def _foot(chart: Chart, origin: Origin, width: int) -> list[str]:
    """Whence it comes, of which day, how it was found and how to cite it."""
    strict = f" {_('Strict.')}" if origin.strict else ""
    told = (
        _("Source: Comity, from the record “%(title)s”.") % {"title": origin.title},
        _("As of %(on)s, as known by the end of %(known)s (UTC), as seen by %(who)s.")
        % {"on": origin.on, "known": origin.known, "who": origin.seen_by}
        + strict,
        f"{chart.unit}. {chart.derived}",
        _("Record: %(acts)s acts and %(agreements)s agreements, SHA-256 %(hash)s.")
        % {"acts": origin.acts, "agreements": origin.agreements, "hash": origin.sha256},
        _("Licence: %(licence)s.") % {"licence": LICENCE},
        origin.address,
    )
    return [line for one in told for line in _wrapped(one, width, 5.9)]


def _wrapped(text: str, width: int, letter: float) -> list[str]:
    return textwrap.wrap(text, max(20, int((width - 2 * MARGIN) / letter)), break_long_words=True)


def _lines(lines: Iterable[str], y: int, width: int, step: int, look: str) -> tuple[str, int]:
    """Lines one below the other, from where the language begins them; and where the next would stand.

    Each runs as its first letters do, told by characters: not every reader of SVG knows of directions.
    """
    x, way = (width - MARGIN, ' text-anchor="end"') if get_language_bidi() else (MARGIN, "")
    begin, end = _ISOLATED if way else ("", "")
    found = []
    for line in lines:
        found.append(f'<text class="{look}" x="{x}" y="{y}"{way}>{begin}{escape(line)}{end}</text>')
        y += step
    return "".join(found), y


def _key(keys: tuple[Key, ...], y: int, width: int) -> tuple[str, int]:
    """The key, from left to right, in as many lines as it takes."""
    found, x = [], MARGIN
    for mark, says in keys:
        wide = 30 + round(7.2 * len(str(says))) + 18
        if x + wide > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 22
        found.append(f'<g transform="translate({x} {y})">{mark}<text class="key" x="32" y="11">{escape(str(says))}</text></g>')
        x += wide
    return "".join(found), y + 26 if keys else y
