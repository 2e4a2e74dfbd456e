"""Whatever bytes come: a label, a policy, or one line that says why not. Good files are cut, doubled and garbled at random."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.labels import DataReference, lint, read_labels, read_spif, write_labels, write_spif
from comity.terms import BadInput
from tests.labels.making import DATA, TODAY, example, label, rel

ABOUT = [DataReference("a", None, b"\x01" * 48)]
LABEL = label("SECRET", rel("XAA"))
GOOD = [
    (DATA / "label.xml").read_bytes(),
    (DATA / "coherent.toml").read_bytes(),
    write_labels([LABEL], "json"),
    write_labels([LABEL, LABEL], "stix"),
    write_labels([LABEL], "bdo", ABOUT),
]
POLICY = (DATA / "example-spif.xml").read_bytes()
PIECES = st.sampled_from(
    [b"<", b">", b"/>", b"&amp;", b"'", b'"', b"[", b"]", b"{", b"}", b"null", b"0", b" xmlns='urn:x'", b"\x00", b"\xff", b"x:"]
) | st.binary(max_size=4)


@st.composite
def garbled(draw: st.DrawFn, good: list[bytes]) -> bytes:
    data = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        again = draw(st.sampled_from([b"", data[start:end] * 2]))
        data = data[:start] + draw(PIECES) + again + data[end:]
    return data


def one_line(problem: BadInput) -> None:
    """It can be printed, on one line."""
    assert "\n" not in str(problem)
    str(problem).encode()


@given(st.binary(max_size=200) | garbled(GOOD))
@settings(max_examples=300, deadline=None)
def test_bytes_are_labels_or_one_line(data: bytes) -> None:
    try:
        document = read_labels(data)
    except BadInput as problem:
        return one_line(problem)
    for one in document.labels:
        assert read_labels(write_labels([one], "xml")).labels == (one,)
        lint(one, example(), TODAY)
    return None


@given(garbled([POLICY]))
@settings(max_examples=100, deadline=None)
def test_bytes_are_a_policy_or_one_line(data: bytes) -> None:
    try:
        policy = read_spif(data)
    except BadInput as problem:
        return one_line(problem)
    assert read_spif(write_spif(policy)) == policy
    return None


def test_what_is_garbled_was_good_before() -> None:
    assert all(read_labels(data).labels for data in GOOD)
    with pytest.raises(BadInput):
        read_labels(POLICY)
