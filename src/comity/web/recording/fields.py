"""The fields of the form for one act, and the row that comes of what was filled in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.acts import BASES, LEVELS, Detail, Kind, kinds
from comity.book import COLUMNS
from comity.terms import BadInput
from comity.web.recording.faults import is_labelled

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``type``: text, list (of codes), choice or flag. ``says``: what is wrong with what was filled in."""

    name: str
    title: Words
    value: str = ""
    hint: Words = ""
    type: str = "text"
    choices: tuple[str, ...] = ()
    needed: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together; ``folded``: shown when it is opened."""

    title: Words
    fields: tuple[Field, ...]
    folded: bool = False

    @property
    def opened(self) -> bool:
        return not self.folded or any(field.value or field.says for field in self.fields)


_DAY = _("2024-03-07, or 1998-xx-xx where only a part is known")
_CODES = _("codes, with ; between them")
_DATES = (
    ("made", _("Made"), _DAY),
    ("received", _("Received by the depositary or addressee"), _DAY),
    ("notified", _("The others were told"), _DAY),
    ("effect", _("With effect from"), _("only where the act itself says so")),
)
_WHERE = (
    ("ref", _("Reference"), _("by which people cite it")),
    ("source", _("Source"), _("where the record of this act was found")),
    ("registration", _("Registered as"), _("such as UNTS 33757")),
)
_BESIDE = (
    ("replies_to", _("Answers the act"), _("its reference")),
    ("article", _("Done under article"), ""),
    ("counterparty", _("Towards"), _CODES),
    ("territory", _("For the territory"), _CODES),
    ("depositary", _("Lodged with"), _("a code")),
    ("on_behalf_of", _("On behalf of"), _("a code")),
    ("as_named", _("The name it bore"), _("where that matters")),
)
_LABEL = (
    ("policy", _("Policy"), _("blank for a public act")),
    ("classification", _("Level"), ""),
    ("categories", _("Special categories"), _("with ; between them")),
    ("releasable_to", _("Releasable to"), _CODES),
    ("caveats", _("Caveats"), _("with ; between them")),
    ("originator", _("Originator"), _("a code")),
)
_PARTIES = ("counterparty", "territory", "depositary", "on_behalf_of", "releasable_to", "originator")
_TYPES: Mapping[str, Words] = {
    "day": _("a day: 2024-03-07"),
    "moment": _DAY,
    "number": _("a whole number"),
    "list": _("with , between them"),
    "hash": _("sha256: and 64 hex digits"),
}
NAMES = frozenset(COLUMNS) - {"details", "attachments", "signature", "recorded"}
DETAIL = "d."


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in: the columns by their names, details by ``d.`` and theirs. ``token``: the form's own number."""

    token: str
    values: Mapping[str, str]

    def of(self, name: str) -> str:
        return self.values.get(name, "")

    def with_values(self, **more: str) -> Filled:
        return Filled(self.token, {**self.values, **more})

    @property
    def kind(self) -> Kind:
        found = kinds().get(self.of("kind"))
        if found is None:
            raise BadInput(f"{self.of('kind')[:60]!r} is no kind of act; choose one under Record")
        return found

    def to_row(self, attachments: str = "") -> dict[str, str]:
        """The row of the act; BadInput for a detail that no row can hold."""
        details = [(name.removeprefix(DETAIL), value) for name, value in self.values.items() if name.startswith(DETAIL) and value]
        row = {**dict.fromkeys(COLUMNS, ""), **{name: self.of(name) for name in NAMES}, "attachments": attachments}
        row["details"] = "; ".join(f"{name}={value}" for name, value in details)
        return row if is_labelled(row) else {**row, "nonce": ""}

    def broken_details(self) -> dict[str, str]:
        """Details that would not read as they were filled in."""
        return {
            name: "a detail cannot hold a semicolon; write a comma" for name, value in self.values.items() if name.startswith(DETAIL) and ";" in value
        }

    def to_json(self) -> str:
        return json.dumps(dict(self.values), ensure_ascii=False)


def filled_in(given: Mapping[str, Any], token: str) -> Filled:
    """What a form, or an address, gives."""
    kind = kinds().get(str(given.get("kind", "")).strip())
    wanted = [*sorted(NAMES), *(f"{DETAIL}{name}" for name in (kind.details if kind else ()))]
    values = {name: value for name in wanted if (value := str(given.get(name, "")).strip())}
    return Filled(token, values)


def new_token() -> str:
    """128 random bits: the number of a form."""
    return secrets.token_hex(16)


def from_json(token: str, text: str) -> Filled:
    return filled_in(json.loads(text), token)


def suggested_ref(filled: Filled, taken: Callable[[str], bool]) -> str:
    """A reference that no act on record has: the agreement, who, what, and a number if that is taken."""
    stem = "-".join(part.replace("/", "-") for part in (filled.of("agreement"), filled.of("actor"), filled.of("kind")) if part)
    return next(ref for number in range(1, 10_000) if not taken(ref := stem if number == 1 else f"{stem}-{number}"))


def title_of(name: str) -> str:
    """What the field for this column is called."""
    return next(str(title) for column, title, _hint in (*_DATES, *_WHERE, *_BESIDE, *_LABEL) if column == name)


def sections_of(filled: Filled, faults: Mapping[str, str]) -> list[Section]:
    """The form, as its kind has it."""
    kind = filled.kind
    needs = {*kind.needs, "ref", "source"}

    def some(rows: Iterable[tuple[str, Words, Words]]) -> tuple[Field, ...]:
        return tuple(
            Field(name, title, filled.of(name), hint, "party" if name in _PARTIES else "text", (), name in needs, faults.get(name, ""))
            for name, title, hint in rows
        )

    def choice(name: str, title: Words, choices: tuple[str, ...]) -> Field:
        return Field(name, title, filled.of(name), "", "choice", choices, False, faults.get(name, ""))

    details = tuple(_detail(filled, detail, f"details.{detail.name}" in needs, faults) for detail in kind.details.values())
    beside, needed = some(_BESIDE), some(row for row in _BESIDE if row[0] in needs)
    found = [
        Section(_("When"), some(_DATES)),
        Section(_("What it answers, and whom it is for"), needed),
        Section(_("What this kind of act tells"), details),
        Section(_("Where it is recorded"), (*some(_WHERE), choice("basis", _("How good the source is"), BASES))),
        Section(
            _("More about it"), (*(field for field in beside if field not in needed), choice("level", _("Done at the level of"), LEVELS)), folded=True
        ),
        Section(_("Who may see it"), some(_LABEL), folded=True),
    ]
    return [section for section in found if section.fields]


def _detail(filled: Filled, detail: Detail, needed: bool, faults: Mapping[str, str]) -> Field:
    name = f"{DETAIL}{detail.name}"
    choices = ("yes", "no") if detail.type == "flag" else detail.choices
    says = faults.get(f"details.{detail.name}", "") or faults.get(name, "")
    hint = detail.gloss if detail.type not in _TYPES else f"{detail.gloss} ({_TYPES[detail.type]})"
    return Field(name, detail.name.replace("_", " "), filled.of(name), hint, "choice" if choices else "text", choices, needed, says)
