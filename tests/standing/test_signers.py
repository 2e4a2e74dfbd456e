"""Whose key it is, since when, until when; and what a signature is worth, as known on a day, by the clock of the record's keeper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comity.acts import Act, Entry, Source, sign, thumbprint_of
from comity.acts.signing import to_base64url
from comity.parties import Register
from comity.standing import Record, Signers, Standing
from comity.terms import Label, parse_day, parse_moment

OLD, NEW, THIEF, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 5))
TODAY = date(2030, 1, 1)


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def name(key: Ed25519PrivateKey) -> str:
    return thumbprint_of(public(key))


def done(
    actor: str, kind: str, made: str, by: Ed25519PrivateKey | None = None, *, recorded: str = "", ref: str = "", effect: str = "", **details: str
) -> Entry:
    """An act made on a day, and recorded that day unless another is given; signed with a key, if one is."""
    act = Act(
        kind,
        actor,
        ref or f"{actor}-{kind}-{made}",
        made=parse_moment(made),
        effect=parse_moment(effect) if effect else None,
        details=details,
        source=Source("the story"),
    )
    return Entry(act, parse_day(recorded or made), signature=None if by is None else sign(act, by))


def introduced(key: Ed25519PrivateKey, made: str = "2020-01-01", actor: str = "AAA", by: Ed25519PrivateKey | None = None, **more: str) -> Entry:
    return done(actor, "introduce-key", made, by, key=to_base64url(public(key)), **more)


def rotated(made: str, by: Ed25519PrivateKey | None, old: Ed25519PrivateKey = OLD, new: Ed25519PrivateKey = NEW, **more: str) -> Entry:
    return done("AAA", "rotate-key", made, by, old=name(old), key=to_base64url(public(new)), **more)


def revoked(made: str, reason: str, key: Ed25519PrivateKey = OLD, by: Ed25519PrivateKey | None = None, actor: str = "AAA", **more: str) -> Entry:
    return done(actor, "revoke-key", made, by, thumbprint=name(key), reason=reason, **more)


def signers(*entries: Entry, known: date = TODAY, viewer: str | None = None) -> Signers:
    return Signers(Record((), entries, Register()), known, viewer)


def worth(entry: Entry, *others: Entry, known: date = TODAY, viewer: str | None = None) -> str:
    """Whose the entry's signature is, or the code of what is wrong with it."""
    found = signers(entry, *others, known=known, viewer=viewer).signed(entry)
    assert found is not None
    assert (found.party is None) == (found.wrong is not None)
    return found.party or (found.wrong or "")


def odd(*entries: Entry, known: date = TODAY) -> list[tuple[str, str]]:
    """Act and code of each finding."""
    standing = Standing(Record((), entries, Register()), on=known, known=known)
    return [(f.where, f.code) for f in standing.findings()]


def periods(*entries: Entry, known: date = TODAY) -> dict[str, tuple[str, date, date | None]]:
    return {k.thumbprint: (k.party, k.since, k.until) for k in signers(*entries, known=known).keys}


# -- whose signature it is


def test_an_act_signed_with_its_partys_key_is_signed_by_that_party() -> None:
    assert worth(done("AAA", "recognise", "2021-01-01", OLD), introduced(OLD)) == "AAA"
    assert odd(introduced(OLD), done("AAA", "recognise", "2021-01-01", OLD)) == []


def test_an_act_without_signature_is_no_finding_and_is_counted_where_its_party_has_a_key() -> None:
    early, late, other = done("AAA", "recognise", "2019-12-31"), done("AAA", "recognise", "2021-01-01"), done("BBB", "recognise", "2021-01-01")
    entries = (introduced(OLD, by=OLD), rotated("2020-06-01", OLD), early, late, done("AAA", "recognise", "2021-01-02"), other)
    assert signers(*entries).signed(late) is None
    assert odd(*entries) == []
    assert signers(*entries).unsigned(entries) == 2
    assert signers(*entries, known=date(2021, 1, 1)).unsigned(entries) == 1


