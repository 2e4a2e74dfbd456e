"""Every notebook of docs/notebooks runs from its first cell to its last, and prints the figures that are written here; outputs are not kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.panels.shelves import filled, needs_data

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
TABLES = ("cow-mids", "gml-mids")
PRINTED = {
    "a-small-states-programme": ("rules broken: 0", "('behind', 2), ('not met', 1), ('on course', 2), ('unknown', 3)", "0 rules broken"),
    "admm-plus": ("19 states", "12 meetings on record", "171 without a meeting on record; 171 that may have met", "19 of 19"),
    "nato-since-1949": (
        "32 members; the last: 2024-03-07 SWE", "(1949, 12), (1952, 14), (1982, 16)",
        "55 disputes in 9,977 pair-years: 0.55 for each 100 (0.42 to 0.72)", "0.81 (0.44 to 1.47)", "43 quiet spells, 29 ended by another dispute",
    ),
    "us-uk-training": ("429 exercises in 31 years that are covered; 20 years not known", "1985 7", "0 disputes in 45 years; up to 8.2"),
}  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore")


def whole(name: str) -> Any:
    """The notebook of that name."""
    reader: Any = nbformat
    return reader.read(FOLDER / f"{name}.ipynb", as_version=4)


def printed(name: str) -> str:
    """What its cells print, run in a process of their own."""
    notebook = whole(name)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}).execute()
    return "".join(out["text"] for cell in notebook.cells for out in cell.get("outputs", ()) if out["output_type"] == "stream")


@pytest.mark.parametrize("name", ["a-small-states-programme", "admm-plus"])
def test_a_notebook_of_the_record_runs_and_prints_its_figures(name: str) -> None:
    told = printed(name)
    assert [one for one in PRINTED[name] if one not in told] == []


@needs_data
@pytest.mark.parametrize(("name", "tables"), [("nato-since-1949", TABLES), ("us-uk-training", (*TABLES, "mme"))])
def test_a_notebook_of_tables_runs_and_prints_its_figures(
    name: str, tables: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, *tables)
    monkeypatch.setenv("COMITY_SOURCES", str(tmp_path))
    told = printed(name)
    assert [one for one in PRINTED[name] if one not in told] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_whole_keeps_no_output_ends_with_what_it_cannot_say_and_is_listed(name: str) -> None:
    notebook = whole(name)
    nbformat.validate(notebook)
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    assert "## What this cannot say" in notebook.cells[-1].source
    assert f"[{name}.ipynb]({name}.ipynb)" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert name in PRINTED
