"""The wheel: an installed Comity has its book, the pages of its rules, the schemas of its answers, its templates, its style and its languages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from comity.web.allocations import EXAMPLE
from comity.web.demo_exercise import DESIGN
from comity.web.rules import RULES
from comity.web.shipped_examples import example_bytes
from comity.web.strategies import EXAMPLES

SHOWN = {DESIGN, *EXAMPLE[1:], *(file for new, old, _ in EXAMPLES.values() for file in (new, old) if file)}
"""The examples that pages show."""
SHOW = """
import os, sys
sys.path.insert(0, sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "comity.web.settings"
import comity
from comity.web import rules
from comity.web.api import describing
assert str(describing.folder()).startswith(sys.argv[1])
assert comity.__file__.startswith(sys.argv[1])
assert str(comity.bundled_book()).startswith(sys.argv[1])
from comity.web.shipped_examples import example_bytes
assert all(map(example_bytes, sys.argv[2:]))
assert all(rules.text_of(rule) for rule in rules.RULES)
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "comity.web.settings"
import django
from django.utils.translation import gettext, override
django.setup()
for language, words in {"fr": "Accords", "es": "Acuerdos", "de": "Übereinkommen", "ar": "الاتفاقات"}.items():
    with override(language):
        assert gettext("Agreements") == words
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A wheel of this repository, which takes less than a second to build."""
    there = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(there)], cwd=root, check=True, capture_output=True)
    return next(there.glob("*.whl"))


def test_the_book_the_rules_and_the_pages_files_are_in_the_wheel(wheel: Path, root: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"comity/docs/rules/{rule}.md" for rule in RULES}
    wanted |= {f"comity/docs/schemas/{path.name}" for path in (root / "docs" / "schemas").glob("*.json")}
    wanted |= {f"comity/examples/{name}" for name in SHOWN}
    for folder in ("books/cases", *(f"src/comity/web/{part}" for part in ("templates", "static", "locale", "data", "documents/texts"))):
        place = f"comity/{folder.removeprefix('src/comity/')}"
        wanted |= {f"{place}/{p.relative_to(root / folder).as_posix()}" for p in (root / folder).rglob("*") if p.is_file()}
    assert sorted(wanted - held) == []


def test_the_examples_of_the_pages_are_those_of_the_repository(wheel: Path, root: Path) -> None:
    held = {name: zipfile.ZipFile(wheel).read(f"comity/examples/{name}") for name in SHOWN}
    assert held == {name: (root / "examples" / name).read_bytes() for name in SHOWN} == {name: example_bytes(name) for name in SHOWN}
    assert len(SHOWN) == 6


def test_an_installed_wheel_shows_the_page_of_every_rule(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    done = subprocess.run([sys.executable, "-c", SHOW, str(tmp_path), *sorted(SHOWN)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
