"""What is appended to a ledger is answered from without deriving everything again, and what was kept is what comes out from scratch."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import pytest

import comity
from comity import about
from comity.about import Opened
from comity.book import COLUMNS, read_files, write_rows
from comity.keeping import Followed, PartedRecord, add_rows, destroy, take_in
from comity.ledger import Frontier, Item, Ledger, create
from comity.standing import Standing
from comity.standing.worlds import Case, Choices, Worlds
from comity.terms import BadInput
from tests.ledger.conftest import ORIGIN

DAY, KNOWN = date(2026, 1, 1), date(2026, 12, 31)
FEW = (
    "uk-us-polaris-1963", "uk-us-trident-1982", "uk-us-bmews-1960", "uk-us-bmews-1968", "start-i",
    "start-i-lisbon-protocol", "asean-charter", "admm-plus", "aukus-nnpa-2024", "ennpia-2021", "anzus", "gsomia-jpn-kor",
)  # fmt: skip
"""Of few acts; most of them lean on another."""
DEPENDENT = """
id = "depending"
title = "An agreement that stands with another"
short = "Depending"
concluded = 2015-01-01
negotiating = ["ALF", "BET"]
amends = "alf-gam"

[[clause]]
kind = "consent"
article = "1"
says = "Signature binds."
acts = []
signature_binds = true

[[clause]]
kind = "entry-into-force"
article = "1"
says = "When the other is in force."
when = { kind = "in-force", agreement = "alf-bet" }
"""

IN_ITS_PLACE = """
[[clause]]
kind = "supersedes"
article = "2"
says = "Takes its place."
agreement = "alf-bet-sofa"
between = "all"
"""


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each agreement was derived."""
    counted, derive = Counter[str](), Worlds._derive

    def counting(self: Worlds, agreement_id: str, choices: Choices) -> Case:
        counted[agreement_id] += 1
        return derive(self, agreement_id, choices)

    monkeypatch.setattr(Worlds, "_derive", counting)
    return counted


def append(ledger: Ledger, **row: str) -> str:
    """One act more, by its hash."""
    given = {**dict.fromkeys(COLUMNS, ""), "actor": "ALF", "made": "2020-01-01", "source": "s", **row}
    return add_rows(ledger, write_rows([given], every=True), "more.csv", DAY)[0][0]


def write(ledger: Ledger, name: str, text: bytes) -> None:
    """A whole file, or a later version of it."""
    kept = comity.open(ledger.url).book
    take_in(read_files({**kept.files, name: text}, kept.where), ledger)


def ask_all(followed: Followed) -> Standing:
    standing = followed.standing(on=DAY, known=KNOWN)
    for agreement in standing.record.ids:
        standing.status(agreement)
    return standing


def assert_answers_are_fresh(followed: Followed) -> None:
    kept, fresh = followed.standing(on=DAY, known=KNOWN), comity.open(followed.ledger.url).standing(on=DAY, known=KNOWN)
    assert kept.record.ids == fresh.record.ids
    parties = sorted(fresh.record.register.parties)
    for agreement in fresh.record.ids:
        assert kept.in_force(agreement) == fresh.in_force(agreement)
        assert [kept.bound(party, agreement) for party in parties] == [fresh.bound(party, agreement) for party in parties]
        pairs = [(a, b) for a in parties for b in parties if a < b]
        assert [kept.between(a, b, agreement) for a, b in pairs] == [fresh.between(a, b, agreement) for a, b in pairs]
    assert followed.compare() == []


APPENDED: dict[str, dict[str, str]] = {
    "a consent": {"kind": "ratify", "actor": "BET", "agreement": "later"},
    "a notice": {"kind": "denounce", "agreement": "league"},
    "another that brings an agreement into force": {"kind": "ratify", "actor": "GAM", "agreement": "alf-gam"},
    "what says that an act never was": {"kind": "retract", "agreement": "alf-bet", "replies_to": "ab1"},
    "what says how an act reads": {"kind": "replace", "agreement": "alf-bet", "replies_to": "ab6", "details": "made=2025-01-01"},
    "what denies its effect": {"kind": "deny", "actor": "BET", "agreement": "alf-bet", "replies_to": "ab6"},
    "an act under no agreement": {"kind": "consent-release", "counterparty": "GAM"},
}


@pytest.mark.parametrize("act", APPENDED.values(), ids=APPENDED)
def test_an_act_is_answered_from(ledger: Ledger, act: dict[str, str], derived: Counter[str]) -> None:
    followed = Followed(ledger)
    ask_all(followed)
    append(ledger, ref="more", **act)
    derived.clear()
    touched = followed.catch_up()
    ask_all(followed)
    assert set(derived) == set(touched)
    assert (act.get("agreement") in touched) is ("agreement" in act)
    assert len(touched) <= 2
    assert_answers_are_fresh(followed)
    assert followed.catch_up() == ()


