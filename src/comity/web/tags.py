"""Words of the templates: links that carry the state, verdicts by shape and word, the tree of reasons."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from comity.terms import Reading, Reason, Verdict
from comity.web.asking import Asked
from comity.web.documents.kinds_of_drafts import DONE_BY
from comity.web.drawing import look_of
from comity.web.linking import href
from comity.web.rules import RULES
from comity.web.statics import version

register = template.Library()
FEW = 12
READINGS = 4


def _carried(context: Mapping[str, Any]) -> Mapping[str, str]:
    asked: Asked | None = context.get("asked")
    return asked.carried if asked is not None else {}


@register.simple_tag(takes_context=True)
def at(context: Mapping[str, Any], name: str, *places: object, **query: object) -> str:
    """The URL of a page, with the axes carried."""
    return href(_carried(context), name, *places, **query)


@register.simple_tag
def static_file(name: str) -> str:
    return href({}, "static", name, v=version(name))


def shape(name: str) -> SafeString:
    """One of the shapes of _shapes.html; the word beside it says the same."""
    return format_html('<svg class="shape" aria-hidden="true" focusable="false"><use href="#{}"/></svg>', name)


@register.simple_tag
def verdict(value: Verdict, word: str = "") -> SafeString:
    """A verdict by word and shape."""
    return format_html('<span class="verdict v-{}">{}{}</span>', str(value), shape(f"v-{value}"), word or str(value))


@register.simple_tag
def mode(value: Verdict, name: str) -> SafeString:
    """The standing of a party as a chip: its mode, or that it is contested or unknown."""
    look = look_of(value, name)
    words = look if look in ("contested", "unknown") else name or "none"
    return format_html('<span class="chip c-{}">{}</span>', look, words)


@register.simple_tag(takes_context=True)
def party(context: Mapping[str, Any], code: str, long: bool = False) -> SafeString:
    """A party's code (or name and code), linked."""
    asked: Asked = context["asked"]
    name = asked.name(code)
    if code not in asked.record.register.parties:
        return format_html("{}", code)
    link = href(asked.carried, "party", code)
    if long:
        return format_html('<a href="{}">{}</a> <span class="code">{}</span>', link, name, code)
    return format_html('<a class="code" href="{}" title="{}">{}</a>', link, name, code)


@register.simple_tag(takes_context=True)
def agreement(context: Mapping[str, Any], agreement_id: str) -> SafeString:
    """An agreement's short name, linked."""
    asked: Asked = context["asked"]
    if not asked.record.has_agreement(agreement_id, asked.known):
        return format_html("{}", agreement_id)
    short = asked.record.agreement(agreement_id, asked.known).short
    return format_html('<a href="{}" title="{}">{}</a>', href(asked.carried, "agreement", agreement_id), agreement_id, short)


@register.simple_tag(takes_context=True)
def act(context: Mapping[str, Any], ref: str, word: str = "") -> SafeString:
    """A link to an act, if it is one on record that the viewer may see."""
    asked: Asked = context["asked"]
    if not asked.visible(asked.held.entries(ref)):
        return format_html("{}", word or ref)
    return format_html('<a{} href="{}">{}</a>', SafeString("" if word else ' class="ref"'), href(asked.carried, "act", ref), word or ref)


@register.simple_tag(takes_context=True)
def draft(context: Mapping[str, Any], act_kind: str, agreement_id: str, party_code: str = "", **query: object) -> SafeString:
    """A link to the document by which such an act is done, if there is one."""
    if act_kind not in DONE_BY:
        return SafeString("")
    link = href(_carried(context), "draft", kind=DONE_BY[act_kind], agreement=agreement_id, party=party_code, **query)
    return format_html('<a class="draft-it" href="{}">{}</a>', link, gettext("Draft it"))


@dataclass(frozen=True, slots=True)
class _Links:
    """Where a tree of reasons leads: to acts on record, to supposed ones on the same page, to rules."""

    carried: Mapping[str, str]
    supposed: Collection[str]

    def act(self, ref: str) -> str:
        return f"#{ref}" if ref in self.supposed else href(self.carried, "act", ref)

    def rule(self, name: str) -> str:
        return href(self.carried, "rule", name)


