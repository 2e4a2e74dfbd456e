"""Tags of the pages of decisions: coalitions in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from comity.power import Coalitions, Pattern
from comity.web.asking import Asked
from comity.web.telling import english, told

register = template.Library()
MOST = 14
"""So many codes stand in a line; the rest are counted."""
_EXACTLY = 10**12
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@register.simple_tag
def pattern_of(pattern: Pattern) -> SafeString:
    """Coalitions that are alike, in a line: these, and any so many of those."""
    singles = [code for part in pattern.parts if len(part.of) == part.take for code in part.of]
    parts = [_codes(singles, 40)] if singles else []
    parts += [
        told(gettext("any %(number)s of %(codes)s"), number=part.take, codes=_codes(part.of, MOST)).shown
        for part in pattern.parts
        if len(part.of) != part.take
    ]
    if not parts:
        return told(gettext("nobody")).shown
    found = parts[0]
    for part in parts[1:]:
        found = told(gettext("%(first)s and %(second)s"), first=found, second=part).shown
    if pattern.number == 1:
        return found
    return format_html('{} <span class="quiet">({})</span>', found, coalitions(pattern.number))


@register.simple_tag
def coalition_number(found: Coalitions) -> str:
    """How many minimal coalitions there are."""
    said = coalitions(found.number)
    return said if found.exact else told(gettext("at least %(number)s"), number=said)


@register.filter
def members(codes: Sequence[str], most: int = 40) -> SafeString:
    """Codes in a line, so many of them and the others counted; unnamed seats by their numbers together."""
    return _codes(codes, most)


def coalitions(number: int) -> str:
    """So many coalitions, in words; a very large number as about so many."""
    if number < _EXACTLY:
        return ngettext("%(number)s coalition", "%(number)s coalitions", number) % {"number": f"{number:,}"}
    return gettext("about %(number)s coalitions") % {"number": power_of_ten(number)}


def power_of_ten(number: float) -> str:
    """A very large or very small number, by its magnitude: 4.66×10⁻¹⁰."""
    digits, _e, exponent = f"{number:.2e}".partition("e")
    return f"{digits}×10{str(int(exponent)).translate(_RAISED)}"


def _codes(codes: Sequence[str], most: int) -> SafeString:
    seats = sorted(int(code[5:]) for code in codes if code.startswith("seat ") and code[5:].isdecimal())
    named = [code for code in codes if not code.startswith("seat ")]
    words = [_bdi(", ".join(named[:most]))] if named else []
    if len(named) > most:
        more = len(named) - most
        words.append(told(ngettext("%(number)s other", "%(number)s others", more), number=more).shown)
    if len(seats) > 2 and seats == list(range(seats[0], seats[-1] + 1)):
        words.append(told(gettext("seats %(first)s to %(last)s"), first=seats[0], last=seats[-1]).shown)
    elif seats:
        words.append(_bdi(", ".join(f"seat {seat}" for seat in seats)))
    return SafeString(", ".join(words))


def _bdi(codes: str) -> SafeString:
    return format_html('<bdi class="codes"{}>{}</bdi>', english(), codes)


@register.simple_tag(takes_context=True)
def party_name(context: Mapping[str, Any], code: str) -> str:
    """The name of a party, for an attribute."""
    asked: Asked = context["asked"]
    return asked.name(code)


@register.filter
def fine_percent(value: Fraction | str | None) -> SafeString:
    """A part as per cent with two places, or a dash; a small one by its magnitude."""
    if not isinstance(value, Fraction):
        return SafeString('<span class="none">–</span>')
    return format_html("{}", f"{float(value):.2%}" if not value or value >= Fraction(1, 10_000) else power_of_ten(float(value)))


@register.filter
def index(value: Fraction | str | None) -> SafeString:
    """An index from 0 to 1, or a dash."""
    if not isinstance(value, Fraction):
        return SafeString('<span class="none">–</span>')
    return format_html("{}", f"{float(value):.5f}" if not value or value >= Fraction(1, 10_000) else power_of_ten(float(value)))
