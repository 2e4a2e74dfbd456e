"""Small books written for one thing each: days that just meet or just miss, hours on the edge, persons that change their code.

What random books reach too seldom. The slow reading is asked of each, as it is of the random ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, NamedTuple

from comity.acts import Entry
from comity.agreements.clauses import Agreement, AnyClause, Coverage, EntryIntoForce, ProvisionalApplication, Withdrawal
from comity.agreements.conditions import Consents
from comity.agreements.requirements import AfterBound, AfterEvent, Always, BeforeEvent, Discharge, Duty, Lead, Measure, When, Yearly
from comity.parties import Named, Party, Register, Span, Succession
from comity.standing import Record, Standing
from comity.terms import Step
from tests.duties import telling

BOUND = "AAA ratify pact 2000-01-01\nBBB ratify pact 2000-01-01\nCCC ratify pact 2000-01-01"
START, SINCE, UNTIL, AHEAD = date(1999, 12, 1), date(1999, 12, 2), date(2002, 12, 1), date(2003, 3, 1)
CHANGED = date(2001, 6, 15)
REPORT = Discharge(acts=("report",))
YEARLY = Yearly(kind="yearly", month=4, day=15)
PLANNED = BeforeEvent(kind="before-event", acts=("plan",), ahead=Lead(delay=(Step(days=30),)), event="starts")
BY_HOUR = replace(PLANNED, ahead=Lead(hours=24))
TANKS = Measure(measure="tanks", number=5, article="8", from_=date(2001, 1, 15))
TROOPS = Measure(measure="troops", number=5, article="8", until=date(2001, 6, 15))


class Scene(NamedTuple):
    """A standing, the days from which the slow reading looks and to which, and the windows of days asked about."""

    standing: Standing
    start: date = START
    ahead: date = AHEAD
    windows: Sequence[tuple[date, date]] = ((SINCE, UNTIL),)


def duty(when: When, name: str = "d", **more: Any) -> Duty:
    given: dict[str, Any] = {"article": "7", "says": "s", "what": "w", "does": "report", "discharged": REPORT, **more}
    return Duty(kind="duty", id=name, when=when, **given)


def always(first: date | None = None, through: date = date(2005, 1, 1), *kinds: str) -> Coverage:
    return Coverage(source="s", from_=first, through=through, kinds=kinds)


def provisional(*articles: str) -> ProvisionalApplication:
    return ProvisionalApplication(kind="provisional-application", article="5", says="s", articles=articles)


def standing(
    story: str, *owed: AnyClause, on: str = "2002-06-01", coverage: Sequence[Coverage] = (always(),),
    succession: Literal["continues", "dissolves"] = "continues",
    recorded: Callable[[Entry], date] = lambda e: date(2000, 1, 1),
    form: Literal["treaty", "political"] = "treaty", viewer: str | None = None, strict: bool = False,
) -> Standing:  # fmt: skip
    """A pact of anyone who ratifies, with these clauses, after these acts."""
    entry = EntryIntoForce(kind="entry-into-force", article="1", says="s", when=Consents(kind="consents", number=1, acts=("ratify",)))
    pact = Agreement(
        id="pact", title="Pact", short="Pact", concluded=date(1960, 1, 1), form=form, depositary=("CCC",), attributes={"quota": {"AAA": 5, "BBB": 7}},
        clauses=(entry, Withdrawal(kind="withdrawal", article="3", says="s", notice=(Step(days=1),)), *owed), coverage=tuple(coverage),
    )  # fmt: skip
    entries = [Entry(act, date(2000, 1, 1)) for act in telling.acts(f"{BOUND}\n{story}" if "ratify" not in story else story)]
    entries = [Entry(e.act, recorded(e)) for e in entries]
    exists = {"OLD": (Span(None, CHANGED),), "NEW": (Span(CHANGED, None),)}
    register = Register(
        {code: Party(code, "state", (Named(code),), exists=exists.get(code, (Span(),))) for code in ("AAA", "BBB", "CCC", "OLD", "NEW")},
        (Succession("NEW", "OLD", succession, CHANGED),),
    )
    return Standing(Record((pact,), tuple(entries), register), on=date.fromisoformat(on), known=date(2006, 1, 1), viewer=viewer, strict=strict)


def _when_made(entry: Entry) -> date:
    assert entry.act.made is not None
    return entry.act.made.first


def _windows(*days: str) -> tuple[tuple[date, date], ...]:
    """Windows that begin, and that end, on each day."""
    return tuple((since, until) for day in map(date.fromisoformat, days) for since, until in ((SINCE, day), (day, UNTIL), (day, day)))


def scenes() -> dict[str, Scene]:
    """Every scene, by what it is about."""
    opens = Discharge(acts=("report",), opens=(Step(days=30),))
    corrected = "AAA report pact 2001-05-01\nCCC replace pact 2001-05-02 answers=act-4 made={}\nCCC replace pact 2001-05-03 answers=act-4 made={}"
    provisionally = "BBB ratify pact 2000-01-01\nAAA apply-provisionally pact 2000-01-01"
    by_each = duty(PLANNED, by="each-party", discharged=opens)
    return {
        "complete but for one day": Scene(standing("", duty(YEARLY), coverage=[always(None, date(2001, 4, 10)), always(date(2001, 4, 12))])),
        "complete to the day before and from the day after": Scene(
            standing("", duty(YEARLY), coverage=[always(None, date(2001, 4, 10)), always(date(2001, 4, 11))])
        ),
        "complete to the day on which it opens": Scene(
            standing("", duty(YEARLY), coverage=[always(None, date(2000, 4, 16)), always(date(2000, 4, 17))])
        ),
        "in time, unless the event was early and the report late": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-xx\nAAA report pact 2001-04-20/2001-05-20", duty(PLANNED, by="actor"))
        ),
        "in time only if the event was late": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-xx\nAAA report pact 2001-05-10", duty(PLANNED, by="actor"))
        ),
        "in time, unless the event was late and the report too early to count": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-xx\nAAA report pact 2001-04-20/2001-05-02", duty(PLANNED, by="actor", discharged=opens))
        ),
        "on the day, at no known hour": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-10T12:30Z\nAAA report pact 2001-06-09", duty(BY_HOUR, by="actor"))
        ),
        "at the very hour": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-10T12:30Z\nAAA report pact 2001-06-09T12:30Z", duty(BY_HOUR, by="actor"))
        ),
        "two on one day, one at an hour": Scene(
            standing(
                "AAA plan pact 2001-01-10 starts=2001-06-10T12:30Z\nAAA report pact 2001-06-09\nAAA report pact 2001-06-09T10:30Z",
                duty(BY_HOUR, by="actor"),
            )
        ),
        "two on one day, before 1970": Scene(
            standing(
                "AAA ratify pact 1964-01-01\nAAA plan pact 1964-03-10 starts=1964-06-10T12:30Z\nAAA report pact 1964-06-09\n"
                "AAA report pact 1964-06-09T10:30Z\nAAA report pact 1964-06-09T13:30Z",
                duty(BY_HOUR, by="actor"),
                on="1965-01-01",
            ),
            date(1963, 12, 1),
            date(1965, 6, 1),
            ((date(1963, 12, 2), date(1965, 3, 1)),),
        ),
        "an hour after a day": Scene(
            standing(
                "AAA plan pact 2001-01-10 starts=2001-06-10\nAAA report pact 2001-06-10",
                duty(AfterEvent(kind="after-event", acts=("plan",), within=Lead(hours=1), event="starts"), by="actor"),
            )
        ),
        "every third year": Scene(
            standing("", duty(replace(YEARLY, every=3, from_=date(2000, 1, 1))), on="2003-05-01"),
            START,
            date(2003, 12, 1),
            ((SINCE, date(2003, 12, 1)),),
        ),
        "every third year since a year that three does not divide": Scene(
            standing("", duty(replace(YEARLY, every=3, from_=date(2002, 1, 1)))),
        ),
        "a number of its own, on its first day": Scene(
            standing("AAA plan pact 2000-11-10 starts=2001-01-15 tanks=6", duty(PLANNED, by="actor", thresholds=(TANKS,)))
        ),
        "a number that ends while the event may begin": Scene(
            standing("AAA plan pact 2000-11-10 starts=2001-06-10/2001-06-20 troops=6", duty(PLANNED, by="actor", thresholds=(TROOPS,)))
        ),
        "planned before its planner was bound": Scene(
            standing(
                "AAA ratify pact 2000-01-01\nBBB plan pact 2000-02-01 starts=2000-12-01\nBBB ratify pact 2000-06-01",
                duty(PLANNED, by="each-party"),
                duty(YEARLY, "e"),
            )
        ),
        "planned on the first day": Scene(standing("AAA plan pact 2000-01-01 starts=2000-12-01", duty(PLANNED, by="each-party"), duty(YEARLY, "e"))),
        "planned before anything else": Scene(
            standing(
                "AAA plan pact 1999-12-10 starts=2000-12-01\nAAA ratify pact 2000-01-01\nBBB ratify pact 2000-01-01",
                duty(PLANNED, by="each-party"),
                duty(YEARLY, "e"),
            )
        ),
        "provisional, by one clause for an article and by another for all": Scene(
            standing(provisionally, duty(YEARLY, article="9"), provisional("7"), provisional())
        ),
        "provisional, for two articles": Scene(
            standing(
                provisionally,
                duty(YEARLY, article="7(1)"),
                duty(YEARLY, "e", article="9"),
                provisional("7", "8"),
            )
        ),
        "a new person on the day on which another ended": Scene(
            standing(
                "AAA ratify pact 2000-01-01\nOLD ratify pact 2000-01-01\nNEW succeed pact 2001-06-20",
                duty(AfterBound(kind="after-bound", delay=(Step(days=60),))),
                duty(YEARLY, "e"),
                succession="dissolves",
            )
        ),
        "corrected twice, late at last": Scene(standing(corrected.format("2001-04-10", "2001-04-20"), duty(YEARLY), recorded=_when_made)),
        "corrected twice, in time at last": Scene(standing(corrected.format("2001-04-20", "2001-04-10"), duty(YEARLY), recorded=_when_made)),
        "due on the edge of what is asked": Scene(
            standing("AAA plan pact 2001-01-10 starts=2001-06-10", duty(PLANNED, by="actor"), duty(YEARLY, "e")),
            windows=_windows("2001-05-11", "2001-04-15"),
        ),
        "a limit, reported today": Scene(
            standing("AAA report pact 2002-06-01 tanks=6\nBBB report pact 2002-06-01 tanks=5", duty(Always(kind="always"), limits=(TANKS,)))
        ),
        "a limit, first held today": Scene(
            standing("AAA report pact 2001-01-14 tanks=6", duty(Always(kind="always"), limits=(TANKS,)), on="2001-01-15")
        ),
        "planned at no sure day, today perhaps ahead": Scene(
            standing("AAA plan pact 2001-03-xx starts=2001-09-01", duty(PLANNED, by="actor", discharged=opens), on="2001-03-10")
        ),
        "planned at no sure day, perhaps when no longer bound": Scene(
            standing("BBB denounce pact 2001-03-14\nBBB plan pact 2001-03-xx starts=2001-09-01", by_each)
        ),
        "planned at no sure day, perhaps before being bound": Scene(
            standing("AAA ratify pact 2000-01-01\nBBB ratify pact 2001-03-15\nBBB plan pact 2001-03-xx starts=2001-09-01", by_each)
        ),
        "done after the next one opened": Scene(
            standing("AAA report pact 2001-06-01", duty(AfterBound(kind="after-bound", delay=(Step(years=1),), every=(Step(years=1),)))),
            windows=_windows("2001-01-01", "2002-01-01"),
        ),
    }
