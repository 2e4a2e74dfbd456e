"""Acts that partners send to a ledger: what comes onto the record, what waits, and what never will."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import comity
from comity.acts import Act, Entry, Source, sign, thumbprint_of, to_base64url
from comity.exchange.between import taking_acts
from comity.exchange.between.acts_in_ledger import LedgerActs, WaitingInMemory, file_of
from comity.exchange.between.carrying_acts import act_objects
from comity.exchange.between.taking_acts import TakenActs, TakingActs
from comity.keeping import take_in
from comity.ledger import Ledger, check, create
from comity.terms import Label, parse_moment
from tests.permissions import told

TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC)


def key_of(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(name.encode().ljust(32, b"."))


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


class Alfaria:
    """Alfaria's ledger, on the small book of the permissions' tests, and what its partners send to it."""

    def __init__(self, folder: Path) -> None:
        self.at = TODAY
        self.ledger = create(f"sqlite:///{folder}/alf.db", "alf.example.org", lambda: self.at)
        take_in(comity.open(told.HERE / "book").book, self.ledger)
        self.begin()

    def begin(self) -> None:
        self.held = LedgerActs(self.ledger, "ALF", lambda: self.at)
        self.waiting = WaitingInMemory()
        self.taking = TakingActs(self.held, self.waiting)

    def take(self, sender: str, *acts: Act | tuple[Act, Ed25519PrivateKey]) -> TakenActs:
        return self.taking.take(sender, [carried(one) for one in acts])

    def entry(self, act: Act) -> Entry:
        record = comity.open(self.ledger.url).book.record
        return next(entry for entry in record.entries if entry.act.hash == act.hash)


def carried(one: Act | tuple[Act, Ed25519PrivateKey]) -> bytes:
    act, signature = (one, None) if isinstance(one, Act) else (one[0], sign(*one))
    return json.dumps(act_objects(Entry(act, date(2020, 1, 1), signature=signature))[-1]).encode()


def act(kind: str = "declare", actor: str = "BET", ref: str = "new", agreement: str | None = "alf-bet", **more: Any) -> Act:
    return Act(kind, actor, ref, agreement, **{"made": parse_moment("2026-02-01"), "source": Source("told"), **more})


def introduces(party: str, key: Ed25519PrivateKey, ref: str = "key") -> Act:
    return act("introduce-key", party, f"{party}-{ref}", None, details={"key": to_base64url(public(key))})


@pytest.fixture
def alf(tmp_path: Path) -> Iterator[Alfaria]:
    made = Alfaria(tmp_path)
    yield made
    assert check(made.ledger).touched == ()
    made.ledger.close()


def only(says: Any) -> str:
    (found,) = says.values()
    return str(found)


# -- what comes onto the record


def test_a_partners_own_act_is_recorded_as_of_now_in_its_own_file(alf: Alfaria) -> None:
    own = act()
    assert alf.take("BET", own) == TakenActs(appended=(own.hash,), says=("",))
    entry = alf.entry(own)
    assert (entry.act, entry.recorded) == (own, date(2026, 3, 1))
    (number,) = alf.ledger.numbers_of([own.hash]).values()
    assert alf.ledger.leaves(number, number + 1)[0].file == "acts/from-BET.csv"


def test_the_same_again_changes_nothing(alf: Alfaria) -> None:
    own = act()
    alf.take("BET", own)
    before = alf.ledger.head()
    assert alf.take("BET", own, own) == TakenActs(there=(own.hash,), says=("", ""))
    assert alf.take("GAM", own).there == (own.hash,), "whoever sends it"
    assert alf.ledger.head() == before


def test_an_act_of_another_needs_its_signature_with_a_key_on_record(alf: Alfaria) -> None:
    key = key_of("gam")
    assert alf.take("GAM", introduces("GAM", key)).appended
    theirs = act(actor="GAM", agreement="alf-gam")
    assert "bears no signature" in only(alf.take("BET", theirs).refused)
    assert alf.take("BET", (theirs, key)).appended == (theirs.hash,)
    assert alf.entry(theirs).signature == sign(theirs, key)


def test_an_act_on_behalf_of_another_needs_both(alf: Alfaria) -> None:
    both = act("denounce", "BET", on_behalf_of="GAM")
    assert "said to be an act of GAM" in only(alf.take("BET", both).refused)
    assert "said to be an act of BET" in only(alf.take("GAM", both).refused)
    key = key_of("gam")
    alf.take("GAM", introduces("GAM", key))
    assert alf.take("BET", (both, key)).appended


def test_organs_act_for_the_whole_that_sends(alf: Alfaria) -> None:
    assert alf.take("LEA", act("decide", "LEA/C", agreement="league")).appended
    assert alf.take("LEA/C", act("decide", "LEA", agreement="league", ref="other")).refused, "not the other way round"


def test_what_replies_comes_with_what_it_replies_to_in_any_order(alf: Alfaria) -> None:
    first = act(ref="first")
    second = act("deny", ref="second", replies_to=first.hash)
    third = act("deny", ref="third", replies_to=second.hash)
    assert set(alf.take("BET", third, second, first).appended) == {first.hash, second.hash, third.hash}


# -- what waits


def test_what_replies_to_the_unknown_waits_for_it(alf: Alfaria) -> None:
    first = act(ref="first")
    second = act("deny", ref="second", replies_to=first.hash)
    third = act("deny", ref="third", replies_to=second.hash)
    found = alf.take("BET", third, second)
    assert set(found.waiting) == {third.hash, second.hash}
    assert found.says == ("", "")
    assert alf.take("BET", third, second).waiting.keys() == found.waiting.keys()
    assert len(alf.waiting.all()) == 2
    assert set(alf.take("BET", first).appended) == {first.hash, second.hash, third.hash}
    assert alf.waiting.all() == []


def test_what_is_signed_with_an_unknown_key_waits_for_the_key(alf: Alfaria) -> None:
    key, theirs = key_of("gam"), act(actor="GAM", agreement="alf-gam")
    assert "not on record here" in only(alf.take("BET", (theirs, key)).waiting)
    introduced = introduces("GAM", key)
    found = alf.take("GAM", introduced)
    assert found.appended == (introduced.hash, theirs.hash)


def test_a_key_is_announced_by_its_party_or_under_its_earlier_key(alf: Alfaria) -> None:
    key, forged = key_of("gam"), introduces("GAM", key_of("bet"))
    assert alf.take("BET", forged).refused
    assert alf.take("BET", (forged, key_of("bet"))).waiting, "its own key vouches for nothing"
    assert "said to be an act of GAM" in only(alf.take("BET", replace(forged, ref="x")).refused)
    alf.take("GAM", introduces("GAM", key))
    fresh = key_of("gam, the second")
    details = {"old": thumbprint_of(public(key)), "key": to_base64url(public(fresh))}
    rotated = act("rotate-key", "GAM", "rotated", None, details=details)
    assert alf.take("BET", (rotated, key)).appended
    later = act(actor="GAM", agreement="alf-gam", ref="later")
    assert alf.take("BET", (later, fresh)).appended == (later.hash,)
    assert alf.held.act(forged.hash) is None


def test_a_key_that_does_not_sign_yet_waits_for_its_day(alf: Alfaria) -> None:
    key, theirs = key_of("gam"), act(actor="GAM", agreement="alf-gam")
    alf.take("GAM", replace(introduces("GAM", key), made=parse_moment("2026-03-02")))
    assert alf.take("BET", (theirs, key)).waiting
    assert alf.taking.take("BET") == TakenActs()
    alf.at = TODAY.replace(day=2)
    assert alf.taking.take("BET").appended == (theirs.hash,)


def test_a_key_that_signs_no_more_is_refused(alf: Alfaria) -> None:
    key, theirs = key_of("gam"), act(actor="GAM", agreement="alf-gam")
    alf.take("GAM", introduces("GAM", key))
    alf.take("GAM", act("revoke-key", "GAM", "gone", None, details={"thumbprint": thumbprint_of(public(key)), "reason": "compromised"}))
    assert "signs no more" in only(alf.take("BET", (theirs, key)).refused)
    assert alf.take("GAM", (theirs, key)).appended, "its own party may still say so itself"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"agreement": "not-there"}, "has no file in agreements"),
        ({"counterparty": ("XXX",)}, "'XXX' is not among the parties"),
        ({"kind": "dance"}, "'dance' is not a kind of act"),
        ({"kind": "ratify", "details": {"mood": "good"}}, "no detail 'mood'"),
        ({"kind": "admit"}, "needs counterparty"),
        ({"details": {"note": "a; b=c"}}, "no detail"),
        ({"ref": " blank"}, ""),
        ({"territory": ("BET;GAM",)}, "would read as another act"),
        ({"made": None}, "no date"),
        ({"ref": "nul\0"}, ""),
        ({"level": "galaxy"}, "level 'galaxy'"),
    ],
    ids=str,
)
def test_what_the_own_book_would_not_read_waits_with_what_it_says(alf: Alfaria, more: dict[str, Any], says: str) -> None:
    good, odd = act(ref="good"), act(**{"ref": "odd", **more})
    found = alf.take("BET", odd, good)
    if odd.hash in found.waiting:
        assert says in found.waiting[odd.hash]
        assert found.appended == (good.hash,)
    else:
        assert not says
        assert alf.entry(odd).act == odd
    assert comity.open(alf.ledger.url).book.problems == ()


def test_a_reference_that_another_bears_waits_unless_it_was_taken_to_keep_it_out(alf: Alfaria) -> None:
    alf.take("GAM", act(actor="GAM", agreement="alf-gam", ref="alf-gam-GAM-1"), act(actor="GAM", agreement="alf-gam", ref="alf-bet-BET-2"))
    taken = act(ref="alf-gam-GAM-1")
    assert "borne by an act of GAM" in only(alf.take("BET", taken).waiting)
    assert alf.take("BET", act(ref="alf-bet-BET-2")).appended


def test_only_so_many_acts_of_one_sender_wait(alf: Alfaria, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_acts, "MOST_WAITING", 3)
    found = alf.take("BET", *(act(ref=f"{n}", agreement="not-there") for n in range(5)))
    assert (len(found.waiting), len(found.refused)) == (3, 2)
    assert "3 acts of BET wait already" in next(iter(found.refused.values()))
    assert alf.take("GAM", act(actor="GAM", agreement="not-there")).waiting, "another has room of its own"


def test_acts_that_wait_are_found_again_after_a_restart(alf: Alfaria) -> None:
    first = act(ref="first")
    second = act("deny", ref="second", replies_to=first.hash)
    alf.take("BET", second)
    alf.begin()
    assert alf.take("BET", second).waiting
    assert alf.take("BET", first).appended == (first.hash, second.hash)


# -- what never will


def test_kinds_that_do_not_travel(alf: Alfaria) -> None:
    for kind in ("admit-client", "dismiss-client", "admit-partner", "dismiss-partner", "destroy-record", "record-text", "establish-fact"):
        found = alf.take("BET", act(kind))
        assert "do not travel" in only(found.refused)
        assert found.says == (only(found.refused),), "nor is the object kept"


def test_acts_of_the_keepers_own_come_from_nobody_else(alf: Alfaria) -> None:
    key = key_of("alf")
    for own in (act(actor="ALF"), act(actor="BET", on_behalf_of="ALF")):
        assert "own keeper" in only(alf.take("BET", own).refused)
        assert "own keeper" in only(alf.take("BET", (own, key)).refused)


def test_nobody_corrects_the_record_of_anothers_act(alf: Alfaria) -> None:
    theirs = act(actor="GAM", agreement="alf-gam", ref="theirs")
    alf.take("GAM", theirs)
    for kind in ("retract", "replace"):
        assert "corrects the record of another" in only(alf.take("BET", act(kind, replies_to=theirs.hash)).refused)
    assert alf.take("GAM", act("retract", "GAM", "error", "alf-gam", replies_to=theirs.hash)).appended
    own = act(ref="own")
    assert alf.take("BET", own, act("retract", ref="taken-back", replies_to=own.hash)).appended
    changed = act("replace", ref="changed", replies_to=own.hash, details={"kind": "establish-fact"})
    assert "do not travel" in only(alf.take("BET", changed).refused)


def test_a_signature_that_does_not_fit_is_refused_even_of_its_own(alf: Alfaria) -> None:
    key = key_of("bet")
    alf.take("BET", introduces("BET", key))
    body = json.loads(carried(act())) | {"signature": sign(act(ref="another"), key)}
    found = alf.taking.take("BET", [json.dumps(body).encode()])
    assert "does not fit" in only(found.refused)


def test_of_several_signatures_one_that_fits_is_enough(alf: Alfaria) -> None:
    key, theirs = key_of("gam"), act(actor="GAM", agreement="alf-gam")
    alf.take("GAM", introduces("GAM", key))
    wrong, unknown, right = (theirs, key_of("bet")), (theirs, key_of("nobody")), (theirs, key)
    alf.take("BET", introduces("BET", key_of("bet")))
    assert alf.take("BET", wrong, unknown).waiting
    found = alf.take("BET", wrong, right, unknown)
    assert (found.appended, found.waiting, found.refused) == ((theirs.hash,), {}, {})
    assert alf.entry(theirs).signature == sign(theirs, key)
    assert alf.waiting.all() == []
    later = act(actor="GAM", agreement="alf-gam", ref="later")
    assert alf.take("BET", (later, key), later, (later, key_of("bet"))).appended == (later.hash,), "in whatever order"


def test_what_is_no_act_is_told_of_and_nothing_else_suffers(alf: Alfaria) -> None:
    found = alf.taking.take("BET", [b"{}", carried(act()), b"\xff"])
    assert len(found.appended) == 1
    assert [bool(says) for says in found.says] == [True, False, True]


def test_an_act_that_is_secret_keeps_its_label(alf: Alfaria) -> None:
    secret = act(label=Label("ALF", "DEEP", releasable_to=("ALF",), originator="BET"), nonce="0" * 32)
    assert alf.take("BET", secret).appended
    assert alf.entry(secret).act.label == secret.label


def test_files_of_senders_are_told_apart() -> None:
    assert file_of("BET") == "acts/from-BET.csv"
    assert len({file_of(code) for code in ("LEA/C", "LEA_C", "LEA:C", "LEA_2f_C", "LEA.C", "LEA-C")}) == 6


def test_many_at_once_are_read_at_once(alf: Alfaria) -> None:
    chain = [act(ref="0")]
    for number in range(1, 300):
        chain.append(act("deny", ref=str(number), replies_to=chain[-1].hash))
    assert len(alf.take("BET", *reversed(chain)).appended) == 300
    assert isinstance(alf.ledger, Ledger)


# -- denials


def test_a_denial_is_of_whom_it_concerns(alf: Alfaria) -> None:
    """An act under an agreement of two: one of them denies it; a third one does not, until it takes part."""
    first = act(ref="first", agreement="league")
    alf.take("BET", first)
    denial = act("deny", "DEL", "outsider", None, replies_to=first.hash)
    assert "does not concern DEL" in alf.take("DEL", denial).waiting[denial.hash]
    comes_in = act("accede", "DEL", "comes-in", "league")
    assert set(alf.take("DEL", comes_in).appended) == {comes_in.hash, denial.hash}


def test_a_denial_of_what_is_under_no_agreement_is_of_whom_it_names(alf: Alfaria) -> None:
    consent = act("consent-release", "BET", "consent", None, counterparty=("GAM",))
    alf.take("BET", consent)
    third, named = act("deny", "DEL", "third", None, replies_to=consent.hash), act("deny", "GAM", "named", None, replies_to=consent.hash)
    assert alf.take("DEL", third).waiting
    assert alf.take("GAM", named).appended == (named.hash,)
