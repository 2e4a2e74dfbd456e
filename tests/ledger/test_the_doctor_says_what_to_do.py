"""What keeps a ledger safe is looked at, and where it is not as it ought to be the doctor says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from comity import about
from comity.ledger import Ledger, examine

FUTURE = datetime(2100, 1, 1, tzinfo=UTC)


def test_a_ledger_as_it_is_made_is_well(ledger: Ledger) -> None:
    found = examine(ledger, about.clock())
    ill = {one.what for one in found if not one.good}
    assert ill <= {"data_checksums"}, found  # the test server is made without them
    assert {one.what for one in found} >= {"version", "clock"}


def test_a_clock_that_lags_is_named(ledger: Ledger) -> None:
    (clock,) = [one for one in examine(ledger, datetime(2000, 1, 1, tzinfo=UTC)) if one.what == "clock"]
    assert not clock.good
    assert clock.says.endswith("set the clock right")


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_another_journal_and_a_full_disk_are_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.ledger.health._LEAST_FREE", 10**18)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    raw = ledger.engine.raw_connection()
    raw.cursor().execute("PRAGMA synchronous=OFF")
    raw.close()
    found = {one.what: one for one in examine(ledger, FUTURE)}
    assert found["disk"].says.endswith("make room before it is full")
    assert "may not be written" in found["folder"].says
    assert (found["synchronous"].good, found["synchronous"].says) == (False, "level 0: it ought to be 3 (EXTRA)")


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_server_that_does_not_sync_is_named(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("SET synchronous_commit = off")
        connection.commit()
        found = {one.what: one for one in examine(ledger, FUTURE)}
    assert found["fsync"].good
    assert {one.what for one in found.values()} >= {"fsync", "full_page_writes", "synchronous_commit", "data_checksums"}
