"""A sidecar: labels and the data they are about; and what a signature over it is worth."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID

from comity.labels import DataReference, check_signature, read_binding, sign_binding, write_binding
from comity.labels.markup import parse
from comity.terms import BadInput, ComityError
from tests.labels.making import label, rel

DIGEST = hashlib.sha384(b"the report").digest()
SIDECAR = write_binding([label("SECRET", rel("XAA"), attributes=(("{urn:a}b", "slab:c"),))], [DataReference("report.pdf", None, DIGEST)])
NOW = datetime(2026, 11, 26, tzinfo=UTC)
Pair = tuple[bytes, bytes]


@cache
def pair(name: str, curve: str = "p256") -> Pair:
    """A key and its own certificate, valid in 2026."""
    key = ed25519.Ed25519PrivateKey.generate() if curve == "ed25519" else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(7)
    built = built.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
    certificate = built.sign(key, None if curve == "ed25519" else hashes.SHA256())
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return encoded, certificate.public_bytes(serialization.Encoding.PEM)


@cache
def signed() -> bytes:
    return sign_binding(SIDECAR, *pair("signer"))


def test_a_signature_of_a_trusted_holder_over_an_unchanged_binding_is_valid() -> None:
    check = check_signature(signed(), [pair("other")[1], pair("signer")[1]], NOW, {"report.pdf": DIGEST})
    assert (check.verdict, check.signer) == ("valid", "CN=signer")
    assert check.binding is not None
    assert check.binding.labels == read_binding(SIDECAR).labels
    assert check.binding.signed


def test_the_signature_stands_first_and_says_its_algorithms() -> None:
    root = parse(signed())
    assert root.children[0].name == "Signature"
    assert b"ecdsa-sha256" in signed()
    assert b"xmldsig-more#sha384" in signed()
    assert read_binding(signed()).signed
    assert not read_binding(SIDECAR).signed


TAMPERED = {
    "a lower level": (b">SECRET<", b">RESTRICTED<"),
    "one more to release to": (b"XAA</", b"XBB</"),
    "another file": (b'URI="report.pdf"', b'URI="other.pdf"'),
    "an attribute": (b"slab:c", b"slab:d"),
    "another digest": (b"<ds:Manifest>", b"<ds:Manifest> "),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_binding_changed_after_it_was_signed_is_invalid(how: str) -> None:
    before, after = TAMPERED[how]
    assert before in signed()
    check = check_signature(signed().replace(before, after), [pair("signer")[1]], NOW)
    assert (check.verdict, check.why, check.binding) == ("invalid", "the binding was changed after it was signed", None)


def test_a_signature_of_somebody_who_is_not_trusted_is_invalid() -> None:
    check = check_signature(signed(), [pair("other")[1]], NOW)
    assert check.verdict == "invalid"
    assert check.why.startswith("it is not signed by the holder of a trusted certificate")
    assert check_signature(signed(), [], NOW).why == "no trusted certificate was given"


def test_a_signature_moved_into_another_binding_is_invalid() -> None:
    moved = sign_binding(write_binding([label("OPEN")], [DataReference("x")]), *pair("other"))
    start, end = signed().index(b"<ds:Signature"), signed().index(b"</ds:Signature>")
    theirs, their_end = moved.index(b"<ds:Signature"), moved.index(b"</ds:Signature>")
    assert check_signature(moved[:theirs] + signed()[start:end] + moved[their_end:], [pair("signer")[1]], NOW).verdict == "invalid"


def test_a_signature_that_is_no_signature_is_invalid() -> None:
    broken = signed().replace(b"<ds:SignedInfo>", b"<ds:SignedInfo><ds:Odd/>")
    assert check_signature(broken, [pair("signer")[1]], NOW).verdict == "invalid"


def test_a_signature_over_a_part_of_the_binding_is_invalid() -> None:
    """The part is signed by a trusted holder, but a label could be put beside it."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from lxml import etree
    from signxml.algorithms import DigestAlgorithm, SignatureMethod
    from signxml.signer import XMLSigner

    key, certificate = pair("signer")
    root = etree.fromstring(SIDECAR.replace(b"<mb:MetadataBinding>", b'<mb:MetadataBinding Id="part">'))
    root.insert(0, etree.Element("{http://www.w3.org/2000/09/xmldsig#}Signature", Id="placeholder"))
    signer = XMLSigner(signature_algorithm=SignatureMethod.ECDSA_SHA256, digest_algorithm=DigestAlgorithm.SHA384)
    private = load_pem_private_key(key, None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    partly = signer.sign(root, key=private, cert=[x509.load_pem_x509_certificate(certificate)], reference_uri="#part")
    check = check_signature(etree.tostring(partly), [certificate], NOW)
    assert (check.verdict, check.binding) == ("invalid", None)
    assert check.why.startswith("the signature covers something else than the binding")


@pytest.mark.parametrize("days", [-400, 400])
def test_a_certificate_outside_its_days_is_not_believed(days: int) -> None:
    check = check_signature(signed(), [pair("signer")[1]], NOW + timedelta(days=days))
    assert (check.verdict, check.signer) == ("invalid", "CN=signer")
    assert "the certificate is not valid on" in check.why


def test_another_file_than_the_one_signed_is_found_out() -> None:
    trusted = [pair("signer")[1]]
    assert check_signature(signed(), trusted, NOW, {"report.pdf": b"other"}).why == "report.pdf is not the file that was signed"
    assert check_signature(signed(), trusted, NOW, {"more.pdf": DIGEST}).why == "what was signed does not cover the bytes of more.pdf"


def test_a_binding_without_a_signature_is_unsigned() -> None:
    assert check_signature(SIDECAR, [pair("signer")[1]], NOW).verdict == "unsigned"


def test_a_key_and_a_certificate_that_do_not_belong_together_are_refused() -> None:
    for key, certificate in ((pair("signer")[0], pair("other")[1]), pair("edwards", "ed25519")):
        with pytest.raises(BadInput, match="not the elliptic-curve key of this certificate"):
            sign_binding(SIDECAR, key, certificate)
    with pytest.raises(BadInput, match="give both as PEM"):
        sign_binding(SIDECAR, b"key", pair("signer")[1])
    with pytest.raises(BadInput, match="give it as PEM"):
        check_signature(signed(), [b"certificate"], NOW)
    with pytest.raises(BadInput, match="signed already"):
        sign_binding(signed(), *pair("signer"))


def test_without_signxml_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "signxml", None)
    with pytest.raises(ComityError, match=r"pip install 'comity\[labels\]'"):
        check_signature(signed(), [pair("signer")[1]], NOW)


