"""Words of the templates: links that carry the state, verdicts by shape and word, the tree of reasons."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from comity.acts import Act, Kind
from comity.agreements import Agreement
from comity.terms import Reading, Reason, Verdict, WouldChange
from comity.web.asking import Asked
from comity.web.attached.marking import Piece
from comity.web.attached.marking import marked as pieces_of
from comity.web.attached.shelf import Term
from comity.web.documents.kinds_of_drafts import DONE_BY
from comity.web.drawing import look_of
from comity.web.linking import anchor, href
from comity.web.names import marks, others_of, view_of
from comity.web.rules import RULES
from comity.web.statics import version
from comity.web.telling import english, from_left, plain, speaks_english, told
from comity.web.telling import said as said_in_english
from comity.web.wording import word as word_for

register = template.Library()
register.simple_tag(english)
register.filter(anchor)
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


@register.filter
def as_json(value: object) -> str:
    """For an attribute that a script reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)


def shape(name: str) -> SafeString:
    """One of the shapes of _shapes.html; the word beside it says the same."""
    return format_html('<svg class="shape" aria-hidden="true" focusable="false"><use href="#{}"/></svg>', name)


@register.simple_tag
def verdict(value: Verdict, state: str = "") -> SafeString:
    """A verdict by word and shape; ``state``: what it means for an agreement."""
    words = word(state, "state") if state else word(value, "verdict")
    return format_html('<span class="verdict v-{}">{}{}</span>', str(value), shape(f"v-{value}"), words)


@register.simple_tag
def mode(value: Verdict, name: str) -> SafeString:
    """The standing of a party as a chip: its mode, or that it is contested or unknown."""
    look = look_of(value, name)
    words = look if look in ("contested", "unknown") else name or "none"
    return format_html('<span class="chip c-{}">{}</span>', look, word(words, "mode"))


@register.simple_tag(takes_context=True)
def party(context: Mapping[str, Any], code: str, long: bool = False) -> SafeString:
    """A party's code (or name and code), linked."""
    asked: Asked = context["asked"]
    name = asked.name(code)
    if code not in asked.record.register.parties:
        return format_html("{}", code)
    link, mark = href(asked.carried, "party", code), _marked(asked, code)
    if long:
        return format_html('<a{} href="{}">{}</a>{} <span class="code">{}</span>', english(), link, name, mark, code)
    return format_html('<a class="code" href="{}" title="{}"{}>{}</a>{}', link, name, english(turned=False), code, mark)


@register.simple_tag(takes_context=True)
def beside(context: Mapping[str, Any], code: str) -> SafeString:
    """What stands beside a party's name, where the page writes the name itself."""
    return _marked(context["asked"], code)


def _marked(asked: Asked, code: str) -> SafeString:
    """What stands beside a name that is disputed, or of which the chosen view says something."""
    if code not in marks(asked):
        return SafeString("")
    asked.named.add(code)
    says = gettext("what is said of it stands at the end of the page")
    return format_html('<sup class="disputed" title="{0}">◇<span class="hidden"> ({0})</span></sup>', says)


@register.inclusion_tag("_names.html", takes_context=True)
def names(context: Mapping[str, Any], code: str = "") -> dict[str, Any]:
    """What the view of names that was chosen changed on this page, in one line at its end."""
    asked: Asked = context["asked"]
    told_of, view = marks(asked), view_of(asked)
    marked = [(code, asked.name(code), told_of[code], others_of(asked, code)) for code in sorted(asked.named)]
    return {
        "asked": asked,
        "marked": marked[:FEW],
        "left": max(len(marked) - FEW, 0),
        "view": view,
        "view_name": asked.name(view),
        "here": context["here"],
    }


@register.simple_tag(takes_context=True)
def agreement(context: Mapping[str, Any], agreement_id: str) -> SafeString:
    """An agreement's short name, linked."""
    asked: Asked = context["asked"]
    if not asked.record.has_agreement(agreement_id, asked.known):
        return format_html("{}", agreement_id)
    short = asked.record.agreement(agreement_id, asked.known).short
    return format_html('<a href="{}" title="{}"{}>{}</a>', href(asked.carried, "agreement", agreement_id), agreement_id, english(), short)


