"""Acts: the one thing that goes in. The kinds, the envelope, canonical bytes and hash.

This room owns: what an act is and how it is identified for good. It does not own: what an act brings about (agreements),
or where acts are kept (book, ledger).
Law: Vienna Convention on the Law of Treaties, for the kinds and their moments.
"""

from comity.acts.envelope import BASES, LEVELS, Act, Attachment, Entry, Level, Source, canonical_bytes, read_act, sealed, to_plain
from comity.acts.vocabulary import CONSENT, Detail, Kind, check_detail, kinds

__all__ = [
    "BASES",
    "CONSENT",
    "LEVELS",
    "Act",
    "Attachment",
    "Detail",
    "Entry",
    "Kind",
    "Level",
    "Source",
    "canonical_bytes",
    "check_detail",
    "kinds",
    "read_act",
    "sealed",
    "to_plain",
]
