"""The examples that the pages show: the repository's own, which a wheel takes along (pyproject.toml)."""

from __future__ import annotations

from pathlib import Path

import comity


def example_bytes(name: str) -> bytes:
    """The file of an example: in the package, else in the repository that it runs from."""
    package = Path(comity.__file__).parent
    return next(file for file in (package / "examples" / name, package.parents[1] / "examples" / name) if file.is_file()).read_bytes()
