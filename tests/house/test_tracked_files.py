"""What is in the repository can be published: no path of a machine, no address of a package registry, no secret, no session."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SELF = Path(__file__).relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[str, ...]:
    """The files git knows or would add; without git, those in the folders of the project."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        found = done.stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        folders = ("src", "tests", "docs", "books", "oracles", "requirements")
        found = [p.relative_to(ROOT).as_posix() for f in folders for p in (ROOT / f).rglob("*") if "__pycache__" not in p.parts]
    return tuple(f for f in found if f and (ROOT / f).is_file())


FORBIDDEN = {
    "a path of a machine": r"(?<![\w.])/(work|home|root|Users|mnt|srv|private)/[\w.]+",
    "an address of a package registry": r"(?i)https?://[\w.:@-]*(pypi|pythonhosted|artifactory|nexus|devpi|npmjs|registry)[\w./-]*",
    "an option that names a registry": r"(?m)^\s*(-i|--(extra-)?index[-]url|--find-links|--trusted-host)\b.*https?:",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for name in tracked():
        if name == SELF:
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", errors="replace")
        found += [f"{name}:{text[: m.start()].count(chr(10)) + 1}: {m[0]}" for m in pattern.finditer(text)]
    assert found == [], what


def test_tracked_files_are_text_with_unix_line_ends() -> None:
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if name.endswith((".py", ".toml", ".csv", ".md", ".json", ".html", ".css", ".svg", ".txt", ".in")):
            content.decode("utf-8")
            assert b"\r\n" not in content, f"{name} has the line ends of another system"
            assert not content or content.endswith(b"\n"), f"{name} does not end with a line end"


def test_nothing_generated_or_thrown_away_is_tracked() -> None:
    assert [n for n in tracked() if re.search(r"(^|/)(__pycache__|scratch|\.venv|\.mypy_cache|\.ruff_cache|\.hypothesis)/|\.pyc$", n)] == []


def test_no_tracked_file_is_huge() -> None:
    assert [n for n in tracked() if (ROOT / n).stat().st_size > 2_000_000] == []
