"""Whose a credential is; that a wrong one is nobody's, however it was come by; and for how long a right password is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.exchange.asking import Caller
from comity.exchange.calling import identifying, passwords
from comity.exchange.calling.clients import Client
from comity.exchange.calling.credentials import Certificate, Credential, Password, Token, Unreadable, new_token
from comity.exchange.calling.entrance import Entrance, Limits, TurnedAway
from comity.exchange.calling.identifying import Clients
from comity.exchange.calling.passwords import fits, password_record
from tests.exchange.admitting import CERTIFICATE, DAY, NOW, TOKEN, Records, clients

RIGHT = Password("desk", "correct horse battery")
with patch.object(passwords, "_COST", 10):
    QUICK = password_record(RIGHT.password)
    OTHER = password_record("another horse battery")
FULL = password_record(RIGHT.password)
CALLERS = {sort: client.as_caller() for sort, client in clients().items()}


class Counted:
    """Comparing passwords as ever, counting how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, password: str, record: str) -> bool:
        self.times += 1
        return fits(password, record)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    compared = Counted()
    monkeypatch.setattr(identifying, "fits", compared)
    return compared


def quick(*of: Client, record: str = QUICK, remember: timedelta = timedelta(minutes=10), most: int = 1000) -> Clients:
    with patch.object(passwords, "_COST", 10):
        return Clients(Records(desk=record, feed=record, gate=record), of or clients().values(), remember=remember, most=most)


def test_each_sort_of_credential_is_its_clients() -> None:
    asked = quick()
    assert asked.identify(CERTIFICATE, NOW) == CALLERS["certificate"]
    assert asked.identify(TOKEN, NOW) == CALLERS["token"]
    assert asked.identify(RIGHT, NOW) == CALLERS["password"]


WRONG: list[Credential] = [
    Unreadable(),
    Token(""),
    Token(new_token()),
    Token(TOKEN.text[:-1]),
    Token(TOKEN.text.upper()),
    Token(TOKEN.text + " "),
    Token(CERTIFICATE.fingerprint),
    Token(clients()["token"].fingerprint),
    Token(RIGHT.password),
    replace(CERTIFICATE, fingerprint="d" * 64),
    replace(CERTIFICATE, fingerprint=clients()["token"].fingerprint),
    replace(CERTIFICATE, fingerprint=""),
    replace(CERTIFICATE, ends=NOW - timedelta(seconds=1)),
    replace(CERTIFICATE, begins=NOW + timedelta(days=20)),
    Password("desk", ""),
    Password("desk", RIGHT.password + "\0"),
    Password("desk", RIGHT.password.upper()),
    Password("desk", QUICK),
    Password("feed", RIGHT.password),
    Password("gate", RIGHT.password),
    Password("gate", CERTIFICATE.fingerprint),
    Password("feed", TOKEN.text),
    Password("Desk", RIGHT.password),
    Password("desk ", RIGHT.password),
    Password("", RIGHT.password),
    Password("", ""),
    Password("nobody", RIGHT.password),
    Password("a\0b" * 100, "x" * 5000),
]
RIGHT_ONES: list[Credential] = [CERTIFICATE, TOKEN, RIGHT]


@pytest.mark.parametrize("shown", WRONG, ids=range(len(WRONG)))
def test_a_wrong_credential_is_nobodys(shown: Credential) -> None:
    asked = quick()
    assert asked.identify(shown, NOW) is None
    for right in RIGHT_ONES:
        assert asked.identify(right, NOW) is not None
    assert asked.identify(shown, NOW) is None, "not after right ones either"