def test_metadata_and_data_of_other_kinds_are_kept_beside_the_label() -> None:
    more = b'<mb:Metadata><o:author xmlns:o="urn:o">A. N.</o:author></mb:Metadata><mb:MetadataReference URI="m.xml"/>'
    inner = b'<mb:Data><o:body xmlns:o="urn:o"/></mb:Data><mb:DataReference'
    binding = read_binding(SIDECAR.replace(b"</mb:Metadata>", b"</mb:Metadata>" + more).replace(b"<mb:DataReference", inner))
    assert len(binding.labels) == len(binding.data) == 1
    assert len(binding.other) == 3
    assert "A. N." in binding.other[0]


def test_a_digest_of_another_kind_is_for_others_to_check() -> None:
    other = SIDECAR.replace(b"xmldsig-more#sha384", b"xmlenc#sha512")
    assert read_binding(other).data == (DataReference("report.pdf"),)


MISTAKES = {
    "two labels in one Metadata": (b"</mb:Metadata>", b"<a/></mb:Metadata>", "it holds 2 elements; write one in each Metadata"),
    "no data": (b'<mb:DataReference URI="report.pdf"/>', b"", "metadata come first, then the data"),
    "no URI": (b'DataReference URI="report.pdf"', b"DataReference", "the attribute URI is missing"),
    "no label": (b"originatorConf", b"legacyConf", "it binds no label"),
    "another root": (b"BindingInformation", b"Binding", "the root is Binding"),
    "a digest in other letters": (b"<ds:DigestValue>", b"<ds:DigestValue>\xc3\xa9", "not base64"),
    "a digest that is none": (b"<ds:DigestValue>", b"<ds:DigestValue>*", "not base64"),
    "something in between": (
        b"<mb:MetadataBindingContainer>",
        b"<mb:More/><mb:MetadataBindingContainer>",
        "MetadataBindingContainer is missing before More",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_binding_with_a_mistake_is_refused(mistake: str) -> None:
    before, after, says = MISTAKES[mistake]
    assert before in SIDECAR
    with pytest.raises(BadInput) as caught:
        read_binding(SIDECAR.replace(before, after))
    assert says in str(caught.value)


def test_a_binding_needs_a_label_and_data() -> None:
    with pytest.raises(BadInput, match="name the file"):
        write_binding([label("SECRET")], [])
