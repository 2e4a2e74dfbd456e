"""What answers about permissions say, word for word, over a small invented book: ``python -m tests.permissions.told`` writes told.json anew.

A change of wording or of what is told shows as a difference of that file, to be read before it is kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import comity
from comity.about import Opened
from comity.permissions import (
    Activity,
    ActivityQuestion,
    Exchange,
    Offence,
    Permissions,
    ReleaseQuestion,
    Support,
    coverage,
    matrix_to_plain,
    of_label,
    stationing_to_plain,
)
from comity.standing import answer_to_plain, reason_to_plain
from comity.terms import PUBLIC, ComityError, Label

HERE = Path(__file__).parent
PAGE = HERE / "told.json"
NOBODYS = Label(policy="ALF", classification="DEEP")
EARLY = date(2015, 1, 1)
Ask = tuple[str, dict[str, Any], dict[str, Any]]


def _release(on: str, giver: str, taker: str, level: str, viewer: str | None = None, **more: Any) -> Ask:
    return "release", {"giver": giver, "taker": taker, "level": level, **more}, {"on": date.fromisoformat(on), "viewer": viewer}


def _do(activity: str, on: str, doer: str, counterpart: str, viewer: str | None = None, **more: Any) -> Ask:
    return activity, {"activity": activity, "doer": doer, "counterpart": counterpart, **more}, {"on": date.fromisoformat(on), "viewer": viewer}


ASKED: dict[str, Ask] = {
    "allowed up the ladder": _release("2012-01-01", "ALF", "BET", "CLOSE"),
    "an equal level": _release("2012-01-01", "ALF", "BET", "DEEP"),
    "a level above what is covered": _release("2012-01-01", "ALF", "BET", "DEEPEST"),
    "a level that answers to none": _release("2012-01-01", "BET", "ALF", "QUIET", policy="BET"),
    "a category that is covered": _release("2012-01-01", "ALF", "BET", "DEEP", categories=("WELLS", "MAPS")),
    "a category that is not on record": _release("2012-01-01", "ALF", "BET", "DEEP", categories=("RIVERS",)),
    "before it was in force": _release("2010-06-15", "ALF", "BET", "DEEP"),
    "contested": _release("2018-03-01", "ALF", "BET", "DEEP"),
    "after its end": _release("2025-01-01", "ALF", "BET", "DEEP"),
    "unclassified": _release("2025-01-01", "ALF", "DEL", "OPEN"),
    "unclassified by no policy": _release("2025-01-01", "GAM", "DEL", "unclassified"),
    "unclassified, controlled, of another": _release("2025-01-01", "BET", "DEL", "OPEN", policy="ALF", caveats=("ASK FIRST",)),
    "national only": _release("2012-01-01", "ALF", "BET", "DEEP", caveats=("ALF ONLY",)),
    "a caveat that bars nothing": _release("2012-01-01", "ALF", "BET", "DEEP", caveats=("BY HAND",)),
    "a caveat that is not on record": _release("2012-01-01", "ALF", "BET", "DEEP", caveats=("BURN",)),
    "to its originator": _release("2025-01-01", "BET", "ALF", "DEEP", policy="ALF"),
    "to addressees": _release("2012-01-01", "ALF", "BET", "DEEP", releasable_to=("BET", "GAM")),
    "not among the addressees": _release("2012-01-01", "ALF", "BET", "DEEP", releasable_to=("GAM",)),
    "to members of an organisation": _release("2012-01-01", "ALF", "BET", "DEEP", releasable_to=("LEA",)),
    "to a former member": _release("2021-01-01", "ALF", "GAM", "DEEP", releasable_to=("LEA",)),
    "of an organisation among its members": _release("2012-01-01", "BET", "GAM", "LEAGUE CLOSE", policy="LEA"),
    "of a member among the members": _release("2012-01-01", "BET", "GAM", "LEAGUE DEEP", policy="LEA", originator="ALF", purpose="league"),
    "of one who is none": _release("2012-01-01", "BET", "GAM", "LEAGUE DEEP", policy="LEA", originator="DEL"),
    "for another purpose": _release("2012-01-01", "BET", "GAM", "LEAGUE DEEP", policy="LEA", purpose="trade"),
    "passed on with consent": _release("2015-06-01", "BET", "GAM", "DEEP", policy="ALF"),
    "passed on after the consent was revoked": _release("2016-06-01", "BET", "GAM", "DEEP", policy="ALF"),
    "a consent that may have come": _release("2015-01-15", "ALF", "GAM", "QUIETER", policy="BET2"),
    "a consent for what nothing covers": _release("2019-06-01", "BET", "DEL", "LEAGUE DEEP", policy="LEA"),
    "an agreement that one has not ratified": _release("2012-01-01", "ALF", "GAM", "DEEP"),
    "the same for what it covers alone": _release("2012-01-01", "ALF", "GAM", "DEEP", categories=("WELLS",)),
    "as the giver may see it": _release("2012-01-01", "ALF", "BET", "DEEPEST", "ALF"),
    "as the taker may see a yes": _release("2012-01-01", "ALF", "BET", "DEEP", "BET"),
    "as the taker may see a no": _release("2012-01-01", "ALF", "BET", "DEEP", "BET", caveats=("ALF ONLY",)),
    "as an outsider may see a yes": _release("2012-01-01", "ALF", "BET", "DEEP", "GAM"),
    "as an outsider may see what is forbidden": _release("2012-01-01", "ALF", "BET", "DEEP", "GAM", caveats=("ALF ONLY",)),
    "as an outsider may see what is contested": _release("2018-03-01", "ALF", "BET", "DEEP", "public"),
    "a level of which an arrangement tells later": _release("2012-01-01", "BET", "ALF", "HUSHED", policy="BET2"),
    "a level of which an arrangement tells": _release("2013-01-01", "BET", "ALF", "HUSHED", policy="BET2"),
    "what follows for a crossing": ("follows", _do("overfly", "2015-01-01", "GAM", "BET", purpose="transit")[1], {"on": EARLY}),
    "what is unclassified under a policy": _release("2012-01-01", "ALF", "DEL", "Unclassified"),
    "what a later agreement would cover, on its day": _release("2020-01-01", "BET", "GAM", "SILENT", policy="BET"),
    "on the first day": _release("2014-03-01", "BET", "GAM", "SILENT", policy="BET"),
    "public, by its label": ("label", {"label": PUBLIC, "pair": ("GAM", "DEL")}, {"on": date(2012, 1, 1)}),
    "marked for nobody, by its label": ("label", {"label": NOBODYS, "pair": ("ALF", "BET")}, {"on": date(2012, 1, 1)}),
    "to itself": _release("2012-01-01", "ALF", "ALF", "DEEP"),
    "of one policy of two": _release("2012-01-01", "BET", "ALF", "QUIET"),
    "of one that has none": _release("2012-01-01", "GAM", "ALF", "DEEP"),
    "a level that is on no ladder": _release("2012-01-01", "ALF", "BET", "DEAP"),
    "what is not known to be covered": _release("2012-01-01", "ALF", "BET", "DEEPEST", categories=("WELLS",)),
    "the day before it is protected only": _release("2024-01-31", "ALF", "BET", "DEEP"),
    "the first day on which it is": _release("2024-02-01", "ALF", "BET", "DEEP"),
    "one way, for its purpose": _release("2015-01-01", "BET", "GAM", "QUIET", policy="BET", purpose="trade"),
    "one way, for no purpose said": _release("2015-01-01", "BET", "GAM", "QUIET", policy="BET"),
    "one way, for another purpose": _release("2015-01-01", "BET", "GAM", "QUIET", policy="BET", purpose="war"),
    "one way, too high": _release("2015-01-01", "BET", "GAM", "SILENT", policy="BET", purpose="trade"),
    "one way, back": _release("2015-01-01", "GAM", "BET", "QUIETER", policy="BET2", originator="GAM"),
    "one way, about nothing of its own": _release("2015-01-01", "BET", "GAM", "QUIETER", policy="BET2"),
    "one way, with a category that it lacks": _release("2015-01-01", "BET", "GAM", "QUIET", policy="BET", categories=("WELLS",)),
    "what a later agreement would cover": _release("2021-01-01", "BET", "GAM", "SILENT", policy="BET"),
    "what stays protected": _release("2024-06-01", "ALF", "BET", "CLOSE"),
    "limited to nobody": _release("2012-01-01", "ALF", "BET", "DEEP", limited=True),
    "limited to addressees": _release("2012-01-01", "ALF", "BET", "DEEP", limited=True, releasable_to=("BET",)),
    "of a policy that nobody may classify under": _release("2012-01-01", "GAM", "BET", "UNMARKED"),
    "status without entry": _do("station", "2013-01-01", "ALF", "BET"),
    "entry for another purpose": _do("station", "2014-06-01", "ALF", "BET", purpose="parade"),
    "entry with consent": _do("station", "2014-06-01", "ALF", "BET", purpose="training", until=date(2014, 6, 30)),
    "entry longer than the limit": _do("station", "2014-06-01", "ALF", "BET", purpose="training", until=date(2014, 7, 5)),
    "entry past the consent": _do("station", "2014-08-20", "ALF", "BET", purpose="training", until=date(2014, 9, 10)),
    "entry by mandate": _do("station", "2017-06-01", "GAM", "BET"),
    "on a territory that it does not reach": _do("station", "2014-06-01", "ALF", "BET", territory="ISL"),
    "as an outsider may see a stay": _do("station", "2013-01-01", "ALF", "BET", "GAM"),
    "supply of what is covered": _do("supply", "2013-01-01", "ALF", "BET", things=("fuel", "food")),
    "supply of what is not": _do("supply", "2013-01-01", "ALF", "BET", things=("fuel", "boats")),
    "supply of what is left out": _do("supply", "2013-01-01", "ALF", "BET", things=("ammunition",)),
    "supply of what is left out, with leave": _do("supply", "2016-05-10", "ALF", "BET", things=("ammunition",)),
    "a political commitment": _do("train", "2014-01-01", "ALF", "GAM"),
    "crossing that wants an arrangement": _do("overfly", "2015-01-01", "GAM", "BET", purpose="transit", things=("transport",)),
    "crossing with what it is not about": _do("overfly", "2015-01-01", "GAM", "BET", purpose="transit", things=("bombers",)),
    "crossing for another purpose": _do("overfly", "2015-01-01", "GAM", "BET", purpose="war"),
    "crossing the other way": _do("overfly", "2015-01-01", "BET", "GAM", purpose="transit"),
    "crossing before it was in force": _do("overfly", "2014-01-15", "GAM", "BET", purpose="transit"),
    "crossing on the first day": _do("overfly", "2014-03-01", "GAM", "BET", purpose="transit", things=("transport",)),
    "training while it is contested": _do("train", "2018-03-01", "ALF", "BET"),
    "a stay on the first day": _do("station", "2012-01-01", "ALF", "BET"),
    "as one of the two may see a stay": _do("station", "2013-01-01", "ALF", "BET", "BET"),
    "as an outsider may see a supply": _do("supply", "2013-01-01", "ALF", "BET", "GAM", things=("fuel",)),
    "standing the other way": _do("station", "2015-01-01", "BET", "GAM"),
    "standing on the day before": _do("station", "2011-12-31", "ALF", "BET"),
    "with itself": _do("supply", "2015-01-01", "ALF", "ALF"),
    "until before its first day": _do("supply", "2015-01-01", "ALF", "BET", until=date(2014, 12, 31)),
    "on the last day there is": _do("supply", "2015-01-01", "ALF", "BET", things=("fuel",), until=date.max),
    "standing on the Isle": _do("station", "2015-01-01", "GAM", "BET", territory="ISL"),
    "standing of a state without an agreement": _do("station", "2015-01-01", "DEL", "BET"),
    "standing that one has not ratified": _do("station", "2015-01-01", "ALF", "GAM", purpose="training"),
    "standing for what it is not about": _do("station", "2015-01-01", "ALF", "GAM", purpose="parade"),
    "entry in training, purpose open": _do("station", "2014-06-01", "ALF", "BET"),
    "supply with leave that ends": _do("supply", "2016-05-20", "ALF", "BET", things=("ammunition", "fuel"), until=date(2016, 6, 5)),
    "who may try it": ("jurisdiction", {"person": "force", "on_duty": True}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who may try a dependent": ("jurisdiction", {"person": "dependent"}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who may try what neither punishes": ("jurisdiction", {"person": "force", "by": ()}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who may try it where another agreement settles it": ("jurisdiction", {"person": "force"}, {"on": EARLY, "pair": ("ALF", "BET")}),
    "who may try it where nothing does": ("jurisdiction", {"person": "force"}, {"on": EARLY, "pair": ("DEL", "BET")}),
    "who pays": ("claim", {}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who pays of nobody": ("claim", {"sending": ()}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who pays of one named twice": ("claim", {"sending": ("GAM", "GAM")}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "who pays of two, one of them outside": ("claim", {"sending": ("GAM", "ALF")}, {"on": EARLY, "pair": ("GAM", "BET")}),
    "as an outsider may see a stay with entry": _do("station", "2014-06-01", "ALF", "BET", "GAM", purpose="training", until=date(2014, 6, 30)),
    "what follows for a crossing, to an outsider": (
        "follows",
        _do("overfly", "2015-01-01", "GAM", "BET")[1],
        {"on": EARLY, "viewer": "ALF"},
    ),
    "what follows for training, to an outsider": ("follows", _do("train", "2015-06-01", "GAM", "DEL")[1], {"on": date(2015, 6, 1), "viewer": "ALF"}),
    "what follows for training that one of two clauses allows": ("follows", _do("train", "2015-06-01", "DEL", "GAM")[1], {"on": date(2015, 6, 1)}),
    "what follows for a crossing by one left out": ("follows", _do("overfly", "2015-06-01", "DEL", "GAM")[1], {"on": date(2015, 6, 1)}),
    "crossing by one left out": _do("overfly", "2015-06-01", "DEL", "GAM"),
    "crossing after it has ended": _do("overfly", "2016-06-15", "GAM", "DEL"),
    "crossing after it has begun anew": _do("overfly", "2018-06-15", "GAM", "DEL"),
    "giving what only the other may give": _release("2015-06-01", "GAM", "DEL", "QUIET", policy="BET"),
    "after a consent of one day": _release("2017-03-05", "BET", "GAM", "DEEP", policy="ALF"),
    "after its end, what it did not cover": _release("2025-01-01", "ALF", "BET", "DEEP", categories=("RIVERS",)),
    "a transfer while it is contested": _do("transfer", "2018-03-01", "ALF", "BET"),
    "a transfer": _do("transfer", "2017-03-01", "ALF", "BET"),
    "from the day before the very last": _do("supply", "9999-12-30", "ALF", "BET", things=("fuel",), until=date.max),
    "passed on with the consent of one day": _release("2017-03-01", "BET", "GAM", "DEEP", policy="ALF"),
    "what several clauses are not about": _release("2021-06-01", "BET", "GAM", "LEAGUE DEEP", policy="LEA", originator="DEL"),
    "on the very last day": _do("supply", "9999-12-31", "ALF", "BET", things=("fuel",)),
    "what nothing provides for": _do("overfly", "2014-01-01", "ALF", "GAM", purpose="transit"),
}

EXERCISE = Activity(
    title="Two rivers", from_=date(2014, 6, 1), until=date(2014, 6, 20), participants=("ALF", "BET", "GAM"), host="BET", purpose="training",
    brings=(), exchange=(Exchange(from_="ALF", to="BET", level="DEEP"), Exchange(from_="ALF", to="GAM", level="DEEP")),
    support=(Support(activity="supply", from_="BET", to="ALF", things=("fuel",)),),
)  # fmt: skip
LATER = Activity(title="Later", from_=date(2018, 1, 20), until=date(2018, 3, 1), exchange=(Exchange(from_="ALF", to="BET", level="DEEP"),))


def _answered(opened: Opened, kind: str, question: dict[str, Any], how: dict[str, Any]) -> dict[str, Any]:
    """One answer as plain data."""
    pair = how.get("pair", question.get("pair", ()))
    permissions = Permissions(opened.standing(known=date(2026, 1, 1), **{name: value for name, value in how.items() if name != "pair"}))
    match kind:
        case "label":
            return answer_to_plain(permissions.release(of_label(question["label"], *pair)))
        case "jurisdiction":
            by = frozenset(question.get("by", ("sending", "host")))
            offence = Offence(person=question["person"], punishable_by=by, on_duty=question.get("on_duty", False))
            return answer_to_plain(permissions.jurisdiction(pair[0], pair[1], offence))
        case "claim":
            answer, shares = permissions.claim(pair[1], question.get("sending", (pair[0],)))
            return {**answer_to_plain(answer), "shares": {state: str(share) for state, share in shares.shares.items()}}
        case "follows":
            return {"follows": [reason_to_plain(reason) for reason in permissions.consequences(ActivityQuestion(**question))]}
        case "release":
            return answer_to_plain(permissions.release(ReleaseQuestion(**question)))
        case "station":
            return stationing_to_plain(permissions.station(ActivityQuestion(**question)))
    return answer_to_plain(permissions.activity(ActivityQuestion(**question)))


def told() -> dict[str, Any]:
    """Every answer as plain data."""
    opened = comity.open(HERE / "book")
    found: dict[str, Any] = {}
    for name, (kind, question, how) in ASKED.items():
        try:
            found[name] = _answered(opened, kind, question, how)
        except ComityError as refused:
            found[name] = {"error": str(refused)}
    standing = opened.standing(known=date(2026, 1, 1))
    found["the coverage of an exercise"] = matrix_to_plain(coverage(EXERCISE, standing))
    found["an exchange contested on its last day"] = matrix_to_plain(coverage(replace(LATER, until=date(2018, 2, 1)), standing))
    found["an exchange contested the day after"] = matrix_to_plain(coverage(replace(LATER, until=date(2018, 1, 31)), standing))
    found["an exchange that becomes contested"] = matrix_to_plain(coverage(LATER, standing))
    return found


if __name__ == "__main__":
    PAGE.write_text(json.dumps(told(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
