"""A record that is wrong is put right by another act; two who correct it at once see both versions, and nothing is overwritten."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

import pytest

from comity.acts import Act, read_act
from comity.ledger import Ledger
from tests.web.recording.conftest import Desk, acts, append, says, text


def page_of(ledger: Ledger, ref: str) -> str:
    (act,) = acts(ledger, ref)
    return f"/record/correct/{act.removeprefix('sha256:')}"


def last(ledger: Ledger, count: int = 1) -> Sequence[Act]:
    return [read_act(act) for _, act, _ in ledger.items() if act is not None][-count:]


def test_an_acts_page_leads_to_its_correction(desk: Desk, ledger: Ledger) -> None:
    assert f'href="{page_of(ledger, "l4")}"' in text(desk.get("/acts/l4"))


def test_a_wrong_date_is_replaced(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(page_of(ledger, "l4"), made="2021-05-05", where="the depositary's list", do="replace")
    done = desk.post(page_of(ledger, "l4"), given)
    assert done["Location"] == "/acts/l4-correction-001"
    (act,) = last(ledger)
    assert (act.kind, act.replies_to, dict(act.details)) == ("replace", acts(ledger, "l4")[0], {"made": "2021-05-05"})
    assert "2021-05-05" in says(desk.get(page_of(ledger, "l4")))


def test_a_preview_shows_what_would_be_recorded_and_what_it_changes(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    page = says(desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), made="2025-05-05", where="list", do="preview")))
    assert "What would be recorded" in page
    assert "l4-correction-001" in page
    assert "Changes that it would bring" in page
    assert ledger.head().size == size


def test_what_no_replacing_can_say_is_retracted_and_recorded_anew(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(page_of(ledger, "l4"), actor="BET", where="list", why="the wrong party", do="replace")
    assert desk.post(page_of(ledger, "l4"), given).status_code == 302
    retract, anew = last(ledger, 2)
    assert (retract.kind, retract.details["why"]) == ("retract", "the wrong party")
    assert (anew.ref, anew.kind, anew.actor, str(anew.made)) == ("l4-2", "denounce", "BET", "2020-01-01")
    assert "retracted" in says(desk.get(page_of(ledger, "l4")))


def test_a_retraction_is_undone_by_correcting_again(desk: Desk, ledger: Ledger) -> None:
    question = "/ask?question=bound&party=GAM&agreement=league&on=2021-06-01"
    before = says(desk.get(question))
    desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), where="list", do="retract"))
    retracted = says(desk.get(question))
    assert ("is not bound" in before, "is not bound" in retracted) == (True, False)
    desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), where="list", do="undo"))
    assert "is not bound" in says(desk.get(question))
    assert [act.ref for act in last(ledger, 2)] == ["l4-correction-001", "l4-correction-002"]


def test_the_last_correction_of_a_day_counts_whatever_those_before_are_called(desk: Desk, ledger: Ledger) -> None:
    append(ledger, ref="zzz", kind="replace", replies_to="l4", details="made=2019-01-01", made="")
    assert desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), made="2018-01-01", where="list", do="replace")).status_code == 302
    assert desk.form(page_of(ledger, "l4"))["made"] == "2018-01-01"
    page = says(desk.get("/ask?question=bound&party=GAM&agreement=league&on=2019-06-01"))
    assert "is not bound" in page


def test_a_form_that_says_what_is_on_record_records_nothing(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    answer = desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), where="list", do="replace"))
    assert answer.status_code == 400
    assert "says what is on record already" in says(answer)
    no_source = desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), made="2018-01-01", do="replace"))
    assert no_source.status_code == 400
    assert 'href="#f-where"' in text(no_source)
    assert ledger.head().size == size


def test_a_form_that_somebody_was_before_shows_both_versions(desk: Desk, ledger: Ledger) -> None:
    mine = desk.form(page_of(ledger, "l4"), made="2021-05-05", where="my list", do="replace")
    theirs = desk.form(page_of(ledger, "l4"), made="2022-06-06", where="their list", do="replace")
    assert desk.post(page_of(ledger, "l4"), theirs).status_code == 302
    size = ledger.head().size
    answer = desk.post(page_of(ledger, "l4"), mine)
    page = text(answer)
    assert answer.status_code == 409
    assert "somebody corrected this act" in page
    assert re.search(r"<tr><th scope=\"row\">made</th><td>2020-01-01</td><td>2022-06-06</td><td>2021-05-05</td></tr>", page)
    assert ledger.head().size == size
    base = re.search(r'name="base" value="([0-9a-f]+)"', page)
    assert base
    assert desk.post(page_of(ledger, "l4"), {**mine, "base": base[1]}).status_code == 302
    assert last(ledger)[0].ref == "l4-correction-002"


def test_of_many_who_correct_at_once_one_is_recorded(desk: Desk, ledger: Ledger) -> None:
    forms = [desk.form(page_of(ledger, "l4"), made=f"2021-05-0{number}", where="list", do="replace") for number in range(1, 6)]
    found: list[int] = []
    threads = [threading.Thread(target=lambda form=form: found.append(desk.post(page_of(ledger, "l4"), form).status_code)) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [302, 409, 409, 409, 409]


def test_correcting_a_correction_is_correcting_the_act(desk: Desk, ledger: Ledger) -> None:
    desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), made="2021-05-05", where="list", do="replace"))
    answer = desk.get(page_of(ledger, "l4-correction-001"))
    assert (answer.status_code, answer["Location"]) == (302, page_of(ledger, "l4"))


@pytest.mark.parametrize("kind", ["admit-client", "introduce-key", "destroy-record"])
def test_what_opens_doors_or_destroys_is_not_recorded_here(desk: Desk, ledger: Ledger, kind: str) -> None:
    size = ledger.head().size
    form = desk.form("/record/act?agreement=league&actor=ALF&kind=denounce", made="2025-01-01", source="s", do="record")
    answer = desk.post("/record/act", {**form, "kind": kind, "agreement": "", "d.record": acts(ledger, "l1")[0]})
    assert answer.status_code == 400
    answer = desk.post(page_of(ledger, "l4"), desk.form(page_of(ledger, "l4"), kind_now=kind, where="list", do="replace"))
    assert answer.status_code == 400
    assert ledger.head().size == size


def test_who_opened_a_door_is_not_corrected_here(desk: Desk, ledger: Ledger) -> None:
    append(ledger, ref="door", kind="admit-client", agreement="", details="client=c; shows=token; fingerprint=x; may=read")
    assert desk.get(page_of(ledger, "door")).status_code == 400


def test_an_act_that_is_not_there_is_not_corrected(desk: Desk) -> None:
    assert desk.get(f"/record/correct/{'0' * 64}").status_code == 404
    assert desk.get("/record/correct/nothing").status_code == 404


def test_the_record_of_an_act_that_is_not_public_is_put_right_under_its_label(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(page_of(ledger, "c4"), made="2019-02-02", where="list", do="replace")
    assert desk.post(page_of(ledger, "c4"), given).status_code == 302
    (act,) = last(ledger)
    assert (act.kind, act.label.policy, act.label.originator) == ("replace", "LEA", "LEA")
    given = desk.form(page_of(ledger, "c4"), actor="ALF", where="list", do="replace")
    assert desk.post(page_of(ledger, "c4"), given).status_code == 302
    assert len({act.nonce for act in last(ledger, 3)}) == 3
