"""The pictures in docs/screenshots are those that are listed, each small."""

from __future__ import annotations

from tests.web.browser.screenshots import EVERY, FOLDER, listing

EACH, ALL = 150_000, 5_000_000


def test_the_pictures_are_listed_and_none_is_left_over() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == listing()
    assert sorted(path.stem for path in FOLDER.glob("*.png")) == sorted(shot.name for shot in EVERY)


def test_a_picture_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > EACH} == {}
    assert sum(sizes.values()) < ALL
