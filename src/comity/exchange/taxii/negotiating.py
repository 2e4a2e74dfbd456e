"""Media types: what a caller takes, and what it sends.

A media type that TAXII defines is never refused; without a version it means the latest. Source: TAXII 2.1, 1.6.8 and 3.1; RFC 9110, 12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

TAXII = "application/taxii+json;version=2.1"
STIX = "application/stix+json;version=2.1"
VERSION = "2.1"
_QUALITY = re.compile(r"[01](\.\d*)?", re.ASCII)


def _parsed(media: str) -> tuple[str, dict[str, str]]:
    """A media range and its parameters, names in lower case."""
    name, *rest = media.split(";")
    pairs = (part.partition("=") for part in rest)
    return name.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}


def _fits(accept: str, wanted: str) -> Iterator[tuple[int, float]]:
    """How exactly each range of Accept names the wanted type, and the quality that it gives to it."""
    ranges = {"*/*": 0, "application/*": 1, wanted: 2}
    for media in accept.split(","):
        name, options = _parsed(media)
        version = options.get("version")
        if name in ranges and version in (None, VERSION):
            quality = options.get("q", "")
            exactness = ranges[name] + (version is not None)
            yield exactness, float(quality) if _QUALITY.fullmatch(quality) else 1.0


@lru_cache(maxsize=256)
def takes(accept: str | None, *, stix: bool = False) -> bool:
    """Does the caller take a TAXII answer? ``stix``: naming STIX will do as well (manifests). Nothing said is anything."""
    if accept is None or not accept.strip():
        return True
    wanted = ["application/taxii+json", *(["application/stix+json"] if stix else [])]
    return any(max(_fits(accept, one), default=(0, 0.0))[1] > 0 for one in wanted)


@lru_cache(maxsize=256)
def is_taxii(content_type: str) -> bool:
    """Is a body that is sent so TAXII of this version?"""
    name, options = _parsed(content_type)
    return name == "application/taxii+json" and options.get("version", VERSION) == VERSION
