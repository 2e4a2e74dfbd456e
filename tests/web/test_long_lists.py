"""Long lists come part by part: each item once, and what was asked goes along."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client, RequestFactory

from comity.terms import BadInput
from comity.web.paging import EACH, part_of


def test_each_item_comes_once_in_order() -> None:
    every, found, url = list(range(EACH * 2 + 7)), list[int](), "/acts?kind=ratify"
    while url:
        part = part_of(RequestFactory().get(url), every)
        assert (part.start, part.end, part.count) == (len(found) + 1, len(found) + len(part.items), len(every))
        found += part.items
        assert not part.after or "kind=ratify" in part.after
        url = part.after
    assert found == every


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "1.0", "٣", "9" * 40])
def test_a_part_that_there_is_not_is_refused(page: str) -> None:
    with pytest.raises(BadInput, match="choose one between 1 and 3"):
        part_of(RequestFactory().get("/acts", {"page": page}), range(EACH * 2 + 1))


def test_the_list_of_acts_leads_on(client: Client) -> None:
    page = client.get("/acts").content.decode()
    (onward,) = re.findall(r'<a rel="next" href="([^"]*)"', page)
    later = client.get(unescape(onward)).content.decode()
    assert 'rel="prev"' in later
    assert f"{EACH + 1} to " in later
