"""Pictures that commands write: as .svg or .png, one line of what is wrong where that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from comity.terms import BadInput

if TYPE_CHECKING:
    import altair as alt


def check_ending(output: Path | None) -> None:
    """BadInput for a name that ends in neither; asked before anything is worked out."""
    if output is not None and output.suffix not in (".svg", ".png"):
        raise BadInput(f"{output.name!r}: a picture is written as .svg or .png")


def write_picture(output: Path, picture: alt.TopLevelMixin) -> None:
    """The picture in a file, as the ending of its name says."""
    from comity.networks import to_png, to_svg

    try:
        output.write_bytes(to_png(picture, "white") if output.suffix == ".png" else to_svg(picture).encode())
    except OSError as problem:
        raise BadInput(f"{str(output)!r} cannot be written ({problem.strerror or 'no such folder'}); choose another place, or make room") from None
