"""The columns that an effect can be asked of: which there are, which sources they need, which of these the store has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from types import ModuleType

from django.utils.translation import gettext as _

from comity.terms import BadInput
from comity.web.telling import told
from comity.web.world_tables import imported

RECORD, PAIRS, RELEVANT = "standing", "cow-system", ("cow-contiguity", "cow-majors")
"""The family of the record; what pairs are listed by; what says which of them are relevant."""
WORDS = (
    "standing", "defence", "consultation", "non-aggression", "neutrality", "cooperation", "political", "allows_release", "allows_station",
    "allows_supply", "allows_transfer", "allows_train", "allows_overfly",
)  # fmt: skip
"""Words of the record: an agreement is in force between the two, or one that obliges to it or allows it."""
_OF_RECORD = frozenset({"agreements", "agreements_open", "in_force_since", *(word.replace("-", "_") for word in WORDS)})
_FAMILY = re.compile(r"[^:<>=\s]*")


def panels() -> ModuleType:
    """The room of panels, on a machine that has what tables need."""
    try:
        import comity.panels
    except ImportError:
        raise BadInput(_("effects are estimated with more than the core; whoever keeps the server installs comity[research]")) from None
    return comity.panels


def _family(word: str) -> str:
    found = _FAMILY.match(word.strip())
    return found[0] if found is not None else ""


def is_word_of_record(word: str) -> bool:
    """Does this ask the record, and no table of a source?"""
    return _family(word).replace("-", "_") in _OF_RECORD


def refuse_unknown(word: str) -> None:
    """BadInput for what is neither a column of a family nor a word of the record."""
    known = [family.name for family in panels().FAMILIES]
    if _family(word) not in known and not is_word_of_record(word):
        says = _("there is no column %(named)s; write FAMILY:COLUMN of one of these families: %(known)s; or a word of the record: %(words)s")
        raise BadInput(told(says, named=repr(word[:40]), known=", ".join(known), words=", ".join(WORDS)))


def lacking(words: Iterable[str], relevant: bool) -> tuple[str, ...]:
    """The sources that these columns need and that are not in the store."""
    held, of = {source for source, _table, _file in imported()}, {family.name: family.source for family in panels().FAMILIES}
    needed = (PAIRS, *(of[_family(word)] for word in words if _family(word) in of), *(RELEVANT if relevant else ()))
    return tuple(one for one in dict.fromkeys(needed) if one not in held)


@cache
def columns_of_pairs() -> list[tuple[str, str]]:
    """Columns that can be treatment or outcome, and what each means; words of the record last."""
    found = [(f"{f.name}:{c.name}", c.means) for f in panels().FAMILIES if f.of != "state" for c in f.columns]
    return [*found, *((word, "a word of the record") for word in WORDS)]


@cache
def columns_offered() -> list[tuple[str, str]]:
    """Columns that can be held fixed, those of single states among them."""
    return [(f"{f.name}:{c.name}", c.means) for f in panels().FAMILIES for c in f.columns]
