"""docs/benchmarks.md section by section: a run that measures one part leaves the others as they stand."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_INTRO = "# Benchmarks\n\n`make bench` writes this page, each part with its machine and day; nothing here is asserted by a test.\n"


def machine() -> str:
    """On what, and when, the figures of a part were measured."""
    kind = platform.processor() or platform.machine()
    return f"{kind}, {os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC).date()}"


def write(sections: dict[str, list[str]], page: Path = PAGE) -> None:
    """Put these sections on the page, under their headings, in the place of those that had them, or at the end."""
    _, *parts = (page.read_text(encoding="utf-8") if page.exists() else "").split("\n## ")
    kept = {part.partition("\n")[0]: part.partition("\n")[2].strip("\n") for part in parts}
    kept |= {heading: "\n".join(lines).strip("\n") for heading, lines in sections.items()}
    page.write_text(_INTRO + "".join(f"\n## {heading}\n\n{text}\n" for heading, text in kept.items()), encoding="utf-8")
