"""While agreements are still being derived: a page waits once, and nothing that had to leave some out is kept for later ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest

from comity.web import cooperation, parties, today
from comity.web.asking import HELD, Asked, asked_today
from comity.web.folds import Fold
from comity.web.holding import Held


@pytest.fixture
def this(held: Held) -> Iterator[Asked]:
    """A page of today, of a record that nobody has looked at."""
    holding = Held(held.opened, patience=0.4)
    request = HttpRequest()
    request.META = {HELD: holding}
    yield asked_today(request)
    holding.stop()


Statuses = Callable[[Asked], tuple[dict[str, object], list[str]]]


def only(this: Asked, *agreements: str) -> Statuses:
    """As if no more than these were derived, and one more was to come."""
    return lambda _: ({one: this.fold.status(this.on, one) for one in agreements}, ["to come"])


def test_ties_counted_while_one_was_to_come_are_not_kept(this: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for agreement in ("gsomia-jpn-kor", "us-japan-security-1960"):
        monkeypatch.setattr(cooperation, "statuses_of", only(this, agreement))
        found.append(set(cooperation.ties(this, "", 40)[0].pairs))
    assert found == [{("JPN", "KOR")}, {("JPN", "USA")}]


def test_agreements_counted_while_one_was_to_come_are_not_kept(this: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for agreement in ("gsomia-jpn-kor", "us-japan-security-1960"):
        monkeypatch.setattr(parties, "statuses_of", only(this, agreement))
        found.append({row.party.code for row in parties.rows_of(this, "", "")[0] if row.bound_by})
    assert found == [{"JPN", "KOR"}, {"JPN", "USA"}]


@pytest.mark.parametrize("party", ["", "DEU"])
def test_today_waits_once(this: Asked, monkeypatch: pytest.MonkeyPatch, party: str) -> None:
    waited = list[float]()

    def stuck(fold: Fold, patience: float, first: Callable[[str], object] | None = None) -> list[str]:
        waited.append(patience)
        return list(fold.wanted)

    monkeypatch.setattr(Fold, "pending", stuck)
    found = today.desk(this, party)
    assert sum(waited) == this.held.patience
    assert set(found.pending) == set(this.fold.wanted)
