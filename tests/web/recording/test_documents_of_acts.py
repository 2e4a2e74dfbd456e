"""Documents that acts name: their pages, by the acts that a reader may see; their bytes; the words in them, found and marked."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence

import pytest

from comity.ledger import Ledger
from comity.web.attached.marking import marked, snippet
from comity.web.attached.shelf import Paper, Shelf, is_enough, terms_of
from comity.web.following import Served
from comity.web.readers import Reader, Role
from tests.web.papers import PDF, PLAIN, WORD, digest, pdf_of, word_of
from tests.web.recording.conftest import OFFICER, Desk, append, says, text

NOTE = pdf_of(["Note of the Embassy", "Déposé à Berne le 4 avril 2023", "Nothing here"])
ABSENT = f"/documents/{'0' * 64}"


@pytest.fixture
def named(ledger: Ledger) -> Callable[..., str]:
    """An act names a document that is kept: the document's page."""
    from comity.keeping import attach

    def made(content: bytes, media_type: str = PDF, title: str = "A note", **given: str) -> str:
        sha256 = attach(ledger, content, media_type, title)
        append(ledger, **{"ref": "league-ALF-note", "attachments": f"{sha256} {media_type} en {title}", **given})
        return f"/documents/{digest(content)}"

    return made


def test_a_document_is_shown_with_its_hash_checked_its_acts_and_its_text(desk: Desk, named: Callable[..., str]) -> None:
    path = named(NOTE)
    page = says(desk.get(path))
    assert "the bytes are those that league-ALF-note names" in page
    assert f"sha256:{digest(NOTE)}" in page
    assert f"({len(NOTE)} bytes)" in page
    assert "Déposé à Berne le 4 avril 2023" in page
    assert "page 2" in page
    assert f'href="{path}"' in text(desk.get("/acts/league-ALF-note"))
    assert f'href="{path}"' in text(desk.get("/documents"))


def test_the_bytes_come_as_they_are_and_nothing_in_them_runs(desk: Desk, named: Callable[..., str]) -> None:
    path = named(NOTE, title='A "note"\u202e of Bérne')
    saved = desk.get(f"{path}/content")
    assert saved.content == NOTE
    assert saved["Content-Disposition"].startswith('attachment; filename="A-note-of-B-rne.pdf"')
    assert "sandbox" in saved["Content-Security-Policy"]
    assert saved["X-Content-Type-Options"] == "nosniff"
    shown = desk.get(f"{path}/content?show=1")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    page = desk.get(path)
    assert f'<iframe src="{path}/content?show=1"' in text(page)
    assert page["Content-Security-Policy"].startswith("default-src 'self'")


@pytest.mark.parametrize(
    ("content", "media_type"), [(b"<svg onload=alert(1)>", "application/xml"), (b"<script>1</script>", PLAIN), (b"a,b", "text/csv")]
)
def test_what_is_no_pdf_and_no_picture_is_never_shown_inline(desk: Desk, named: Callable[..., str], content: bytes, media_type: str) -> None:
    path = named(content, media_type)
    assert "<iframe" not in text(desk.get(path))
    assert desk.get(f"{path}/content?show=1")["Content-Disposition"].startswith("attachment")
    assert "<script>1" not in desk.get(path).content.decode()


def test_a_document_whose_bytes_are_not_kept_says_so(desk: Desk, ledger: Ledger) -> None:
    append(ledger, ref="lost", attachments=f"sha256:{'1' * 64} {PDF} en Lost")
    assert "its bytes are not kept here" in says(desk.get(f"/documents/{'1' * 64}"))
    assert desk.get(f"/documents/{'1' * 64}/content").status_code == 404


def test_what_a_reader_may_not_see_says_the_same_as_what_never_was(served: Served, named: Callable[..., str]) -> None:
    secret = {"policy": "LEA", "classification": "LEAGUE DEEP", "originator": "ALF", "nonce": "00112233445566778899aabbccddeeff"}
    path = named(NOTE, **secret)
    cleo = Reader("cleo", roles=OFFICER.roles, agreements=frozenset({"pledge"}))
    keeper, confined = Desk(served), Desk(Served(served.now().for_reader(cleo)), cleo)
    public = Desk(served, Reader("paul", "public", frozenset({Role.VIEWER})))
    assert keeper.get(path).status_code == 200
    assert "Déposé" in says(keeper.get("/search?q=berne"))
    for desk in (confined, public):
        for more in ("", "/content", "/content?show=1", "?format=json", "?q=berne"):
            there, absent = desk.get(path + more), desk.get(ABSENT + more)
            assert (there.status_code, text(there).replace(digest(NOTE), "0" * 64)) == (absent.status_code, text(absent)), more
            assert there.status_code == 404
        assert "Déposé" not in says(desk.get("/search?q=berne"))
        assert digest(NOTE) not in text(desk.get("/documents?format=json"))


