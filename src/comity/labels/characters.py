"""Characters in a value that a reader does not see, or takes for others.

Source: Unicode Technical Standard 39 (mixed scripts, invisible characters); Unicode Standard Annex 15 (compatibility forms).
"""

from __future__ import annotations

import unicodedata

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")


def odd_characters(text: str) -> str | None:
    """What is odd about the characters of a value, in words; None: nothing."""
    for character in text:
        if _unseen(character):
            return f"the invisible character U+{ord(character):04X}"
    if unicodedata.normalize("NFKC", text) != text:
        return "characters that look like others in their plain form"
    for word in text.split():
        scripts = sorted({script for character in word if (script := _script(character)) is not None})
        if len(scripts) > 1:
            return f"letters of {' and '.join(script.capitalize() for script in scripts)} in one word"
    return None


def _unseen(character: str) -> bool:
    """Format and control characters, unassigned and private ones, and every blank but the plain one."""
    category = unicodedata.category(character)
    return category in ("Cf", "Cc", "Co", "Cn") or (category in ("Zs", "Zl", "Zp") and character != " ")


def _script(character: str) -> str | None:
    name = unicodedata.name(character, "")
    return next((script for script in SCRIPTS if name.startswith(script)), None) if character.isalpha() else None
