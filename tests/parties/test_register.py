"""The bundled register: who continues whom, who ended, who was called what and when."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from comity.about import Opened
from comity.parties import Named, Party, Register, Span, Succession


@pytest.fixture(scope="module")
def register(bundled: Opened) -> Register:
    return bundled.record.register


FOLLOWED = [
    ("RUS", "SUN", "continues", date(1991, 12, 25)),
    ("SRB", "YUG", "continues", date(1992, 4, 27)),
    ("DEU", "DDR", "absorbs", date(1990, 10, 3)),
    ("CZE", "CSK", "dissolves", date(1993, 1, 1)),
    ("SVK", "CSK", "dissolves", date(1993, 1, 1)),
    ("VNM", "VDR", "unites", date(1976, 7, 2)),
    ("VNM", "RVN", "unites", date(1976, 7, 2)),
    ("YEM", "YMD", "absorbs", date(1990, 5, 22)),
]


@pytest.mark.parametrize(("successor", "predecessor", "how", "on"), FOLLOWED)
def test_a_state_follows_another_as_practice_has_it(register: Register, successor: str, predecessor: str, how: str, on: date) -> None:
    """Russia goes on as the Soviet Union did; Czechoslovakia has two successors and no continuator; Germany is one person before and after."""
    found = [s for s in register.predecessors(successor) if s.predecessor == predecessor]
    assert [(s.how, s.on) for s in found] == [(how, on)]


@pytest.mark.parametrize(("ended", "on"), [(p, on) for _, p, _, on in FOLLOWED])
def test_a_predecessor_ends_on_the_day_its_successor_follows(register: Register, ended: str, on: date) -> None:
    party = register.parties[ended]
    assert party.exists[-1].end == on
    assert not party.exists_on(on)
    assert party.exists_on(on.replace(year=on.year - 1))


def test_serbias_claim_to_continue_yugoslavia_was_contested_until_it_was_admitted_anew(register: Register) -> None:
    claim = register.predecessors("SRB")[0]
    assert claim.contested is not None
    assert "777" in claim.contested
    assert claim.settled == date(2000, 11, 1)
    assert [s.successor for s in register.continuators("YUG")] == ["SRB"]


def test_czechoslovakia_and_the_german_democratic_republic_are_continued_by_nobody(register: Register) -> None:
    for code in ("CSK", "DDR", "VDR", "RVN", "YMD"):
        assert register.continuators(code) == []


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("RUS", date(2020, 1, 1), "Russian Federation"),
        ("SUN", date(1980, 1, 1), "Union of Soviet Socialist Republics"),
        ("SRB", date(1999, 1, 1), "Federal Republic of Yugoslavia"),
        ("SRB", date(2004, 1, 1), "Serbia and Montenegro"),
        ("SRB", date(2006, 6, 3), "Serbia"),
        ("SRB", None, "Serbia"),
        ("CSK", date(1968, 8, 21), "Czechoslovak Socialist Republic"),
        ("DEU", date(1990, 10, 2), "Germany, Federal Republic of"),
        ("DEU", date(1990, 10, 3), "Germany"),
        ("YEM", date(1980, 1, 1), "Yemen Arab Republic"),
        ("YEM", date(1990, 5, 22), "Yemen"),
        ("SUN", date(2020, 1, 1), "Union of Soviet Socialist Republics"),
    ],
)
def test_a_party_is_called_what_it_was_called_on_the_day(register: Register, code: str, day: date | None, name: str) -> None:
    assert register.parties[code].name_on(day) == name


def _overlaps(spans: list[tuple[date | None, date | None]]) -> bool:
    ordered = sorted(spans, key=lambda s: s[0] or date.min)
    return any((end or date.max) > (start or date.min) for (_, end), (start, _) in pairwise(ordered))


def test_no_party_bears_two_names_or_exists_twice_on_one_day(register: Register) -> None:
    for party in register.parties.values():
        assert party.names, party.code
        assert not _overlaps([(n.start, n.end) for n in party.names]), party.code
        assert not _overlaps([(s.start, s.end) for s in party.exists]), party.code


def test_every_period_starts_before_it_ends(register: Register) -> None:
    for party in register.parties.values():
        periods = [(p.start, p.end) for p in party.names] + [(p.start, p.end) for p in party.exists] + [(p.start, p.end) for p in party.codes]
        for start, end in periods:
            assert (start or date.min) < (end or date.max), (party.code, start, end)


def test_names_follow_one_another_in_time(register: Register) -> None:
    """The last name is the latest: it is shown where no day is asked."""
    for party in register.parties.values():
        starts = [n.start or date.min for n in party.names]
        assert starts == sorted(starts), party.code


def test_no_code_of_a_scheme_is_borne_by_two_parties_on_one_day(register: Register) -> None:
    borne: dict[tuple[str, str], list[tuple[str, date | None, date | None]]] = defaultdict(list)
    for party in register.parties.values():
        for coded in party.codes:
            borne[coded.scheme, coded.code].append((party.code, coded.start, coded.end))
    clashes = {
        code: found for code, found in borne.items() if len({who for who, _, _ in found}) > 1 and _overlaps([(start, end) for _, start, end in found])
    }
    assert clashes == {}


def test_codes_are_written_as_their_schemes_have_them(register: Register) -> None:
    forms = {"iso2": r"[A-Z]{2}", "iso3": r"[A-Z]{3}", "iso-numeric": r"\d{3}", "cow": r"\d{1,3}", "gw": r"\d{1,3}", "nato": r"[A-Z]{3}"}
    for party in register.parties.values():
        for coded in party.codes:
            assert re.fullmatch(forms.get(coded.scheme, r"\S+"), coded.code), (party.code, coded)


def test_who_belongs_to_another_names_one_that_is_on_the_register(register: Register) -> None:
    for party in register.parties.values():
        if party.part_of is not None:
            assert party.part_of in register.parties
        if party.kind == "organ":
            assert party.part_of is not None, f"{party.code}: an organ belongs to somebody"


def test_an_organisations_constituent_treaty_is_on_record(bundled: Opened, register: Register) -> None:
    for party in register.parties.values():
        assert party.constituent is None or bundled.record.holds(party.constituent), party.code


def test_nobody_follows_himself_not_even_round_a_corner(register: Register) -> None:
    after = defaultdict(set)
    for s in register.successions:
        assert s.successor != s.predecessor
        if s.how == "continues":
            after[s.predecessor].add(s.successor)
    for code in register.parties:
        seen, waiting = set(), set(after[code])
        while waiting:
            seen |= waiting
            waiting = {n for w in waiting for n in after[w]} - seen
        assert code not in seen


def test_a_period_is_half_open() -> None:
    span = Span(date(1949, 10, 7), date(1990, 10, 3))
    assert date(1949, 10, 7) in span
    assert date(1990, 10, 2) in span
    assert date(1990, 10, 3) not in span
    assert date.min in Span()
    assert date.max in Span(date(2000, 1, 1))


def test_a_name_outside_all_periods_is_the_last_one() -> None:
    party = Party("AAA", "state", (Named("Old", None, date(1950, 1, 1)), Named("New", date(1960, 1, 1))), exists=(Span(None, date(2000, 1, 1)),))
    assert party.name_on(date(1949, 12, 31)) == "Old"
    assert party.name_on(date(1955, 1, 1)) == party.name_on(None) == "New"
    assert not party.exists_on(date(2000, 1, 1))


def test_a_register_answers_who_came_before_and_who_goes_on() -> None:
    register = Register({}, (Succession("NEW", "OLD", "continues", date(2000, 1, 1)), Succession("ISL", "OLD", "separates", date(2001, 1, 1))))
    assert [s.successor for s in register.continuators("OLD")] == ["NEW"]
    assert [s.predecessor for s in register.predecessors("ISL")] == ["OLD"]


def test_the_codes_of_one_person_stand_in_turn_and_where_continuity_is_denied_only_if_asked_for(register: Register) -> None:
    assert register.codes_of("SUN") == register.codes_of("RUS") == register.codes_of("RUE") == ("RUE", "SUN", "RUS")
    assert register.codes_of("YUG") == ("YUG", "SRB")
    assert register.codes_of("YUG", contested=False) == ("YUG",)
    assert register.codes_of("CZE") == ("CZE",), "a successor is another person"
    assert register.codes_of("nobody") == ("nobody",)


@pytest.mark.parametrize("code", ["RUE", "SUN", "RUS"])
def test_a_person_bears_the_last_code_that_it_took_by_the_day(register: Register, code: str) -> None:
    days = (date(1900, 1, 1), date(1991, 12, 24), date(1991, 12, 25), date(2020, 1, 1))
    assert [register.code_on(code, day) for day in days] == ["RUE", "SUN", "RUS", "RUS"]


def test_persons_that_continue_one_another_in_a_ring_are_told_once() -> None:
    ring = Register({}, tuple(Succession(a, b, "continues", date(2000, 1, n)) for n, (a, b) in enumerate((("B", "A"), ("A", "B")), 1)))
    assert set(ring.codes_of("A")) == {"A", "B"}
    assert ring.code_on("A", date(2001, 1, 1)) in ("A", "B")
