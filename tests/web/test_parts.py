"""The small parts: citations of articles, Markdown, drawing, and the one door that answers pass."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import comity.web
from comity.agreements.allowances import Equivalence, Safeguarded
from comity.standing import Change, CoveredChange
from comity.terms import Verdict
from comity.web.clauses import Cell, details_of, levels_table
from comity.web.drawing import Bar, Row, bars_of, timeline
from comity.web.markdown import to_html
from comity.web.tags import freshness
from comity.web.texts import articles_of, passages

ASKS = {"in_force", "bound", "between", "agreements_between", "timeline", "upcoming", "findings"}


@pytest.mark.parametrize(
    ("citation", "articles"),
    [
        ("XXI(1)", ["21"]),
        ("10; 11", ["10", "11"]),
        ("IV to VI", ["4", "5", "6"]),
        ("13-17", ["13", "14", "15", "16", "17"]),
        ("III bis", ["3 bis"]),
        ("1, 10 to 22", ["1", "10", "11", "12", "13", "14"]),
        ("16(1) with SOFA XX", ["16"]),
        ("VI, section I, 4", ["6"]),
        ("annex A, II", []),
        ("-", []),
        ("paragraph 2", []),
        ("Treaty, 29", []),
        ("XVII(1), (3) to (5)", ["17"]),
        ("XIV(1) and (2)", ["14"]),
        ("not read", []),
        ("", []),
    ],
)
def test_a_citation_names_articles_or_none(citation: str, articles: list[str]) -> None:
    assert articles_of(citation) == articles


def test_the_wording_of_an_article_is_found_in_its_language(tmp_path: Path) -> None:
    dutch = "###Artikel 1\n\nNederlands\n\n###Artikel 2\n\nTwee\n\n"
    english = "### Article I \n\n####General\n\n1. One\n2. Two\n\n### Article II\n\nX\n"
    (tmp_path / "t.md").write_text(f"## Verdrag\n\n{dutch}{english}")
    (first,) = passages(tmp_path, ("t.md",), "I(2)")
    assert (first.language, first.paragraphs) == ("en", ("General", "1. One", "2. Two"))
    assert passages(tmp_path, ("missing.md", "../t.md", "/etc/passwd"), "1") == []
    assert passages(tmp_path, ("t.md",), "9") == []
    assert passages(None, ("t.md",), "1") == []


def test_markdown_keeps_text_text() -> None:
    spans = "some *stress*, **more**, `a<b` and [x](javascript:alert(1)) [y](https://e.org/?a=1&b=2)"
    page = to_html(f"# A <b>\n\n{spans}\n\n- one\n- two\n\n```\n<x>\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h1>A &lt;b&gt;</h1>" in page
    assert "<em>stress</em>" in page
    assert "<strong>more</strong>" in page
    assert "<code>a&lt;b</code>" in page
    assert 'href="https://e.org/?a=1&amp;b=2"' in page
    assert 'href="javascript' not in page
    assert "<li>one</li><li>two</li>" in page
    assert "&lt;x&gt;" in page
    assert "<td>2</td>" in page


def test_markdown_links_rules_to_their_pages() -> None:
    assert 'href="/rules/consent?on=2020-01-01"' in to_html("see [that](consent.md)", {"consent"}, {"on": "2020-01-01"})


def test_a_drawing_has_a_bar_for_each_period_and_its_text() -> None:
    bars = (Bar(date(1950, 1, 1), date(1960, 1, 1), "party", "party, 1950 to 1960"), Bar(date(1970, 1, 1), None, "contested", "contested"))
    drawn = timeline([Row("<A>", "/parties/A", bars)], "T", date(2020, 1, 1), date(2020, 1, 1), "twin")
    assert drawn.count('class="bar ') == 2
    assert "&lt;A&gt;" in drawn
    assert "party, 1950 to 1960" in drawn
    assert 'aria-details="twin"' in drawn
    assert timeline([], "T", date(2020, 1, 1), date(2020, 1, 1), "twin") == ""


def covered(incomplete_from: date | None, beyond: Verdict | None, reach: date | None = date(1999, 12, 31)) -> CoveredChange:
    return CoveredChange(Change(date(1990, 1, 1), "A", Verdict.NO, "signatory", ()), date(2010, 1, 1), reach, incomplete_from, beyond)


def test_a_bar_is_paler_from_the_day_on_which_the_record_is_not_complete() -> None:
    whole, after = bars_of([covered(date(2000, 1, 1), Verdict.NO)])
    assert (whole.start, whole.end, whole.presumed) == (date(1990, 1, 1), date(2000, 1, 1), False)
    assert (after.start, after.end, after.look, after.presumed) == (date(2000, 1, 1), date(2010, 1, 1), "signatory", True)
    assert "presumed from 2000-01-01, since the record is complete to 1999-12-31 only" in after.says
    drawn = timeline([Row("A", "/parties/A", (whole, after))], "T", date(2020, 1, 1), date(2020, 1, 1), "twin")
    assert drawn.count(" presumed") >= 1
    assert drawn.count('class="bar b-signatory presumed"') == 1


def test_a_standing_that_is_complete_or_never_covered_is_one_bar() -> None:
    assert [b.presumed for b in bars_of([covered(None, None)])] == [False]
    (unknown,) = bars_of([covered(date(1990, 1, 1), Verdict.UNKNOWN, None)])
    assert (unknown.look, unknown.presumed) == ("unknown", True)
    assert "not covered by the record" in unknown.says


def test_where_the_record_ends_does_not_stretch_a_drawing() -> None:
    bars = (Bar(date(1950, 1, 1), date(9999, 12, 31), "party", "a"), Bar(date(9999, 12, 31), None, "party", "b", True))
    assert "2030" not in timeline([Row("A", "/", bars)], "T", date(2020, 1, 1), date(2020, 1, 1), "twin")


def test_freshness_is_of_the_day_asked_about() -> None:
    assert freshness(date(2020, 1, 1), date(2020, 3, 1))[0] == "new"
    assert freshness(date(2020, 1, 1), date(2024, 3, 1))[0] == "old"
    assert freshness(None, date(2024, 3, 1))[0] == "none"


def test_every_answer_passes_the_one_door() -> None:
    """Nobody in this room asks standing a question without handing the answer to ``show``."""
    found = []
    for path in sorted(Path(comity.web.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        asks = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in ASKS]
        found += [f"{path.name}:{n.lineno}" for n in asks if _is_standing(n) and not _shown(n, parents)]
    assert found == []


def _is_standing(call: ast.Call) -> bool:
    asked = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(asked, ast.Name) and asked.id in ("s", "standing")


def _shown(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    up: ast.AST | None = node
    while up is not None and not isinstance(up, ast.stmt):
        shows = up if isinstance(up, ast.Call) else up.elt if isinstance(up, ast.ListComp | ast.GeneratorExp) else None
        if isinstance(shows, ast.Call) and isinstance(shows.func, ast.Name) and shows.func.id == "show":
            return True
        up = parents.get(up)
    return False


def test_an_equivalence_of_levels_is_drawn_as_a_table() -> None:
    clause = Equivalence(
        kind="equivalence",
        article="2",
        says="Some levels have an equal.",
        rows=({"NLD": "GEHEIM", "SWE": "HEMLIG"}, {"NLD": "ZEER GEHEIM", "SWE": "HEMLIG AV SYNNERLIG BETYDELSE"}),
        safeguarded=(
            Safeguarded(policy="NLD", level="DIENSTGEHEIM", by="SWE", as_="HEMLIG"),
            Safeguarded(policy="DEU", level="VS-NfD", by="NLD", under="NATO", as_="NATO RESTRICTED"),
        ),
    )
    found = levels_table(clause)
    assert found is not None
    policies, rows = found
    assert policies == ["NLD", "SWE", "DEU"]
    assert rows == [
        [Cell("GEHEIM"), Cell("HEMLIG"), Cell()],
        [Cell("ZEER GEHEIM"), Cell("HEMLIG AV SYNNERLIG BETYDELSE"), Cell()],
        [Cell("DIENSTGEHEIM"), Cell("HEMLIG", True), Cell()],
        [Cell("NATO RESTRICTED", True, "NATO"), Cell(), Cell("VS-NfD")],
    ]
    assert details_of(clause) == []
