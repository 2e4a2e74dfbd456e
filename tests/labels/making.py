"""Labels for the tests: the fictitious policies EXAMPLE and MIRROR, short ways to write a label, and all labels there can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st

from comity.labels import (
    Category,
    CategoryType,
    ConfidentialityLabel,
    Originator,
    PolicyName,
    SecurityPolicy,
    Succession,
    parse_instant,
    read_spif,
)
from comity.labels.confidentiality import IdType

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 26)
EXAMPLE = PolicyName("EXAMPLE", "urn:oid:2.25.1")
MADE = "2026-11-22T12:00:00Z"
TAGS = {"Releasable To": "2.25.1.2", "Codewords": "2.25.1.3", "Notes": "2.25.1.4", "Groups": "2.25.1.5"}


def example() -> SecurityPolicy:
    return read_spif((DATA / "example-spif.xml").read_bytes())


def mirror() -> SecurityPolicy:
    return read_spif((DATA / "mirror-spif.xml").read_bytes())


def rel(*values: str, tag: str = "Releasable To") -> Category:
    return Category(tag=tag, type=CategoryType.PERMISSIVE, values=values)


def code(*values: str, tag: str = "Codewords") -> Category:
    return Category(tag=tag, type=CategoryType.RESTRICTIVE, values=values)


def note(*values: str, tag: str = "Notes") -> Category:
    return Category(tag=tag, type=CategoryType.INFORMATIVE, values=values)


def label(level: str, *categories: Category, policy: PolicyName = EXAMPLE, made: str = MADE, **more: Any) -> ConfidentialityLabel:
    """A label with a review in five years, unless it says otherwise."""
    review = more.pop("review", "2031-01-01T00:00:00Z")
    more["review"] = None if review is None else parse_instant(review)
    return ConfidentialityLabel(policy=policy, classification=level, created=parse_instant(made), categories=categories, **more)


def followed(at: str, successor: ConfidentialityLabel) -> Succession:
    return Succession(parse_instant(at), successor)


_CHARACTER = st.characters(codec="utf-8", exclude_categories=["Cs"]).filter(lambda c: c >= " " and c not in "\ufffe\uffff")
TEXTS = st.text(_CHARACTER | st.sampled_from("\t\n\r<>&\"' ]"), max_size=12)
TOKENS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12).filter(lambda t: "\ufffe" not in t)
INSTANTS = st.builds(
    lambda year, month, hour, digits, zone: parse_instant(f"{year:04}-{month:02}-28T{hour:02}:07:59{digits}{zone}"),
    st.integers(2, 9998),
    st.integers(1, 12),
    st.integers(0, 23),
    st.sampled_from(["", ".5", ".000", ".1234567"]),
    st.sampled_from(["", "Z", "+02:00", "-11:30"]),
)
URIS = st.none() | st.sampled_from(["urn:oid:2.25.1", "urn:oid:2.25.9.4"])
CATEGORIES = st.builds(Category, tag=TEXTS.filter(bool), type=st.sampled_from(CategoryType), values=st.lists(TEXTS, max_size=3).map(tuple), uri=URIS)
FOREIGN = st.lists(
    st.sampled_from(
        ['<a xmlns="urn:a"/>', '<b xmlns="urn:b" a0:c="x" xmlns:a0="urn:c">t&amp;<d xmlns="urn:d"/></b>', '<e xmlns="urn:e" f="1">\n</e>']
    ),
    max_size=2,
).map(tuple)
ATTRIBUTES = st.dictionaries(st.sampled_from(["{urn:a}one", "{urn:b}two", "three", "vierté"]), TEXTS, max_size=2).map(
    lambda d: tuple(sorted(d.items()))
)
_PLAIN: dict[str, Any] = {
    "policy": st.builds(PolicyName, TOKENS, URIS),
    "classification": TOKENS,
    "created": INSTANTS,
    "privacy_mark": st.none() | TEXTS,
    "categories": st.lists(CATEGORIES, max_size=3).map(tuple),
    "originator": st.none() | st.builds(Originator, TEXTS, st.sampled_from(get_args(IdType))),
    "inner_foreign": FOREIGN,
    "foreign": FOREIGN,
}
_LAST = st.builds(ConfidentialityLabel, **_PLAIN)
_SUCCESSIONS = st.none() | st.builds(Succession, INSTANTS, _LAST, FOREIGN)
_NEXT = st.builds(ConfidentialityLabel, **_PLAIN, succession=_SUCCESSIONS)
LABELS = st.builds(
    ConfidentialityLabel,
    **_PLAIN,
    succession=st.none() | st.builds(Succession, INSTANTS, _NEXT, FOREIGN),
    review=st.none() | INSTANTS,
    role=st.sampled_from(["originator", "alternative", "metadata"]),
    id=st.none() | st.sampled_from(["a", "_b-1"]),
    attributes=ATTRIBUTES,
)
"""Every shape a label can have, with awkward characters in every text."""

_FEW_VALUES = st.lists(st.sampled_from(["XAA", "xaa", "XBB"]), max_size=2, unique=True).map(tuple)
NEAR_CATEGORIES = st.lists(
    st.builds(
        Category,
        tag=st.sampled_from(["Releasable To", "releasable  to", "Codewords"]),
        type=st.sampled_from(CategoryType),
        values=_FEW_VALUES,
        uri=st.sampled_from([None, "urn:oid:2.25.1.2", "urn:oid:2.25.1.3"]),
    ),
    max_size=3,
).map(tuple)
"""Categories that are nearly the same, so that they meet."""