def test_whoever_acts_on_behalf_of_another_may_sign_with_the_key_of_either() -> None:
    entry = done("AAA/army", "recognise", "2021-01-01")
    act = replace(entry.act, on_behalf_of="AAA")
    assert worth(replace(entry, act=act, signature=sign(act, OLD)), introduced(OLD)) == "AAA"
    assert worth(replace(entry, act=act, signature=sign(act, OTHER)), introduced(OTHER, actor="AAA/army")) == "AAA/army"
    assert worth(replace(entry, signature=sign(entry.act, OLD)), introduced(OLD)) == "key-of-another"


def test_a_signature_that_does_not_fit_the_act_is_a_finding() -> None:
    entry = done("AAA", "recognise", "2021-01-01", OLD)
    changed = replace(entry, act=replace(entry.act, counterparty=("CCC",)))
    assert worth(changed, introduced(OLD)) == "signature-misfit"
    assert odd(introduced(OLD), changed) == [(entry.act.ref, "signature-misfit")]


def test_a_signature_with_a_key_that_nobody_introduced_is_a_finding() -> None:
    assert worth(done("AAA", "recognise", "2021-01-01", THIEF), introduced(OLD)) == "key-unknown"


def test_a_signature_with_another_partys_key_is_a_finding() -> None:
    assert worth(done("AAA", "recognise", "2021-01-01", OTHER), introduced(OLD), introduced(OTHER, actor="BBB")) == "key-of-another"


def test_whoever_introduces_anothers_key_as_his_own_takes_nothing_from_it() -> None:
    claim = introduced(OLD, "2019-01-01", actor="BBB")
    entries = (claim, introduced(OLD, by=OLD), revoked("2020-06-01", "compromised", actor="BBB"))
    assert worth(done("AAA", "recognise", "2021-01-01", OLD), *entries) == "AAA"


# -- since when


def test_a_key_signs_from_the_day_its_introduction_was_made_or_says() -> None:
    assert worth(done("AAA", "recognise", "2019-12-31", OLD), introduced(OLD)) == "key-not-yet"
    assert worth(done("AAA", "recognise", "2020-01-01", OLD), introduced(OLD)) == "AAA"
    later = introduced(OLD, effect="2020-03-01")
    assert worth(done("AAA", "recognise", "2020-02-29", OLD), later) == "key-not-yet"
    assert worth(done("AAA", "recognise", "2020-03-01", OLD), later) == "AAA"


def test_the_day_that_counts_is_when_the_keeper_learned_of_the_act_not_when_it_says_it_was_made() -> None:
    assert worth(done("AAA", "recognise", "2019-06-01", OLD, recorded="2020-01-01"), introduced(OLD)) == "AAA"
    backdated = done("AAA", "recognise", "2019-06-01", OLD, recorded="2022-01-01")
    assert worth(backdated, introduced(OLD), revoked("2021-01-01", "compromised")) == "key-revoked"


def test_a_key_of_which_the_day_is_unsure_signs_from_the_last_that_it_can_mean() -> None:
    assert periods(introduced(OLD, "2020-01-01", effect="2020-02-xx"))[name(OLD)][1] == date(2020, 2, 29)


def test_an_act_may_be_signed_with_the_key_that_it_introduces() -> None:
    """Proof that the party holds it; also where the key signs other acts only later."""
    first = introduced(OLD, by=OLD, effect="2025-01-01")
    assert worth(first) == "AAA"
    assert odd(first) == []


# -- until when


def test_a_compromised_key_signs_nothing_from_the_day_that_its_revocation_says() -> None:
    revocation = revoked("2021-06-01", "compromised", effect="2021-03-01")
    assert worth(done("AAA", "recognise", "2021-02-28", OLD), introduced(OLD), revocation) == "AAA"
    assert worth(done("AAA", "recognise", "2021-03-01", OLD), introduced(OLD), revocation) == "key-revoked"
    assert periods(introduced(OLD), revocation)[name(OLD)] == ("AAA", date(2020, 1, 1), date(2021, 3, 1))