@pytest.mark.parametrize("act", APPENDED.values(), ids=APPENDED)
def test_a_book_that_was_read_in_full_goes_on_with_the_acts(ledger: Ledger, act: dict[str, str]) -> None:
    """It is not read again: what was read stays the very same, and the record has the new act beside."""
    followed = Followed(ledger)
    before = followed.record.book.record.entries
    append(ledger, ref="more", **act)
    followed.catch_up()
    entries = followed.record.book.record.entries
    assert all(one is other for one, other in zip(before, entries, strict=False))
    assert sorted(e.act.hash for e in entries) == sorted(e.act.hash for e in PartedRecord(ledger).book.record.entries)
    assert len(entries) == len(before) + 1
    assert followed.record.whole.entries == entries


def test_what_stands_on_another_is_derived_again_with_it(ledger: Ledger, derived: Counter[str]) -> None:
    write(ledger, "agreements/depending.toml", DEPENDENT.encode())
    followed = Followed(ledger)
    ask_all(followed)
    append(ledger, ref="more", kind="retract", agreement="alf-bet", replies_to="ab1")
    derived.clear()
    assert followed.catch_up() == ("alf-bet", "alf-bet-levels", "alf-gam", "depending")
    ask_all(followed)
    assert set(derived) == {"alf-bet", "alf-bet-levels", "alf-gam", "depending"}
    assert_answers_are_fresh(followed)


def test_a_reply_under_another_agreement_touches_what_it_replies_to(ledger: Ledger) -> None:
    followed = Followed(ledger)
    assert ask_all(followed).verdict_bound("ALF", "alf-bet-sofa")[0] == "yes"
    denial = append(ledger, ref="denial", kind="deny", actor="BET", agreement="pledge", replies_to="f1")
    assert {"alf-bet-sofa", "pledge"} <= set(followed.catch_up())
    assert ask_all(followed).verdict_bound("ALF", "alf-bet-sofa")[0] == "contested"
    append(ledger, ref="taken-back", kind="retract", agreement="league", replies_to=denial)
    assert {"alf-bet-sofa", "pledge", "league"} <= set(followed.catch_up())
    assert ask_all(followed).verdict_bound("ALF", "alf-bet-sofa")[0] == "yes"
    assert_answers_are_fresh(followed)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("alf-gam", b'acts = ["ratify"]', b'acts = ["ratify", "accede"]'),
        ("depending", b'"alf-bet"', b'"league"'),
        ("depending", b'amends = "alf-gam"', b'amends = "pledge"'),
    ],
)
def test_a_later_version_of_an_agreement_is_answered_from(ledger: Ledger, derived: Counter[str], name: str, old: bytes, new: bytes) -> None:
    write(ledger, "agreements/depending.toml", DEPENDENT.encode())
    followed, file = Followed(ledger), f"agreements/{name}.toml"
    ask_all(followed)
    write(ledger, file, comity.open(ledger.url).book.files[file].replace(old, new))
    derived.clear()
    touched = followed.catch_up()
    ask_all(followed)
    assert name in touched
    assert len(touched) < 5
    assert set(derived) == set(touched)
    assert_answers_are_fresh(followed)


def test_what_was_replaced_stands_again_once_a_later_version_says_nothing_of_it(ledger: Ledger) -> None:
    """Read part by part: nobody asks about all."""
    later = DEPENDENT.replace('{ kind = "in-force", agreement = "alf-bet" }', '{ kind = "consents", number = 2, acts = ["sign"] }')
    write(ledger, "agreements/depending.toml", later.encode())
    for party in ("ALF", "BET"):
        append(ledger, ref=f"signed-{party}", kind="sign", actor=party, agreement="depending")
    followed = Followed(ledger)

    def stands() -> str:
        return followed.standing(on=DAY, known=KNOWN).verdict_in_force("alf-bet-sofa")

    assert stands() == "yes"
    for text, verdict in ((later + IN_ITS_PLACE, "no"), (later, "yes")):
        ledger.append([Item("agreements/depending.toml", text.encode(), whole=True)])
        assert {"depending", "alf-bet-sofa"} <= set(followed.catch_up())
        assert stands() == verdict
        assert followed.record.superseding("alf-bet-sofa") == PartedRecord(ledger).superseding("alf-bet-sofa")
        assert followed.compare() == []
    assert "whole" not in vars(followed.record)


def test_another_agreement_is_answered_from_and_what_waits_for_it(ledger: Ledger) -> None:
    """As while a book is taken in, some thousand items at once."""
    ledger.append([Item("agreements/depending.toml", DEPENDENT.replace('"alf-bet"', '"yet-to-come"').encode(), whole=True)])
    followed = Followed(ledger)
    ask_all(followed)
    other = comity.open(ledger.url).book.files["agreements/pledge.toml"].replace(b'"pledge"', b'"yet-to-come"')
    ledger.append([Item("agreements/yet-to-come.toml", other, whole=True)])
    assert followed.catch_up() == ("alf-gam", "depending", "yet-to-come")
    assert_answers_are_fresh(followed)


