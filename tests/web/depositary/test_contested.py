"""What is contested, or not known, is neither a yes nor a no at the desk: an act that somebody denies, records of one act that differ."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from comity.agreements.clauses import Withdrawal
from comity.terms import Verdict
from comity.web.depositary.consents import Before, form_of
from comity.web.depositary.gathering import gather, lacking
from comity.web.depositary.instruments import Check, Instrument, Outcome
from comity.web.depositary.leaving import leaving
from comity.web.depositary.powers import authority
from comity.web.depositary.procedure import Procedure, State, procedure
from comity.web.depositary.reserving import reservation
from comity.web.depositary.timing import in_time
from comity.web.depositary.waiting import Waiting, of_acts, of_law
from comity.web.holding import Held
from tests.web.depositary.conftest import Rows, act, bundled, duties, officer, row, standing

DAY = date(2001, 2, 1)
ACCEDED = (row("accede", "BBB", "2001-01-01"), row("accede", "CCC", "2001-01-01"), row("accede", "DDD", "2001-01-01"))
DENIED = row("deny", "BBB", "2001-01-10", replies_to="AAA-accede")
WITHDRAWAL = Withdrawal(kind="withdrawal", article="13", says="Six months.", read="text")
UNSURE = [Before("", verdict=verdict, anybody_signed=True) for verdict in (Verdict.CONTESTED, Verdict.UNKNOWN)]


def of(checks: Any, about: str) -> Check:
    found: Check = next(check for check in checks if check.about == about)
    return found


def received(held: Held, query: str) -> dict[str, Any]:
    found: dict[str, Any] = officer(held).get(f"/depositary/receive?agreement=pact&by=AAA&title=head+of+state&{query}&format=json").json()
    return found


def followed(held: Held, ref: str, on: date) -> Procedure:
    return procedure(standing(held, on), "pact", ref, on, duties(held))


def waits(held: Held, on: date, what: str) -> list[Waiting]:
    return [one for one in of_law(standing(held, on), "pact", duties(held)) if one.what == what]


def test_how_a_party_stands_may_be_neither_bound_nor_not() -> None:
    for before, words in zip(UNSURE, ("contested", "not known"), strict=True):
        for found in (
            of(form_of(Instrument("pact", "AAA", "accede", DAY), False, None, before), "once"),
            of(leaving(Instrument("pact", "AAA", "denounce", DAY), WITHDRAWAL, before), "bound"),
            of(reservation(Instrument("pact", "AAA", "reserve", DAY, articles=("5",)), None, True, False, before), "when reserved"),
        ):
            assert found.outcome is Outcome.OPEN
            assert words in found.says


def test_a_signature_full_powers_or_an_opening_that_is_denied_is_to_be_settled() -> None:
    before = Before("signatory", signed=(act("sign"),), anybody_signed=True, doubtful=frozenset({"AAA-sign"}))
    assert of(form_of(Instrument("pact", "AAA", "ratify", DAY), False, None, before), "signed").outcome is Outcome.OPEN
    assert of(form_of(Instrument("pact", "AAA", "sign", DAY), False, None, before), "once").outcome is Outcome.OPEN
    powers = act("full-powers", details={"person": "A. Person"})
    instrument = Instrument("pact", "AAA", "ratify", DAY, person="A. Person")
    assert authority(instrument, "state", "treaty", [powers]).outcome is Outcome.PASSES
    assert authority(instrument, "state", "treaty", [powers], {powers.ref}).outcome is Outcome.OPEN
    opened = [check.outcome for check in in_time(instrument, DAY, date(2001, 3, 1), None, True, "contested")]
    assert opened == [Outcome.OPEN]


def test_a_circulation_that_is_denied_counts_for_nothing_beside_a_sure_one(book: Rows) -> None:
    one = {**row("circulate", "DEP", "2001-02-01", replies_to="AAA-accede"), "ref": "c1"}
    other = {**row("circulate", "DEP", "2001-03-01", replies_to="AAA-accede"), "ref": "c2"}
    rows = [row("accede", "AAA", "2001-01-01"), one, row("deny", "BBB", "2001-02-10", replies_to="c1")]
    for more, state, ref in (([], State.OPEN, "c1"), ([other], State.DONE, "c2")):
        step = next(step for step in followed(book(*rows, *more), "AAA-accede", date(2002, 1, 1)).steps if step.name == "circulated")
        assert (step.state, step.acts) == (state, (ref,))


def test_an_accession_that_is_denied_is_contested_through_the_whole_desk(book: Rows) -> None:
    held, on = book(*ACCEDED, row("accede", "AAA", "2001-01-01"), DENIED, today=date(2001, 6, 1)), date(2001, 6, 1)
    assert standing(held).verdict_bound("AAA", "pact")[0] is Verdict.CONTESTED
    assert gather(standing(held), "pact").doubtful == {"AAA-accede"}
    again, notice = received(held, "kind=accede"), received(held, "kind=denounce")
    assert next(check for check in again["checks"] if check["about"] == "once")["outcome"] == "open"
    assert next(check for check in notice["checks"] if check["about"] == "bound")["outcome"] == "open"
    effects = [(check["outcome"], check["says"]) for check in again["checks"] if check["about"] == "effect"]
    assert effects == [
        ("open", "it would be contested from 2001-06-01 whether AAA is bound"), ("pass", "it would bind AAA from 2001-07-01"),
    ]  # fmt: skip
    steps = followed(held, "AAA-accede", on)
    assert steps.checks[0] == Check("effect", Outcome.OPEN, "contested: BBB denied its effect", "VCLT 77(2)", ("BBB-deny",))
    in_force = next(step for step in steps.steps if step.name == "in force")
    assert (in_force.state, in_force.on) == (State.OPEN, date(2001, 1, 31))
    assert "it is contested whether AAA is bound" in in_force.says
    page = officer(held).get("/depositary/acts/AAA-accede").content.decode()
    assert "s-to-be-settled" in page
    told = officer(held).get("/api/v1/depositary/acts/AAA-accede").json()
    assert [step["state"] for step in told["steps"]] == [str(step.state) for step in steps.steps]


def test_records_of_one_act_that_differ_are_told(book: Rows) -> None:
    other = {**row("accede", "AAA", "2001-04-01"), "ref": "AAA-accede"}
    held = book(*ACCEDED, row("accede", "AAA", "2001-01-01"), other)
    assert followed(held, "AAA-accede", date(2001, 6, 1)).checks[0].says == "contested: its records differ"


def test_whether_it_enters_into_force_may_be_contested(book: Rows) -> None:
    """Of the two deposits that it needs, one is denied."""
    held, on = book(ACCEDED[0], row("accede", "AAA", "2001-01-01"), DENIED), date(2001, 6, 1)
    (found,) = waits(held, on, "entry into force")
    assert (found.verdict, found.since, found.due) == (Verdict.CONTESTED, date(2001, 1, 31), None)
    assert found.says == "it is contested whether it is in force"
    (ahead,) = waits(held, date(2001, 1, 15), "entry into force")
    assert (ahead.verdict, ahead.due) == (Verdict.CONTESTED, date(2001, 1, 31))
    row_ = officer(book(ACCEDED[0], row("accede", "AAA", "2001-01-01"), DENIED, today=on)).get("/depositary?format=json").json()["waiting"]
    assert [one["verdict"] for one in row_ if one["what"] == "entry into force"] == ["contested"]
    assert waits(held, on, "not registered")[0].verdict is Verdict.CONTESTED
    registered = next(step for step in followed(held, "AAA-accede", on).steps if step.name == "registered")
    assert registered.state is State.OPEN


def test_an_instrument_that_would_leave_it_contested_says_so(book: Rows) -> None:
    """The accession of another, which is denied, would be the second with it or not."""
    held = book(row("accede", "AAA", "2001-01-01"), DENIED, today=DAY)
    found = received(held, "by=CCC&kind=accede")
    assert any("it would be contested" in check["says"] for check in found["checks"] if check["about"] == "effect")
    assert not any("nothing would change" in check["says"] for check in found["checks"])


def test_of_who_is_silent_those_whose_standing_is_contested_are_told_apart(book: Rows) -> None:
    reserved = {"ref": "r", "kind": "reserve", "actor": "CCC", "received": "2001-01-01", "notified": "2001-01-05", "details": "articles=5"}
    (found,) = waits(book(*ACCEDED, row("accede", "AAA", "2001-01-01"), DENIED, reserved), date(2001, 6, 1), "objections")
    assert found.says.endswith("2 silent, 0 answered; of 1 silent it is contested whether it is bound")


def test_time_that_may_be_over_or_not_is_told_as_such(book: Rows) -> None:
    reserved = {"ref": "r", "kind": "reserve", "actor": "CCC", "received": "2001-01-01", "notified": "2001-02-xx", "details": "articles=5"}
    proposed = {"ref": "p", "kind": "propose-correction", "actor": "DEP", "made": "2001-11-xx"}
    held, on = book(*ACCEDED, reserved, proposed), date(2002, 2, 15)
    (found,) = waits(held, on, "objections")
    assert (found.verdict, found.due) == (Verdict.UNKNOWN, date(2002, 2, 28))
    clock = next(step for step in followed(held, "r", on).steps if step.name == "clocks")
    assert clock.state is State.OPEN
    (corrected,) = of_acts(standing(held, on), "pact", timedelta(days=30))
    assert (corrected.verdict, corrected.due, corrected.article) == (Verdict.UNKNOWN, date(2002, 2, 28), "VCLT 79(2)")


def test_an_agreement_that_one_has_to_be_party_to_and_that_is_not_on_record_is_not_known(book: Rows) -> None:
    told = {"kind": "dependence", "article": "2", "says": "Allies.", "read": "text", "source": "s", "agreement": "alliance", "effect": "needs-party"}
    needs = "\n".join(["[[clause]]", *(f'{name} = "{value}"' for name, value in told.items()), ""])
    held = bundled("nato-sofa")
    assert [verdict for _, verdict in lacking(standing(held), gather(standing(held), "nato-sofa"), "AUT")] == [Verdict.NO]
    found = standing(book(*ACCEDED, more="", clauses=needs))
    assert [verdict for _, verdict in lacking(found, gather(found, "pact"), "AAA")] == [Verdict.UNKNOWN]