def test_the_axis_as_hides_what_the_other_may_not_see(desk: Desk, named: Callable[..., str]) -> None:
    path = named(NOTE, policy="LEA", classification="LEAGUE DEEP", originator="ALF", nonce="00112233445566778899aabbccddeeff")
    assert desk.get(f"{path}?as=public").status_code == 404
    assert desk.get(path).status_code == 200


def test_words_in_a_document_are_found_with_their_page_and_marked(desk: Desk, named: Callable[..., str]) -> None:
    path = named(NOTE)
    for words in ("depose berne", "DÉPOSÉ", '"à Berne le"', "bern avr"):
        found = text(desk.get(f"/search?q={words}"))
        assert f"{path}?page=2" in found, words
        assert "<mark>" in found
        assert "page 2" in found
    for words in ('"berne à"', "berne nothing", "de"):
        assert f"{path}?page=" not in text(desk.get(f"/search?q={words}")), words
    shown = text(desk.get(f"{path}?page=2&q=depose+berne"))
    assert "<mark>Déposé</mark> à <mark>Berne</mark>" in shown
    part = text(desk.get("/search?q=depose&part=1"))
    assert "<mark>Déposé</mark>" in part
    assert "<html" not in part


def test_every_place_that_is_counted_can_be_seen(desk: Desk, named: Callable[..., str]) -> None:
    path = named(pdf_of(["golden bough"] * 230), title="Boughs")
    few = text(desk.get("/search?q=golden+bough"))
    assert '<span class="count">230</span>' in few
    assert "All 230" in few
    assert few.count(f"{path}?page=") == 8
    first = text(desk.get("/search?q=golden+bough&kind=document"))
    assert "All 230" not in first
    assert "1 to 200 of them here" in first
    later = text(desk.get("/search?q=golden+bough&kind=document&page=2"))
    seen = [int(number) for page in (first, later) for number in re.findall(rf"{path}\?page=(\d+)", page)]
    assert seen == list(range(1, 231))
    assert len(json.loads(text(desk.get("/search?q=golden+bough&format=json")))["found"]) == 230
    assert desk.get("/search?q=golden+bough&kind=document&page=3").status_code == 400


def test_what_has_no_pages_is_found_by_its_parts(desk: Desk, named: Callable[..., str]) -> None:
    path = named(b"other words\n" * 500 + b"the golden bough", PLAIN)
    page = text(desk.get("/search?q=golden+bough"))
    assert "part 2" in page
    (found,) = json.loads(text(desk.get("/search?q=golden+bough&format=json")))["found"]
    assert (found["number"], found["part"], found["link"].split("#")[0]) == (None, 2, f"{path}?page=2&q=golden+bough")
    read, listed = (json.loads(text(desk.get(f"{address}?format=json"))) for address in (path, "/documents"))
    assert (read["count"], listed["documents"][0]["pages"]) == (None, None)


def test_texts_of_other_kinds_are_read_too(desk: Desk, named: Callable[..., str]) -> None:
    word = named(word_of("Note verbale", "encloses the certified translation"), WORD, "Verbale", ref="w")
    plain = named(b"the golden bough", PLAIN, "Plain", ref="p")
    assert word in text(desk.get("/search?q=certified+translation"))
    assert plain in text(desk.get('/search?q="golden bough"'))


def test_long_texts_are_shown_some_pages_at_a_time(desk: Desk, named: Callable[..., str]) -> None:
    path = named(pdf_of([f"leaf {n}" for n in range(1, 36)]))
    assert re.findall(r'id="page-(\d+)"', text(desk.get(f"{path}?page=14"))) == [str(n) for n in range(11, 21)]
    assert desk.get(f"{path}?page=36").status_code == 400
    assert desk.get(f"{path}?page=x").status_code == 400