@register.simple_tag(takes_context=True)
def act(context: Mapping[str, Any], ref: str, words: str = "") -> SafeString:
    """A link to an act, if it is one on record that the viewer may see."""
    asked: Asked = context["asked"]
    if not asked.visible(asked.held.entries(ref)):
        return format_html("{}", words or ref)
    return format_html('<a{} href="{}">{}</a>', SafeString("" if words else ' class="ref"'), href(asked.carried, "act", ref), words or ref)


@register.simple_tag(takes_context=True)
def deed(context: Mapping[str, Any], done: Act, kind: Kind) -> SafeString:
    """Who did what under which agreement: in English by the words of its kind, else by the name of its kind."""
    who, about = party(context, done.actor, True), agreement(context, done.agreement) if done.agreement else SafeString("")
    if speaks_english():
        return format_html("{} {} {}", who, kind.past, about)
    if not about:
        return told(gettext("%(who)s: %(act)s"), who=who, act=word(done.kind, "act")).shown
    return told(gettext("%(who)s: %(act)s, %(agreement)s"), who=who, act=word(done.kind, "act"), agreement=about).shown


@register.filter
def said(value: object) -> SafeString:
    """What the record says, marked as English on a page in another language."""
    return said_in_english(value)


@register.filter
def word(value: str, table: str) -> SafeString:
    """The word of the reader's language for a value of one of the tables of ``wording``."""
    return said_in_english(word_for(value, table))


@register.filter
def listed(values: Sequence[str], between: str = ", ") -> SafeString:
    """What the record says, with commas between."""
    return said_in_english(between.join(values))


@register.filter
def pairs(details: Mapping[str, str]) -> list[tuple[str, str]]:
    """Details by name, one of which may be called *items*, as a template would call their list."""
    return list(details.items())


@register.filter
def art(article: str) -> SafeString:
    """The citation of an article by its number."""
    return told(gettext("art. %(article)s"), article=article).shown


@register.simple_tag(takes_context=True)
def draft(context: Mapping[str, Any], act_kind: str, agreement_id: str, party_code: str = "", **query: object) -> SafeString:
    """A link to the document by which such an act is done, if there is one."""
    if act_kind not in DONE_BY:
        return SafeString("")
    link = href(_carried(context), "draft", kind=DONE_BY[act_kind], agreement=agreement_id, party=party_code, **query)
    return format_html('<a class="draft-it" href="{}">{}</a>', link, gettext("Draft it"))


@dataclass(frozen=True, slots=True)
class _Links:
    """Where a tree of reasons leads: to acts on record, to supposed ones on the same page, to rules, to clauses of the agreement asked about."""

    carried: Mapping[str, str]
    supposed: Collection[str]
    agreement: Agreement | None

    def act(self, ref: str) -> str:
        return f"#{ref}" if ref in self.supposed else href(self.carried, "act", ref)

    def rule(self, name: str) -> str:
        return href(self.carried, "rule", name)

    def clause(self, reason: Reason) -> str:
        """The page of the clause that the reason cites, of several the one whose words it repeats; blank where none is."""
        if self.agreement is None:
            return ""
        cited = [(n, c) for n, c in enumerate(self.agreement.clauses, 1) if (c.article, c.source) == (reason.article, reason.source)]
        numbers = [n for n, clause in cited if clause.says in reason.says] or [n for n, _ in cited]
        return href(self.carried, "clause", self.agreement.id, numbers[0]) if numbers else ""


@register.simple_tag(takes_context=True)
def reasons(context: Mapping[str, Any], because: Sequence[Reason], folded: int = 2) -> SafeString:
    """The tree of reasons, from act to article; levels from ``folded`` on, and long lists, are folded."""
    if not because:
        return SafeString("")
    links = _Links(_carried(context), context.get("supposed_refs", ()), context.get("agreement"))
    return format_html('<ul class="tree">{}</ul>', _branches(links, because, 0, folded))


def _branches(links: _Links, because: Sequence[Reason], depth: int, folded: int) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_branch(links, r, depth, folded),) for r in because))


