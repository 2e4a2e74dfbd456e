"""What the README shows runs: every command of its console blocks, and its Python."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import comity

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
LONG = ("upcoming", "diff", "findings")
"""These look at every agreement of the bundled book; here they are asked of one of three agreements."""


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith("make ")])
def test_a_command_of_the_readme_runs(command: str, few: Path, request: pytest.FixtureRequest) -> None:
    program, *arguments = shlex.split(command)
    assert program in (".venv/bin/comity", "comity"), f"{command}: only comity and make are set up"
    if arguments[0] in LONG:
        arguments = ["--book", str(few), *arguments]
    else:
        request.getfixturevalue("bundled_once")
    done = comity(*arguments)
    assert (done.code, done.err) == (0, ""), done
    assert done.out.strip()


def test_a_make_target_of_the_readme_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^\$ |`)make ([a-z]+)", README, re.MULTILINE))
    assert {"run", "check"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"


def test_the_python_of_the_readme_runs_as_it_stands(capsys: pytest.CaptureFixture[str], bundled_once: None) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out == "yes 2024-03-07\n"


@pytest.mark.parametrize(
    "page", ["README.md", "docs/architecture.md", *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").rglob("*.md")))]
)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not re.match(r"[a-z]+:", target):
            assert ((ROOT / page).parent / target).exists(), f"{page} links to {target}"
