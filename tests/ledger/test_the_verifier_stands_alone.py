"""The verifier in one file: it needs nothing but Python, agrees with the library's signatures, and believes no proof that was touched."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import Signer, create, inclusion_file, make_checkpoint, new_signer, verifier_key
from comity.ledger.notes import SignatureType, cosign
from tests.ledger.conftest import BOOK, ORIGIN, VERIFIER

AT = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str, str]:
    """A proof with a cosigned checkpoint, the ledger's key, a witness's key, and the act."""
    ledger = create(f"sqlite:///{tmp_path_factory.mktemp('proof')}/x.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, ledger)
    signer, witness = new_signer(ORIGIN), new_signer("witness.example.net")
    make_checkpoint(ledger, signer)
    act = next(leaf.act for leaf in ledger.leaves(20, 40) if leaf.act)
    head, _, note = inclusion_file(ledger, act).partition("\n\n")
    ledger.close()
    keys = _key(signer, SignatureType.ED25519), _key(witness, SignatureType.COSIGNATURE)
    return f"{head}\n\n{cosign(note, witness, AT)}", *keys, act


def _key(signer: Signer, kind: SignatureType) -> str:
    return verifier_key(signer.name, signer.verifier().public_key, kind)


def test_it_needs_nothing_but_python() -> None:
    tree = ast.parse((VERIFIER / "verify_proof.py").read_text(encoding="utf-8"))
    needed = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert needed <= {"argparse", "base64", "binascii", "hashlib", "json", "sys", "time"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_it_says_what_is_proved(verifier: ModuleType, proved: tuple[str, str, str, str]) -> None:
    proof, key, witness, act = proved
    found = verifier.inclusion(proof, key, [witness])
    assert (found["act"], found["ledger"]) == (act, ORIGIN)
    assert found["cosigned"] == {"+".join(witness.split("+", 2)[:2]): int(AT.timestamp())}


def test_it_runs_by_itself(proved: tuple[str, str, str, str], tmp_path: Path) -> None:
    proof, key, witness, act = proved
    (tmp_path / "a.tlog-proof").write_text(proof, encoding="utf-8")
    run = [sys.executable, "-I", str(VERIFIER / "verify_proof.py"), "inclusion", str(tmp_path / "a.tlog-proof")]
    done = subprocess.run([*run, "--log", key, "--witness", witness], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"  act: {act}\n" in done.stdout
    other = subprocess.run([*run, "--log", _key(new_signer(ORIGIN), SignatureType.ED25519)], capture_output=True, text=True, check=False)
    assert (other.returncode, other.stdout) == (1, f"not proved: the checkpoint is not signed by {ORIGIN}\n")
    assert subprocess.run(run, capture_output=True, check=False).returncode == 2
    assert subprocess.run([*run[:-1], str(tmp_path / "none"), "--log", key], capture_output=True, check=False).returncode == 2


def test_no_proof_that_was_touched_is_believed(verifier: ModuleType, proved: tuple[str, str, str, str]) -> None:
    """Each character in turn is made another."""
    proof, key, witness, _ = proved
    rng, believed = random.Random(1), []
    for at in range(len(proof)):
        touched = proof[:at] + rng.choice([c for c in "Aa0+/=\n x" if c != proof[at]]) + proof[at + 1 :]
        try:
            verifier.inclusion(touched, key, [witness])
        except verifier.NotProved:
            continue
        believed.append((at, touched[at]))
    assert believed == []


def test_it_agrees_with_the_library_on_signatures(verifier: ModuleType) -> None:
    rng = random.Random(2)
    for _ in range(12):
        private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
        public, message = private.public_key().public_bytes_raw(), rng.randbytes(rng.randrange(80))
        signature = private.sign(message)
        assert verifier.is_signed(public, message, signature)
        assert not verifier.is_signed(public, message + b" ", signature)
        flipped = bytearray(signature)
        flipped[rng.randrange(64)] ^= 1 << rng.randrange(8)
        assert not verifier.is_signed(public, message, bytes(flipped))
        beyond = signature[:32] + (int.from_bytes(signature[32:], "little") + verifier.ORDER).to_bytes(32, "little")
        assert not verifier.is_signed(public, message, beyond), "a second signature made from the first (5.1.7)"


def test_the_first_vector_of_rfc_8032_holds(verifier: ModuleType) -> None:
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verifier.is_signed(public, b"", signature)
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert (private.public_key().public_bytes_raw(), private.sign(b"")) == (public, signature)