@register.simple_tag(takes_context=True)
def reasons(context: Mapping[str, Any], because: Sequence[Reason], folded: int = 2) -> SafeString:
    """The tree of reasons, from act to article; levels from ``folded`` on, and long lists, are folded."""
    if not because:
        return SafeString("")
    return format_html('<ul class="tree">{}</ul>', _branches(_Links(_carried(context), context.get("supposed_refs", ())), because, 0, folded))


def _branches(links: _Links, because: Sequence[Reason], depth: int, folded: int) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_branch(links, r, depth, folded),) for r in because))


def _branch(links: _Links, reason: Reason, depth: int, folded: int) -> SafeString:
    line = _line(links, reason)
    source = format_html(' <span class="source">{}</span>', reason.source) if reason.source else ""
    if not reason.because:
        return format_html('<div class="leaf">{}{}</div>', line, source)
    is_open = depth < folded and len(reason.because) <= FEW
    return format_html(
        '<details{}><summary>{} <span class="count">{}</span>{}</summary><ul>{}</ul></details>',
        SafeString(" open") if is_open else "",
        line,
        _number(len(reason.because)),
        source,
        _branches(links, reason.because, depth + 1, folded),
    )


def _number(count: int) -> str:
    return f"{count} reason{'' if count == 1 else 's'}"


def _line(links: _Links, reason: Reason) -> SafeString:
    inner = {ref for r in reason.because for ref in r.acts}
    acts = [(links.act(ref), ref) for ref in reason.acts if ref not in inner]
    look, word = ("yes", "holds") if reason.holds else ("no", "does not hold")
    mark = format_html('<span class="holds {}">{}<span class="hidden">{}: </span></span>', look, shape(f"m-{look}"), word)
    parts = [mark, format_html('<span class="says">{}</span>', reason.says)]
    if reason.article:
        parts.append(format_html('<span class="article">{}</span>', _article(reason.article)))
    if reason.rule in RULES:
        parts.append(format_html('<a class="rule" href="{}">{}</a>', links.rule(reason.rule), reason.rule))
    parts += [format_html('<a class="ref" href="{}">{}</a>', link, ref) for link, ref in acts]
    return format_html_join(" ", "{}", ((p,) for p in parts))


def _article(article: str) -> str:
    """An article by its number; a citation that names its instrument stays as it is."""
    return f"art. {article}" if re.match(r"(\d+|[IVXLC]+)\b", article) else article


@register.filter
def day(value: date | None) -> SafeString:
    """An ISO day, or a dash."""
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat()) if value is not None else SafeString('<span class="none">–</span>')


@register.simple_tag
def since(value: Verdict, start: date | None) -> SafeString:
    """The day from which the verdict holds; a *yes* without one began on different days in different readings."""
    if start is None and value is Verdict.YES:
        return SafeString('<span class="quiet" title="the readings differ, or a date is only partly known">uncertain</span>')
    return day(start)


@register.filter
def iso(value: date | None) -> str:
    """An ISO day as text."""
    return value.isoformat() if value is not None else ""


@register.filter
def distinct(readings: Sequence[Reading], more: int) -> list[Reading]:
    """Each reading once: the first few, or (``more``) the others."""
    found = list(dict.fromkeys(readings))
    return found[READINGS:] if more else found[:READINGS]


@register.filter
def shortly(value: object, length: int = 120) -> str:
    text = str(value)
    return text if len(text) <= length else text[: length - 1] + "…"


@register.simple_tag
def fresh(reach: date | None, on: date) -> SafeString:
    """How far the record is complete, by dot and word."""
    look, says = freshness(reach, on)
    return format_html('<span class="fresh f-{}">{}{}</span>', look, shape(f"f-{look}"), says)


def freshness(reach: date | None, on: date) -> tuple[str, str]:
    """Green if complete to within half a year of the day asked about, amber when older, grey when the record does not say."""
    if reach is None:
        return "none", "not covered"
    return ("new" if (on - reach).days <= 183 else "old"), reach.isoformat()
