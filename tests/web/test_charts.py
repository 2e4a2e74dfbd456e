"""Charts: each is to be had as SVG, PNG, CSV and metadata; the SVG stands alone and is told apart without colours; all say of what they are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from comity.web.charts.chords import MOST
from comity.web.charts.nets import laid_out
from comity.web.charts.styles import light, resolved, style
from comity.web.charts.ties import strongest
from comity.web.drawing import marks_of
from comity.web.holding import Held

CHARTS = (
    "/agreements/nato-treaty?chart=standing",
    "/agreements/cwc?chart=bound&on=2001-02-03",
    "/parties/FIN?chart=standing",
    "/may?do=release&from=KOR&to=JPN&level=SECRET&on=2019-11-24&chart=outcome",
    "/cooperation?on=1990-07-01&chart=map",
    "/cooperation?party=JPN&on=1990-07-01&chart=network",
    "/cooperation?on=2020-07-01&chart=chord",
    "/cooperation?on=2020-07-01&chart=matrix",
    "/calendar?party=FIN&month=2027-03&chart=month",
)
SVG = "{http://www.w3.org/2000/svg}"


def taken(client: Client, url: str, form: str) -> Any:
    response = client.get(f"{url}&format={form}")
    assert response.status_code == 200, response.content[:400]
    assert "attachment" in response["Content-Disposition"]
    return response


def drawn(client: Client, url: str) -> ET.Element:
    return ET.fromstring(taken(client, url, "svg").content)


def fingerprint(held: Held) -> str:
    record = held.opened.record
    acts = sorted(e.act.hash for e in record.visible(record.entries, held.today(), None))
    agreements = sorted(record.agreement(one, held.today()).sha256 for one in record.ids)
    return hashlib.sha256("".join(f"{one}\n" for one in (*acts, *agreements)).encode()).hexdigest()


@pytest.mark.parametrize("url", CHARTS)
def test_a_chart_stands_alone(client: Client, held: Held, url: str) -> None:
    root = drawn(client, url)
    text = " ".join(root.itertext())
    title, says = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert says is not None
    assert title.text
    assert fingerprint(held) in text, "the hash of the record is not that of what was seen"
    assert f"known={held.today()}" in text, "an address that is cited names both days"
    raw = taken(client, url, "svg").content.decode()
    assert not re.search(r"var\(|color-mix\(|@import", raw)
    assert not {element.tag.removeprefix(SVG) for element in root.iter()} & {"use", "script", "image", "foreignObject"}
    assert not re.search(r' href="(?!http://127\.0\.0\.1/|#)', raw), "a link leads nowhere outside of the pages"
    for part in re.findall(r"url\(#([\w-]+)\)", raw):
        assert f'id="{part}"' in raw
    used = {look for e in root.iter() for look in e.get("class", "").split()}
    assert all(f".{look}" in raw for look in used - {"w1", "s0"}), "a class without a rule"  # these two look as all do


@pytest.mark.parametrize("url", CHARTS)
def test_its_rows_are_those_that_its_metadata_describe(client: Client, held: Held, url: str) -> None:
    rows = list(csv.DictReader(io.StringIO(taken(client, url, "csv").content.decode())))
    told = json.loads(taken(client, url, "metadata").content)
    assert rows
    assert len(rows) == told["rows"]
    assert list(rows[0]) == list(told["columns"])
    assert all(column["description"] for column in told["columns"].values())
    assert told["record"]["sha256"] == fingerprint(held)
    for name in ("title", "subtitle", "unit", "source", "on", "known", "derived", "licence", "citation", "address"):
        assert told[name], name


def test_in_arabic_the_words_stand_at_the_right_and_time_runs_as_ever(client: Client) -> None:
    url = f"{CHARTS[0]}&format=svg"
    root = ET.fromstring(client.get(url, headers={"accept-language": "ar"}).content)
    width = float(root.attrib["width"])
    lines = [e for e in root.iter(f"{SVG}text") if e.get("class") in ("title", "subtitle", "foot")]
    assert len(lines) > 4
    for line in lines:
        assert line.get("text-anchor") == "end"
        assert float(line.attrib["x"]) > 0.9 * width

    def years(page: ET.Element) -> list[tuple[str | None, str]]:
        return [(e.text, e.attrib["x"]) for e in page.iter(f"{SVG}text") if e.get("class") == "year"]

    assert years(root) == years(drawn(client, CHARTS[0]))


def test_a_chart_is_the_same_each_time_and_twice_as_large_in_pixels(client: Client) -> None:
    url = CHARTS[5]
    assert taken(client, url, "svg").content == taken(client, url, "svg").content
    root, picture = drawn(client, url), taken(client, url, "png").content
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 2 * int(root.attrib["width"])
    assert int.from_bytes(picture[20:24]) == 2 * int(root.attrib["height"])


def test_without_the_library_one_line_says_what_to_install(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    response = client.get(f"{CHARTS[0]}&format=png")
    assert response.status_code == 400
    assert "pip install" in response.content.decode()


@pytest.mark.parametrize("query", ["chart=none", "chart=standing&format=pdf"])
def test_what_there_is_not_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/agreements/nato-treaty?{query}")
    assert response.status_code == 400
    assert "svg" in response.content.decode() or "standing" in response.content.decode()


def test_standings_are_told_apart_without_colours() -> None:
    """By height, by pattern, or by a dashed edge; of those that look alike in grey, one is the agreement's own row."""
    looks = {look for look, _ in marks_of(("party", "provisional", "contested", "suspended", "contracting", "signatory", "unknown"))}
    dashed = set(re.findall(r"\.b-([\w-]+) \{[^}]*stroke-dasharray", style()))
    shapes = {}
    for look, mark in marks_of(looks):
        height, pattern = re.search(r'height="(\d+)"', mark), re.search(r"url\(#([\w-]+)\)", mark)
        assert height is not None
        shapes[look] = (height[1], pattern[1] if pattern else "", look in dashed)
    assert len(set(shapes.values())) == len(shapes), shapes


