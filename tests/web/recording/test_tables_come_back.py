"""What is taken away as a table comes back as what it was: every row is already on record, whatever the texts of the acts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import comity
from comity import about
from comity.book import COLUMNS, write_rows
from comity.keeping import PartedRecord, add_rows, take_in
from comity.ledger import Ledger, create
from comity.sheets import write_workbook
from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.recording.columns import EXPLAINED
from comity.web.recording.export import table_of, to_csv
from comity.web.recording.ground import Ground
from comity.web.recording.sheets import read_sheet
from comity.web.recording.states import State, state_rows
from comity.web.tables import harmless, meant
from tests.ledger.conftest import BOOK, ORIGIN
from tests.web.recording.conftest import OFFICER, Desk, row, says, text

TODAY = date(2026, 1, 1)
ACTS = len(comity.open(BOOK).record.entries)
NUMBERS = itertools.count()
BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "'", "''", "'=", '"', "\ufeff", " "]
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.builds(lambda first, rest: first + rest, st.sampled_from(BEGINNINGS), st.text("a=',;\t\n\"", max_size=6)),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('back')}/ledger.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, made)
    yield made
    made.close()


def ground_on(ledger: Ledger) -> Ground:
    held = Held(comity.open(ledger.url), today=lambda: TODAY)
    return Ground(OFFICER, held, ledger, ledger.head().size)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=TEXTS, article=TEXTS, as_named=TEXTS, ref=TEXTS)
@example(source="'=1", article="=1", as_named="''", ref="-")
@example(source="a\r\nb", article="\r", as_named="\n", ref="\u2028")
def test_every_act_comes_back_from_csv_and_from_a_workbook(kept: Ledger, source: str, article: str, as_named: str, ref: str) -> None:
    given = row(ref=f"{next(NUMBERS)}{ref}", source=source, article=article, as_named=as_named)
    try:
        add_rows(kept, write_rows([given], every=True), "x", TODAY)
    except (BadInput, ValueError):
        return
    entries = PartedRecord(kept).acts_under("league")[-1:]
    table = table_of(entries)
    contents = [to_csv(table)]
    with suppress(BadInput):  # where no cell can hold a text as it is
        contents.append(write_workbook("acts", table))
    for content in contents:
        (found,) = state_rows(ground_on(kept), read_sheet(content).rows)
        assert found.state is State.THERE, (found.row, found.faults)


@given(st.text())
@example("'")
@example("''=")
def test_an_apostrophe_that_is_put_before_a_text_is_taken_off_again(given: str) -> None:
    assert meant(harmless(given)) == given


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_all_that_is_on_record_comes_back(desk: Desk, wanted: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = desk.get(f"/acts?format={wanted}")
    assert answer.status_code == 200
    assert re.fullmatch(rf'attachment; filename="acts-\d{{4}}-\d\d-\d\d\.{wanted}"', answer["Content-Disposition"])
    brought = desk.post("/record/table", {"table": SimpleUploadedFile("acts", answer.content)})
    page = says(desk.get(brought["Location"]))
    assert "There is nothing to record" in page
    assert f"{ACTS} already on record" in page


@pytest.mark.parametrize("query", ["agreement=league", "party=GAM", "kind=denounce&agreement=alf-bet", "as=public"])
def test_a_part_of_what_is_on_record_is_taken_away(desk: Desk, query: str) -> None:
    rows = read_sheet(desk.get(f"/acts?{query}&format=csv").content).rows
    assert 0 < len(rows) < ACTS
    assert query != "as=public" or all(not one["policy"] for one in rows)


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_an_empty_table_has_every_column_with_a_line_that_explains_it(desk: Desk, wanted: str) -> None:
    answer = desk.get(f"/record/empty?format={wanted}")
    assert set(EXPLAINED) == set(COLUMNS)
    with pytest.raises(BadInput, match="tells no act"):
        read_sheet(answer.content)
    if wanted == "csv":
        filled = answer.content.decode() + "t1,denounce,ALF,league,,2025-02-01,,,,,,,,,,,,,s,,,,,,,,,,,\r\n"
        assert [one["ref"] for one in read_sheet(filled.encode()).rows] == ["t1"]


def test_a_format_that_there_is_not_is_refused(desk: Desk) -> None:
    for path in ("/record/empty?format=pdf", "/acts?format=pdf", "/acts?kind=nothing", "/acts?agreement=none"):
        assert desk.get(path).status_code in (400, 404)
    assert "/acts?format=csv" in text(desk.get("/acts"))
