"""Mail is handed over under TLS, to whom we know it is, or not at all."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path

import pytest

from comity.terms import BadInput
from comity.web.watching import Relay
from tests.exchange.certificates import Authority
from tests.web.watching.relay import relaying


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"), "authority")


@pytest.fixture(scope="module")
def context(authority: Authority) -> ssl.SSLContext:
    issued = authority.issue("relay", host="localhost")
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(issued.certificate, issued.key)
    return made


def letter() -> EmailMessage:
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = "comity@example.org", "anna@example.org", "a"
    found.set_content(".\n..\na line that begins with a full stop\n")
    return found


@pytest.mark.parametrize("at_once", [True, False])
def test_under_tls_with_name_and_password(authority: Authority, context: ssl.SSLContext, at_once: bool) -> None:
    with relaying(context, at_once=at_once) as stub:
        relay = Relay("localhost", stub.port, "tls" if at_once else "starttls", "me", "a password", str(authority.certificate))
        relay.send(letter())
        assert [one.get_content().splitlines() for one in stub.letters] == [[".", "..", "a line that begins with a full stop"]]
        assert stub.logins == ["\0me\0a password"]
        assert "a password" not in repr(relay)


def test_a_relay_that_offers_no_tls_gets_nothing() -> None:
    with relaying() as stub:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            Relay("localhost", stub.port, user="me", password="secret").send(letter())
        assert "MAIL" not in stub.said
        assert "AUTH" not in stub.said


def test_a_relay_that_nobody_vouches_for_gets_nothing(context: ssl.SSLContext) -> None:
    with relaying(context) as stub:
        with pytest.raises(ssl.SSLCertVerificationError):
            Relay("localhost", stub.port).send(letter())
        assert stub.letters == []


def test_a_relay_of_another_name_gets_nothing(authority: Authority, context: ssl.SSLContext) -> None:
    with relaying(context) as stub:
        with pytest.raises(ssl.SSLCertVerificationError):
            Relay("127.0.0.1", stub.port, authority=str(authority.certificate)).send(letter())
        assert stub.letters == []


def test_without_tls_on_this_machine_alone() -> None:
    with relaying() as stub:
        Relay("127.0.0.1", stub.port, "none").send(letter())
        assert len(stub.letters) == 1
    with pytest.raises(BadInput, match="for anybody to read"):
        Relay("mail.example.org", 25, "none")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="choose one of starttls, tls, none"):
        Relay("localhost", 25, "ssl")
    with pytest.raises(BadInput, match="COMITY_SMTP_PASSWORD"):
        Relay("localhost", 25, user="me")
