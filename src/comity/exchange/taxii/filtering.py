"""Filters: which objects a query asks for. What cannot be read is refused, never guessed.

Source: TAXII 2.1, 3.4 and 3.5; the fields of each endpoint in 5.3 to 5.8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.exchange.asking import Asked, Filters
from comity.exchange.taxii.errors import malformed
from comity.exchange.taxii.instants import read_instant
from comity.exchange.taxii.requests import Kind, is_filter

FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "objects": ("id", "type", "version", "spec_version"),
    "manifest": ("id", "type", "version", "spec_version"),
    "object": ("version", "spec_version"),
    "versions": ("spec_version",),
}
"""What an endpoint filters by; any other field of ``match`` is ignored there, as the standard allows."""

_POSITIVE = re.compile(r"0*[1-9]\d{0,15}", re.ASCII)
MOST = 2**53 - 1
WORDS = ("last", "first", "all")


def asked(kind: Kind, given: Mapping[str, str], object_id: str, most: int, *, bodies: bool) -> Asked:
    """One read, as the parameters say it. ``most``: the largest page; ``object_id``: the one in the path, blank where there is none."""
    return Asked(
        filters=filters(kind, given, object_id),
        after=after(given),
        limit=min(limit(given, most), most),
        cursor=cursor(given),
        bodies=bodies,
    )


def filters(kind: Kind, given: Mapping[str, str], object_id: str) -> Filters:
    """The fields of ``match`` that the endpoint knows."""
    fields = {name: values(given, name) for name in FIELDS[kind]}
    if kind == "versions":
        versions: tuple[str | int, ...] = ("all",)
    else:
        versions = tuple(version(text) for text in fields["version"]) or ("last",)
        if len(set(versions)) < len(versions):
            raise malformed("match[version] names a version twice; give each once")
        if "all" in versions and len(versions) > 1:
            raise malformed("match[version] has all beside another version; give all alone")
    return Filters(
        ids=(object_id,) if object_id else fields["id"],
        types=fields.get("type", ()),
        versions=versions,
        spec_versions=fields["spec_version"],
    )


def withdrawn(given: Mapping[str, str], object_id: str) -> Filters:
    """Which versions to delete; a parameter that deleting does not know is refused, for ignoring it would delete more than was asked."""
    other = [name for name in given if is_filter(name) and name not in ("match[version]", "match[spec_version]")]
    if other:
        raise malformed(f"deleting does not know {other[0]}; it takes match[version] and match[spec_version]")
    return filters("object", given, object_id)


def values(given: Mapping[str, str], field: str) -> tuple[str, ...]:
    """The values of a field of ``match``; of one that is not there, none."""
    text = given.get(f"match[{field}]")
    if text is None:
        return ()
    found = tuple(text.split(","))
    if not all(found):
        raise malformed(f"match[{field}] has an empty value; write the values between commas, without spaces")
    return found if field == "version" else tuple(dict.fromkeys(found))


def version(text: str) -> str | int:
    """``last``, ``first``, ``all``, or the instant that is meant."""
    if text in WORDS:
        return text
    found = read_instant(text)
    if found is None:
        raise malformed("match[version] takes last, first, all, or timestamps such as 2016-01-01T01:01:01.000Z")
    return found


def after(given: Mapping[str, str]) -> int | None:
    """The stamp after which objects are asked for, exclusive."""
    text = given.get("added_after")
    if text is None:
        return None
    found = read_instant(text)
    if found is None:
        raise malformed("added_after takes one timestamp such as 2016-01-01T01:01:01.000000Z")
    return found


def limit(given: Mapping[str, str], unless: int) -> int:
    """How many objects at most; ``unless``: where nothing is said."""
    text = given.get("limit")
    if text is None:
        return unless
    if not _POSITIVE.fullmatch(text) or int(text) > MOST:
        raise malformed("limit takes one whole number greater than 0")
    return int(text)


def cursor(given: Mapping[str, str]) -> str | None:
    """What the page before gave to go on with."""
    text = given.get("next")
    if text == "":
        raise malformed("next is empty; give the value of next from the page before, or leave it out")
    return text