def test_patterns_stand_out_in_grey() -> None:
    def grey(colour: str) -> float:
        value = resolved(colour)
        return 0.2126 * int(value[1:3], 16) + 0.7152 * int(value[3:5], 16) + 0.0722 * int(value[5:7], 16)

    for name in light():
        if name.startswith("--b-") and name != "--b-unknown":
            assert grey("var(--card)") - grey(f"var({name})") > 80, name


def test_the_strongest_ties_are_whole_ranks() -> None:
    ties = [(("A", str(n)), ("x",) * number) for n, number in enumerate((5, 4, 4, 2, 2, 2))]
    assert [len(by) for _, by in strongest(ties, 5)] == [5, 4, 4]
    assert len(strongest(ties[3:], 2)) == 2


def test_a_chord_shows_few_enough_to_be_read(client: Client) -> None:
    ribbons = [e for e in drawn(client, CHARTS[6]).iter(f"{SVG}path") if "tie" in e.get("class", "").split()]
    assert 0 < len(ribbons) <= MOST


def test_the_network_keeps_its_places() -> None:
    ties = [(("A", "B"), ("x",)), (("B", "C"), ("x", "y")), (("D", "E"), ("x",))]
    places = laid_out(ties)
    assert places == laid_out(ties)
    assert len(set(places.values())) == 5
    near = (places["A"][0] - places["B"][0]) ** 2 + (places["A"][1] - places["B"][1]) ** 2
    far = (places["A"][0] - places["E"][0]) ** 2 + (places["A"][1] - places["E"][1]) ** 2
    assert near < far, "who is tied lies near each other"


@pytest.mark.parametrize("view", ["map", "network", "chord", "matrix"])
def test_each_view_names_its_table_and_keeps_the_year(client: Client, view: str) -> None:
    page = client.get(f"/cooperation?view={view}&on=1990-07-01").content.decode()
    assert f"chart={view}&amp;format=svg" in page
    assert 'id="ties"' in page
    assert view == "matrix" or 'aria-details="ties"' in page
    assert client.get(f"/cooperation?view={view}&year=1955")["Location"] == f"/cooperation?on=1955-07-01&view={view}"


def test_an_unknown_view_is_refused(client: Client) -> None:
    assert client.get("/cooperation?view=globe").status_code == 400
