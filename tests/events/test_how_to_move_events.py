"""What the page on moving events to Spark shows runs: here up to Spark, whose part ``make verify`` compares."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import comity.events
from tests.events.published_events import icews, published

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "move-events-to-spark.md"
READING, HERE, SPARK, BACK = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_reading_and_aggregating_on_one_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    published(tmp_path, "icews", [icews("2018-06-01", "France", "Ruritania", "190"), icews("2018-06-30", "France", "Germany", "190")])
    (tmp_path / "icews.tab").rename(tmp_path / "events.2018.tab")
    (tmp_path / "events").mkdir()
    monkeypatch.chdir(tmp_path)
    held: dict[str, object] = {}
    exec(compile(READING + HERE, str(PAGE), "exec"), held)
    assert "Ruritania" in capsys.readouterr().out
    found = held["pacts"]
    assert isinstance(found, comity.events.Dyads)
    assert found.table.select("party1", "party2", "events", "covered").rows() == [(220, 255, 1, 1.0)]


@pytest.mark.parametrize("code", [SPARK, BACK])
def test_the_names_used_on_spark_are_offered(code: str) -> None:
    asked = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom) and node.module == "comity.events"]
    assert all(alias.name in comity.events.__all__ for node in asked for alias in node.names)
