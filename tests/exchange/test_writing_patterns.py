"""Patterns: every kind of value in the language of STIX, quoted so that nothing in a value is ever read as part of the pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2patterns.v21.pattern import Pattern  # type: ignore[import-untyped]
from stix2patterns.validator import run_validator  # type: ignore[import-untyped]

from comity.exchange.taking_in.patterns import KINDS, pattern_of, quoted
from comity.terms import BadInput

MD5, SHA1, SHA256, SHA512 = "0123456789abcdef" * 2, "0" * 40, "A1" * 32, "f" * 128
WRITTEN = [
    ("ip-src", "198.51.100.7", "[ipv4-addr:value = '198.51.100.7']"),
    ("ip-dst", "2001:DB8::7", "[ipv6-addr:value = '2001:db8::7']"),
    ("ip", "198.51.100.0/24", "[ipv4-addr:value ISSUBSET '198.51.100.0/24']"),
    ("ip", "198.51.100.7/32", "[ipv4-addr:value = '198.51.100.7']"),
    ("ipv4-addr", "198.51.100.7", "[ipv4-addr:value = '198.51.100.7']"),
    ("ipv6-addr", "2001:db8::/32", "[ipv6-addr:value ISSUBSET '2001:db8::/32']"),
    ("domain", "Bad.Example.org", "[domain-name:value = 'bad.example.org']"),
    ("domain-name", "xn--bcher-kva.example", "[domain-name:value = 'xn--bcher-kva.example']"),
    ("hostname", "_srv.bücher.example", "[domain-name:value = '_srv.bücher.example']"),
    ("url", "https://bad.example.org/a?b='c'", r"[url:value = 'https://bad.example.org/a?b=\'c\'']"),
    ("md5", MD5, f"[file:hashes.MD5 = '{MD5}']"),
    ("sha1", SHA1, f"[file:hashes.'SHA-1' = '{SHA1}']"),
    ("sha256", SHA256, f"[file:hashes.'SHA-256' = '{SHA256.lower()}']"),
    ("sha512", SHA512, f"[file:hashes.'SHA-512' = '{SHA512}']"),
    ("filename", r"C:\a'b.exe", r"[file:name = 'C:\\a\'b.exe']"),
    ("filename|md5", f"a|b.exe|{MD5}", f"[file:name = 'a|b.exe' AND file:hashes.MD5 = '{MD5}']"),
    ("filename|sha1", f"a|{SHA1}", f"[file:name = 'a' AND file:hashes.'SHA-1' = '{SHA1}']"),
    ("filename|sha256", f"a|{SHA256}", f"[file:name = 'a' AND file:hashes.'SHA-256' = '{SHA256.lower()}']"),
    ("filename|sha512", f"a|{SHA512}", f"[file:name = 'a' AND file:hashes.'SHA-512' = '{SHA512}']"),
    ("email", "a@example.org", "[email-addr:value = 'a@example.org']"),
    ("email-addr", "a@example.org", "[email-addr:value = 'a@example.org']"),
    ("email-src", "o'b@example.org", r"[email-message:from_ref.value = 'o\'b@example.org']"),
    ("email-dst", "a@example.org", "[email-message:to_refs[*].value = 'a@example.org']"),
]


@pytest.mark.parametrize(("kind", "value", "pattern"), WRITTEN)
def test_a_value_is_written_as_its_pattern(kind: str, value: str, pattern: str) -> None:
    assert pattern_of(kind, value) == pattern
    assert run_validator(pattern) == []


def test_every_kind_has_a_case() -> None:
    assert {kind for kind, _, _ in WRITTEN} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("btc", "1A", "values of the type 'btc' are not read; there are ip-src, ip-dst"),
        ("ip", "", "is empty"),
        ("url", "https://example.org/" + "a" * 5000, "longer than 4096"),
        ("filename", "a\x00b", "control character"),
        ("filename", "a\ud800b", "control character"),
        ("ip", "198.51.100.256", "is no address; write it as 198.51.100.7"),
        ("ip", "198.51.100.07", "is no address"),
        ("ip", "198.51.100.7/24", "its first address is 198.51.100.0/24"),
        ("ipv4-addr", "::1", "is an address of IPv6, not one of IPv4"),
        ("ipv6-addr", "198.51.100.7", "is an address of IPv4, not one of IPv6"),
        ("ip", "fe80::1%eth0", "with a zone"),
        ("ip", "198[.]51[.]100[.]7", "so that nobody opens it by mistake"),
        ("url", "hxxp://example.org", "so that nobody opens it by mistake"),
        ("domain", "example", "is no name of a domain"),
        ("domain", "-a.example", "is no name of a domain"),
        ("domain", "a..example", "is no name of a domain"),
        ("domain", "198.51.100.7", "is no name of a domain"),
        ("domain", "a b.example", "is no name of a domain"),
        ("hostname", f"{'a' * 64}.example", "is no name of a domain"),
        ("url", "example.org/a", "is no URL"),
        ("url", "https://example.org/a b", "is no URL"),
        ("md5", SHA1, "is no md5; it has 32 hexadecimal digits"),
        ("sha256", "z" * 64, "is no sha256"),
        ("filename|md5", MD5, "is no file name and md5; write them with | between them"),
        ("filename|md5", f"a|{SHA1}", "is no md5"),
        ("email-src", "a", "is no e-mail address"),
        ("email-src", "a@b@c", "is no e-mail address"),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_refused(kind: str, value: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        pattern_of(kind, value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
@settings(max_examples=150, deadline=None)
def test_whatever_is_quoted_stays_one_text(value: str) -> None:
    pattern = f"[file:name = {quoted(value)}]"
    (comparison,) = Pattern(pattern).inspect().comparisons["file"]
    assert re.sub(r"\\(.)", r"\1", comparison[2][1:-1]) == value
    assert comparison[0] == ["name"]
