"""Fetching, from a server that fails, breaks off, sends elsewhere, ignores Range, changes its file and sends too much."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from comity.sources import Limits, fetch
from comity.terms import BadInput
from tests.sources.unreliable import Turn, serving

CONTENT = bytes(range(256)) * 1000
SUM = hashlib.sha256(CONTENT).hexdigest()


def limits(waits: list[float] | None = None, tries: int = 4) -> Limits:
    return Limits(silence=5, tries=tries, wait=1.0, pause=(waits if waits is not None else []).append)


def refused(address: str, target: Path, *, size: int | None = None, most: int = 2 << 30, sha256: str | None = SUM) -> str:
    with pytest.raises(BadInput) as told:
        fetch(address, target, sha256=sha256, size=size, limits=Limits(silence=5, tries=3, most=most, pause=lambda seconds: None))
    assert "\n" not in str(told.value)
    assert not target.exists(), "nothing has the file's name"
    return str(told.value)


def test_a_file_is_fetched_whole_and_how_far_it_is_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with serving(CONTENT) as server:
        found = fetch(server.address, tmp_path / "deep" / "f", sha256=SUM, size=len(CONTENT), limits=limits(), progress=lambda *now: told.append(now))
    assert found.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert [p.name for p in found.parent.iterdir()] == ["f"], "no piece is left"


def test_what_is_there_already_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(CONTENT)
    with serving(CONTENT) as server:
        fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits())
        assert server.asked == []
        (tmp_path / "f").write_bytes(CONTENT[:-1])
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT


def test_a_server_that_fails_is_asked_again_after_longer_and_longer(tmp_path: Path) -> None:
    waits: list[float] = []
    with serving(CONTENT, Turn(500), Turn(503), Turn(429), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits(waits)).read_bytes() == CONTENT
    assert waits == [1.0, 2.0, 4.0]


def test_a_server_that_goes_on_failing_is_given_up(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(500)) as server:
        assert "could not be fetched in 3 tries (the server answered 500)" in refused(server.address, tmp_path / "f")
        assert len(server.asked) == 3


def test_a_refusal_is_not_tried_again(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(404)) as server:
        assert "answers 404" in refused(server.address, tmp_path / "f")
        assert len(server.asked) == 1


def test_a_break_is_gone_on_from(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(cut=70_000), Turn(cut=70_000), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT
    assert [a.get("Range") for a in server.asked] == [None, "bytes=70000-", "bytes=140000-"]
    assert server.asked[1]["If-Range"] == '"one"'


def test_what_came_before_is_gone_on_from_the_next_time(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(cut=70_000), Turn(500)) as server:
        assert "what came is kept" in refused(server.address, tmp_path / "f")
        server.turns = [Turn()]
        fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits())
        assert server.asked[-1]["Range"] == "bytes=70000-"


def test_without_an_etag_or_with_a_weak_one_it_begins_again(tmp_path: Path) -> None:
    for number, etag in enumerate((None, 'W/"one"')):
        with serving(CONTENT, Turn(cut=70_000, etag=etag), Turn(etag=etag)) as server:
            assert fetch(server.address, tmp_path / f"f{number}", sha256=SUM, limits=limits()).read_bytes() == CONTENT
        assert "Range" not in server.asked[1]


def test_a_server_that_ignores_range_sends_all_and_all_is_taken(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(cut=70_000), Turn(ranges=False)) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT


def test_a_file_that_changes_between_two_tries_is_begun_again(tmp_path: Path) -> None:
    old = bytes(len(CONTENT))
    with serving(CONTENT, Turn(cut=70_000, content=old, etag='"old"'), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT


def test_a_server_that_lies_about_the_change_is_found_out_by_the_checksum(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(cut=70_000, content=bytes(len(CONTENT))), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT
        assert len(server.asked) == 3, "once more from the start"


def test_another_part_than_was_asked_for_is_not_taken(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(cut=70_000), Turn(part="bytes 0-255999/256000"), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT


def test_a_piece_longer_than_the_file_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(CONTENT + b"x")
    with serving(CONTENT) as server:
        (tmp_path / "f.part.json").write_text(f'{{"address": "{server.address}", "etag": "\\"one\\""}}')
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT


def test_another_checksum_is_refused_and_nothing_kept(tmp_path: Path) -> None:
    with serving(b"x" + CONTENT[1:]) as server:
        assert "is another file than the record names" in refused(server.address, tmp_path / "f")
        assert len(server.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_too_much_is_cut_off(tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        assert "gives 256000 bytes, 1000 at most were expected" in refused(server.address, tmp_path / "f", size=1000)
    with serving(CONTENT, Turn(told=False)) as server:
        assert "gives more than the 1000 bytes that there are" in refused(server.address, tmp_path / "f", size=1000)
        assert "gives more than the 5000 bytes" in refused(server.address, tmp_path / "f", most=5000)
    assert list(tmp_path.iterdir()) == []


def test_too_little_without_a_word_is_found_out_by_the_size(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(told=False, cut=1000), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, size=len(CONTENT), limits=limits()).read_bytes() == CONTENT


def test_a_redirect_is_followed_and_one_without_end_is_not(tmp_path: Path) -> None:
    with serving(CONTENT, Turn(302, "/else/where"), Turn(307, "/and/on"), Turn()) as server:
        assert fetch(server.address, tmp_path / "f", sha256=SUM, limits=limits()).read_bytes() == CONTENT
        assert [a["path"] for a in server.asked] == ["/data/pacts.csv", "/else/where", "/and/on"]
    with serving(CONTENT, Turn(302, "/data/pacts.csv")) as server:
        assert "from one address to the next without end" in refused(server.address, tmp_path / "g")
        assert len(server.asked) == 6


@pytest.mark.parametrize("there", ["http://example.org/f", "file:///etc/hostname", "ftp://example.org/f", "gopher://example.org"])
def test_a_redirect_to_what_would_not_be_fetched_is_refused(there: str, tmp_path: Path) -> None:
    with serving(CONTENT, Turn(302, there)) as server:
        refused(server.address, tmp_path / "f")
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "address", ["http://example.org/f", "file:///etc/hostname", "ftp://example.org/f", "https:///f", "pacts.csv", "http://127.evil.org/f"]
)
def test_only_https_is_fetched_or_this_machine(address: str, tmp_path: Path) -> None:
    assert "only https is" in refused(address, tmp_path / "f")


def test_nobody_there_is_one_line(tmp_path: Path) -> None:
    with serving(CONTENT) as server:
        address = server.address
    assert "could not be fetched in 3 tries" in refused(address, tmp_path / "f")
