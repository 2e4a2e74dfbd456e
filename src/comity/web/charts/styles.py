"""The style of a drawing that stands alone: the rules of the pages' style sheet for drawings, in their light form, with every value worked out.

A drawing that was taken elsewhere has no style sheet beside it, and what reads it may know neither variables nor mixed colours.
"""

from __future__ import annotations

import re
from functools import cache

from comity.web.statics import content

BEGIN, END = "/* drawings */", "/* end of drawings */"
_PLAIN = (
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor",
    "paint-order",
)  # fmt: skip
"""What a drawing is drawn with; all else is about its place on a page."""
_FONTS = "system-ui, -apple-system, "
"""Names that only a browser knows."""


@cache
def light() -> dict[str, str]:
    """The colours and fonts of the pages in daylight, by their names."""
    root = re.search(r":root \{(.*?)\n\}", _sheet(), re.DOTALL)
    assert root is not None
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+): ([^;]+);", root[1])}


@cache
def style() -> str:
    """The rules for drawings, ready for a file."""
    told = _sheet().partition(BEGIN)[2].partition(END)[0]
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", told, flags=re.DOTALL))
    return "\n".join(rule for selector, body in rules if ":" not in selector and (rule := _rule(selector.strip(), body)))


def _sheet() -> str:
    return (content("comity.css") or b"").decode()


def _rule(selector: str, body: str) -> str:
    found = [(name.strip(), value.strip()) for name, _, value in (part.partition(":") for part in body.split(";"))]
    kept = [f"{name}: {resolved(value)}" for name, value in found if name in _PLAIN]
    return f"{selector} {{ {'; '.join(kept)} }}" if kept else ""


def resolved(value: str) -> str:
    """A value of the style sheet without variables and mixtures."""
    known = re.sub(r"var\((--[\w-]+)\)", lambda m: light()[m[1]], value).replace(_FONTS, "")
    return re.sub(r"color-mix\(in srgb, (#\w{6}) (\d+)%, (#\w{6}|transparent)\)", lambda m: _mixed(m[1], int(m[2]) / 100, m[3]), known)


def _mixed(one: str, share: float, other: str) -> str:
    mine = _parts(one)
    if other == "transparent":
        return f"rgba({', '.join(str(part) for part in mine)}, {share:g})"
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in zip(mine, _parts(other), strict=True))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
