"""A standing that looks at some agreements only, so that one question does not wait until the whole book is derived."""

from __future__ import annotations

from collections.abc import Sequence

from comity.standing import Standing


class Narrowed(Standing):
    """The same standing over these agreements alone; what was derived is shared with the one that it narrows."""

    def __init__(self, standing: Standing, agreements: Sequence[str]) -> None:
        vars(self).update(vars(standing))
        self._agreements = agreements

    def known_agreements(self) -> list[str]:
        return list(self._agreements)
