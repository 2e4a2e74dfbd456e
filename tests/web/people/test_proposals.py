"""Several agree: nobody alone, each with a reason, a refusal ends it, and what was approved is done once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.terms import BadInput
from comity.web.holding import Held
from comity.web.people import accounts, proposals
from comity.web.people.approving import Proposed, State, Word, against, state
from comity.web.people.models import Proposal
from comity.web.readers import Role
from tests.web.people.conftest import FOREIGN, SEEN, answer, signed_in

Make = Callable[..., None]
NAMES = ("ana", "bob", "cem", "dee")
words = st.builds(
    Word,
    by=st.sampled_from(NAMES),
    roles=st.sampled_from(((Role.LEGAL_ADVISER,), (Role.VIEWER,), (Role.LEGAL_ADVISER, Role.PLANNER))),
    approves=st.booleans(),
    reason=st.sampled_from(("", "  ", "it is in order")),
)


@given(st.sampled_from(NAMES), st.integers(1, 3), st.lists(words, max_size=10))
@settings(max_examples=500, deadline=None)
def test_whatever_is_said_it_takes_so_many_others_of_the_role(by: str, needed: int, said: list[Word]) -> None:
    proposed = Proposed(by, needed, Role.LEGAL_ADVISER)
    for word in said:
        if against(proposed, word) is None:
            assert state(proposed) is State.OPEN
            proposed = replace(proposed, words=(*proposed.words, word))
            if word.approves:
                lapsed = replace(proposed, words=tuple(replace(one, stands=not one.approves) for one in proposed.words))
                assert state(lapsed) is State.OPEN, "an approval is of what was shown"
    found = proposed.words
    assert all(one.by != by and Role.LEGAL_ADVISER in one.roles and one.reason.strip() for one in found)
    assert len({one.by for one in found}) == len(found) <= needed
    if state(proposed) is State.APPROVED:
        assert sum(one.approves for one in found) == needed
    assert (state(proposed) is State.REFUSED) is any(not one.approves for one in found)


class Desk:
    """Notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[Mapping[str, Any]] = []
        self.broken = False

    def carry_out(self, held: Held, proposal: Proposal) -> str:
        if self.broken:
            raise BadInput("the pen is broken; find another")
        self.done.append(proposal.payload)
        return f"noted {proposal.payload['note']}"


@pytest.fixture
def desk(people: Make, monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk()
    monkeypatch.setattr(proposals, "KINDS", {"note": proposals.Kind("a note", 2, Role.LEGAL_ADVISER, found.carry_out)})
    for name in NAMES:
        people(name, Role.LEGAL_ADVISER)
    people("officer", Role.DESK_OFFICER)
    return found


def made(by: str = "ana", agreement: str = "") -> int:
    return proposals.propose("note", "A note", {"note": "hello"}, accounts.person_of(by), proposals.Terms(agreements=[*filter(None, [agreement])])).pk


def say(held: Held, name: str, number: int, do: str, reason: str = "in order") -> int:
    return signed_in(held, name).post(f"/proposals/{number}", {"do": do, "reason": reason}).status_code


def test_two_others_approve_and_it_is_done_once(desk: Desk, held: Held) -> None:
    number = made()
    assert say(held, "ana", number, "approve") == 403
    assert say(held, "officer", number, "approve") == 403
    assert say(held, "bob", number, "approve", "  ") == 403
    assert say(held, "bob", number, "approve") == 302
    assert say(held, "bob", number, "approve") == 403
    assert desk.done == []
    assert say(held, "cem", number, "approve") == 302
    assert desk.done == [{"note": "hello"}]
    assert say(held, "dee", number, "approve") == 403
    assert say(held, "dee", number, "carry out") == 400
    page = signed_in(held, "officer").get(f"/proposals/{number}").content.decode()
    assert "noted hello" in page
    assert "in order" in page
    assert desk.done == [{"note": "hello"}]


def test_one_refusal_ends_it(desk: Desk, held: Held) -> None:
    number = made()
    assert say(held, "bob", number, "refuse", "not yet") == 302
    assert say(held, "cem", number, "approve") == 403
    assert Proposal.objects.get().state == State.REFUSED
    assert desk.done == []


def test_what_fails_is_told_and_can_be_asked_for_again(desk: Desk, held: Held) -> None:
    number, desk.broken = made(), True
    say(held, "bob", number, "approve")
    say(held, "cem", number, "approve")
    assert "the pen is broken" in signed_in(held, "dee").get(f"/proposals/{number}").content.decode()
    assert say(held, "officer", number, "carry out") == 403
    desk.broken = False
    assert say(held, "dee", number, "carry out") == 302
    assert (Proposal.objects.get().state, desk.done) == (State.DONE, [{"note": "hello"}])


def test_the_word_of_somebody_who_was_dismissed_counts_no_more(desk: Desk, held: Held) -> None:
    number = made()
    say(held, "bob", number, "approve")
    accounts.dismiss("bob", by=None)
    assert say(held, "cem", number, "approve") == 302
    assert (Proposal.objects.get().state, desk.done) == (State.OPEN, [])
    assert say(held, "dee", number, "approve") == 302
    assert desk.done == [{"note": "hello"}]


def test_a_proposal_about_a_foreign_agreement_is_not_there(people: Make, desk: Desk, held: Held) -> None:
    people("confined", Role.LEGAL_ADVISER, agreements=frozenset({SEEN}))
    seen, foreign = made(agreement=SEEN), made(agreement=FOREIGN)
    client = signed_in(held, "confined")
    assert [one["number"] for one in client.get("/proposals?format=json").json()["proposals"]] == [seen]
    for number in (foreign, 999):
        assert client.get(f"/proposals/{number}").status_code == 404
        assert client.post(f"/proposals/{number}", {"do": "approve", "reason": "x"}).status_code == 404
    hidden, absent = answer(client, f"/proposals/{foreign}")[1], answer(client, "/proposals/999")[1]
    assert re.sub(rf"(proposals/|proposals%2F|no proposal ){foreign}\b", r"\g<1>999", hidden) == absent


def test_there_is_no_kind_of_proposal_that_is_not_listed(desk: Desk, people: Make) -> None:
    with pytest.raises(BadInput, match="no kind of proposal is called 'other'; choose among note"):
        proposals.propose("other", "x", {}, accounts.person_of("ana"))
