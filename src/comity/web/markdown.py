"""A small, safe subset of Markdown to HTML: everything is escaped first, and only what is listed here becomes markup.

Headings, paragraphs, lists, quotes, tables, code blocks, **bold**, *italic*, `code`, and links: to https pages, and to
other rules (``name.md``). Anything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from comity.web.linking import href

_LINK = re.compile(r"\[([^\]\[]+)\]\(([^()\s]+)\)")
_SPAN = re.compile(r"(`[^`]+`)|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])")
_ITEM = re.compile(r"\s*(?:[-*]|(\d+)\.)\s+(.*)")


def to_html(text: str, rules: Container[str] = (), carried: Mapping[str, str] | None = None) -> SafeString:
    """The document as HTML."""
    blocks = _blocks(text.replace("\r\n", "\n").split("\n"))
    return mark_safe("\n".join(_block(kind, lines, rules, carried or {}) for kind, lines in blocks))  # noqa: S308 (every text in it was escaped)


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    kind, held = "", list[str]()
    fenced = False
    for line in [*lines, ""]:
        if line.startswith("```"):
            if held:
                yield kind, held
            kind, held, fenced = ("code" if not fenced else ""), [], not fenced
            continue
        if fenced:
            held.append(line)
            continue
        now = _kind(line)
        goes_on = now == kind or (kind == "list" and now == "text" and line.startswith("  ")) or (kind == "quote" and now == "text")
        if held and (not goes_on or now == "heading"):
            yield kind, held
            held = []
            kind = now
        elif not held:
            kind = now
        if now:
            held.append(line)
    if held:
        yield kind, held


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if re.match(r"#{1,6}\s", line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    if line.startswith(">"):
        return "quote"
    return "list" if _ITEM.match(line) else "text"


def _block(kind: str, lines: list[str], rules: Container[str], carried: Mapping[str, str]) -> str:
    def inner(text: str) -> str:
        return _spans(text.strip(), rules, carried)

    if kind == "heading":
        level = min(6, len(lines[0]) - len(lines[0].lstrip("#")))
        return f"<h{level}>{inner(lines[0].lstrip('#'))}</h{level}>"
    if kind == "code":
        return f'<pre tabindex="0">{escape(chr(10).join(lines))}</pre>'
    if kind == "quote":
        return f"<blockquote><p>{inner(' '.join(line.lstrip('> ') for line in lines))}</p></blockquote>"
    if kind == "list":
        return _list(lines, inner)
    if kind == "table":
        return _table(lines, inner)
    return f"<p>{inner(' '.join(lines))}</p>"


def _list(lines: list[str], inner: object) -> str:
    assert callable(inner)
    items: list[str] = []
    ordered = False
    for line in lines:
        match = _ITEM.match(line)
        if match:
            ordered = ordered or (not items and match[1] is not None)
            items.append(match[2])
        elif items:
            items[-1] += " " + line.strip()
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(f'<li>{inner(i)}</li>' for i in items)}</{tag}>"


def _table(lines: list[str], inner: object) -> str:
    assert callable(inner)
    rows = [[c.strip() for c in line.strip().strip("|").split("|")] for line in lines]
    rows = [r for r in rows if not all(re.fullmatch(r":?-+:?", c) for c in r)]
    head = "".join(f'<th scope="col">{inner(c)}</th>' for c in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{inner(c)}</td>" for c in r) + "</tr>" for r in rows[1:])
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Table">{table}</div>'


def _spans(text: str, rules: Container[str], carried: Mapping[str, str]) -> str:
    parts: list[str] = []
    last = 0
    for match in _LINK.finditer(text):
        parts.append(_marks(text[last : match.start()]))
        parts.append(_link(match[1], match[2], rules, carried))
        last = match.end()
    parts.append(_marks(text[last:]))
    return "".join(parts)


def _link(words: str, target: str, rules: Container[str], carried: Mapping[str, str]) -> str:
    name = target.removeprefix("./").removesuffix(".md")
    if target.endswith(".md") and name in rules:
        return format_html('<a href="{}">{}</a>', href(carried, "rule", name), words)
    if target.startswith(("https://", "http://")):
        return format_html('<a href="{}" rel="external noreferrer">{}</a>', target, words)
    return _marks(words)


def _marks(text: str) -> str:
    def mark(match: re.Match[str]) -> str:
        if match[1]:
            return f"<code>{escape(match[1].strip('`'))}</code>"
        return f"<strong>{escape(match[2])}</strong>" if match[2] else f"<em>{escape(match[3])}</em>"

    parts, last = [], 0
    for match in _SPAN.finditer(text):
        parts += [escape(text[last : match.start()]), mark(match)]
        last = match.end()
    return "".join([*parts, escape(text[last:])])
