"""Certificates as openssl makes them: an authority of one's own, and what it issues, also long ago."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Issued:
    """The files of a certificate and its private key."""

    certificate: Path
    key: Path


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)


def key_and_request(folder: Path, name: str, *more: str) -> None:
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", f"{name}.key", "-subj", f"/CN={name}", *more)


class Authority:
    """An authority with a certificate that it signed itself, in files named after it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        key_and_request(folder, name, "-x509", "-days", "30", "-out", f"{name}.pem")
        self.certificate = folder / f"{name}.pem"

    def issue(self, name: str, *, host: str = "", ended: bool = False) -> Issued:
        """A certificate for a client, or for a host, by its name or address; ``ended``: yesterday."""
        key_and_request(self.folder, name, "-out", f"{name}.csr")
        begins = datetime.now(UTC) - timedelta(days=10)
        ends = begins + timedelta(days=9 if ended else 30)
        said = self.folder / f"{name}.cnf"
        (self.folder / f"{self.name}.index").touch()
        named = f"subjectAltName={'IP' if host[0].isdigit() else 'DNS'}:{host}\n" if host else ""
        said.write_text(
            f"[ca]\ndefault_ca=this\n[this]\ndatabase={self.name}.index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n"
            f"unique_subject=no\nx509_extensions=extensions\n[any]\ncommonName=supplied\n[extensions]\n"
            f"basicConstraints=CA:false\nextendedKeyUsage={'serverAuth' if host else 'clientAuth'}\n{named}"
        )
        dates = ("-startdate", f"{begins:%Y%m%d%H%M%SZ}", "-enddate", f"{ends:%Y%m%d%H%M%SZ}")
        files = ("-cert", f"{self.name}.pem", "-keyfile", f"{self.name}.key", "-in", f"{name}.csr", "-out", f"{name}.pem")
        openssl(self.folder, "ca", "-batch", "-notext", "-config", said.name, *files, *dates)
        return Issued(self.folder / f"{name}.pem", self.folder / f"{name}.key")


def self_signed(folder: Path, name: str) -> Issued:
    """A certificate that nobody but itself vouches for."""
    key_and_request(folder, name, "-x509", "-days", "30", "-out", f"{name}.pem")
    return Issued(folder / f"{name}.pem", folder / f"{name}.key")
