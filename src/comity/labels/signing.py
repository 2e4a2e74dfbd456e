"""Signing a binding, and what a signature on one is worth.

Signed is the whole binding (enveloped signature, ECDSA with SHA-256 over a SHA-384 digest, the signer's certificate in it).
It covers the labels, the names of the files, and their bytes where the binding carries their digest. Who is believed is the
caller's choice: the certificates given as trusted, each by itself, within its days of validity; nothing is fetched.

1. The document is small enough and has no document type or entities.
2. It carries exactly one signature, directly under its root.
3. One trusted certificate's key made it, with an algorithm of the list below.
4. The one thing signed is the root itself, unchanged: labels are read from what was signed, not from the document.
5. The certificate was valid on the day that is asked about.
6. Where files are given by their digests: those are the digests that were signed.

Source: XML Signature syntax and processing 1.1; ADatP-4778.2 annexes A to C (read in secondary sources): SHA-1 and MD5 never.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from comity.labels.binding import DS, Binding, binding_of
from comity.labels.markup import LABEL_LIMITS, decode_xml, parse, xml_library
from comity.terms import BadInput, ComityError

SIGNATURES = ("ECDSA_SHA256", "ECDSA_SHA384", "ECDSA_SHA512", "RSA_SHA256", "RSA_SHA384", "RSA_SHA512")
DIGESTS = ("SHA256", "SHA384", "SHA512")


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """What a signature is worth: valid, invalid or not there, why in one line, whose, and the binding that it covers if valid."""

    verdict: Literal["valid", "invalid", "unsigned"]
    why: str
    signer: str | None = None
    binding: Binding | None = None


def sign_binding(binding: bytes, key: bytes, certificate: bytes) -> bytes:
    """The same binding with a signature in it. ``key``: an unencrypted private key on a NIST curve, PEM; ``certificate``: PEM."""
    signxml = _signing_library()
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    root = _element(binding)
    if root.find(f"{{{DS}}}Signature") is not None:
        raise BadInput("the binding is signed already; sign one without a signature")
    try:
        private: Any = load_pem_private_key(key, password=None)
        certified = x509.load_pem_x509_certificate(certificate)
    except (ValueError, TypeError) as problem:
        raise BadInput(f"the key or the certificate cannot be read: {_line(problem)}; give both as PEM, the key unencrypted") from None
    if not isinstance(private, EllipticCurvePrivateKey) or private.public_key() != certified.public_key():
        raise BadInput("the key is not the elliptic-curve key of this certificate; give the two that belong together")
    etree = xml_library()
    root.insert(0, etree.Element(f"{{{DS}}}Signature", Id="placeholder"))
    signer = signxml.XMLSigner(
        signature_algorithm=signxml.SignatureMethod.ECDSA_SHA256,
        digest_algorithm=signxml.DigestAlgorithm.SHA384,
        c14n_algorithm=signxml.CanonicalizationMethod.CANONICAL_XML_1_1,
    )
    signed: Any = signer.sign(root, key=private, cert=[certified])
    written: bytes = etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def check_signature(binding: bytes, trusted: Sequence[bytes], at: datetime, files: Mapping[str, bytes] | None = None) -> SignatureCheck:
    """Is the binding signed by the holder of a trusted certificate (PEM), valid at ``at``?

    ``files``: names to SHA-384 digests of files that must be those that were signed.
    """
    if _element(binding).find(f"{{{DS}}}Signature") is None:
        return SignatureCheck("unsigned", "there is no signature directly under the root")
    _signing_library()
    from cryptography import x509

    why = "no trusted certificate was given"
    for pem in trusted:
        try:
            certificate = x509.load_pem_x509_certificate(pem)
        except ValueError as problem:
            raise BadInput(f"a trusted certificate cannot be read: {_line(problem)}; give it as PEM") from None
        found = _by(binding, certificate)
        if isinstance(found, Binding):
            return _judged(found, certificate, at, files or {})
        why = found
    return SignatureCheck("invalid", why)


def _by(binding: bytes, certificate: Any) -> Binding | str:
    """What the holder of the certificate signed, or why it is not signed by them."""
    signxml = _signing_library()
    expected = signxml.SignatureConfiguration(
        location="./",
        signature_methods=frozenset(signxml.SignatureMethod[name] for name in SIGNATURES),
        digest_algorithms=frozenset(signxml.DigestAlgorithm[name] for name in DIGESTS),
    )
    try:
        result = signxml.XMLVerifier().verify(_element(binding), x509_cert=certificate, expect_config=expected)
    except signxml.InvalidDigest:
        return "the binding was changed after it was signed"
    except (signxml.InvalidSignature, ValueError, xml_library().LxmlError) as problem:
        return f"it is not signed by the holder of a trusted certificate: {_line(problem)}"
    try:
        return replace(binding_of(parse(result.signed_data, where="what was signed"), "what was signed"), signed=True)
    except BadInput as problem:
        return f"the signature covers something else than the binding: {problem}"


def _judged(binding: Binding, certificate: Any, at: datetime, files: Mapping[str, bytes]) -> SignatureCheck:
    signer = certificate.subject.rfc4514_string()
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return SignatureCheck("invalid", f"the certificate is not valid on {at.date()}", signer)
    for name, digest in files.items():
        reference = next((d for d in binding.data if d.uri == name), None)
        if reference is None or reference.sha384 is None:
            return SignatureCheck("invalid", f"what was signed does not cover the bytes of {name}", signer)
        if digest != reference.sha384:
            return SignatureCheck("invalid", f"{name} is not the file that was signed", signer)
    return SignatureCheck("valid", "signed by the holder of a trusted certificate and unchanged since", signer, binding)


def _element(data: bytes) -> Any:
    """The document as the signature's own library wants it, after the same checks as everything else that is read."""
    parse(data, where="binding")
    etree = xml_library()
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(decode_xml(data, LABEL_LIMITS, "binding").encode("utf-8"), parser)


def _signing_library() -> Any:
    try:
        import signxml
    except ImportError:
        raise ComityError("signatures need signxml; install Comity with its labels: pip install 'comity[labels]'") from None
    return signxml


def _line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:160] or type(problem).__name__
