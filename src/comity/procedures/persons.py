"""Which nation somebody is: one legal person under several codes, with what is part of it.

Source: how-interoperability-is-told.md, 1.2; how-indicators-are-read.md, 1.2.
"""

from __future__ import annotations

from comity.parties import Register

_PARTS = ("force", "agency", "organ")


def nation_of(register: Register, code: str) -> str:
    """The nation that the party is, or is part of, by the last code of its person; a code that is not on record stands for itself."""
    whole, seen = code, {code}
    while (held := register.parties.get(whole)) is not None and held.kind in _PARTS and held.part_of and held.part_of not in seen:
        whole = held.part_of
        seen.add(whole)
    return register.codes_of(whole, contested=False)[-1]
