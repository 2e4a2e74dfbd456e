"""Official wording, read from a folder of texts that is not shipped: the article that a clause cites, as found in Markdown.

A heuristic that prefers to show nothing: headings such as '### Article XXI' are looked for; a citation of an annex, a
protocol or a note is not guessed at. What is found is text to be escaped, never markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MOST_ARTICLES = 6
LONGEST = 7000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.md")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s*)(?:\*{0,2})\s*(article|art\.|artikel)\s+([IVXLC]+|\d{1,4})(?!\d)\s*(bis|ter)?\b[\s.:*]*(.*)$", re.IGNORECASE)
_TOP = re.compile(r"^\s*#{1,4}\s*[^a-z#]{12,}$")
_NUMBER = re.compile(r"(?<!\d)([IVXLC]+|\d{1,4})(?!\d)(?:\s+(bis|ter))?")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Passage:
    """One article's wording: its heading, its paragraphs, the language, the file it was found in."""

    heading: str
    paragraphs: tuple[str, ...]
    language: str
    file: str
    cut: bool = False


def passages(folder: Path | None, files: tuple[str, ...], citation: str) -> list[Passage]:
    """The wording of each article that ``citation`` names, from the first of the files that has it."""
    if folder is None:
        return []
    found = []
    for wanted in articles_of(citation):
        passage = next((p for name in files if (p := _find(folder, name, wanted)) is not None), None)
        if passage is not None:
            found.append(passage)
    return found


def articles_of(citation: str) -> list[str]:
    """The articles a citation names: 'XXI(1)' is 21, '10; 11' is 10 and 11, 'IV to VI' is 4, 5 and 6; 'annex A, II' is none."""
    found: list[str] = []
    for part in re.split(r"[;]", citation):
        plain = re.sub(r"\([^)]*\)", " ", part.partition(" with ")[0])
        plain = plain.partition(", section")[0]
        if re.sub(r"\b(and|to|bis|ter|article|articles)\b|[IVXLC\d,\s–-]", "", plain):
            continue
        numbers = [(m, _value(m[1])) for m in _NUMBER.finditer(plain)]
        for index, (match, value) in enumerate(numbers):
            between = plain[numbers[index - 1][0].end() : match.start()].strip() if index else ""
            if between in ("to", "-", "–") and found and found[-1].isdigit():
                found += [str(n) for n in range(int(found[-1]) + 1, value)]
            found.append(f"{value} {match[2].lower()}" if match[2] else str(value))
    return list(dict.fromkeys(found))[:MOST_ARTICLES]


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    values = [_ROMAN[c] for c in numeral.upper()]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _find(folder: Path, name: str, wanted: str) -> Passage | None:
    if not _NAME.fullmatch(name):
        return None
    found = _articles(folder / name)
    return found.get(("en", wanted)) or found.get(("nl", wanted))


@lru_cache(maxsize=64)
def _articles(path: Path) -> dict[tuple[str, str], Passage]:
    """Every article of one file, by language and number; the first of a number counts."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    found: dict[tuple[str, str], Passage] = {}
    key: tuple[str, str] | None = None
    heading, body = "", list[str]()

    def close() -> None:
        if key is not None and key not in found and any(b.strip() for b in body):
            found[key] = _passage(heading, body, key[0], path.name)

    for line in lines:
        match = _HEADING.match(line)
        if match:
            close()
            key = ("nl" if match[1].lower() == "artikel" else "en", f"{_value(match[2])} {match[3].lower()}" if match[3] else str(_value(match[2])))
            heading, body = line.strip().strip("#* "), []
        elif _TOP.match(line) and any(b.strip() for b in body):
            close()
            key, body = None, []
        else:
            body.append(line)
    close()
    return found


def _passage(heading: str, body: list[str], language: str, name: str) -> Passage:
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:\d+\.|\(?[a-z]\)|\([ivx]+\))\s)", "\n".join(body))
    paragraphs = [re.sub(r"\s+", " ", re.sub(r"^[#\s]+", "", b).replace("*", "")).strip() for b in blocks]
    kept: list[str] = []
    length = 0
    for paragraph in (p for p in paragraphs if p):
        length += len(paragraph)
        if length > LONGEST:
            return Passage(heading, tuple(kept) or (paragraph[:LONGEST],), language, name, True)
        kept.append(paragraph)
    return Passage(heading, tuple(kept), language, name)
