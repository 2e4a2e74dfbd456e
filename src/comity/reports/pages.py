"""A report as one page that stands alone: no scripts, nothing fetched, headings and tables that are read aloud well, set for print too.

Source: docs/explanation/how-reports-are-made.md, section 6; WCAG 2.2.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from comity.reports.contents import ActBehind, Drawing, Figure, Listing, Report, Section, number

_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"(?<!\S)--[a-z-]+|\b\d{4}-\d{2}-\d{2}\b")
"""Options and days, which are not broken over two lines."""
UNSAID = ("share", "number")
"""Units that a number says itself, or that say nothing."""
SHOWN = 12
"""So many acts behind a figure are linked beside it; the data names all."""


def to_page(report: Report) -> str:
    """The page, as HTML."""
    style = files("comity.reports").joinpath("report.css").read_text(encoding="utf-8")
    numbered = {act.ref: place for place, act in enumerate(report.acts, 1)}
    before = "baseline" if report.kind == "scorecard" else "before"
    marking = f'<p class="marking">{_say(report.label.marking)}</p>' if report.label.marking else ""
    body = [
        marking,
        f"<header><h1>{_say(report.title)}</h1>",
        f"<p>{_say(_when(report))}</p>",
        f"<p class='how'>Made by <code>{_set(report.command)}</code></p></header>",
        "<main>",
        *(part for place, section in enumerate(report.sections) for part in _section(section, place, numbered, before)),
        *_not_known(report),
        *_coverage(report),
        *_acts(report.acts),
        "</main>",
        marking,
    ]
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f'<title>{_say(report.title)}</title>\n<meta name="dcterms.created" content="{report.on}">\n<style>\n{style}</style>\n</head>\n<body>\n'
    )
    return head + "\n".join(part for part in body if part) + "\n</body>\n</html>\n"


def printable(text: str) -> str:
    """The text without what neither HTML nor XML can hold."""
    return _UNPRINTABLE.sub("", text)


def _say(text: object) -> str:
    """Words as words, whatever they are."""
    return html.escape(printable(str(text)))


def _set(text: object) -> str:
    """Words in a cell or a command: options and days stay whole."""
    return _WHOLE.sub(r"<span class='whole'>\g<0></span>", _say(text))


def _when(report: Report) -> str:
    known = f"as known on {report.known}"
    seen = "" if report.viewer is None else f", as {report.viewer} may see it"
    compared = "" if report.earlier is None else f" Compared with {report.earlier[0]} to {report.earlier[1]}."
    return f"{report.since} to {report.until}; as it stood on {report.on}, {known}{seen}.{compared}"


def _section(section: Section, place: int, numbered: dict[str, int], before: str) -> Iterator[str]:
    yield f'<section aria-labelledby="s{place}"><h2 id="s{place}">{_say(section.title)}</h2>'
    if section.says:
        yield f"<p>{_say(section.says)}</p>"
    if section.figures:
        yield _figures(section, numbered, before)
    yield from (_listing(one, numbered) for one in section.listings)
    yield from (_drawing(one) for one in section.drawings)
    if section.notes:
        yield "<ul class='notes'>" + "".join(f"<li>{_say(note)}</li>" for note in section.notes) + "</ul>"
    yield "</section>"


def _figures(section: Section, numbered: dict[str, int], before: str) -> str:
    compared = any(one.before is not None for one in section.figures)
    before = f'<th scope="col">{before}</th>' if compared else ""
    heads = f'<th scope="col">what</th><th scope="col">figure</th>{before}<th scope="col">what it is of</th><th scope="col">behind it</th>'
    rows = "".join(_figure(one, numbered, compared=compared) for one in section.figures)
    return f"<table><caption>{_say(section.title)}: figures</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _figure(one: Figure, numbered: dict[str, int], *, compared: bool) -> str:
    value = f"<strong>{_say(number(one.value, one.unit))}</strong>" + ("" if one.value is None or one.unit in UNSAID else f" {_say(one.unit)}")
    if one.value is None and one.why:
        value += f"<br><span class='why'>{_say(one.why)}</span>"
    if one.least is not None and one.most is not None and one.least != one.most:
        value += f"<br><span class='why'>{_say(number(one.least, one.unit))} to {_say(number(one.most, one.unit))}</span>"
    if one.simulated:
        value += "<br><span class='why'>rests on a simulation</span>"
    before = f"<td>{_say(number(one.before, one.unit))}</td>" if compared else ""
    of = [] if one.of is None else [f"{one.of:,}"]
    of += [f"{one.unknown} more not known"] if one.unknown else []
    of += [f"record complete to {one.reach}"] if one.reach is not None else []
    behind = f"<code>{_set(one.command)}</code>{_links(one.acts, numbered)}"
    row = f'<th scope="row">{_say(one.says)}</th><td>{value}</td>{before}<td>{_set("; ".join(of))}</td><td>{behind}</td>'
    return f'<tr id="f-{_say(one.id)}">{row}</tr>'


def _links(refs: Iterable[str], numbered: dict[str, int]) -> str:
    """Links to the acts at the end of the page."""
    known = [ref for ref in refs if ref in numbered]
    if not known:
        return ""
    links = ", ".join(f'<a href="#a{numbered[ref]}">{_say(ref)}</a>' for ref in known[:SHOWN])
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"<br><span class='acts'>acts: {links}{more}</span>"


def _listing(one: Listing, numbered: dict[str, int]) -> str:
    heads = "".join(f'<th scope="col">{_say(head)}</th>' for head in one.heads)
    rows = "".join(f'<tr><th scope="row">{_say(row[0])}</th>{"".join(_cell(cell, numbered) for cell in row[1:])}</tr>' for row in one.rows)
    table = f'<table id="t-{_say(one.id)}"><caption>{_say(one.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f"{table}<p class='how'><code>{_set(one.command)}</code></p>"


def _cell(cell: str, numbered: dict[str, int]) -> str:
    return f'<td><a href="#a{numbered[cell]}">{_say(cell)}</a></td>' if cell in numbered else f"<td>{_set(cell)}</td>"


def _drawing(one: Drawing) -> str:
    """The picture, which says itself what it shows; in words beside it."""
    svg = re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", one.svg).strip()
    image = f'<div role="img" aria-label="{_say(one.shows)}">{svg}</div>'
    told = f"<figcaption>{_say(one.caption)}. <code>{_set(one.command)}</code></figcaption>"
    return f'<figure id="d-{_say(one.id)}">{image}{told}</figure><p class="hidden">{_say(one.shows)}</p>'


def _not_known(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="not-known"><h2 id="not-known">What is not known</h2>'
    missing = report.not_known
    if missing:
        yield "<ul>" + "".join(f'<li><a href="#f-{_say(one.id)}">{_say(one.says)}</a> {_say(one.why)}</li>' for one in missing) + "</ul>"
    else:
        yield "<p>Every figure has a number.</p>"
    yield "<ul class='notes'>" + "".join(f"<li>{_say(note)}</li>" for note in report.notes) + "</ul></section>"


def _coverage(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="coverage"><h2 id="coverage">For what the record is complete</h2>'
    if report.coverage:
        yield "<ul>" + "".join(f"<li>{_say(one)}</li>" for one in report.coverage) + "</ul></section>"
    else:
        yield "<p>It is declared complete for nothing in general; an agreement can declare it for its own acts.</p></section>"


def _acts(acts: Iterable[ActBehind]) -> Iterator[str]:
    rows = "".join(
        f'<tr id="a{place}"><th scope="row">{_say(act.ref)}</th>'
        + "".join(f"<td>{_set(cell)}</td>" for cell in (act.made, act.actor, act.kind, act.agreement, act.source))
        + "</tr>"
        for place, act in enumerate(acts, 1)
    )
    if rows:
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("act", "made", "by", "kind", "agreement", "source"))
        yield '<section aria-labelledby="acts"><h2 id="acts">Acts behind the figures</h2>'
        yield f"<table><caption>Acts</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