def test_after_what_all_share_has_changed_or_something_was_destroyed_all_is_derived_again(ledger: Ledger) -> None:
    followed = Followed(ledger)
    everything = tuple(ask_all(followed).record.ids)
    ladder = comity.open(ledger.url).book.files["ladders/ALF.toml"]
    write(ledger, "ladders/ALF.toml", ladder + b"\n# looked over\n")
    assert followed.catch_up() == everything
    assert_answers_are_fresh(followed)
    act = next(e.act for e in PartedRecord(ledger).acts_under("league") if e.act.ref == "l2")
    destroy(ledger, act.hash, by="ALF", authority="order 1", why="spilled", today=DAY)
    assert followed.catch_up() == everything
    assert_answers_are_fresh(followed)


def test_what_is_kept_about_others_is_the_same_object(ledger: Ledger) -> None:
    followed = Followed(ledger)
    before = ask_all(followed)
    courses = {agreement: before.first_course(agreement) for agreement in before.record.ids}
    append(ledger, ref="more", kind="denounce", agreement="league")
    followed.catch_up()
    after = followed.standing(on=DAY, known=KNOWN)
    assert [agreement for agreement, course in courses.items() if after.first_course(agreement) is not course] == ["league"]


def test_a_dependent_that_was_forgotten_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what compares must find it where catching up goes no further than the acts' own agreements."""
    write(ledger, "agreements/depending.toml", DEPENDENT.encode())
    for party in ("ALF", "BET"):
        append(ledger, ref=f"signed-{party}", kind="sign", actor=party, agreement="depending")
    followed = Followed(ledger)
    ask_all(followed)

    def no_further(self: PartedRecord, agreements: Iterable[str]) -> set[str]:
        return set(agreements)

    monkeypatch.setattr(PartedRecord, "depending_on", no_further)
    append(ledger, ref="more", kind="retract", agreement="alf-bet", replies_to="ab1")
    assert followed.catch_up() == ("alf-bet",)
    ask_all(followed)
    assert followed.compare() == ["depending"]


@pytest.mark.parametrize("more", [-1, 0, 1], ids=["shorter", "as long", "longer"])
def test_another_ledger_in_its_place_is_refused(ledger: Ledger, more: int) -> None:
    """Of whatever length: what was read before is not how its log begins."""
    other = Frontier()
    for number in range(ledger.head().size - more):
        other = other.append(bytes([number % 256]) * 32)
    followed = Followed(ledger, other)
    with pytest.raises(BadInput, match="another stands in its place, or it was tampered with; look it over"):
        followed.catch_up()


@pytest.fixture(scope="module")
def cases(bundled: Opened, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = create(f"sqlite:///{tmp_path_factory.mktemp('followed')}/cases.db", ORIGIN, about.clock)
    take_in(bundled.book, made)
    yield made
    made.close()


def test_thirty_acts_at_random_over_the_real_book(cases: Ledger, bundled: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each act what was kept is what comes out from scratch; of the log, only what was appended is read."""
    monkeypatch.setattr(PartedRecord, "small", PartedRecord(cases).small)  # the parties and ladders, which no act changes, are read once
    drawn, followed, own = random.Random(11), Followed(cases), list[str]()
    for number in range(30):
        agreement = drawn.choice(FEW)
        own.append(append(cases, ref=f"drawn-{number}", **draw(drawn, bundled, agreement, own)))
        assert agreement in followed.catch_up()
        standing = followed.standing(on=DAY, known=KNOWN)
        for one in FEW:
            for a, b in combinations([party for party, *_ in standing.status(one)][:3], 2):
                standing.between(a, b, one)
        assert followed.compare() == []
    assert "book" not in vars(followed.record)


def draw(drawn: random.Random, bundled: Opened, agreement: str, own: list[str]) -> dict[str, str]:
    """An act under the agreement, by one who has acted under it; a reply, to one of its acts or of those drawn before."""
    under = [entry.act for entry in bundled.book.record.entries_of(agreement)]
    kind = drawn.choice(("denounce", "accede", "ratify", "declare", "retract", "deny", "replace"))
    answered = drawn.choice([*(act.hash for act in under), *own]) if kind in ("retract", "deny", "replace") else ""
    made = date(drawn.randrange(1960, 2026), drawn.randrange(1, 13), 1).isoformat()
    details = f"made={made}" if kind == "replace" else ""
    return {"kind": kind, "actor": drawn.choice(under).actor, "agreement": agreement, "replies_to": answered, "made": made, "details": details}
