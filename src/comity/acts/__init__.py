"""Acts: the one thing that goes in. The kinds, the envelope, canonical bytes and hash, an act's own signature.

This room owns: what an act is and how it is identified for good. It does not own: what an act brings about (agreements), whose
key signed it (standing), or where acts are kept (book, ledger).
Law: Vienna Convention on the Law of Treaties, for the kinds and their moments.
"""

from comity.acts.envelope import BASES, LEVELS, Act, Attachment, Entry, Level, Source, canonical_bytes, read_act, read_plain, sealed, to_plain
from comity.acts.signing import (
    Signature,
    is_signed_by,
    read_key,
    read_private_key,
    read_signature,
    sign,
    thumbprint_of,
    to_base64url,
    write_private_key,
)
from comity.acts.vocabulary import CONSENT, DESTRUCTION, Detail, Kind, check_detail, kinds

__all__ = [
    "BASES",
    "CONSENT",
    "DESTRUCTION",
    "LEVELS",
    "Act",
    "Attachment",
    "Detail",
    "Entry",
    "Kind",
    "Level",
    "Signature",
    "Source",
    "canonical_bytes",
    "check_detail",
    "is_signed_by",
    "kinds",
    "read_act",
    "read_key",
    "read_plain",
    "read_private_key",
    "read_signature",
    "sealed",
    "sign",
    "thumbprint_of",
    "to_base64url",
    "to_plain",
    "write_private_key",
]