def test_a_destroyed_document_is_forgotten(served: Served, named: Callable[..., str], ledger: Ledger) -> None:
    named(NOTE)
    held = served.now()
    note, gone = Paper(f"sha256:{digest(NOTE)}", PDF), Paper("sha256:gone", PLAIN)
    held.shelf.read(note, NOTE)
    held.shelf.read(gone, b"the golden bough")
    assert held.documents_kept() == {f"sha256:{digest(NOTE)}"}
    assert held.shelf.unread([gone, note]) == [gone]
    assert held.shelf.find(terms_of("golden"), [gone]) == []


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("de Pose", [(("de",), True), (("pose",), True)]),
        ("“à la fin”", [(("a", "la", "fin"), False)]),
        ("秘密 軍", [(("秘", "密"), False), (("軍",), False)]),
        ('"', []),
        ("* OR (", [(("or",), True)]),
    ],
)
def test_what_is_looked_for_is_read_as_words_and_as_what_stands_in_quotes(words: str, terms: Sequence[tuple[Sequence[str], bool]]) -> None:
    assert [(term.words, term.begins) for term in terms_of(words)] == terms


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("تودع", "تُودَع"),
        ("اودعت", "أُودِعَت"),
        ("軍事情報", "軍事情報"),
        ("グループ", "グループ"),
        ("대한", "대한민국의"),
        ("strasse", "Straße"),
        ("ﬁle", "file"),
        ('"l’accord"', "l'accord"),
    ],
)
def test_words_are_found_however_they_are_written(words: str, found: str) -> None:
    shelf, whole, paper = Shelf(), f"before {found} after", Paper("sha256:a", PLAIN)
    shelf.read(paper, whole.encode())
    (hit,) = shelf.find(terms_of(words), [paper])
    assert (hit.number, shelf.page(hit.row)) == (1, whole)
    assert shelf.find(terms_of(f"{words} nowhere"), [paper]) == []
    assert [piece.text for piece in marked(whole, terms_of(words)) if piece.found] == ([found] if found[0] != "軍" else ["軍事情報"])
    assert "".join(piece.text for piece in marked(whole, terms_of(words))) == whole
    assert found in snippet(whole, terms_of(words))


def test_what_others_may_see_has_no_bearing_on_the_order() -> None:
    shelf = Shelf()
    for name, said in (("a", "peace"), ("b", "peace peace peace"), ("hidden", "peace " * 50)):
        shelf.read(Paper(name, PLAIN), said.encode())
    one, other = Paper("a", PLAIN), Paper("b", PLAIN)
    assert [hit.paper for hit in shelf.find(terms_of("peace"), [one, other])] == [one, other]
    assert [hit.paper for hit in shelf.find(terms_of("peace"), [other, one])] == [other, one]


def test_the_same_bytes_are_read_anew_as_a_document_of_another_type() -> None:
    """A packed PDF that acts is first named as a plain text, in which nothing acts."""
    shelf, content = Shelf(), pdf_of(["words"], "/OpenAction << /S /JavaScript /JS (1) >>")
    assert shelf.read(Paper("a", PLAIN), content).active == ""
    assert shelf.text(Paper("a", PDF)) is None
    assert shelf.read(Paper("a", PDF), content).active == "JavaScript"
    assert [hit.paper.media_type for hit in shelf.find(terms_of("words"), [Paper("a", PDF)])] == [PDF]


def test_one_document_that_cannot_be_fetched_ends_the_reading_of_no_other(caplog: pytest.LogCaptureFixture) -> None:
    shelf, lost, found = Shelf(), Paper("lost", PLAIN), Paper("found", PLAIN)

    def breaks() -> bytes:
        raise RuntimeError("the disk is gone")

    assert shelf.have_read({lost: breaks, found: lambda: b"the golden bough"}, 20) == []
    assert [hit.paper for hit in shelf.find(terms_of("golden"), [lost, found])] == [found]
    told = shelf.text(lost)
    assert told is not None
    assert (told.pages, told.why, told.active) == ((), "failed", "")
    assert shelf.failed == {lost}
    assert "lost" in caplog.text
    assert "the disk is gone" in caplog.text
    assert shelf.unread([lost, found]) == []
    later = Paper("later", PLAIN)
    assert shelf.have_read({later: lambda: b"afterwards"}, 20) == []
    assert shelf.find(terms_of("afterwards"), [later])


def test_what_failed_is_tried_again_and_named_until_then(desk: Desk, named: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    named(b"the golden bough", PLAIN, "A golden note")
    monkeypatch.setattr("comity.web.holding.Held.document", lambda *_: (_ for _ in ()).throw(OSError("gone")))
    for path in ("/search?q=golden", "/documents"):
        page = says(desk.get(path))
        assert "Not read, and so not looked through:" in page
        assert "A golden note" in page
    monkeypatch.undo()
    monkeypatch.setattr("comity.web.attached.shelf.AGAIN", -1.0)
    monkeypatch.setattr("time.monotonic", lambda now=time.monotonic: now() + 61)
    assert "the golden bough" in says(desk.get("/search?q=golden"))
    assert "Not read" not in says(desk.get("/documents"))


def test_fewer_than_three_letters_are_not_enough() -> None:
    assert not is_enough(terms_of("de la"))
    assert is_enough(terms_of("de lac"))
    assert is_enough(terms_of("軍"))
