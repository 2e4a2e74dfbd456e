"""A document brought with a form: its text stands beside it, what it names is offered, and only what is taken is filled in."""

from __future__ import annotations

import io

import pytest

from comity.ledger import Ledger
from comity.web.following import Served
from comity.web.readers import Reader, Role
from comity.web.recording import waiting
from comity.web.recording.hints import days_in
from tests.web.papers import digest, pdf_of
from tests.web.recording.conftest import Desk, acts, says, text

FORM = "/record/act?agreement=league&actor=ALF&kind=ratify"
NOTE = pdf_of(["Instrument of ratification\nDone on 23 March 2023", "Deposited le 4 avril 2023, 34 UNTS 243,\nby Bravo and Bravo and Charlie"])


def brought(desk: Desk, content: bytes = NOTE, **given: str) -> tuple[dict[str, str], str]:
    """The form that comes back once a document was brought, and the page."""
    form = desk.form(FORM, **given)
    page = text(desk.post("/record/act", {**form, "document": io.BytesIO(content)}))
    return form, page


def test_its_text_stands_beside_the_form_and_nothing_is_filled_in(desk: Desk) -> None:
    _, page = brought(desk)
    assert "Done on 23 March 2023" in page
    assert 'value="made=2023-03-23"' in page
    assert 'value="received=2023-04-04"' in page
    assert "“4 avril 2023”" in page
    assert 'value="registration=UNTS volume 34, page 243"' in page
    assert 'id="f-made" name="made" value=""' in page


def test_parties_on_record_are_offered_the_most_often_named_first(desk: Desk) -> None:
    names = [party.names[-1].name for party in desk.served.now().opened.book.record.register.parties.values()]
    own = next(p.names[-1].name for p in desk.served.now().opened.book.record.register.parties.values() if p.code == "ALF")
    first, second = [name for name in names if len(name) > 3 and name != own][:2]
    _, page = brought(desk, pdf_of([f"{second} and {first}, {first}; {own}, {own}, {own}"]))
    offered = page[page.index('class="takes"') :]
    assert offered.index(f">{first}</b>") < offered.index(f">{second}</b>")
    assert f">{own}</b>" not in offered


def test_what_is_taken_goes_into_its_field_and_the_document_stays(desk: Desk, ledger: Ledger) -> None:
    form, _ = brought(desk, source="UN")
    page = text(desk.post("/record/act", {**form, "take": "made=2023-03-23"}))
    assert 'id="f-made" name="made" value="2023-03-23"' in page
    assert "Done on 23 March 2023" in page
    done = desk.post("/record/act", {**form, "made": "2023-03-23", "do": "record"})
    assert done.status_code == 302
    assert acts(ledger, form["ref"])
    assert f"/documents/{digest(NOTE)}" in text(desk.get(done["Location"]))
    assert desk.get(f"/documents/{digest(NOTE)}/content").content == NOTE


def test_lists_grow_by_what_is_taken_once(desk: Desk) -> None:
    form, _ = brought(desk, counterparty="BRA")
    for _ in range(2):
        page = text(desk.post("/record/act", {**form, "counterparty": "BRA; CHA", "take": "counterparty=CHA"}))
        assert 'value="BRA; CHA"' in page
    assert 'value="BRA; CHA"' in text(desk.post("/record/act", {**form, "take": "counterparty=CHA"}))


def test_nothing_is_taken_into_another_field(desk: Desk) -> None:
    form, _ = brought(desk)
    assert desk.post("/record/act", {**form, "take": "actor=BRA"}).status_code == 400
    assert desk.post("/record/act", {**form, "take": "nonce=00"}).status_code == 400


def test_it_can_be_left_out_again(desk: Desk) -> None:
    form, _ = brought(desk)
    page = text(desk.post("/record/act", {**form, "do": "leave-out"}))
    assert "Done on 23 March 2023" not in page
    done = desk.post("/record/act", {**form, "made": "2023-03-23", "source": "UN", "do": "record"})
    assert "/documents/" not in text(desk.get(done["Location"])).partition("<main")[2]


def test_it_waits_for_who_brought_it_alone(desk: Desk, served: Served) -> None:
    form, _ = brought(desk)
    other = Desk(served, Reader("ben", roles=frozenset({Role.DESK_OFFICER})))
    assert "Done on 23 March 2023" not in text(other.post("/record/act", {**form}))
    assert desk.get(f"/documents/{digest(NOTE)}").status_code == 404
    assert "23 March" not in says(desk.get("/search?q=ratification+march"))


def test_only_a_few_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 1)
    first, _ = brought(desk)
    second, _ = brought(desk)
    assert "Done on 23 March 2023" not in text(desk.post("/record/act", first))
    assert "Done on 23 March 2023" in text(desk.post("/record/act", second))


def test_a_damaged_document_says_so_beside_the_form(desk: Desk) -> None:
    _, page = brought(desk, NOTE[:200])
    assert "It is damaged" in page
    assert "Found in its text" not in page


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Done at Helsinki on 23 March 2023", "2023-03-23"),
        ("le 1er avril 2023", "2023-04-01"),
        ("el 4 de abril de 2023", "2023-04-04"),
        ("am 4. April 2023", "2023-04-04"),
        ("am 9. Jänner 1950", "1950-01-09"),
        ("vom 04.05.2023", "2023-05-04"),
        ("March 7, 2024", "2024-03-07"),
        ("the 4th day of April, 1949", "1949-04-04"),
        ("في ٤ أبريل ٢٠٢٣", "2023-04-04"),
        ("٢٥ كانون الأول ١٩٩١", "1991-12-25"),
        ("12 AOÛT 1949", "1949-08-12"),
        ("25/12/2020", "2020-12-25"),
        ("2024-03-07", "2024-03-07"),
    ],
)
def test_days_are_found_as_they_are_written_in_five_languages(written: str, day: str) -> None:
    assert [hint.value for hint in days_in([written])] == [day]


@pytest.mark.parametrize(
    "written", ["05/06/2020", "30 February 2020", "31 June 2020", "version 1.2.2020.4", "4 April 20231", "1234-56-78", "3202-04-04"]
)
def test_what_is_no_day_or_may_be_two_is_not_offered(written: str) -> None:
    assert days_in([written]) == []


def test_digits_that_may_stand_the_wrong_way_round_are_not_offered() -> None:
    assert days_in(["في ٤ أبريل ٢٠٢٣"], in_order=False) == []
    assert [hint.value for hint in days_in(["4 أبريل 2023"], in_order=False)] == ["2023-04-04"]
