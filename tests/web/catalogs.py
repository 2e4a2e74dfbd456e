"""``python -m tests.web.catalogs``: the catalogs of the pages' words, one a language, from what the source says.

It reads every module and template of the web, and writes each language's ``django.po`` anew: what is new has no translation yet, what is no
longer said is dropped. With ``--compile`` it makes each ``django.mo`` from its ``django.po``. Both are written the same each time: no dates,
no lines of the source, in order of the messages.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import comity.web

WEB = Path(comity.web.__file__).parent
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);",
}
"""Each language, and which of its forms goes with which number."""
CALLS = {
    "_": (1,), "gettext": (1,), "gettext_lazy": (1,), "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "_of": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
_STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")


class Said(NamedTuple):
    """A message of the source: its context (None: it has none), itself, and of more than one thing (blank: it counts nothing)."""

    context: str | None
    one: str
    many: str = ""


class _Plain(Catalog):
    """A catalog whose head says the language and its plural forms, and nothing that changes from one writing to the next."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        language = self.locale_identifier or ""
        return [
            ("Language", language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", PLURALS[language]),
        ]

    @mime_headers.setter
    def mime_headers(self, _: object) -> None:
        """What a file's head says is known already."""

    @property
    def num_plurals(self) -> int:
        return forms_of(self.locale_identifier or "")


@cache
def messages() -> tuple[Said, ...]:
    """Every message of the source, once."""
    found = {said for path in sorted(WEB.rglob("*.py")) for said in of_module(path)}
    templates = (*WEB.rglob("*.html"), *WEB.rglob("templates/**/*.txt"))
    found |= {said for path in sorted(templates) for said in of_template(path.read_text(encoding="utf-8"))}
    return tuple(sorted(found, key=lambda said: (said.one, said.context or "", said.many)))


def of_module(path: Path) -> Iterator[Said]:
    """The messages of a module."""
    with path.open("rb") as file:
        found: Any = extract_python(file, CALLS, (), {})
        for _, call, said, _ in found:
            yield _said(call, said if isinstance(said, tuple) else (said,))


def of_template(text: str) -> Iterator[Said]:
    """The messages of a template, which Django turns into calls; nothing else of it is left to be read."""
    for call, given in _CALL.findall(templatize(text)):
        yield _said(call, ast.literal_eval(f"({given},)"))


def _said(call: str, given: tuple[str | None, ...]) -> Said:
    wanted = [word for word in given if word is not None]
    if call in ("pgettext", "pgettext_lazy", "_of", "npgettext"):
        return Said(*wanted)
    return Said(None, *wanted)


def forms_of(language: str) -> int:
    """How many forms a language has for numbers of things."""
    found = re.match(r"nplurals=(\d)", PLURALS[language])
    assert found is not None
    return int(found[1])


def place(language: str, kind: str) -> Path:
    """The file of a language: po or mo."""
    return WEB / "locale" / language / "LC_MESSAGES" / f"django.{kind}"


def read(language: str) -> Catalog:
    """A language's catalog as it is in the repository; empty if it has none yet."""
    path = place(language, "po")
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.is_file() else _Plain(language)


def updated(language: str) -> Catalog:
    """A language's catalog with the messages of the source, and the translations that it has of them."""
    held, wanted = read(language), _Plain(language, header_comment="")
    wanted.fuzzy = False
    for said in messages():
        old: Message | None = held.get(said.one, said.context)
        string = old.string if old is not None and isinstance(old.string, str) is not bool(said.many) else None
        wanted.add((said.one, said.many) if said.many else said.one, string, context=said.context)
    return wanted


def written(catalog: Catalog) -> bytes:
    """The catalog as a po file."""
    out = BytesIO()
    write_po(out, catalog, width=0, no_location=True, sort_output=True, omit_header=False)
    return out.getvalue().lstrip()


def compiled(language: str) -> bytes:
    """What a language's po file compiles to."""
    plain = _Plain(language)
    for message in read(language):
        if message.id:
            plain.add(message.id, message.string, context=message.context)
    plain.fuzzy, out = False, BytesIO()
    write_mo(out, plain)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Update each catalog, or compile it."""
    django.setup()
    for language in PLURALS:
        path = place(language, "mo" if "--compile" in arguments else "po")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(compiled(language) if "--compile" in arguments else written(updated(language)))
    return 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.web.settings")
    sys.exit(main(sys.argv[1:]))
