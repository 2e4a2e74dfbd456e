"""A design that is brought is worked out and nothing is written; the button that records it leads to the desk with the file beside the form."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from comity.ledger import Ledger
from comity.web.demo_exercise import NOW, design_bytes
from comity.web.exercises.checking import LARGEST
from comity.web.readers import Reader, Role
from tests.web.recording.conftest import Desk, desk, ledger, served

__all__ = ["desk", "ledger", "served"]
CHECK = "/designs/check"
TEXT = design_bytes().decode()
OTHER = TEXT.replace(NOW, "another-29")
SMALL = (
    'title = "Low water"\nid = "low-water"\nhost = "ALF"\nfrom = 2026-06-01\nuntil = 2026-06-09\nprocess = "bilateral"\n'
    '[[participant]]\nnation = "ALF"\n[[participant]]\nnation = "BRA"\n'
)


def says(response: Any) -> str:
    return " ".join(unescape(response.content.decode()).split())


def post(client: Client, status: int = 200, **given: Any) -> Any:
    response = client.post(CHECK, given)
    assert response.status_code == status, says(response)[-800:]
    return response


def test_what_is_pasted_is_shown_as_the_page_of_the_exercise(client: Client) -> None:
    page = says(post(client, text=OTHER))
    for part in (
        "This design is looked at, and not recorded",
        "Where it stands",
        "Legal bases",
        "What has to be notified",
        'class="g-conduct"',
        "Letter as PDF",
    ):
        assert part in page, part
    assert "It cannot be recorded from here: nothing can be recorded here: a book in a folder is served" in page
    assert client.get("/exercises/another-29").status_code == 404, "nothing is written"


def test_a_file_is_read_as_what_is_pasted(client: Client) -> None:
    page = says(post(client, file=SimpleUploadedFile("my design.toml", OTHER.encode()), text="not looked at"))
    assert "Text of my design.toml" in page


def test_what_is_on_record_already_is_said(client: Client) -> None:
    assert "The same file is on record already:" in says(post(client, text=TEXT))
    assert "Another design of this exercise is on record:" in says(post(client, text=TEXT.replace("brigade exercise", "larger exercise")))
    assert "on record already" not in says(post(client, text=OTHER))


def test_an_exercise_with_flaws_says_each(client: Client) -> None:
    page = says(post(client, text=OTHER.replace('nation = "NLD"', 'nation = "NLX"', 1)))
    assert "no such party is on record" in page
    assert "The legal bases cannot be told" in page


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("", "nothing was sent; choose the file of a design, or paste it"),
        ("title = ", "not TOML:"),
        ('title = "x"\nhost = 3\n', "design.toml:2: "),
        (OTHER.replace('process = "nato"', 'process = "chess"'), "no process 'chess'; choose one of admm-plus, bilateral, nato"),
        ("#" * (LARGEST + 1), "the text is larger than 1,000,000 bytes"),
        (OTHER.replace("2028-06-04", "2028-13-04"), "design.toml"),
    ],
)
def test_what_cannot_be_read_says_where_and_why_and_is_not_lost(client: Client, given: str, line: str) -> None:
    page = says(post(client, 400, text=given))
    assert line in page
    assert "Traceback" not in page
    if given and len(given) < LARGEST:
        assert " ".join(given.split())[:40] in page


def test_files_that_are_no_text_or_too_large_are_refused(client: Client) -> None:
    assert "is not UTF-8" in says(post(client, 400, file=SimpleUploadedFile("x.toml", b"title = '\xff'")))
    assert "the file is larger than 1,000,000 bytes" in says(post(client, 400, file=SimpleUploadedFile("x.toml", b"#" * (LARGEST + 1))))


def test_letters_acts_and_the_calendar_are_handed_out(client: Client) -> None:
    assert post(client, text=OTHER, do="letter-1").content.startswith(b"%PDF-")
    assert b"another-29-plan-vienna-document-2011" in post(client, text=OTHER, do="acts").content
    assert b"BEGIN:VCALENDAR" in post(client, text=OTHER, do="ics").content
    assert "no such notice" in says(post(client, 404, text=OTHER, do="letter-7"))
    assert "this page checks a design" in says(post(client, 400, text=OTHER, do="destroy"))


def test_a_form_of_another_site_is_refused(desk: Desk) -> None:
    desk.strict = True
    assert desk.post(CHECK, {"text": SMALL}).status_code == 403


# -- on to the recording desk -----------------------------------------------------------------------------------------


def to_desk(desk: Desk) -> str:
    answer: HttpResponse = desk.post(CHECK, {"text": SMALL, "name": "low water.toml", "do": "record"})
    assert answer.status_code == 302, says(answer)
    return answer["Location"]


def test_the_button_leads_to_the_form_with_the_file_beside_it_and_records_nothing_yet(desk: Desk, ledger: Ledger) -> None:
    size = ledger.head().size
    form = says(desk.get(to_desk(desk)))
    for part in ('value="low-water"', 'value="design-exercise"', "low water.toml"):
        assert part in form, part
    assert ledger.head().size == size


def test_what_is_recorded_from_there_is_the_exercise_on_record(desk: Desk, ledger: Ledger) -> None:
    given = desk.form(to_desk(desk), made="2025-12-01", do="record")
    answer = desk.post("/record/act", given)
    assert answer.status_code == 302, says(answer)[-1500:]
    page = says(desk.get("/exercises/low-water"))
    assert "Low water" in page
    assert "Its design is on record, and cannot be read" not in page
    assert 'href="/record/act?kind=' in page, "what is open can be recorded"
    assert "The same file is on record already:" in says(desk.post(CHECK, {"text": SMALL}))


def test_the_links_of_what_is_open_fill_the_form_in(desk: Desk, ledger: Ledger) -> None:
    page = says(desk.post(CHECK, {"text": SMALL}))
    links = [unescape(link) for link in re.findall(r'href="(/record/act\?kind=[^"]+)"', page)]
    assert links
    for link in links:
        assert 'value="low-water"' in says(desk.get(link)), link


def test_who_may_not_record_is_told_so(desk: Desk) -> None:
    desk.reader = Reader("vera", roles=frozenset({Role.VIEWER}))
    page = says(desk.post(CHECK, {"text": SMALL}))
    assert "Go on to record it" not in page
    assert "It cannot be recorded from here:" in page
    answer = desk.post(CHECK, {"text": SMALL, "do": "record"})
    assert answer.status_code == 400
