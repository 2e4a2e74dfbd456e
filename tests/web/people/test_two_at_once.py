"""Two who change accounts at the same moment: whatever comes first counts, and somebody always administers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import RequestFactory

from comity.terms import BadInput, NotOnRecord
from comity.web.holding import Held
from comity.web.people import accounts, inviting, proposals, starting
from comity.web.people.models import Expected, Invitation, Proposal, Vote
from comity.web.readers import NotAllowed, Right, Role
from tests.servers import postgresql, programs
from tests.web.people.conftest import PASSWORD, accounts_on, make

Make = Callable[..., None]


@pytest.fixture(params=["sqlite", "postgresql"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    """The pages have accounts, kept in a database of each kind in turn."""
    if request.param == "sqlite":
        with accounts_on(f"sqlite:///{tmp_path / 'people.db'}"):
            starting.prepare()
            yield make
        return
    if programs() is None:
        pytest.skip("no PostgreSQL on this machine")
    with postgresql() as server, accounts_on(f"{server}/postgres", key=str(tmp_path / "people.key")):
        starting.prepare()
        yield make


def at_once(*works: Callable[[], object]) -> list[Exception | None]:
    """What comes of each, all begun together in threads of their own."""
    found: list[Exception | None] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number: int) -> None:
        gate.wait()
        try:
            works[number]()
        except (NotAllowed, BadInput) as problem:
            found[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_administrators_cannot_end_one_another(people: Make) -> None:
    people("ana", Role.ADMINISTRATOR)
    people("bob", Role.ADMINISTRATOR)
    for _ in range(5):
        connections.close_all()
        found = at_once(lambda: accounts.dismiss("bob", "ana"), lambda: accounts.dismiss("ana", "bob"))
        assert sum(one is None for one in found) == 1
        assert sum(grant.may(Right.ADMINISTER) for grant in accounts.office().values()) == 1
        for name in ("ana", "bob"):
            accounts.change(name, replace(accounts.person_of(name).grant, in_use=True), by=None)


def test_two_last_words_at_once_carry_a_proposal_out_once(people: Make, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def carry_out(held: object, proposal: object) -> str:
        done.append(proposal)
        return "done"

    monkeypatch.setattr(proposals, "KINDS", {"note": proposals.Kind("a note", 1, Role.LEGAL_ADVISER, carry_out)})
    for name in ("ana", "bob", "cem"):
        people(name, Role.LEGAL_ADVISER)
    number = proposals.propose("note", "A note", {}, accounts.person_of("ana")).pk
    voters = [accounts.person_of(name) for name in ("bob", "cem")]
    connections.close_all()
    found = at_once(*(lambda voter=voter: proposals.vote(number, voter, True, "in order", held) for voter in voters))
    assert sum(one is None for one in found) == 1
    assert (len(done), Vote.objects.count(), Proposal.objects.get().state) == (1, 1, "carried out")


def test_two_who_invite_the_same_person_at_once_leave_one_link(people: Make) -> None:
    people("bob", Role.VIEWER)
    for _ in range(5):
        Invitation.objects.all().delete()
        connections.close_all()
        assert at_once(*[lambda: inviting.invite("bob", None)] * 3) == [None] * 3
        assert Invitation.objects.count() == 1


def test_of_two_who_make_or_link_the_same_at_once_one_is_told(people: Make) -> None:
    people("root", Role.ADMINISTRATOR)
    people("bob", Role.VIEWER)
    for number in range(5):
        name = f"new{number}"
        connections.close_all()
        found = at_once(*[lambda name=name: make(name, Role.VIEWER)] * 2)
        assert [str(one) for one in found if one] == [f"there is an account {name!r}; choose another name"]
        connections.close_all()
        link = [lambda said=said: accounts.link("bob", "ministry", said, None) for said in (f"{name}@x.org", f"{name.upper()}@X.org")]
        assert sum(one is None for one in at_once(*link)) == 1
    assert Expected.objects.count() == 5
    accounts.unlink("bob", "ministry", "New0@x.org", None)
    assert Expected.objects.count() == 4


def test_a_link_that_was_replaced_sets_no_password(people: Make) -> None:
    people("bob", Role.VIEWER)
    secret = inviting.invite("bob", None)
    request = RequestFactory().post("/", {"password1": PASSWORD, "password2": PASSWORD})
    inviting.invite("bob", None)
    with pytest.raises(NotOnRecord, match="was used, is over, or never was"):
        inviting._set(request, secret)
