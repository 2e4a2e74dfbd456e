"""Media types: what TAXII defines is never refused, in whatever spelling HTTP allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.exchange.taxii.negotiating import is_taxii, takes
from tests.exchange.asking_taxii import MANIFEST, OBJECTS, TAXII, ask, indicator, post
from tests.exchange.serving_taxii import node

TAKEN = [
    None, "", "   ", TAXII, "application/taxii+json", "application/taxii+json; version=2.1", 'application/taxii+json;version="2.1"', "*/*",
    "application/*", "APPLICATION/Taxii+JSON ; VERSION=2.1", "text/html, application/taxii+json;q=0.1", "text/html;q=1,*/*;q=0.001",
    "application/taxii+json;version=2.0,application/taxii+json;version=2.1", "application/taxii+json;q=nonsense",
    "application/taxii+json;version=2.1;q=1",
    "application/taxii+json;charset=utf-8", "application/json, */*",
]  # fmt: skip
REFUSED = [
    "text/html", "application/json", "application/taxii+json;version=2.0", "application/vnd.oasis.taxii+json; version=2.0",
    "application/taxii+json;q=0",
    "*/*, application/taxii+json;q=0", "*/*, application/taxii+json;version=2.1;q=0.0", "application/stix+json;version=2.1", ";;;", ",", "taxii", "*",
    "application/taxii+json;version=", "application/taxii+jsonx", "*/json",
]  # fmt: skip


@pytest.mark.parametrize("accept", TAKEN)
def test_accept_that_includes_taxii_is_taken(accept: str | None) -> None:
    assert takes(accept)


@pytest.mark.parametrize("accept", REFUSED)
def test_accept_of_something_else_is_not(accept: str) -> None:
    assert not takes(accept)
    got = ask(node(), "/deu/", accept=accept)
    assert (got.status, got.headers["Content-Type"]) == (406, TAXII)


@pytest.mark.parametrize("accept", [f"{TAXII},application/stix+json;version=2.1", "application/stix+json", TAXII])
def test_a_manifest_takes_both_forms(accept: str) -> None:
    assert ask(node(), MANIFEST, accept=accept).status == 200


@pytest.mark.parametrize(
    "said", [TAXII, "application/taxii+json", "application/taxii+json; version=2.1", 'Application/TAXII+json;Version="2.1";charset=utf-8']
)
def test_a_delivery_in_any_spelling_of_taxii_is_taken(said: str) -> None:
    assert post(node(), indicator(1), content_type=said).status == 202


@pytest.mark.parametrize("said", ["", "application/json", "application/stix+json;version=2.1", "application/taxii+json;version=2.0", "text/plain"])
def test_a_delivery_of_another_type_is_not(said: str) -> None:
    assert post(node(), indicator(1), content_type=said).status == 415


def test_a_compressed_delivery_is_not_taken() -> None:
    assert post(node(), indicator(1), content_encoding="gzip").status == 415
    assert post(node(), indicator(1), content_encoding="Identity").status == 202


def test_a_delivery_whose_answer_the_sender_does_not_take_changes_nothing() -> None:
    held = node()
    assert post(held, indicator(1), accept="text/html").status == 406
    assert ask(held, OBJECTS).body == b"{}"


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["*/*", "application/taxii+json", ";", ",", "q=", "0", ".", "version=", "2.1", '"', " "])).map("".join)
)
def test_no_header_breaks_it(said: str) -> None:
    assert takes(said) in (True, False)
    assert is_taxii(said) in (True, False)
