"""The question who is obliged when a state is attacked."""

from __future__ import annotations

from comity.questions.asking import Question
from comity.questions.showing import show
from comity.questions.words import read_names
from comity.responses import Attack, Nature, Response, obliged, response_to_plain
from comity.standing import Standing
from comity.terms import BadInput

NATURES = ("non-state", "cyber")
_PROVOKED = {None: None, "yes": True, "no": False}


def _obliged(
    standing: Standing, *, attacked: str, by: str | None = None, place: str | None = None, provoked: str | None = None, agreement: str | None = None
) -> Response:  # fmt: skip
    if provoked not in _PROVOKED:
        raise BadInput(f"--provoked {provoked!r}; write yes or no, or leave it out where it is not known")
    return show(obliged(standing, attack_asked(attacked, by, place, _PROVOKED[provoked]), agreement), standing.viewer)


def attack_asked(attacked: str, by: str | None, place: str | None, provoked: bool | None) -> Attack:
    """The attack, out of its words: ``by`` states by their codes, or *non-state* or *cyber*, commas between."""
    words = sorted(read_names(by))
    natures = [word for word in words if word in NATURES]
    if len(natures) > 1:
        raise BadInput("--by non-state,cyber; name one of the two: which obligations cover it is asked one by one")
    states = tuple(word for word in words if word not in NATURES)
    nature: Nature = "armed" if not natures else "cyber" if natures == ["cyber"] else "non-state"
    return Attack(attacked=attacked, by=states, nature=nature, places=tuple(sorted(read_names(place))), provoked=provoked)


OBLIGED = Question("obliged", _obliged, response_to_plain)
