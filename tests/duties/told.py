"""What rows of duties say, word for word, over the scenes and a few more: ``python -m tests.duties.told`` writes told.json anew.

A change of wording or of what is told shows as a difference of that file, to be read before it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from comity.agreements.clauses import Duration
from comity.agreements.requirements import Always, Discharge, EachTreaty, Silence
from comity.duties import DutyStatus, duties, duty_to_plain, must
from comity.standing import Record, Standing
from comity.terms import Step
from tests.duties.scenes import PLANNED, SINCE, TANKS, TROOPS, UNTIL, YEARLY, always, duty, scenes, standing

PAGE = Path(__file__).with_name("told.json")
MOST = 3
PLAN = "AAA plan pact 2000-11-10 starts=2001-03-01 troops=6 tanks=6"
FROM_MEMORY = replace(TANKS, read="memory", source="Somebody's handbook", attribute="quota", number=0)
ACCEPTED = duty(Silence(kind="silence", acts=("request",), within=PLANNED.ahead), by="addressee", discharged=Discharge(acts=("reply",)))
REQUEST = "AAA request pact 2001-03-01 counterparty=BBB"
RENEWS = Duration(
    kind="duration",
    article="9",
    says="Five years, and again.",
    read="secondary",
    term=(Step(years=5),),
    renews=(Step(years=5),),
    notice=(Step(months=6),),
)


def _more() -> dict[str, Standing]:
    """Books for what the scenes do not say."""
    return {
        "a political commitment": standing("", duty(YEARLY, by="together"), form="political"),
        "from memory": standing("", duty(YEARLY, read="memory")),
        "a number from memory": standing(PLAN, duty(PLANNED, by="actor", thresholds=(FROM_MEMORY,))),
        "a number from memory and one from the text": standing(PLAN, duty(PLANNED, by="actor", thresholds=(FROM_MEMORY, TROOPS))),
        "none of the numbers": standing("AAA plan pact 2000-11-10 starts=2001-03-01", duty(PLANNED, by="actor", thresholds=(TANKS, TROOPS))),
        "as one may see it": standing("BBB report pact 2001-04-01 hidden_from_all_but=BBB", duty(YEARLY), viewer="AAA"),
        "as the other may see it": standing("BBB report pact 2001-04-01 hidden_from_all_but=BBB", duty(YEARLY), viewer="BBB"),
        "for each body, to the depositary": standing("AAA report pact 2001-04-01 body=one", duty(YEARLY, bodies=("one", "two"), to="depositary")),
        "never covered": standing("", duty(YEARLY), coverage=()),
        "covered for other kinds": standing("", duty(YEARLY), coverage=[always(None, date(2005, 1, 1), "notify")]),
        "covered to the day itself": standing("", duty(YEARLY), coverage=[always(None, date(2002, 6, 1))]),
        "covered to the day before": standing("", duty(YEARLY), coverage=[always(None, date(2002, 5, 31))]),
        "covered to the day before, strictly": standing("", duty(YEARLY), coverage=[always(None, date(2002, 5, 31))], strict=True),
        "an option": standing("", duty(YEARLY, option=True)),
        "nothing could show it": standing("", duty(YEARLY, discharged=None)),
        "on every day": standing("", duty(Always(kind="always"))),
        "on every day, nothing could show it": standing("", duty(Always(kind="always"), limits=(TANKS, TROOPS), discharged=None), on="2001-03-01"),
        "over a limit": standing("AAA report pact 2001-03-01 tanks=6 troops=5", duty(Always(kind="always"), limits=(TANKS, TROOPS)), on="2001-03-01"),
        "nobody answered": standing(REQUEST, ACCEPTED),
        "nobody answered, perhaps later": standing(REQUEST, ACCEPTED, coverage=[always(None, date(2001, 6, 1))]),
        "denied": standing(f"{REQUEST}\nBBB deny pact 2001-03-02 answers=act-4", ACCEPTED),
    }


def _to_register() -> Standing:
    """A charter that wants treaties registered, beside a pact that is, one that is not, and one of which nobody can tell."""
    kept = standing("AAA register pact 2001-03-01", duty(EachTreaty(kind="each-treaty"), discharged=Discharge(acts=("register",)), by="together"))
    assert isinstance(kept.record, Record)
    (charter,) = kept.record.agreements
    said = replace(charter, id="said", concluded=date(2000, 2, 1), registration="UNTS 1", clauses=charter.clauses[:2])
    entries = [replace(e, act=replace(e.act, agreement=name, ref=f"{name}-{e.act.ref}")) for e in kept.record.entries for name in ("done", "open")]
    others = [said, replace(said, id="done", registration=None), replace(said, id="open", registration=None, coverage=())]
    entries = [e for e in entries if e.act.agreement == "done" or e.act.kind == "ratify"]
    record = Record((charter, *others), (*kept.record.entries, *entries), kept.record.register)
    return Standing(record, on=kept.on, known=kept.known)


def told() -> dict[str, Any]:
    """Rows as plain data: the first few of each book."""
    found = {about: _some(duties(scene.standing, *scene.windows[0])) for about, scene in scenes().items()}
    for about, kept in _more().items():
        found[about] = _some(duties(kept, SINCE, UNTIL))
    register = _to_register()
    found["to be registered"] = [duty_to_plain(row) for row in duties(register, SINCE, UNTIL)]
    found["to be registered, one's own"] = [duty_to_plain(row) for row in must(register, "AAA")]
    for party in (None, "AAA"):
        found[f"the last day for notice, {party}"] = [duty_to_plain(row) for row in must(standing("", RENEWS, on="2004-06-01"), party)]
    return found


def _some(rows: Iterable[DutyStatus]) -> list[dict[str, Any]]:
    """The first few of the rows, from the latest: where most has happened."""
    return [duty_to_plain(row) for row in list(rows)[-MOST:]]


if __name__ == "__main__":
    PAGE.write_text(json.dumps(told(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
