"""A client is let in by an act of the keeper, and no longer after another; in doubt, it is not."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from comity.acts import Act, Entry
from comity.book.tables import entry_of
from comity.exchange.asking import Caller
from comity.exchange.calling.client_acts import admit_row, dismiss_row
from comity.exchange.calling.clients import ADMIT, DISMISS, SHOWS, Client, Shows, admitted
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import BadInput
from tests.exchange.admitting import DAY, KEEPER, NOW, PARTNER, STRANGER, act, admit, dismiss, standing

OLD, NEW = "a" * 64, "b" * 64
STEPS = ("old", "new", "disputed", "retracted", "named", "replied", "undone", "other admits", "other dismisses")


def played(steps: Iterable[str]) -> tuple[list[Act], str | None]:
    """The acts that these steps are, and the fingerprint of whoever is in after them, by what the story says."""
    acts, inside, last = list[Act](), None, None
    for step in steps:
        match step:
            case "old" | "new":
                inside = OLD if step == "old" else NEW
                acts.append(admit(fingerprint=inside))
                last = acts[-1]
            case "disputed" | "retracted":
                inside, last = None, admit(fingerprint=OLD)
                denies = "deny" if step == "disputed" else "retract"
                acts += [last, act(denies, STRANGER if step == "disputed" else KEEPER, last.hash)]
            case "named":
                inside = None
                acts.append(dismiss())
            case "replied":
                inside = inside if last is None else None
                acts.append(act(DISMISS, replies_to=None if last is None else last.hash))
            case "undone":
                inside, gone = None, dismiss()
                acts += [gone, act("retract", PARTNER, gone.hash), act("deny", PARTNER, gone.hash)]
            case "other admits":
                acts.append(admit(fingerprint=NEW, actor=PARTNER))
            case "other dismisses":
                acts.append(dismiss(actor=PARTNER))
    return acts, inside


def fingerprints(of: Standing) -> list[str]:
    return [client.fingerprint for client in admitted(of, KEEPER).clients]


@pytest.mark.parametrize("length", range(5))
def test_whatever_was_said_of_a_name_the_last_counts(length: int) -> None:
    """All sequences of up to four steps of nine kinds."""
    for steps in itertools.product(STEPS, repeat=length):
        acts, inside = played(steps)
        assert fingerprints(standing(*acts)) == ([] if inside is None else [inside]), steps


def test_acts_count_in_the_order_in_which_they_were_logged() -> None:
    """A book has its files in another order."""
    came, went = admit(), dismiss()
    order = {came.hash: 7, went.hash: 9}
    held = standing(went, came)
    assert fingerprints(held) == [OLD]
    assert admitted(held, KEEPER, lambda acts: {one: order[one] for one in acts}).clients == ()


def test_names_stand_apart() -> None:
    held = standing(admit("one"), admit("two", NEW), admit("three", "c" * 64), dismiss("two"))
    assert [c.name for c in admitted(held, KEEPER).clients] == ["one", "three"]


def test_two_that_show_the_same_are_told_apart_by_nobody() -> None:
    found = admitted(standing(admit("one"), admit("two")), KEEPER)
    assert found.clients == ()
    assert {says for _, says in found.passed_over} == {"another client shows the same certificate; dismiss one of them"}
    assert fingerprints(standing(admit("one"), admit("two"), dismiss("two"))) == [OLD]
    assert len(fingerprints(standing(admit("one"), admit("two", shows="token")))) == 2, "a token is no certificate"


def test_two_passwords_may_look_the_same() -> None:
    held = standing(*(admit(name, "", shows="password") for name in ("one", "two")))
    assert len(admitted(held, KEEPER).clients) == 2


def test_a_client_is_what_its_act_says() -> None:
    came = admit("tip.feed", ":".join(["AB"] * 32), party="EST", may="read, write", until="2027-01-01")
    (client,) = admitted(standing(came), KEEPER).clients
    assert client == Client("tip.feed", "EST", "certificate", "ab" * 32, True, True, date(2027, 1, 1), came.ref)
    assert client.as_caller() == Caller("tip.feed", "EST", reads=True, writes=True)
    assert client.is_admitted_on(date(2026, 12, 31))
    assert not client.is_admitted_on(date(2027, 1, 1))


def test_a_client_of_the_keeper_is_one_of_its_own() -> None:
    (client,) = admitted(standing(admit(party=KEEPER)), KEEPER).clients
    assert client.as_caller().keeper


def test_without_a_word_on_it_a_client_may_nothing() -> None:
    (client,) = admitted(standing(admit(may="")), KEEPER).clients
    assert (client.reads, client.writes) == (False, False)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"client": ""}, "names no client"),
        ({"client": "a:b"}, "client 'a:b'"),
        ({"client": "x" * 65}, "1 to 64"),
        ({"shows": ""}, "choose one of"),
        ({"shows": "kerberos"}, "choose one of"),
        ({"shows": "password"}, "no fingerprint"),
        ({"fingerprint": ""}, "not a SHA-256"),
        ({"fingerprint": "a" * 63}, "not a SHA-256"),
        ({"may": "read, delete"}, "may 'delete'"),
        ({"until": "soon"}, "soon"),
    ],
)
def test_an_act_that_cannot_be_read_admits_nobody_and_says_why(wrong: dict[str, str], says: str) -> None:
    found = admitted(standing(admit(**wrong)), KEEPER)
    assert found.clients == ()
    assert says in found.passed_over[0][1]


def test_an_act_that_cannot_be_read_ends_what_was() -> None:
    assert fingerprints(standing(admit(), admit(shows="kerberos"))) == []


@pytest.mark.parametrize("parties", [(), ("EST", "LVA")])
def test_a_client_acts_for_one_party(parties: tuple[str, ...]) -> None:
    assert admitted(standing(replace(admit(), counterparty=parties)), KEEPER).clients == ()


def test_what_is_to_be_learned_tomorrow_admits_nobody_and_a_dismissal_counts_at_once() -> None:
    tomorrow = DAY + timedelta(days=1)

    def held(*entries: Entry) -> Standing:
        return Standing(Record((), entries, Register()), on=DAY, known=DAY)

    assert fingerprints(held(Entry(admit(), tomorrow))) == []
    assert fingerprints(held(Entry(admit(), DAY), Entry(dismiss(), tomorrow))) == []


# -- as rows


@pytest.mark.parametrize("shows", SHOWS)
def test_the_rows_read_back_as_the_acts_that_admit_and_dismiss(shows: Shows) -> None:
    given = "" if shows == "password" else NEW
    row = admit_row(KEEPER, PARTNER, "feed", shows, NOW, fingerprint=given, may=("read", "write"), until=date(2027, 1, 1))
    came, went = entry_of(row, None, DAY).act, entry_of(dismiss_row(KEEPER, PARTNER, "feed", NOW), None, DAY).act
    assert (came.kind, came.actor, came.counterparty, went.kind) == (ADMIT, KEEPER, (PARTNER,), DISMISS)
    (client,) = admitted(standing(came), KEEPER).clients
    assert client == Client("feed", PARTNER, shows, given, True, True, date(2027, 1, 1), came.ref)
    assert admitted(standing(came, went), KEEPER).clients == ()
    assert came.label.releasable_to == went.label.releasable_to == (PARTNER,)


def test_the_same_row_again_is_another_act() -> None:
    first, second = (admit_row(KEEPER, PARTNER, "feed", "token", NOW, fingerprint=NEW) for _ in range(2))
    assert first["ref"] != second["ref"]


@pytest.mark.parametrize(("shows", "given"), [("certificate", ""), ("token", "x"), ("password", NEW)])
def test_a_row_that_would_admit_nobody_is_refused(shows: Shows, given: str) -> None:
    with pytest.raises(BadInput):
        admit_row(KEEPER, PARTNER, "feed", shows, NOW, fingerprint=given)