_names = st.sampled_from(["desk", "feed", "gate", "nobody", "Desk", ""])
_credentials = st.one_of(
    st.sampled_from([*WRONG, *RIGHT_ONES]),
    st.builds(Password, _names, st.sampled_from([RIGHT.password, "another horse battery", "", TOKEN.text]) | st.text(max_size=20)),
    st.builds(Token, st.text(max_size=90) | st.builds(new_token)),
)
_steps = st.tuples(_credentials, st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"]), st.floats(-5, 3600))


@settings(deadline=None)
@given(st.lists(_steps, max_size=20))
def test_no_sequence_lets_a_wrong_credential_in(steps: list[tuple[Credential, str, float]]) -> None:
    """Right ones among them, from several addresses, while the clock runs, or is put back a little."""
    entrance, now = Entrance(quick(), Limits(failures=3)), NOW + timedelta(minutes=5)  # put back, it is still after what has ended
    for shown, address, seconds in steps:
        now += timedelta(seconds=seconds)
        found = entrance.admit(shown, address, now)
        if isinstance(found, Caller):
            assert found == {CERTIFICATE: CALLERS["certificate"], TOKEN: CALLERS["token"], RIGHT: CALLERS["password"]}.get(shown)
        else:
            assert found == TurnedAway()


# -- until when


@pytest.mark.parametrize("shown", RIGHT_ONES, ids=["certificate", "token", "password"])
def test_nobody_is_let_in_on_the_day_until_which_it_was_admitted(shown: Credential) -> None:
    asked = quick(*clients(until=DAY + timedelta(days=1)).values())
    midnight = NOW.replace(hour=0) + timedelta(days=1)
    assert asked.identify(shown, midnight - timedelta(seconds=1)) is not None
    assert asked.identify(shown, midnight) is None, "even if it is remembered"


@pytest.mark.parametrize("shown", RIGHT_ONES, ids=["certificate", "token", "password"])
def test_nobody_is_let_in_once_dismissed(shown: Credential) -> None:
    asked = quick()
    caller = asked.identify(shown, NOW)
    assert caller is not None
    assert asked.is_admitted(caller, NOW)
    asked.renew(client for client in clients().values() if client.name != caller.client)
    assert asked.identify(shown, NOW) is None
    assert not asked.is_admitted(caller, NOW)


def test_who_was_identified_is_let_in_no_longer_for_what_it_may_no_more() -> None:
    asked = quick()
    caller = CALLERS["token"]
    asked.renew([replace(clients()["token"], writes=False)])
    assert not asked.is_admitted(caller, NOW)
    assert asked.is_admitted(replace(caller, writes=False), NOW)


def test_who_is_dismissed_while_its_password_is_compared_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = quick()

    def dismissed_meanwhile(password: str, record: str) -> bool:
        asked.renew([])
        return fits(password, record)

    monkeypatch.setattr(identifying, "fits", dismissed_meanwhile)
    assert asked.identify(RIGHT, NOW) is None


# -- remembering


def test_a_right_password_is_compared_once_and_a_wrong_one_every_time(counted: Counted) -> None:
    asked = quick()
    assert all(asked.identify(RIGHT, NOW) for _ in range(5))
    assert counted.times == 1
    assert not any(asked.identify(replace(RIGHT, password="wrong"), NOW) for _ in range(5))
    assert counted.times == 6


@pytest.mark.parametrize(("seconds", "times"), [(0, 1), (599, 1), (600, 2), (3600, 2), (-1, 2)])
def test_it_is_remembered_for_a_bounded_time(counted: Counted, seconds: int, times: int) -> None:
    """Nor before it was compared, should the clock be put back."""
    asked = quick()
    for now in (NOW, NOW + timedelta(seconds=seconds)):
        assert asked.identify(RIGHT, now) is not None
    assert counted.times == times


def test_it_is_not_remembered_beyond_a_change_of_clients(counted: Counted) -> None:
    asked = quick()
    assert asked.identify(RIGHT, NOW) is not None
    generation = asked.generation
    asked.renew(reversed(clients().values()))
    assert asked.generation == generation, "the same clients"
    assert asked.identify(RIGHT, NOW) is not None
    assert counted.times == 1
    asked.renew([*clients().values(), replace(clients()["token"], name="more", fingerprint="e" * 64)])
    assert asked.generation == generation + 1
    assert asked.identify(RIGHT, NOW) is not None
    assert counted.times == 2


def test_it_is_not_remembered_beyond_another_password(counted: Counted) -> None:
    with patch.object(passwords, "_COST", 10):
        records = Records(desk=QUICK)
        asked = Clients(records, clients().values())
    assert asked.identify(RIGHT, NOW) is not None
    records.put("desk", OTHER)
    assert asked.identify(RIGHT, NOW) is None
    assert asked.identify(replace(RIGHT, password="another horse battery"), NOW) is not None
    del records["desk"]
    assert asked.identify(replace(RIGHT, password="another horse battery"), NOW) is None


def test_a_bounded_number_is_remembered(counted: Counted) -> None:
    names = [f"desk{number}" for number in range(5)]
    of = [replace(clients()["password"], name=name) for name in names]
    asked = Clients(Records(dict.fromkeys(names, QUICK)), of, most=3)
    for name in (*names, *names[2:]):
        assert asked.identify(replace(RIGHT, name=name), NOW) is not None
    assert counted.times == 5
    assert asked.identify(replace(RIGHT, name=names[0]), NOW) is not None
    assert counted.times == 6


def test_a_damaged_record_fits_nothing_and_tells_nobody() -> None:
    assert quick(record="damaged").identify(RIGHT, NOW) is None


# -- how long it takes


def test_a_remembered_password_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = quick()
    assert asked.identify(RIGHT, NOW) is not None

    def compared(password: str, record: str) -> bool:
        raise AssertionError("it is remembered")

    monkeypatch.setattr(identifying, "fits", compared)
    assert all(asked.identify(shown, NOW) is not None for shown in RIGHT_ONES)


def test_an_unknown_name_takes_the_same_work_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """And as a name that shows something else, or has no record: one comparison each, of a record of the same cost."""
    of = [*clients().values(), replace(clients()["password"], name="bare")]
    asked = Clients(Records(desk=FULL, feed=FULL), of)
    compared, really = list[str](), passwords.fits

    def counted(password: str, record: str) -> bool:
        compared.append(record.rpartition("$")[0].rpartition("$")[0])
        return really(password, record)

    monkeypatch.setattr(identifying, "fits", counted)
    for name in ("desk", "nobody", "feed", "bare", "a:b"):
        assert asked.identify(Password(name, "wrong"), NOW) is None
    assert compared == ["$scrypt$ln=15,r=8,p=1"] * 5


def test_certificates_of_long_ago_are_compared_by_their_own_days() -> None:
    shown = Certificate(CERTIFICATE.fingerprint, NOW - timedelta(days=2), NOW)
    assert quick().identify(shown, NOW) is not None
    assert quick().identify(shown, NOW + timedelta(microseconds=1)) is None