def test_a_compromised_key_signs_nothing_from_the_day_the_revocation_was_made_if_it_says_no_other() -> None:
    revocation = revoked("2021-06-01", "compromised", recorded="2021-06-09")
    assert worth(done("AAA", "recognise", "2021-05-31", OLD), introduced(OLD), revocation) == "AAA"
    assert worth(done("AAA", "recognise", "2021-06-01", OLD), introduced(OLD), revocation) == "key-revoked"


def test_a_day_of_compromise_that_is_unsure_is_the_first_that_it_can_mean() -> None:
    assert periods(introduced(OLD), revoked("2021-06-01", "compromised", effect="2021-xx-xx"))[name(OLD)][2] == date(2021, 1, 1)


@pytest.mark.parametrize("reason", ["superseded", "ceased"])
def test_a_key_given_up_for_another_reason_signs_until_the_keeper_knows_of_it(reason: str) -> None:
    """Nobody disowns what he signed by an earlier date on a later act; of one day it is not known what came first, so that day's acts hold."""
    revocation = revoked("2021-06-01", reason, recorded="2021-06-09", effect="2021-01-01")
    assert worth(done("AAA", "recognise", "2021-06-09", OLD), introduced(OLD), revocation) == "AAA"
    assert worth(done("AAA", "recognise", "2021-06-10", OLD), introduced(OLD), revocation) == "key-revoked"
    ahead = revoked("2021-06-01", reason, effect="2022-01-01")
    assert worth(done("AAA", "recognise", "2021-12-31", OLD), introduced(OLD), ahead) == "AAA"
    assert worth(done("AAA", "recognise", "2022-01-01", OLD), introduced(OLD), ahead) == "key-revoked"
    unsure = revoked("2021-06-01", reason, effect="2022-xx-xx")
    assert worth(done("AAA", "recognise", "2022-01-01", OLD), introduced(OLD), unsure) == "key-revoked"


def test_a_revocation_that_gives_no_reason_counts_as_one_for_compromise() -> None:
    silent = done("AAA", "revoke-key", "2021-06-01", thumbprint=name(OLD), effect="2021-03-01")
    assert worth(done("AAA", "recognise", "2021-03-01", OLD), introduced(OLD), silent) == "key-revoked"


def test_of_several_revocations_the_earliest_day_counts() -> None:
    entries = (introduced(OLD), revoked("2021-06-01", "ceased"), revoked("2022-06-01", "compromised", effect="2021-02-01"))
    assert periods(*entries)[name(OLD)][2] == date(2021, 2, 1)
    assert periods(*entries, known=date(2022, 5, 31))[name(OLD)][2] == date(2021, 6, 2)


def test_a_key_may_sign_its_own_revocation() -> None:
    assert odd(introduced(OLD), revoked("2021-06-01", "compromised", by=OLD, effect="2021-03-01")) == []


def test_a_revocation_counts_even_if_its_own_signature_does_not_hold() -> None:
    """Better a key too few than one too many; the finding stands beside it."""
    entries = (introduced(OLD), revoked("2021-06-01", "compromised", by=THIEF))
    assert worth(done("AAA", "recognise", "2021-07-01", OLD), *entries) == "key-revoked"
    assert odd(*entries) == [("AAA-revoke-key-2021-06-01", "key-unknown")]


def test_what_was_not_known_yet_counts_for_nothing() -> None:
    """Asked as known in May, the act was well signed; the theft came out in June."""
    entry, revocation = done("AAA", "recognise", "2021-04-01", OLD), revoked("2021-06-01", "compromised", effect="2021-03-01")
    assert worth(entry, introduced(OLD), revocation, known=date(2021, 5, 31)) == "AAA"
    assert worth(entry, introduced(OLD), revocation, known=date(2021, 6, 1)) == "key-revoked"
    assert worth(entry, introduced(OLD, recorded="2022-01-01"), known=date(2021, 12, 31)) == "key-unknown"


def test_a_viewer_is_told_from_what_he_may_see() -> None:
    hidden = introduced(OLD)
    act = replace(hidden.act, label=Label("NATIONAL", "SECRET", releasable_to=("BBB",), originator="AAA"), nonce="0" * 32)
    entry, secret = done("AAA", "recognise", "2021-01-01", OLD), replace(hidden, act=act)
    assert worth(entry, secret, viewer="BBB") == "AAA"
    assert worth(entry, secret, viewer="public") == "key-unknown"


