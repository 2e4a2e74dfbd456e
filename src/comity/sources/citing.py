"""How to cite a source: a line for people, an entry for BibTeX."""

from __future__ import annotations

import re
import unicodedata

from comity.sources.records import Citation, Source

ENTRIES = {"article": "article", "book": "book", "chapter": "incollection", "data": "misc", "manual": "manual"}


def as_text(citation: Citation) -> str:
    """The citation as one line: authors, year, title, where it appeared, digital object identifier or address."""
    *before, last = citation.author
    authors = f"{'; '.join(before)}; {last}" if before else last
    issue = f"{citation.volume}({citation.number})" if citation.number else citation.volume
    journal = " ".join(part for part in (citation.journal, issue) if part)
    placed = f"{journal}: {citation.pages}" if journal and citation.pages else journal
    parts = [f"{authors} ({citation.year})", citation.title, placed, citation.publisher]
    told = ". ".join(part.rstrip(".") for part in parts if part) + "."
    found = f"doi:{citation.doi}" if citation.doi else citation.address
    return f"{told} {found}" if found else told


def as_bibtex(source: Source) -> str:
    """Every citation of the source as an entry of BibTeX, its version in a note, with keys that are the source's own."""
    return "\n".join(_entry(source, number, one) for number, one in enumerate(source.citations))


def _entry(source: Source, number: int, citation: Citation) -> str:
    family = citation.author[0].partition(",")[0]
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    key = f"{re.sub(r'[^a-z]', '', plain.lower())}{citation.year}{source.id.replace('-', '')}{number + 1 if number else ''}"
    where = "booktitle" if citation.kind == "chapter" else "journal"
    fields = {
        "author": " and ".join(a if "," in a else f"{{{a}}}" for a in citation.author),
        "title": f"{{{citation.title}}}",
        "year": str(citation.year),
        where: citation.journal,
        "volume": citation.volume,
        "number": citation.number,
        "pages": citation.pages.replace("-", "--"),
        "publisher": citation.publisher,
        "doi": citation.doi,
        "url": citation.address,
        "note": f"{source.title}, version {source.version}",
    }
    told = "".join(f"  {name} = {{{_escaped(text, name)}}},\n" for name, text in fields.items() if text)
    return f"@{ENTRIES[citation.kind]}{{{key},\n{told}}}\n"


def _escaped(text: str, name: str) -> str:
    return text if name in ("doi", "url") else re.sub(r"([&%$#_])", r"\\\1", text)