def _branch(links: _Links, reason: Reason, depth: int, folded: int) -> SafeString:
    line, cites = _line(reason), _cites(links, reason)
    if not reason.because:
        return format_html('<div class="leaf">{}{}</div>', line, cites)
    is_open = depth < folded and len(reason.because) <= FEW
    return format_html(
        '<details{}><summary>{} <span class="count">{}</span></summary>{}<ul>{}</ul></details>',
        SafeString(" open") if is_open else "",
        line,
        _number(len(reason.because)),
        cites,
        _branches(links, reason.because, depth + 1, folded),
    )


def _number(count: int) -> str:
    return ngettext("%(number)s reason", "%(number)s reasons", count) % {"number": count}


def _line(reason: Reason) -> SafeString:
    look, words = ("yes", gettext("holds:")) if reason.holds else ("no", gettext("does not hold:"))
    mark = format_html('<span class="holds {}">{}<span class="hidden">{} </span></span>', look, shape(f"m-{look}"), words)
    return format_html('{} <span class="says"{}>{}</span>', mark, english(), reason.says)


def _cites(links: _Links, reason: Reason) -> SafeString:
    """What the reason rests on, beneath it: the article, the rule, the acts, the source."""
    inner = {ref for r in reason.because for ref in r.acts}
    parts = [_article_of(links, reason)] if reason.article else []
    if reason.rule in RULES:
        parts.append(format_html('<a class="rule" href="{}"{}>{}</a>', links.rule(reason.rule), english(), reason.rule))
    parts += [format_html('<a class="ref" href="{}">{}</a>', links.act(ref), ref) for ref in reason.acts if ref not in inner]
    if reason.source:
        parts.append(format_html('<span class="source"{}>{}</span>', english(), reason.source))
    return format_html('<p class="cites">{}</p>', format_html_join(" ", "{}", ((p,) for p in parts))) if parts else SafeString("")


def _article_of(links: _Links, reason: Reason) -> SafeString:
    words, link = _article(reason.article or ""), links.clause(reason)
    return format_html('<a class="article" href="{}">{}</a>', link, words) if link else format_html('<span class="article">{}</span>', words)


@register.simple_tag(takes_context=True)
def suppose(context: Mapping[str, Any], change: WouldChange) -> str:
    """The page that asks the same question, had the act been done on the day asked about; blank where nothing more is to be supposed."""
    question, asked = context.get("question"), context["asked"]
    if question is None or change.on != question.agreement or context.get("supposed_refs"):
        return ""
    act = f"{change.act} {change.by} {change.on} {asked.on.isoformat()}"
    same = {"question": question.kind, "party": question.party, "other": question.other, "agreement": question.agreement, "for": question.territory}
    return href(asked.carried, "what-if", act=act, on=(change.from_ or asked.on).isoformat(), **same)


def _article(article: str) -> SafeString:
    """An article by its number; a citation that names its instrument stays as it is."""
    return art(article) if re.match(r"(\d+|[IVXLC]+)\b", article) else said(article)


@register.filter
def day(value: date | None) -> SafeString:
    """An ISO day, or a dash."""
    if value is None:
        return SafeString('<span class="none">–</span>')
    return format_html('<time{1} datetime="{0}">{0}</time>', value.isoformat(), from_left())


@register.filter
def written(value: object) -> SafeString:
    """A day or a span of days as it was written, read from left to right."""
    return format_html("<bdi{1}>{0}</bdi>", str(value), from_left())


@register.simple_tag
def since(value: Verdict, start: date | None) -> SafeString:
    """The day from which the verdict holds; a *yes* without one began on different days in different readings."""
    if start is None and value is Verdict.YES:
        why, words = gettext("the readings differ, or a date is only partly known"), gettext("uncertain")
        return format_html('<span class="quiet" title="{}">{}</span>', why, words)
    return day(start)


@register.filter
def percent(value: Fraction | float | None) -> SafeString:
    """A part as per cent, or a dash."""
    return SafeString('<span class="none">–</span>') if value is None else format_html("{}", f"{float(value):.1%}")


@register.filter
def iso(value: date | None) -> str:
    """An ISO day as text."""
    return plain(value)


@register.filter
def marked(text: str, terms: Collection[Term]) -> list[Piece]:
    """A text in pieces, those that were looked for marked."""
    return pieces_of(text, terms)


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
        return "none", gettext("not covered")
    return ("new" if (on - reach).days <= 183 else "old"), plain(reach)
