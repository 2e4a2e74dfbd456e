"""One act, from what can come next to its page in the log: previewed, recorded once, never half-done."""

from __future__ import annotations

import threading

import pytest

from comity.ledger import Ledger
from comity.web.following import Served
from comity.web.readers import Reader, Role
from tests.web.recording.conftest import OFFICER, Desk, acts, append, says, text

FORM = "/record/act?agreement=league&actor=ALF&kind=denounce"


def test_what_can_come_next_is_offered_with_the_clause_that_provides_for_it(desk: Desk) -> None:
    page = text(desk.get("/record?agreement=league&party=ALF"))
    assert "/record/act?agreement=league&actor=ALF&kind=denounce" in page
    assert "/agreements/league/clauses/" in page


def test_the_menu_leads_there(desk: Desk) -> None:
    assert '<a href="/record"' in text(desk.get("/acts"))


def test_a_preview_says_what_would_change_and_records_nothing(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    page = says(desk.post("/record/act", desk.form(FORM, made="2025-01-01", source="UN", do="preview")))
    assert "What it would change today" in page or "Changes that it would bring" in page
    assert "league-ALF-denounce" in page
    assert "sha256:" in page
    assert ledger.head().size == size


def test_the_preview_while_one_types_is_kept_as_a_draft(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, made="2025-13-01")
    part = desk.post("/record/act", given, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert "<html" not in text(part)
    assert "Kept as a draft." in text(part)
    assert "made" in text(part)
    drafts = text(desk.get("/record"))
    assert f"/record/act?draft={given['token']}" in drafts
    assert "gone when the server stops" in drafts
    again = desk.form(f"/record/act?draft={given['token']}")
    assert (again["made"], again["token"]) == ("2025-13-01", given["token"])
    assert desk.post(f"/record/drop/{given['token']}", {}).status_code == 302
    assert given["token"] not in text(desk.get("/record"))
    assert acts(ledger, given["ref"]) == []


def test_a_draft_is_for_who_began_it_alone(desk: Desk, served: Served) -> None:
    given = desk.form(FORM)
    desk.post("/record/act", given, headers={"HX-Request": "true"})
    other = Desk(served, Reader("ben", roles=frozenset({Role.DESK_OFFICER})))
    assert given["token"] not in text(other.get("/record"))
    assert other.get(f"/record/act?draft={given['token']}").status_code == 404


def test_recording_leads_to_the_acts_page_with_its_hash_and_place_in_the_log(desk: Desk, ledger: Ledger) -> None:
    done = desk.post("/record/act", desk.form(FORM, made="2025-01-01", source="UN", do="record"))
    assert (done.status_code, done["Location"]) == (302, "/acts/league-ALF-denounce")
    page = says(desk.get(done["Location"]))
    (act,) = acts(ledger, "league-ALF-denounce")
    assert act in page
    assert f"item {ledger.seq_of(act)}" in page
    assert "2026-01-01" in page


def test_the_same_form_sent_twice_records_once(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, made="2025-01-01", source="UN", do="record")
    first, second = desk.post("/record/act", given), desk.post("/record/act", {**given, "ref": "another", "made": "2025-02-02"})
    assert first["Location"] == second["Location"]
    assert acts(ledger, "another") == []
    assert len(acts(ledger, "league-ALF-denounce")) == 1


def test_an_act_that_is_not_public_sent_twice_records_once(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, made="2025-01-01", source="UN", do="record", policy="LEA", classification="LEAGUE DEEP", originator="ALF")
    for _ in range(2):
        assert desk.post("/record/act", given).status_code == 302
    assert len(acts(ledger, "league-ALF-denounce")) == 1


def test_the_same_form_sent_by_many_at_once_records_once(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, source="UN", do="record")
    found: list[str] = []

    def send(number: int) -> None:
        found.append(desk.post("/record/act", {**given, "made": f"2025-01-0{number}"})["Location"])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["/acts/league-ALF-denounce"] * 6
    assert len(acts(ledger, "league-ALF-denounce")) == 1


def test_what_is_wrong_stands_beside_its_field_and_in_the_summary(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    wrong = {"made": "yesterday", "counterparty": "ALFA", "do": "record", "source": ""}
    page = text(answer := desk.post("/record/act", desk.form(FORM, **wrong)))
    assert answer.status_code == 400
    for name in ("made", "counterparty", "source"):
        assert f'<a href="#f-{name}">' in page
        assert f'id="f-{name}"' in page
    assert page.count('aria-invalid="true"') == 3
    assert "did you mean" in page
    assert 'value="yesterday"' in page
    assert ledger.head().size == size


def test_a_reference_that_is_taken_is_refused(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(FORM, made="2025-01-01", source="UN", do="record")
    append(ledger, ref=given["ref"], made="2024-04-04")
    page = desk.post("/record/act", given)
    assert page.status_code == 400
    assert "on record already" in says(page)
    assert len(acts(ledger, given["ref"])) == 1
    assert desk.form(FORM)["ref"] == "league-ALF-denounce-2"


def test_the_details_of_a_kind_have_fields(desk: Desk, ledger: Ledger) -> None:
    page = text(desk.get("/record/act?agreement=vienna&actor=ALF&kind=plan"))
    assert 'name="d.troops"' in page
    given = desk.form("/record/act?agreement=league&actor=ALF&kind=sign", made="2025-01-01", source="UN", do="record")
    bad = desk.post("/record/act", {**given, "d.definitive": "perhaps"})
    assert "write yes or no" in says(bad)
    assert 'href="#f-d.definitive"' in text(bad)
    assert desk.post("/record/act", {**given, "d.subject_to": "a; b"}).status_code == 400
    assert desk.post("/record/act", {**given, "d.definitive": "yes"}).status_code == 302
    assert "definitive" in says(desk.get("/acts/league-ALF-sign"))


@pytest.mark.parametrize(
    "path",
    [
        "/record/act",
        "/record/act?kind=denounce",
        "/record/act?kind=nothing&actor=ALF",
        "/record?agreement=none&party=ALF",
        "/record?agreement=league",
    ],
)
def test_a_form_that_cannot_be_opened_says_why(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code in (400, 404)


def test_a_form_of_another_site_is_refused(served: Served, ledger: Ledger) -> None:
    given = Desk(served).form(FORM, made="2025-01-01", source="UN", do="record")
    assert Desk(served, strict=True).post("/record/act", given).status_code == 403
    assert acts(ledger, given["ref"]) == []


def test_who_is_confined_to_agreements_records_under_no_other_which_is_told_as_if_it_never_was(served: Served, ledger: Ledger) -> None:
    confined = Desk(served, Reader("cleo", roles=OFFICER.roles, agreements=frozenset({"pledge"})))
    given = confined.form(FORM, made="2025-01-01", source="UN", do="record")
    page = confined.post("/record/act", given)
    absent = confined.post("/record/act", given | {"agreement": "ledgue"})
    assert page.status_code == absent.status_code == 400
    assert "no agreement 'league' is on record; did you mean pledge?" in says(page)
    told, never = (text(one).partition('id="summary"')[2].partition("</div>")[0] for one in (page, absent))
    assert told.replace("league", "ledgue") == never
    assert acts(ledger, given["ref"]) == []


def test_who_acts_for_a_party_records_what_it_did(served: Served, ledger: Ledger) -> None:
    beta = Desk(served, Reader("bea", party="BET", roles=OFFICER.roles))
    given = beta.form(FORM, made="2025-01-01", source="UN", do="record")
    page = beta.post("/record/act", given)
    assert page.status_code == 400
    assert "bea acts for BET, and records what it did alone" in says(page)
    assert acts(ledger, given["ref"]) == []


def test_nobody_records_what_they_would_not_see(served: Served, ledger: Ledger) -> None:
    label = {"policy": "LEA", "classification": "LEAGUE DEEP", "originator": "ALF"}
    for reader, says_so in (
        (Reader("ned", roles=OFFICER.roles), "ned is not cleared for LEA LEAGUE DEEP"),
        (Reader("bea", party="BET", roles=OFFICER.roles, cleared=OFFICER.cleared), "BET is not among those who may see it"),
    ):
        desk = Desk(served, reader)
        given = desk.form(FORM.replace("ALF", reader.party or "ALF"), made="2025-01-01", source="UN", do="record", **label)
        page = desk.post("/record/act", given)
        assert page.status_code == 400
        assert says_so in says(page)
        assert acts(ledger, given["ref"]) == []