def retracted(entry: Entry) -> Entry:
    """The act by which the entry is said to have been an error."""
    retraction = done("AAA", "retract", "2021-07-01")
    act = replace(retraction.act, replies_to=entry.act.hash)
    return replace(retraction, act=act, signature=sign(act, OLD))


@pytest.mark.parametrize("end", [revoked("2021-06-01", "compromised"), rotated("2021-06-01", OLD)], ids=["revocation", "rotation"])
def test_what_ended_a_key_is_not_taken_back(end: Entry) -> None:
    """The thief would do that first, with the very key."""
    entry = done("AAA", "recognise", "2021-06-15", OLD)
    assert worth(entry, introduced(OLD), end) == "key-revoked"
    assert worth(entry, introduced(OLD), end, retracted(end)) == "key-revoked"
    assert worth(retracted(end), introduced(OLD), end) == "key-revoked"


# -- one key for another


def test_a_rotation_signed_with_the_old_key_puts_the_new_in_its_place() -> None:
    entries = (introduced(OLD), rotated("2021-01-01", OLD, recorded="2021-01-05"))
    assert odd(*entries) == []
    assert periods(*entries) == {name(OLD): ("AAA", date(2020, 1, 1), date(2021, 1, 6)), name(NEW): ("AAA", date(2021, 1, 1), None)}
    assert worth(done("AAA", "recognise", "2021-01-06", OLD), *entries) == "key-revoked"
    assert worth(done("AAA", "recognise", "2021-01-06", NEW), *entries) == "AAA"


def test_a_rotation_of_which_both_keys_are_named_on_one_day_with_a_revocation_stands() -> None:
    entries = (introduced(OLD), rotated("2021-01-01", OLD, recorded="2021-01-05"), revoked("2021-01-01", "superseded", recorded="2021-01-05"))
    assert odd(*entries) == []
    assert worth(done("AAA", "recognise", "2022-01-01", NEW), *entries) == "AAA"


def test_rotations_of_one_day_follow_one_another_in_whatever_order_they_stand() -> None:
    first, second = rotated("2021-01-01", OLD, ref="z"), rotated("2021-01-01", NEW, NEW, OTHER, ref="a")
    for entries in ((introduced(OLD), first, second), (second, first, introduced(OLD))):
        assert odd(*entries) == []
        assert set(periods(*entries)) == {name(OLD), name(NEW), name(OTHER)}


def test_what_a_new_key_vouches_for_on_its_first_day_follows_it_too() -> None:
    first, second = rotated("2021-01-01", OLD, ref="z"), introduced(OTHER, "2021-01-01", by=NEW, ref="a")
    assert odd(introduced(OLD), first, second) == []
    assert set(periods(introduced(OLD), first, second)) == {name(OLD), name(NEW), name(OTHER)}


@pytest.mark.parametrize("by", [None, NEW], ids=["not signed", "signed with the new key alone"])
def test_a_rotation_for_which_no_earlier_key_vouches_counts_and_is_a_finding(by: Ed25519PrivateKey | None) -> None:
    """A party that lost its key must be able to go on; anybody could have made it, so the keeper looks at who brought it."""
    entries = (introduced(OLD), rotated("2021-01-01", by))
    assert odd(*entries) == [("AAA-rotate-key-2021-01-01", "key-unvouched")]
    assert worth(done("AAA", "recognise", "2022-01-01", NEW), *entries) == "AAA"


def test_a_first_key_comes_by_itself_and_a_second_with_the_word_of_an_earlier() -> None:
    assert odd(introduced(OLD)) == []
    for by in (None, NEW):
        assert odd(introduced(OLD), introduced(NEW, "2021-01-01", by=by)) == [("AAA-introduce-key-2021-01-01", "key-unvouched")]
    assert odd(introduced(OLD), introduced(NEW, "2021-01-01", by=OLD)) == []
    assert odd(introduced(OLD), introduced(NEW, "2021-01-01", actor="BBB")) == []


