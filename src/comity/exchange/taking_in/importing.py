"""Files taken in: a STIX bundle, events of MISP, a table of indicators, each as STIX objects with their bytes, all of a file or nothing.

The same file twice gives the same objects. What comes in has the markings that it bore; who gave it, and whether it may go on, is for others to say.

Source: STIX 2.1; MISP core format; RFC 4180.
"""

from __future__ import annotations

from typing import Literal, get_args

from comity.exchange.asking import Fate
from comity.exchange.envelopes import ReadingLimits, read_envelope, read_json, read_object
from comity.exchange.taking_in.imported import Imported, Problem, each_once
from comity.exchange.taking_in.indicator_tables import read_table
from comity.exchange.taking_in.misp_events import is_misp, read_events
from comity.terms import BadInput

ImportFormat = Literal["stix", "misp", "csv"]
IMPORT_FORMATS: tuple[ImportFormat, ...] = get_args(ImportFormat)
_MARK = b"\xef\xbb\xbf"


def import_objects(body: bytes, *, by: str, of: ImportFormat | None = None, limits: ReadingLimits | None = None) -> Imported:
    """What a file says, as objects. ``by``: the name of who made it, where the file does not say. ``of``: its format; None: told by its start."""
    limits = limits or ReadingLimits()
    body = body.removeprefix(_MARK)
    of = of or _format(body, limits)
    if of == "csv":
        return read_table(body, by, limits)
    return read_events(body, by, limits) if of == "misp" else read_bundle(body, limits)


def read_bundle(body: bytes, limits: ReadingLimits) -> Imported:
    """The objects of a bundle or an envelope, or one that stands alone, with the bytes they have there."""
    try:
        document = read_json(body, limits)
        if isinstance(document, dict) and "objects" not in document and document.get("type") != "bundle":
            one = read_object(body, limits)
            objects, refused = ([], [one]) if isinstance(one, Fate) else ([one], [])
        else:
            envelope = read_envelope(body, limits, "the file")
            objects, refused = list(envelope.objects), list(envelope.refused)
        if refused:
            return Imported(wrong=tuple(Problem(fate.id or "an object", fate.says) for fate in refused))
        return Imported(each_once(objects))
    except BadInput as problem:
        return Imported(wrong=(Problem("the file", str(problem)),))


def _format(body: bytes, limits: ReadingLimits) -> ImportFormat:
    """JSON begins with a bracket; MISP's has an event at its top."""
    if not body.lstrip(b" \t\r\n").startswith((b"{", b"[")):
        return "csv"
    try:
        return "misp" if is_misp(read_json(body, limits)) else "stix"
    except BadInput:
        return "stix"
