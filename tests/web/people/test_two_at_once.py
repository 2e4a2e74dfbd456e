"""Two who change accounts at the same moment: whatever comes first counts, and somebody always administers."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from comity.web.people import accounts, proposals
from comity.web.people.models import Proposal, Vote
from comity.web.readers import NotAllowed, Right, Role

Make = Callable[..., None]


def at_once(*works: Callable[[], object]) -> list[Exception | None]:
    """What comes of each, all begun together in threads of their own."""
    found: list[Exception | None] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number: int) -> None:
        gate.wait()
        try:
            works[number]()
        except NotAllowed as problem:
            found[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("time", range(5))
def test_two_administrators_cannot_end_one_another(people: Make, time: int) -> None:
    people("ana", Role.ADMINISTRATOR)
    people("bob", Role.ADMINISTRATOR)
    connections.close_all()
    found = at_once(lambda: accounts.dismiss("bob", "ana"), lambda: accounts.dismiss("ana", "bob"))
    assert sum(one is None for one in found) == 1
    assert sum(grant.may(Right.ADMINISTER) for grant in accounts.office().values()) == 1


def test_two_last_words_at_once_carry_a_proposal_out_once(people: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def carry_out(held: object, payload: object) -> str:
        done.append(payload)
        return "done"

    monkeypatch.setattr(proposals, "KINDS", {"note": proposals.Kind("a note", 1, Role.LEGAL_ADVISER, carry_out)})
    for name in ("ana", "bob", "cem"):
        people(name, Role.LEGAL_ADVISER)
    number = proposals.propose("note", "A note", {}, accounts.person_of("ana")).pk
    voters = [accounts.person_of(name) for name in ("bob", "cem")]
    connections.close_all()
    found = at_once(*(lambda voter=voter: proposals.vote(number, voter, True, "in order", None) for voter in voters))  # type: ignore[misc]
    assert sum(one is None for one in found) == 1
    assert (len(done), Vote.objects.count(), Proposal.objects.get().state) == (1, 1, "carried out")
