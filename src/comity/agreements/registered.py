"""Under which number, and where in its series of treaties, is an agreement registered; and which registration do a few words mean?

Written in a book as ``UNTS 541 (volume 34, page 243)``, ``UNTS 541``, ``UNTS volume 34, page 243`` or ``UNTS 34 p. 243``; LNTS the same.
Source: Charter of the United Nations, article 102; docs/reference/book-format.md, section "registration".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = r"(?<!\d){}\d{{1,9}}{}(?!\d)"
_NUMBER, _VOLUME_NUMBER, _PAGE_NUMBER = (_DIGITS.format(f"(?P<{name}>", ")") for name in ("number", "volume", "page"))
"""A number of a registration, a volume or a page: what has more digits than that is none, and is not read as a part of one."""
_VOLUME = rf"(?:vol(?:ume)?\.?)\s*{_VOLUME_NUMBER}"
_PAGE = rf"(?:p(?:age)?\.?)\s*{_PAGE_NUMBER}"
_SERIES = r"\b(?P<series>UNTS|LNTS|U\.N\.T\.S\.|L\.N\.T\.S\.)"
_WRITTEN = (
    re.compile(rf"{_SERIES}\s+{_NUMBER}\s*\({_VOLUME}(?:,\s*{_PAGE})?\)", re.IGNORECASE),
    re.compile(rf"{_SERIES},?\s+{_VOLUME}(?:,?\s*{_PAGE})?", re.IGNORECASE),
    re.compile(rf"{_SERIES}\s+{_VOLUME_NUMBER},?\s*{_PAGE}", re.IGNORECASE),
    re.compile(rf"{_SERIES},?\s+(?:(?:reg(?:istration)?\.?\s+)?n(?:[o°º]|r|umber)?\.?\s*)?(?:I{{1,2}}-)?{_NUMBER}\b", re.IGNORECASE),
)
_CITED = re.compile(rf"{_VOLUME_NUMBER}\s*{_SERIES}(?:\s*(?:p\.\s*)?{_PAGE_NUMBER})?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:\b(?:no\.?|nr\.?|num\.?|number)|№|n[°º]\.?|رقم)\s*(?:I{1,2}-)?(?<!\d)(\d{1,9})(?!\d)", re.IGNORECASE)
_BARE = re.compile(r"\bI{1,2}-(\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Registered:
    """``number``: of the registration with the Secretariat; ``volume`` and ``page``: where it is printed; None: not given."""

    series: str
    number: int | None = None
    volume: int | None = None
    page: int | None = None

    @property
    def cited(self) -> str:
        """As lawyers cite it: ``34 UNTS 243``; blank if it is not known where it is printed."""
        return "" if self.volume is None else " ".join(map(str, (self.volume, self.series, *([] if self.page is None else [self.page]))))

    def is_meant_by(self, asked: Registered) -> bool:
        """Is this what was asked for, in all that was given?"""
        if asked.series != self.series:
            return False
        if asked.number is not None:
            return asked.number == self.number
        return asked.volume == self.volume and asked.page in (None, self.page)


def registered(text: str | None) -> Registered | None:
    """What an agreement's ``registration`` says; None if it names neither series."""
    found = next((match for pattern in _WRITTEN if (match := pattern.search(text or ""))), None)
    return None if found is None else _of(found)


def number_of(text: str | None) -> str:
    """The number of a registration with the United Nations; blank if it is not known."""
    found = registered(text)
    return str(found.number) if found is not None and found.number is not None and found.series == "UNTS" else ""


def registrations_in(words: str, bare: bool = True) -> list[Registered]:
    """The registrations that these words name: ``34 UNTS 243``, ``2051 UNTS``, ``UNTS 541``, and (``bare``) ``no. 541``, ``I-541``."""
    found = list[Registered]()
    for pattern in (_CITED, *_WRITTEN):
        found += [_of(written) for written in pattern.finditer(words)]
        words = pattern.sub(" ", words)
    numbers = {int(number[1]) for pattern in (_NUMBERED, _BARE) for number in pattern.finditer(words)} if bare else set[int]()
    return [*dict.fromkeys(found), *(Registered("UNTS", number) for number in sorted(numbers - {one.number for one in found}))]


def _of(found: re.Match[str]) -> Registered:
    given = {name: int(text) for name, text in found.groupdict().items() if name != "series" and text is not None}
    return Registered(found["series"].replace(".", "").upper(), **given)