def test_a_thief_who_rotates_the_stolen_key_to_one_of_his_own_gains_nothing_once_the_theft_is_known() -> None:
    """Whatever day he writes on it: his rotation was recorded after the key was stolen."""
    theft = rotated("2020-02-01", OLD, new=THIEF, recorded="2021-03-05", effect="2020-02-01")
    forged, revocation = done("AAA", "recognise", "2021-04-01", THIEF), revoked("2021-06-01", "compromised", effect="2021-03-01")
    entries = (introduced(OLD), theft, forged)
    assert worth(forged, *entries, known=date(2021, 5, 31)) == "AAA"
    assert worth(forged, *entries, revocation) == "key-unknown"
    assert odd(*entries, revocation) == [(forged.act.ref, "key-unknown"), (theft.act.ref, "key-revoked")]


def test_a_key_that_was_given_up_rotates_to_none_whatever_day_is_written_on_it() -> None:
    entries = (introduced(OLD), revoked("2021-01-01", "ceased"), rotated("2020-06-01", OLD, new=THIEF, recorded="2024-01-01"))
    assert odd(*entries) == [("AAA-rotate-key-2020-06-01", "key-revoked")]
    assert set(periods(*entries)) == {name(OLD)}


def test_an_introduction_that_is_badly_signed_introduces_nothing() -> None:
    entry = introduced(THIEF, "2021-01-01", by=OTHER)
    assert odd(introduced(OLD), entry) == [(entry.act.ref, "key-unknown")]
    assert set(periods(introduced(OLD), entry)) == {name(OLD)}


@pytest.mark.parametrize("by", [None, OTHER], ids=["unsigned", "signed with its own key"])
def test_what_is_done_to_a_key_of_another_party_is_a_finding_and_does_nothing(by: Ed25519PrivateKey | None) -> None:
    entries = (introduced(OLD), introduced(OTHER, actor="BBB"))
    revocation = revoked("2021-01-01", "compromised", by=by, actor="BBB")
    assert odd(*entries, revocation) == [(revocation.act.ref, "key-not-theirs")]
    rotation = done("BBB", "rotate-key", "2021-01-01", by, old=name(OLD), key=to_base64url(public(THIEF)))
    assert odd(*entries, rotation) == [(rotation.act.ref, "key-not-theirs")]
    assert set(periods(*entries, rotation, revocation)) == {name(OLD), name(OTHER)}
    assert periods(*entries, rotation, revocation)[name(OLD)][2] is None


def test_a_key_act_that_names_no_key_is_a_finding() -> None:
    nothing = [done("AAA", kind, "2021-01-01") for kind in ("introduce-key", "rotate-key", "revoke-key")]
    half = [done("AAA", "rotate-key", "2021-01-02", old=name(OLD)), done("AAA", "rotate-key", "2021-01-03", key=to_base64url(public(NEW)))]
    found = odd(introduced(OLD), *nothing, *half)
    assert sorted(found) == sorted((entry.act.ref, "key-unnamed") for entry in (*nothing, *half))
    signed = done("AAA", "introduce-key", "2021-01-01", OLD)
    assert odd(introduced(OLD), signed) == [(signed.act.ref, "key-unnamed")]


def test_a_key_comes_back_by_a_later_introduction_signed_with_a_good_one_only_if_it_was_not_compromised() -> None:
    """What was stolen once is never trusted again."""
    entries = (introduced(OLD), revoked("2021-01-01", "compromised"), introduced(OLD, "2022-01-01", by=OLD, ref="again"))
    assert worth(done("AAA", "recognise", "2023-01-01", OLD), *entries) == "key-revoked"


def test_every_finding_says_where_it_is_told_more() -> None:
    entries = (introduced(OLD), done("AAA", "recognise", "2021-01-01", THIEF), rotated("2021-01-01", None, old=OTHER))
    found = Standing(Record((), entries, Register()), on=TODAY, known=TODAY).findings()
    assert {f.citation for f in found} <= {"How acts are signed, 2", "How acts are signed, 3"}
    assert all(f.says and "\n" not in f.says for f in found)
